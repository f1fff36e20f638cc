/** A call and its load test as steps, so that their report is like any other, and their cost, which is shown before they start. */
import { isLoopbackUrl } from '../ice/loopback';
import type { CallPath, LoopbackCall, Observation, OwnObservation } from '../observations/observation';
import type { PausedMs } from '../recording/page-time';
import type { Cost, Step } from './plan';
import { stepSaid } from './step-values';

/** Whether media or data go through a relay: then each byte leaves this device and comes back to it. */
function crossings({ kind }: Pick<CallPath, 'kind'>): number {
	// Direct calls of a device with itself do not leave it.
	return kind === 'host' ? 0 : 2;
}

/** With headers; both ends send the same. Video needs about 0.1 bit for each pixel of each frame (VP8 at common settings). */
const BITS_PER_PIXEL = 0.1;
const AUDIO_BPS = 60_000;

/** Bytes on this device's line, both directions, and seconds. */
export function callCost(path: Pick<CallPath, 'kind'>, media: LoopbackCall['media'], seconds: number): Cost {
	const wanted = media.audioOnly ? 0 : media.width * media.height * media.frameRate * BITS_PER_PIXEL;
	const video = media.bitrateCapBps === null ? wanted : Math.min(wanted, media.bitrateCapBps);
	return { seconds, bytes: Math.round((2 * crossings(path) * (video + AUDIO_BPS) * seconds) / 8) };
}

/** At most: a slow path carries less. Two loads, one each way, after as long of idle pings. */
export function throughputCost(path: Pick<CallPath, 'kind'>, options: { secondsEach: number; bytesAtMost: number }): Cost {
	return { seconds: Math.round(3 * options.secondsEach + 4), bytes: 2 * crossings(path) * options.bytesAtMost };
}

/** Whether what is sent over a path leaves this device: not between its own sockets, nor by a relay that runs on it. */
export function leavesDevice({ kind, url, farUrl }: Pick<CallPath, 'kind' | 'url' | 'farUrl'>): boolean {
	return kind !== 'host' && !(kind === 'relay' && [url, farUrl ?? url].every((one) => one !== null && isLoopbackUrl(one)));
}

function step(probe: Step['probe'], index: number, path: CallPath, cost: Cost): Step {
	return {
		id: `${probe} ${index + 1} ${path.url ?? path.kind}`,
		probe,
		target: path.url,
		server: null,
		does: stepSaid(probe === 'throughput' ? 'step-load' : 'step-call', { path }),
		delayMs: 0,
		deadlineMs: cost.seconds * 1000,
		after: [],
		patienceMs: null,
		cost
	};
}

export interface CallPart {
	startedMs: number;
	tookMs: number;
	pausedMs: PausedMs;
	outcome: Observation['outcome'];
	probe: 'loopback-call' | 'throughput';
	path: CallPath;
	cost: Cost;
}

/** The plan and the observations of a session on the call screen, in the order in which things were done. */
export function callSteps(parts: readonly CallPart[]): { plan: Step[]; observations: OwnObservation[] } {
	const plan = parts.map(({ probe, path, cost }, i) => step(probe, i, path, cost));
	const observations = parts.map(({ probe, startedMs, tookMs, pausedMs, outcome }, i) => {
		const { id, target } = plan[i]!;
		return { probe, step: id, target, startedMs, tookMs, pausedMs, outcome } as OwnObservation;
	});
	return { plan, observations };
}
