/** What a rule says, as a report holds it. */

/** Measured values under names with units. */
export type Values = Readonly<Record<string, unknown>>;

export interface Said {
	/** Id of the rule; never reused, since saved reports hold it. */
	rule: string;
	values: Values;
	/** The sentence with its values, in English. */
	text: string;
}
