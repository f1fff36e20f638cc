/** The verdict in one sentence, what it rests on, and what to do about it: a table, first match wins. */
import { ENDING_RULE_IDS } from '../../call/findings/ending-rule-ids';
import { pick } from '../../base/record';
import { bare, type Said } from '../../base/said';
import { STUN_PRESETS } from '../../ice/presets';
import { nextStep, repairServers, type NextStepId } from '../../plan/next-steps';
import type { Because } from '../../nat/conclusion';
import type { Conclusions, Headline, ServerConclusion } from '../conclusion';
import { rootFindings } from '../root-findings';
import { kindOf } from '../report-kind';
import type { View } from '../view';
import type { FailedTurn } from './answer-values';
import { CALL_HEADLINE_RULES } from './call-headlines';
import type { AnswersByQuestion, HeadlineRule, Judged, JudgedPart, JudgedReads } from './headline-rule';
import type { HeadlineValues } from './headline-values';

const NETWORK_RULES: readonly HeadlineRule[] = [
	networkRule({
		id: 'headline-webrtc-missing',
		reads: ['faults'],
		when: ({ faults }) => faults.some(({ rule }) => rule === 'webrtc-missing'),
		verdict: 'unknown',
		values: () => ({}),
		nextSteps: () => ['allow-webrtc']
	}),
	networkRule({
		id: 'headline-fails',
		reads: ['calls-will-work', 'turn-works', 'servers'],
		when: (judged) => judged['calls-will-work'].says === 'no',
		verdict: 'fails',
		values: (judged) => ({ answer: bare(judged['calls-will-work']) }),
		nextSteps: (judged) => (judged['turn-works'].says === 'no' ? [repair(judged)] : ['add-turn-server-over-tcp'])
	}),
	networkRule({
		id: 'headline-direct',
		reads: ['calls-will-work'],
		when: (judged) => judged['calls-will-work'].says === 'yes',
		verdict: 'direct',
		values: () => ({}),
		nextSteps: () => []
	}),
	networkRule({
		id: 'headline-turn-always',
		reads: ['needs-turn', 'calls-will-work', 'servers'],
		when: (judged) => judged['needs-turn'].says === 'always' && judged['calls-will-work'].says === 'with-turn',
		verdict: 'turn-always',
		values: () => ({}),
		// Over UDP none can work where nothing comes back over it.
		nextSteps: ({ servers }) => repairOf(faulty(servers).filter(({ transport }) => transport !== 'udp'))
	}),
	networkRule({
		id: 'headline-turn-always-unproven',
		reads: ['needs-turn'],
		when: (judged) => judged['needs-turn'].says === 'always',
		verdict: 'turn-always',
		values: () => ({}),
		nextSteps: () => ['add-turn-server-on-port-443']
	}),
	networkRule({
		id: 'headline-with-turn',
		reads: ['needs-turn', 'calls-will-work', 'turn-works', 'servers'],
		when: (judged) => judged['calls-will-work'].says === 'with-turn' && judged['needs-turn'].says === 'for-some-peers',
		verdict: 'with-turn',
		values: () => ({}),
		nextSteps: repairSome
	}),
	networkRule({
		id: 'headline-with-turn-at-hand',
		reads: ['needs-turn', 'calls-will-work', 'turn-works', 'servers'],
		when: (judged) => judged['calls-will-work'].says === 'with-turn',
		verdict: 'with-turn',
		values: (judged) => ({ mostDirectly: mostlyDirect(judged) }),
		nextSteps: repairSome
	}),
	networkRule({
		id: 'headline-needs-working-turn',
		reads: ['needs-turn', 'turn-works', 'servers'],
		when: (judged) => judged['needs-turn'].says === 'for-some-peers',
		verdict: 'with-turn',
		values: () => ({}),
		nextSteps: turnAdvice
	}),
	networkRule({
		id: 'headline-loopback-not-used',
		reads: ['servers'],
		when: ({ servers }) =>
			servers.some(isUnusedLoopback) && servers.every((server) => isUnusedLoopback(server) || isNotAsked(server)),
		verdict: 'unknown',
		values: ({ servers }) => ({ urls: servers.filter(isUnusedLoopback).map(({ url }) => url) }),
		nextSteps: () => ['let-firefox-use-the-loopback', 'add-server-outside']
	}),
	networkRule({
		id: 'headline-own-servers',
		reads: ['needs-turn', 'calls-will-work', 'servers'],
		when: (judged) => !mostlyDirect(judged) && ownServers(judged).some(({ state }) => TOLD_FIRST.includes(state)),
		verdict: 'unknown',
		values: (judged) => {
			const own = eachOnce(ownServers(judged));
			return {
				workingUrls: own.filter(({ state }) => state === 'works').map(({ url }) => url),
				others: own.filter(({ state }) => state !== 'works').map(failed),
				calls: judged['calls-will-work'].rule === 'calls-only-local-servers' ? 'only-local-servers' : 'not-known'
			};
		},
		nextSteps: ({ servers, 'calls-will-work': calls }) => [
			...repairOf(faulty(servers)),
			...(calls.rule === 'calls-only-local-servers'
				? (['add-server-outside-and-check'] as const)
				: calls.missing.filter(({ rule }) => rule !== NAMED_INSTEAD).slice(0, 1))
		]
	}),
	networkRule({
		id: 'headline-mostly-direct',
		reads: ['needs-turn', 'turn-works', 'servers'],
		when: mostlyDirect,
		verdict: 'unknown',
		values: () => ({}),
		nextSteps: turnAdvice
	}),
	networkRule({
		id: 'headline-cannot-tell',
		reads: ['calls-will-work'],
		when: () => true,
		verdict: 'unknown',
		values: (judged) => ({ answer: bare(judged['calls-will-work']) }),
		nextSteps: (judged) => judged['calls-will-work'].missing.slice(0, 1)
	})
];

