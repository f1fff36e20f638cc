/** Which way packets get lost between two devices. */
import type { PairCall } from '../../observations/observation';
import type { OneWayCounts } from '../../call/call-figure-shapes';
import type { LossyDirection } from './pair-values';

/** What ITU-T G.1010 asks for with video. */
const LOSS_RATIO = 0.01;
/** Fewer packets than these say nothing about one in a hundred. */
const PACKETS_AT_LEAST = 500;
/** The clocks of two devices agree to some 20 ms, so that in a shorter time what is on its way may look like loss. */
const OVER_MS_AT_LEAST = 10_000;

/** Host to guest first; empty where neither way loses anything that is noticed. */
export function lossyDirections([there, back]: readonly OneWayCounts[], names: PairCall['names']): LossyDirection[] {
	if (!there || !back) return [];
	return [
		{ way: there, other: back, fromDevice: names.host, toDevice: names.guest },
		{ way: back, other: there, fromDevice: names.guest, toDevice: names.host }
	].flatMap(({ way: { lossRatio, packetsSent, overMs }, other, ...devices }) => {
		if (lossRatio === null || packetsSent === null || overMs === null) return [];
		if (lossRatio < LOSS_RATIO || packetsSent < PACKETS_AT_LEAST || overMs < OVER_MS_AT_LEAST) return [];
		return [{ ...devices, lossRatio, packetsSent, otherLossRatio: other.lossRatio }];
	});
}
