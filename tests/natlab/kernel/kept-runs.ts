/** Runs of a long matrix, kept in a file as they end: a second start takes them from there and goes on. Those of another build do not count. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../../test-results/', import.meta.url));
const BUILD = fileURLToPath(new URL('../../../dist/sources.sha256', import.meta.url));

export interface KeptRuns<T> {
	/** What the first `count` runs of this cell gave; those that are missing are made now, one after the other. */
	runs(cell: string, count: number, make: () => Promise<T>): Promise<T[]>;
	/** Whether nothing is left to do. */
	has(cell: string, count: number): boolean;
}

/** `test-results/NAME.jsonl`, one run a line; deleted, all runs are made anew. */
export function keepRuns<T>(name: string): KeptRuns<T> {
	const path = `${FOLDER}${name}.jsonl`;
	const build = existsSync(BUILD) ? readFileSync(BUILD, 'utf8').trim() : 'unknown';
	const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
	const kept = new Map<string, T[]>();
	for (const line of lines) {
		const one = JSON.parse(line) as { build: string; cell: string; run: T };
		if (one.build === build) kept.set(one.cell, [...(kept.get(one.cell) ?? []), one.run]);
	}
	const of = (cell: string) => kept.get(cell) ?? [];
	return {
		has: (cell, count) => of(cell).length >= count,
		async runs(cell, count, make) {
			mkdirSync(FOLDER, { recursive: true });
			while (of(cell).length < count) {
				const run = await make();
				kept.set(cell, [...of(cell), run]);
				appendFileSync(path, `${JSON.stringify({ build, cell, run })}\n`);
			}
			return of(cell).slice(0, count);
		}
	};
}
