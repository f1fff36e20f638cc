/** Headlines of what is judged by rules that a check does without: calls that were read from a dump, a URL. */
import { bare } from '../../base/said';
import { MEDIA_RULE_IDS } from '../../call/findings/media-rule-ids';
import type { Because } from '../../nat/conclusion';
import type { Conclusions, Finding } from '../conclusion';
import { headlineRule, type HeadlineRule, type JudgedReads } from './headline-rule';

const IMPORT = {
	about: 'call',
	reads: ['kind', 'calls', 'faults', 'endings', 'recorded'],
	values: ({ recorded, ...found }: JudgedReads<'faults' | 'endings' | 'recorded'>) => {
		const [first] = standingOut(found);
		return { worst: first ? bare(first) : null, connections: recorded };
	},
	causes: (found: JudgedReads<'faults' | 'endings'>) => standingOut(found).slice(1).map(asCause),
	nextSteps: ({ faults }: JudgedReads<'faults'>) => faults.slice(0, 1).flatMap(({ nextStep }) => nextStep ?? [])
} as const;
/** Faults first; where there is none, what ended media or the connection is what the dump is opened for. */
function standingOut({ faults, endings }: JudgedReads<'faults' | 'endings'>): readonly Finding[] {
	return faults.length > 0 ? faults : endings;
}
const ended = ({ calls }: JudgedReads<'calls'>, ...as: Conclusions['calls'][number]['connected'][]) =>
	calls.some(({ connected }) => as.includes(connected));
const MEDIA_IDS: ReadonlySet<string> = new Set(MEDIA_RULE_IDS);

/** Statistics from elsewhere say nothing about this network: their verdict is how the calls went. */
const IMPORT_RULES: readonly HeadlineRule[] = [
	headlineRule({
		...IMPORT,
		id: 'headline-import-failed',
		verdict: 'failed',
		when: (judged) => judged.kind === 'stats' && ended(judged, 'no', 'interrupted')
	}),
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
		values: (judged) => ({
			...IMPORT.values(judged),
			established: judged.calls.filter(({ connected }) => connected === 'yes').reduce((sum, { ends }) => sum + ends.length, 0)
		}),
		when: (judged) => judged.kind === 'stats' && ended(judged, 'yes')
	}),
	headlineRule({
		about: 'call',
		id: 'headline-import-network',
		reads: ['kind', 'network', 'faults'],
		verdict: 'unknown',
		when: ({ kind, network }) => kind === 'stats' && network.length > 0,
		values: ({ network, faults }) => ({ said: bare(faults[0] ?? network[0]!) }),
		causes: ({ network, faults }) => [...faults, ...network.filter((found) => !faults.includes(found))].slice(1).map(asCause),
		nextSteps: IMPORT.nextSteps
	}),
	headlineRule({
		...IMPORT,
		id: 'headline-import-unknown',
		reads: ['kind', 'faults', 'endings', 'recorded'],
		verdict: 'unknown',
		when: ({ kind }) => kind === 'stats'
	})
];

const REACH = { about: 'check', reads: ['kind', 'urls'], causes: () => [], nextSteps: () => [] } as const;
const reached = ({ kind, urls }: JudgedReads<'kind' | 'urls'>, severity: Finding['severity']) =>
	kind === 'reach' ? urls.find((each) => each.severity === severity) : undefined;

/** Whether a URL was reached is all that its report is about. */
const REACH_RULES: readonly HeadlineRule[] = [
	headlineRule({
		...REACH,
		id: 'headline-reach-no',
		verdict: 'not-answered',
		when: (judged) => reached(judged, 'problem') !== undefined,
		values: (judged) => ({ said: bare(reached(judged, 'problem')!) })
	}),
	headlineRule({
		...REACH,
		id: 'headline-reach-partly',
		verdict: 'reached-partly',
		when: (judged) => reached(judged, 'warning') !== undefined,
		values: (judged) => ({ said: bare(reached(judged, 'warning')!) })
	}),
	headlineRule({
		...REACH,
		id: 'headline-reach-yes',
		verdict: 'reached',
		when: (judged) => reached(judged, 'normal') !== undefined,
		values: (judged) => ({ said: bare(reached(judged, 'normal')!) })
	}),
	headlineRule({
		...REACH,
		id: 'headline-reach-unknown',
		verdict: 'unknown',
		when: ({ kind }) => kind === 'reach',
		values: (judged) => ({ said: judged.urls[0] ? bare(judged.urls[0]) : null })
	})
];

export const ELSEWHERE_HEADLINE_RULES: readonly HeadlineRule[] = [...IMPORT_RULES, ...REACH_RULES];

function asCause({ rule, values, observations }: Finding): Because {
	return { rule, values, observations };
}
