import { describe, expect, test } from 'vitest';
import type { Series } from '../../core/recording/series';
import { csvOf, indexAt, nearest, pointsBetween, summaryOf, tableOf, usualStepMs, valueAt } from './reading';

const every = (values: (number | null)[], stepMs = 1000): Series => ({ tMs: values.map((_, i) => i * stepMs), v: values });
const long = every(Array.from({ length: 3600 }, (_, i) => (i === 1777 ? 900 : 50 + (i % 7))));

describe('finding a point', () => {
	test.each([
		[-1, -1, 0],
		[0, 0, 0],
		[1499, 1, 1],
		[1501, 1, 2],
		[9000, 2, 2]
	])('at %d ms: the last before is %d, the nearest %d', (tMs, before, near) => {
		const { tMs: times } = every([1, 2, 3]);
		expect(indexAt(times, tMs)).toBe(before);
		expect(nearest(times, tMs)).toBe(near);
	});

	test('a value is that of a near point, never that of a far one or of a gap', () => {
		const series = every([5, null, 7]);
		expect(valueAt(series, 400, 1600)).toBe(5);
		expect(valueAt(series, 900, 1600)).toBe(null);
		expect(valueAt(series, 3500, 1600)).toBe(7);
		expect(valueAt(series, 3700, 1600)).toBe(null);
		expect(valueAt({ tMs: [], v: [] }, 0, 1600)).toBe(null);
	});

	test('the usual step is not moved by a pause', () => {
		expect(usualStepMs([0, 1000, 2000, 90_000, 91_000])).toBe(1000);
		expect(usualStepMs([7])).toBe(1000);
	});
});

describe('the points of a line', () => {
	test('few points are all there, with one beyond each edge', () => {
		expect(pointsBetween(every([1, 2, 3, 4, 5]), 1000, 3000, 100).map(({ x }) => x)).toEqual([1000, 2000, 3000, 4000]);
		expect(pointsBetween(every([1, 2, 3, 4, 5]), 1500, 2500, 100).map(({ x }) => x)).toEqual([1000, 2000, 3000]);
	});

	test('many points become at most two a column, and the spike of one second is among them', () => {
		const points = pointsBetween(long, 0, 3_600_000, 300);
		expect(points.length).toBeLessThanOrEqual(602);
		expect(points.length).toBeGreaterThan(300);
		expect(points).toContainEqual({ x: 1_777_000, y: 900 });
		expect(points.every(({ x }, i) => i === 0 || x > points[i - 1]!.x)).toBe(true);
	});

	test('a gap breaks the line once, however many points are thinned around it', () => {
		const series: Series = { tMs: [...long.tMs], v: [...long.v] };
		for (let i = 1000; i < 1400; i++) series.v[i] = null;
		const points = pointsBetween(series, 0, 3_600_000, 300);
		const breaks = points.filter(({ y }) => y === null);
		expect(breaks).toHaveLength(1);
		expect(points.filter(({ x }) => x >= 1_000_000 && x < 1_400_000 && x !== breaks[0]!.x)).toEqual([]);
		// One second without a value is a gap as well.
		series.v[3000] = null;
		expect(pointsBetween(series, 0, 3_600_000, 300).filter(({ y }) => y === null)).toHaveLength(2);
	});

	test('nothing measured is no point', () => {
		expect(pointsBetween({ tMs: [], v: [] }, 0, 1000, 100)).toEqual([]);
		expect(pointsBetween(every([null, null]), 0, 1000, 100)).toEqual([]);
	});
});

describe('the figures of a series', () => {
	test('are its median, its lowest and highest value and its gaps', () => {
		expect(summaryOf(every([4, 1, null, null, 9, 2]), 0, 5000)).toEqual({
			count: 4,
			latest: 2,
			median: 3,
			lowest: 1,
			highest: 9,
			highestAtMs: 4000,
			gaps: 1
		});
	});

	test('are those of the time asked for alone', () => {
		expect(summaryOf(every([4, 1, 8]), 900, 1500)).toMatchObject({ count: 1, median: 1, latest: 1 });
		expect(summaryOf(every([null, null]), 0, 5000)).toMatchObject({ count: 0, median: null, highest: null, gaps: 0 });
	});

	test('a table of an hour has at most as many rows as asked for, and a gap is no number', () => {
		const gappy: Series = { tMs: long.tMs, v: long.v.map((value, i) => (i >= 1200 && i < 1320 ? null : value)) };
		const { stepMs, rows } = tableOf([long, gappy], 0, 3_599_000, 60);
		expect(stepMs).toBe(60_000);
		expect(rows).toHaveLength(60);
		expect(rows[20]!.values[1]).toBe(null);
		expect(rows[20]!.values[0]).toBeGreaterThan(49);
	});

	test('the file has every point, a field left empty for a gap, and runs nothing in a spreadsheet', () => {
		const text = csvOf([
			{ label: 'a, b', unit: 'ms', series: { tMs: [0, 1000], v: [1.5, null] } },
			{ label: '=1+1', unit: 'count', series: { tMs: [500, 1000], v: [2, 3] } }
		]);
		expect(text).toBe(`time_ms,"a, b [ms]",'=1+1\r\n0,1.5,\r\n500,,2\r\n1000,,3\r\n`);
	});
});
