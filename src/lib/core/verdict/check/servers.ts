/** The servers table: one row for each URL and family seen, its state from a table of rules, first match wins. */
import type { Family } from '../../base/ip';
import { familyOfText, seenByTurn } from '../../observations/candidates';
import { isOutsideText, plain } from '../../nat/evidence';
import type { ServerConclusion, ServerError, ServerState } from '../conclusion';
import type { CandidateLimit } from './candidate-limit';
import {
	allocated,
	answeredMs,
	bestRun,
	carried,
	hasPublicRelay,
	isCarried,
	isToBlame,
	isTriedFairly,
	lettingNothingThrough,
	reachesOutside,
	relayAddressWrong,
	relayAddresses,
	secondRefused,
	type ServerContext
} from './relay-facts';
import { explainServer } from './server-errors';
import type { ServerFacts } from './server-facts';
import type { ServerCauseId, ServerStepId, ServerValues } from './server-values';
import type { ServerWitness } from './server-witness';

interface RuleHead<Id extends keyof ServerValues> {
	id: Id;
	/** `explained`: the state that the explanation of the browser's error gives. */
	then: ServerState | 'explained';
	/** For states that are a fault although no error was raised. */
	fault?: { cause: ServerCauseId; nextStep: ServerStepId };
}

interface RuleOf<Id extends keyof ServerValues> extends RuleHead<Id> {
	when(facts: ServerFacts, context: ServerContext): boolean;
	values(facts: ServerFacts): ServerValues[Id];
}

export type ServerRule = { [Id in keyof ServerValues]: RuleOf<Id> }[keyof ServerValues];

/** A rule whose values are read from the fact that proves it, and that speaks only where there is such a fact. */
function witnessed<Id extends keyof ServerValues, W extends ServerWitness>(
	rule: RuleHead<Id> & { proof(facts: ServerFacts): W | undefined; values(witness: W): ServerValues[Id] }
): RuleOf<Id> {
	return {
		...rule,
		when: (facts) => rule.proof(facts) !== undefined,
		values: (facts) => rule.values(rule.proof(facts)!)
	};
}

