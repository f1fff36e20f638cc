/** An entry of the tables that answer the questions: what it needs and reads, when it speaks, and the values of what it says. */
import type { Because } from '../nat/conclusion';
import type { NextStepId } from '../plan/next-steps';
import type { ProbeId } from '../observations/observation';
import type { AnswerValues, ValuesByQuestion } from './check/answer-values';
import type { Question, QuestionAnswers } from './conclusion';
import type { Part, Reads } from './reading';

type AnswerRuleId = keyof AnswerValues;
type QuestionOf<Id extends AnswerRuleId> = { [Q in Question]: Id extends keyof ValuesByQuestion[Q] ? Q : never }[Question];

export interface AnswerRule<Id extends AnswerRuleId = AnswerRuleId, P extends Part = Part> {
	/** Kebab-case noun, never reused: saved reports hold it. */
	id: Id;
	/** Probes without which the rule cannot speak: `missing` of an answer names those. */
	needs: readonly ProbeId[];
	/** What its functions are given. */
	reads: readonly P[];
	says: QuestionAnswers[QuestionOf<Id>];
	when(view: Reads<P>): boolean;
	values(view: Reads<P>): AnswerValues[Id];
	/** Indexes of the observations it rests on. */
	observations(view: Reads<P>): number[];
	/** Further reasons that stand behind it. */
	also?(view: Reads<P>): Because[];
	/** What would settle it; where the answer stays unknown. */
	missing?(view: Reads<P>): MissingStep[];
}

/** The rules of one question in order, first match wins; the last one always matches. */
export type AnswerTable<Q extends Question> = readonly {
	[Id in keyof ValuesByQuestion[Q] & AnswerRuleId]: AnswerRule<Id>;
}[keyof ValuesByQuestion[Q] & AnswerRuleId][];

/** Holds the functions of a rule to what it reads, and to the values of its id. */
export function answerRule<Id extends AnswerRuleId, P extends Part = never>(
	rule: { id: Id; reads: readonly P[] } & Omit<AnswerRule<Id, NoInfer<P>>, 'id' | 'reads'>
): AnswerRule<Id> {
	return rule;
}

/** A probe that would settle a question, and what to do to have it run. */
export interface MissingStep {
	probe: ProbeId;
	step: NextStepId;
}
