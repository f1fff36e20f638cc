/** Media of this end that the other one no longer reports, though its reports keep coming. */
import { column, kindOf, lastOf, text, tracksOf } from '../../recording/connection';
import type { Column, StatsTrack } from '../../recording/recording';
import type { MediaValues } from './finding-values';
import { during, type ConnectionView } from './findings-view';
import type { FindingLimits } from './findings-limits';
import { one } from './rule-help';
import type { Hit } from './stats-rule';

/** Some packets may be under way when a report is written. */
const LEAST_PACKETS = 100;
/** One report may have been written before the last packet arrived. */
const LEAST_REPORTS = 2;

/** How often a counter was seen to have grown after a time; readers may keep one sample of each report. */
function grownSince(track: StatsTrack, field: string, fromMs: number): number {
	const { tMs, v } = column(track, field) ?? { tMs: [], v: [] };
	return v.filter((value, i) => i > 0 && tMs[i]! > fromMs && Number(value) > Number(v[i - 1])).length;
}

/** When the last report was first seen. */
function lastReportMs({ tMs, v }: Column): number | null {
	const first = v.findIndex((value) => value === v.at(-1));
	return first < 0 ? null : tMs[first]!;
}

/** Packets that were sent since. */
function sentSince(track: StatsTrack, fromMs: number): number {
	const { tMs, v } = column(track, 'packetsSent') ?? { tMs: [], v: [] };
	const first = tMs.findIndex((t) => t >= fromMs);
	return first < 0 ? 0 : Number(v.at(-1)) - Number(v[first]);
}

/**
 * A report has a block for each source that was heard since the last one (RFC 3550 §6.4.1): where reports go on without one, nothing of it
 * arrived. That they go on is seen of what the other end reports of its own media, or of another stream.
 */
export function unreported(view: ConnectionView, limits: FindingLimits): Hit<MediaValues['media-lost-to-other-end']>[] {
	const reports = tracksOf(view.connection, 'remote-inbound-rtp');
	const senders = tracksOf(view.connection, 'remote-outbound-rtp');
	return tracksOf(view.connection, 'outbound-rtp').flatMap((track) => {
		const own = reports.find(({ id }) => id === text(lastOf(track, 'remoteId')));
		const blocks = own ? column(own, 'roundTripTimeMeasurements') : null;
		const [fromMs, toMs] = [blocks && lastReportMs(blocks), column(track, 'packetsSent')?.tMs.at(-1) ?? 0];
		const kind = kindOf(track);
		if (!own || fromMs === null || toMs - fromMs < limits.receiverReports.value || kind === 'unknown') return [];
		const goOn = [
			...senders.map((each) => grownSince(each, 'packetsSent', fromMs)),
			...reports.map((each) => (each === own ? 0 : grownSince(each, 'roundTripTimeMeasurements', fromMs)))
		];
		const packetsSent = sentSince(track, fromMs);
		if (Math.max(0, ...goOn) < LEAST_REPORTS || packetsSent < LEAST_PACKETS) return [];
		return one({ kind, ...during(view, { fromMs, toMs }), packetsSent }, { atMs: fromMs, untilMs: toMs, track: track.id });
	});
}
