/** Videos whose encoder is held to a bitrate that neither the path nor a description asks for. */
import { column, kindOf, lastOf, number, text, tracksOf } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import type { MediaValues } from './finding-values';
import { during, type ConnectionView } from './findings-view';
import type { FindingLimits } from './findings-limits';
import { one, stillAtEnd } from './rule-help';
import type { Hit } from './stats-rule';

/** The path carries this many times as much, and what was sent before was as many times more. */
const FAR_BELOW = 3;

/** Whether the last description of the other end limits the bitrate of a section or of all (RFC 8866 §5.8). */
export function isDeclared(view: ConnectionView, mid: string | null): boolean {
	const remote = view.descriptions.findLast(({ event }) => event.call === 'set-remote')?.sdp;
	const section = remote?.sections.find((each) => each.mid === mid);
	return [...(remote?.session.bandwidths ?? []), ...(section?.bandwidths ?? [])].length > 0;
}

function sourceShrank(view: ConnectionView, track: StatsTrack, fromMs: number): boolean {
	const source = tracksOf(view.connection, 'media-source').find(({ id }) => id === text(lastOf(track, 'mediaSourceId')));
	const heights = column(source, 'height');
	const before = heights?.v.filter((_, i) => heights.tMs[i]! < fromMs).map((height) => number(height) ?? 0) ?? [];
	return before.length > 0 && (number(lastOf(source, 'height')) ?? 0) < Math.max(...before);
}

/** Layers of simulcast share what there is, and are left out. */
export function heldByPage(view: ConnectionView, limits: FindingLimits): Hit<MediaValues['bitrate-limited-by-page']>[] {
	const used = view.selection.at(-1)?.value;
	const path = tracksOf(view.connection, 'candidate-pair').find(({ id }) => id === used);
	return tracksOf(view.connection, 'outbound-rtp').flatMap((track) => {
		const targets = column(track, 'targetBitrate');
		if (kindOf(track) !== 'video' || !targets || text(lastOf(track, 'rid')) !== null || !path) return [];
		const still = stillAtEnd(targets.tMs, targets.v);
		const targetBps = number(targets.v.at(-1)) ?? 0;
		if (!still || still.toMs - still.fromMs < limits.limited.value || targetBps === 0) return [];
		const estimate = column(path, 'availableOutgoingBitrate');
		const since = estimate
			? estimate.v.flatMap((value, i) => (estimate.tMs[i]! >= still.fromMs ? (number(value) ?? []) : []))
			: [];
		const beforeBps = Math.max(
			0,
			...targets.v.flatMap((value, i) => (targets.tMs[i]! < still.fromMs ? (number(value) ?? []) : []))
		);
		const availableBps = Math.min(...since);
		if (since.length === 0 || availableBps < FAR_BELOW * targetBps || beforeBps < FAR_BELOW * targetBps) return [];
		// A smaller source needs less.
		if (sourceShrank(view, track, still.fromMs)) return [];
		if (isDeclared(view, text(lastOf(track, 'mid')))) return [];
		return one({ ...during(view, still), targetBps, beforeBps, availableBps }, { atMs: still.fromMs, track: track.id });
	});
}
