/** What a row of the metric table says: where a quantity comes from and how it is made from what a source counts. */

/** `share` and `level` are 0 to 1. */
export type Unit = 'ms' | 'bit/s' | '1/s' | 'share' | 'px' | 'count' | 'level';

/** The type of statistics object it is read from, and the kind of subject it belongs to; `one-way` and `picture` are measured by calls of this page. */
export type MetricScope =
	| 'candidate-pair'
	| 'inbound-rtp'
	| 'outbound-rtp'
	| 'remote-inbound-rtp'
	| 'remote-outbound-rtp'
	| 'data-channel'
	| 'one-way'
	| 'picture';

/**
 * - `counter-rate`: growth of `fields[0]` per second.
 * - `gauge`: `fields[0]` as it is.
 * - `total`: `fields[0]`, a count since the start, as it is: for things so rare that a rate says little.
 * - `ratio`: growth of `fields[0]` over growth of the others added up: a share, 0 to 1.
 * - `mean`: growth of `fields[0]`, a sum, over growth of `fields[1]`, a count: the mean over the interval.
 * - `duration`: growth of `fields[0]`, seconds, per second: the share of the time.
 */
export type MetricKind = 'counter-rate' | 'gauge' | 'total' | 'ratio' | 'mean' | 'duration';

export interface Metric {
	/** kebab-case noun, never reused. */
	id: string;
	unit: Unit;
	scope: MetricScope;
	kind: MetricKind;
	fields: readonly string[];
	/** What the result is multiplied by to have the unit. */
	scale: number;
	/** Only streams of this kind have it; null for both. */
	media: 'audio' | 'video' | null;
	/** `in` is measured where media arrive, `out` where they leave, `path` belongs to both. */
	direction: 'in' | 'out' | 'path';
	/** Whether the field may go down without having been reset. */
	mayFall: boolean;
}

/** A field with states instead of numbers, such as `qualityLimitationReason`. */
export interface BandField {
	id: string;
	scope: MetricScope;
	field: string;
}
