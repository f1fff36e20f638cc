/** Two devices described in words: what each one's check says, which paths were tried, and what has to be concluded. */
import type { MeetingPath, Observation, PairCall } from '../../src/lib/core/observations/observation';
import type { PairReason } from '../../src/lib/core/verdict/pair';
import { appendPoll } from '../../src/lib/core/stats/append';
import { emptyConnection } from '../../src/lib/core/stats/report-recording';
import { recordingOf, type DescribedCall } from './calls-table';
import { makeObservations } from './make-observations';
import { CASES } from './networks-table';

export interface PairCase {
	name: string;
	/** Names of cases in networks-table. */
	own: string;
	peer: string;
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
	};
}

const DIRECT: MeetingPath = { kind: 'direct', url: null, transport: null };
const HOME = 'port-restricted cone';
const OFFICE = 'symmetric NAT, filtering known';
const CONE = 'full cone';

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
		expect: { works: ['no'], agrees: [true], findings: ['pair-not-connected'], reasons: ['filtered'] }
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
		name: 'loss on the way to the guest only',
		own: HOME,
		peer: CONE,
		calls: [{ path: DIRECT, connects: true, described: { seconds: 60, forth: { lossRatio: 0.03 } } }],
		expect: { works: ['yes'], agrees: [true], findings: ['pair-loss-direction'], losesFrom: 'Desk' }
	}
];

export function pairObservations({ own, peer, calls }: PairCase): Observation[] {
	const check = {
		seat: 'guest' as const,
		name: 'Phone',
		browser: 'Chromium 156',
		deadlineMs: 5000,
		// Elsewhere in the documentation ranges, so that the two are not behind one address.
		observations: JSON.parse(JSON.stringify(networkCase(peer)).replaceAll('198.51.100.', '192.0.2.')) as Observation[]
	};
	const frame = (probe: 'peer-check' | 'pair-call', data: unknown) =>
		({ probe, step: probe, target: null, startedMs: 0, tookMs: 1, outcome: { state: 'seen', data } }) as Observation;
	return [...networkCase(own), frame('peer-check', check), ...calls.map((call) => frame('pair-call', pairCall(call)))];
}

function networkCase(name: string): Observation[] {
	return makeObservations(CASES.find((one) => one.name === name)!.network);
}

function pairCall({ path, connects, described = {}, pair }: PairCase['calls'][number]): PairCall {
	const recording = connects
		? recordingOf({ ...described, selected: { local: 'srflx', remote: 'srflx' } })
		: { ...recordingOf({ seconds: 0 }), connections: ['caller', 'callee'].map((id) => triedConnection(id, pair)) };
	for (const connection of recording.connections) {
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

function triedConnection(id: string, pair: PairCase['calls'][number]['pair']) {
	const connection = emptyConnection(id, id, null);
	if (!pair) return connection;
	appendPoll(
		connection,
		[
			{ id: 'local', type: 'local-candidate', candidateType: 'host', address: '192.168.1.2', port: 5000, protocol: 'udp' },
			{
				id: 'remote',
				type: 'remote-candidate',
				candidateType: pair.remote.startsWith('203.') ? 'srflx' : 'host',
				address: pair.remote,
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
