/** Calls described in words: what each end's statistics would say of a network, and what has to be concluded from them. */
import type { CallPath, LoopbackCall, Observation, Throughput } from '../../src/lib/core/observations/observation';
import { appendObject, appendPoll } from '../../src/lib/core/recording/append';
import { emptyConnection } from '../../src/lib/core/recording/report-recording';
import type { PageTime } from '../../src/lib/core/recording/page-time';
import type { Recording } from '../../src/lib/core/recording/recording';

export interface Way {
	lossRatio?: number;
	jitterMs?: number;
	delayMs?: number;
	videoBps?: number;
	/** Share of the time frozen. */
	frozen?: number;
	availableBps?: number;
	/** Share of the time held back by bandwidth. */
	heldBack?: number;
}

export interface DescribedCall {
	path?: Partial<CallPath>;
	seconds?: number;
	/** The pair's round-trip time; null for a browser that does not tell. */
	rttMs?: number | null;
	forth?: Way;
	back?: Way;
	/** The pair that was selected, when it is not one of the path. */
	selected?: { local: string; remote: string };
	endedBy?: LoopbackCall['endedBy'];
	connects?: boolean;
	purpose?: LoopbackCall['purpose'];
	/** How the page was served by its machine; absent: not measured. */
	page?: { stalledMs?: number; stalls?: number; hiddenMs?: number; lateMs?: PageTime['lateMs'] };
}

const PACKETS_PER_SECOND = { audio: 50, video: 100 };

/** Both ends polled once a second. */
export function recordingOf({ seconds = 30, rttMs = 20, forth = {}, back = {}, selected, path, page }: DescribedCall): Recording {
	const connections = [emptyConnection('caller', 'caller', null), emptyConnection('callee', 'callee', null)];
	const kind = path?.kind ?? 'relay';
	const types = selected ?? { local: kind, remote: kind };
	if (page) {
		const { stalledMs: stalled = 0, stalls = stalled > 0 ? 1 : 0, hiddenMs: hidden = 0, lateMs = { mean: 0.8, p95: 2 } } = page;
		for (const connection of connections)
			connection.page = { overMs: 1000 * seconds, pausedMs: { hidden, stalled }, stalls, longestStallMs: stalled, lateMs };
	}
	for (let s = 0; s <= seconds; s++) {
		connections.forEach((connection, i) => {
			const [outWay, inWay] = i === 0 ? [forth, back] : [back, forth];
			const streams = (['audio', 'video'] as const).flatMap((media, j) => {
				const sent = PACKETS_PER_SECOND[media] * s;
				const lost = Math.round(sent * (inWay.lossRatio ?? 0));
				const bps = media === 'audio' ? 32_000 : (inWay.videoBps ?? 800_000);
				return [
					{
						id: `out-${media}`,
						type: 'outbound-rtp',
						kind: media,
						ssrc: 10 * i + j,
						packetsSent: sent,
						bytesSent: 1000 * sent,
						qualityLimitationDurations: { bandwidth: s * (outWay.heldBack ?? 0), cpu: 0 },
						framesEncoded: 30 * s
					},
					{
						id: `in-${media}`,
						type: 'inbound-rtp',
						kind: media,
						ssrc: 10 * (1 - i) + j,
						packetsReceived: sent - lost,
						packetsLost: lost,
						bytesReceived: (bps / 8) * s,
						jitter: (inWay.jitterMs ?? 2) / 1000,
						jitterBufferDelay: s * 50 * 0.04,
						jitterBufferEmittedCount: s * 50,
						framesDecoded: media === 'video' ? 30 * s : undefined,
						totalFreezesDuration: media === 'video' ? s * (inWay.frozen ?? 0) : undefined,
						freezeCount: media === 'video' ? 0 : undefined
					}
				];
			});
			const pair = {
				id: 'pair',
				type: 'candidate-pair',
				state: 'succeeded',
				nominated: true,
				localCandidateId: 'local',
				remoteCandidateId: 'remote',
				...(rttMs === null ? {} : { currentRoundTripTime: rttMs / 1000 }),
				...(outWay.availableBps ? { availableOutgoingBitrate: outWay.availableBps } : {})
			};
			appendPoll(
				connection,
				[
					{ id: 'transport', type: 'transport', selectedCandidatePairId: 'pair' },
					{
						id: 'local',
						type: 'local-candidate',
						candidateType: types.local,
						...(types.local === 'relay' ? { relayProtocol: path?.transport ?? 'udp' } : {})
					},
					{ id: 'remote', type: 'remote-candidate', candidateType: types.remote },
					pair,
					...streams
				],
				{ atMs: s * 1000, epochOffsetMs: null }
			);
			appendObject(
				connection,
				{
					id: 'messages',
					type: 'one-way',
					from: i === 0 ? 'callee' : 'caller',
					delayMs: inWay.delayMs ?? 10,
					jitterMs: inWay.jitterMs ?? 2,
					messagesExpected: 10 * s,
					messagesLost: 0
				},
				s * 1000
			);
		});
	}
	return { format: 'call', formatName: 'loopback-call', clock: 'start', userAgent: null, connections, media: [], notes: [] };
}

