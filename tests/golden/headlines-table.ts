/** Runs that are not a check of one network: what their headline is about, and what it has to say. */
import type { Observation } from '../../src/lib/core/observations/observation';
import type { Headline } from '../../src/lib/core/verdict/conclusion';
import { NETWORK_CHECKS, networkCheckRecording } from './network-checks-table';
import { recordingOf, throughputObservation, type DescribedCall } from './calls-table';
import { PAIR_CASES, pairObservations } from './pairs-table';
import { importObservation } from './recordings-table';

export interface HeadlineCase {
	name: string;
	observations: Observation[];
	expect: Pick<Headline, 'about' | 'verdict' | 'rule'>;
}

const pair = (index: number) => PAIR_CASES[index]!;
const relay = { kind: 'relay', url: 'turn:203.0.113.10:3478', transport: 'udp' } as const;

/** The attempt as it looks when one of the two gave up before anything came of it. */
function stopped(observations: readonly Observation[]): Observation[] {
	return observations.map((one) =>
		one.probe === 'pair-call' && one.outcome.state === 'seen'
			? { ...one, outcome: { state: 'seen', data: { ...one.outcome.data, endedBy: 'stopped' } } }
			: one
	);
}

function dump(states: readonly string[], described: DescribedCall = {}): Observation {
	const recording = { ...recordingOf(described), format: 'webrtc-internals', formatName: 'webrtc-internals dump' };
	const [first] = recording.connections;
	const events = states.map((state, i) => ({
		atMs: 100 * i,
		peer: '1',
		call: 'connection-state' as const,
		phase: 'event' as const,
		state
	}));
	// What was never up has no statistics of media.
	const tracks = states.includes('connected') ? first!.tracks : [];
	const connections = [{ ...first!, id: '1', label: 'Connection 1', events, tracks }];
	return importObservation({ ...recording, connections });
}

export const HEADLINE_CASES: readonly HeadlineCase[] = [
	{
		name: 'two devices that connect directly',
		observations: pairObservations(pair(0)),
		expect: { about: 'pair', verdict: 'direct', rule: 'headline-pair-direct' }
	},
	{
		name: 'two devices that connect over a relay',
		observations: pairObservations({ ...pair(0), calls: [{ path: relay, connects: true }] }),
		expect: { about: 'pair', verdict: 'with-turn', rule: 'headline-pair-relay' }
	},
	{
		name: 'two devices that do not connect',
		observations: pairObservations(pair(1)),
		expect: { about: 'pair', verdict: 'fails', rule: 'headline-pair-not-connected' }
	},
	{
		name: 'two devices of which one gave up',
		observations: stopped(pairObservations(pair(1))),
		expect: { about: 'pair', verdict: 'unknown', rule: 'headline-pair-ended' }
	},
	{
		name: 'a load test alone',
		observations: [throughputObservation(8e6, 20, 30)],
		expect: { about: 'check', verdict: 'unknown', rule: 'headline-call-quality' }
	},
	{
		name: 'a dump of a call that was well',
		observations: [dump(['connecting', 'connected', 'closed'])],
		expect: { about: 'call', verdict: 'connected', rule: 'headline-import-connected' }
	},
	{
		name: 'a dump of a call that lost packets',
		observations: [dump(['connecting', 'connected', 'closed'], { back: { lossRatio: 0.2 } })],
		expect: { about: 'call', verdict: 'media-problem', rule: 'headline-import-media-problem' }
	},
	{
		name: 'a dump of a call that failed',
		observations: [dump(['connecting', 'failed'])],
		expect: { about: 'call', verdict: 'failed', rule: 'headline-import-failed' }
	},
	{
		name: 'a dump without states',
		observations: [dump([])],
		expect: { about: 'call', verdict: 'unknown', rule: 'headline-import-unknown' }
	},
	...NETWORK_CHECKS.filter(({ rules }) => rules.length > 0).map(({ name, text }) => ({
		name,
		observations: [importObservation(networkCheckRecording(text))],
		expect: { about: 'call', verdict: 'unknown', rule: 'headline-import-network' } as const
	}))
];
