/** Signs of a path that carries less than is sent over it: the browser's estimate falls, and packets are lost until less is sent. */
import { changesOf, rateOf } from '../../recording/counters';
import { column, number, tracksOf } from '../../recording/connection';
import type { Column } from '../../recording/recording';
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
	/** To the end of the recording. */
	stayed: boolean;
}

/** The longest time in which the estimate of the path that was used stayed far below what it had been. */
function fallOf(view: ConnectionView): Fall | null {
	const used = new Set(view.selection.map(({ value }) => value));
	const falls = tracksOf(view.connection, 'candidate-pair').flatMap((track) => {
		const estimate = used.has(track.id) ? column(track, 'availableOutgoingBitrate') : null;
		return estimate ? fallsOf(estimate) : [];
	});
	return falls.reduce<Fall | null>((a, b) => (a && a.toMs - a.fromMs >= b.toMs - b.fromMs ? a : b), null);
}

function fallsOf({ tMs, v: raw }: Column): Fall[] {
	const v = raw.map((value) => number(value) ?? 0);
	const falls: Fall[] = [];
	let most = 0;
	for (let i = 0; i < v.length; i++) {
		if (v[i]! > most * FALLEN_RATIO) {
			most = Math.max(most, v[i]!);
			continue;
		}
		const end = v.findIndex((value, k) => k > i && value > most * FALLEN_RATIO);
		const low = v.slice(i, end < 0 ? undefined : end);
		const stayed = end < 0;
		// To the end it is what it came to; else the least says how narrow it was.
		const toBps = stayed ? Math.max(...low.slice(low.length >> 1)) : Math.min(...low);
		const last = stayed ? v.length - 1 : end;
		if (Math.min(...low) > 0) falls.push({ fromMs: tMs[i - 1]!, toMs: tMs[last]!, fromBps: most, toBps, stayed });
		i = last;
	}
	return falls;
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
	const { fromMs, toMs, fromBps, toBps, stayed } = fall;
	return [
		{
			values: {
				...during(view, fall),
				fromBps,
				toBps,
				stayed,
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
