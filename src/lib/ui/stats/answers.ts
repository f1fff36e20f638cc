/** Answers to the page's questions about a recording: made in the worker, small enough to be handed over at once. */
import { candidatesOf, column, pairsOf, selectedPairs, spansOf, timesOf } from '../../core/recording/connection';
import { ladderOf } from '../../core/recording/handshake';
import { isKeptField } from '../../core/recording/kept-fields';
import { statesOf } from '../../core/call/overview';
import type { RecordedConnection, Recording } from '../../core/recording/recording';
import { envelope } from '../../core/recording/thinning';
import { figuresOf } from '../../core/call/two-recordings';
import { citeOf } from '../../core/report/rule-cites-table';
import { endsOf } from '../../core/verdict/call/recorded-ends';
import { judgeDump } from '../../core/report/imported';
import type { Conclusions } from '../../core/verdict/conclusion';
import type { ChartEvent } from '../charts/chart-data';
import type { Band } from '../charts/chart-data';
import type { Lane } from '../charts/lanes';
import { chartsOf, limitRows, trafficOfPairs } from '../charts/recording-charts';
import { toWire } from './wire-series';
import type { Compact, ConnectionDetails, FileOverview, RawField, SearchHit, TrackEntry } from './protocol';

/** A picture is some thousand pixels wide: more points than this are seen by nobody, and cost time to hand over. */
const MOST_POINTS = 4000;
const MOST_HITS = 200;
const MOST_STEPS = 3000;
const MOST_MARKS = 300;

export function fileOverview(recording: Recording, name: string, conclusions: Conclusions = judgeDump(recording)): FileOverview {
	const { formatName, clock, media, notes } = recording;
	const cites = Object.fromEntries(conclusions.findings.map((finding) => [finding.rule, citeOf(finding.rule)]));
	return { name, formatName, clock, conclusions, cites, ends: endsOf(conclusions), media, notes };
}

export function connectionDetails(recording: Recording, id: string): ConnectionDetails | null {
	const connection = recording.connections.find((each) => each.id === id);
	if (!connection) return null;
	const pairs = pairsOf(connection);
	const candidates = candidatesOf(connection);
	const { label, url, configuration, startMs, endMs } = connection;
	const ladder = ladderOf({ peers: [{ id, label: 'this end' }], events: relative(connection) });
	return {
		id,
		label,
		url,
		configuration,
		startMs,
		endMs,
		states: stateLanes(connection),
		charts: chartsOf(recording, [connection]).map((chart) => ({
			...chart,
			series: chart.series.map((line) => ({ ...line, series: toWire(envelope(line.series, MOST_POINTS)) }))
		})),
		limits: limitRows(recording, [connection]),
		heat: new Map([...trafficOfPairs(connection)].map(([key, series]) => [key, toWire(envelope(series, MOST_POINTS))])),
		pairs,
		candidates,
		ladder: { ...ladder, steps: ladder.steps.slice(0, MOST_STEPS) },
		marks: marksOf(recording, connection),
		tracks: trackEntries(connection)
	};
}

/** The ladder counts from the beginning of the connection. */
function relative(connection: RecordedConnection) {
	const start = connection.startMs ?? 0;
	return connection.events.map((event) => ({ ...event, atMs: event.atMs === null ? null : event.atMs - start }));
}

const TIMELINES = [
	['connection-state', 'Connection'],
	['ice-state', 'ICE'],
	['gathering-state', 'Gathering'],
	['dtls-state', 'DTLS'],
	['signaling-state', 'Signaling']
] as const;

function stateLanes(connection: RecordedConnection): Lane[] {
	const endMs = connection.endMs ?? 0;
	return TIMELINES.flatMap(([call, label]) => {
		const events = connection.events.filter((event) => event.call === call && event.state !== undefined && event.atMs !== null);
		const bands: Band[] = events.map((event, index) => ({
			fromMs: event.atMs!,
			toMs: events[index + 1]?.atMs ?? endMs,
			state: event.state!
		}));
		if (bands.length === 0 && call === 'dtls-state') {
			const transport = connection.tracks.find(({ type }) => type === 'transport');
			const found = transport ? spansOf(column(transport, 'dtlsState'), timesOf(transport).lastMs) : [];
			bands.push(...found.map(({ fromMs, toMs, value }) => ({ fromMs, toMs, state: value })));
		}
		return bands.length === 0 ? [] : [{ id: call, label, bands }];
	});
}

function marksOf({ notes }: Recording, connection: RecordedConnection): ChartEvent[] {
	const marks: ChartEvent[] = [];
	// Every object that the recorder looked at meets it once; for the reader it is one moment.
	const jumped = notes.find(({ rule, atMs }) => rule === 'clock-jumped' && atMs !== undefined);
	if (jumped) marks.push({ atMs: jumped.atMs!, label: 'the clock was set', kind: 'problem' });
	for (const { atMs, state } of statesOf(connection)) {
		if (atMs === null) continue;
		const bad = state === 'failed' || state === 'disconnected';
		marks.push({ atMs, label: `state: ${state}`, kind: bad ? 'problem' : 'state' });
	}
	for (const event of connection.events) {
		if (event.atMs === null || event.phase !== 'called' || !event.description) continue;
		const side = event.call === 'set-local' ? 'local' : event.call === 'set-remote' ? 'remote' : null;
		if (side) marks.push({ atMs: event.atMs, label: `${side} ${event.description.type} set`, kind: 'action' });
	}
	const spans = selectedPairs(connection);
	spans.slice(1).forEach(({ fromMs, value }, index) => {
		if (value !== spans[index]!.value) marks.push({ atMs: fromMs, label: 'another path', kind: 'state' });
	});
	return marks.sort((a, b) => a.atMs - b.atMs).slice(0, MOST_MARKS);
}

