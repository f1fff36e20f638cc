/** What a rule says: its id and its values, from which a language makes the sentence (core/messages). */

/** Measured values under names with units. */
export type Values = Readonly<Record<string, unknown>>;

/** The values of a rule whose sentence needs none. */
export type NoValues = Record<string, never>;

export interface Said {
	/** Id of the rule; never reused, since saved reports hold it. */
	rule: string;
	values: Values;
}

/** A copy of rule and values alone, of an object that has more fields. */
export function bare({ rule, values }: Said): Said {
	return { rule, values };
}

/** What the rules of a table may say: each id with the values of its own. */
export type SaidOf<RuleTable> = { [Id in keyof RuleTable]: { rule: Id; values: RuleTable[Id] } }[keyof RuleTable];

/** In a report that was written: with the sentence in English, for readers without the messages of the rule. */
export interface WrittenSaid extends Said {
	text: string;
}

/** The same, with the sentence where a file had one: this version may not know its rule. */
export function asRead(said: Said | WrittenSaid): Said | WrittenSaid {
	return 'text' in said ? { ...bare(said), text: said.text } : bare(said);
}
