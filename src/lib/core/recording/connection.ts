/** A recorded connection as people ask for it: its candidates, its pairs over time, its streams. Works on any recording. */
import { growthOf, stepFunction, type Samples } from './counters';
import type { Column, RawValue, RecordedConnection, StatsTrack } from './recording';

/** A word and the time it held. */
export interface Span {
	fromMs: number;
	/** The last time it was seen to hold. */
	toMs: number;
	value: string;
}

export interface CandidateView {
	id: string;
	side: 'local' | 'remote';
	/** `host`, `srflx`, `prflx`, `relay`; the source's own word where it is none of these. */
	type: string;
	protocol: string | null;
	/** Null where the browser hides it. */
	address: string | null;
	port: number | null;
	priority: number | null;
	/** The server it came from. */
	url: string | null;
	/** How a relay is reached: `udp`, `tcp`, `tls`. */
	relayProtocol: string | null;
}

export interface PairView {
	id: string;
	local: CandidateView | null;
	remote: CandidateView | null;
	/** RTCStatsIceCandidatePairState over time. */
	states: Span[];
	/** When it was nominated for the first time; null when it was not. */
	nominatedMs: number | null;
	/** The times in which media went this way. */
	selected: { fromMs: number; toMs: number }[];
	firstMs: number;
	lastMs: number;
	/** The last state. */
	state: string | null;
	bytesSent: number | null;
	bytesReceived: number | null;
	requestsSent: number | null;
	responsesReceived: number | null;
	/** The last one measured. */
	rttMs: number | null;
}

export interface StreamView {
	/** The id of its track. */
	id: string;
	direction: 'in' | 'out';
	kind: 'audio' | 'video' | 'unknown';
	ssrc: number | null;
	mid: string | null;
	rid: string | null;
	/** `video/VP8`. */
	codec: string | null;
	firstMs: number;
	lastMs: number;
}

/** What a stream carries, and which way. */
export type StreamKind = Pick<StreamView, 'kind' | 'direction' | 'rid'>;

/** Whether two streams have nothing to tell them apart but their SSRCs. */
export function isAlike(a: StreamKind, b: StreamKind): boolean {
	return a.kind === b.kind && a.direction === b.direction && a.rid === b.rid;
}

export function column(track: StatsTrack | undefined, field: string): Column | null {
	return track?.columns.find((one) => one.field === field) ?? null;
}

/** The last value that is one. */
export function lastOf(track: StatsTrack | undefined, field: string): RawValue {
	const values = column(track, field)?.v;
	if (!values) return null;
	for (let i = values.length - 1; i >= 0; i--) if (values[i] !== null) return values[i]!;
	return null;
}

export function tracksOf(connection: RecordedConnection, type: string): StatsTrack[] {
	return connection.tracks.filter((track) => track.type === type);
}

export function candidatesOf(connection: RecordedConnection): CandidateView[] {
	return connection.tracks
		.filter(({ type }) => type === 'local-candidate' || type === 'remote-candidate')
		.map((track) => ({
			id: track.id,
			side: track.type === 'local-candidate' ? ('local' as const) : ('remote' as const),
			type: text(lastOf(track, 'candidateType')) ?? 'unknown',
			protocol: text(lastOf(track, 'protocol')),
			address: text(lastOf(track, 'address')),
			port: number(lastOf(track, 'port')),
			priority: number(lastOf(track, 'priority')),
			url: text(lastOf(track, 'url')),
			relayProtocol: text(lastOf(track, 'relayProtocol'))
		}));
}

/** In the order in which they were first seen. */
export function pairsOf(connection: RecordedConnection): PairView[] {
	const candidates = new Map(candidatesOf(connection).map((candidate) => [candidate.id, candidate]));
	const tracks = tracksOf(connection, 'candidate-pair');
	const selection = selectionOf(connection, tracks);
	return tracks.map((track) => {
		const { firstMs, lastMs } = timesOf(track);
		const states = spansOf(column(track, 'state'), lastMs);
		const nominated = column(track, 'nominated');
		const first = nominated?.v.findIndex((value) => value === true) ?? -1;
		const rtt = number(lastOf(track, 'currentRoundTripTime'));
		return {
			id: track.id,
			local: candidates.get(String(lastOf(track, 'localCandidateId'))) ?? null,
			remote: candidates.get(String(lastOf(track, 'remoteCandidateId'))) ?? null,
			states,
			nominatedMs: first < 0 ? null : nominated!.tMs[first]!,
			selected: selection.filter(({ value }) => value === track.id).map(({ fromMs, toMs }) => ({ fromMs, toMs })),
			firstMs,
			lastMs,
			state: states.at(-1)?.value ?? null,
			bytesSent: number(lastOf(track, 'bytesSent')),
			bytesReceived: number(lastOf(track, 'bytesReceived')),
			requestsSent: number(lastOf(track, 'requestsSent')),
			responsesReceived: number(lastOf(track, 'responsesReceived')),
			rttMs: rtt === null ? null : rtt * 1000
		};
	});
}

