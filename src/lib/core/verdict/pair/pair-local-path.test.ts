import { describe, expect, it } from 'vitest';
import { sentence } from '../../messages/en/sentence';
import type { PairCall } from '../../observations/observation';
import { appendPoll } from '../../recording/append';
import type { RecordedConnection } from '../../recording/recording';
import { emptyConnection } from '../../recording/report-recording';
import { judgeLocalPath } from './pair-local-path';
import { offerOf } from './pair-offer';

interface Candidate {
	type: string;
	address: string | null;
}

interface Tried {
	local: Candidate;
	remote: Candidate;
	sent: number | null;
	answered?: number;
	state?: string;
}

interface End {
	/** What it offers as its own address. */
	host: string;
	public?: string;
	pairs: Tried[];
	/** When it was handed the other's own address; 9 s before the end unless said. */
	handedMs?: number;
}

const UNTIL_MS = 10_000;
const PUBLIC = '198.51.100.1';
const [A, B] = ['192.168.1.2', '192.168.1.3'];
const [A_NAME, B_NAME] = ['aaaa.local', 'bbbb.local'];

const host = (address: string | null): Candidate => ({ type: 'host', address });
const nat = (address = PUBLIC): Candidate => ({ type: 'srflx', address });
const inVain = (local: Candidate, remote: Candidate, sent: number | null = 77): Tried => ({ local, remote, sent });
const overNat = inVain(host(null), nat());
/** Chosen, by way of the NAT. */
const hairpinned: Tried = { local: nat(), remote: nat(), sent: 3, answered: 3, state: 'succeeded' };

function connectionOf(id: string, own: End, other: End): RecordedConnection {
	const connection = emptyConnection(id, id, null);
	const event = (atMs: number, call: 'candidate' | 'add-candidate', candidate: string) =>
		connection.events.push({ atMs, peer: id, call, phase: call === 'candidate' ? 'event' : 'called', candidate });
	const line = (address: string, type: string) => `candidate:1 1 udp 2113937151 ${address} 5000 typ ${type}`;
	event(50, 'candidate', line(own.host, 'host'));
	event(60, 'candidate', line(own.public ?? PUBLIC, 'srflx'));
	event(own.handedMs ?? 1000, 'add-candidate', line(other.host, 'host'));
	const stats = own.pairs.flatMap(({ local, remote, sent, answered = 0, state = 'in-progress' }, i) => [
		{ id: `L${i}`, type: 'local-candidate', candidateType: local.type, address: local.address, port: 5000, protocol: 'udp' },
		{ id: `R${i}`, type: 'remote-candidate', candidateType: remote.type, address: remote.address, port: 6000, protocol: 'udp' },
		{
			...{ id: `P${i}`, type: 'candidate-pair', state, localCandidateId: `L${i}`, remoteCandidateId: `R${i}` },
			...(sent === null ? {} : { requestsSent: sent }),
			responsesReceived: answered
		}
	]);
	const chosen = own.pairs.findIndex(({ state }) => state === 'succeeded');
	const transport = { id: 'T', type: 'transport', selectedCandidatePairId: chosen < 0 ? null : `P${chosen}` };
	appendPoll(connection, [...stats, transport], { atMs: UNTIL_MS, epochOffsetMs: null });
	return connection;
}

function judged(mine: End, theirs: End, connected = false, kind: PairCall['path']['kind'] = 'direct') {
	const connections = { host: connectionOf('caller', mine, theirs), guest: connectionOf('callee', theirs, mine) };
	const call = { names: { host: 'Desk', guest: 'Phone' }, path: { kind, url: null, transport: null } } as PairCall;
	const offers = { host: offerOf(connections.host), guest: offerOf(connections.guest) };
	return judgeLocalPath(call, connections, offers, connected);
}

const shown = {
	mine: { host: A, pairs: [inVain(host(A), host(B)), inVain(host(A), nat())] },
	theirs: { host: B, pairs: [inVain(host(B), host(A)), inVain(host(B), nat())] }
};
const hidden = { mine: { host: A_NAME, pairs: [overNat] }, theirs: { host: B_NAME, pairs: [overNat] } };

