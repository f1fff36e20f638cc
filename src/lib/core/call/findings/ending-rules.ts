/** What ended media or a connection that had worked, as far as the recording proves it. */
import { changesOf } from '../../recording/counters';
import { column, kindOf, lastOf, number, text, timesOf, tracksOf } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import { closedByOtherEndMs } from '../outcome';
import { unansweredMessages } from './data-channels';
import { emptiedMedia } from './emptied-media';
import { endedDirections } from './ended-directions';
import type { EndingValues } from './ending-values';
import { during, type ConnectionView } from './findings-view';
import { isAgreedIn } from './negotiated-media';
import { neitherWayMedia, oneWayMedia } from './one-way-media';
import { slowedVideo } from './reduced-video';
import { none, one, stillAtEnd } from './rule-help';
import type { StatsRule } from './stats-rule';
import { isLost, stoppedMedia } from './stopped-media';

const KINDS = ['audio', 'video'] as const;
/** An object that has no sample for longer than this before the end of the recording had gone: polls come each second, or every few. */
const GONE_MS = 4000;

const isUp = ({ overview: { outcome } }: ConnectionView) => outcome === 'connected';
/** Whether an object was there when the recording ended. */
const isThere = ({ connection: { endMs } }: ConnectionView, track: StatsTrack) =>
	endMs !== null && endMs - timesOf(track).lastMs < GONE_MS;

/** Senders of a kind that were there to the end, if any of them had ever sent. */
function senders(view: ConnectionView, kind: 'audio' | 'video'): StatsTrack[] {
	const all = tracksOf(view.connection, 'outbound-rtp').filter((track) => kindOf(track) === kind && isThere(view, track));
	return all.some((track) => (number(lastOf(track, 'packetsSent')) ?? 0) > 0) ? all : [];
}

/** The samples between which a value of a column became what it was to the end; null where it always was, or never. */
function lastChange(
	track: StatsTrack,
	field: string,
	isEnded: (value: unknown) => boolean
): { beforeMs: number; sinceMs: number } | null {
	const { tMs = [], v = [] } = column(track, field) ?? {};
	const last = v.findLastIndex((value) => value !== null && !isEnded(value));
	return last < 0 || last === v.length - 1 ? null : { beforeMs: tMs[last]!, sinceMs: tMs[last + 1]! };
}

/** All of them changed for good: the last one tells since when. */
function changedAll(changes: readonly ReturnType<typeof lastChange>[]): { beforeMs: number; sinceMs: number } | null {
	if (changes.length === 0 || changes.includes(null)) return null;
	return changes.reduce((a, b) => (b!.sinceMs > a!.sinceMs ? b : a));
}

/** Encodings that were never active were not ended. Of several the page, or what a media server asks for, may switch some off. */
function switchedOff(view: ConnectionView, kind: 'audio' | 'video'): EndingValues['encodings-switched-off'] | null {
	const wereActive = senders(view, kind).filter((track) => column(track, 'active')?.v.includes(true));
	const ended = wereActive.filter((track) => lastOf(track, 'active') === false);
	const change = changedAll(ended.map((track) => lastChange(track, 'active', (value) => value === false)));
	if (!change) return null;
	const rids = ended.flatMap((track) => text(lastOf(track, 'rid')) ?? []);
	// Without names they are no layers: streams that others replaced.
	if (ended.length < wereActive.length && rids.length < ended.length) return null;
	const [lastActiveMs, inactiveAtMs] = [view.sinceStart(change.beforeMs), view.sinceStart(change.sinceMs)];
	return { kind, encodings: ended.length, ofEncodings: wereActive.length, rids, lastActiveMs, inactiveAtMs };
}

/** The statistics of a sender name its source (W3C webrtc-stats, mediaSourceId), which is no object of the recording while it has no track. */
function withoutTrack(view: ConnectionView, kind: 'audio' | 'video'): EndingValues['sender-without-track'] | null {
	const sources = new Set(tracksOf(view.connection, 'media-source').map(({ id }) => id));
	const change = changedAll(
		senders(view, kind).map((track) => lastChange(track, 'mediaSourceId', (id) => !sources.has(String(id))))
	);
	return change && { kind, lastSeenMs: view.sinceStart(change.beforeMs), missingAtMs: view.sinceStart(change.sinceMs) };
}

/** The counters of the connection, or the channel itself; a channel that is closed is no longer listed. */
function closedChannel(view: ConnectionView): { lastOpenMs: number; closedAtMs: number } | null {
	const [counters] = tracksOf(view.connection, 'peer-connection');
	const [opened, closed] = ['dataChannelsOpened', 'dataChannelsClosed'].map((field) => number(lastOf(counters, field)));
	if (!closed || closed !== opened) return null;
	const last = changesOf(column(counters, 'dataChannelsClosed')!).findLast(({ delta }) => delta !== null && delta > 0);
	return last ? { lastOpenMs: last.fromMs, closedAtMs: last.tMs } : null;
}

