/** TURN REST credentials made in the page from the shared secret, so that the secret never leaves it. */
import { fail, ok, type Result } from '../core/base/result';
import { makeRestCredentials, type RestCredentials } from '../core/stun/rest-credentials';

/** An hour: long enough for a check and a look at it, short enough to paste without harm. */
export const DEFAULT_LIFETIME_MS = 3_600_000;

/**
 * Fails with `no-secret`, or with `insecure-context` where the page came over plain HTTP from another machine: browsers offer no
 * cryptography there.
 */
export async function mintTurnRest(
	secret: string,
	{
		user = 'icelens',
		lifetimeMs = DEFAULT_LIFETIME_MS,
		nowMs = Date.now()
	}: { user?: string; lifetimeMs?: number; nowMs?: number } = {}
): Promise<Result<RestCredentials>> {
	if (secret === '') return fail('no-secret', 'The shared secret is empty. Paste the value of static-auth-secret.');
	const subtle = globalThis.crypto?.subtle as SubtleCrypto | undefined;
	if (!subtle) {
		return fail(
			'insecure-context',
			'This page came over plain HTTP, where browsers offer no cryptography. Open it over HTTPS or on localhost, or paste a ready user name and credential.'
		);
	}
	const hmacSha1 = async (key: Uint8Array, data: Uint8Array) => {
		const imported = await subtle.importKey('raw', key.slice(), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
		return new Uint8Array(await subtle.sign('HMAC', imported, data.slice()));
	};
	return ok(await makeRestCredentials({ secret, name: user, nowMs, ttlS: lifetimeMs / 1000 }, hmacSha1));
}
