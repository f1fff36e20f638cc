/** An entry of a table of findings about a network or a call: what it looks for, and what it says. */
import type { Finding, Subject } from './conclusion';
import type { View } from './view';

export interface FindingRule {
	id: string;
	severity: Finding['severity'];
	cite: string;
	title: string;
	/** What it is a statement about, where that is not the network or a server: this device. */
	about?: 'machine';
	/** One entry for each occurrence. */
	find(view: View): FoundItem[];
	/** Rules whose findings are consequences of this one. */
	explains?: readonly string[];
}

export interface FoundItem {
	text: string;
	subject: Subject;
	/** Indexes of the observations it rests on. */
	observations: number[];
}
