/** Streams that carry something and still show or report nothing: packets without frames, frames that nobody can decode, no reports. */
import { changesOf } from '../../recording/counters';
import { column, growth, kindOf, lastOf, number, text, tracksOf } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import { during, type ConnectionView } from './findings-view';
import { carriesMedia, isPlaceholder } from './negotiated-media';
import { isWhole, none, one, stillAtEnd, streamValues } from './rule-help';
import type { StatsRule } from './stats-rule';

/** The last value of a counter; null where it is not counted. */
const total = (track: StatsTrack, field: string) => number(lastOf(track, field));

function keyframeRequests(track: StatsTrack): number | null {
	const counts = ['pliCount', 'firCount'].flatMap((field) => total(track, field) ?? []);
	return counts.length === 0 ? null : counts.reduce((a, b) => a + b, 0);
}

function receivedVideo(view: ConnectionView): StatsTrack[] {
	return tracksOf(view.connection, 'inbound-rtp').filter((track) => kindOf(track) === 'video' && !isPlaceholder(view, track));
}

/** Time between the first and the last sample of a counter that grew. */
function grewForMs(track: StatsTrack, field: string): number {
	const counter = column(track, field);
	if (!counter || (growth(track, field) ?? 0) <= 0) return 0;
	return counter.tMs.at(-1)! - counter.tMs[0]!;
}

export const STREAM_RULES: readonly StatsRule[] = [
	{
		id: 'video-not-decoded',
		severity: 'problem',
		nextStep: 'compare-codec-and-keyframes',
		explains: ['keyframe-requests-many', 'picture-freezes'],
		find: (view, limits) =>
			receivedVideo(view).flatMap((track) => {
				const [packets, decoded] = [total(track, 'packetsReceived'), total(track, 'framesDecoded')];
				const frames = total(track, 'framesReceived');
				const enough = (frames ?? 0) >= limits.framesWhole.value;
				if (packets === null || decoded !== 0 || !enough) return [];
				const decoder = text(lastOf(track, 'decoderImplementation'));
				return one(
					{
						stream: streamValues(view, track),
						packets,
						frames,
						keyframeRequests: keyframeRequests(track),
						decoder: decoder === 'unknown' ? null : decoder
					},
					{ atMs: column(track, 'packetsReceived')!.tMs[0]!, track: track.id, metric: 'frames-decoded' }
				);
			})
	},
	{
		id: 'packets-without-frames',
		severity: 'problem',
		nextStep: 'compare-payload-types',
		explains: ['keyframe-requests-many'],
		find: (view, limits) =>
			receivedVideo(view).flatMap((track) => {
				const packets = total(track, 'packetsReceived');
				const [frames, decoded] = [total(track, 'framesReceived'), total(track, 'framesDecoded')];
				if (packets === null || packets < limits.packetsEnough.value || frames !== 0 || (decoded ?? 0) > 0) return [];
				// Media servers probe the bandwidth with packets of padding, which count as header alone.
				if (total(track, 'bytesReceived') === 0) return [];
				return one(
					{ stream: streamValues(view, track), packets, keyframeRequests: keyframeRequests(track) },
					{ atMs: column(track, 'packetsReceived')!.tMs[0]!, track: track.id, metric: 'frames-received' }
				);
			})
	},
	{
		id: 'receiver-reports-missing',
		severity: 'warning',
		nextStep: 'look-at-rtcp',
		find: (view, limits) => {
			const sent = tracksOf(view.connection, 'outbound-rtp');
			const reported = view.connection.tracks.some(({ type }) => type === 'remote-inbound-rtp');
			if (reported || !isWhole(view) || !view.connected) return none;
			const forMs = Math.max(0, ...sent.map((track) => grewForMs(track, 'packetsSent')));
			if (forMs < limits.receiverReports.value) return none;
			const kinds = [...new Set(sent.filter((track) => grewForMs(track, 'packetsSent') > 0).map(kindOf))];
			return one({ kinds, sentForMs: forMs, nothingCame: !carriesMedia(view, 'in') });
		}
	},
	{
		id: 'source-without-frames',
		severity: 'warning',
		nextStep: 'look-at-source',
		find: (view, limits) =>
			tracksOf(view.connection, 'media-source').flatMap((track) => {
				const frames = column(track, 'frames');
				if (kindOf(track) !== 'video' || !frames || frames.tMs.length < 2 || !sendsVideo(view)) return [];
				const still = stillAtEnd(frames.tMs, frames.v);
				if (!still || still.toMs - still.fromMs < limits.silence.value) return [];
				return one({ ...during(view, still) }, { atMs: still.fromMs, untilMs: still.toMs, track: track.id });
			})
	},
	{
		id: 'keyframe-requests-many',
		severity: 'warning',
		nextStep: 'look-at-keyframe-requests',
		find: (view, limits) =>
			(['inbound-rtp', 'outbound-rtp'] as const).flatMap((type) =>
				tracksOf(view.connection, type).flatMap((track) => {
					const pli = column(track, 'pliCount');
					if (kindOf(track) !== 'video' || !pli || isPlaceholder(view, track)) return [];
					const busy = changesOf(pli).filter(({ delta, fromMs, tMs }) => delta !== null && delta * 1000 >= tMs - fromMs);
					const forMs = busy.reduce((sum, { fromMs, tMs }) => sum + tMs - fromMs, 0);
					if (forMs < limits.keyframeRequests.value) return [];
					const span = { fromMs: busy[0]!.fromMs, toMs: busy.at(-1)!.tMs };
					return one(
						{
							...during(view, span),
							stream: streamValues(view, track),
							requests: busy.reduce((sum, { delta }) => sum + (delta ?? 0), 0),
							requestedBy: type === 'inbound-rtp' ? ('this-end' as const) : ('other-end' as const)
						},
						{
							// A media server may ask for each of its receivers, and for layers that it switches to.
							severity: type === 'inbound-rtp' ? ('warning' as const) : ('info' as const),
							atMs: span.fromMs,
							untilMs: span.toMs,
							track: track.id,
							metric: type === 'inbound-rtp' ? 'pli-sent' : 'pli-received'
						}
					);
				})
			)
	}
];

/** A source is asked about only where video is meant to go out: an encoder that was switched off needs no frames. */
function sendsVideo(view: ConnectionView): boolean {
	return tracksOf(view.connection, 'outbound-rtp').some(
		(track) => kindOf(track) === 'video' && lastOf(track, 'active') !== false
	);
}
