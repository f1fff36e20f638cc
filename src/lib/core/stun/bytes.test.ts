import { expect, test } from 'vitest';
import { base64Decode, base64Encode, equalBytes, utf8Decode, utf8Encode } from './bytes';

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
