import { describe, expect, test } from 'vitest';
import { recordingOf, type DescribedCall } from '../../../../tests/golden/calls-table';
import { OTHER_SIDE } from './call-direction';
import { summariseCall, summariseConnection } from './call-summary';
import { compareDirections } from './directions';
import { column, lastOf } from '../recording/connection';
import { lossPlaceOf } from './legs';
import { oneWays } from './one-way';
import type { RecordedConnection, StatsTrack } from '../recording/recording';

test('loss is what one end sent and the other did not get', () => {
	const [forth, back] = oneWays(recordingOf({ forth: { lossRatio: 0.1 } }));
	expect(forth).toMatchObject({ from: 'caller', to: 'callee', packetsSent: 4500, packetsReceived: 4050, lossRatio: 0.1 });
	expect(back!.lossRatio).toBe(0);
	expect(forth!.loss.v.every((value) => Math.abs(value! - 0.1) < 0.02)).toBe(true);
});

test('ends that look at different times lose nothing by that', () => {
	const recording = recordingOf({ forth: { lossRatio: 0.03 } });
	for (const track of recording.connections[1]!.tracks) {
		for (const column of track.columns) {
			// What each counter would have been 700 ms later.
			const v = column.v.map(Number);
			const step = (i: number) => (i + 1 < v.length ? v[i + 1]! - v[i]! : v[i]! - v[i - 1]!);
			if (column.field.startsWith('packets')) column.v = v.map((value, i) => value + 0.7 * step(i));
			column.tMs = column.tMs.map((tMs) => tMs + 700);
		}
	}
	const [forth, back] = oneWays(recording);
	expect(forth!.lossRatio).toBeCloseTo(0.03, 2);
	expect(back!.lossRatio).toBeCloseTo(0, 2);
	for (const value of back!.loss.v) expect(value ?? 0).toBeLessThan(0.02);
});

test.each([
	['nothing is lost', 0, Infinity, 0],
	['a tenth is lost', 0.1, Infinity, 0.1],
	['nothing arrives any more, which the receiver cannot count', 0, 10, 0.58]
])('packets that come in bursts between two polls: %s', (_, ratio, untilS, expected) => {
	// 50 packets a second, and 100 at once shortly before the sender is asked for the last time, long before the receiver is.
	const sentAt = (ms: number) => Math.round(ms / 20) + (ms >= 20_100 ? 100 : 0);
	const seconds = Array.from({ length: 21 }, (_, s) => s);
	const end = (id: string, type: string, lateMs: number, fields: Record<string, (ms: number) => number>): RecordedConnection => {
		const tMs = seconds.map((s) => 1000 * s + lateMs);
		const columns = Object.entries({ ssrc: () => 7, ...fields }).map(([field, at]) => ({
			field,
			tMs,
			v: tMs.map(at),
			alignment: 'exact' as const
		}));
		return { ...recordingOf({}).connections[0]!, id, tracks: [{ id: type, type, columns }] };
	};
	const arrived = (ms: number) => sentAt(Math.min(ms, 1000 * untilS));
	const [forth] = oneWays({
		...recordingOf({}),
		connections: [
			end('caller', 'outbound-rtp', 500, { packetsSent: sentAt }),
			end('callee', 'inbound-rtp', 950, {
				packetsReceived: (ms) => Math.round((1 - ratio) * arrived(ms)),
				packetsLost: (ms) => Math.round(ratio * arrived(ms))
			})
		]
	});
	expect(forth!.lossRatio).toBeCloseTo(expected, 2);
	if (expected === 0) expect(forth!.lossRatio).toBe(0);
});

test('retransmissions are left out of the loss, whether both browsers count them or one', () => {
	const recording = recordingOf({ forth: { lossRatio: 0.03 }, back: { lossRatio: 0.05 } });
	const [counting, other] = recording.connections;
	const video = (connection: RecordedConnection | undefined, type: string) =>
		connection!.tracks.find((track) => track.type === type && lastOf(track, 'kind') === 'video')!;
	const scale = (track: StatsTrack, field: string, by: number) => {
		const found = column(track, field)!;
		found.v = found.v.map((value) => Number(value) * by);
	};
	const add = (track: StatsTrack, field: string, of: string, by: number) => {
		const { tMs, v } = column(track, of)!;
		track.columns.push({ field, tMs, v: v.map((value) => Number(value) * by), alignment: 'exact' });
	};
	for (const track of [video(counting, 'inbound-rtp'), video(other, 'inbound-rtp')])
		if (!column(track, 'packetsLost')) throw new Error('The recording counts no lost packets.');
	// A tenth of what the one sends, and of what it gets, is sent again or padding.
	scale(video(counting, 'outbound-rtp'), 'packetsSent', 1.1);
	scale(video(counting, 'inbound-rtp'), 'packetsReceived', 1.1);
	add(video(counting, 'inbound-rtp'), 'retransmittedPacketsReceived', 'packetsReceived', 0.1 / 1.1);
	const [forth, back] = oneWays(recording);
	expect(forth!.lossRatio).toBeCloseTo(0.03, 3);
	expect(back!.lossRatio).toBeCloseTo(0.05, 3);
});

