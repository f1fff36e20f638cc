/** Which findings are shown. Apart from the rules that make them, so that a screen need not load those. */
import type { Finding, ServerConclusion } from './conclusion';

/** Those that are no consequence of another one, so that one fault is one line. */
export function rootFindings<F extends Finding>(all: readonly F[]): F[] {
	const explained = new Set(all.flatMap(({ explains }) => explains));
	return all.filter(({ id }) => !explained.has(id));
}

export interface FoldedFinding<F> {
	finding: F;
	/** Of these a fault, a consequence of a consequence included: each is told once, with the first of its causes. */
	consequences: F[];
}

/** What is no consequence of another one, each with what follows from it. */
export function foldedFindings<F extends Finding>(all: readonly F[]): FoldedFinding<F>[] {
	const told = new Set<string>();
	const after = (finding: F): F[] =>
		all.flatMap((one) => {
			if (!finding.explains.includes(one.id) || told.has(one.id)) return [];
			told.add(one.id);
			return [one, ...after(one)];
		});
	return rootFindings(all).map((finding) => ({ finding, consequences: after(finding) }));
}

/** Whether a server's own row says it, with what to do: what rests on the row. What was wrong with the list stands nowhere else. */
export function isSaidByRow(
	{ subject, observations }: Pick<Finding, 'subject' | 'observations'>,
	rows: readonly Pick<ServerConclusion, 'url' | 'error' | 'observations'>[]
): boolean {
	if (subject.kind !== 'server') return false;
	const own = rows.filter(({ url, error }) => url === subject.url && error !== null);
	return own.some((row) => observations.some((index) => row.observations.includes(index)));
}
