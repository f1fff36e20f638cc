/** TURN REST credentials made in the page from the shared secret, so that the secret never leaves it. */
import { fail, ok, type Result } from '../core/base/result';
import { turnRestUsername } from '../core/ice/turn-username';

/** An hour: long enough for a check and a look at it, short enough to paste without harm. */
export const DEFAULT_LIFETIME_MS = 3_600_000;

export interface TurnRestCredential {
	username: string;
	credential: string;
	/** Ms since 1970. */
	expiresMs: number;
}

/**
 * User name `expiry:user`, credential base64(HMAC-SHA1(secret, user name)), as coturn's use-auth-secret expects
 * (draft-uberti-behave-turn-rest-00 §2.2). Fails with `no-secret`, or with `insecure-context` where the page came over plain
 * HTTP from another machine: browsers offer no cryptography there.
 */
export async function mintTurnRest(
	secret: string,
	{
		user = 'icelens',
		lifetimeMs = DEFAULT_LIFETIME_MS,
		nowMs = Date.now()
	}: { user?: string; lifetimeMs?: number; nowMs?: number } = {}
): Promise<Result<TurnRestCredential>> {
	if (secret === '') return fail('no-secret', 'The shared secret is empty. Paste the value of static-auth-secret.');
	const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
	if (!subtle) {
		return fail(
			'insecure-context',
			'This page came over plain HTTP, where browsers offer no cryptography. Open it over HTTPS or on localhost, or paste a ready user name and credential.'
		);
	}
	const expiresMs = Math.floor((nowMs + lifetimeMs) / 1000) * 1000;
	const username = turnRestUsername(expiresMs, user);
	const encode = (text: string) => new TextEncoder().encode(text);
	const key = await subtle.importKey('raw', encode(secret), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
	const mac = new Uint8Array(await subtle.sign('HMAC', key, encode(username)));
	return ok({ username, credential: btoa(String.fromCharCode(...mac)), expiresMs });
}
