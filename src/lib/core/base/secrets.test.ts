import { describe, expect, test } from 'vitest';
import { withoutDanger, withoutSecretText } from './secrets';

const NAMES = ['credential', 'password', 'passwd', 'secret', 'sharedSecret', 'static-auth-secret', 'accessToken', 'macKey'];

describe.each(NAMES)('%s', (name) => {
	test('as a field', () => {
		expect(withoutDanger({ deep: [{ [name]: 'hunter2', kept: 'x' }] })).toEqual({ deep: [{ kept: 'x' }] });
	});

	test.each([
		['JSON', JSON.stringify({ [name]: 'hunter2', kept: 'x' })],
		['JSON inside JSON', JSON.stringify(JSON.stringify({ [name]: 'hunter2', kept: 'x' }))],
		['JSON with a number', `{"${name}": 40711, "kept": "x"}`.replace('40711', 'hunter2')],
		['an object literal', `{ ${name}: 'hunter2', kept: 'x' }`],
		['a value with an escaped quote', JSON.stringify({ [name]: 'hun"hunter2', kept: 'x' })],
		['without quotes', `{ urls: [turn:x], ${name}: hunter2, kept: x }`],
		['a line of a configuration', `kept=x\n${name}=hunter2\n`],
		['a query', `https://a.example/?kept=x&${name}=hunter2`],
		['a text that was cut off', `kept: x, "${name}": "hunter2 and mo`]
	])('in %s', (_, text) => {
		expect(text).toContain('hunter2');
		expect(withoutSecretText(text)).not.toMatch(/hun"?hunter2|hunter2/);
		expect(withoutSecretText(text)).toContain('kept');
		expect(withoutSecretText(text)).toContain('…');
	});
});

test('sentences and other fields stay as they are', () => {
	for (const text of [
		'With a shared secret: it must be the same on both sides, and the clocks right.',
		'"credentialType": "password", "credential": null',
		'a=ice-pwd:abcdefghijklmnopqrstuv',
		'The server refused the credential (401).'
	])
		expect(withoutSecretText(text)).toBe(text);
	expect(withoutDanger({ credentialExpiredForMs: 5, hasCredential: true })).toEqual({
		credentialExpiredForMs: 5,
		hasCredential: true
	});
});

test('a key that reaches a prototype goes', () => {
	expect(Object.keys(withoutDanger(JSON.parse('{ "__proto__": { "x": 1 }, "y": 2 }')) as object)).toEqual(['y']);
});

test('takes time in proportion to the text', () => {
	for (const piece of ['\\', 'a', ' ', '"', 'secret', '{', '"secret":']) {
		const text = `secret${piece.repeat(200_000)}`;
		const startedMs = performance.now();
		withoutSecretText(text);
		// A quadratic pattern would take minutes.
		expect(performance.now() - startedMs).toBeLessThan(10_000);
	}
});
