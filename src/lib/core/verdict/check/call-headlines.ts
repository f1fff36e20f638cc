/** Headlines of what is not a check alone: two devices, calls that were read from a dump, a call of this page with itself. */
import { bare } from '../../base/said';
import { MEDIA_RULE_IDS } from '../../call/findings/media-rule-ids';
import type { Because } from '../../nat/conclusion';
import type { Conclusions, Finding } from '../conclusion';
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

const IMPORT = {
	about: 'call',
	reads: ['kind', 'calls', 'faults', 'recorded'],
	values: ({ faults, recorded }: JudgedReads<'faults' | 'recorded'>) => ({
		worst: faults[0] ? bare(faults[0]) : null,
		connections: recorded
	}),
	causes: ({ faults }: JudgedReads<'faults'>) => faults.slice(1).map(asCause),
	nextSteps: () => []
} as const;
const ended = ({ calls }: JudgedReads<'calls'>, ...as: Conclusions['calls'][number]['connected'][]) =>
	calls.some(({ connected }) => as.includes(connected));
const MEDIA_IDS: ReadonlySet<string> = new Set(MEDIA_RULE_IDS);

/** Statistics from elsewhere say nothing about this network: their verdict is how the calls went. */
const IMPORT_RULES: readonly HeadlineRule[] = [
	headlineRule({
		...IMPORT,
		id: 'headline-import-media-problem',
		verdict: 'media-problem',
		when: (judged) => judged.kind === 'stats' && ended(judged, 'yes') && judged.faults.some(({ rule }) => MEDIA_IDS.has(rule))
	}),
	headlineRule({
		...IMPORT,
		id: 'headline-import-connected',
		verdict: 'connected',
		when: (judged) => judged.kind === 'stats' && ended(judged, 'yes')
	}),
	headlineRule({
		...IMPORT,
		id: 'headline-import-failed',
		verdict: 'failed',
		when: (judged) => judged.kind === 'stats' && ended(judged, 'no', 'interrupted')
	}),
	headlineRule({
		...IMPORT,
		id: 'headline-import-unknown',
		reads: ['kind', 'faults', 'recorded'],
		verdict: 'unknown',
		when: ({ kind }) => kind === 'stats'
	})
];

export const CALL_HEADLINE_RULES: readonly HeadlineRule[] = [
	...PAIR_RULES,
	...IMPORT_RULES,
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

function asCause({ rule, values, observations }: Finding): Because {
	return { rule, values, observations };
}