const RELAY: CallPath = { kind: 'relay', url: 'turn:turn.example.org:3478', transport: 'udp', far: 'relay' };

export function callObservation(described: DescribedCall): Observation {
	const path: CallPath = { ...RELAY, ...described.path };
	const connects = described.connects ?? true;
	const seconds = connects ? (described.seconds ?? 30) : 0;
	const data: LoopbackCall = {
		purpose: described.purpose ?? 'call',
		path,
		paths: [{ atMs: 0, path }],
		media: { source: 'synthetic', audioOnly: false, width: 640, height: 360, frameRate: 30, codec: null, bitrateCapBps: null },
		connectMs: connects ? 120 : null,
		mediaMs: connects ? 180 : null,
		endedBy: described.endedBy ?? (connects ? 'duration' : 'not-connected'),
		error: null,
		errors: [],
		marks: connects ? [{ atMs: 1000 * seconds, kind: 'ended', values: { endedBy: 'duration' } }] : [],
		recording: recordingOf({ ...described, seconds, path }),
		keptEvery: 1
	};
	return {
		probe: 'loopback-call',
		step: 'loopback-call 1',
		target: path.url,
		startedMs: 0,
		tookMs: 1000 * seconds,
		outcome: { state: 'seen', data }
	};
}

export function throughputObservation(bitrateBps: number, idleMs: number, loadedMs: number, lossRatio = 0): Observation {
	const pings = (median: number, ratio = 0) => ({
		sent: 100,
		received: Math.round(100 * (1 - ratio)),
		delayMs: { median, p95: 1.5 * median }
	});
	const data: Throughput = {
		path: RELAY,
		connectMs: 150,
		idle: { forth: pings(idleMs / 2), back: pings(idleMs / 2) },
		loads: (['forth', 'back'] as const).map((direction) => ({
			direction,
			seconds: 4,
			bytes: bitrateBps / 2,
			bitrateBps,
			forth: pings(loadedMs / 2, lossRatio),
			back: pings(loadedMs / 2)
		})),
		endedBy: 'done'
	};
	return {
		probe: 'throughput',
		step: 'throughput 1',
		target: RELAY.url,
		startedMs: 0,
		tookMs: 15_000,
		outcome: { state: 'seen', data }
	};
}

export interface CallCase {
	name: string;
	observations: Observation[];
	says: 'good' | 'fair' | 'poor' | 'unknown';
	/** Ids of all findings that come of it. */
	findings: string[];
}

const one = (described: DescribedCall) => [callObservation(described)];

