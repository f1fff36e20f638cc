/** Why a kind of candidate is missing: each reason from networks that have it, and none from silence in the shared connection. */
import { describe, expect, test } from 'vitest';
import { makeObservations } from '../../../../../tests/golden/make-observations';
import type { Network, Server } from '../../../../../tests/golden/network';
import { everySentence } from '../../messages/en/every-sentence';
import type { IceGathering, Observation } from '../../observations/observation';
import { MISSING_CANDIDATE_RULES, missingCandidates } from './missing-candidates';

const STUN: Server = { url: 'stun:203.0.113.10:3478' };
const UDP: Server = { url: 'turn:203.0.113.20:3478?transport=udp', carries: ['direct'] };
const TCP: Server = { url: 'turn:203.0.113.20:3478?transport=tcp', carries: ['direct'] };
const REFUSES: Server['does'] = { code: 401, text: 'Unauthorized.' };
const QUOTA: Server['does'] = { code: 486, text: 'TURN allocate error.' };
const NO_CREDENTIAL: Server['does'] = { fails: 'malformed', message: 'TURN server with empty username or password' };

const network = (servers: Server[], more: Partial<Network> = {}): Network => ({
	devices: [{ address: '192.168.1.2', family: 'ipv4' }],
	nat: (_, port) => ({ address: '198.51.100.1', port }),
	servers,
	...more
});

/** The same with another ending of the connection of all servers. */
function gathered(observations: Observation[], change: Partial<IceGathering>): Observation[] {
	const changed = structuredClone(observations);
	for (const { probe, outcome } of changed)
		if (probe === 'ice-gathering' && outcome.state === 'seen') Object.assign(outcome.data, change);
	return changed;
}

/** The connection of all servers gave the relays too that each server gave. */
function withRelays(observations: Observation[]): Observation[] {
	const candidates = observations.flatMap(({ probe, outcome }) =>
		outcome.state === 'seen' && (probe === 'ice-gathering' || probe === 'server-gathering')
			? (outcome.data as IceGathering).candidates
			: []
	);
	return gathered(observations, { candidates });
}

const WITHOUT_CANDIDATES: Partial<IceGathering> = { candidates: [], errors: [], completeMs: null, endedBy: 'deadline' };
const reasons = (observations: Observation[]) =>
	Object.fromEntries(missingCandidates(observations).map(({ candidateType, rule }) => [candidateType, rule]));
const sentences = (observations: Observation[]) => missingCandidates(observations).map((missing) => everySentence(missing));

const hidden = 'host-candidates-hidden';
const CASES: [name: string, observations: Observation[], says: Record<string, string>][] = [
	['everything was gathered, with permission', withRelays(makeObservations(network([STUN, UDP], { microphone: true }))), {}],
	['addresses are hidden without permission', withRelays(makeObservations(network([STUN, UDP]))), { host: hidden }],
	[
		'the policy is relay',
		gathered(makeObservations(network([STUN])), { ...WITHOUT_CANDIDATES, policy: 'relay' }),
		{ host: 'candidates-excluded-by-policy', srflx: 'candidates-excluded-by-policy', relay: 'no-server-of-kind' }
	],
	[
		'a policy keeps WebRTC to TCP',
		gathered(makeObservations(network([TCP])), WITHOUT_CANDIDATES),
		{ host: 'host-candidates-missing', srflx: 'no-server-of-kind', relay: 'candidate-given-alone' }
	],
	['the list is empty', makeObservations(network([])), { host: hidden, srflx: 'no-server-of-kind', relay: 'no-server-of-kind' }],
	[
		'every server is silent',
		makeObservations(
			network([
				{ ...STUN, does: 'silent' },
				{ ...UDP, does: 'silent' }
			])
		),
		{ host: hidden, srflx: 'servers-of-kind-silent', relay: 'servers-of-kind-silent' }
	],
	[
		'every TURN server refuses',
		makeObservations(network([STUN, { ...UDP, does: REFUSES }, { ...TCP, does: QUOTA }])),
		{ host: hidden, relay: 'servers-of-kind-refuse' }
	],
	[
		'TURN servers fail in several ways',
		makeObservations(
			network([
				STUN,
				{ ...UDP, does: 'silent' },
				{ ...TCP, does: 'refused' },
				{ url: 'turns:turn.example.org', does: NO_CREDENTIAL }
			])
		),
		{ host: hidden, relay: 'servers-of-kind-gave-none' }
	],
	[
		'the browser tells neither an answer nor an error',
		makeObservations(network([STUN, { ...TCP, does: 'swallowed' }])),
		{ host: hidden, relay: 'servers-of-kind-gave-none' }
	],
	[
		'a server was not asked alone',
		makeObservations(network([STUN, { ...UDP, does: 'not-asked' }])),
		{ host: hidden, relay: 'servers-of-kind-gave-none' }
	],
	[
		'no NAT: the servers see the address that the browser shows',
		makeObservations(
			network([{ ...STUN, does: 'swallowed' }], {
				devices: [{ address: '198.51.100.7', family: 'ipv4' }],
				microphone: true
			})
		),
		{ srflx: 'mapped-address-is-own', relay: 'no-server-of-kind' }
	]
];

test.each(CASES)('%s', (_, observations, says) => {
	expect(reasons(observations)).toEqual(says);
	for (const text of sentences(observations)) {
		expect(text).toMatch(/^[A-Z].*\.$/);
		expect(text).not.toMatch(/undefined|NaN|Infinity|\[object/);
	}
});

test('every rule speaks in these cases', () => {
	const spoken = new Set(CASES.flatMap(([, observations]) => Object.values(reasons(observations))));
	expect(MISSING_CANDIDATE_RULES.map(({ id }) => id).filter((id) => !spoken.has(id))).toEqual([]);
});

describe('what is not heard in the shared connection', () => {
	const SILENT_AND_CLOSED = [
		{ ...UDP, does: 'silent' },
		{ ...TCP, does: 'refused' }
	] satisfies Server[];

	test('is not counted as silence of a server that closed its own connection', () => {
		const observations = gathered(makeObservations(network(SILENT_AND_CLOSED)), { errors: [] });
		expect(sentences(observations).at(-1)).toBe(
			'No relay candidate. The servers that can give one, asked alone: 1 server whose connection failed; 1 server silent.'
		);
	});

	test('is neither silence nor refusal of servers that were not asked alone', () => {
		const shared = makeObservations(network(SILENT_AND_CLOSED)).filter(({ probe }) => probe === 'ice-gathering');
		expect(sentences(shared).at(-1)).toBe(
			'No relay candidate. The servers that can give one, asked alone: 2 servers not asked yet.'
		);
	});

	test('is not silence of a server of which the browser tells nothing', () => {
		expect(sentences(makeObservations(network([STUN, { ...TCP, does: 'swallowed' }]))).at(-1)).toBe(
			'No relay candidate. The servers that can give one, asked alone: 1 server for which the browser reported nothing.'
		);
	});

	test('nothing is said before the shared gathering has ended', () => {
		const alone = makeObservations(network(SILENT_AND_CLOSED)).filter(({ probe }) => probe !== 'ice-gathering');
		expect(missingCandidates(alone)).toEqual([]);
	});
});

test('refusals are told with their codes, once for each user of a URL', () => {
	const observations = makeObservations(
		network([
			{ ...TCP, does: REFUSES },
			{ ...TCP, does: QUOTA }
		])
	);
	expect(sentences(observations).at(-1)).toBe(
		`No relay candidate: each of the 2 TURN servers refused when asked alone: error 401 from ${TCP.url} and error 486 from ${TCP.url}.`
	);
});