function trackEntries(connection: RecordedConnection): TrackEntry[] {
	return connection.tracks.map(({ id, type, columns }) => {
		const kind = columns.find(({ field }) => field === 'kind')?.v.at(-1);
		const ssrc = columns.find(({ field }) => field === 'ssrc')?.v.at(-1);
		const words = [
			type || 'object',
			typeof kind === 'string' ? kind : null,
			ssrc ? `SSRC ${String(ssrc)}` : null,
			id.length > 60 ? `${id.slice(0, 60)}…` : id
		];
		return { id, type, label: words.filter((word) => word !== null).join(' · '), fields: columns.length };
	});
}

export function rawFields(recording: Recording, connectionId: string, trackId: string, atMs: number | null): RawField[] {
	const track = recording.connections.find(({ id }) => id === connectionId)?.tracks.find(({ id }) => id === trackId);
	return (track?.columns ?? []).map(({ field, tMs, v, alignment }) => {
		let at = tMs.length - 1;
		if (atMs !== null) while (at > 0 && tMs[at]! > atMs) at--;
		return { field, value: v[at] ?? null, atMs: tMs[at] ?? null, samples: v.length, approximate: alignment === 'approximate' };
	});
}

/** Events, descriptions, fields and notes that hold the text. */
export function search(recording: Recording, wanted: string): SearchHit[] {
	const text = wanted.trim().toLowerCase();
	const hits: SearchHit[] = [];
	if (text.length < 2) return hits;
	const number = /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
	const excerpt = (whole: string) => {
		const at = whole.toLowerCase().indexOf(text);
		const from = Math.max(0, at - 40);
		return `${from > 0 ? '…' : ''}${whole.slice(from, at + text.length + 80).replace(/\s+/g, ' ')}`;
	};
	const add = (hit: Omit<SearchHit, 'text'>, whole: string) => {
		if (hits.length < MOST_HITS && whole.toLowerCase().includes(text)) hits.push({ ...hit, text: excerpt(whole) });
	};
	for (const { text: note, where } of recording.notes)
		add({ connection: null, atMs: null, what: 'note', track: null }, `${note} ${where}`);
	for (const { method, audio, video, detail, atMs } of recording.media)
		add({ connection: null, atMs, what: method, track: null }, [audio, video, detail].filter((part) => part !== null).join(' '));
	for (const connection of recording.connections) {
		const base = { connection: connection.id, track: null };
		add({ ...base, atMs: null, what: 'configuration' }, `${connection.url ?? ''} ${connection.configuration ?? ''}`);
		for (const { call, phase, atMs, description, candidate, state, error, name, detail } of connection.events) {
			const whole = [name ?? call, phase, state, error, candidate, detail, description?.type, description?.sdp]
				.filter((part) => part !== undefined && part !== '')
				.join(' ');
			add({ ...base, atMs, what: call === 'other' ? (name ?? 'event') : call }, whole);
			if (hits.length >= MOST_HITS) return hits;
		}
		for (const { id, type, columns } of connection.tracks) {
			add({ ...base, atMs: null, what: type || 'object', track: id }, `${type} ${id}`);
			for (const { field, tMs, v } of columns) {
				// A column has one text for many samples: the first that matches is the one to show.
				// Numbers are found whole: an SSRC, a port.
				const at = v.findIndex((value) =>
					typeof value === 'string' ? value.toLowerCase().includes(text) : typeof value === 'number' && number === value
				);
				if (at >= 0) add({ ...base, atMs: tMs[at]!, what: `${type} ${field}`, track: id }, String(v[at]));
				else add({ ...base, atMs: null, what: type, track: id }, field);
			}
			if (hits.length >= MOST_HITS) return hits;
		}
	}
	return hits;
}

/** What one sent is held against what the other received, over the time that both recorded. */
const COUNTED = new Set(['packetsSent', 'packetsReceived', 'packetsLost']);

/** What another file is compared with: identity and the last values, and the charts' fields thinned. */
export function compact(recording: Recording): Compact {
	const connections = recording.connections.map((connection) => ({
		...connection,
		events: connection.events.filter(({ call }) => call.endsWith('-state')),
		tracks: connection.tracks
			.filter(({ type }) => /rtp$|candidate|transport/.test(type))
			.map((track) => ({
				...track,
				columns: track.columns.flatMap((each) => {
					if (!isKeptField(track.type, each.field)) return [];
					if (COUNTED.has(each.field)) return [each];
					const last = each.v.length - 1;
					return [
						{
							...each,
							tMs: last > 0 ? [each.tMs[0]!, each.tMs[last]!] : each.tMs,
							v: last > 0 ? [each.v[0]!, each.v[last]!] : each.v
						}
					];
				})
			}))
	}));
	return {
		recording: { ...recording, media: [], connections },
		figures: Object.fromEntries(recording.connections.map((each) => [each.id, figuresOf(each)]))
	};
}
