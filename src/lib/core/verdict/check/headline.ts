/** The verdict in one sentence, what it rests on, and what to do about it: a table, first match wins. */
import { bare, type Said } from '../../base/said';
import { STUN_PRESETS } from '../../ice/presets';
import { nextStep, repairServers, type NextStepId } from '../../plan/next-steps';
import type { Because } from '../../nat/conclusion';
import { MEDIA_RULE_IDS } from '../../call/findings/media-rule-ids';
import type {
	Answer,
	Conclusions,
	Finding,
	Headline,
	Missing,
	Question,
	QuestionAnswers,
	ServerConclusion,
	Verdict
} from '../conclusion';
import type { HeadlineValues } from './headline-values';
import { rootFindings } from '../root-findings';
import { isRelayed } from '../pair/pair';
import type { PairOutcome } from '../pair/pair-conclusion';
import { kindOf, type ReportKind } from '../report-kind';
import type { View } from '../view';

interface Judged {
	kind: ReportKind;
	says: QuestionAnswers;
	answers: Record<Question, Answer>;
	/** Ids of everything that an answer rests on. */
	rules: ReadonlySet<string>;
	servers: readonly ServerConclusion[];
	/** Attempts of two devices that something came of. */
	tried: readonly PairOutcome[];
	names: { host: string; guest: string } | null;
	calls: Conclusions['calls'];
	/** Problems and warnings that are no consequences, the worst first. */
	faults: readonly Finding[];
	/** How many connections the dumps hold. */
	recorded: number;
}

export type HeadlineRule = {
	[Id in keyof HeadlineValues]: {
		id: Id;
		about: Headline['about'];
		verdict: Verdict;
		when(judged: Judged): boolean;
		values(judged: Judged): HeadlineValues[Id];
		causes(judged: Judged): Because[];
		nextSteps(judged: Judged): (NextStepId | Missing | Said)[];
	};
}[keyof HeadlineValues];

type CheckRule = {
	[Id in keyof HeadlineValues]: Omit<Extract<HeadlineRule, { id: Id }>, 'about' | 'causes'>;
}[keyof HeadlineValues];

const NETWORK_RULES: readonly CheckRule[] = [
	{
		id: 'headline-fails',
		when: ({ says }) => says['calls-will-work'] === 'no',
		verdict: 'fails',
		values: ({ answers }) => ({ answer: bare(answers['calls-will-work']) }),
		nextSteps: (judged) => (judged.says['turn-works'] === 'no' ? [repair(judged)] : ['add-turn-server-over-tcp'])
	},
	{
		id: 'headline-direct',
		when: ({ says }) => says['calls-will-work'] === 'yes',
		verdict: 'direct',
		values: () => ({}),
		nextSteps: () => []
	},
	{
		id: 'headline-turn-always',
		when: ({ says }) => says['needs-turn'] === 'always' && says['calls-will-work'] === 'with-turn',
		verdict: 'turn-always',
		values: () => ({}),
		// Over UDP none can work where nothing comes back over it.
		nextSteps: ({ servers }) => repairOf(faulty(servers).filter(({ transport }) => transport !== 'udp'))
	},
	{
		id: 'headline-turn-always-unproven',
		when: ({ says }) => says['needs-turn'] === 'always',
		verdict: 'turn-always',
		values: () => ({}),
		nextSteps: () => ['add-turn-server-on-port-443']
	},
	{
		id: 'headline-with-turn',
		when: ({ says }) => says['calls-will-work'] === 'with-turn' && says['needs-turn'] === 'for-some-peers',
		verdict: 'with-turn',
		values: () => ({}),
		nextSteps: ({ says, servers }) => (says['turn-works'] === 'partly' ? repairOf(faulty(servers)) : [])
	},
	{
		id: 'headline-with-turn-at-hand',
		when: ({ says }) => says['calls-will-work'] === 'with-turn',
		verdict: 'with-turn',
		values: ({ rules }) => ({ mostDirectly: rules.has('turn-need-unknown-filtering') }),
		nextSteps: ({ says, servers }) => (says['turn-works'] === 'partly' ? repairOf(faulty(servers)) : [])
	},
	{
		id: 'headline-needs-working-turn',
		when: ({ says }) => says['needs-turn'] === 'for-some-peers',
		verdict: 'with-turn',
		values: () => ({}),
		nextSteps: turnAdvice
	},
	{
		id: 'headline-own-servers',
		when: (judged) =>
			!judged.rules.has('turn-need-unknown-filtering') && ownServers(judged).some(({ state }) => state === 'works'),
		verdict: 'unknown',
		values: (judged) => {
			const own = ownServers(judged);
			const others = own.filter(({ state }) => state !== 'works');
			return {
				workingUrls: own.filter(({ state }) => state === 'works').map(({ url }) => url),
				others: others.map(({ url, username, state }) => ({ url, username, state })),
				network: bare(judged.answers['calls-will-work'])
			};
		},
		nextSteps: ({ servers, answers, rules }) => [
			...repairOf(faulty(servers)),
			...(rules.has('calls-only-local-servers')
				? (['add-server-outside-and-check'] as const)
				: answers['calls-will-work'].missing.slice(0, 1))
		]
	},
	{
		id: 'headline-mostly-direct',
		when: ({ rules }) => rules.has('turn-need-unknown-filtering'),
		verdict: 'unknown',
		values: () => ({}),
		nextSteps: turnAdvice
	},
	{
		id: 'headline-cannot-tell',
		when: () => true,
		verdict: 'unknown',
		values: ({ answers }) => ({ answer: bare(answers['calls-will-work']) }),
		nextSteps: ({ answers }) => answers['calls-will-work'].missing.slice(0, 1)
	}
];