describe('says what was tried between two devices of one network in vain', () => {
	it('their addresses, asked and never answered', () => {
		const said = judged(shown.mine, shown.theirs)!;
		expect(said.values).toEqual({
			...{ hostDevice: 'Desk', guestDevice: 'Phone', address: PUBLIC, subnet: { host: A, guest: B }, carriedBy: null },
			silences: [
				{ kind: 'unanswered', from: 'Desk', to: 'Phone', checksSent: 77 },
				{ kind: 'unanswered', from: 'Phone', to: 'Desk', checksSent: 77 }
			]
		});
		expect(sentence(said)).toBe(
			'Desk and Phone have one public address (198.51.100.1) and private addresses that begin alike (192.168.1.2 and 192.168.1.3), and their own addresses did not connect them: none of 77 checks from Desk to Phone’s own address was answered; none of 77 checks from Phone to Desk’s own address was answered. This attempt did not connect. It may be that the network keeps its devices apart (client isolation, as in guest Wi-Fi), that a firewall, or a missing permission for the local network, stops it on one device, or that they are in two networks behind one carrier’s NAT, numbered alike. To find out: ping one device from the other.'
		);
	});

	it('names of which no pair was made', () => {
		const said = judged(hidden.mine, hidden.theirs)!;
		expect(said.values.silences).toEqual([
			{ kind: 'name-not-used', from: 'Desk', to: 'Phone' },
			{ kind: 'name-not-used', from: 'Phone', to: 'Desk' }
		]);
		expect(sentence(said)).toMatch(/multicast DNS does not pass.*with camera or microphone allowed on both/);
	});

	it('a name that was resolved at one end, whose address did not answer', () => {
		const said = judged({ host: A_NAME, pairs: [inVain(host(null), host(null), 40)] }, hidden.theirs)!;
		expect(said.values.silences).toEqual([
			{ kind: 'unanswered', from: 'Desk', to: 'Phone', checksSent: 40 },
			{ kind: 'name-not-used', from: 'Phone', to: 'Desk' }
		]);
	});

	it('a browser that counts no checks, where the attempt ended in vain', () => {
		const uncounted = { ...shown.theirs, pairs: [inVain(host(B), host(A), null)] };
		expect(judged(shown.mine, uncounted)!.values.silences[1]).toMatchObject({ kind: 'unanswered', checksSent: null });
	});

	it.each([
		['hairpin', hairpinned, 'They connected through the NAT that they share instead.'],
		[
			'relay',
			{ ...hairpinned, local: { type: 'relay', address: '203.0.113.10' }, remote: { type: 'relay', address: '203.0.113.10' } },
			'They connected over a relay instead.'
		]
	] as const)('and that they met by %s', (carriedBy, chosen, says) => {
		const mine = { ...shown.mine, pairs: [...shown.mine.pairs, chosen] };
		const said = judged(mine, shown.theirs, true, 'any')!;
		expect(said.values.carriedBy).toBe(carriedBy);
		expect(sentence(said)).toContain(says);
	});
});

const NOTHING: [string, End, End, boolean?, PairCall['path']['kind']?][] = [
	['no public address in common', { ...shown.mine, public: '192.0.2.7' }, shown.theirs],
	['a relay was to be tried', shown.mine, shown.theirs, false, 'relay'],
	['other subnets', { ...shown.mine, host: '192.168.7.2' }, shown.theirs],
	['one inner address, so two networks', { ...shown.mine, host: B }, shown.theirs],
	[
		'their own addresses connected them',
		{ ...shown.mine, pairs: [{ ...inVain(host(A), host(B)), answered: 3, state: 'succeeded' }] },
		shown.theirs,
		true
	],
	[
		'an address that a check came from connected them',
		{ ...hidden.mine, pairs: [{ local: host(null), remote: { type: 'prflx', address: null }, sent: 3, answered: 3 }] },
		hidden.theirs,
		true
	],
	['too few checks', { host: A, pairs: [inVain(host(A), host(B), 2)] }, { host: B, pairs: [inVain(host(B), host(A), 2)] }],
	['the names came too late', { ...hidden.mine, handedMs: 6000 }, { ...hidden.theirs, handedMs: 6000 }],
	['connected, and not known over which pair', shown.mine, shown.theirs, true],
	[
		'a browser that counts no checks, once connected',
		{ host: A, pairs: [inVain(host(A), host(B), null), hairpinned] },
		{ host: B, pairs: [inVain(host(B), host(A), null), hairpinned] },
		true
	]
];

it.each(NOTHING)('says nothing: %s', (_, mine, theirs, connected = false, kind = 'direct') => {
	expect(judged(mine, theirs, connected, kind)).toBeNull();
});
