import { describe, expect, test } from 'vitest';
import {
	changesOf,
	gaugeOf,
	growthOf,
	levelFunction,
	numbersOf,
	pausesBefore,
	quotientOf,
	rateOf,
	stepFunction
} from './counters';
import type { RawValue } from './recording';

const at = (tMs: number[], v: RawValue[]) => ({ tMs, v });
const everySecond = (v: RawValue[]) =>
	at(
		v.map((_, i) => i * 1000),
		v
	);

describe('a counter to a rate', () => {
	test.each<[string, { tMs: number[]; v: RawValue[] }, (number | null)[]]>([
		['steady growth', everySecond([0, 100, 300]), [100, 200]],
		['no growth is zero, not a gap', everySecond([5, 5, 5]), [0, 0]],
		['a reset is a gap, and counting goes on from there', everySecond([1000, 2000, 50, 150]), [1000, null, 100]],
		['a null is a gap on both its sides', everySecond([0, 10, null, 30, 40]), [10, null, null, 10]],
		['words and NaN are no numbers', everySecond([0, 'x', NaN, 30, 40]), [null, null, null, 10]],
		['of two samples at one time the later counts', at([0, 1000, 1000, 2000], [0, 90, 100, 200]), [100, 100]],
		['time that goes back is left out', at([0, 1000, 500, 2000], [0, 100, 70, 200]), [100, 100]],
		['a pause is a gap', at([0, 1000, 2000, 3000, 9000, 10_000], [0, 1, 2, 3, 4, 5]), [1, 1, 1, null, 1]],
		['uneven polls are none', at([0, 1000, 2900, 4000, 5000], [0, 10, 29, 40, 50]), [10, 10, 10, 10]],
		['a single sample says nothing', everySecond([7]), []],
		['nothing says nothing', everySecond([]), []]
	])('%s', (_, samples, rates) => {
		expect(rateOf(changesOf(samples)).v.map((v) => (v === null ? null : Math.round(v)))).toEqual(rates);
	});

	test('another SSRC is another counter, even where its value is higher', () => {
		const identity = everySecond([1, 1, 2, 2]);
		expect(rateOf(changesOf(everySecond([0, 10, 5000, 5010]), { identity })).v).toEqual([10, null, 10]);
	});

	test('what may fall gives a negative change instead of a gap', () => {
		expect(changesOf(everySecond([4, 3]), { mayFall: true })[0]!.delta).toBe(-1);
		expect(changesOf(everySecond([4, 3]))[0]!.delta).toBeNull();
	});

	test('the scale makes bits of bytes', () => {
		expect(rateOf(changesOf(at([0, 500], [0, 1000])), 8).v).toEqual([16_000]);
	});
});

test('a recording thinned in its older part has no pauses for that', () => {
	const tMs = [...Array.from({ length: 30 }, (_, i) => i * 2000), ...Array.from({ length: 30 }, (_, i) => 60_000 + i * 1000)];
	expect(pausesBefore(tMs).filter(Boolean)).toEqual([]);
});

describe('a quotient', () => {
	const q = (above: RawValue[], ...below: RawValue[][]) =>
		quotientOf(
			changesOf(everySecond(above), { mayFall: true }),
			below.map((one) => changesOf(everySecond(one)))
		).v;
	test.each<[string, (number | null)[], (number | null)[]]>([
		['mean of what came meanwhile', q([0, 2, 8], [0, 4, 6]), [0.5, 3]],
		['nothing came: a gap, not 0', q([0, 2, 2], [0, 4, 4]), [0.5, null]],
		['a share of two counters added up', q([0, 2, 2], [0, 2, 2], [0, 98, 198]), [0.02, 0]],
		['a reset of either is a gap', q([0, 2, 4], [10, 4, 8]), [null, 0.5]]
	])('%s', (_, made, wanted) => expect(made).toEqual(wanted));
});

test('a gauge breaks at a pause and keeps both of its ends', () => {
	const series = gaugeOf(at([0, 1000, 2000, 8000, 9000], [1, 2, 3, 4, 5]), 10);
	expect(series).toEqual({ tMs: [0, 1000, 2000, 5000, 8000, 9000], v: [10, 20, 30, null, 40, 50] });
});

test('growth counts through resets and pauses', () => {
	expect(growthOf(at([0, 1000, 2000, 9000], [10, 30, 5, 25]))).toBe(45);
	expect(growthOf(everySecond([10]))).toBeNull();
	expect(growthOf(everySecond([null, null]))).toBeNull();
});

test('numbers come in ascending time only', () => {
	expect(numbersOf(at([3, 1, 4, 4, NaN], [1, 2, 3, null, 5]))).toEqual({ tMs: [3, 4], v: [1, 3] });
});

test('the value at a time is that of the sample before', () => {
	const value = stepFunction(at([10, 20], ['a', 'b']));
	expect([5, 10, 15, 25, 12].map(value)).toEqual([null, 'a', 'a', 'b', 'a']);
});

describe('how far a counter had come', () => {
	test.each<[string, RawValue[], number, number | null]>([
		['at a sample', [0, 100, 300], 1000, 100],
		['between two', [0, 100, 300], 1500, 200],
		['after a reset it counts on', [0, 100, 50], 1500, 125],
		['across a missing sample', [0, null, 300], 500, 75],
		['before the first', [0, 100], -1, null],
		['after the last', [0, 100], 1001, null],
		['of nothing', [], 0, null],
		['of one sample', [7], 0, 7]
	])('%s', (_, v, tMs, level) => {
		expect(levelFunction(everySecond(v))(tMs)).toBe(level);
	});
});
