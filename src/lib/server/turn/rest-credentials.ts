import { createHmac } from 'node:crypto';
import { makeRestCredentials, type RestCredentials } from '../../core/stun/rest-credentials';
import type { HmacSha1 } from '../../core/stun/rest-credentials';

const hmacSha1: HmacSha1 = (key, data) => createHmac('sha1', key).update(data).digest();

/** Credentials that a server with this secret (ours, or coturn with `static-auth-secret`) takes for `ttlS` seconds from now. */
export function mintRestCredentials(secret: string, ttlS: number, name?: string): Promise<RestCredentials> {
	return makeRestCredentials({ secret, name, ttlS, nowMs: Date.now() }, hmacSha1);
}
