/** Which charts a recording gives, and what their lines are called. Works on a call, a saved call and any dump. */
import { kindOf, lastOf, selectedPairs, streamsOf } from '../../recording/connection';
import { bandsOf, seriesOf } from '../../recording/metric-series';
import type { Metric } from '../../recording/metric';
import { metricById } from '../../recording/metrics-table';
import type { RecordedConnection, Recording, StatsTrack } from '../../recording/recording';
import type { Series } from '../../recording/series';
import { CHART_WORDS } from '../../messages/en/chart-words';
import type { ChartWords } from '../../messages/language';
import type { ChartSeries } from './chart-data';
import { CHARTS, type ChartDefinition } from './charts-table';
import { lineColors } from './line-colors';

/** How a series is made; a live call keeps what it made before. */
export type SeriesMaker = (metric: Metric, track: StatsTrack) => Series | null;

export interface ChartSpec {
	id: string;
	title: string;
	series: ChartSeries[];
}

/** With what it shares its colour with: the dashes tell the directions apart. */
type PaintedSeries = ChartSeries & { group: string };

export interface BandRow {
	id: string;
	label: string;
	spans: { fromMs: number; toMs: number; value: string }[];
}

/** The charts that there is anything for, in the order of the table. */
export function chartsOf(
	recording: Recording,
	connections: readonly RecordedConnection[] = recording.connections,
	make: SeriesMaker = seriesOf,
	words: ChartWords = CHART_WORDS
): ChartSpec[] {
	const name = namesOf(recording, connections, words);
	return CHARTS.flatMap((chart) => {
		const series = chart.metrics.flatMap((id) => {
			const lines = linesOf(metricById(id)!, chart, connections, name, make, words);
			// Outbound before inbound.
			return [...lines.filter(({ dashed }) => !dashed), ...lines.filter(({ dashed }) => dashed)];
		});
		if (series.length === 0) return [];
		return [{ id: chart.id, title: words.titles[chart.id], series: paint(series) }];
	});
}

/** `of`: which end or connection it belongs to, whatever its direction. */
type Names = (connection: RecordedConnection, direction: Metric['direction']) => { prefix: string; of: string; dashed: boolean };

/**
 * A call of this page has both ends, so that a stream is outbound or inbound as the caller sees it, whichever end counted it. Otherwise the
 * connection's own name tells it from the others.
 */
function namesOf(recording: Recording, connections: readonly RecordedConnection[], words: ChartWords): Names {
	const nameOf = ({ id, label }: RecordedConnection) => words.connection({ id, label });
	if (recording.format === 'call') {
		return (connection, direction) => {
			if (direction === 'path') return { prefix: nameOf(connection), of: '', dashed: connection.id === 'callee' };
			const outbound = (connection.id === 'callee') === (direction === 'in');
			return { prefix: words.directions[outbound ? 'outbound' : 'inbound'], of: '', dashed: !outbound };
		};
	}
	const alone = connections.length === 1;
	const { received, sent } = words.directions;
	return (connection, direction) => {
		const of = alone ? '' : nameOf(connection);
		return {
			prefix: join(of, direction === 'in' ? received : direction === 'out' ? sent : ''),
			of,
			dashed: direction === 'out'
		};
	};
}

function linesOf(
	metric: Metric,
	chart: ChartDefinition,
	connections: readonly RecordedConnection[],
	name: Names,
	make: SeriesMaker,
	words: ChartWords
): PaintedSeries[] {
	return connections.flatMap((connection) => {
		const { prefix, of, dashed } = name(connection, metric.direction);
		const line = (key: string, label: string, group: string, series: Series, approximate: boolean): PaintedSeries[] =>
			series.v.some((value) => value !== null)
				? [{ id: `${connection.id} ${metric.id} ${key}`, label, group, unit: metric.unit, color: 1, series, dashed, approximate }]
				: [];
		const what = chart.metrics.length > 1 ? (words.metrics[metric.id] ?? metric.id) : '';
		if (metric.scope === 'candidate-pair') {
			const series = ofSelectedPair(connection, metric, make);
			return series ? line('selected', join(prefix, what), join(of, what), series, isApproximate(metric, connection.tracks)) : [];
		}
		const streams = new Map(streamsOf(connection).map((stream) => [stream.id, stream]));
		const tracks = connection.tracks.filter((track) => track.type === metric.scope);
		const many = new Map<string, number>();
		return tracks.flatMap((track) => {
			const media = kindOf(track);
			const wanted = chart.only?.[metric.id] ?? metric.media;
			if (wanted !== null && media !== 'unknown' && media !== wanted) return [];
			const series = make(metric, track);
			if (!series) return [];
			const said = media === 'unknown' || wanted !== null ? '' : words.media[media];
			const rid = streams.get(track.id)?.rid ?? null;
			const channel = track.type === 'data-channel' ? String(lastOf(track, 'label') ?? '') : '';
			const parts = [said, rid, channel, what];
			const label = join(prefix, ...parts);
			// A second stream of the same name: after an SSRC change, or in an application with several.
			const seen = (many.get(label) ?? 0) + 1;
			many.set(label, seen);
			const nth = seen > 1 ? ` (${seen})` : '';
			return line(track.id, `${label}${nth}`, `${join(of, ...parts)}${nth}`, series, isApproximate(metric, [track]));
		});
	});
}

