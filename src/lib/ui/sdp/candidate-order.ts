/** The table of candidates by one of its columns. */
import type { CandidateRow } from '../../core/inspection/candidate-rows';

export type CandidateColumn =
	'order' | 'mid' | 'type' | 'protocol' | 'address' | 'port' | 'related' | 'priority' | 'component' | 'foundation';

const VALUES: Record<Exclude<CandidateColumn, 'order'>, (row: CandidateRow) => string | number | null> = {
	mid: ({ mid }) => mid,
	type: ({ value }) => value.type,
	protocol: ({ value }) => `${value.transport} ${value.tcpType ?? ''}`,
	address: ({ value }) => value.address,
	port: ({ value }) => value.port,
	related: ({ value }) => value.relatedAddress,
	priority: ({ value }) => value.priority,
	component: ({ value }) => value.component,
	foundation: ({ value }) => value.foundation
};

// As people count: 10.0.0.9 before 10.0.0.10.
const byText = new Intl.Collator('en', { numeric: true });

/** Indexes of the rows in the order wanted; equal ones stay as they came, and what is not there comes last either way. */
export function orderOf(rows: readonly CandidateRow[], column: CandidateColumn, descending: boolean): number[] {
	const indexes = [...rows.keys()];
	if (column === 'order') return descending ? indexes.reverse() : indexes;
	const values = rows.map(VALUES[column]);
	const sign = descending ? -1 : 1;
	return indexes.sort((a, b) => {
		const [left, right] = [values[a] ?? null, values[b] ?? null];
		if (left === null || right === null) return (left === null ? 1 : 0) - (right === null ? 1 : 0);
		if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
		return sign * byText.compare(String(left), String(right));
	});
}