function turnAdvice(judged: Judged): (NextStepId | Said)[] {
	return judged.says['turn-works'] === 'no-turn-configured' ? ['add-turn-server-on-port-443'] : [repair(judged)];
}

/** TURN servers that do not work, and those that it is not known of. */
function faulty(servers: readonly ServerConclusion[]): ServerConclusion[] {
	return servers.filter(({ kind, state }) => kind === 'turn' && state !== 'works');
}

function repair({ servers }: Judged): Said {
	return repairServers(faulty(servers));
}

function repairOf(servers: readonly ServerConclusion[]): Said[] {
	return servers.length === 0 ? [] : [repairServers(servers)];
}

/** Those that are not offered by the app: of them people want to know first. */
function ownServers({ servers }: Judged): ServerConclusion[] {
	const offered = STUN_PRESETS.flatMap(({ urls }) => urls);
	return servers.filter(({ url }) => !offered.includes(url));
}

const direct = ({ tried }: Judged) => tried.find((outcome) => outcome.connected && !isRelayed(outcome));
const relayed = ({ tried }: Judged) => tried.find(({ connected }) => connected);
const isPair = ({ kind, tried }: Judged) => kind === 'pair' && tried.length > 0;
const PAIR = { about: 'pair', causes: attempts, nextSteps: (judged: Judged) => networkRule(judged).nextSteps(judged) } as const;

/** Whether the two connect is the verdict, not what one of the networks is like. */
const PAIR_RULES: readonly HeadlineRule[] = [
	{
		...PAIR,
		id: 'headline-pair-direct',
		verdict: 'direct',
		when: (judged) => isPair(judged) && direct(judged) !== undefined,
		values: (judged) => ({ outcome: bare(direct(judged)!) })
	},
	{
		...PAIR,
		id: 'headline-pair-relay',
		verdict: 'with-turn',
		when: (judged) => isPair(judged) && relayed(judged) !== undefined,
		values: (judged) => ({ outcome: bare(relayed(judged)!) })
	},
	{
		...PAIR,
		id: 'headline-pair-ended',
		verdict: 'unknown',
		when: (judged) => isPair(judged) && judged.tried.every(({ endedBy }) => endedBy === 'stopped' || endedBy === 'peer-left'),
		values: ({ tried }) => ({ outcome: bare(tried.at(-1)!) })
	},
	{
		...PAIR,
		id: 'headline-pair-not-connected',
		verdict: 'fails',
		when: isPair,
		values: ({ names }) => names!
	}
];

