import { makeRestCredentials, restExpiryMs, type RestCredentials } from '../../core/stun/rest-credentials';
import { nodeCrypto } from '../node-crypto';

/** Marks the user name of a load test, which may relay more: signed with the rest of it, so only who has the secret can ask. */
const LOAD_TEST = 'load-test.';

export const loadTestName = (name: string) => LOAD_TEST + name;

export function isLoadTest(username: string): boolean {
	return username.includes(`:${LOAD_TEST}`) && restExpiryMs(username) !== null;
}

/** Credentials that a server with this secret (ours, or coturn with `static-auth-secret`) takes for `ttlS` seconds from now. */
export function mintRestCredentials(secret: string, ttlS: number, name?: string): Promise<RestCredentials> {
	return makeRestCredentials({ secret, name, ttlS, nowMs: Date.now() }, nodeCrypto.hmacSha1);
}
