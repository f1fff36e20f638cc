/** What a chart, its table and its sentences read from a series. Pure. */
import { csvRows } from '../../core/base/escape';
import type { Series } from '../../core/recording/series';
import { spreadOf } from '../../core/recording/spread';

/** Index of the last point at or before `tMs`; -1 before the first. */
export function indexAt(times: readonly number[], tMs: number): number {
	let low = 0;
	let high = times.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (times[middle]! <= tMs) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

/** Index of the point nearest to `tMs`; -1 in an empty series. */
export function nearest(times: readonly number[], tMs: number): number {
	const before = indexAt(times, tMs);
	if (before < 0) return times.length > 0 ? 0 : -1;
	const after = before + 1;
	return after < times.length && times[after]! - tMs < tMs - times[before]! ? after : before;
}

/**
 * The value shown at a time: that of the nearest point, where one is near. Further away than `reachMs` nothing was measured,
 * and a value from elsewhere would be a lie.
 */
export function valueAt(series: Series, tMs: number, reachMs: number): number | null {
	const at = nearest(series.tMs, tMs);
	if (at < 0 || Math.abs(series.tMs[at]! - tMs) > reachMs) return null;
	return series.v[at] ?? null;
}

/** The usual distance between points, ms: the median of up to 99 of the last ones. 1000 where there are too few to tell. */
export function usualStepMs(times: readonly number[]): number {
	const from = Math.max(1, times.length - 99);
	const steps = [];
	for (let i = from; i < times.length; i++) steps.push(times[i]! - times[i - 1]!);
	if (steps.length === 0) return 1000;
	return steps.sort((a, b) => a - b)[steps.length >> 1]!;
}

export interface Point {
	x: number;
	/** null breaks the line. */
	y: number | null;
}

/**
 * The points that a line of `columns` pixel columns between two times needs: for each column the lowest and the highest
 * value in their order, so that no spike is lost, and every gap. One point beyond each edge keeps the line running to the edge.
 *
 * Chart.js has a decimation of its own; it loses gaps (a null counts as 0 in its comparison) and puts its copy in the place of
 * the data, so the points are thinned here and Chart.js draws what it is given.
 */
export function pointsBetween(series: Series, fromMs: number, toMs: number, columns: number): Point[] {
	const { tMs, v } = series;
	const first = Math.max(0, indexAt(tMs, fromMs));
	const last = Math.min(tMs.length - 1, indexAt(tMs, toMs) + 1);
	const points: Point[] = [];
	if (last < first) return points;
	const width = (toMs - fromMs) / Math.max(1, columns);
	const every = last - first + 1 <= 2 * columns;
	let column = Number.NaN;
	let low = -1;
	let high = -1;
	const flush = () => {
		if (low < 0) return;
		const [one, two] = low < high ? [low, high] : [high, low];
		points.push({ x: tMs[one]!, y: v[one]! });
		if (two !== one) points.push({ x: tMs[two]!, y: v[two]! });
		low = high = -1;
	};
	const breakLine = (x: number) => {
		flush();
		if (points.length > 0 && points[points.length - 1]!.y !== null) points.push({ x, y: null });
	};
	for (let i = first; i <= last; i++) {
		const x = tMs[i]!;
		const y = v[i]!;
		if (y === null) {
			breakLine(x);
			continue;
		}
		if (every) {
			points.push({ x, y });
			continue;
		}
		const at = Math.floor((x - fromMs) / width);
		if (at !== column) {
			flush();
			column = at;
		}
		if (low < 0 || y < v[low]!) low = i;
		if (high < 0 || y >= v[high]!) high = i;
	}
	flush();
	return points;
}

export interface Summary {
	/** Points with a value in the time asked for. */
	count: number;
	latest: number | null;
	median: number | null;
	lowest: number | null;
	highest: number | null;
	/** When the highest value was first measured. */
	highestAtMs: number | null;
	/** How often the values stop. */
	gaps: number;
}

export function summaryOf(series: Series, fromMs: number, toMs: number): Summary {
	const { tMs, v } = series;
	const values: number[] = [];
	const summary: Summary = {
		count: 0,
		latest: null,
		median: null,
		lowest: null,
		highest: null,
		highestAtMs: null,
		gaps: 0
	};
	let open = false;
	for (let i = Math.max(0, indexAt(tMs, fromMs - 1e-6)); i < tMs.length && tMs[i]! <= toMs; i++) {
		if (tMs[i]! < fromMs) continue;
		const value = v[i]!;
		if (open && value === null) summary.gaps++;
		open = value !== null;
		if (value === null) continue;
		values.push(value);
		summary.latest = value;
		if (summary.lowest === null || value < summary.lowest) summary.lowest = value;
		if (summary.highest === null || value > summary.highest) {
			summary.highest = value;
			summary.highestAtMs = tMs[i]!;
		}
	}
	summary.count = values.length;
	summary.median = spreadOf(values)?.median ?? null;
	return summary;
}

/** Steps that people count in, ms. */
const ROUND_STEPS_MS = [
	200, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000
];

export interface TableRows {
	stepMs: number;
	/** Start of the row's time, ms, and the mean of each series within it; null where nothing was measured. */
	rows: { atMs: number; values: (number | null)[] }[];
}

/** A table of at most `most` rows at round distances: means, so that a long call can be read by ear. */
export function tableOf(list: readonly Series[], fromMs: number, toMs: number, most = 60): TableRows {
	const finest = Math.max(200, ...list.map(({ tMs }) => usualStepMs(tMs)));
	const wanted = Math.max((toMs - fromMs) / most, finest * 0.9);
	const stepMs = ROUND_STEPS_MS.find((step) => step >= wanted) ?? Math.ceil(wanted / 3_600_000) * 3_600_000;
	const rows: TableRows['rows'] = [];
	for (let atMs = Math.floor(fromMs / stepMs) * stepMs; atMs <= toMs; atMs += stepMs) {
		const values = list.map((series) => meanBetween(series, atMs, atMs + stepMs));
		if (values.some((value) => value !== null)) rows.push({ atMs, values });
	}
	return { stepMs, rows };
}

function meanBetween({ tMs, v }: Series, fromMs: number, toMs: number): number | null {
	let sum = 0;
	let count = 0;
	for (let i = indexAt(tMs, fromMs - 1e-6) + 1; i < tMs.length && tMs[i]! < toMs; i++) {
		if (v[i] === null) continue;
		sum += v[i]!;
		count++;
	}
	return count === 0 ? null : sum / count;
}

/** Every point of the series, a row for each time at which any of them has one (RFC 4180). An empty field is a gap. */
export function csvOf(columns: readonly { label: string; unit: string; series: Series }[]): string {
	const times = [...new Set(columns.flatMap(({ series }) => series.tMs))].sort((a, b) => a - b);
	const at = columns.map(() => 0);
	const rows: (string | number | null)[][] = [
		['time_ms', ...columns.map(({ label, unit }) => (unit === 'count' ? label : `${label} [${unit}]`))]
	];
	for (const time of times) {
		const fields = columns.map(({ series }, i) => {
			while (series.tMs[at[i]!]! < time) at[i]!++;
			return series.tMs[at[i]!] === time ? (series.v[at[i]!] ?? null) : null;
		});
		rows.push([Number(time.toFixed(3)), ...fields]);
	}
	return csvRows(rows);
}
