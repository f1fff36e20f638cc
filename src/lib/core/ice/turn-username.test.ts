import { expect, test } from 'vitest';
import { expiredForMs, turnRestExpiryMs, turnRestUsername } from './turn-username';

test.each([
	['1790000000', 1_790_000_000_000],
	['1790000000:alice', 1_790_000_000_000],
	['1790000000:a:b', 1_790_000_000_000],
	['alice', null],
	['alice:1790000000', 1_790_000_000_000],
	['12:1790000000', null],
	['1790000000x', null],
	['0999999999:too-early', null],
	['123456', null],
	['', null]
])('%j expires at %s', (username, expected) => {
	expect(turnRestExpiryMs(username)).toBe(expected);
});

test('a made user name is read back', () => {
	expect(turnRestUsername(1_790_000_000_999, 'alice')).toBe('1790000000:alice');
	expect(turnRestUsername(1_790_000_000_000)).toBe('1790000000');
});

test('expired only from the second that it names', () => {
	expect(expiredForMs('1790000000:alice', 1_789_999_999_999)).toBeNull();
	expect(expiredForMs('1790000000:alice', 1_790_000_005_000)).toBe(5000);
	expect(expiredForMs('alice', 1_790_000_005_000)).toBeNull();
	expect(expiredForMs(undefined, 1_790_000_005_000)).toBeNull();
});