/** Its causes are the reasons of the two answers that the verdict is made of. */
function networkRule<Id extends keyof HeadlineValues, P extends JudgedPart = never>(
	rule: { id: Id; reads: readonly P[] } & Omit<HeadlineRule<Id, NoInfer<P>>, 'id' | 'reads' | 'about' | 'causes'>
): HeadlineRule<Id> {
	const reads = [...new Set<JudgedPart>([...rule.reads, 'needs-turn', 'calls-will-work'])];
	return { ...rule, reads, about: 'check', causes: networkCauses };
}

/** The mapping lets most peers in, as far as it is known. */
function mostlyDirect(judged: JudgedReads<'needs-turn'>): boolean {
	return judged['needs-turn'].rule === 'turn-need-unknown-filtering';
}

function isUnusedLoopback({ error }: ServerConclusion): boolean {
	return error?.rule === 'loopback-not-used';
}

const isNotAsked = ({ state }: ServerConclusion) => state === 'not-asked' || state === 'misconfigured';

function turnAdvice(judged: JudgedReads<'turn-works' | 'servers'>): (NextStepId | Said)[] {
	return judged['turn-works'].says === 'no-turn-configured' ? ['add-turn-server-on-port-443'] : [repair(judged)];
}

/** TURN servers that do not work, and those that it is not known of. */
function faulty(servers: readonly ServerConclusion[]): ServerConclusion[] {
	return servers.filter(({ kind, state }) => kind === 'turn' && state !== 'works');
}

function repair({ servers }: JudgedReads<'servers'>): Said {
	return repairServers(faulty(servers));
}

/** Which servers to repair is said by name. */
const NAMED_INSTEAD: NextStepId = 'make-a-turn-server-work';

function repairOf(servers: readonly ServerConclusion[]): Said[] {
	return servers.length === 0 ? [] : [repairServers(servers)];
}

/** Where others work. */
function repairSome(judged: JudgedReads<'turn-works' | 'servers'>): Said[] {
	return judged['turn-works'].says === 'partly' ? repairOf(faulty(judged.servers)) : [];
}

/** A relay that nobody has sent data through is not one that carries none. */
function failed({ url, username, state, proof }: ServerConclusion): FailedTurn {
	return { url, username, state: state === 'allocates-only' && proof === 'not-run' ? 'not-tested' : state };
}

