/** What charts are given. It comes from a call, a report or a dump alike. */
import type { Series } from '../../recording/series';
import type { LineColor } from './line-colors';

export interface ChartSeries {
	/** Unique within its chart. */
	id: string;
	label: string;
	/** A unit of the metrics (see units.ts). */
	unit: string;
	color: LineColor;
	series: Series;
	/** The source says only roughly when its values were taken. */
	approximate?: boolean;
	/** Drawn with dashes, so that two directions differ by more than colour. */
	dashed?: boolean;
}

/** Something that happened: a mark on the time axis of every chart. */
export interface ChartEvent {
	atMs: number;
	label: string;
	kind: 'action' | 'state' | 'problem';
}

/** A stretch of time in a named state; `tone` picks its looks. */
export interface Band {
	fromMs: number;
	toMs: number;
	state: string;
}
