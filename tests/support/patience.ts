/**
 * Timeouts against hanging tests. None of them decides whether a result is right: a test waits for a condition and goes on as soon as it
 * holds. On a slower or busier machine everything takes longer, so the timeouts are scaled by a fixed piece of work, timed once at the
 * start of a run.
 */
import { createHash } from 'node:crypto';

/** What the fixed work takes on the reference machine, ms: 2 cores, nothing else running. */
const REFERENCE_MS = 150;
/** The largest factor: a still slower machine gets no longer timeouts. */
const MOST = 10;

const VARIABLE = 'ICELENS_PATIENCE';

/** The factor of this run, at least 1. Measured by the first process of a run and handed on to its children in the environment. */
export function patienceFactor(): number {
	const given = Number(process.env[VARIABLE]);
	if (given >= 1) return given;
	const factor = Math.min(MOST, Math.max(1, fixedWorkMs() / REFERENCE_MS));
	process.env[VARIABLE] = factor.toFixed(2);
	return factor;
}

/** A timeout against hanging, ms, scaled for this machine. */
export const patience = (ms: number): number => Math.round(ms * patienceFactor());

/** Hashing in one thread: the same work each time, in wall-clock time, so that the load of other processes counts as well. */
export function fixedWorkMs(): number {
	const block = Buffer.alloc(1 << 16, 7);
	const startedMs = performance.now();
	const hash = createHash('sha256');
	for (let i = 0; i < 1000; i++) hash.update(block);
	hash.digest();
	const text = JSON.stringify(Array.from({ length: 40_000 }, (_, i) => ({ i, name: `row ${i}` })));
	for (let i = 0; i < 5; i++) JSON.parse(text);
	return performance.now() - startedMs;
}
