/** Which way packets get lost between two devices, in a sentence each. */
import type { PairCall } from '../observations/observation';
import { percent } from '../stats/figures';
import type { OneWayCounts } from './call-conclusion';

/** Below one packet in a hundred loss is not heard (ITU-T G.113); over a minute of video that is some 100 packets. */
const LOSS_RATIO = 0.01;
/** Fewer packets than these tell nothing about one in a hundred. */
const PACKETS_AT_LEAST = 500;
/** The clocks of two devices agree to some 20 ms, so that in a shorter time what is on its way may look like loss. */
const OVER_MS_AT_LEAST = 10_000;

/** Host to guest first; empty where neither way loses anything that is noticed. */
export function lossSentences([there, back]: readonly OneWayCounts[], names: PairCall['names']): string[] {
	if (!there || !back) return [];
	return [
		{ way: there, other: back, from: names.host, to: names.guest },
		{ way: back, other: there, from: names.guest, to: names.host }
	]
		.filter(({ way }) => isLossy(way))
		.map(
			({ way, other, from, to }) =>
				`From ${from} to ${to} ${percent(way.lossRatio!)} of ${way.packetsSent} packets were lost; the other way ${other.lossRatio === null ? 'is not known' : percent(other.lossRatio)}.`
		);
}

function isLossy({ lossRatio, packetsSent, overMs }: OneWayCounts): boolean {
	return (lossRatio ?? 0) >= LOSS_RATIO && (packetsSent ?? 0) >= PACKETS_AT_LEAST && (overMs ?? 0) >= OVER_MS_AT_LEAST;
}
