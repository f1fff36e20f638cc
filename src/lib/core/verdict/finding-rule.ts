/** An entry of a table of findings about a network or a call: what it looks for, and the values of what it says. */
import type { ServerListValues } from '../ice/server-list-values';
import type { Finding, Subject } from './conclusion';
import type { FindingValues } from './check/finding-values';
import type { Part, Reads } from './reading';

type Findable = FindingValues & ServerListValues;
type FindingId = keyof Findable;

export interface FindingRule<Id extends FindingId = FindingId, P extends Part = Part> {
	id: Id;
	severity: Finding['severity'];
	/** What it is a statement about, where that is not the network or a server: this device. */
	about?: 'machine';
	/** What `find` is given. */
	reads: readonly P[];
	/** One entry for each occurrence. */
	find(view: Reads<P>): Found<Findable[Id]>[];
	/** Rules whose findings are consequences of this one. */
	explains?: readonly FindingId[];
}

/** Holds a rule to what it reads, and to the values of its id. */
export function findingRule<Id extends FindingId, P extends Part = never>(
	rule: { id: Id; reads: readonly P[] } & Omit<FindingRule<Id, NoInfer<P>>, 'id' | 'reads'>
): FindingRule<Id> {
	return rule;
}

export interface Found<Values> {
	subject: Subject;
	/** Indexes of the observations it rests on. */
	observations: number[];
	values: Values;
	/** Where not every finding of the rules that this one explains is its consequence: only those that rest on these observations. */
	consequences?: readonly number[];
}