export const ENDING_RULES: readonly StatsRule[] = [
	{
		id: 'closed-by-other-end',
		severity: 'info',
		find: (view) => {
			const closedMs = view.connected ? closedByOtherEndMs(view.connection) : null;
			return closedMs === null ? none : one({ closedAtMs: view.sinceStart(closedMs) }, { atMs: closedMs });
		}
	},
	{
		id: 'media-direction-ended',
		severity: 'info',
		find: (view) => (view.connected ? endedDirections(view) : none)
	},
	{
		id: 'inbound-media-stopped',
		severity: 'info',
		find: (view, limits) =>
			KINDS.flatMap((kind) => {
				const found = isUp(view) && isAgreedIn(view, kind) ? stoppedMedia(view, kind, limits) : null;
				if (!found || isLost(found)) return [];
				const { fromMs, toMs, sentSince, track } = found;
				const stoppedSending = sentSince === 0 ? true : null;
				return one({ kind, ...during(view, found), stoppedSending }, { atMs: fromMs, untilMs: toMs, track });
			})
	},
	{
		id: 'inbound-media-emptied',
		severity: 'info',
		find: (view, limits) =>
			isUp(view) ? KINDS.flatMap((kind) => (isAgreedIn(view, kind) ? emptiedMedia(view, kind, limits) : [])) : none
	},
	{
		id: 'audio-source-ended',
		severity: 'info',
		find: (view, limits) => {
			if (!isUp(view)) return none;
			const used = new Set(senders(view, 'audio').map((track) => text(lastOf(track, 'mediaSourceId'))));
			return tracksOf(view.connection, 'media-source').flatMap((track) => {
				const samples = column(track, 'totalSamplesDuration');
				// Of a source that gave none at all `negotiated-not-sent` speaks.
				if (!used.has(track.id) || !isThere(view, track) || !samples || !number(samples.v.at(-1))) return [];
				const still = stillAtEnd(samples.tMs, samples.v);
				if (!still || still.toMs - still.fromMs < limits.silence.value) return [];
				return one({ ...during(view, still) }, { atMs: still.fromMs, untilMs: still.toMs, track: track.id });
			});
		}
	},
	{
		id: 'audio-source-silent',
		severity: 'info',
		find: (view, limits) =>
			isUp(view)
				? tracksOf(view.connection, 'media-source').flatMap((track) => {
						const [energy, samples] = [column(track, 'totalAudioEnergy'), column(track, 'totalSamplesDuration')];
						const still = energy && stillAtEnd(energy.tMs, energy.v);
						// Of one that was silent all the time `microphone-silent` speaks, of one without samples `audio-source-ended`.
						if (!still || !samples || !isThere(view, track) || !number(energy.v.at(-1))) return [];
						if (still.toMs - still.fromMs < limits.silence.value || stillAtEnd(samples.tMs, samples.v)) return [];
						return one({ ...during(view, still) }, { atMs: still.fromMs, untilMs: still.toMs, track: track.id });
					})
				: none
	},
	{
		id: 'sender-without-track',
		severity: 'info',
		find: (view) =>
			KINDS.flatMap((kind) => {
				const values = isUp(view) ? withoutTrack(view, kind) : null;
				return values ? one(values, { atMs: values.missingAtMs + (view.connection.startMs ?? 0) }) : [];
			})
	},
	{
		id: 'encodings-switched-off',
		severity: 'info',
		find: (view) =>
			KINDS.flatMap((kind) => {
				const values = isUp(view) ? switchedOff(view, kind) : null;
				return values ? one(values, { atMs: values.inactiveAtMs + (view.connection.startMs ?? 0) }) : [];
			})
	},
	{
		id: 'data-channel-closed',
		severity: 'info',
		find: (view) => {
			const found = isUp(view) ? closedChannel(view) : null;
			if (!found) return none;
			const { lastOpenMs, closedAtMs } = found;
			const labels = tracksOf(view.connection, 'data-channel').flatMap((track) => text(lastOf(track, 'label')) ?? []);
			return one(
				{ labels: [...new Set(labels)], lastOpenMs: view.sinceStart(lastOpenMs), closedAtMs: view.sinceStart(closedAtMs) },
				{ atMs: closedAtMs }
			);
		}
	},
	{
		id: 'data-channel-unanswered',
		severity: 'info',
		find: (view, limits) => (isUp(view) ? unansweredMessages(view, limits) : none)
	},
	{
		id: 'video-slowed',
		severity: 'info',
		find: (view, limits) => (isUp(view) ? slowedVideo(view, limits) : none)
	},
	{
		id: 'media-neither-way',
		severity: 'info',
		find: (view) => (isUp(view) ? neitherWayMedia(view) : none)
	},
	{
		id: 'media-one-way',
		severity: 'info',
		find: (view) => (isUp(view) ? oneWayMedia(view) : none)
	}
];
