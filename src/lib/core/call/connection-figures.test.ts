/** Figures of streams and paths from recordings whose figures are plain to see; real ones are recomputed in tests/figures. */
import { describe, expect, test } from 'vitest';
import { recording } from '../../../../tests/golden/recordings-table';
import type { HandshakeEvent } from '../recording/handshake-event';
import type { RawValue, RecordedConnection, StatsTrack } from '../recording/recording';
import { summariseConnection } from './call-summary';
import { connectTimesOf, connectTimesTogether } from './connect-times';
import { connectionFigures } from './connection-figures';

/** A list has a value for each time; what is no list holds at all of them. */
function track(type: string, id: string, tMs: number[], fields: Record<string, RawValue | RawValue[]>): StatsTrack {
	const columns = Object.entries(fields).map(([field, value]) => ({
		field,
		tMs,
		v: tMs.map((_, i) => (Array.isArray(value) ? value[i]! : value)),
		alignment: 'exact' as const
	}));
	return { id, type, columns };
}

function figuresOf(...tracks: StatsTrack[]) {
	const [connection] = recording(tracks).connections;
	return connectionFigures(connection!, summariseConnection(connection!));
}

const SECONDS = [0, 1000, 2000, 3000, 4000];

test('a received stream: loss of the whole and of the worst second, with its moment', () => {
	const { streams } = figuresOf(
		track('inbound-rtp', 'V', SECONDS, {
			kind: 'video',
			ssrc: 5,
			packetsReceived: [0, 100, 180, 280, 380],
			packetsLost: [0, 0, 20, 20, 20],
			bytesReceived: [0, 1000, 2000, 2500, 3500],
			framesDecoded: [0, 30, 60, 75, 105],
			frameWidth: [null, 640, 320, 640, 640],
			frameHeight: [null, 360, 180, 360, 360],
			freezeCount: [0, 0, 1, 1, 1]
		})
	);
	expect(streams[0]).toMatchObject({
		packets: 380,
		packetsLost: 20,
		lossRatio: 0.05,
		lossFrom: 'receiver',
		lossOverTimeRatio: { count: 4, median: 0, worst: 0.2, worstAtMs: 2000 },
		bitrateBps: { count: 4, median: 8000, worst: 4000, worstAtMs: 3000 },
		framesPerSecond: { median: 30, worst: 15, worstAtMs: 3000 },
		frameSize: {
			last: { widthPx: 640, heightPx: 360 },
			least: { widthPx: 320, heightPx: 180 },
			most: { widthPx: 640, heightPx: 360 }
		},
		freezes: 1
	});
});

test('the coder of a stream is the browser’s last name of it, and none before the first frame', () => {
	const { streams } = figuresOf(
		track('outbound-rtp', 'O', SECONDS, {
			kind: 'video',
			ssrc: 1,
			encoderImplementation: ['unknown', 'ExternalEncoder', 'ExternalEncoder', 'libvpx', 'libvpx']
		}),
		track('inbound-rtp', 'I', SECONDS, {
			kind: 'video',
			ssrc: 2,
			decoderImplementation: 'FFmpeg',
			encoderImplementation: 'libvpx'
		}),
		track('inbound-rtp', 'N', SECONDS, { kind: 'video', ssrc: 3, decoderImplementation: 'unknown' })
	);
	expect(Object.fromEntries(streams.map(({ id, coder }) => [id, coder]))).toEqual({ O: 'libvpx', I: 'FFmpeg', N: null });
});

test('what was not recorded is null, and never 0', () => {
	const { streams, paths, connects } = figuresOf(
		track('inbound-rtp', 'A', [0], { kind: 'audio', ssrc: 6 }),
		track('outbound-rtp', 'O', [0], { kind: 'video', ssrc: 7, packetsSent: [10] })
	);
	for (const { id, direction: _, kind: __, ssrc: ___, packets, ...figures } of streams) {
		expect(packets).toBe(id === 'O' ? 10 : null);
		expect([...new Set(Object.values(figures))]).toEqual([null]);
	}
	expect({ paths, connects }).toEqual({ paths: [], connects: [] });
});

test('a stream that was sent has what the other end reports of it, by its SSRC', () => {
	const { streams } = figuresOf(
		track('outbound-rtp', 'O', SECONDS, { kind: 'audio', ssrc: 7, packetsSent: [0, 50, 100, 150, 200] }),
		track('remote-inbound-rtp', 'R', [1000, 4000], {
			kind: 'audio',
			ssrc: 7,
			packetsLost: [0, 4],
			fractionLost: [0, 0.04],
			jitter: [0.002, 0.008],
			roundTripTime: [0, 0.05]
		}),
		track('remote-inbound-rtp', 'S', [1000], { kind: 'audio', ssrc: 8, packetsLost: [9], roundTripTime: [9] })
	);
	expect(streams[0]).toMatchObject({
		lossRatio: 0.02,
		lossFrom: 'rtcp',
		lossOverTimeRatio: { worst: 0.04, worstAtMs: 4000 },
		jitterMs: { median: 5, worst: 8 },
		rttMs: { count: 1, median: 50 }
	});
});

