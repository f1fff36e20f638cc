/**
 * User names of time-limited TURN credentials, `expiry` or `expiry:user` with Unix seconds (draft-uberti-behave-turn-rest-00
 * §2.2); coturn's use-auth-secret reads `user:expiry` too.
 */

/** Seconds before which a leading number is taken for something else than a time: 2001-09-09. */
const EARLIEST_SECONDS = 1_000_000_000;
const LATEST_SECONDS = 99_999_999_999;

/** When the credential expires, ms since 1970; null for user names without a time. */
export function turnRestExpiryMs(username: string): number | null {
	const match = /^(\d{10,11})(?::|$)|^[^:]*\D[^:]*:(\d{10,11})$/.exec(username);
	const seconds = Number(match?.[1] ?? match?.[2] ?? Number.NaN);
	return seconds >= EARLIEST_SECONDS && seconds <= LATEST_SECONDS ? seconds * 1000 : null;
}

/** The user name for a credential that expires at `expiresMs`. */
export function turnRestUsername(expiresMs: number, user = ''): string {
	const seconds = String(Math.floor(expiresMs / 1000));
	return user === '' ? seconds : `${seconds}:${user}`;
}

/** For how long the credential has been expired at `nowMs`, ms; null when it is not, or bears no expiry. */
export function expiredForMs(username: string | undefined, nowMs: number): number | null {
	const expiresMs = username === undefined ? null : turnRestExpiryMs(username);
	return expiresMs !== null && expiresMs <= nowMs ? nowMs - expiresMs : null;
}