export const CALL_CASES: readonly CallCase[] = [
	{ name: 'a clean call', observations: one({}), says: 'good', findings: [] },
	{ name: 'a clean call without statistics of the pair', observations: one({ rttMs: null }), says: 'good', findings: [] },
	{
		name: '2 % loss from caller to callee',
		observations: one({ forth: { lossRatio: 0.02 } }),
		says: 'fair',
		findings: ['call-directions-differ', 'call-loss']
	},
	{
		name: '5 % loss both ways',
		observations: one({ forth: { lossRatio: 0.05 }, back: { lossRatio: 0.05 } }),
		says: 'poor',
		findings: ['call-loss']
	},
	{ name: '400 ms of round trip', observations: one({ rttMs: 400 }), says: 'fair', findings: ['call-delay'] },
	{
		name: 'jitter of 60 ms on the way back',
		observations: one({ back: { jitterMs: 60 } }),
		says: 'poor',
		findings: ['call-directions-differ', 'call-jitter']
	},
	{
		name: 'a tenth of the time frozen',
		observations: one({ forth: { frozen: 0.1 }, back: { frozen: 0.1 } }),
		says: 'poor',
		findings: ['call-freezes']
	},
	{
		name: 'held back at 400 kbit/s',
		observations: one({ forth: { availableBps: 400_000, heldBack: 0.9 }, back: { availableBps: 400_000, heldBack: 0.9 } }),
		says: 'fair',
		findings: ['call-bandwidth']
	},
	{
		name: 'a low estimate that nobody was held back by',
		observations: one({ forth: { availableBps: 400_000 }, back: { availableBps: 400_000 } }),
		says: 'good',
		findings: []
	},
	{
		name: "a page whose timers were late: jitter that this explains is not the path's",
		observations: one({ forth: { jitterMs: 30 }, back: { jitterMs: 22 }, page: { lateMs: { mean: 8.4, p95: 40 } } }),
		says: 'unknown',
		findings: ['call-machine-busy']
	},
	{
		name: 'jitter far beyond what late timers explain',
		observations: one({ forth: { jitterMs: 120 }, back: { jitterMs: 10 }, page: { lateMs: { mean: 8.4, p95: 40 } } }),
		says: 'poor',
		findings: ['call-directions-differ', 'call-jitter', 'call-machine-busy']
	},
	{
		name: 'frozen while the page stood still',
		observations: one({ forth: { frozen: 0.05 }, back: { frozen: 0.05 }, page: { stalledMs: 1200, stalls: 2 } }),
		says: 'unknown',
		findings: ['call-machine-busy']
	},
	{
		name: 'frozen for longer than the page stood still',
		observations: one({ forth: { frozen: 0.2 }, back: { frozen: 0.2 }, page: { stalledMs: 1200, stalls: 2 } }),
		says: 'poor',
		findings: ['call-freezes']
	},
	{
		name: 'frozen while the page was hidden',
		observations: one({ forth: { frozen: 0.3 }, back: { frozen: 0.3 }, page: { hiddenMs: 12_000 } }),
		says: 'unknown',
		findings: ['call-machine-busy']
	},
	{ name: 'a page at rest', observations: one({ page: {} }), says: 'good', findings: [] },
	{
		name: "a page at rest on a path with jitter: the path's",
		observations: one({ back: { jitterMs: 60 }, page: {} }),
		says: 'poor',
		findings: ['call-directions-differ', 'call-jitter']
	},
	{
		name: "loss on a busy machine is the path's",
		observations: one({ forth: { lossRatio: 0.05 }, page: { stalledMs: 4000, stalls: 12, lateMs: { mean: 20, p95: 90 } } }),
		says: 'poor',
		findings: ['call-directions-differ', 'call-loss', 'call-machine-busy']
	},
	{
		name: "a relay on this machine: whatever is wrong is not a network's",
		observations: one({
			path: { url: 'turn:127.0.0.1:3478' },
			forth: { lossRatio: 0.05, jitterMs: 60, frozen: 0.2, delayMs: 90 },
			back: { jitterMs: 80, frozen: 0.2 },
			rttMs: 500,
			page: {}
		}),
		says: 'unknown',
		findings: ['call-machine-busy']
	},
	{
		name: 'a relay on this machine, and all well',
		observations: one({ path: { url: 'turn:[::1]:3478' } }),
		says: 'good',
		findings: []
	},
	{ name: 'two seconds only', observations: one({ seconds: 2 }), says: 'unknown', findings: [] },
	{ name: 'not connected', observations: one({ connects: false }), says: 'unknown', findings: ['call-not-connected'] },
	{ name: 'path lost', observations: one({ endedBy: 'path-lost' }), says: 'good', findings: ['call-path-lost'] },
	{ name: 'astray', observations: one({ selected: { local: 'host', remote: 'host' } }), says: 'good', findings: ['call-astray'] },
	{
		name: 'a comparison: the direct path answers, not the worse relay',
		observations: [
			callObservation({
				purpose: 'comparison',
				path: { transport: 'tcp' },
				forth: { lossRatio: 0.05 },
				back: { lossRatio: 0.05 }
			}),
			callObservation({ purpose: 'comparison', path: { kind: 'srflx', url: null, transport: null, far: null } })
		],
		says: 'good',
		findings: ['call-loss']
	},
	{ name: 'a load without consequences', observations: [throughputObservation(80e6, 4, 20)], says: 'unknown', findings: [] },
	{
		name: 'a load that makes all else late',
		observations: [throughputObservation(2e6, 20, 400)],
		says: 'unknown',
		findings: ['latency-under-load']
	},
	{
		name: 'a load that makes all else get lost',
		observations: [throughputObservation(2e6, 20, 40, 0.2)],
		says: 'unknown',
		findings: ['loss-under-load']
	}
];
