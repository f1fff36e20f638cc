/**
 * Tests that may be asked a second time, each with what is known about it and since when. Any other test that fails fails the
 * run. Whoever adds one writes what was seen; whoever mends one takes it out. At most ten: beyond that the suite says nothing.
 */
export interface Quarantined {
	/** `tests/e2e/meet.test.ts > suite > name`, as the summary prints it. */
	test: string;
	/** What it fails on now and then, and why that is not the product's fault. */
	reason: string;
	/** `2026-11-29` */
	since: string;
}

export const MOST_QUARANTINED = 10;

export const QUARANTINE: Quarantined[] = [];