test('delay is absolute, and its change counts from the least', () => {
	const recording = recordingOf({ forth: { delayMs: 50 } });
	const column = recording.connections[1]!.tracks.find(({ type }) => type === 'one-way')!.columns.find(
		({ field }) => field === 'delayMs'
	)!;
	column.v[10] = 90;
	const [forth] = oneWays(recording);
	expect(forth!.delayMs).toMatchObject({ least: 50, median: 50, most: 90 });
	expect(Math.max(...forth!.delayChange.v.map(Number))).toBe(40);
});

test('one end alone has no one-way figures', () => {
	const recording = recordingOf({});
	recording.connections.pop();
	expect(oneWays(recording)).toEqual([]);
	expect(summariseCall(recording)).toBeNull();
	const alone = summariseConnection(recording.connections[0]!);
	expect(alone.directions[0]).toMatchObject({ from: 'caller', to: OTHER_SIDE, lossRatio: null });
	expect(alone.directions[1]).toMatchObject({ from: OTHER_SIDE, to: 'caller', lossRatio: 0, lossFrom: 'receiver' });
});

describe('the worse direction', () => {
	test.each<[string, DescribedCall, Partial<Record<string, string>>]>([
		['nothing', {}, { loss: 'neither', delay: 'both', jitter: 'neither', bitrate: 'neither' }],
		['loss there', { forth: { lossRatio: 0.02 } }, { loss: 'forth' }],
		['loss back', { back: { lossRatio: 0.02 } }, { loss: 'back' }],
		['loss both ways', { forth: { lossRatio: 0.02 }, back: { lossRatio: 0.025 } }, { loss: 'both' }],
		['delay there', { forth: { delayMs: 82 }, back: { delayMs: 2 } }, { delay: 'forth' }],
		['no delay to speak of', { forth: { delayMs: 5 }, back: { delayMs: 2 } }, { delay: 'neither' }],
		['jitter back', { back: { jitterMs: 8 } }, { jitter: 'back' }],
		['a slow way there', { forth: { videoBps: 300_000 } }, { bitrate: 'forth' }]
	])('%s', (_, described, worse) => {
		const recording = recordingOf(described);
		const made = Object.fromEntries(
			compareDirections(summariseCall(recording)!, oneWays(recording)).map((one) => [one.quantity, one.worse])
		);
		expect(made).toMatchObject(worse);
	});

	test('unknown where one direction was not measured', () => {
		const recording = recordingOf({});
		recording.connections[1]!.tracks = recording.connections[1]!.tracks.filter(
			({ type }) => type !== 'inbound-rtp' && type !== 'one-way'
		);
		const summary = summariseCall(recording)!;
		expect(compareDirections(summary, oneWays(recording)).map(({ worse }) => worse)).toEqual([
			'unknown',
			'unknown',
			'unknown',
			'unknown'
		]);
	});
});

test.each([
	[{ kind: 'relay', transport: 'tcp', far: 'direct' }, 'down-forth-up-back'],
	[{ kind: 'relay', transport: 'udp', far: 'direct' }, 'up-or-down'],
	[{ kind: 'relay', transport: 'udp', far: 'relay' }, 'up-or-down'],
	[{ kind: 'relay', transport: 'udp', far: 'relay', farUrl: 'turn:192.0.2.9' }, 'up-or-down-by-two-relays'],
	[{ kind: 'relay', transport: 'tls', far: 'relay' }, 'repaired-by-tcp'],
	[{ kind: 'host', transport: null, far: null }, 'on-this-device']
] as const)('a loss over %o may have happened: %s', (way, place) => {
	expect(lossPlaceOf(way)).toBe(place);
});
