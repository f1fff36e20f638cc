/** Media that arrives in time and is held back by its receiver for far longer than the network makes necessary. */
import { changesOf, quotientOf } from '../../recording/counters';
import { column, kindOf, tracksOf } from '../../recording/connection';
import type { MediaValues } from './finding-values';
import { during, type ConnectionView } from './findings-view';
import type { FindingLimits } from './findings-limits';
import { one, streamValues } from './rule-help';
import type { Hit } from './stats-rule';

/** Mean milliseconds of one of the counters, over each interval. */
function meanMs(track: ConnectionView['connection']['tracks'][number], field: string) {
	const [sum, count] = [column(track, field), column(track, 'jitterBufferEmittedCount')];
	return sum && count ? quotientOf(changesOf(sum), [changesOf(count)], 1000) : null;
}

const DELAYS = ['jitterBufferDelay', 'jitterBufferTargetDelay', 'jitterBufferMinimumDelay'] as const;

/**
 * `jitterBufferMinimumDelay` is what the network alone would make of the buffer, `jitterBufferTargetDelay` what is aimed at, with what a page
 * asks for and what keeps audio and video in step (W3C webrtc-stats). The delay itself also grows while lost packets are waited for.
 */
export function heldBack(view: ConnectionView, limits: FindingLimits): Hit<MediaValues['playout-held-back']>[] {
	return tracksOf(view.connection, 'inbound-rtp').flatMap((track) => {
		const [delays, targets, least] = DELAYS.map((field) => meanMs(track, field));
		if (!delays || !targets || !least || kindOf(track) === 'unknown') return [];
		const [targetAt, leastAt] = [targets, least].map(({ tMs, v }) => new Map(tMs.map((t, i) => [t, v[i]!])));
		const held = delays.tMs.flatMap((tMs, i) => {
			const [delayMs, targetMs, leastMs] = [delays.v[i]!, targetAt!.get(tMs) ?? null, leastAt!.get(tMs) ?? null];
			if (delayMs === null || targetMs === null || leastMs === null) return [];
			return targetMs - leastMs >= limits.heldBack.value ? [{ tMs, delayMs, leastMs }] : [];
		});
		const [first, last] = [held[0], held.at(-1)];
		if (!first || last!.tMs - first.tMs < limits.limited.value) return [];
		const mean = (of: (each: (typeof held)[number]) => number) => held.reduce((sum, each) => sum + of(each), 0) / held.length;
		const span = { fromMs: first.tMs, toMs: last!.tMs };
		const values = { delayMs: mean(({ delayMs }) => delayMs), neededMs: mean(({ leastMs }) => leastMs) };
		return one(
			{ ...during(view, span), stream: streamValues(view, track), ...values },
			{ atMs: span.fromMs, untilMs: span.toMs, track: track.id, metric: 'jitter-buffer-delay' }
		);
	});
}
