/** Runs a plan: each step when it is ready, each within its deadline, all of it ended at once by the signal. Never rejects. */
import { serverListFacts } from '../../core/ice/server-list-facts';
import { failed } from '../../core/observations/failure-values';
import type { Outcome, OwnObservation, ProbeData } from '../../core/observations/observation';
import type { CheckConfig } from '../../core/plan/config';
import { filteringLeftOpen, filteringTask } from '../../core/plan/filtering';
import { answeredObservers, hairpinObserver, observersToAsk, udpServersToTry } from '../../core/plan/observers';
import { planSecondsAtMost, type PlannedProbe, type PlannedStep, type StepOf } from '../../core/plan/plan';
import { skipped } from '../../core/plan/skip-values';
import { crossPeer, farObservers, hasAllocated } from '../../core/plan/relays';
import { filterByTurn } from './filtering-turn';
import { gatherAll, gatherServer } from './gathering';
import { testHairpin } from './hairpin';
import { askObservers } from './nat-behaviour';
import { PageWatch, pausedBetween } from '../page-watch';
import { reachApp } from './reachability';
import { refusal } from '../refusal';
import { proveRelay } from './relay';
import { awaitUdp } from './udp-first-answer';

export interface RunOptions {
	/** Ends the run at once: what has not ended becomes `failed` with the code `aborted`. */
	signal?: AbortSignal;
	onObservation?: (observation: OwnObservation, index: number) => void;
	onStepStart?: (step: PlannedStep) => void;
}

/** What a probe is given: its step, everything known so far, and a signal that ends it. */
interface Context {
	config: CheckConfig;
	plan: readonly PlannedStep[];
	observations: readonly OwnObservation[];
	signal: AbortSignal;
	/** Of the time since this step began: in which the page was hidden or stalled. */
	pausedMs: () => number;
}

/** Most checks have no prober to ask: what reads its answers need not be loaded with them. */
const loadProber = () => import('./prober-probes');

type Probe<P extends PlannedProbe> = (step: StepOf<P>, context: Context) => Promise<Outcome<ProbeData[P]>>;

const PROBES: { [P in PlannedProbe]: Probe<P> } = {
	// It asks nobody: what is wrong with a list is known before anybody is asked.
	'server-list': async (_step, { config, plan }) => {
		const clock = { nowMs: Date.now(), runMsAtMost: 1000 * planSecondsAtMost(plan) };
		return { state: 'seen', data: serverListFacts(config.iceServers, clock) };
	},
	'app-reachability': (step, { signal }) => reachApp(step.target, { deadlineMs: step.deadlineMs, signal }),
	'server-gathering': (step, { config, signal }) =>
		gatherServer(step.target, config.iceServers[step.server]!, {
			deadlineMs: step.deadlineMs,
			signal,
			usesLoopback: config.usesLoopback ?? false
		}),
	'ice-gathering': (step, { config, signal }) => {
		const options = { deadlineMs: step.deadlineMs, gatherMs: config.limits.deadlineMs, signal };
		return gatherAll(config.iceServers, step.withPermission, options);
	},
	'udp-first-answer': async (step, { config, observations, signal, pausedMs }) => {
		const urls = udpServersToTry(
			config.iceServers.flatMap((server) => server.urls),
			observations
		);
		if (urls === null) return skipped('skip-udp-answered', {});
		// No answer is the evidence, so it has to be waited for long enough.
		return awaitUdp(urls, { deadlineMs: step.deadlineMs, signal, pausedMs });
	},
	'nat-mapping': async (step, { observations, signal }) => {
		const observers = observersToAsk(observations);
		if (observers) return askObservers(observers, { deadlineMs: step.deadlineMs, signal });
		const count = answeredObservers(observations).length;
		if (count > 1) return skipped('skip-mapping-observers-asked', {});
		return skipped('skip-mapping-needs-two-observers', { answered: count });
	},
	'nat-filtering': async (step, { config, plan, observations, signal }) => {
		if (step.by === 'prober') {
			const { filterByProber } = await loadProber();
			return filterByProber(new URL(step.target).origin, step.family, { deadlineMs: step.deadlineMs, signal });
		}
		const task = filteringTask(plan, observations);
		if ('state' in task) return task;
		if (!filteringLeftOpen(observations, task)) return skipped('skip-filtering-told', {});
		return filterByTurn({ ...task, server: config.iceServers[task.server]! }, { deadlineMs: step.deadlineMs, signal });
	},
	relay: async (step, { config, plan, observations, signal }) => {
		if (!step.after.some((id) => hasAllocated(observations, id))) {
			return skipped('skip-relay-not-allocated', {});
		}
		const serverOf = (other: StepOf<'relay'>) => config.iceServers[other.server]!;
		return proveRelay(step.target, serverOf(step), {
			bytes: config.limits.relayBytes,
			deadlineMs: step.deadlineMs,
			signal,
			far: farObservers(observations, step),
			crossWanted: config.profile === 'full' && plan.filter(({ probe }) => probe === 'relay').length > 1,
			cross: () => {
				const peer = crossPeer(plan, observations, step);
				return peer ? { url: peer.target, server: serverOf(peer) } : null;
			}
		});
	},
	'prober-mapping': async (step, { signal }) => {
		const { mapByProber } = await loadProber();
		return mapByProber(new URL(step.target).origin, step.family, { deadlineMs: step.deadlineMs, signal });
	},
	hairpin: async (step, { observations, signal }) => {
		const observer = hairpinObserver(observations);
		if (observer === null) return skipped('skip-hairpin-without-observer', {});
		return testHairpin(observer, { deadlineMs: step.deadlineMs, signal });
	}
};