export const SERVER_RULES: readonly ServerRule[] = [
	witnessed({
		id: 'server-login-missing',
		proof: (f) => f.witnesses.find((w) => w.kind === 'not-asked' && w.why === 'login-missing'),
		then: 'not-asked',
		values: (w) => ({ missing: w.missing })
	}),
	witnessed({
		id: 'server-not-asked',
		proof: (f) =>
			f.witnesses.find(
				(w) =>
					(w.kind === 'void' && w.why === 'aborted') || (w.kind === 'not-asked' && (w.why === 'skipped' || w.why === 'no-webrtc'))
			),
		then: 'not-tested',
		values: (w) => {
			if (w.kind === 'void') return { reason: { kind: 'stopped' } };
			return { reason: w.why === 'no-webrtc' ? { kind: 'no-webrtc' } : { kind: 'skipped', probeSaid: w.said } };
		}
	}),
	witnessed({
		id: 'server-refused-by-browser',
		// An entry that it takes and then leaves alone raises an error, which is explained below.
		proof: (f) => (f.gathered ? undefined : f.witnesses.find((w) => w.kind === 'not-asked' && w.why === 'refused-by-browser')),
		then: 'misconfigured',
		values: (w) => ({ browserSaid: w.said }),
		fault: { cause: 'entry-makes-browser-refuse-list', nextStep: 'correct-entry' }
	}),
	witnessed({
		id: 'server-test-failed',
		proof: (f) => f.witnesses.find((w) => w.kind === 'unfinished'),
		then: 'unknown',
		values: (w) => ({ because: w.because })
	}),
	witnessed({
		id: 'stun-sees-address-not-public',
		proof: (f) => (f.kind === 'stun' && f.stands !== 'inside' ? heardAddress(f, false) : undefined),
		then: 'unknown',
		values: seenAddress
	}),
	witnessed({
		id: 'stun-answers',
		proof: (f) =>
			f.kind === 'stun'
				? f.witnesses.find((w) => w.kind === 'heard' && (w.what === 'mapped-address' || w.what === 'own-address'))
				: undefined,
		then: 'works',
		values: (w) => ({
			afterMs: w.afterMs,
			sees: w.what === 'mapped-address' ? { kind: 'mapped-address', address: w.address, port: w.port } : { kind: 'own-address' }
		})
	}),
	{
		id: 'relay-address-not-outside',
		when: (f) => allocated(f) && relayAddressWrong(f),
		then: 'misconfigured',
		values: (f) => ({ relayAddresses: relayAddresses(f) }),
		fault: { cause: 'relay-address-is-the-inner-one', nextStep: 'tell-server-its-public-address' }
	},
	{
		id: 'relay-carries',
		when: (f) => f.runs.some((run) => isCarried(run) && reachesOutside(f, run)),
		then: 'works',
		values: (f) => {
			const run = bestRun(f)!;
			return { ...carried(run), farEnd: run.toward === 'direct' ? { kind: 'page' } : { kind: 'relay', url: run.peerUrl } };
		}
	},
	{
		id: 'relay-carries-between-relays',
		when: (f, c) => f.runs.some(isCarried) && (f.stands === 'inside' || (hasPublicRelay(f) && !isTriedFairly(f, c))),
		then: 'works',
		values: (f) => carried(bestRun(f)!)
	},
	{
		id: 'relay-carries-only-to-itself',
		when: (f, c) => f.runs.some(isCarried) && isTriedFairly(f, c),
		then: 'allocates-only',
		values: (f) => ({ relayAddresses: relayAddresses(f) }),
		fault: { cause: 'relay-not-reached-from-outside', nextStep: 'open-relay-ports' }
	},
	{
		id: 'relay-second-allocation-refused',
		when: (f, c) => secondRefused(f) !== null && !lettingNothingThrough(f, c),
		then: 'quota-reached',
		values: (f) => ({ relayAddresses: relayAddresses(f), code: secondRefused(f)! }),
		fault: { cause: 'relay-proof-needs-two', nextStep: 'allow-two-allocations' }
	},
	{
		id: 'relay-second-allocation-unanswered',
		when: (f, c) =>
			f.relays.length > 0 &&
			f.runs.some(({ state }) => state === 'not-allocated') &&
			f.runs.every((run) => run.state === 'not-allocated' || (run.toward === 'direct' && !isToBlame(f, run, c))),
		then: 'unknown',
		values: (f) => ({ relayAddresses: relayAddresses(f) })
	},
	{
		id: 'relay-carries-nothing',
		when: lettingNothingThrough,
		then: 'allocates-only',
		values: (f) => ({
			relayAddresses: relayAddresses(f),
			runs: f.runs.map(({ toward, peerUrl, state }) => ({ toward, peerUrl, state }))
		}),
		fault: { cause: 'relay-lets-nothing-through', nextStep: 'open-relay-ports-and-allow-peers' }
	},
	{
		id: 'relay-not-tried-from-outside',
		when: (f) => allocated(f) && f.runs.length > 0,
		then: 'unknown',
		values: (f) => ({ relayAddresses: relayAddresses(f), why: hasPublicRelay(f) ? 'source-not-told' : 'address-not-public' })
	},
	{
		id: 'relay-not-proven',
		when: (f) => allocated(f),
		then: 'allocates-only',
		values: (f) => ({ relayAddresses: relayAddresses(f), afterMs: answeredMs(f) ?? f.tookMs })
	},
	{
		id: 'server-of-family-not-here',
		when: (f, c) =>
			f.place !== null &&
			f.place.hostKind !== 'name' &&
			c.missing.has(f.place.hostKind) &&
			f.gathered !== null &&
			f.errors.length === 0,
		then: 'not-tested',
		values: (f) => ({ serverFamily: f.family === 'ipv6' ? 'ipv6' : 'ipv4' })
	},
	witnessed({
		id: 'server-silence-not-heard',
		proof: (f) => f.witnesses.find((w) => w.kind === 'void' && w.why === 'not-listened'),
		then: 'unknown',
		values: ({ pausedMs, ofMs }) => ({ pausedMs, ofMs })
	}),
	witnessed({
		id: 'server-local-network-not-allowed',
		proof: (f) => f.witnesses.find((w) => w.kind === 'held-back' && w.by === 'local-network'),
		then: 'unknown',
		values: ({ permission }) => ({ permission })
	}),
	witnessed({
		id: 'server-perhaps-not-asked',
		proof: (f) => f.witnesses.find((w) => w.kind === 'held-back' && w.by === 'candidate-limit'),
		then: 'unknown',
		values: ({ gathered, inAnyTest }) => ({ gathered, inAnyTest })
	}),
	{
		id: 'server-error-explained',
		when: () => true,
		then: 'explained',
		values: (f) => ({ explanation: explainServer(f).explanation })
	}
];

