/** An entry of a table of findings about a network or a call: what it looks for, and the values of what it says. */
import type { Finding, Subject } from './conclusion';
import type { FindingValues } from './check/finding-values';
import type { View } from './view';

type FindingId = keyof FindingValues;

export type FindingRule = {
	[Id in FindingId]: {
		id: Id;
		severity: Finding['severity'];
		/** What it is a statement about, where that is not the network or a server: this device. */
		about?: 'machine';
		/** One entry for each occurrence. */
		find(view: View): Found<FindingValues[Id]>[];
		/** Rules whose findings are consequences of this one. */
		explains?: readonly FindingId[];
	};
}[FindingId];

export interface Found<Values> {
	subject: Subject;
	/** Indexes of the observations it rests on. */
	observations: number[];
	values: Values;
}
