/** The probes as a page of their own, for tests that look at them without the app around. */
import type { CheckConfig } from '../../../src/lib/core/plan/config';
import { makePlan, planCost } from '../../../src/lib/core/plan/plan';
import type { Observation } from '../../../src/lib/core/observations/observation';
import { readAbilities, readEnvironment } from '../../../src/lib/probes/environment';
import { gather, serverHasAnswered } from '../../../src/lib/probes/gathering';
import { run } from '../../../src/lib/probes/run';

/** Counts every connection the page makes, and every one it closes. */
const connections = { made: 0, open: 0 };
const Original = RTCPeerConnection;
class CountedConnection extends Original {
	#open = true;
	constructor(configuration?: RTCConfiguration) {
		super(configuration);
		connections.made++;
		connections.open++;
	}
	override close(): void {
		if (this.#open) connections.open--;
		this.#open = false;
		super.close();
	}
}

export interface RunRecord {
	observations: Observation[];
	/** Step ids in the order in which they started and in which their observations came. */
	started: string[];
	seen: string[];
	tookMs: number;
	/** When the steps of the plan ended, ms after the start. */
	endedMs: Record<string, number>;
	planned: string[];
	cost: { seconds: number; bytes: number };
	openAfter: number;
	made: number;
	/** States of the media tracks that the page was given. */
	tracks: string[];
}

const tracks: MediaStreamTrack[] = [];
const devices = navigator.mediaDevices;
const ask = devices.getUserMedia.bind(devices);
devices.getUserMedia = async (constraints) => {
	const stream = await ask(constraints);
	tracks.push(...stream.getTracks());
	return stream;
};

async function check(config: CheckConfig, cancelAfterMs: number | null = null): Promise<RunRecord> {
	window.RTCPeerConnection = CountedConnection;
	connections.made = 0;
	const plan = makePlan(config, await readAbilities());
	const controller = new AbortController();
	const started: string[] = [];
	const seen: string[] = [];
	const endedMs: Record<string, number> = {};
	const startedMs = performance.now();
	let cancelledMs = 0;
	if (cancelAfterMs !== null) {
		setTimeout(() => {
			cancelledMs = performance.now();
			controller.abort();
		}, cancelAfterMs);
	}
	const observations = await run(plan, config, {
		signal: controller.signal,
		onStepStart: (step) => started.push(step.id),
		onObservation: (observation) => {
			seen.push(observation.step);
			endedMs[observation.step] = performance.now() - startedMs;
		}
	});
	const tookMs = performance.now() - (cancelledMs || startedMs);
	const openAfter = connections.open;
	return {
		observations,
		started,
		seen,
		tookMs,
		endedMs,
		planned: plan.map(({ id }) => id),
		cost: planCost(plan),
		openAfter,
		made: connections.made,
		tracks: tracks.map(({ readyState }) => readyState)
	};
}

export const harness = { check, gather, serverHasAnswered, readAbilities, readEnvironment, connections };
Object.assign(window, { harness });