/** How much longer than its own deadline a probe may take before it is taken for stuck. */
const SAFETY_MS = 1000;

export async function run(
	plan: readonly PlannedStep[],
	config: CheckConfig,
	options: RunOptions = {}
): Promise<OwnObservation[]> {
	const observations: OwnObservation[] = [];
	const startedAtMs = performance.now();
	const now = () => Math.round((performance.now() - startedAtMs) * 100) / 100;
	const signal = options.signal ?? new AbortController().signal;
	const ended = new Map<string, { promise: Promise<void>; open: () => void; answered: Promise<void>; answer: () => void }>();
	for (const step of plan) {
		const end = gate();
		const answer = gate();
		ended.set(step.id, { promise: end.promise, open: end.open, answered: answer.promise, answer: answer.open });
	}
	const stopped = new Promise<void>((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});

	const watch = new PageWatch();
	const perform = async (step: PlannedStep): Promise<void> => {
		await Promise.race([ready(step), stopped]);
		const [startedMs, before] = [now(), watch.pausedMs()];
		let outcome: Outcome<unknown> = ABORTED;
		if (!signal.aborted) tell(() => options.onStepStart?.(step));
		// Checked again: the listener for the start may have cancelled.
		const pausedMs = () => {
			const { hidden, stalled } = pausedBetween(before, watch.pausedMs());
			return hidden + stalled;
		};
		if (!signal.aborted) outcome = await attempt(step, { config, plan, observations, pausedMs }, signal);
		const observation = {
			probe: step.probe,
			step: step.id,
			target: step.target,
			startedMs,
			tookMs: 0,
			outcome
		} as OwnObservation;
		observation.tookMs = Math.round((now() - startedMs) * 100) / 100;
		observation.pausedMs = pausedBetween(before, watch.pausedMs());
		observations.push(observation);
		tell(() => options.onObservation?.(observation, observations.length - 1));
		if (broughtAnswer(observation)) ended.get(step.id)!.answer();
		ended.get(step.id)!.open();
	};

	const ready = async (step: PlannedStep): Promise<void> => {
		const before = step.after.map((id) => ended.get(id)).filter((gates) => gates !== undefined);
		const all = Promise.all(before.map(({ promise }) => promise));
		if (step.patienceMs === null || before.length === 0) await all;
		else await Promise.race([all, Promise.race(before.map(({ answered }) => answered)).then(() => pause(step.patienceMs!))]);
		if (step.delayMs > 0) await pause(step.delayMs);
	};

	await Promise.all(plan.map(perform));
	watch.stop();
	return observations;
}

const ABORTED = failed('aborted', 'failed-cancelled', {});

/** One probe, within its deadline whatever it does. A throw becomes `failed`. */
async function attempt(step: PlannedStep, context: Omit<Context, 'signal'>, outer: AbortSignal): Promise<Outcome<unknown>> {
	const inner = new AbortController();
	return new Promise((resolve) => {
		const end = (outcome: Outcome<unknown>) => {
			clearTimeout(safety);
			outer.removeEventListener('abort', cancel);
			resolve(outcome);
		};
		const cancel = () => {
			end(ABORTED);
			inner.abort();
		};
		const safety = setTimeout(() => {
			end(failed('timeout', 'failed-deadline', { deadlineMs: step.deadlineMs }));
			inner.abort();
		}, step.deadlineMs + SAFETY_MS);
		outer.addEventListener('abort', cancel);
		try {
			const probe = PROBES[step.probe] as (step: PlannedStep, context: Context) => Promise<Outcome<unknown>>;
			probe(step, { ...context, signal: inner.signal }).then(end, (error: unknown) => end(refusal(error)));
		} catch (error) {
			end(refusal(error));
		}
	});
}

/** The first answer starts the clock of steps with `patienceMs`; a server that did not answer does not. */
function broughtAnswer({ probe, outcome }: OwnObservation): boolean {
	if (outcome.state !== 'seen') return false;
	if (probe !== 'server-gathering') return true;
	const { candidates, completeMs, errors } = outcome.data as ProbeData['server-gathering'];
	return candidates.some(({ type }) => type !== 'host') || (completeMs !== null && errors.length === 0);
}

function gate(): { promise: Promise<void>; open: () => void } {
	let open!: () => void;
	const promise = new Promise<void>((resolve) => (open = resolve));
	return { promise, open };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** An exception in one of the page's callbacks must not end the run. */
function tell(callback: () => void): void {
	try {
		callback();
	} catch (error) {
		reportError(error);
	}
}
