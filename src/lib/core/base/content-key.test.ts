import { expect, test } from 'vitest';
import { contentKey } from './content-key';

test('the same text has the same key, another one another', () => {
	const texts = ['', 'a', 'b', 'ab', 'ba', 'aa', '{"a":1}', '{"a":2}', 'é', '\u0000', '\u0000\u0000', 'x'.repeat(100_000)];
	const keys = texts.map(contentKey);
	expect(new Set(keys).size).toBe(texts.length);
	expect(texts.map(contentKey)).toEqual(keys);
});

test('one character of many changes the whole key', () => {
	const text = Array.from({ length: 20_000 }, (_, i) => String(i % 7)).join('');
	const keys = new Set([contentKey(text)]);
	for (let at = 0; at < 2000; at++) keys.add(contentKey(`${text.slice(0, at)}9${text.slice(at + 1)}`));
	expect(keys.size).toBe(2001);
});
