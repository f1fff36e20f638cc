/** The events that the crosshair touches, in a span of time that is drawn some hundred pixels wide. */
import type { ChartEvent } from '../../core/report/export/chart-data';
import type { Span } from './time-view.svelte';

export function eventsNear(events: readonly ChartEvent[], atMs: number, { fromMs, toMs }: Span): ChartEvent[] {
	const reachMs = (toMs - fromMs) / 100;
	return events.filter((event) => Math.abs(event.atMs - atMs) <= reachMs);
}
