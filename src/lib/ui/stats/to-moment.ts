/** Jumps to a moment: the charts are below what named it, so they come into sight and get the focus, and the way back is kept. */
import { tick } from 'svelte';
import type { RecordedMoment } from '../../core/verdict/conclusion';
import { CHARTS } from '../../core/report/export/charts-table';
import type { SearchHit } from '../../core/inspection/recording-search';
import type { StatsSession } from './stats-session.svelte';

function give(element: HTMLElement | null | undefined): boolean {
	if (!element) return false;
	element.scrollIntoView({ block: 'center' });
	element.focus({ preventScroll: true });
	return true;
}

/** The chart that shows it; the first one where none does. */
export async function toMoment(stats: StatsSession, moment: Omit<RecordedMoment, 'track'>, from: HTMLElement): Promise<void> {
	await stats.show(moment);
	stats.cameFrom = from;
	await tick();
	const { metric } = moment;
	const chart = metric === null ? undefined : CHARTS.find(({ metrics }) => metrics.includes(metric));
	const charts = document.getElementById('charts');
	const slider = (chart && document.getElementById(`chart-${chart.id}`)) ?? charts;
	if (!give(slider?.querySelector<HTMLElement>('[role="slider"]'))) give(document.getElementById('path-title'));
}

/** A value leads to the raw values of its object, an event to its moment. */
export async function toHit(stats: StatsSession, hit: SearchHit, from: HTMLElement): Promise<void> {
	if (hit.track === null) return toMoment(stats, { ...hit, untilMs: null, metric: null }, from);
	await stats.show({ ...hit, untilMs: null });
	stats.track = hit.track;
	stats.cameFrom = from;
	await tick();
	give(document.getElementById('raw-object'));
}