test('a path has the figures of the time in which it was selected', () => {
	const pair = (id: string, rtts: number[]) =>
		track('candidate-pair', id, SECONDS, { state: 'succeeded', nominated: true, currentRoundTripTime: rtts });
	const { paths } = figuresOf(
		track('transport', 'T', SECONDS, { selectedCandidatePairId: ['P', 'P', 'Q', 'Q', 'Q'] }),
		pair('P', [0.01, 0.02, 9, 9, 9]),
		pair('Q', [9, 9, 0.1, 0.3, 0.2])
	);
	expect(paths.map(({ id, fromMs, rttMs }) => ({ id, fromMs, ...rttMs }))).toMatchObject([
		{ id: 'P', fromMs: 0 },
		{ id: 'Q', fromMs: 2000, count: 3, median: 200, worst: 300, worstAtMs: 3000 }
	]);
});

describe('connect times', () => {
	type Call = 'ice-state' | 'connection-state' | 'set-local' | 'set-remote';
	const events = (...all: [atMs: number, call: Call, state?: string, phase?: HandshakeEvent['phase']][]) =>
		({
			id: 'c',
			events: all.map(([atMs, call, state, phase = 'event']): HandshakeEvent => ({ atMs, peer: 'c', call, phase, state }))
		}) as RecordedConnection;

	test.each<[string, RecordedConnection, number[]]>([
		[
			'reach from both descriptions to the whole connection',
			events(
				[1, 'set-local'],
				[5, 'set-remote'],
				[8, 'ice-state', 'checking'],
				[20, 'ice-state', 'connected'],
				[30, 'connection-state', 'connecting'],
				[35, 'connection-state', 'connected']
			),
			[30]
		],
		[
			'end with ICE where nothing else was recorded, and once',
			events([1, 'set-remote'], [2, 'set-local'], [6, 'ice-state', 'connected'], [9, 'ice-state', 'completed']),
			[4]
		],
		[
			'begin with the first descriptions',
			events([1, 'set-local'], [2, 'set-remote'], [7, 'set-local'], [8, 'set-remote'], [9, 'ice-state', 'connected']),
			[7]
		],
		[
			'are several where it was established again',
			events(
				[1, 'set-local'],
				[2, 'set-remote'],
				[12, 'connection-state', 'connected'],
				[20, 'set-local'],
				[21, 'set-remote'],
				[50, 'connection-state', 'disconnected'],
				[60, 'set-local'],
				[65, 'set-remote'],
				[100, 'connection-state', 'connected']
			),
			[10, 35]
		],
		[
			'leave out what came back by itself, and descriptions of a connection that stood',
			events(
				[1, 'set-local'],
				[2, 'set-remote'],
				[12, 'connection-state', 'connected'],
				[50, 'connection-state', 'disconnected'],
				[55, 'connection-state', 'connected']
			),
			[10]
		],
		[
			'do not begin with a description that was refused',
			events(
				[1, 'set-local'],
				[2, 'set-remote', undefined, 'called'],
				[3, 'set-remote', undefined, 'failed'],
				[500, 'set-remote', undefined, 'called'],
				[502, 'set-remote', undefined, 'done'],
				[540, 'connection-state', 'connected']
			),
			[40]
		],
		['are unknown where the recording began later', events([7, 'connection-state', 'connected']), []],
		['are unknown without the other description', events([1, 'set-local'], [7, 'connection-state', 'connected']), []],
		['are unknown where it failed', events([1, 'set-local'], [2, 'set-remote'], [9, 'connection-state', 'failed']), []],
		[
			'are unknown where the log counts whole seconds',
			events([1000, 'set-local'], [1000, 'set-remote'], [2000, 'ice-state', 'connected']),
			[]
		]
	])('%s', (_, connection, took) => {
		expect(connectTimesOf(connection).map(({ tookMs }) => tookMs)).toEqual(took);
	});

	test('of several connections name the slowest', () => {
		const connects = (...took: number[]) => took.map((tookMs) => ({ atMs: 100 + tookMs, tookMs }));
		expect(
			connectTimesTogether([
				{ id: 'a', connects: connects(10, 40) },
				{ id: 'b', connects: connects(20) },
				{ id: 'c', connects: [] }
			])
		).toEqual({ count: 3, medianMs: 20, worstMs: 40, worstAtMs: 140, worstConnection: 'a' });
		expect(connectTimesTogether([{ id: 'a', connects: [] }])).toBeNull();
	});
});
