import { describe, expect, test } from 'vitest';
import { base64Decode, base64Encode, equalBytes, utf8Decode, utf8Encode } from './bytes';
import { makeRestCredentials, restExpiryMs } from './rest-credentials';
import { nodeCrypto } from '../../server/node-crypto';

test.each(['', 'a', 'ab', 'abc', 'ä', '€', '𝄞', 'マトリックス', '\0', '\u07ff\u0800\uffff', '\u{10ffff}'])(
	'%j as UTF-8 and base64',
	(text) => {
		const bytes = utf8Encode(text);
		expect(Buffer.from(bytes)).toEqual(Buffer.from(text));
		expect(utf8Decode(bytes)).toBe(text);
		expect(base64Encode(bytes)).toBe(Buffer.from(text).toString('base64'));
		expect(base64Decode(base64Encode(bytes))).toEqual(bytes);
	}
);

test('a lone surrogate becomes U+FFFD, as in TextEncoder', () => {
	expect(utf8Encode('\ud800')).toEqual(new TextEncoder().encode('\ud800'));
});

test('UTF-8 of one in thirteen of all byte pairs, alone and in longer sequences, is read as TextDecoder does', () => {
	const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
	for (let n = 0; n < 0x10000; n += 13) {
		for (const bytes of [
			Uint8Array.of(n >> 8, n & 255),
			Uint8Array.of(0xe0 | (n & 15), n >> 8, n & 255),
			Uint8Array.of(0xf0 | (n & 7), 0x90, n >> 8, n & 255)
		]) {
			let expected: string | null = null;
			try {
				expected = strict.decode(bytes);
			} catch {
				// Not UTF-8.
			}
			if (utf8Decode(bytes) !== expected) expect.unreachable(`${bytes}`);
		}
	}
});

test.each(['a', 'abc', 'ab=c', '====', 'ab c', 'ab-_', 'abc=='.slice(0, 5)])('%j is not base64', (text) => {
	expect(base64Decode(text)).toBeNull();
});

test('equalBytes compares length and every byte', () => {
	expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
	expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
	expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2, 3))).toBe(false);
});

describe('TURN REST', () => {
	test('user name carries the expiry; the password is what OpenSSL makes of it', async () => {
		// printf 1700000600:anna | openssl dgst -sha1 -hmac north -binary | base64
		const made = await makeRestCredentials(
			{ secret: 'north', name: 'anna', nowMs: 1_700_000_000_999, ttlS: 600 },
			nodeCrypto.hmacSha1
		);
		expect(made).toEqual({
			username: '1700000600:anna',
			credential: 'QArDp18zdKr4CT8tvpVplSgsreQ=',
			expiresMs: 1_700_000_600_000
		});
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
		['1700000600', 1_700_000_600_000],
		['1700000600:anna:b', 1_700_000_600_000],
		['anna', null],
		['anna:1700000600', null],
		['17e9', null],
		['', null],
		['-5:x', null],
		['9999999999999', null]
	])('reads the expiry of %j', (username, expiry) => {
		expect(restExpiryMs(username)).toBe(expiry);
	});
});
