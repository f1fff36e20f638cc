/** Median and outer values, as a report holds them. */
import type * as v from 'valibot';
import { number, object } from '../base/schema';

export const spread = object({
	count: number,
	least: number,
	median: number,
	/** 95th percentile, nearest rank: a value that was measured, never one between two. */
	p95: number,
	most: number
});
export type Spread = v.InferOutput<typeof spread>;