const join = (...parts: (string | null)[]) => parts.filter((part) => part).join(', ');

function isApproximate(metric: Metric, tracks: readonly StatsTrack[]): boolean {
	return tracks.some(
		(track) =>
			track.type === metric.scope &&
			track.columns.some(({ field, alignment }) => metric.fields.includes(field) && alignment === 'approximate')
	);
}

/** A metric of pairs, of whichever pair was selected at the time: one line through restarts and switches, with gaps between them. */
export function ofSelectedPair(connection: RecordedConnection, metric: Metric, make: SeriesMaker = seriesOf): Series | null {
	const spans = selectedPairs(connection);
	const pieces: { tMs: number; v: number | null }[] = [];
	for (const { value, fromMs, toMs } of spans) {
		const track = connection.tracks.find(({ id }) => id === value);
		const series = track ? make(metric, track) : null;
		if (!series) continue;
		const last = pieces.at(-1);
		if (last) pieces.push({ tMs: Math.max(last.tMs, fromMs), v: null });
		series.tMs.forEach((tMs, i) => {
			if (tMs >= fromMs && tMs <= toMs) pieces.push({ tMs, v: series.v[i]! });
		});
	}
	if (pieces.length === 0) return null;
	pieces.sort((a, b) => a.tMs - b.tMs);
	return { tMs: pieces.map(({ tMs }) => tMs), v: pieces.map(({ v }) => v) };
}

/** One colour for what belongs together: the dashes tell the directions apart. */
function paint(series: PaintedSeries[]): ChartSeries[] {
	const colors = new Map<string, ChartSeries['color']>();
	return series.map(({ group, ...line }) => {
		if (!colors.has(group)) colors.set(group, lineColors[colors.size % lineColors.length]!);
		return { ...line, color: colors.get(group)! };
	});
}

/** What limits each video encoder (qualityLimitationReason), over time. */
export function limitRows(
	recording: Recording,
	connections: readonly RecordedConnection[] = recording.connections,
	words: ChartWords = CHART_WORDS
): BandRow[] {
	const name = namesOf(recording, connections, words);
	return connections.flatMap((connection) =>
		bandsOf(connection)
			.filter(({ band, subject }) => band.id === 'quality-limitation' && subject.media !== 'audio')
			.map(({ subject, spans }, i) => ({
				id: `${connection.id} ${subject.id}`,
				label: join(name(connection, 'out').prefix, i === 0 ? words.media.video : `${words.media.video} ${i + 1}`),
				spans
			}))
	);
}

/** What each pair of a connection carried, bits a second in both directions together. */
export function trafficOfPairs(connection: RecordedConnection, make: SeriesMaker = seriesOf): Map<string, Series> {
	const found = new Map<string, Series>();
	for (const track of connection.tracks) {
		if (track.type !== 'candidate-pair') continue;
		const [out, back] = ['path-bitrate-out', 'path-bitrate-in'].map((id) => make(metricById(id)!, track));
		if (out && back && out.tMs.length === back.tMs.length) {
			found.set(track.id, { tMs: out.tMs, v: out.v.map((v, i) => (v === null ? null : v + (back.v[i] ?? 0))) });
		} else if (out ?? back) found.set(track.id, (out ?? back)!);
	}
	return found;
}
