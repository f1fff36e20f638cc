/** The probes as a page of their own, for tests that look at them without the app around. */
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import type { CheckConfig } from '../../../src/lib/core/plan/config';
import { makePlan, planCost } from '../../../src/lib/core/plan/plan';
import { conclude } from '../../../src/lib/core/verdict/conclude';
import type { Observation } from '../../../src/lib/core/observations/observation';
import { readAbilities, readEnvironment } from '../../../src/lib/probes/environment';
import { gather, gatherServer, serverHasAnswered } from '../../../src/lib/probes/check/gathering';
import { run } from '../../../src/lib/probes/check/run';
import { calls } from './call';

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
	/** The longest time that the page stood still: how much later than planned anything in it may have come. */
	stoodStillMs: number;
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

/** Steps that have to have started, and others that have to have ended, before the run is cancelled. */
export interface CancelWhen {
	started: string[];
	seen: string[];
}

const TICK_MS = 20;

/** Watches how late the page's timers are; the result ends it and gives the longest delay. */
function watchDelay(): () => number {
	let mostMs = 0;
	let lastMs = performance.now();
	const tick = () => {
		const nowMs = performance.now();
		mostMs = Math.max(mostMs, nowMs - lastMs - TICK_MS);
		lastMs = nowMs;
	};
	const timer = setInterval(tick, TICK_MS);
	return () => {
		clearInterval(timer);
		tick();
		return mostMs;
	};
}

async function check(config: CheckConfig, cancelWhen: CancelWhen | null = null): Promise<RunRecord> {
	window.RTCPeerConnection = CountedConnection;
	connections.made = 0;
	const plan = makePlan(config, await readAbilities());
	const controller = new AbortController();
	const started: string[] = [];
	const seen: string[] = [];
	const endedMs: Record<string, number> = {};
	const startedMs = performance.now();
	const delay = watchDelay();
	const cancelIfDue = () => {
		if (!cancelWhen || controller.signal.aborted) return;
		const due = cancelWhen.started.every((id) => started.includes(id)) && cancelWhen.seen.every((id) => seen.includes(id));
		if (due) controller.abort();
	};
	const observations = await run(plan, config, {
		signal: controller.signal,
		onStepStart: (step) => {
			started.push(step.id);
			cancelIfDue();
		},
		onObservation: (observation) => {
			seen.push(observation.step);
			endedMs[observation.step] = performance.now() - startedMs;
			cancelIfDue();
		}
	});
	const tookMs = performance.now() - startedMs;
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
		stoodStillMs: delay(),
		tracks: tracks.map(({ readyState }) => readyState)
	};
}

/** Ours against the browser alone: ms from before the first call until the relay candidate is there, in turns. */
async function compareRelayTimes(server: { urls: string; username: string; credential: string }, rounds: number) {
	window.RTCPeerConnection = Original;
	const configuration: RTCConfiguration = { iceServers: [server] };
	const ways = {
		bare: () =>
			new Promise<number>((resolve) => {
				const startedMs = performance.now();
				const connection = new RTCPeerConnection(configuration);
				connection.createDataChannel('');
				connection.onicecandidate = ({ candidate }) => {
					if (candidate?.type !== 'relay') return;
					const tookMs = performance.now() - startedMs;
					connection.close();
					resolve(tookMs);
				};
				void connection.setLocalDescription();
			}),
		ours: async () => {
			let relayMs = NaN;
			const startedMs = performance.now();
			await gatherServer(
				server.urls,
				{ ...server, urls: [server.urls] },
				{
					deadlineMs: 5000,
					signal: new AbortController().signal,
					onCandidate: ({ type }) => {
						if (type === 'relay') relayMs = performance.now() - startedMs;
					}
				}
			);
			return relayMs;
		}
	};
	const times: { bare: number[]; ours: number[] } = { bare: [], ours: [] };
	for (let round = 0; round < rounds + 3; round++) {
		// The order changes each time, and the first rounds only warm up.
		for (const way of (round % 2 === 0 ? ['bare', 'ours'] : ['ours', 'bare']) as ('bare' | 'ours')[]) {
			const tookMs = await ways[way]();
			if (round >= 3) times[way].push(tookMs);
		}
	}
	return times;
}

/** What most checkers do: everything in one connection, and wait until the browser says that it is done. */
function waitForComplete(iceServers: RTCIceServer[]): Promise<number> {
	return new Promise((resolve) => {
		const startedMs = performance.now();
		const connection = new RTCPeerConnection({ iceServers });
		connection.createDataChannel('');
		connection.onicegatheringstatechange = () => {
			if (connection.iceGatheringState !== 'complete') return;
			resolve(performance.now() - startedMs);
			connection.close();
		};
		void connection.setLocalDescription();
	});
}

/** The headline after each observation, and when it came: when did it become what it stayed? */
async function timeVerdict(config: CheckConfig) {
	const plan = makePlan(config, await readAbilities());
	const observations: Observation[] = [];
	const headlines: { atMs: number; verdict: string; text: string }[] = [];
	const startedMs = performance.now();
	await run(plan, config, {
		onObservation: (observation) => {
			observations.push(observation);
			const { headline } = conclude(config.limits, observations);
			headlines.push({ atMs: performance.now() - startedMs, verdict: headline.verdict, text: sentence(headline) });
		}
	});
	const tookMs = performance.now() - startedMs;
	const last = headlines.at(-1)!;
	const settled = headlines.findLastIndex(({ verdict }) => verdict !== last.verdict) + 1;
	return { tookMs, verdict: last.verdict, text: last.text, verdictMs: headlines[settled]!.atMs };
}

/** Counts connections from now on, those of calls too. */
const countConnections = () => void (window.RTCPeerConnection = CountedConnection);

export const harness = {
	calls,
	countConnections,
	compareRelayTimes,
	waitForComplete,
	timeVerdict,
	check,
	gather,
	serverHasAnswered,
	readAbilities,
	readEnvironment,
	connections
};
Object.assign(window, { harness });
