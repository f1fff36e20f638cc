/**
 * Counters to rates, ratios and means. What cannot be said is a gap: before the second sample, at a reset, where another
 * stream took over (SSRC), and across a pause. A rate over a pause would be a line through time in which nobody looked.
 */
import type { RawValue } from './recording';
import type { Series } from './series';

/** The part of a Column that is needed here. */
export interface Samples {
	tMs: readonly number[];
	v: readonly RawValue[];
}

/** A pause longer than this many usual steps is a gap. Polls come late by a fraction, and a thinned part has steps of twice the length. */
export const GAP_STEPS = 2.5;
/** RTCP comes at random times, from half to one and a half of its interval (RFC 3550 §6.3.1), and a lost report doubles that. */
export const GAP_STEPS_RTCP = 6;
/** The usual step is the median of this many around: a recording may have been thinned in its older part only. */
const AROUND = 10;

/** The change of a counter between two samples that may be compared; null where they may not. */
export interface Change {
	tMs: number;
	fromMs: number;
	delta: number | null;
}

/** Numbers in ascending time. Of several at one time the last is kept; what goes back in time is left out. */
export function numbersOf(samples: Samples): Series {
	const tMs: number[] = [];
	const v: (number | null)[] = [];
	samples.tMs.forEach((t, i) => {
		if (!Number.isFinite(t)) return;
		const raw = samples.v[i];
		const value = typeof raw === 'number' && Number.isFinite(raw) ? raw : null;
		const last = tMs.at(-1);
		if (last !== undefined && t < last) return;
		if (t === last) v[v.length - 1] = value ?? v.at(-1)!;
		else {
			tMs.push(t);
			v.push(value);
		}
	});
	return { tMs, v };
}

/** For each time whether a pause lies before it. */
export function pausesBefore(tMs: readonly number[], gapSteps = GAP_STEPS): boolean[] {
	const pauses = new Array<boolean>(tMs.length).fill(false);
	const steps = tMs.map((t, i) => (i === 0 ? 0 : t - tMs[i - 1]!));
	for (let i = 1; i < steps.length; i++) {
		const [from, to] = [Math.max(1, i - AROUND), Math.min(steps.length, i + AROUND + 1)];
		// Longer than so many medians, by counting: a live chart asks this of every column at every look, and sorting would show.
		const bound = steps[i]! / gapSteps;
		let shorter = 0;
		for (let k = from; k < to; k++) if (steps[k]! < bound) shorter++;
		// Of an even number the lower median: with two steps the longer would otherwise hide itself.
		pauses[i] = shorter > (to - from - 1) >> 1;
	}
	return pauses;
}

/**
 * The changes of one counter. `identity` is a column, such as `ssrc`, whose change means that another source began.
 * A counter that goes down was reset: negative rates do not exist. `mayFall` for those that do go down (packetsLost, when a
 * late packet arrives, RFC 3550 §6.4.1).
 */
export function changesOf(
	samples: Samples,
	options: { identity?: Samples | null; gapSteps?: number; mayFall?: boolean } = {}
): Change[] {
	const { tMs, v } = numbersOf(samples);
	const pauses = pausesBefore(tMs, options.gapSteps);
	const identityAt = options.identity ? stepFunction(options.identity) : () => null;
	const changes: Change[] = [];
	for (let i = 1; i < tMs.length; i++) {
		const [before, after] = [v[i - 1]!, v[i]!];
		const same = identityAt(tMs[i - 1]!) === identityAt(tMs[i]!);
		const usable = before !== null && after !== null && !pauses[i] && same && (after >= before || options.mayFall === true);
		changes.push({ tMs: tMs[i]!, fromMs: tMs[i - 1]!, delta: usable ? after - before : null });
	}
	return changes;
}