/** The pair that media went over, over time: `value` is its id. Several transports (no bundling) give spans that overlap. */
export function selectedPairs(connection: RecordedConnection): Span[] {
	return selectionOf(connection, tracksOf(connection, 'candidate-pair'));
}

/**
 * In this order: the transport names it; the pair says so itself (Firefox before 153); nominated, succeeded and carrying the
 * most. The last works on what old and foreign dumps have.
 */
function selectionOf(connection: RecordedConnection, pairs: StatsTrack[]): Span[] {
	const named = tracksOf(connection, 'transport').flatMap((track) => {
		const ids = column(track, 'selectedCandidatePairId');
		return ids ? spansOf(ids, connection.endMs ?? timesOf(track).lastMs) : [];
	});
	if (named.some(({ value }) => value !== '')) return named.filter(({ value }) => value !== '');
	const told = pairs.flatMap((track) => {
		const flags = column(track, 'selected');
		if (!flags) return [];
		return spansOf(flags, timesOf(track).lastMs)
			.filter(({ value }) => value === 'true')
			.map((span) => ({ ...span, value: track.id }));
	});
	if (told.length > 0) return told.sort((a, b) => a.fromMs - b.fromMs);
	const best = pairs
		.filter((track) => lastOf(track, 'nominated') === true && lastOf(track, 'state') === 'succeeded')
		.map((track) => ({ track, bytes: carried(track) }))
		.sort((a, b) => b.bytes - a.bytes)[0];
	if (!best) return [];
	const { firstMs, lastMs } = timesOf(best.track);
	const flags = column(best.track, 'nominated')!;
	const from = flags.tMs[flags.v.indexOf(true)] ?? firstMs;
	return [{ fromMs: from, toMs: lastMs, value: best.track.id }];
}

function carried(track: StatsTrack): number {
	return (number(lastOf(track, 'bytesSent')) ?? 0) + (number(lastOf(track, 'bytesReceived')) ?? 0);
}

export function streamsOf(connection: RecordedConnection): StreamView[] {
	const codecs = new Map(tracksOf(connection, 'codec').map((track) => [track.id, text(lastOf(track, 'mimeType'))]));
	return connection.tracks
		.filter(({ type }) => type === 'inbound-rtp' || type === 'outbound-rtp')
		.map((track) => {
			const kind = kindOf(track);
			const direction = track.type === 'inbound-rtp' ? ('in' as const) : ('out' as const);
			const rid = text(lastOf(track, 'rid'));
			const { firstMs, lastMs } = timesOf(track);
			return {
				id: track.id,
				direction,
				kind,
				ssrc: number(lastOf(track, 'ssrc')),
				mid: text(lastOf(track, 'mid')),
				rid,
				codec: codecs.get(String(lastOf(track, 'codecId'))) ?? null,
				firstMs,
				lastMs
			};
		});
}

export function kindOf(track: StatsTrack): 'audio' | 'video' | 'unknown' {
	const kind = lastOf(track, 'kind');
	return kind === 'audio' || kind === 'video' ? kind : 'unknown';
}

/** First and last time of any column; 0 and 0 for a track without samples. */
export function timesOf(track: StatsTrack): { firstMs: number; lastMs: number } {
	let [firstMs, lastMs] = [Infinity, -Infinity];
	for (const { tMs } of track.columns) {
		if (tMs.length === 0) continue;
		firstMs = Math.min(firstMs, tMs[0]!);
		lastMs = Math.max(lastMs, tMs.at(-1)!);
	}
	return firstMs === Infinity ? { firstMs: 0, lastMs: 0 } : { firstMs, lastMs };
}

/** Equal values in a row as one span; a null ends one. A span reaches until the next begins, for values are stored when they change. */
export function spansOf(samples: Samples | null, endMs: number): Span[] {
	const spans: Span[] = [];
	let open: Span | null = null;
	samples?.tMs.forEach((t, i) => {
		const raw = samples.v[i];
		const value = raw === null || raw === undefined ? null : String(raw);
		if (open) open.toMs = t;
		if (value === null) open = null;
		else if (open?.value !== value) spans.push((open = { fromMs: t, toMs: t, value }));
	});
	if (open) (open as Span).toMs = Math.max((open as Span).toMs, endMs);
	return spans;
}

/** How much a counter of a track grew, resets included; null where there is none. */
export function growth(track: StatsTrack | undefined, field: string, fromMs = -Infinity): number | null {
	const found = column(track, field);
	return found ? growthOf(found, fromMs) : null;
}

/** The value of a field at a time, by the last sample before. */
export function valueAt(track: StatsTrack | undefined, field: string, tMs: number): RawValue {
	const found = column(track, field);
	return found ? stepFunction(found)(tMs) : null;
}

export function text(value: RawValue | undefined): string | null {
	return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null;
}

export function number(value: RawValue | undefined): number | null {
	if (typeof value === 'number') return Number.isFinite(value) ? value : null;
	if (typeof value !== 'string' || value.trim() === '') return null;
	const parsed = Number(value);
	return Number.isFinite(parsed) ? parsed : null;
}
