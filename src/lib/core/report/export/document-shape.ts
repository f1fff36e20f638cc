/** A report as a document, before it is written as HTML, Markdown or CSV. */
import type { Tone } from '../tones';
import type { ReportKind } from '../recordings';

/** A plain text; or one with a tone, or one that is code: an address, a number. */
export type Cell = string | { text: string; tone: Tone } | { code: string };

export interface Table {
	id: string;
	title: string;
	/** One sentence; empty where the title says it. */
	lead: string;
	columns: string[];
	rows: Cell[][];
}

export interface ReportDocument {
	kind: ReportKind;
	title: string;
	/** The verdict in a sentence. */
	headline: string;
	/** In a word or two. */
	verdict: string;
	tone: Tone;
	/** What to do, each a sentence. */
	advice: string[];
	/** Why, each a sentence. */
	reasons: string[];
	/** When, with what, by which version. */
	facts: [string, string][];
	/** What the reader has to know about this copy: redacted, trimmed. */
	notes: string[];
	tables: Table[];
}
