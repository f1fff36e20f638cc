import { expect, test } from 'vitest';
import { appendGap, appendPoll, COLUMN_AT_MOST } from './append';
import { pairsOf, selectedPairs, streamsOf } from './connection';
import { bandsOf, metricSeries } from './metric-series';
import { METRICS } from './metrics-table';
import type { PlainStats } from './normalise';
import { emptyConnection, reportable } from './report-recording';
import type { Recording } from './recording';

const stream = (s: number, more: Partial<PlainStats> = {}): PlainStats => ({
	id: 'in',
	type: 'inbound-rtp',
	kind: 'video',
	ssrc: 7,
	bytesReceived: 1000 * s,
	packetsReceived: 10 * s,
	secret: 'not in the table',
	...more
});

function recorded(polls: number, stats = (s: number): PlainStats[] => [stream(s)]) {
	const connection = emptyConnection('caller', 'caller', null);
	for (let s = 0; s < polls; s++) appendPoll(connection, stats(s), { atMs: 1000 * s, epochOffsetMs: null });
	return connection;
}

const recordingWith = (connection: ReturnType<typeof recorded>): Recording => ({
	format: 'call',
	formatName: 'loopback-call',
	clock: 'start',
	userAgent: null,
	connections: [connection],
	media: [],
	notes: []
});

test('only fields of the metric table are kept, and what describes is kept when it changes', () => {
	const connection = recorded(5, (s) => [
		stream(s),
		{ id: 'l', type: 'local-candidate', candidateType: 'host', port: s < 3 ? 1 : 2, vpn: true }
	]);
	const fields = connection.tracks.flatMap(({ columns }) => columns.map(({ field, tMs }) => `${field} ${tMs.length}`));
	expect(fields).toEqual(['kind 1', 'ssrc 5', 'bytesReceived 5', 'packetsReceived 5', 'candidateType 1', 'port 2']);
});

test("objects keep their own times on the recording's clock; a report that was not renewed adds nothing", () => {
	const connection = emptyConnection('caller', 'caller', null);
	const report = (timestamp: number): PlainStats => ({ id: 'r', type: 'remote-inbound-rtp', roundTripTime: 0.1, timestamp });
	for (const [atMs, timestamp] of [
		[1000, 5_000_900],
		[2000, 5_000_900],
		[3000, 5_002_900],
		[4000, 1]
	] as const) {
		appendPoll(connection, [report(timestamp)], { atMs, epochOffsetMs: 5_000_000 });
	}
	// The last timestamp is of another clock.
	expect(connection.tracks[0]!.columns[0]!.tMs).toEqual([900, 2900, 4000]);
});

test('an hour at one a second stays bounded, with its totals whole and its pause in it', () => {
	const connection = emptyConnection('caller', 'caller', null);
	for (let s = 0; s < 10_000; s++) {
		if (s === 5000) appendGap(connection, 1000 * s - 500);
		appendPoll(connection, [stream(s)], { atMs: 1000 * s, epochOffsetMs: null });
	}
	const column = connection.tracks[0]!.columns.find(({ field }) => field === 'bytesReceived')!;
	expect(column.tMs.length).toBeLessThan(COLUMN_AT_MOST);
	expect(column.v.at(-1)).toBe(9_999_000);
	expect(column.v.filter((value) => value === null)).toHaveLength(1);
	const { series } = metricSeries(connection).find(({ metric }) => metric.id === 'bitrate-in')!;
	expect(new Set(series.v.map((value) => (value === null ? null : Math.round(value))))).toEqual(new Set([8000, null]));
	const { recording, keptEvery } = reportable(recordingWith(connection), 2000);
	expect(keptEvery).toBeGreaterThan(1);
	const kept = recording.connections[0]!.tracks[0]!.columns;
	expect(kept.reduce((n, { tMs }) => n + tMs.length, 0)).toBeLessThan(2100);
	// The original is left alone: it may go on growing.
	expect(column.tMs.length).toBeGreaterThan(2000);
});

test('rows of the table have unique ids and fields', () => {
	expect(new Set(METRICS.map(({ id }) => id)).size).toBe(METRICS.length);
	for (const { id, fields } of METRICS) {
		expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
		expect(fields.length).toBeGreaterThan(0);
	}
});

const pair = (id: string, more: Partial<PlainStats> = {}): PlainStats => ({
	id,
	type: 'candidate-pair',
	state: 'succeeded',
	nominated: true,
	localCandidateId: 'l',
	remoteCandidateId: 'r',
	bytesSent: 0,
	...more
});

test.each<[string, (s: number) => PlainStats[], string[]]>([
	[
		'the transport names it',
		(s) => [pair('a'), pair('b'), { id: 't', type: 'transport', selectedCandidatePairId: s < 2 ? 'a' : 'b' }],
		['a', 'b']
	],
	['the pair says so', (s) => [pair('a', { selected: s < 2 }), pair('b', { selected: s >= 2 })], ['a', 'b']],
	['it carries the most', (s) => [pair('a', { bytesSent: 10 * s }), pair('b', { bytesSent: 90 * s })], ['b']],
	['nothing succeeded', () => [pair('a', { state: 'failed' }), pair('b', { nominated: false })], []]
])('the selected pair: %s', (_, stats, selected) => {
	const connection = recorded(4, stats);
	expect(selectedPairs(connection).map(({ value }) => value)).toEqual(selected);
	expect(
		pairsOf(connection)
			.filter((one) => one.selected.length > 0)
			.map(({ id }) => id)
	).toEqual(selected);
});

test('states of a pair and what holds a picture back are spans', () => {
	const connection = recorded(4, (s) => [
		pair('a', { state: s < 2 ? 'in-progress' : 'succeeded' }),
		{ id: 'out', type: 'outbound-rtp', kind: 'video', qualityLimitationReason: s === 1 ? 'cpu' : 'none', packetsSent: s }
	]);
	expect(bandsOf(connection).map(({ band, spans }) => [band.id, spans.map(({ fromMs, value }) => `${fromMs} ${value}`)])).toEqual(
		[
			['quality-limitation', ['0 none', '1000 cpu', '2000 none']],
			['pair-state', ['0 in-progress', '2000 succeeded']]
		]
	);
	expect(streamsOf(connection)).toMatchObject([{ id: 'out', direction: 'out', kind: 'video' }]);
});
