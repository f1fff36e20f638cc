/** Signs of a path that drops packets for their size, which lets the checks of ICE pass, and audio. */
import { changesOf, type Change } from '../../recording/counters';
import { column, kindOf, tracksOf } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import type { MediaValues } from './finding-values';
import { during, type ConnectionView } from './findings-view';
import type { Hit } from './stats-rule';

/** Of the packets that come in an interval as many are asked for again as are 3 of 10, and not two or three by chance. */
const AGAIN = { ratio: 0.3, least: 5 };
/** Three seconds of it, as of other losses; and audio for as long, of which not one packet is missing (one each 20 ms). */
const LEAST_INTERVALS = 3;
const LEAST_AUDIO_PACKETS = 100;

const COUNTERS = {
	in: { video: 'inbound-rtp', packets: 'packetsReceived', lossOf: 'inbound-rtp' },
	out: { video: 'outbound-rtp', packets: 'packetsSent', lossOf: 'remote-inbound-rtp' }
} as const;

const changes = (track: StatsTrack, field: string): Change[] => {
	const samples = column(track, field);
	return samples ? changesOf(samples) : [];
};

const sumOf = (all: readonly Change[], fromMs: number, toMs: number): number =>
	all.reduce((sum, { fromMs: from, tMs, delta }) => (from >= fromMs && tMs <= toMs ? sum + (delta ?? 0) : sum), 0);

const tracks = ({ connection }: ConnectionView, type: string, kind: 'audio' | 'video') =>
	tracksOf(connection, type).filter((track) => kindOf(track) === kind);

/** When packets of a video were asked for again (NACK, RFC 4585 §6.2.1) all the time; null where they were not. */
function askedAgain(track: StatsTrack, packets: string): { fromMs: number; toMs: number; asked: number; packets: number } | null {
	const carried = new Map(changes(track, packets).map(({ tMs, delta }) => [tMs, delta ?? 0]));
	const again = changes(track, 'nackCount');
	const busy = again.filter(
		({ tMs, delta }) => delta !== null && delta >= AGAIN.least && delta >= AGAIN.ratio * Math.max(1, carried.get(tMs) ?? 0)
	);
	if (busy.length < LEAST_INTERVALS) return null;
	const [fromMs, toMs] = [busy[0]!.fromMs, busy.at(-1)!.tMs];
	return { fromMs, toMs, asked: sumOf(again, fromMs, toMs), packets: sumOf(changes(track, packets), fromMs, toMs) };
}

/** All of the audio arrived in that time, and so many packets; null where some did not, or nobody counts. */
function wholeAudio(view: ConnectionView, way: 'in' | 'out', fromMs: number, toMs: number): number | null {
	const { video, packets, lossOf } = COUNTERS[way];
	const lost = tracks(view, lossOf, 'audio').map((track) =>
		changes(track, 'packetsLost').filter(({ tMs }) => tMs > fromMs && tMs <= toMs)
	);
	if (lost.length === 0 || lost.some((each) => each.length === 0 || each.some(({ delta }) => delta === null || delta > 0)))
		return null;
	const carried = tracks(view, video, 'audio').reduce((sum, track) => sum + sumOf(changes(track, packets), fromMs, toMs), 0);
	return carried >= LEAST_AUDIO_PACKETS ? carried : null;
}

export function largePacketsLost(view: ConnectionView): Hit<MediaValues['large-packets-lost']>[] {
	return (['in', 'out'] as const).flatMap((way) =>
		tracks(view, COUNTERS[way].video, 'video').flatMap((track) => {
			const found = askedAgain(track, COUNTERS[way].packets);
			const audioPackets = found && wholeAudio(view, way, found.fromMs, found.toMs);
			if (!found || audioPackets === null) return [];
			const { fromMs, toMs, asked, packets } = found;
			const values = { ...during(view, found), way, requestedAgain: asked, videoPackets: packets, audioPackets };
			return [{ values, atMs: fromMs, untilMs: toMs, track: track.id }];
		})
	);
}
