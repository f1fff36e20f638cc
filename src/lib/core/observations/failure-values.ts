/** Why a probe failed without the browser saying so, as an id and values: the sentence is a message (messages/en/failures.ts). */
import { bare, type NoValues, type Said, type SaidOf } from '../base/said';
import type { FailureCode, Outcome } from './observation';

export interface FailureValues {
	'failed-cancelled': NoValues;
	/** The probe did not end within its deadline, which it should by itself. */
	'failed-deadline': { deadlineMs: number };
	'failed-no-webrtc': NoValues;
	'failed-no-answer': { url: string; deadlineMs: number };
	/** Pages are not told why a fetch failed. */
	'failed-not-fetched': { url: string; browserSaid: string };
	'failed-prober-status': { status: number; kind: 'session' | 'result' };
	'failed-prober-no-result': { deadlineMs: number };
	'failed-prober-other-version': { fault: string };
	/** In the words of the browser, of the prober, or of an earlier version. */
	'failed-in-words': { said: string };
}

export type Failed = Extract<Outcome<never>, { state: 'failed' }>;

/** As an observation holds it. */
export function failed<Id extends keyof FailureValues>(code: FailureCode, rule: Id, values: FailureValues[Id]): Failed {
	const because = { rule, values } as SaidOf<FailureValues>;
	return { state: 'failed', code, because: { rule: because.rule, values: { ...because.values } } };
}

export function failureSaid({ because, message = '' }: Failed): Said {
	return because ? bare(because) : { rule: 'failed-in-words', values: { said: message } };
}
