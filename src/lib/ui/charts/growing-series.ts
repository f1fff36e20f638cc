/**
 * The series of a recording that grows. Making them all anew takes the longer the longer a call lasts, so what was made is kept,
 * and a poll costs only its own samples: each column is read from a little before its last known sample. Where a column was
 * thinned or replaced, its series is made anew.
 */
import { seriesOf } from '../../core/recording/metric-series';
import type { Metric } from '../../core/recording/metric';
import type { StatsTrack } from '../../core/recording/recording';
import type { Series } from '../../core/recording/series';
import type { SeriesMaker } from '../../core/report/export/recording-charts';
import { indexAt } from './reading';

/** Samples that are read again: more than what a value depends on (the usual step is a median of the samples around). */
const OVERLAP = 80;
/** The last samples may be judged otherwise when more come after them. */
const UNSETTLED = 30;

interface Made {
	/** Of the first column, when the series was made: a thinned one has other times. */
	count: number;
	firstMs: number;
	lastMs: number;
	series: Series;
}

/** A maker that remembers what it made. Its series grow in place; do not change them. */
export function growingSeries(): SeriesMaker {
	const known = new WeakMap<StatsTrack, Map<string, Made>>();
	return (metric, track) => {
		const column = track.columns.find(({ field }) => field === metric.fields[0]);
		if (!column || column.tMs.length === 0) return null;
		const made = known.get(track)?.get(metric.id);
		const { tMs } = column;
		const facts = { count: tMs.length, firstMs: tMs[0]!, lastMs: tMs[tMs.length - 1]! };
		const grew = made && facts.count >= made.count && tMs[0] === made.firstMs && tMs[made.count - 1] === made.lastMs;
		if (grew && facts.count === made.count) return made.series;
		const series = grew && made.count > 2 * OVERLAP ? lengthened(made, metric, track, tMs) : seriesOf(metric, track);
		if (!series) return null;
		const ofTrack = known.get(track) ?? new Map<string, Made>();
		known.set(track, ofTrack.set(metric.id, { ...facts, series }));
		return series;
	};
}

function lengthened(made: Made, metric: Metric, track: StatsTrack, tMs: readonly number[]): Series {
	const fromMs = tMs[made.count - OVERLAP]!;
	const keepMs = tMs[made.count - UNSETTLED]!;
	const tail = seriesOf(metric, { ...track, columns: track.columns.map((column) => since(column, fromMs)) });
	if (!tail) return made.series;
	const { series } = made;
	const end = indexAt(series.tMs, keepMs) + 1;
	series.tMs.length = series.v.length = end;
	for (let i = indexAt(tail.tMs, keepMs) + 1; i < tail.tMs.length; i++) {
		series.tMs.push(tail.tMs[i]!);
		series.v.push(tail.v[i]!);
	}
	return series;
}

/** The end of a column, with the sample before it: values that are stored only when they change hold on from there. */
function since(column: StatsTrack['columns'][number], fromMs: number): StatsTrack['columns'][number] {
	const at = Math.max(0, indexAt(column.tMs, fromMs));
	return { ...column, tMs: column.tMs.slice(at), v: column.v.slice(at) };
}
