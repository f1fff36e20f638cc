import { expect, test } from 'vitest';
import type { Column } from './recording';
import { envelope, thinned } from './thinning';

const column = (v: Column['v']): Column => ({ field: 'x', tMs: v.map((_, i) => i * 1000), v, alignment: 'exact' });
const ten = column([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);

test('every n-th sample stays, and the last one', () => {
	expect(thinned(ten, 4).v).toEqual([0, 4, 8, 9]);
	expect(thinned(ten, 4).tMs).toEqual([0, 4000, 8000, 9000]);
	expect(thinned(ten, 1)).toBe(ten);
});

test('a gap stays, and begins where it began', () => {
	const gappy = column([0, 1, 2, 3, 4, 5, 6, null, 8, 9]);
	expect(thinned(gappy, 4)).toMatchObject({ tMs: [0, 4000, 6000, 7000, 8000, 9000], v: [0, 4, 6, null, 8, 9] });
});

test('the original stays as it is', () => {
	thinned(ten, 2);
	expect(ten.v).toHaveLength(10);
});

test('an envelope has no more points than asked for, every gap, and the spike of one sample', () => {
	const v = Array.from({ length: 10_000 }, (_, i) => (i === 7777 ? 900 : i > 3000 && i < 3100 ? null : i % 7));
	const made = envelope({ tMs: v.map((_, i) => i), v }, 400);
	expect(made.tMs.length).toBeLessThanOrEqual(402);
	expect(made.v).toContain(900);
	expect(made.v.filter((value) => value === null)).toHaveLength(1);
});