/** One row for each of the facts, in their order; `missing` are the families that this device lacks, `seenAs` its addresses as anybody saw them. */
export function judgeServers(
	all: readonly ServerFacts[],
	missing: ReadonlySet<Family>,
	limit: CandidateLimit | null,
	seenAs: Record<Family, readonly string[]>
): ServerConclusion[] {
	const context = {
		missing,
		seenAs: { ipv4: addressesSeen(all, seenAs.ipv4, 'ipv4'), ipv6: addressesSeen(all, seenAs.ipv6, 'ipv6') },
		withoutHosts: limit !== null,
		udpSeen: all.some(
			(f) => f.transport === 'udp' && f.stands === 'outside' && (f.mapped.length > 0 || f.agreed || f.relays.length > 0)
		)
	};
	return all.map((facts) => judge(facts, context));
}

/** By TURN servers over any transport, and by others. */
function addressesSeen(all: readonly ServerFacts[], seenAs: readonly string[], family: Family): number {
	const bases = all.flatMap(({ relays }) => relays.map((relay) => seenByTurn(relay)?.address ?? null));
	const outside = [...bases, ...seenAs].filter(
		(address) => address !== null && isOutsideText(address) && familyOfText(address) === family
	);
	const seen = new Set(outside.map((address) => plain(address!))).size;
	return seen === 0 && all.some((f) => f.family === family && f.agreed) ? 1 : seen;
}

function judge(facts: ServerFacts, context: ServerContext): ServerConclusion {
	const rule = SERVER_RULES.find((r) => r.when(facts, context))!;
	const explained = rule.then === 'explained' ? explainServer(facts) : null;
	const run = bestRun(facts);
	const answered = answeredMs(facts);
	return {
		url: facts.url,
		username: facts.username,
		kind: facts.kind,
		transport: facts.transport,
		family: facts.family,
		state: rule.then === 'explained' ? explained!.state : rule.then,
		rttMs: run?.rttMs ?? (facts.kind === 'stun' ? answered : null),
		answeredMs: answered,
		relayedBytes: run?.bytesBack ?? 0,
		relayAddress: relayAddresses(facts)[0] ?? null,
		proof:
			facts.kind === 'stun' || !allocated(facts) ? null : run ? 'carried' : facts.runs.length > 0 ? 'not-carried' : 'not-run',
		error: explained?.error ?? faultOf(rule, facts),
		rule: rule.id,
		values: { ...rule.values(facts) },
		observations: facts.observations
	};
}

function faultOf(rule: ServerRule, facts: ServerFacts): ServerError | null {
	if (!rule.fault) return null;
	const text = facts.outcome.state === 'failed' ? (facts.outcome.message ?? '') : '';
	const { cause, nextStep } = rule.fault;
	return {
		rule: rule.id,
		code: null,
		text,
		elapsedMs: facts.tookMs,
		explanation: { rule: cause, values: {} },
		nextStep: { rule: nextStep, values: {} }
	};
}

type HeardAddress = Extract<ServerWitness, { what: 'mapped-address' }>;

/** An answer that names an address, in preference over those that name another one. */
function heardAddress({ witnesses }: ServerFacts, outside: boolean): HeardAddress | undefined {
	const heard = witnesses.filter((w): w is HeardAddress => w.kind === 'heard' && w.what === 'mapped-address');
	return heard.every(({ address }) => isOutsideText(address) === outside) ? heard[0] : undefined;
}

function seenAddress({ afterMs, address, port }: HeardAddress) {
	return { afterMs, address, port };
}
