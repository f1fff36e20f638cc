/** The figures of one connection: of each stream that it sent or received, and of each path that it took. */
import { gaugeOf } from '../recording/counters';
import { column, lastOf, number, pairsOf, streamsOf, tracksOf, type PairView, type StreamView } from '../recording/connection';
import { metricById } from '../recording/metrics-table';
import { seriesOf } from '../recording/metric-series';
import type { RecordedConnection, StatsTrack } from '../recording/recording';
import type { Series } from '../recording/series';
import { spreadOf } from '../recording/spread';
import { OTHER_SIDE } from './call-direction';
import type { CallSummary } from './call-figure-shapes';
import { freezesOf, jitterBufferOf, lossReceived, lossReported, roundTripsWhile } from './call-summary';
import { connectTimesOf } from './connect-times';
import type { ConnectionFigures, FrameSize, Measured, PathFigures, StreamFigures } from './connection-figure-shapes';
import { mosOf } from './mos';
import { endOverviewOf } from './overview';

/** `summary`: of the connection by itself, for the network delay in a mean opinion score. */
export function connectionFigures(connection: RecordedConnection, summary: CallSummary): ConnectionFigures {
	const tracks = new Map(connection.tracks.map((track) => [track.id, track]));
	return {
		connects: connectTimesOf(connection),
		streams: streamsOf(connection).map((stream) => {
			const track = tracks.get(stream.id)!;
			return stream.direction === 'in' ? received(stream, track, connection, summary) : sent(stream, track, connection);
		}),
		paths: pairsOf(connection)
			.filter(({ selected }) => selected.length > 0)
			.map((pair) => path(pair, tracks.get(pair.id)!))
			.toSorted((a, b) => a.fromMs - b.fromMs)
	};
}

function received(stream: StreamView, track: StatsTrack, connection: RecordedConnection, summary: CallSummary): StreamFigures {
	const { packetsReceived: packets, ...loss } = lossReceived([track]);
	const reports = aboutStream(connection, 'remote-outbound-rtp', track);
	const video = stream.kind !== 'audio';
	return {
		...named(stream),
		coder: coderOf(track, 'decoderImplementation'),
		packets,
		...loss,
		lossOverTimeRatio: worstOf(series('loss-in', [track]), 'most'),
		jitterMs: worstOf(series('jitter-in', [track]), 'most'),
		rttMs: worstOf(positive(series('rtcp-round-trip-time-of-receiver', reports)), 'most'),
		bitrateBps: worstOf(series('bitrate-in', [track]), 'least'),
		framesPerSecond: video ? frameRate(track, 'frames-decoded') : null,
		frameSize: frameSize(track),
		...freezesOf(stream.kind === 'video' ? [track] : []),
		mos: stream.kind === 'audio' && (packets ?? 0) > 0 ? score(track, loss, connection, summary) : null
	};
}

function score(
	track: StatsTrack,
	loss: Pick<StreamFigures, 'lossRatio' | 'lossFrom'>,
	{ id }: RecordedConnection,
	summary: CallSummary
): number | null {
	const direction = { from: OTHER_SIDE, to: id, oneWayDelayMs: null, jitterBufferMs: jitterBufferOf([track]) };
	return mosOf(summary, { ...direction, ...loss }).mos;
}

function sent(stream: StreamView, track: StatsTrack, connection: RecordedConnection): StreamFigures {
	const reports = aboutStream(connection, 'remote-inbound-rtp', track);
	const { packetsReceived: _, ...loss } = lossReported([track], reports);
	return {
		...named(stream),
		coder: coderOf(track, 'encoderImplementation'),
		packets: number(lastOf(track, 'packetsSent')),
		...loss,
		lossOverTimeRatio: worstOf(series('loss-out', reports), 'most'),
		jitterMs: worstOf(series('jitter-out', reports), 'most'),
		rttMs: worstOf(positive(series('rtcp-round-trip-time', reports)), 'most'),
		bitrateBps: worstOf(series('bitrate-out', [track]), 'least'),
		framesPerSecond: stream.kind === 'audio' ? null : frameRate(track, 'frames-encoded'),
		frameSize: frameSize(track),
		freezes: null,
		freezeShare: null,
		mos: null
	};
}

