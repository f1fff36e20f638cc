/** Which direction of a call is the worse one, for loss, delay, jitter and bitrate: named only where the difference is more than chance. */
import type { CallDirection, CallSummary, DirectionDifference, DirectionSummary } from './call-figure-shapes';
import type { OneWay } from './one-way';
import { explainedBy } from './machine';

interface Sense {
	/** Below this a value is nothing; above it in both directions, both are impaired. */
	notable: number;
	/** The worse direction has at least so many times the other's value… */
	factor: number;
	/** …and at least so much more. */
	margin: number;
}

/** Loss: half a percent is five packets in a thousand. Delay and jitter: this machine's own scheduling is a few milliseconds. */
const SENSES: Record<'loss' | 'delay' | 'jitter', Sense> = {
	loss: { notable: 0.005, factor: 3, margin: 0.005 },
	delay: { notable: 10, factor: 1.5, margin: 8 },
	jitter: { notable: 4, factor: 1.5, margin: 2 }
};
/** Encoders find their rate by trial: within this share two directions are alike. */
const BITRATE_SHARE = 0.7;

/** The first direction of the summary is forth, the second back. */
export function compareDirections(summary: CallSummary, ways: readonly OneWay[], staysOnDevice = false): DirectionDifference[] {
	const [forth, back] = summary.directions;
	if (!forth || !back) return [];
	const direction = { from: forth.from, to: forth.to };
	const delay = ways.map(({ delayMs }) => delayMs?.median ?? null);
	const { lossRatio, delayMs, jitterMs } = explainedBy(summary.machine, staysOnDevice);
	return [
		difference('loss', [forth.lossRatio, back.lossRatio], lossRatio),
		difference(
			'delay',
			[delay[0] ?? forth.oneWayDelayMs?.median ?? null, delay[1] ?? back.oneWayDelayMs?.median ?? null],
			delayMs
		),
		difference('jitter', jitters(forth, back), jitterMs),
		ofBitrate(forth, back)
	].map((compared) => ({ ...direction, ...compared }));
}

/** By the messages where both ends have them: Firefox sends its audio in bursts, which is 5 ms of jitter on any link. */
function jitters(forth: DirectionSummary, back: DirectionSummary): [number | null, number | null] {
	if (forth.oneWayJitterMs && back.oneWayJitterMs) return [forth.oneWayJitterMs.median, back.oneWayJitterMs.median];
	return [forth.jitterMs?.median ?? null, back.jitterMs?.median ?? null];
}

type Compared = Omit<DirectionDifference, keyof CallDirection>;

function difference(
	quantity: 'loss' | 'delay' | 'jitter',
	[forth, back]: [number | null, number | null],
	byMachine: number
): Compared {
	const worse = worseOf(SENSES[quantity], forth, back);
	return { quantity, forth, back, worse: explains(byMachine, SENSES[quantity], worse, forth, back) ? 'unknown' : worse };
}

function worseOf({ notable, factor, margin }: Sense, forth: number | null, back: number | null): DirectionDifference['worse'] {
	if (forth === null || back === null) return 'unknown';
	const [low, high] = [Math.min(forth, back), Math.max(forth, back)];
	if (high < notable) return 'neither';
	if (high >= factor * low && high - low >= margin) return forth > back ? 'forth' : 'back';
	return low >= notable ? 'both' : 'neither';
}

/** Whether neither way would stand out if the machine had added so much to the higher value. */
function explains(
	byMachine: number,
	sense: Sense,
	worse: DirectionDifference['worse'],
	forth: number | null,
	back: number | null
): boolean {
	if (byMachine === 0 || forth === null || back === null || (worse !== 'forth' && worse !== 'back')) return false;
	const [low, high] = [Math.min(forth, back), Math.max(forth, back)];
	const without = worseOf(sense, low, Math.max(low, high - byMachine));
	return without !== 'forth' && without !== 'back';
}

function ofBitrate(forth: DirectionSummary, back: DirectionSummary): Compared {
	const [a, b] = [forth.videoBps?.median ?? null, back.videoBps?.median ?? null];
	let worse: DirectionDifference['worse'] = 'unknown';
	if (a !== null && b !== null) {
		if (Math.min(a, b) < BITRATE_SHARE * Math.max(a, b)) worse = a < b ? 'forth' : 'back';
		else worse = (forth.limitedByBandwidth ?? 0) > 0.2 && (back.limitedByBandwidth ?? 0) > 0.2 ? 'both' : 'neither';
	}
	return { quantity: 'bitrate', forth: a, back: b, worse };
}
