/** The answers to all questions, one after another, and the view with what they say. */
import { nextStep } from '../plan/next-steps';
import type { ProbeId } from '../observations/observation';
import type { Answer, Missing } from './conclusion';
import { QUESTIONS } from './questions';
import { ANSWER_RULES } from './check/answer-rules';
import type { VerdictRule } from './verdict-rule';
import type { View } from './view';

/** Works on any prefix of the observations: what is not known yet is `unknown` and names what is missing. */
export function answerQuestions(unanswered: View): { view: View; answers: Answer[] } {
	let view = unanswered;
	const answers: Answer[] = [];
	for (const question of QUESTIONS) {
		const rules = ANSWER_RULES.filter((rule) => rule.question === question);
		// The last rule of every question always matches.
		const rule = rules.find((r) => r.needs.every((probe) => wasSeen(view, probe)) && r.when(view))!;
		answers.push(answer(rule, rules, view));
		view = { ...view, says: { ...view.says, [question]: rule.says } };
	}
	return { view, answers };
}

function answer(rule: VerdictRule, rules: readonly VerdictRule[], view: View): Answer {
	const said = { rule: rule.id, values: { ...rule.values(view) } };
	const because = [{ ...said, observations: rule.observations(view) }, ...(rule.also?.(view) ?? [])];
	const named = (rule.missing?.(view) ?? []).map(({ probe, step }): Missing => ({ probe, ...nextStep(step) }));
	// What the rule itself names is more to the point than the probes that were not seen.
	const missing = rule.says !== 'unknown' ? [] : named.length > 0 ? named : missingProbes(rules, view);
	return { question: rule.question, says: rule.says, ...said, because, missing } as Answer;
}

function missingProbes(rules: readonly VerdictRule[], view: View): Missing[] {
	const needed = new Set(rules.flatMap((rule) => rule.needs).filter((probe) => !wasSeen(view, probe)));
	return [...needed].map((probe) => ({ probe, rule: 'probe-not-done', values: { probe } }));
}

function wasSeen(view: View, probe: ProbeId): boolean {
	return view.observed.seen(probe).length > 0;
}
