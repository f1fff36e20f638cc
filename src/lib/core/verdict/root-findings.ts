/** Which findings are shown. Apart from the rules that make them, so that a screen need not load those. */
import type { Finding, ServerConclusion } from './conclusion';

/** Those that are no consequence of another one, so that one fault is one line. */
export function rootFindings<F extends Finding>(all: readonly F[]): F[] {
	const explained = new Set(all.flatMap(({ explains }) => explains));
	return all.filter(({ id }) => !explained.has(id));
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
