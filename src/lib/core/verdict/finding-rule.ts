/** An entry of a table of findings about a network or a call: what it looks for, and the values of what it says. */
import type { ServerListValues } from '../ice/server-list-values';
import type { Finding, Subject } from './conclusion';
import type { FindingValues } from './check/finding-values';
import type { View } from './view';

type Findable = FindingValues & ServerListValues;
type FindingId = keyof Findable;

export type FindingRule = {
	[Id in FindingId]: {
		id: Id;
		severity: Finding['severity'];
		/** What it is a statement about, where that is not the network or a server: this device. */
		about?: 'machine';
		/** One entry for each occurrence. */
		find(view: View): Found<Findable[Id]>[];
		/** Rules whose findings are consequences of this one. */
		explains?: readonly FindingId[];
	};
}[FindingId];

export interface Found<Values> {
	subject: Subject;
	/** Indexes of the observations it rests on. */
	observations: number[];
	values: Values;
	/** Where not every finding of the rules that this one explains is its consequence: only those that rest on these observations. */
	consequences?: readonly number[];
}
