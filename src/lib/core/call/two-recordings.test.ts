import { expect, test } from 'vitest';
import type { RawValue, RecordedConnection } from '../recording/recording';
import { matchStreams } from './two-recordings';

/** A stream of 50 packets a second from second `from` to `to`, counted each second, at `offsetMs` within it. */
function stream(type: 'outbound-rtp' | 'inbound-rtp', from: number, to: number, offsetMs = 0, arrived = 1): RecordedConnection {
	const tMs = Array.from({ length: to - from + 1 }, (_, i) => (from + i) * 1000 + offsetMs);
	const column = (field: string, value: (t: number) => RawValue) => ({
		field,
		tMs,
		v: tMs.map(value),
		alignment: 'exact' as const
	});
	const sent = (t: number) => Math.round(t / 20);
	const columns =
		type === 'outbound-rtp'
			? [column('ssrc', () => 7), column('kind', () => 'audio'), column('packetsSent', sent)]
			: [
					column('ssrc', () => 7),
					column('packetsReceived', (t) => Math.round(sent(t) * arrived)),
					column('packetsLost', (t) => Math.round(sent(t) * (1 - arrived)))
				];
	return {
		id: 'x',
		label: 'x',
		url: null,
		configuration: null,
		startMs: tMs[0]!,
		endMs: tMs.at(-1)!,
		events: [],
		tracks: [{ id: 'T', type, columns }]
	};
}

test('what one sent is held against what the other received over the time that both recorded', () => {
	// The sender was recorded two seconds longer, and was asked half a second later each time: nothing is missing for that.
	const [same] = matchStreams(stream('outbound-rtp', 0, 62, 500), stream('inbound-rtp', 0, 60), true);
	expect(same).toMatchObject({ overMs: { fromMs: 500, toMs: 60_000 }, packetsSent: 2975, packetsReceived: 2975, packetsLost: 0 });
	expect(same!.missingRatio).toBeLessThan(0.001);
	const [lossy] = matchStreams(stream('outbound-rtp', 0, 62), stream('inbound-rtp', 0, 60, 0, 0.9), true);
	expect(lossy!.missingRatio).toBeCloseTo(0.1, 3);
	expect(lossy!.packetsLost).toBe(300);
});

test('without a common clock, or common time, nothing is said to be missing', () => {
	const [apart] = matchStreams(stream('outbound-rtp', 0, 62), stream('inbound-rtp', 0, 60), false);
	expect(apart).toMatchObject({ overMs: null, packetsSent: 3100, packetsReceived: 3000, missingRatio: null });
	expect(matchStreams(stream('outbound-rtp', 0, 30), stream('inbound-rtp', 40, 60), true)[0]!.missingRatio).toBeNull();
	expect(matchStreams(stream('outbound-rtp', 0, 30), stream('inbound-rtp', 27, 60), true)[0]!.missingRatio).toBeNull();
});
