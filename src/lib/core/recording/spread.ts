/** Median and outer values of a set of measurements. */
import type { Spread } from './spread-shape';

export type { Spread };

/** Null for no values at all: nothing measured is not zero. */
export function spreadOf(values: Iterable<number | null>): Spread | null {
	const sorted: number[] = [];
	for (const value of values) if (value !== null && Number.isFinite(value)) sorted.push(value);
	if (sorted.length === 0) return null;
	sorted.sort((a, b) => a - b);
	const at = (rank: number) => sorted[Math.min(sorted.length - 1, Math.max(0, rank))]!;
	const middle = sorted.length >> 1;
	return {
		count: sorted.length,
		least: sorted[0]!,
		median: sorted.length % 2 === 1 ? at(middle) : (at(middle - 1) + at(middle)) / 2,
		p95: at(Math.ceil(sorted.length * 0.95) - 1),
		most: at(sorted.length - 1)
	};
}
