/** An entry of the tables of headlines: what it reads, when it speaks, the values of its sentence, its causes and what to do. */
import type { Said } from '../../base/said';
import type { Because } from '../../nat/conclusion';
import type { NextStepId } from '../../plan/next-steps';
import type { Answer, Conclusions, Finding, Headline, Missing, Question, ServerConclusion, Verdict } from '../conclusion';
import type { PairOutcome } from '../pair/pair-conclusion';
import type { ReportKind } from '../report-kind';
import type { HeadlineValues } from './headline-values';

export type AnswersByQuestion = { [Q in Question]: Extract<Answer, { question: Q }> };

/** What was concluded before, as the rules of the headline may read it. */
export interface Judged extends AnswersByQuestion {
	kind: ReportKind;
	servers: readonly ServerConclusion[];
	/** Attempts of two devices that something came of. */
	tried: readonly PairOutcome[];
	names: { host: string; guest: string } | null;
	calls: Conclusions['calls'];
	/** Problems and warnings that are no consequences, the worst first. */
	faults: readonly Finding[];
	/** Of a dump of a single call: what ended media or the connection. Where people come and go, single ones say little. */
	endings: readonly Finding[];
	/** What came of a URL that was asked. */
	urls: readonly Finding[];
	/** What checks of a network by other programs found, what matters most first. */
	network: readonly Finding[];
	/** How many connections the dumps hold. */
	recorded: number;
	/** What to do about this network by itself; empty while that is being decided. */
	networkSteps: readonly Said[];
}
export type JudgedPart = keyof Judged;
export type JudgedReads<P extends JudgedPart> = Pick<Judged, P>;

export interface HeadlineRule<Id extends keyof HeadlineValues = keyof HeadlineValues, P extends JudgedPart = JudgedPart> {
	id: Id;
	about: Headline['about'];
	verdict: Verdict;
	/** What its functions are given. */
	reads: readonly P[];
	when(judged: JudgedReads<P>): boolean;
	values(judged: JudgedReads<P>): HeadlineValues[Id];
	causes(judged: JudgedReads<P>): Because[];
	nextSteps(judged: JudgedReads<P>): readonly (NextStepId | Missing | Said)[];
}

/** Holds the functions of a rule to what it reads, and to the values of its id. */
export function headlineRule<Id extends keyof HeadlineValues, P extends JudgedPart = never>(
	rule: { id: Id; reads: readonly P[] } & Omit<HeadlineRule<Id, NoInfer<P>>, 'id' | 'reads'>
): HeadlineRule<Id> {
	return rule;
}
