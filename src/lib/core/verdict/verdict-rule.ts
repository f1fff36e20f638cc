/** An entry of the verdict's table: the question, what it needs, when it speaks, and the values of what it says. */
import type { Because } from '../nat/conclusion';
import type { NextStepId } from '../plan/next-steps';
import type { ProbeId } from '../observations/observation';
import type { ValuesByQuestion } from './check/answer-values';
import type { Question, QuestionAnswers } from './conclusion';
import type { View } from './view';

export type VerdictRule = { [Q in Question]: RuleOf<Q> }[Question];

export type RuleOf<Q extends Question> = {
	[Id in keyof ValuesByQuestion[Q]]: {
		/** Kebab-case noun, never reused: saved reports hold it. */
		id: Id;
		question: Q;
		/** Probes without which the rule cannot speak. */
		needs: readonly ProbeId[];
		says: QuestionAnswers[Q];
		when(view: View): boolean;
		values(view: View): ValuesByQuestion[Q][Id];
		/** Indexes of the observations it rests on. */
		observations(view: View): number[];
		/** Further reasons that stand behind it. */
		also?(view: View): Because[];
		/** What would settle it; where the answer stays unknown. */
		missing?(view: View): MissingStep[];
	};
}[keyof ValuesByQuestion[Q]];

/** A probe that would settle a question, and what to do to have it run. */
export interface MissingStep {
	probe: ProbeId;
	step: NextStepId;
}
