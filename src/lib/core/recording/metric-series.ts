/** Every row of the metric table for every object of a connection that has its fields. */
import { changesOf, gaugeOf, GAP_STEPS, GAP_STEPS_RTCP, quotientOf, rateOf } from './counters';
import {
	column,
	kindOf,
	lastOf,
	pairsOf,
	spansOf,
	streamsOf,
	timesOf,
	type CandidateView,
	type PairView,
	type Span,
	type StreamKind,
	type StreamView
} from './connection';
import { BANDS, METRICS } from './metrics-table';
import type { BandField, Metric, MetricScope } from './metric';
import type { Alignment, RecordedConnection, StatsTrack } from './recording';
import type { Series } from './series';

export interface Subject {
	kind: MetricScope;
	/** Id of the track. */
	id: string;
	/** What it is, for which a language has a name. */
	named: SubjectName;
	media: 'audio' | 'video' | null;
}

type Ends = Pick<PairView, 'local' | 'remote'>;

export type SubjectName =
	| ({ is: 'stream' } & StreamKind)
	/** A stream as the other end reports it by RTCP. */
	| { is: 'reported-stream'; kind: StreamView['kind']; reportedBy: 'receiver' | 'sender' }
	| ({ is: 'pair' } & Ends)
	| { is: 'data-channel'; label: string }
	/** Messages of the call itself; `from` is the connection that sent them. */
	| { is: 'one-way'; from: string | null }
	| { is: 'picture' }
	| { is: 'other'; id: string };

export interface MetricSeries {
	metric: Metric;
	subject: Subject;
	series: Series;
	/** `approximate` where one of its columns is. */
	alignment: Alignment;
}

export interface MetricBands {
	band: BandField;
	subject: Subject;
	spans: Span[];
}

/**
 * Series with no value at all are left out. In the order of the table, then of the tracks. `only`: ids of the metrics wanted; a live
 * chart need not have all of them made anew at every look.
 */
export function metricSeries(connection: RecordedConnection, only: ReadonlySet<string> | null = null): MetricSeries[] {
	const subjects = subjectsOf(connection);
	const found: MetricSeries[] = [];
	for (const metric of METRICS) {
		if (only && !only.has(metric.id)) continue;
		for (const track of connection.tracks) {
			if (track.type !== metric.scope) continue;
			const subject = subjects.get(track.id)!;
			if (metric.media !== null && subject.media !== null && metric.media !== subject.media) continue;
			const series = seriesOf(metric, track);
			if (!series || series.v.every((value) => value === null)) continue;
			const approximate = metric.fields.some((field) => column(track, field)?.alignment === 'approximate');
			found.push({ metric, subject, series, alignment: approximate ? 'approximate' : 'exact' });
		}
	}
	return found;
}

/** One row of the table for one object; null where a field is missing. */
export function seriesOf(metric: Metric, track: StatsTrack): Series | null {
	const columns = metric.fields.map((field) => column(track, field));
	if (columns.some((one) => one === null)) return null;
	const gapSteps = metric.scope.startsWith('remote-') ? GAP_STEPS_RTCP : GAP_STEPS;
	const first = columns[0]!;
	if (metric.kind === 'gauge' || metric.kind === 'total') return gaugeOf(first, metric.scale, gapSteps);
	const changes = columns.map((one, i) =>
		// Only what may fall by itself is let fall; the others of a quotient are plain counters.
		changesOf(one!, { identity: column(track, 'ssrc'), gapSteps, mayFall: metric.mayFall && (i === 0 || one === first) })
	);
	if (metric.kind === 'counter-rate') return rateOf(changes[0]!, metric.scale);
	if (metric.kind === 'duration') return clamp(rateOf(changes[0]!, metric.scale), metric.scale);
	const quotient = quotientOf(changes[0]!, changes.slice(1), metric.scale);
	return metric.kind === 'ratio' ? clamp(quotient, metric.scale) : quotient;
}

export function bandsOf(connection: RecordedConnection): MetricBands[] {
	const subjects = subjectsOf(connection);
	return BANDS.flatMap((band) =>
		connection.tracks.flatMap((track) => {
			const words = track.type === band.scope ? column(track, band.field) : null;
			const spans = spansOf(words, timesOf(track).lastMs);
			return spans.length > 0 ? [{ band, subject: subjects.get(track.id)!, spans }] : [];
		})
	);
}

/** A share stays one: a late packet makes a loss negative, a freeze is counted when it ends. */
function clamp(series: Series, most: number): Series {
	return { tMs: series.tMs, v: series.v.map((value) => (value === null ? null : Math.min(most, Math.max(0, value)))) };
}

function subjectsOf(connection: RecordedConnection): Map<string, Subject> {
	const streams = new Map(streamsOf(connection).map((stream) => [stream.id, stream]));
	const pairs = new Map(pairsOf(connection).map((pair) => [pair.id, pair]));
	return new Map(
		connection.tracks.map((track) => {
			const kind = kindOf(track);
			const named = nameOf(track, kind, streams.get(track.id), pairs.get(track.id));
			const media = kind === 'unknown' ? null : kind;
			return [track.id, { kind: track.type as MetricScope, id: track.id, named, media }];
		})
	);
}

function nameOf(track: StatsTrack, kind: StreamView['kind'], stream?: StreamView, pair?: PairView): SubjectName {
	if (stream) return { is: 'stream', kind, direction: stream.direction, rid: stream.rid };
	if (pair) return { is: 'pair', local: pair.local, remote: pair.remote };
	switch (track.type) {
		case 'remote-inbound-rtp':
			return { is: 'reported-stream', kind, reportedBy: 'receiver' };
		case 'remote-outbound-rtp':
			return { is: 'reported-stream', kind, reportedBy: 'sender' };
		case 'data-channel':
			return { is: 'data-channel', label: String(lastOf(track, 'label') ?? '') };
		case 'one-way': {
			const from = lastOf(track, 'from');
			return { is: 'one-way', from: from === null ? null : String(from) };
		}
		case 'picture':
			return { is: 'picture' };
		default:
			return { is: 'other', id: track.id };
	}
}

/** What a candidate is, without where. */
export type EndKind = Pick<CandidateView, 'type' | 'protocol' | 'relayProtocol'>;
