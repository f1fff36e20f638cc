/** Time in which the page of a call could not work: measured by its own timers, so that it holds for everything else in that page. */

/** Of a span: what does not count as time in which something was waited for. */
export interface PausedMs {
	/** The page was not to be seen: browsers slow its timers down, and phones freeze it. */
	hidden: number;
	/** The page was to be seen, and its timers were late by more than a long task: it stood still. */
	stalled: number;
}

/** How the page was served by its machine while a call ran. */
export interface PageTime {
	/** The span, hidden time included. */
	overMs: number;
	pausedMs: PausedMs;
	/** How often it stood still, and the longest time of those. */
	stalls: number;
	longestStallMs: number;
	/** How late the page's timers were while it was to be seen, standstills included; null where none was due. */
	lateMs: { mean: number; p95: number } | null;
}

/** A task this long is a long one, which a person notices (W3C Long Tasks §2). */
export const LONG_TASK_MS = 50;
