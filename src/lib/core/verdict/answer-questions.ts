/** The answers to all questions, one after another, and the view with what they say. */
import { nextStep } from '../plan/next-steps';
import type { ProbeId } from '../observations/observation';
import type { AnswerRule } from './answer-rule';
import type { Answer, Missing, Question } from './conclusion';
import { QUESTIONS } from './questions';
import { ANSWER_RULES } from './check/answer-rules';
import { readingOf } from './reading';
import type { View } from './view';

/** Works on any prefix of the observations: what is not known yet is `unknown` and names what is missing. */
export function answerQuestions(unanswered: View): { view: View; answers: Answer[] } {
	let view = unanswered;
	const answers = QUESTIONS.map((question) => {
		const given = answer(question, ANSWER_RULES[question], view);
		view = { ...view, says: { ...view.says, [question]: given.says } };
		return given;
	});
	return { view, answers };
}

function answer(question: Question, rules: readonly AnswerRule[], view: View): Answer {
	// The last rule of every question always matches.
	const rule = rules.find((each) => speaks(each, view))!;
	const read = readingOf(view, rule.reads);
	const said = { rule: rule.id, values: { ...rule.values(read) } };
	const because = [{ ...said, observations: rule.observations(read) }, ...(rule.also?.(read) ?? [])];
	const named = (rule.missing?.(read) ?? []).map(({ probe, step }): Missing => ({ probe, ...nextStep(step) }));
	// What the rule itself names is more to the point than the probes that were not seen.
	const missing = rule.says !== 'unknown' ? [] : named.length > 0 ? named : missingProbes(rules, view);
	return { question, says: rule.says, ...said, because, missing } as Answer;
}

function speaks({ needs, reads, when }: AnswerRule, view: View): boolean {
	return needs.every((probe) => wasSeen(view, probe)) && when(readingOf(view, reads));
}

function missingProbes(rules: readonly AnswerRule[], view: View): Missing[] {
	const needed = new Set(rules.flatMap((rule) => rule.needs).filter((probe) => !wasSeen(view, probe)));
	return [...needed].map((probe) => ({ probe, rule: 'probe-not-done', values: { probe } }));
}

function wasSeen(view: View, probe: ProbeId): boolean {
	return view.observed.seen(probe).length > 0;
}
