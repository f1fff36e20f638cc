import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
	byField,
	exactObject,
	faultOf,
	listOf,
	longListOf,
	number,
	object,
	oneOf,
	openWord,
	read,
	readJson,
	recordOf,
	text,
	whole
} from './schema';

const point = object({ x: number, y: number });
const shape = byField('kind', [
	object({ kind: v.literal('circle'), center: point, radius: whole }),
	object({ kind: v.literal('path'), points: listOf(point), names: v.optional(recordOf(text)) })
]);

test('an exact object refuses a field of another name, and says which there are', () => {
	const size = exactObject({ width: number, height: v.optional(number) });
	expect(faultOf(size, { width: 1 })).toBeNull();
	expect(faultOf(size, { width: 1, hieght: 2 }, 'The size')?.message).toBe(
		'hieght is no field; it must be one of width, height.'
	);
	expect(faultOf(size, { height: 2 }, 'The size')?.message).toBe('width is missing; it must be a number.');
	expect(faultOf(size, [], 'The size')?.message).toBe('The size is a list of 0; it must be an object.');
});

describe('a fault names the place, what is there and what must be', () => {
	test.each<[unknown, string, string]>([
		[undefined, '', 'The drawing is missing; it must be an object.'],
		[null, '', 'The drawing is null; it must be an object.'],
		[[{}], '', 'The drawing is a list of 1; it must be an object.'],
		[{}, 'kind', 'kind is missing; it must be one of “circle”, “path”.'],
		[{ kind: 'constructor' }, 'kind', 'kind is "constructor"; it must be one of “circle”, “path”.'],
		[{ kind: 'circle', radius: 1 }, 'center', 'center is missing; it must be an object.'],
		[{ kind: 'circle', center: { x: 1 }, radius: 1 }, 'center.y', 'center.y is missing; it must be a number.'],
		[{ kind: 'circle', center: [], radius: 1 }, 'center', 'center is a list of 0; it must be an object.'],
		[{ kind: 'circle', center: { x: Infinity, y: 0 }, radius: 1 }, 'center.x', 'center.x is Infinity; it must be a number.'],
		[{ kind: 'circle', center: { x: 0, y: 0 }, radius: -1 }, 'radius', 'radius is -1; it must be a whole number from 0 up.'],
		[
			{ kind: 'circle', center: { x: 0, y: 0 }, radius: 2 ** 53 },
			'radius',
			'radius is 9007199254740992; it must be a whole number from 0 up.'
		],
		[{ kind: 'path', points: {} }, 'points', 'points is an object; it must be a list.'],
		[{ kind: 'path', points: [{ x: 0, y: 0 }, 'x'] }, 'points[1]', 'points[1] is "x"; it must be an object.'],
		[{ kind: 'path', points: [], names: [] }, 'names', 'names is a list of 0; it must be an object.'],
		[{ kind: 'path', points: [], names: { a: 7 } }, 'names.a', 'names.a is 7; it must be a text.']
	])('%j', (value, where, message) => {
		const fault = faultOf(shape, value, 'The drawing');
		expect(fault).toMatchObject({ code: 'malformed', where });
		expect(fault?.message).toContain(message);
	});
});

test('what fits has no fault, and may have more', () => {
	const path = { kind: 'path', points: [], names: { constructor: 'x' }, later: [1] };
	expect(faultOf(shape, path)).toBeNull();
	expect(read(shape, { ...path, names: {} }, 'x')).toEqual({ ok: true, value: { kind: 'path', points: [], names: {} } });
});

test('a long text is cut short in the sentence, and one beyond its length has a code of its own', () => {
	const fault = faultOf(v.pipe(text, v.maxLength(100, 'a text of at most 100 characters')), 'x'.repeat(101), 'The note');
	expect(fault?.code).toBe('too-large');
	expect(fault?.message).toMatch(/^The note is "x{50}"… \(101 characters\); it must be a text of at most 100 characters\.$/);
});

test('a long list is refused where a short one would be', () => {
	const times = longListOf(number, Number.isFinite);
	for (const value of [[], [0, -1.5], {}, null, [0, '1'], [0, null], [0, Infinity]])
		expect(faultOf(times, value)).toEqual(faultOf(listOf(number), value));
	expect(faultOf(object({ tMs: times }), { tMs: [0, 1, '2'] })?.where).toBe('tMs[2]');
});

test('words of a later version pass where they may, and nowhere else', () => {
	expect(faultOf(openWord<'a' | 'b'>(), 'c')).toBeNull();
	expect(faultOf(openWord<'a' | 'b'>(), 7)).not.toBeNull();
	expect(faultOf(oneOf('a', 'b'), 'c', 'The word')?.message).toBe('The word is "c"; it must be one of “a”, “b”.');
});

test('nothing reaches a prototype', () => {
	const json = '{"kind":"path","points":[],"names":{"__proto__":"x"},"__proto__":{"polluted":"yes"}}';
	const drawing = readJson(shape, json, 'The drawing');
	expect(drawing).toEqual({ ok: true, value: { kind: 'path', points: [], names: {} } });
	expect(Object.getPrototypeOf(drawing.ok && drawing.value)).toBe(Object.prototype);
	expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	expect(readJson(shape, '{', 'The drawing')).toMatchObject({ error: { code: 'not-json', message: 'The drawing is not JSON.' } });
});
