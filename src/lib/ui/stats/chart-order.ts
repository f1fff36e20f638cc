/** Which charts stand first, and which need no chart: what happened is to be seen without looking for it. */
import { CHARTS } from '../../core/report/export/charts-table';
import type { WireChart, WireSeries } from './wire-series';

/** A chart whose lines stay where they are, as the values that they have. */
export interface SteadyChart {
	id: string;
	title: string;
	lines: { label: string; unit: string; value: number }[];
}

/** Charts that findings lead to come first, in the order of the findings; of the others those in which nothing changes are told as values. */
export function chartsByFindings(
	charts: readonly WireChart[],
	metrics: readonly (string | null)[]
): { drawn: WireChart[]; steady: SteadyChart[] } {
	const named = metrics.flatMap((metric) => CHARTS.find((chart) => metric !== null && chart.metrics.includes(metric))?.id ?? []);
	const place = ({ id }: WireChart) => {
		const found = named.findIndex((each) => each === id);
		return found < 0 ? named.length : found;
	};
	const told = new Map<string, SteadyChart>();
	for (const chart of charts) {
		const steady = place(chart) < named.length ? null : steadyChart(chart);
		if (steady) told.set(chart.id, steady);
	}
	const drawn = charts.filter(({ id }) => !told.has(id)).sort((a, b) => place(a) - place(b));
	return { drawn, steady: [...told.values()] };
}

function steadyChart({ id, title, series }: WireChart): SteadyChart | null {
	const lines = series.flatMap((line) => {
		const value = steadyValue(line.series);
		return value === null ? [] : [{ label: line.label, unit: line.unit, value }];
	});
	return lines.length === series.length ? { id, title, lines } : null;
}

/** Null where it changes, or has no value. */
function steadyValue({ v }: WireSeries): number | null {
	const value = v.find((each) => !Number.isNaN(each));
	return value !== undefined && v.every((each) => Number.isNaN(each) || each === value) ? value : null;
}