function named({ id, direction, kind, ssrc, mid, rid, codec }: StreamView) {
	return { id, direction, kind, ssrc, mid, rid, codec };
}

/** Until the first frame, Chromium calls it `unknown`. */
function coderOf(track: StatsTrack, field: string): string | null {
	const name = lastOf(track, field);
	return typeof name === 'string' && name !== '' && name !== 'unknown' ? name : null;
}

/** What the other end reports of a stream; an SSRC belongs to one sender (RFC 3550 §8). */
function aboutStream(connection: RecordedConnection, type: string, track: StatsTrack): StatsTrack[] {
	const ssrc = lastOf(track, 'ssrc');
	return ssrc === null ? [] : tracksOf(connection, type).filter((report) => lastOf(report, 'ssrc') === ssrc);
}

function path(pair: PairView, track: StatsTrack): PathFigures {
	const { id, local, remote, selected, bytesSent, bytesReceived } = pair;
	const whileSelected = ({ tMs, v }: Series): Series => ({
		tMs,
		v: v.map((value, i) => (selected.some(({ fromMs, toMs }) => tMs[i]! >= fromMs && tMs[i]! <= toMs) ? value : null))
	});
	const of = (metric: string) => series(metric, [track]).map(whileSelected);
	return {
		id,
		local: endOverviewOf(local),
		remote: endOverviewOf(remote),
		fromMs: Math.min(...selected.map(({ fromMs }) => fromMs)),
		untilMs: Math.max(...selected.map(({ toMs }) => toMs)),
		rttMs: worstOf([roundTripsWhile(track, selected)], 'most'),
		sentBps: worstOf(of('path-bitrate-out'), 'least'),
		receivedBps: worstOf(of('path-bitrate-in'), 'least'),
		availableBps: worstOf(of('available-outgoing-bitrate'), 'least'),
		bytesSent,
		bytesReceived
	};
}

function series(metric: string, tracks: readonly StatsTrack[]): Series[] {
	return tracks.flatMap((track) => seriesOf(metricById(metric)!, track) ?? []);
}

/** A round trip of 0 is one that the browser had not measured yet. */
function positive(all: readonly Series[]): Series[] {
	return all.map(({ tMs, v }) => ({ tMs, v: v.map((value) => (value !== null && value > 0 ? value : null)) }));
}

function frameRate(track: StatsTrack, metric: string): Measured | null {
	const counted = worstOf(series(metric, [track]), 'least');
	const told = column(track, 'framesPerSecond');
	return counted ?? (told && worstOf([gaugeOf(told)], 'least'));
}

function worstOf(all: readonly Series[], worse: 'most' | 'least'): Measured | null {
	const spread = spreadOf(all.flatMap(({ v }) => v));
	if (!spread) return null;
	const worst = spread[worse];
	const times = all.flatMap(({ tMs, v }) => tMs.filter((_, i) => v[i] === worst));
	return { count: spread.count, median: spread.median, worst, worstAtMs: Math.min(...times) };
}

/** Width and height are written one beside the other; a size is known where both are. */
function frameSize(track: StatsTrack): StreamFigures['frameSize'] {
	const [width, height] = [column(track, 'frameWidth'), column(track, 'frameHeight')];
	if (!width || !height) return null;
	const heights = new Map(height.tMs.map((t, i) => [t, height.v[i]]));
	const sizes = width.tMs.flatMap((t, i): FrameSize[] => {
		const [w, h] = [width.v[i], heights.get(t)];
		return typeof w === 'number' && typeof h === 'number' && w > 0 && h > 0 ? [{ widthPx: w, heightPx: h }] : [];
	});
	const pixels = ({ widthPx, heightPx }: FrameSize) => widthPx * heightPx;
	const last = sizes.at(-1);
	if (!last) return null;
	return {
		last,
		least: sizes.reduce((a, b) => (pixels(b) < pixels(a) ? b : a)),
		most: sizes.reduce((a, b) => (pixels(b) > pixels(a) ? b : a))
	};
}
