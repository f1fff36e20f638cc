/**
 * How long a test waits before it calls something hanging. No bound here decides whether a result is right: a test waits for a
 * condition and has its answer as soon as that holds. On a slower or busier machine everything takes longer, so the bounds
 * are scaled by a fixed piece of work, timed once at the start of a run.
 */
import { createHash } from 'node:crypto';

/** What the fixed work takes on the machine that the bounds were written on, ms: 2 cores, nothing beside it. */
const REFERENCE_MS = 150;
/** A machine that is ten times slower is not waited for any longer. */
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

/** A bound against hanging, ms, for this machine as it is today. */
export const patience = (ms: number): number => Math.round(ms * patienceFactor());

/** Hashing in one thread: the same work each time, in wall-clock time, so that whatever else runs here counts as well. */
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
