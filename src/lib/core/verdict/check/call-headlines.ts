/** Headlines of what is not a check alone: two devices, a call of this page with itself. */
import { bare } from '../../base/said';
import type { Because } from '../../nat/conclusion';
import { isRelayed } from '../pair/pair';
import { headlineRule, type HeadlineRule, type JudgedReads } from './headline-rule';

const direct = ({ tried }: JudgedReads<'tried'>) => tried.find((outcome) => outcome.connected && !isRelayed(outcome));
const relayed = ({ tried }: JudgedReads<'tried'>) => tried.find(({ connected }) => connected);
const isPair = ({ kind, tried }: JudgedReads<'kind' | 'tried'>) => kind === 'pair' && tried.length > 0;
const PAIR = {
	about: 'pair',
	reads: ['kind', 'tried', 'networkSteps'],
	causes: attempts,
	nextSteps: ({ networkSteps }: JudgedReads<'networkSteps'>) => networkSteps
} as const;

/** Whether the two connect is the verdict, not what one of the networks is like. */
const PAIR_RULES: readonly HeadlineRule[] = [
	headlineRule({
		...PAIR,
		id: 'headline-pair-direct',
		verdict: 'direct',
		when: (judged) => isPair(judged) && direct(judged) !== undefined,
		values: (judged) => ({ outcome: bare(direct(judged)!) })
	}),
	headlineRule({
		...PAIR,
		id: 'headline-pair-relay',
		verdict: 'with-turn',
		when: (judged) => isPair(judged) && relayed(judged) !== undefined,
		values: (judged) => ({ outcome: bare(relayed(judged)!) })
	}),
	headlineRule({
		...PAIR,
		id: 'headline-pair-ended',
		verdict: 'unknown',
		when: (judged) => isPair(judged) && judged.tried.every(({ endedBy }) => endedBy === 'stopped' || endedBy === 'peer-left'),
		values: ({ tried }) => ({ outcome: bare(tried.at(-1)!) })
	}),
	headlineRule({
		...PAIR,
		id: 'headline-pair-not-connected',
		reads: ['kind', 'tried', 'names', 'networkSteps'],
		verdict: 'fails',
		when: isPair,
		values: ({ names }) => names!
	})
];

export const CALL_HEADLINE_RULES: readonly HeadlineRule[] = [
	...PAIR_RULES,
	// A call of this page with itself says little about a network: its headline is how good it was.
	headlineRule({
		id: 'headline-call-quality',
		about: 'check',
		reads: ['kind', 'call-quality'],
		verdict: 'unknown',
		when: ({ kind }) => kind === 'call',
		values: (judged) => ({ answer: bare(judged['call-quality']) }),
		causes: (judged) => judged['call-quality'].because.slice(1),
		nextSteps: (judged) => judged['call-quality'].missing.slice(0, 1)
	})
];

function attempts({ tried }: JudgedReads<'tried'>): Because[] {
	return tried.map((outcome) => ({
		...(outcome.agrees === false
			? { rule: 'pair-attempt-against-prediction', values: { outcome: bare(outcome) } }
			: bare(outcome)),
		observations: [outcome.observation]
	}));
}
