import { expect, test } from 'vitest';
import { nodeCrypto } from '../../server/node-crypto';
import { expiredForMs, makeRestCredentials, restExpiryMs, restPassword, restTime } from './rest-credentials';

test('user name carries the expiry; the password is what OpenSSL makes of it', async () => {
	// printf 1700000600:anna | openssl dgst -sha1 -hmac north -binary | base64
	const wanted = { secret: 'north', name: 'anna', nowMs: 1_700_000_000_999, ttlS: 600 };
	const made = await makeRestCredentials(wanted, nodeCrypto.hmacSha1);
	expect(made).toEqual({ username: '1700000600:anna', credential: 'QArDp18zdKr4CT8tvpVplSgsreQ=', expiresMs: 1_700_000_600_000 });
	expect(restExpiryMs(made.username)).toBe(made.expiresMs);
	expect(restPassword('north', made.username, nodeCrypto.hmacSha1)).toBe(made.credential);
});

test('a lifetime with a fraction still gives whole seconds', async () => {
	const { username } = await makeRestCredentials(
		{ secret: 'north', nowMs: 1_700_000_000_000, ttlS: 3600.36 },
		nodeCrypto.hmacSha1
	);
	expect(username).toBe('1700003600');
});

test('WebCrypto, which answers later, makes the same', async () => {
	const later = async (key: Uint8Array, data: Uint8Array) => {
		const imported = await crypto.subtle.importKey('raw', key.slice(), { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
		return new Uint8Array(await crypto.subtle.sign('HMAC', imported, data.slice()));
	};
	const wanted = { secret: 'north', nowMs: 0, ttlS: 60 };
	expect(await makeRestCredentials(wanted, later)).toEqual(await makeRestCredentials(wanted, nodeCrypto.hmacSha1));
});

test.each([
	['1790000000', 1_790_000_000_000],
	['1790000000:alice', 1_790_000_000_000],
	['1790000000:a:b', 1_790_000_000_000],
	['alice:1999999999', Date.UTC(2033, 4, 18, 3, 33, 19)],
	['alice', null],
	['12:1790000000', null],
	['1790000000x', null],
	['0999999999:too-early', null],
	['123456', null],
	['17e9', null],
	['-5:x', null],
	['9999999999999', null],
	['', null]
])('%j expires at %s', (username, expected) => {
	expect(restExpiryMs(username)).toBe(expected);
});

test.each([
	['1790000000000:alice', { unit: 'milliseconds', ms: 1_790_000_000_000 }],
	['alice:1790000000000', { unit: 'milliseconds', ms: 1_790_000_000_000 }],
	['1790000000:alice', { unit: 'seconds', ms: 1_790_000_000_000 }],
	['0790000000000:alice', null],
	['179000000000:alice', null]
])('the number in %j is a time: %o', (username, expected) => {
	expect(restTime(username)).toEqual(expected);
});

test('expired only from the second that it names', () => {
	expect(expiredForMs('1790000000:alice', 1_789_999_999_999)).toBeNull();
	expect(expiredForMs('1790000000:alice', 1_790_000_005_000)).toBe(5000);
	expect(expiredForMs('alice', 1_790_000_005_000)).toBeNull();
	expect(expiredForMs(undefined, 1_790_000_005_000)).toBeNull();
});