const IMPORT = {
	about: 'call',
	values: ({ faults, recorded }: Judged) => ({ worst: faults[0] ? bare(faults[0]) : null, connections: recorded }),
	causes: ({ faults }: Judged) => faults.slice(1).map(asCause),
	nextSteps: () => []
} as const;
const ended = ({ calls }: Judged, ...as: Conclusions['calls'][number]['connected'][]) =>
	calls.some(({ connected }) => as.includes(connected));
const MEDIA_IDS: ReadonlySet<string> = new Set(MEDIA_RULE_IDS);

/** Statistics from elsewhere say nothing about this network: their verdict is how the calls went. */
const IMPORT_RULES: readonly HeadlineRule[] = [
	{
		...IMPORT,
		id: 'headline-import-media-problem',
		verdict: 'media-problem',
		when: (judged) => judged.kind === 'stats' && ended(judged, 'yes') && judged.faults.some(({ rule }) => MEDIA_IDS.has(rule))
	},
	{
		...IMPORT,
		id: 'headline-import-connected',
		verdict: 'connected',
		when: (judged) => judged.kind === 'stats' && ended(judged, 'yes')
	},
	{
		...IMPORT,
		id: 'headline-import-failed',
		verdict: 'failed',
		when: (judged) => judged.kind === 'stats' && ended(judged, 'no', 'interrupted')
	},
	{
		...IMPORT,
		id: 'headline-import-unknown',
		verdict: 'unknown',
		when: ({ kind }) => kind === 'stats'
	}
];

/** A call of this page with itself says little about a network: its headline is how good it was. */
const CALL_RULE: HeadlineRule = {
	id: 'headline-call-quality',
	about: 'check',
	verdict: 'unknown',
	when: ({ kind }) => kind === 'call',
	values: ({ answers }) => ({ answer: bare(answers['call-quality']) }),
	causes: ({ answers }) => answers['call-quality'].because.slice(1),
	nextSteps: ({ answers }) => answers['call-quality'].missing.slice(0, 1)
};

export const HEADLINE_RULES: readonly HeadlineRule[] = [
	...PAIR_RULES,
	...IMPORT_RULES,
	CALL_RULE,
	...NETWORK_RULES.map((rule): HeadlineRule => ({ ...rule, about: 'check', causes: networkCauses }))
];

export function headline(view: View, conclusions: Omit<Conclusions, 'headline'>): Headline {
	const judged = read(view, conclusions);
	const rule = HEADLINE_RULES.find((one) => one.when(judged))!;
	return {
		about: rule.about,
		verdict: rule.verdict,
		rule: rule.id,
		values: { ...rule.values(judged) },
		causes: rule.causes(judged),
		nextSteps: rule.nextSteps(judged).map((step) => (typeof step === 'string' ? nextStep(step) : bare(step)))
	};
}

function read({ observed, pair }: View, { answers, servers, calls, findings }: Omit<Conclusions, 'headline'>): Judged {
	return {
		kind: kindOf(observed),
		// Every question has its answer.
		says: Object.fromEntries(answers.map(({ question, says }) => [question, says])) as unknown as QuestionAnswers,
		answers: Object.fromEntries(answers.map((answer) => [answer.question, answer])) as Record<Question, Answer>,
		rules: new Set(answers.flatMap(({ because }) => because.map(({ rule }) => rule))),
		servers,
		tried: pair?.outcomes.filter(({ connected }) => connected !== null) ?? [],
		names: pair && { host: pair.sides.host.name, guest: pair.sides.guest.name },
		calls,
		faults: rootFindings(findings).filter(({ severity }) => severity === 'problem' || severity === 'warning'),
		recorded: observed.seen('imported-stats').reduce((sum, { data }) => sum + data.recording.connections.length, 0)
	};
}

const networkRule = (judged: Judged) => NETWORK_RULES.find((rule) => rule.when(judged))!;

/** What the two answers rest on that the verdict is made of, each once. */
function networkCauses({ answers }: Judged): Because[] {
	const all = [...answers['needs-turn'].because, ...answers['calls-will-work'].because];
	// One rule may give a reason for each address family.
	const key = ({ rule, values }: Because) => JSON.stringify([rule, values]);
	return all.filter((cause, i) => all.findIndex((other) => key(other) === key(cause)) === i);
}

function attempts({ tried }: Judged): Because[] {
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
