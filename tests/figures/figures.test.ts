/** `icelens stats --format json` against figures that were computed apart (recompute.ts), for recordings of two browsers in four formats. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { statsOf } from '../../src/cli/stats';
import { readFirefoxReport, readInternals, readReports, readRtcstats, recompute, type RawConnection } from './recompute';

const FIXTURES = join(import.meta.dirname, '../fixtures/stats');
/** webrtc-internals of Chromium 156. */
const DUMPS = ['during-two-connections', 'one-way', 'muted', 'simulcast', 'data-only', 'wrong-fingerprint', 'relay-only'];
/** Nothing is rounded in JSON; two ways to add up the same numbers differ in the last digits. */
const EQUAL_WITHIN = 1e-9;

const folder = mkdtempSync(join(tmpdir(), 'icelens-figures-'));
afterAll(() => rmSync(folder, { recursive: true }));

const text = (name: string) => {
	const bytes = readFileSync(join(FIXTURES, name));
	return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
};

/** rtcstats of a call whose audio was played out, with loss and delay, for figures that the recordings lack: 20 seconds, two sizes. */
function writtenRtcstats(): string {
	const T0 = 1_790_000_000_123;
	const lines = Array.from({ length: 20 }, (_, s) => {
		const timestamp = T0 + 1000 * s + (s % 3);
		const report = {
			T: { type: 'transport', timestamp, selectedCandidatePairId: 'P', dtlsState: 'connected', iceState: 'connected' },
			P: {
				type: 'candidate-pair',
				timestamp,
				state: 'succeeded',
				nominated: true,
				localCandidateId: 'L',
				remoteCandidateId: 'R',
				currentRoundTripTime: s === 12 ? 0.61 : 0.18 + 0.001 * (s % 4),
				availableOutgoingBitrate: 900_000 - 1000 * s,
				bytesSent: 9000 * s,
				bytesReceived: 61_000 * s + 17 * s * s
			},
			A: {
				type: 'inbound-rtp',
				timestamp,
				kind: 'audio',
				ssrc: 11,
				packetsReceived: 50 * s,
				packetsLost: s > 9 ? 8 + s : 0,
				bytesReceived: 4100 * s,
				jitter: 0.004 + 0.0007 * (s % 5),
				jitterBufferDelay: 2880 * s,
				jitterBufferEmittedCount: 48_000 * s
			},
			V: {
				type: 'inbound-rtp',
				timestamp,
				kind: 'video',
				ssrc: 12,
				packetsReceived: 100 * s,
				packetsLost: Math.floor(s / 2),
				bytesReceived: 52_000 * s + 11 * s * s,
				jitter: 0.009,
				framesDecoded: 25 * s - (s > 14 ? 20 : 0),
				frameWidth: s < 5 ? 640 : 1280,
				frameHeight: s < 5 ? 360 : 720,
				freezeCount: s > 14 ? 2 : 0,
				totalFreezesDuration: s > 14 ? 1.25 : 0
			}
		};
		return JSON.stringify(['getstats', 'PC_1', report, timestamp]);
	});
	return [JSON.stringify(['create', 'PC_1', {}, T0]), ...lines].join('\n');
}

const sources: [name: string, file: string, connections: RawConnection[]][] = [
	...DUMPS.map((each): [string, string, RawConnection[]] => {
		const name = `chromium156-${each}.json.gz`;
		return [name, join(FIXTURES, name), readInternals(text(name))];
	}),
	...['chromium156-getstats.json', 'firefox-esr153-getstats.json'].map((name): [string, string, RawConnection[]] => [
		name,
		join(FIXTURES, name),
		[readReports([JSON.parse(text(name)) as never], 'x')]
	]),
	[
		'firefox-esr153-report.json',
		join(FIXTURES, 'firefox-esr153-report.json'),
		[readFirefoxReport(text('firefox-esr153-report.json'))]
	]
];
const rtcstats = writtenRtcstats();
writeFileSync(join(folder, 'rtcstats'), rtcstats);
sources.push(['rtcstats', join(folder, 'rtcstats'), [readRtcstats(rtcstats)]]);

interface Document {
	calls: { ends: { id: string; figures: { streams: { id: string }[]; paths: { id: string }[]; connects: object[] } }[] }[];
}

let figures = 0;

/** Every number of `expected` in `told`, and every null; `figures` counts the numbers that are neither times nor counts of samples. */
function compare(told: unknown, expected: unknown, place: string): void {
	if (typeof expected === 'number') {
		if (!/ (ssrc|count|fromMs|\w*[aA]tMs)$/.test(place)) figures++;
		const size = Math.max(Math.abs(expected), 1e-6);
		const apart = typeof told === 'number' ? Math.abs(told - expected) / size : Infinity;
		expect({ place, told, apart: apart < EQUAL_WITHIN }).toEqual({ place, told, apart: true });
	} else if (expected !== null && typeof expected === 'object') {
		expect({ place, told }).toEqual({ place, told: expect.any(Object) });
		for (const [name, value] of Object.entries(expected))
			compare((told as Record<string, unknown>)[name], value, `${place} ${name}`);
	} else if (expected !== undefined) expect({ place, told }).toEqual({ place, told: expected });
}

test.each(sources)('%s: every figure is the one that its raw values give', async (_, file, connections) => {
	const { text } = await statsOf([file, '--format', 'json']);
	const { calls } = JSON.parse(text) as Document;
	const ends = calls.flatMap(({ ends }) => ends);
	expect(ends).toHaveLength(connections.length);
	for (const call of calls) {
		const own = call.ends.map(({ id }) =>
			connections.length === 1 ? connections[0]! : connections.find((one) => one.id === id)!
		);
		call.ends.forEach(({ id, figures: told }, i) => {
			const expected = recompute(own[i]!, own);
			const byId = <T extends { id: string }>(list: readonly T[]) => Object.fromEntries(list.map((one) => [one.id, one]));
			expect(Object.keys(byId(told.streams)).toSorted()).toEqual(Object.keys(byId(expected.streams)).toSorted());
			expect(Object.keys(byId(told.paths)).toSorted()).toEqual(Object.keys(byId(expected.paths)).toSorted());
			expect(told.connects).toHaveLength(expected.connects.length);
			compare(told.connects, expected.connects, `${id} connects`);
			compare(byId(told.streams), byId(expected.streams), `${id} stream`);
			compare(byId(told.paths), byId(expected.paths), `${id} path`);
		});
	}
});

test('over 500 figures were compared, and what computed them knows nothing of what is tested', () => {
	expect(figures).toBeGreaterThan(500);
	const source = readFileSync(join(import.meta.dirname, 'recompute.ts'), 'utf8');
	expect(source).not.toMatch(/\bfrom '|\bimport\b(?!s nothing)/);
});
