/** What was changed between creating a description and setting it. */

export interface MungingValues {
	munging: {
		/** Of compare/munging-table. */
		kind: string;
		/** Null where it is not known whether it is an offer or an answer. */
		by: 'create-offer' | 'create-answer' | null;
		/** The line as it was made, and its number there; null where the line is new. */
		created: { line: number; text: string } | null;
		/** The line as it was set; null where it was left out. */
		now: string | null;
	};
}
