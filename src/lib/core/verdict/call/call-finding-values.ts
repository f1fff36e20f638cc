/** The values of what stands out in calls and load tests. */
import type { Said } from '../../base/said';
import type { CallPath } from '../../observations/observation';
import type { CallDirection } from '../../call/call-figure-shapes';
import type { LossPlace } from '../../call/legs';

interface OnPath {
	path: CallPath;
}

/** Quantities that are not good, each as its own rule says it. */
interface Quantities extends OnPath {
	quantities: Said[];
}

/** One quantity both ways; forth is the direction that is named. Null for what was not measured. */
export type Difference = CallDirection &
	(
		| { quantity: 'loss'; forthRatio: number | null; backRatio: number | null }
		| { quantity: 'delay' | 'jitter'; forthMs: number | null; backMs: number | null }
		| { quantity: 'bitrate'; forthBps: number | null; backBps: number | null }
	);

/** How busy the page's machine was; null for what its browser does not report. */
export interface MachineValues {
	busy: boolean;
	overMs: number;
	stalledMs: number;
	longestStallMs: number;
	hiddenMs: number;
	timersLateMs: number | null;
	encodeMsPerFrame: number | null;
	decodeMsPerFrame: number | null;
	/** Share of the time in which the processor limited the video. */
	limitedByCpuRatio: number | null;
}

interface LoadValues {
	direction: 'forth' | 'back';
}

export interface CallFindingValues {
	'call-not-connected': OnPath & { browserSaid: string | null };
	'call-path-lost': OnPath & { afterMs: number };
	/** Types of the candidates that were selected. */
	'call-astray': OnPath & { pairs: { local: string; remote: string }[] };
	'call-loss': Quantities & { lossPlace: LossPlace };
	'call-delay': Quantities;
	'call-jitter': Quantities;
	'call-freezes': Quantities;
	'call-bandwidth': Quantities;
	'call-directions-differ': OnPath & { differences: Difference[] };
	/** What is not said of the network, since the machine or a path that does not leave the device explains it. */
	'call-machine-busy': Quantities & { machine: MachineValues | null; differences: Difference[]; leavesDevice: boolean };
	'latency-under-load': OnPath & { loads: (LoadValues & { bitrateBps: number | null; addedMs: number })[] };
	'loss-under-load': OnPath & { loads: (LoadValues & { forthLossRatio: number; backLossRatio: number })[] };
}
