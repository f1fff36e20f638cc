/**
 * Series on their way from the worker to the page: their memory is handed over, not copied, and each becomes a list again only
 * when its chart is built. Copying the lines of all charts at once would stop the page.
 */
import type { Series } from '../../core/recording/series';
import type { ChartSeries } from '../../core/report/export/chart-data';
import type { ChartSpec } from '../../core/report/export/recording-charts';

export interface WireSeries {
	tMs: Float64Array<ArrayBuffer>;
	/** NaN is null. */
	v: Float64Array<ArrayBuffer>;
}

export interface WireChart extends Omit<ChartSpec, 'series'> {
	series: (Omit<ChartSeries, 'series'> & { series: WireSeries })[];
}

export function toWire({ tMs, v }: Series): WireSeries {
	return { tMs: Float64Array.from(tMs), v: Float64Array.from(v, (value) => value ?? NaN) };
}

export function fromWire({ tMs, v }: WireSeries): Series {
	return { tMs: Array.from(tMs), v: Array.from(v, (value) => (Number.isNaN(value) ? null : value)) };
}

export function fromWireChart(chart: WireChart): ChartSpec {
	return { ...chart, series: chart.series.map((line) => ({ ...line, series: fromWire(line.series) })) };
}

/** What postMessage has to hand over with them. */
export function buffersOf(series: Iterable<WireSeries>): ArrayBuffer[] {
	return [...series].flatMap(({ tMs, v }) => [tMs.buffer, v.buffer]);
}
