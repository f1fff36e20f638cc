/** Two devices described in words: what each one's check says, which paths were tried, and what has to be concluded. */
import type { HairpinTest, MeetingPath, MeetingSeat, Observation, PairCall } from '../../src/lib/core/observations/observation';
import type { PairReason } from '../../src/lib/core/verdict/pair/pair-conclusion';
import { appendPoll } from '../../src/lib/core/recording/append';
import { emptyConnection } from '../../src/lib/core/recording/report-recording';
import { recordingOf, type DescribedCall } from './calls-table';
import { makeObservations } from './make-observations';
import { CASES } from './networks-table';

export interface PairCase {
	name: string;
	/** Names of cases in networks-table. */
	own: string;
	peer: string;
	/** Both have the same public address. The other device's inner one, and what the hairpin test of this one saw. */
	behindOneNat?: { peerAddress: string; hairpin?: HairpinTest['state'] };
	/** Ends whose candidates hold no public address. */
	withoutUdp?: MeetingSeat[];
	/** The candidates of the call hold the devices' own addresses, not names. */
	shownInCall?: true;
	/** The paths tried, in order. */
	calls: {
		path: MeetingPath;
		connects: boolean;
		described?: DescribedCall;
		pair?: { requestsSent: number; state: string; remote: string };
	}[];
	expect: {
		works: ('yes' | 'no' | 'unknown')[];
		agrees: (boolean | null)[];
		findings: string[];
		reasons?: PairReason[];
		losesFrom?: string;
		/** The prediction's rule for the direct path. */
		rule?: string;
		/** What the outcome's sentence says beside the figures. */
		says?: RegExp;
	};
}

const OWN_ADDRESS = '192.168.1.2';
const DIRECT: MeetingPath = { kind: 'direct', url: null, transport: null };
const HOME = 'port-restricted cone';
const OFFICE = 'symmetric NAT, filtering known';
const CONE = 'full cone';
const SHOWN = 'home router, microphone allowed';
const NO_UDP = 'UDP blocked, TURN over TCP and TLS works relay to relay';

