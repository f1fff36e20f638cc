/** What rules ask a connection, computed once each; and the spans of time in which a series is over a limit. */
import { readDescription, type Description } from '../../sdp/text/description';
import type { HandshakeEvent } from '../../recording/handshake';
import {
	candidatesOf,
	pairsOf,
	selectedPairs,
	streamsOf,
	type CandidateView,
	type PairView,
	type Span,
	type StreamView
} from '../../recording/connection';
import { metricSeries, type MetricSeries } from '../../recording/metric-series';
import { dtlsConnectedMs, statesOf } from '../outcome';
import { overviewOf } from '../overview';
import type { ConnectionOverview } from '../call-figure-shapes';
import { recordedConfiguration, type RecordedConfiguration } from './recorded-configuration';
import type { RecordedConnection, Recording } from '../../recording/recording';
import type { Series } from '../../recording/series';

export interface ConnectionView {
	recording: Recording;
	connection: RecordedConnection;
	overview: ConnectionOverview;
	candidates: CandidateView[];
	pairs: PairView[];
	selection: Span[];
	streams: StreamView[];
	states: { atMs: number | null; state: string }[];
	/** Whether the recording says anything about the procedure. */
	hasLog: boolean;
	/** Whether the exchange of descriptions ended: an answer was set, or signalling was stable after an offer. */
	answered: boolean;
	/** Connected at some time, by its log or by a pair that carried media. */
	connected: boolean;
	/** First time of a connected state; null where no log says. */
	connectedMs: number | null;
	/** The first MOST_DESCRIPTIONS; `refused`: setting it failed. */
	descriptions: { event: HandshakeEvent; sdp: Description; refused: boolean }[];
	/** Null where the recording has none. */
	configuration: RecordedConfiguration | null;
	metrics(id: string): MetricSeries[];
	events(...calls: HandshakeEvent['call'][]): HandshakeEvent[];
	/** A time of the recording, from the beginning of this connection on. */
	sinceStart(tMs: number): number;
	sinceStart(tMs: number | null): number | null;
}

/** Beyond this many descriptions the rest is not looked at again: they repeat themselves. */
const MOST_DESCRIPTIONS = 40;

export function viewOf(recording: Recording, connection: RecordedConnection): ConnectionView {
	const overview = overviewOf(connection);
	const states = statesOf(connection);
	const up = states.find(({ state }) => state === 'connected' || state === 'completed');
	let series: Map<string, MetricSeries[]> | null = null;
	const set = connection.events.filter(
		({ call, phase }) => (call === 'set-local' || call === 'set-remote') && phase === 'called'
	);
	const startMs = connection.startMs ?? 0;
	function sinceStart(tMs: number): number;
	function sinceStart(tMs: number | null): number | null;
	function sinceStart(tMs: number | null): number | null {
		return tMs === null ? null : tMs - startMs;
	}
	return {
		recording,
		connection,
		overview,
		candidates: candidatesOf(connection),
		pairs: pairsOf(connection),
		selection: selectedPairs(connection),
		streams: streamsOf(connection),
		states,
		hasLog: set.length > 0 || states.length > 0,
		answered: isAnswered(connection.events),
		connected: overview.outcome === 'connected' || overview.outcome === 'lost' || overview.outcome === 'closed',
		connectedMs: up?.atMs ?? dtlsConnectedMs(connection),
		descriptions: setDescriptions(connection.events)
			.filter(({ event: { description } }) => description && description.sdp !== '')
			.slice(0, MOST_DESCRIPTIONS)
			.map(({ event, refused }) => ({
				event,
				sdp: readDescription(event.description!.sdp, event.description!.type === 'offer' ? 'offer' : 'answer'),
				refused
			})),
		configuration: recordedConfiguration(connection.configuration),
		metrics(id) {
			if (!series) {
				series = new Map();
				for (const each of metricSeries(connection)) series.set(each.metric.id, [...(series.get(each.metric.id) ?? []), each]);
			}
			return series.get(id) ?? [];
		},
		events: (...calls) => connection.events.filter(({ call }) => calls.includes(call)),
		sinceStart
	};
}

function isAnswered(events: readonly HandshakeEvent[]): boolean {
	// A rollback makes it stable as well (RFC 9429 §4.1.10.2).
	const rolledBack = events.some(({ description }) => description?.type === 'rollback');
	const offered = events.findIndex(({ call, description }) => /^set-/.test(call) && description?.type === 'offer');
	return events.some(
		({ call, state, description }, index) =>
			(/^set-/.test(call) && (description?.type === 'answer' || description?.type === 'pranswer')) ||
			(call === 'signaling-state' && state === 'stable' && index > offered && !rolledBack)
	);
}

/** `setLocalDescription()` without an argument makes its own: what it made stands with the end of the call alone. */
function setDescriptions(events: readonly HandshakeEvent[]): { event: HandshakeEvent; refused: boolean }[] {
	return events.flatMap((event, index) => {
		const { call, phase, description } = event;
		if (phase !== 'called' || (call !== 'set-local' && call !== 'set-remote')) return [];
		const end = events.slice(index).find((later) => later.call === call && (later.phase === 'done' || later.phase === 'failed'));
		const refused = end?.phase === 'failed';
		const made = description ? null : end?.description;
		return [{ event: made ? { ...event, description: made } : event, refused }];
	});
}

export interface Stretch {
	fromMs: number;
	toMs: number;
	/** Of its samples that are over the limit. */
	most: number;
	mean: number;
	count: number;
}

/**
 * Times in which a series is over a limit. Null is no sample and NaN is none either: neither begins nor prolongs a stretch.
 * Stretches with less than `pauseMs` between them are one. A stretch begins where the interval of its first sample begins.
 */
export function stretchesOver(series: Series, over: number, least: number, pauseMs = 0): Stretch[] {
	const stretches: (Stretch & { sum: number })[] = [];
	series.tMs.forEach((t, index) => {
		const value = series.v[index];
		if (value === null || value === undefined || !(value > over)) return;
		const before = series.tMs[index - 1];
		const from = before !== undefined && t - before < MOST_INTERVAL_MS ? before : t;
		const last = stretches[stretches.length - 1];
		if (last && (from <= last.toMs || t - last.toMs <= pauseMs)) {
			last.toMs = t;
			last.most = Math.max(last.most, value);
			last.sum += value;
			last.count++;
		} else stretches.push({ fromMs: from, toMs: t, most: value, mean: value, sum: value, count: 1 });
	});
	return stretches.filter(({ count }) => count >= least).map(({ sum, ...rest }) => ({ ...rest, mean: sum / rest.count }));
}

/** The two ends of a stretch, from the beginning of the connection on. */
export function during(
	view: ConnectionView,
	{ fromMs, toMs }: Pick<Stretch, 'fromMs' | 'toMs'>
): { fromMs: number; toMs: number } {
	return { fromMs: view.sinceStart(fromMs), toMs: view.sinceStart(toMs) };
}

/** A value says something of the interval before it; over a longer one it is better placed at its end. */
const MOST_INTERVAL_MS = 15_000;

/** The stretch that matters most: the longest times the worst. */
export function worst(stretches: readonly Stretch[]): Stretch | null {
	let best: Stretch | null = null;
	for (const each of stretches) if (!best || each.mean * each.count > best.mean * best.count) best = each;
	return best;
}
