/** What a language has to have for findings about session descriptions: words for every rule, its sentence made of that rule's values. */
import type { Finding, Refuser } from '../sdp/lint/rules/rule';
import type { SdpRuleId, SdpValues } from '../sdp/lint/values/sdp-values';

interface SdpMessage<V> {
	/** What it finds, in a few words. */
	title: string;
	/** What to do. */
	advice: string;
	/** What it found. */
	sentence: (values: V) => string;
}

/** A language that lacks a rule, or misnames one of its values, does not compile. */
export type SdpMessagesOf<Ids extends SdpRuleId> = { readonly [Id in Ids]: SdpMessage<SdpValues[Id]> };

export interface SdpLanguage {
	rules: SdpMessagesOf<SdpRuleId>;
	/** Behind the sentence, where browsers refuse the description for it. */
	refused(by: readonly Refuser[], acceptedBy: readonly Refuser[]): string;
	/** Behind the sentence, where the rule found more than are listed. */
	more(findings: number): string;
}

export interface FindingWords {
	text: string;
	/** What to do. */
	advice: string;
}

/** The sentence about a finding and what to do, in a language. */
export function wordsOf({ rules, refused, more }: SdpLanguage, finding: Finding): FindingWords {
	const { rule, values, refusedBy, acceptedBy, saysWhenRefused } = finding;
	// The rule's id decides the shape of its values, as its table entry does (sdp/lint/rules/rule).
	const { sentence, advice } = rules[rule] as SdpMessage<unknown>;
	const parts = [sentence(values)];
	if (refusedBy.length > 0 && !saysWhenRefused) parts.push(refused(refusedBy, acceptedBy));
	if (finding.more > 0) parts.push(more(finding.more));
	return { text: parts.join(' '), advice };
}
