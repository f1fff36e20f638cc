/**
 * When the samples of a webrtc-internals series were taken. A series says only when it began, when it ended, and its
 * values; the series of the object's own timestamps (since Chrome 117) says the rest, where the two can be fitted.
 */
import type { Alignment } from '../recording/recording';

export interface Placed {
	tMs: number[];
	alignment: Alignment;
	/** Indexes of values that a later one with the same timestamp stands for; their times are left out. */
	repeats: readonly number[];
}

/**
 * The rule: the timestamps nearest to beginning and end bound a window (a beginning is written as whole milliseconds, so
 * the match is near, not equal). As many values as timestamps in the window: each value belongs to one. As many as
 * timestamps at all: the same. Otherwise there are holes whose place nobody knows, and the values are spread evenly.
 */
export function placeSamples(timestamps: readonly number[] | null, startMs: number, endMs: number, count: number): Placed {
	if (timestamps && timestamps.length > 0 && Number.isFinite(startMs) && Number.isFinite(endMs)) {
		const from = nearest(timestamps, startMs, false);
		const to = nearest(timestamps, endMs, true);
		if (to - from + 1 === count) return exact(timestamps.slice(from, to + 1));
	}
	if (timestamps && timestamps.length === count) return exact([...timestamps]);
	return { tMs: spread(startMs, endMs, count), alignment: 'approximate', repeats: [] };
}

function exact(all: number[]): Placed {
	const repeats = all.flatMap((time, index) => (all[index + 1] === time ? [index] : []));
	if (repeats.length === 0) return { tMs: all, alignment: 'exact', repeats };
	return { tMs: all.filter((time, index) => all[index + 1] !== time), alignment: 'exact', repeats };
}

/** Evenly from beginning to end. */
function spread(startMs: number, endMs: number, count: number): number[] {
	const step = count > 1 ? (endMs - startMs) / (count - 1) : 0;
	return Array.from({ length: count }, (_, index) => startMs + index * step);
}

/** Index of the nearest timestamp; of equal ones the first, or the last. Timestamps of one object ascend, repeats included. */
function nearest(timestamps: readonly number[], at: number, last: boolean): number {
	let low = 0;
	let high = timestamps.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (timestamps[middle]! < at) low = middle + 1;
		else high = middle;
	}
	let best = low;
	if (low > 0 && Math.abs(timestamps[low - 1]! - at) < Math.abs(timestamps[low]! - at)) best = low - 1;
	const value = timestamps[best]!;
	if (last) while (best + 1 < timestamps.length && timestamps[best + 1] === value) best++;
	else while (best > 0 && timestamps[best - 1] === value) best--;
	return best;
}