/** Those that are not offered by the app: of them people want to know first. */
function ownServers({ servers }: JudgedReads<'servers'>): ServerConclusion[] {
	const offered = STUN_PRESETS.flatMap(({ urls }) => urls);
	return servers.filter(({ url }) => !offered.includes(url));
}

/** What an answer shows is told before what silence does, and of a single silent server the answers tell more. */
const TOLD_FIRST: readonly ServerConclusion['state'][] = [
	'works',
	'allocates-only',
	'unauthorized',
	'quota-reached',
	'misconfigured',
	'tls-failed'
];

/** A server with a row for each family stands once, with the row that tells most. */
function eachOnce(servers: readonly ServerConclusion[]): ServerConclusion[] {
	const rank = ({ state }: ServerConclusion) => (TOLD_FIRST.includes(state) ? TOLD_FIRST.indexOf(state) : TOLD_FIRST.length);
	const best = new Map<string, ServerConclusion>();
	for (const row of servers) {
		const key = `${row.url} ${row.username ?? ''}`;
		const known = best.get(key);
		if (!known || rank(row) < rank(known)) best.set(key, row);
	}
	return [...best.values()];
}

/** What the two answers rest on that the verdict is made of, each once. */
function networkCauses(judged: JudgedReads<'needs-turn' | 'calls-will-work'>): Because[] {
	const all = [...judged['needs-turn'].because, ...judged['calls-will-work'].because];
	// One rule may give a reason for each address family.
	const key = ({ rule, values }: Because) => JSON.stringify([rule, values]);
	return all.filter((cause, i) => all.findIndex((other) => key(other) === key(cause)) === i);
}

export const HEADLINE_RULES: readonly HeadlineRule[] = [...CALL_HEADLINE_RULES, ...NETWORK_RULES];

/** `elsewhere`: the rules of what is not a check (elsewhere-headlines). */
export function headline(view: View, conclusions: Omit<Conclusions, 'headline'>, elsewhere: readonly HeadlineRule[]): Headline {
	const judged = read(view, conclusions);
	// The last of these rules always matches.
	const network = decide(NETWORK_RULES, judged)!;
	return decide([...CALL_HEADLINE_RULES, ...elsewhere], { ...judged, networkSteps: network.nextSteps }) ?? network;
}

function decide(rules: readonly HeadlineRule[], judged: Judged): Headline | null {
	for (const { id, about, verdict, reads, ...rule } of rules) {
		const part = pick(judged, reads);
		if (!rule.when(part)) continue;
		return {
			about,
			verdict,
			rule: id,
			values: { ...rule.values(part) },
			causes: rule.causes(part),
			nextSteps: rule.nextSteps(part).map((step) => (typeof step === 'string' ? nextStep(step) : bare(step)))
		};
	}
	return null;
}

const ENDINGS: ReadonlySet<string> = new Set(ENDING_RULE_IDS);

function read({ observed, pair }: View, { answers, servers, calls, findings }: Omit<Conclusions, 'headline'>): Judged {
	return {
		// Every question has its answer.
		...(Object.fromEntries(answers.map((answer) => [answer.question, answer])) as AnswersByQuestion),
		kind: kindOf(observed),
		servers,
		tried: pair?.outcomes.filter(({ connected }) => connected !== null) ?? [],
		names: pair && { host: pair.sides.host.name, guest: pair.sides.guest.name },
		calls,
		faults: rootFindings(findings).filter(({ severity }) => severity === 'problem' || severity === 'warning'),
		endings: calls.length === 1 ? rootFindings(findings).filter(({ rule }) => ENDINGS.has(rule)) : [],
		urls: findings.filter(({ observations }) => observed.of('url-reach').some(({ index }) => observations.includes(index))),
		network: findings.filter(
			({ subject, observations }) =>
				subject.kind === 'network' && observed.seen('imported-stats').some(({ index }) => observations.includes(index))
		),
		recorded: observed.seen('imported-stats').reduce((sum, { data }) => sum + data.recording.connections.length, 0),
		networkSteps: []
	};
}
