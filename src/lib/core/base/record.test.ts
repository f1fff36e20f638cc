import { expect, test } from 'vitest';
import { isTooDeep, parseJson } from './record';

test.each<[string, string, boolean]>([
	['500 levels', '['.repeat(500) + ']'.repeat(500), false],
	['501 levels', '['.repeat(501) + ']'.repeat(501), true],
	['objects', '{"a":'.repeat(501) + '1' + '}'.repeat(501), true],
	['a text that begins and does not end', '['.repeat(10_000), true],
	['many side by side', `[${'[],'.repeat(10_000)}0]`, false],
	['brackets in a text', JSON.stringify({ a: '['.repeat(10_000) }), false],
	['brackets in a text behind an escaped quotation mark', JSON.stringify({ a: `"${'['.repeat(10_000)}\\"` }), false],
	['brackets behind a text that ends in a backslash', `["\\\\",${'['.repeat(600)}`, true],
	['a text without an end', '"'.repeat(3) + '['.repeat(10_000), false],
	['nothing', '', false]
])('%s', (_, text, tooDeep) => {
	expect(isTooDeep(text)).toBe(tooDeep);
	if (tooDeep) expect(parseJson(text)).toBeUndefined();
});

test('ten million levels take no longer than their length', () => {
	const startedMs = performance.now();
	expect(parseJson('['.repeat(1e7) + ']'.repeat(1e7))).toBeUndefined();
	expect(performance.now() - startedMs).toBeLessThan(2000);
});
