import { expect, test } from 'vitest';
import { appendPoll } from '../../recording/append';
import type { PlainStats } from '../../recording/normalise';
import type { RecordedConnection, Recording } from '../../recording/recording';
import { chartsOf, limitRows, ofSelectedPair, trafficOfPairs } from './recording-charts';
import { metricById } from '../../recording/metrics-table';
import { METRICS } from '../../recording/metrics-table';
import { CHART_WORDS } from '../../messages/en/chart-words';
import { CHARTS } from './charts-table';

const stats = (...objects: object[]) => objects as PlainStats[];

function end(id: string, label: string): RecordedConnection {
	const empty = { url: null, configuration: null, startMs: null, endMs: null, events: [], tracks: [] };
	const connection: RecordedConnection = { id, label, ...empty };
	for (let second = 0; second < 20; second++) {
		const timestamp = second * 1000;
		// Another pair is selected from the tenth second on.
		const selected = second < 10 ? 'p1' : 'p2';
		appendPoll(
			connection,
			stats(
				{ id: 'T', type: 'transport', timestamp, selectedCandidatePairId: selected },
				{ id: 'p1', type: 'candidate-pair', timestamp, state: 'succeeded', currentRoundTripTime: 0.05, bytesSent: second * 100 },
				{ id: 'p2', type: 'candidate-pair', timestamp, state: 'succeeded', currentRoundTripTime: 0.2, bytesSent: 0 },
				{ id: 'a', type: 'inbound-rtp', timestamp, kind: 'audio', ssrc: 1, bytesReceived: second * 4000, jitter: 0.002 },
				{ id: 'v', type: 'inbound-rtp', timestamp, kind: 'video', ssrc: 2, bytesReceived: second * 90_000, jitter: 0.004 },
				{ id: 'o', type: 'outbound-rtp', timestamp, kind: 'video', ssrc: 3, bytesSent: 9, qualityLimitationReason: 'cpu' },
				{ id: 'oa', type: 'outbound-rtp', timestamp, kind: 'audio', ssrc: 4, targetBitrate: 32_000 }
			),
			{ atMs: timestamp, epochOffsetMs: null }
		);
	}
	return connection;
}

const recording = (format: string, connections: RecordedConnection[]): Recording => ({
	format,
	formatName: 'a test',
	clock: 'start',
	userAgent: null,
	connections,
	media: [],
	notes: []
});
const call = recording('call', [end('caller', 'caller'), end('callee', 'Callee')]);

test('every chart is of rows of the metric table, all of one unit, and has a word for each where it has several', () => {
	for (const { id, metrics } of CHARTS) {
		const rows = metrics.map((name) => METRICS.find((metric) => metric.id === name));
		expect(rows.every(Boolean), id).toBe(true);
		expect(new Set(rows.map((row) => row!.unit)).size, id).toBe(1);
		for (const metric of metrics) expect([metric, metrics.length > 1]).toEqual([metric, metric in CHART_WORDS.metrics]);
	}
});

test('the streams of a call are outbound or inbound, dashed by direction and coloured by kind', () => {
	const bitrate = chartsOf(call).find(({ id }) => id === 'bitrate-in')!;
	expect(bitrate.series.map(({ label, dashed, color }) => [label, dashed, color])).toEqual([
		['Outbound, audio', false, 1],
		['Outbound, video', false, 2],
		['Inbound, audio', true, 1],
		['Inbound, video', true, 2]
	]);
	expect(bitrate.series[1]!.series.v.at(-1)).toBe(720_000);
});

test('the streams of a dump are named by what they do, without a direction of a call', () => {
	const charts = chartsOf(recording('webrtc-internals', [end('pc', 'PC 1')]));
	expect(charts.find(({ id }) => id === 'jitter')!.series.map(({ label }) => label)).toEqual([
		'received, audio',
		'received, video'
	]);
});

test('the target bitrate of audio is not drawn among those of video, and what nothing was measured for is no chart', () => {
	const ids = chartsOf(call).map(({ id }) => id);
	expect(ids).not.toContain('available-bitrate');
	expect(ids).not.toContain('freezes');
});

test('the round trip follows the selected pair, with a gap where it changed', () => {
	const series = ofSelectedPair(call.connections[0]!, metricById('round-trip-time')!)!;
	const known = series.v.filter((value) => value !== null);
	expect(known[0]).toBe(50);
	expect(known.at(-1)).toBe(200);
	const change = series.v.indexOf(null);
	expect(series.v[change - 1]).toBe(50);
	expect(series.v[change + 1]).toBe(200);
});

test('draws the quality limitation, and what each pair carries', () => {
	expect(limitRows(call).map(({ label, spans }) => [label, spans[0]!.value])).toEqual([
		['Outbound, video', 'cpu'],
		['Inbound, video', 'cpu']
	]);
	expect(trafficOfPairs(call.connections[0]!).get('p1')!.v.at(-1)).toBe(800);
});
