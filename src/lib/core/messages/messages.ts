/** What a language has to have: a sentence for every rule, made of that rule's values. One that lacks an id does not compile. */
import type { Said, WrittenSaid } from '../base/said';
import type { RuleId, RuleValues, TableRuleId } from '../verdict/rule-values';

/** The sentence of another rule, for values that hold what one said. */
export type Say = (said: Said | WrittenSaid) => string;

export type MessagesOf<Ids extends RuleId> = { readonly [Id in Ids]: (values: RuleValues[Id], say: Say) => string };
export type Messages = MessagesOf<RuleId>;

/** What each rule says, without measured values: for the rule book alone. */
export type RuleTitles = Readonly<Record<TableRuleId, string>>;

/** The sentence in a language. What a rule said that this version does not know is told in the words of the version that wrote it. */
export function sayIn(messages: Partial<Messages>): Say {
	const say: Say = (said) => {
		const { rule, values } = said;
		// Early versions wrote the sentence in the place of the values.
		if (typeof values.prose === 'string') return values.prose;
		// The rule's id decides the shape of its values, as its table entry does (verdict/finding-rule).
		const message = Object.hasOwn(messages, rule) ? (messages[rule as RuleId] as (values: unknown, say: Say) => string) : null;
		return message ? message(values, say) : 'text' in said ? said.text : rule;
	};
	return say;
}