export const PAIR_CASES: readonly PairCase[] = [
	{
		name: 'home and full cone connect',
		own: HOME,
		peer: CONE,
		calls: [{ path: DIRECT, connects: true }],
		expect: { works: ['yes'], agrees: [true], findings: [], reasons: ['chosen'] }
	},
	{
		name: 'two symmetric NATs do not',
		own: OFFICE,
		peer: OFFICE,
		calls: [{ path: DIRECT, connects: false, pair: { requestsSent: 12, state: 'in-progress', remote: '203.0.113.9' } }],
		expect: {
			works: ['no'],
			agrees: [true],
			findings: ['pair-not-connected'],
			reasons: ['filtered'],
			says: /No check was answered.*Neither side’s public port.*\(over IPv4\)\.$/
		}
	},
	{
		name: 'they were to connect, and did not',
		own: HOME,
		peer: CONE,
		calls: [{ path: DIRECT, connects: false, pair: { requestsSent: 0, state: 'waiting', remote: '203.0.113.9' } }],
		expect: {
			works: ['yes'],
			agrees: [false],
			findings: ['pair-not-connected', 'pair-prediction-differs'],
			reasons: ['not-tried']
		}
	},
	{
		name: 'a relay that carried nothing when it was tried promises nothing',
		own: 'relay carries nothing',
		peer: 'relay carries nothing',
		calls: [{ path: { kind: 'relay', url: 'turn:203.0.113.10:3478?transport=udp', transport: 'udp' }, connects: false }],
		expect: { works: ['unknown'], agrees: [null], findings: ['pair-not-connected'] }
	},
	{
		name: 'a hidden name that nobody resolves',
		own: OFFICE,
		peer: OFFICE,
		calls: [{ path: DIRECT, connects: false, pair: { requestsSent: 0, state: 'in-progress', remote: '1f4f.local' } }],
		expect: { works: ['no'], agrees: [true], findings: ['pair-not-connected'], reasons: ['name-hidden'] }
	},
	{
		name: 'an address of another private network',
		own: OFFICE,
		peer: OFFICE,
		calls: [{ path: DIRECT, connects: false, pair: { requestsSent: 9, state: 'failed', remote: '10.77.0.4' } }],
		expect: { works: ['no'], agrees: [true], findings: ['pair-not-connected'], reasons: ['no-route'] }
	},
	{
		name: 'one side has no UDP',
		own: HOME,
		peer: NO_UDP,
		withoutUdp: ['guest'],
		calls: [{ path: DIRECT, connects: false }],
		expect: {
			works: ['no'],
			agrees: [true],
			findings: ['pair-not-connected'],
			reasons: [],
			rule: 'path-needs-udp',
			says: /Phone had no address to offer that is reachable from outside/
		}
	},
	{
		name: 'in one network, addresses shown',
		own: SHOWN,
		peer: SHOWN,
		behindOneNat: { peerAddress: '192.168.1.3' },
		calls: [{ path: DIRECT, connects: true }],
		expect: { works: ['unknown'], agrees: [null], findings: [], rule: 'pair-same-network' }
	},
	{
		name: 'behind one public address, inner addresses hidden',
		own: HOME,
		peer: HOME,
		behindOneNat: { peerAddress: '192.168.1.3' },
		calls: [{ path: DIRECT, connects: false, pair: { requestsSent: 12, state: 'in-progress', remote: '198.51.100.1' } }],
		expect: {
			works: ['unknown'],
			agrees: [null],
			findings: ['pair-not-connected'],
			reasons: ['not-turned-round'],
			rule: 'pair-same-nat',
			says: /does not hairpin packets \(RFC 4787/
		}
	},
	{
		name: 'in one network that keeps its devices apart, addresses shown',
		own: SHOWN,
		peer: SHOWN,
		behindOneNat: { peerAddress: '192.168.1.3' },
		calls: [{ path: DIRECT, connects: false, pair: { requestsSent: 77, state: 'in-progress', remote: '192.168.1.3' } }],
		shownInCall: true,
		expect: {
			works: ['unknown'],
			agrees: [null],
			findings: ['pair-not-connected', 'pair-local-path-failed'],
			reasons: ['local-unanswered'],
			rule: 'pair-same-network'
		}
	},
	{
		name: 'two homes of one carrier, numbered alike: the same inner address',
		own: SHOWN,
		peer: SHOWN,
		behindOneNat: { peerAddress: '192.168.1.2' },
		calls: [{ path: DIRECT, connects: true }],
		expect: { works: ['unknown'], agrees: [null], findings: [], rule: 'pair-same-nat' }
	},
	{
		name: 'two homes of one carrier that turns packets round',
		own: SHOWN,
		peer: SHOWN,
		behindOneNat: { peerAddress: '192.168.7.2', hairpin: 'returned' },
		calls: [{ path: DIRECT, connects: true }],
		expect: { works: ['yes'], agrees: [true], findings: [], rule: 'pair-same-nat' }
	},
	{
		name: 'two homes of one carrier that does not',
		own: SHOWN,
		peer: SHOWN,
		behindOneNat: { peerAddress: '192.168.7.2', hairpin: 'lost' },
		calls: [{ path: DIRECT, connects: false, pair: { requestsSent: 12, state: 'failed', remote: '198.51.100.1' } }],
		expect: {
			works: ['unknown'],
			agrees: [null],
			findings: ['pair-not-connected'],
			reasons: ['not-turned-round'],
			rule: 'pair-same-nat'
		}
	},
	{
		name: 'behind one NAT that does not turn packets round, and nobody knows whether in one network',
		own: HOME,
		peer: HOME,
		behindOneNat: { peerAddress: '192.168.1.3', hairpin: 'lost' },
		calls: [{ path: DIRECT, connects: true }],
		expect: { works: ['unknown'], agrees: [null], findings: [], rule: 'pair-same-nat' }
	},
	{
		name: 'loss on the way to the guest only',
		own: HOME,
		peer: CONE,
		calls: [{ path: DIRECT, connects: true, described: { seconds: 60, forth: { lossRatio: 0.03 } } }],
		expect: { works: ['yes'], agrees: [true], findings: ['pair-loss-direction'], losesFrom: 'Desk' }
	}
];

export function pairObservations(one: PairCase): Observation[] {
	const { own, peer, calls, behindOneNat } = one;
	const elsewhere = JSON.stringify(networkCase(peer));
	// Elsewhere in the documentation ranges, unless the two are behind one address.
	const peers = behindOneNat
		? elsewhere.replaceAll('"192.168.1.2"', `"${behindOneNat.peerAddress}"`)
		: elsewhere.replaceAll('198.51.100.', '192.0.2.');
	const check = {
		seat: 'guest' as const,
		name: 'Phone',
		browser: 'Chromium 156',
		deadlineMs: 5000,
		observations: JSON.parse(peers) as Observation[]
	};
	const frame = (probe: 'peer-check' | 'pair-call' | 'hairpin', data: unknown) =>
		({ probe, step: probe, target: null, startedMs: 0, tookMs: 1, outcome: { state: 'seen', data } }) as Observation;
	return [
		...networkCase(own),
		...(behindOneNat?.hairpin ? [frame('hairpin', hairpinTest(behindOneNat.hairpin))] : []),
		frame('peer-check', check),
		...calls.map((call) => frame('pair-call', pairCall(call, one)))
	];
}

function hairpinTest(state: HairpinTest['state']): HairpinTest {
	const mapped = (port: number) => ({ address: '198.51.100.1', port });
	const observer = 'stun:203.0.113.10:3478';
	return { family: 'ipv4', observer, mapped: [mapped(4000), mapped(4001)], state, why: null, triedMs: 1200, controlMs: 30 };
}

function networkCase(name: string): Observation[] {
	return makeObservations(CASES.find((one) => one.name === name)!.network);
}

function pairCall({ path, connects, described = {}, pair }: PairCase['calls'][number], one: PairCase): PairCall {
	const recording = connects
		? recordingOf({ ...described, selected: { local: 'srflx', remote: 'srflx' } })
		: { ...recordingOf({ seconds: 0 }), connections: ['caller', 'callee'].map((id) => triedConnection(id, pair)) };
	for (const connection of recording.connections) {
		for (const candidate of gathered(connection.id, one))
			connection.events.push({ atMs: 60, peer: connection.id, call: 'candidate', phase: 'event', candidate });
		const event = (atMs: number, call: 'ice-state' | 'connection-state', state: string) =>
			connection.events.push({ atMs, peer: connection.id, call, phase: 'event', state });
		event(120, 'ice-state', 'checking');
		if (!connects) continue;
		event(180, 'ice-state', 'connected');
		event(240, 'connection-state', 'connected');
	}
	return {
		own: 'host',
		names: { host: 'Desk', guest: 'Phone' },
		path,
		endedBy: connects ? 'stopped' : 'not-connected',
		error: null,
		clock: { offsetMs: 3, uncertaintyMs: 4 },
		firstFrameMs: connects ? { host: 300, guest: 310 } : { host: null, guest: null },
		recording,
		keptEvery: 1
	};
}

function gathered(id: string, { withoutUdp = [], behindOneNat, shownInCall }: PairCase): string[] {
	const outside = id === 'caller' || behindOneNat ? '198.51.100.1' : '192.0.2.1';
	const inner = !shownInCall ? `${id}.local` : id === 'caller' ? OWN_ADDRESS : behindOneNat!.peerAddress;
	return [
		`candidate:1 1 udp 2113937151 ${inner} 5000 typ host`,
		...(withoutUdp.includes(id === 'caller' ? 'host' : 'guest')
			? []
			: [`candidate:2 1 udp 1677729535 ${outside} 5000 typ srflx raddr 0.0.0.0 rport 0`])
	];
}

function triedConnection(id: string, pair: PairCase['calls'][number]['pair']) {
	const connection = emptyConnection(id, id, null);
	if (!pair) return connection;
	// The guest tries the address that the host tries it from.
	const back = id === 'callee' && pair.remote.startsWith('192.168.1.');
	const [mine, theirs] = back ? [pair.remote, OWN_ADDRESS] : [OWN_ADDRESS, pair.remote];
	appendPoll(
		connection,
		[
			{ id: 'local', type: 'local-candidate', candidateType: 'host', address: mine, port: 5000, protocol: 'udp' },
			{
				id: 'remote',
				type: 'remote-candidate',
				candidateType: /^(203|198)\./.test(pair.remote) ? 'srflx' : 'host',
				address: theirs,
				port: 6000,
				protocol: 'udp'
			},
			{
				id: 'pair',
				type: 'candidate-pair',
				state: pair.state,
				localCandidateId: 'local',
				remoteCandidateId: 'remote',
				requestsSent: pair.requestsSent,
				responsesReceived: 0
			}
		],
		{ atMs: 9000, epochOffsetMs: null }
	);
	return connection;
}
