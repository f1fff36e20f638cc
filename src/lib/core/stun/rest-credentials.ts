/**
 * Short-lived TURN credentials from a shared secret ("TURN REST API", draft-uberti-behave-turn-rest-00, as coturn's
 * `use-auth-secret`): user name `expiry` or `expiry:name`, password base64(HMAC-SHA1(secret, user name)).
 */
import { base64Encode, utf8Encode } from './bytes';

/** WebCrypto answers later, Node at once: both fit. */
export type HmacSha1 = (key: Uint8Array, data: Uint8Array) => Uint8Array | Promise<Uint8Array>;

export interface RestCredentials {
	username: string;
	credential: string;
	/** When the server stops taking them, ms since 1970. */
	expiresMs: number;
}

export async function makeRestCredentials(
	wanted: { secret: string; name?: string; nowMs: number; ttlS: number },
	hmacSha1: HmacSha1
): Promise<RestCredentials> {
	const expiryS = Math.floor(wanted.nowMs / 1000) + wanted.ttlS;
	const username = wanted.name ? `${expiryS}:${wanted.name}` : String(expiryS);
	return { username, credential: await restPassword(wanted.secret, username, hmacSha1), expiresMs: expiryS * 1000 };
}

export async function restPassword(secret: string, username: string, hmacSha1: HmacSha1): Promise<string> {
	return base64Encode(await hmacSha1(utf8Encode(secret), utf8Encode(username)));
}

/** When a TURN REST user name stops being good, ms since 1970; null when it is not of that form. */
export function restExpiryMs(username: string): number | null {
	// coturn also reads `name:expiry`; the draft has only this order.
	const digits = /^(\d{1,12})(:|$)/.exec(username);
	return digits ? Number(digits[1]) * 1000 : null;
}