/** Change a second, times `scale`. */
export function rateOf(changes: readonly Change[], scale = 1): Series {
	return {
		tMs: changes.map(({ tMs }) => tMs),
		v: changes.map(({ tMs, fromMs, delta }) => (delta === null ? null : (delta * scale * 1000) / (tMs - fromMs)))
	};
}

/**
 * The change of one counter over the change of another (or of the sum of several) between the same samples, times `scale`: a
 * mean (total time over count) or a share (lost over lost and received). Null where the divisor did not move: no packets are
 * no loss of 0.
 */
export function quotientOf(above: readonly Change[], below: readonly (readonly Change[])[], scale = 1): Series {
	const others = below.map((changes) => new Map(changes.map((change) => [change.tMs, change])));
	const series: Series = { tMs: [], v: [] };
	for (const { tMs, fromMs, delta } of above) {
		let sum: number | null = 0;
		for (const other of others) {
			const change = other.get(tMs);
			sum = sum === null || !change || change.delta === null || change.fromMs !== fromMs ? null : sum + change.delta;
		}
		series.tMs.push(tMs);
		series.v.push(delta === null || sum === null || sum <= 0 ? null : (delta * scale) / sum);
	}
	return series;
}

/** A gauge as it is, times `scale`, with a gap put where a pause lies. */
export function gaugeOf(samples: Samples, scale = 1, gapSteps = GAP_STEPS): Series {
	const { tMs, v } = numbersOf(samples);
	const pauses = pausesBefore(tMs, gapSteps);
	const series: Series = { tMs: [], v: [] };
	tMs.forEach((t, i) => {
		if (pauses[i]) {
			// Between the two: the line has to break, and both values are true.
			series.tMs.push((tMs[i - 1]! + t) / 2);
			series.v.push(null);
		}
		series.tMs.push(t);
		series.v.push(v[i] === null ? null : v[i]! * scale);
	});
	return series;
}

/** How much a counter grew in all, resets and pauses included: after a reset it counts from 0. Null without two numbers. */
export function growthOf(samples: Samples, fromMs = -Infinity): number | null {
	const { tMs, v } = numbersOf(samples);
	let grown: number | null = null;
	let last: number | null = null;
	v.forEach((value, i) => {
		if (value === null || tMs[i]! < fromMs) return;
		if (last !== null) grown = (grown ?? 0) + (value >= last ? value - last : value);
		last = value;
	});
	return grown;
}

/** The value that holds at a time: that of the last sample not after it, null before the first. Times are to be asked in ascending order. */
export function stepFunction(samples: Samples): (tMs: number) => RawValue {
	let next = 0;
	return (tMs) => {
		if (next > 0 && samples.tMs[next - 1]! > tMs) next = 0;
		while (next < samples.tMs.length && samples.tMs[next]! <= tMs) next++;
		return next === 0 ? null : (samples.v[next - 1] ?? null);
	};
}

/**
 * How far a counter had come at a time between two samples, in a straight line from one to the other; null outside its samples.
 * After a reset it counts on from where it was.
 */
export function levelFunction(samples: Samples): (tMs: number) => number | null {
	const numbers = numbersOf(samples);
	const tMs: number[] = [];
	const level: number[] = [];
	let last: number | null = null;
	numbers.v.forEach((value, i) => {
		if (value === null) return;
		tMs.push(numbers.tMs[i]!);
		level.push(last === null ? value : level.at(-1)! + (value >= last ? value - last : value));
		last = value;
	});
	return (at) => {
		if (tMs.length === 0 || at < tMs[0]! || at > tMs.at(-1)!) return null;
		let [low, high] = [0, tMs.length - 1];
		while (high - low > 1) {
			const middle = (low + high) >> 1;
			if (tMs[middle]! <= at) low = middle;
			else high = middle;
		}
		if (high === low || tMs[low] === at) return level[low]!;
		return level[low]! + ((level[high]! - level[low]!) * (at - tMs[low]!)) / (tMs[high]! - tMs[low]!);
	};
}
