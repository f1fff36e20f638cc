/** Signs of a path that carries less than is sent over it: the browser's estimate falls, and packets are lost until less is sent. */
import { changesOf, rateOf } from '../../recording/counters';
import { column, number, tracksOf } from '../../recording/connection';
import type { Series } from '../../recording/series';
import type { MediaValues } from './finding-values';
import { during, type ConnectionView } from './findings-view';
import type { FindingLimits } from './findings-limits';
import { relayUrlAt } from './rule-help';
import type { Hit } from './stats-rule';

/** Less than a third of what it was: an estimate that merely adapts loses 15 % at a time (draft-ietf-rmcat-gcc-02 §5.5). */
const FALLEN_RATIO = 1 / 3;

interface Fall {
	fromMs: number;
	toMs: number;
	fromBps: number;
	toBps: number;
}

/** The estimate of the path that was used, from its highest value down to what it never left again. */
function fallOf(view: ConnectionView): Fall | null {
	const used = new Set(view.selection.map(({ value }) => value));
	const falls = tracksOf(view.connection, 'candidate-pair').flatMap((track): Fall[] => {
		const estimate = used.has(track.id) ? column(track, 'availableOutgoingBitrate') : null;
		if (!estimate) return [];
		const v = estimate.v.map((value) => number(value) ?? 0);
		const most = Math.max(...v);
		const last = v.findLastIndex((value) => value > most * FALLEN_RATIO);
		const low = v.slice(last + 1);
		if (low.length === 0 || Math.min(...low) <= 0) return [];
		return [
			{ fromMs: estimate.tMs[last]!, toMs: estimate.tMs.at(-1)!, fromBps: most, toBps: Math.max(...low.slice(low.length >> 1)) }
		];
	});
	return falls[0] ?? null;
}

const within = ({ tMs, v }: Series, fromMs: number, toMs: number): number[] =>
	v.filter((value, i): value is number => value !== null && tMs[i]! > fromMs && tMs[i]! <= toMs);

/** What went out over the path at most, media and all else. */
function sentBps(view: ConnectionView, fromMs: number, toMs: number): number {
	const used = new Set(view.selection.map(({ value }) => value));
	const rates = tracksOf(view.connection, 'candidate-pair')
		.filter(({ id }) => used.has(id))
		.map((track) => rateOf(changesOf(column(track, 'bytesSent') ?? { tMs: [], v: [] }), 8));
	return Math.max(0, ...rates.flatMap((rate) => within(rate, fromMs, toMs)));
}

/** Loss over the limit for as many samples as make a state of the path. */
function lossy(
	view: ConnectionView,
	metric: 'loss-in' | 'loss-out',
	{ fromMs, toMs }: Fall,
	limits: FindingLimits
): number | null {
	const all = view.metrics(metric).flatMap(({ series }) => within(series, fromMs, toMs));
	const over = all.filter((ratio) => ratio > limits.loss.value);
	return over.length >= limits.sustained.value ? Math.max(...over) : null;
}

export function narrowPath(view: ConnectionView, limits: FindingLimits): Hit<MediaValues['path-narrow']>[] {
	const fall = fallOf(view);
	if (!fall || fall.toMs - fall.fromMs < limits.limited.value) return [];
	const mostLossRatio = lossy(view, 'loss-out', fall, limits);
	const sent = sentBps(view, fall.fromMs - limits.limited.value, fall.fromMs + limits.limited.value);
	if (mostLossRatio === null || sent <= fall.toBps) return [];
	const mostLossInRatio = lossy(view, 'loss-in', fall, limits);
	const { fromMs, toMs, fromBps, toBps } = fall;
	return [
		{
			values: {
				...during(view, fall),
				fromBps,
				toBps,
				sentBps: sent,
				mostLossRatio,
				mostLossInRatio,
				relayUrl: relayUrlAt(view, fromMs)
			},
			atMs: fromMs,
			untilMs: toMs,
			explains:
				mostLossInRatio !== null
					? ['loss-reported', 'loss-burst', 'jitter-high', 'picture-freezes', 'concealment-high', 'keyframe-requests-many']
					: ['loss-reported']
		}
	];
}
