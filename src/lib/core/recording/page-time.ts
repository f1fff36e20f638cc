/** Time in which the page of a call could not work: measured by its own timers, so that it holds for everything else in that page. */

import * as v from 'valibot';
import { number, object, whole } from '../base/schema';

/** Of a span: what does not count as time in which something was waited for. */
export const pausedMs = object({
	/** The page was not to be seen: browsers slow its timers down, and phones freeze it. */
	hidden: number,
	/** The page was to be seen, and its timers were late by more than a long task: it stalled. */
	stalled: number
});
export type PausedMs = v.InferOutput<typeof pausedMs>;

/** How the page was served by its machine while a call ran. */
export const pageTime = object({
	/** The span, hidden time included. */
	overMs: number,
	pausedMs,
	/** How often it stalled, and the longest time of those. */
	stalls: whole,
	longestStallMs: number,
	/** How late the page's timers were while it was to be seen, standstills included; null where none was due. */
	lateMs: v.nullable(object({ mean: number, p95: number }))
});
export type PageTime = v.InferOutput<typeof pageTime>;
