/**
 * Time-limited TURN credentials from a shared secret ("TURN REST API", draft-uberti-behave-turn-rest-00 §2.2, as coturn's
 * `use-auth-secret`): user name `expiry` or `expiry:name` in Unix seconds, password base64(HMAC-SHA1(secret, user name)).
 */
import { base64Encode, utf8Encode } from './bytes';

export interface RestCredentials {
	username: string;
	credential: string;
	/** When the server stops taking them, ms since 1970. */
	expiresMs: number;
}

type HmacSha1 = (key: Uint8Array, data: Uint8Array) => Uint8Array;
/** WebCrypto answers later, Node at once: both fit. */
type AnyHmacSha1 = (key: Uint8Array, data: Uint8Array) => Uint8Array | Promise<Uint8Array>;

export async function makeRestCredentials(
	wanted: { secret: string; name?: string; nowMs: number; ttlS: number },
	hmacSha1: AnyHmacSha1
): Promise<RestCredentials> {
	const expiryS = Math.floor(wanted.nowMs / 1000 + wanted.ttlS);
	const username = wanted.name ? `${expiryS}:${wanted.name}` : String(expiryS);
	const mac = await hmacSha1(utf8Encode(wanted.secret), utf8Encode(username));
	return { username, credential: base64Encode(mac), expiresMs: expiryS * 1000 };
}

/** What a server with the secret expects of a user name. */
export function restPassword(secret: string, username: string, hmacSha1: HmacSha1): string {
	return base64Encode(hmacSha1(utf8Encode(secret), utf8Encode(username)));
}

/** Of fewer digits a number is no time, but a name: 2001-09-09. */
const EARLIEST_SECONDS = 1_000_000_000;
/** A number of so many digits is a time in milliseconds, 2001 to 2286; as seconds it would be of the year 33000 or later. */
const MILLISECONDS = /^(\d{13})(?::|$)|^[^:]*\D[^:]*:(\d{13})$/;

/**
 * The time in such a user name, ms since 1970, and what its number counts; null for one that bears no time. coturn also reads
 * `name:expiry`, where the name is not a number itself, so clients and our server do too.
 */
export function restTime(username: string): { unit: 'seconds' | 'milliseconds'; ms: number } | null {
	const match = /^(\d{10,11})(?::|$)|^[^:]*\D[^:]*:(\d{10,11})$/.exec(username);
	const seconds = Number(match?.[1] ?? match?.[2] ?? Number.NaN);
	if (seconds >= EARLIEST_SECONDS) return { unit: 'seconds', ms: seconds * 1000 };
	const long = MILLISECONDS.exec(username);
	const ms = Number(long?.[1] ?? long?.[2] ?? Number.NaN);
	return ms >= EARLIEST_SECONDS * 1000 ? { unit: 'milliseconds', ms } : null;
}

/** When such a user name stops being good, ms since 1970: its number counts seconds. Null for one that bears no such time. */
export function restExpiryMs(username: string): number | null {
	const time = restTime(username);
	return time?.unit === 'seconds' ? time.ms : null;
}

/** For how long the credential has been expired at `nowMs`, ms; null when it is not, or bears no time. */
export function expiredForMs(username: string | undefined, nowMs: number): number | null {
	const expiresMs = username === undefined ? null : restExpiryMs(username);
	return expiresMs !== null && expiresMs <= nowMs ? nowMs - expiresMs : null;
}
