/** Waiting for a condition instead of a time. */
import { patience } from './patience';

/** Resolves when `done` returns true; rejects, naming `what`, after the timeout. */
export async function until(what: string, done: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
	const end = performance.now() + patience(ms);
	while (!(await done())) {
		if (performance.now() > end) throw new Error(`Waited ${patience(ms)} ms for: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
}
