/** Connections that came about and carry nothing, or not all that was offered. */
import { kindOf, lastOf, number, tracksOf } from '../../recording/connection';
import type { Section } from '../../sdp/text/description';
import { during, type ConnectionView } from './findings-view';
import { callStep } from './call-steps';
import { carriesMedia, sectionsWithout } from './negotiated-media';
import { heldByPage } from './held-encoder';
import { narrowPath } from './narrow-path';
import { largePacketsLost } from './packet-sizes';
import { reducedFrameRate, reducedSize } from './reduced-video';
import { none, notConnected, one } from './rule-help';
import type { StatsRule } from './stats-rule';
import { isLost, stoppedMedia } from './stopped-media';
import { unreported } from './unreported-media';

interface Declined {
	sections: Section[];
	by: 'this-end' | 'other-end';
	how: 'rejected' | 'inactive';
	/** Nothing else was offered, or all of it was declined. */
	all: boolean;
	atMs: number | null;
}

/** What the first answer does to the sections of its offer; null where nothing was declined. Later rounds put calls on hold. */
export function declined(view: ConnectionView): Declined | null {
	const index = view.descriptions.findIndex(({ event }) => event.description!.type === 'answer');
	const answer = view.descriptions[index];
	const offer = answer && view.descriptions.slice(0, index).findLast(({ event }) => event.call !== answer.event.call);
	if (!answer || !offer) return null;
	const pairs = offer.sdp.sections.flatMap((offered, i): { offered: Section; answered: Section }[] => {
		const answered = answer.sdp.sections[i];
		return answered && !offered.rejected && !(offered.isRtp && offered.direction === 'inactive') ? [{ offered, answered }] : [];
	});
	const rejected = pairs.filter(({ answered }) => answered.rejected);
	const inactive = pairs.filter(({ answered }) => answered.isRtp && !answered.rejected && answered.direction === 'inactive');
	const all = pairs.length > 0 && rejected.length + inactive.length === pairs.length;
	const found = rejected.length > 0 ? rejected : all ? inactive : [];
	if (found.length === 0) return null;
	return {
		sections: found.map(({ offered }) => offered),
		by: answer.event.call === 'set-remote' ? 'other-end' : 'this-end',
		how: rejected.length > 0 ? 'rejected' : 'inactive',
		all,
		atMs: answer.event.atMs
	};
}

export const CARRIED_MEDIA_RULES: readonly StatsRule[] = [
	{
		id: 'media-declined',
		severity: 'warning',
		nextStep: 'compare-codecs-offered',
		explains: ['connection-failed'],
		explainsAtOtherEnd: ['media-declined', 'connection-failed'],
		find: (view) => {
			const found = declined(view);
			const sections = (found?.sections ?? []).filter(({ kind }) => kind !== 'application');
			if (!found || sections.length === 0) return none;
			const { by, how, all, atMs } = found;
			const directions = new Set(sections.map(({ direction }) => direction));
			const offered = directions.size === 1 ? sections[0]!.direction : null;
			const values = { sections: sections.map(({ kind, mid }) => ({ kind, mid })), by, how, offered, all };
			return one(values, {
				severity: all && notConnected(view) ? 'problem' : 'warning',
				atMs,
				// Without a codec in common a section is rejected (RFC 9429 §5.3.1).
				...(how === 'inactive' && { nextStep: callStep('compare-directions') })
			});
		}
	},
	{
		id: 'large-packets-lost',
		severity: 'problem',
		nextStep: 'look-at-path-mtu',
		explains: [
			'path-narrow',
			'packets-without-frames',
			'video-not-decoded',
			'keyframe-requests-many',
			'loss-burst',
			'loss-reported',
			'jitter-high',
			'picture-freezes',
			'bandwidth-limited',
			'resolution-drop'
		],
		explainsAtOtherEnd: ['large-packets-lost', 'loss-burst', 'loss-reported', 'picture-freezes', 'keyframe-requests-many'],
		find: largePacketsLost
	},
	{
		id: 'path-narrow',
		severity: 'problem',
		nextStep: 'look-at-narrow-path',
		explains: ['bandwidth-limited', 'resolution-drop', 'round-trip-time-high'],
		explainsAtOtherEnd: ['path-narrow'],
		find: narrowPath
	},
	{
		id: 'bitrate-limited-by-page',
		severity: 'warning',
		nextStep: 'look-at-page-limits',
		find: heldByPage
	},
	{
		id: 'size-reduced-by-page',
		severity: 'warning',
		nextStep: 'look-at-page-limits',
		find: reducedSize
	},
	{
		id: 'frame-rate-reduced-by-page',
		severity: 'warning',
		nextStep: 'look-at-page-limits',
		find: reducedFrameRate
	},
	{
		id: 'media-lost-on-path',
		severity: 'problem',
		nextStep: 'look-at-what-drops-media',
		explains: ['loss-burst', 'picture-freezes', 'concealment-high', 'keyframe-requests-many'],
		find: (view, limits) =>
			(['audio', 'video'] as const).flatMap((kind) => {
				const found = view.overview.outcome === 'connected' ? stoppedMedia(view, kind, limits) : null;
				if (!found || !isLost(found)) return [];
				const { fromMs, toMs, track } = found;
				return one({ kind, ...during(view, found), packetsSent: found.sentSince! }, { atMs: fromMs, untilMs: toMs, track });
			})
	},
	{
		id: 'media-lost-to-other-end',
		severity: 'problem',
		nextStep: 'look-at-what-drops-media',
		explainsAtOtherEnd: ['media-lost-on-path'],
		find: (view, limits) => (view.overview.outcome === 'connected' ? unreported(view, limits) : none)
	},
	{
		id: 'media-not-passing',
		severity: 'problem',
		nextStep: 'look-at-what-drops-media',
		explains: ['receiver-reports-missing', 'audio-missing', 'negotiated-not-received'],
		explainsAtOtherEnd: ['media-not-passing', 'receiver-reports-missing', 'audio-missing', 'negotiated-not-received'],
		find: (view, limits) => {
			if (view.overview.outcome !== 'connected' || carriesMedia(view, 'in') || sectionsWithout(view, 'in').length === 0)
				return none;
			if (view.connection.tracks.some(({ type }) => type === 'remote-inbound-rtp')) return none;
			const sent = tracksOf(view.connection, 'outbound-rtp').filter((track) => (number(lastOf(track, 'packetsSent')) ?? 0) > 0);
			const spans = sent.map(({ columns }) => columns.find(({ field }) => field === 'packetsSent')!.tMs);
			const sentForMs = Math.max(0, ...spans.map((tMs) => tMs.at(-1)! - tMs[0]!));
			if (sentForMs < limits.receiverReports.value) return none;
			return one({
				kinds: [...new Set(sent.map(kindOf))],
				sentForMs,
				packetsSent: sent.reduce((sum, track) => sum + (number(lastOf(track, 'packetsSent')) ?? 0), 0)
			});
		}
	}
];
