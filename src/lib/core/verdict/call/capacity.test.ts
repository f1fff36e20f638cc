import { describe, expect, it } from 'vitest';
import {
	audioWireBps,
	CAPACITY_ASSUMPTIONS,
	capacityRow,
	participantsAtMost,
	videoWireBps,
	type Line,
	type Topology
} from './capacity';

/** Round numbers: no headers to speak of in the sums below. */
const V = videoWireBps(CAPACITY_ASSUMPTIONS.videoBps);
const A = audioWireBps(CAPACITY_ASSUMPTIONS.audioBps);
const WIDE: Line = { upBps: 1e9, downBps: 1e9, rttMs: null, lossRatio: null };
const lineOf = (line: Partial<Line>): Line => ({ upBps: null, downBps: null, rttMs: null, lossRatio: null, ...line });

describe('what one stream takes on the wire', () => {
	it('video adds 58 bytes of headers to 1100', () => expect(videoWireBps(1_100_000)).toBeCloseTo(1_158_000));
	it('audio adds 58 bytes of headers to each of 50 packets a second', () => expect(audioWireBps(32_000)).toBe(55_200));
});

describe('what n people take', () => {
	it.each<[Topology, number, number, number, number | null, number | null]>([
		['mesh', 2, V + A, V + A, null, null],
		['mesh', 5, 4 * (V + A), 4 * (V + A), null, null],
		['sfu', 5, V + A, 4 * (V + A), 5 * (V + A), 20 * (V + A)],
		['mcu', 5, V + A, videoWireBps(1_500_000) + A, 5 * (V + A), 5 * (videoWireBps(1_500_000) + A)],
		[
			'sfu-simulcast',
			5,
			V + videoWireBps(520_000) + A,
			V + 3 * videoWireBps(120_000) + 4 * A,
			5 * (V + videoWireBps(520_000) + A),
			5 * (V + 3 * videoWireBps(120_000) + 4 * A)
		]
	])(
		'%s with %i participants needs what is expected of client and server',
		(topology, participants, up, down, serverIn, serverOut) => {
			const row = capacityRow(topology, participants, WIDE, CAPACITY_ASSUMPTIONS);
			expect(row.client.upBps).toBeCloseTo(up);
			expect(row.client.downBps).toBeCloseTo(down);
			if (serverIn === null) expect(row.server).toBeNull();
			else {
				expect(row.server!.downBps).toBeCloseTo(serverIn);
				expect(row.server!.upBps).toBeCloseTo(serverOut!);
			}
			expect(row.fits).toBe('yes');
		}
	);

	it('what all clients send is what the server receives, and the other way round', () => {
		for (const topology of ['sfu', 'sfu-simulcast', 'mcu'] as const) {
			const { client, server } = capacityRow(topology, 7, WIDE, CAPACITY_ASSUMPTIONS);
			expect(server!.streamsDown).toBe(7 * client.streamsUp);
			expect(server!.upBps).toBeCloseTo(7 * client.downBps);
		}
	});
});

describe('what fits', () => {
	it.each<[Topology, Partial<Line>, number | null]>([
		// 5 Mbit/s up, three quarters of it usable: two copies of 1.32 Mbit/s.
		['mesh', { upBps: 5e6, downBps: 50e6 }, 3],
		['sfu', { upBps: 5e6, downBps: 50e6 }, 29],
		['sfu', { upBps: 1e6, downBps: 50e6 }, 1],
		['mcu', { upBps: 5e6, downBps: 50e6 }, 50],
		// 2.7 Mbit/s are usable: two copies of 1.32, and with 9 % sent again of 1.44, one.
		['mesh', { upBps: 3.6e6, downBps: 50e6, lossRatio: 0 }, 3],
		['mesh', { upBps: 3.6e6, downBps: 50e6, lossRatio: 0.09 }, 2],
		['mcu', { upBps: 1e9, downBps: 1e9, lossRatio: 0.11 }, 1],
		['mesh', { upBps: null, downBps: 50e6 }, null],
		['mesh', { upBps: 50e6, downBps: null }, null]
	])('%s over %o carries %s participants', (topology, line, most) => {
		expect(participantsAtMost(topology, lineOf(line), CAPACITY_ASSUMPTIONS)).toBe(most);
	});

	it('a side that is known to be too small decides, though the other is not known', () => {
		const row = capacityRow('mesh', 10, lineOf({ upBps: 1e6 }), CAPACITY_ASSUMPTIONS);
		expect(row).toMatchObject({ fits: 'no', limit: 'up' });
	});

	it('not measured is never enough', () => {
		const row = capacityRow('mcu', 2, lineOf({}), CAPACITY_ASSUMPTIONS);
		expect(row).toMatchObject({ fits: 'unknown', limit: 'up' });
	});
});

describe('loss and delay', () => {
	it.each<[number | null, number]>([
		[null, 1],
		[0, 1],
		[0.05, 1 / 0.95],
		[0.1, 1 / 0.9]
	])('of what is lost at %s, video takes %s times as much', (lossRatio, factor) => {
		const row = capacityRow('sfu', 2, lineOf({ lossRatio }), CAPACITY_ASSUMPTIONS);
		expect(row.client.upBps).toBeCloseTo(V * factor + A);
	});

	it('above a tenth no line carries it, and that is known whatever the line is', () => {
		expect(capacityRow('mcu', 2, lineOf({ lossRatio: 0.2 }), CAPACITY_ASSUMPTIONS)).toMatchObject({ fits: 'no', limit: 'loss' });
	});

	it.each<[Topology, number | null, number | null, string]>([
		['mesh', null, null, 'unknown'],
		['mesh', 40, 100, 'good'],
		['mesh', 140, 150, 'good'],
		['sfu', 142, 151, 'fair'],
		['mcu', 140, 210, 'fair'],
		['sfu', 640, 400, 'fair'],
		['mcu', 640, 460, 'poor']
	])('%s over a round trip of %s ms: %s ms from mouth to ear, %s', (topology, rttMs, delayMs, delay) => {
		expect(capacityRow(topology, 3, lineOf({ rttMs }), CAPACITY_ASSUMPTIONS)).toMatchObject({ delayMs, delay });
	});
});
