import { makeRestCredentials, type RestCredentials } from '../../core/stun/rest-credentials';
import { nodeCrypto } from '../node-crypto';

/** Credentials that a server with this secret (ours, or coturn with `static-auth-secret`) takes for `ttlS` seconds from now. */
export function mintRestCredentials(secret: string, ttlS: number, name?: string): Promise<RestCredentials> {
	return makeRestCredentials({ secret, name, ttlS, nowMs: Date.now() }, nodeCrypto.hmacSha1);
}
