/** What the machine did to a call: how long the page was stalled, how late its timers were, what a frame cost to encode and decode. */
import type { MachineLoad } from './call-figure-shapes';
import { growth, kindOf, timesOf, tracksOf } from '../recording/connection';
import type { RecordedConnection, StatsTrack } from '../recording/recording';

/** Null where the page was not measured: then nothing is known of the machine. */
export function machineOf(connections: readonly RecordedConnection[]): MachineLoad | null {
	const page = connections.find((one) => one.page)?.page;
	if (!page) return null;
	const own = connections.filter((one) => one.page);
	const video = (type: string) => own.flatMap((one) => tracksOf(one, type)).filter((track) => kindOf(track) === 'video');
	const [sent, received] = [video('outbound-rtp'), video('inbound-rtp')];
	return {
		page,
		encodeMs: perFrame(sent, 'totalEncodeTime', 'framesEncoded'),
		decodeMs: perFrame(received, 'totalDecodeTime', 'framesDecoded'),
		limitedByCpu: worstShare(sent, 'qualityLimitationDurations.cpu')
	};
}

function perFrame(tracks: readonly StatsTrack[], seconds: string, frames: string): number | null {
	let [spent, count] = [0, 0];
	for (const track of tracks) {
		const [time, done] = [growth(track, seconds), growth(track, frames)];
		if (time === null || done === null) continue;
		spent += time;
		count += done;
	}
	return count > 0 ? (1000 * spent) / count : null;
}

function worstShare(tracks: readonly StatsTrack[], seconds: string): number | null {
	const shares = tracks.flatMap((track) => {
		const grown = growth(track, seconds);
		const { firstMs, lastMs } = timesOf(track);
		return grown === null || lastMs <= firstMs ? [] : [Math.min(1, (1000 * grown) / (lastMs - firstMs))];
	});
	return shares.length === 0 ? null : Math.max(...shares);
}

/** What the machine may have added to a quantity of the call: so much of it is not said of the network. */
export interface Explained {
	lossRatio: number;
	jitterMs: number;
	delayMs: number;
	/** Share of the time with frozen video. */
	freezeShare: number;
}

const NOTHING: Explained = { lossRatio: 0, jitterMs: 0, delayMs: 0, freezeShare: 0 };
/** On a path that does not leave the device there is nobody else. */
const ALL: Explained = { lossRatio: Infinity, jitterMs: Infinity, delayMs: Infinity, freezeShare: Infinity };

/**
 * The limits below are measured (docs/busy-machine.md). Timers of a page at rest and beside encoders are 0.3 to 1.7 ms late in the
 * mean; from here on something else takes the processor.
 */
const LATE_AT_REST_MS = 2;
/** Between two ends of one busy page jitter was 0.3 to 4.5 times the mean lateness of its timers: several threads wait one after the other. */
const JITTER_PER_LATE_MS = 5;
/** What counts as frozen is the whole time between two frames: one standstill of 110 to 140 ms came with 360 to 510 ms of it. */
const FROZEN_PER_STALL_MS = 500;
/** From here on the page's own time is worth telling by itself. */
const BUSY_SHARE = 0.05;
const CPU_SHARE = 0.2;

export function explainedBy(machine: MachineLoad | null, staysOnDevice = false): Explained {
	if (staysOnDevice) return ALL;
	if (!machine || machine.page.overMs === 0) return NOTHING;
	const { overMs, pausedMs, stalls } = machine.page;
	const jitterMs = JITTER_PER_LATE_MS * Math.max(0, (machine.page.lateMs?.mean ?? 0) - LATE_AT_REST_MS);
	const frozenMs = pausedMs.hidden + pausedMs.stalled + FROZEN_PER_STALL_MS * stalls;
	return { lossRatio: 0, jitterMs, delayMs: jitterMs, freezeShare: Math.min(1, frozenMs / overMs) };
}

export function isBusy({ page, limitedByCpu }: MachineLoad): boolean {
	const late = (page.lateMs?.mean ?? 0) > LATE_AT_REST_MS;
	return late || page.pausedMs.stalled > BUSY_SHARE * page.overMs || (limitedByCpu ?? 0) > CPU_SHARE;
}

export function wasHidden({ page }: MachineLoad): boolean {
	return page.pausedMs.hidden > BUSY_SHARE * page.overMs;
}
