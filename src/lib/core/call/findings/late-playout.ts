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

/**
 * `jitterBufferMinimumDelay` is what the network alone would make of the buffer, without what a page asks for and without audio and video
 * being kept in step (W3C webrtc-stats); what is above it is not the network's.
 */
export function heldBack(view: ConnectionView, limits: FindingLimits): Hit<MediaValues['playout-held-back']>[] {
	return tracksOf(view.connection, 'inbound-rtp').flatMap((track) => {
		const [delays, least] = ['jitterBufferDelay', 'jitterBufferMinimumDelay'].map((field) => meanMs(track, field));
		if (!delays || !least || kindOf(track) === 'unknown') return [];
		const leastAt = new Map(least.tMs.map((t, i) => [t, least.v[i]!]));
		const held = delays.tMs.flatMap((tMs, i) => {
			const [delayMs, leastMs] = [delays.v[i]!, leastAt.get(tMs) ?? null];
			return delayMs !== null && leastMs !== null && delayMs - leastMs >= limits.heldBack.value
				? [{ tMs, delayMs, leastMs }]
				: [];
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
