/** A line of two reports held against each other: what each of them has, and what is said where the two differ. */
import type { SaidOf } from '../base/said';
import type { ReportComparisonValues } from '../verdict/comparison-values';

export type ReportChange = SaidOf<ReportComparisonValues>;

export interface ComparedRow {
	group: string;
	name: string;
	/** Null where this report has nothing of the kind. */
	before: string | null;
	after: string | null;
	differs: boolean;
}

/** A row, and what is said about it where it differs in a way that matters; null where the row alone is enough. */
export interface Compared extends ComparedRow {
	said: ReportChange | null;
}

/** `say` is asked only where the two differ and both have it. */
export function row(
	group: string,
	name: string,
	before: string | null,
	after: string | null,
	say: () => ReportChange | null
): Compared {
	const differs = before !== after;
	const both = before !== null && after !== null;
	return { group, name, before, after, differs, said: differs && both ? say() : null };
}

/** A difference that a repeated measurement does not make by itself. */
export function matters(before: number, after: number, atLeast: number): boolean {
	return Math.abs(after - before) >= Math.max(atLeast, 0.2 * Math.min(before, after));
}
