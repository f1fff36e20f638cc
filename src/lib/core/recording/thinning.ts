/** Fewer samples of a column or a series, where there are too many to keep or to draw. Gaps stay, and where they begin. */
import type { Column } from './recording';
import type { Series } from './series';

/**
 * Every `every`-th sample, evenly, so that medians stay what they are and counters lose only resolution. The last one stays, since
 * totals are read from it; so does every gap and the sample before it, or the gap would begin earlier than it did.
 */
export function thinned(column: Column, every: number): Column {
	if (every <= 1) return column;
	const { tMs, v } = column;
	const kept: Column = { ...column, tMs: [], v: [] };
	for (let i = 0; i < tMs.length; i++) {
		if (i % every !== 0 && i !== tMs.length - 1 && v[i] !== null && v[i + 1] !== null) continue;
		kept.tMs.push(tMs[i]!);
		kept.v.push(v[i]!);
	}
	return kept;
}

/**
 * About `pointsAtMost` points that look like all of them: each bucket keeps its first, least, greatest and last value, and a gap
 * where there is one, so that no spike is lost.
 */
export function envelope(series: Series, pointsAtMost: number): Series {
	const { length } = series.tMs;
	if (length <= pointsAtMost) return series;
	const made: Series = { tMs: [], v: [] };
	const size = Math.ceil(length / (pointsAtMost / 4));
	for (let start = 0; start < length; start += size) {
		const end = Math.min(start + size, length);
		const keep = new Set([start, end - 1]);
		let [least, most] = [-1, -1];
		for (let i = start; i < end; i++) {
			const value = series.v[i];
			if (value === null || value === undefined) keep.add(i);
			else {
				if (least < 0 || value < series.v[least]!) least = i;
				if (most < 0 || value > series.v[most]!) most = i;
			}
		}
		if (least >= 0) keep.add(least).add(most);
		for (const i of [...keep].sort((x, y) => x - y)) {
			// One gap says as much as a hundred of them.
			if (series.v[i] === null && made.v.at(-1) === null && made.v.length > 0) continue;
			made.tMs.push(series.tMs[i]!);
			made.v.push(series.v[i]!);
		}
	}
	return made;
}
