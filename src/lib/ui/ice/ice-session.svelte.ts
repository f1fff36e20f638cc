/** The state of the ICE screen: a configuration, runs without and with media permission, and a try of the pairs. */
import type { Result } from '../../core/base/result';
import type { IceServer } from '../../core/ice/server';
import type { CandidateErrorRecord, CandidateRecord, Gathered, OwnObservation } from '../../core/observations/observation';
import { DEFAULT_LIMITS, type CheckConfig } from '../../core/plan/config';
import { makePlan, type PlannedProbe, type PlannedStep } from '../../core/plan/plan';
import { missingCandidates, type MissingCandidates } from '../../core/verdict/check/missing-candidates';
import { gather } from '../../probes/check/gathering';
import { detectEngine } from '../../probes/environment';
import { tryPairs, type PairRecord, type Pairing } from '../../probes/pairing';
import { readConfiguration, type Configuration } from './configuration';
import { serverAnswers, type ServerAnswer } from './server-answers';

export type Permission = 'granted' | 'not-granted';

/** One press of the button: all servers in one connection, as an application asks them, and each in one of its own, as the check does. */
export interface GatherRun {
	permission: Permission;
	/** Of the connection of all servers. */
	state: 'running' | 'ended' | 'stopped' | 'failed';
	configuration: RTCConfiguration;
	candidates: CandidateRecord[];
	errors: CandidateErrorRecord[];
	/** What the browser said in the end; null while it runs and after a stop. */
	gathered: Gathered | null;
	tookMs: number;
	/** The browser's words when it refused the configuration. */
	refusal: string;
	/** What is concluded of each server asked alone, so far. */
	servers: ServerAnswer[];
	/** URLs of servers that are still being asked alone, or whose relay is still being tested. */
	pending: string[];
	/** Known once everything has ended. */
	missing: MissingCandidates[];
}

/** Longer than any browser takes by itself (Chromium 40 s for a silent server). */
export const UNLIMITED_MS = 120_000;

export class IceSession {
	text = $state('');
	policy = $state<RTCIceTransportPolicy>('all');
	deadlineMs = $state(DEFAULT_LIMITS.deadlineMs);
	media = $state<'data' | 'av'>('data');
	permission = $state<Permission | 'denied'>('not-granted');
	/** The last run for each state of the permission, so that both can be seen together. */
	runs = $state.raw<Record<Permission, GatherRun | null>>({ 'not-granted': null, granted: null });
	pairing = $state.raw<{
		state: 'running' | 'ended' | 'failed';
		pairs: PairRecord[];
		result: Pairing | null;
		refusal: string;
	} | null>(null);

	#abort: AbortController | null = $state.raw(null);

	read: Result<Configuration> = $derived(readConfiguration(this.text));
	running = $derived(Object.values(this.runs).some((run) => run !== null && isRunning(run)) || this.pairing?.state === 'running');

	/** What the constructor is given: the text, with the policy of the form, which the user sees. */
	configuration: RTCConfiguration | null = $derived(
		this.read.ok
			? {
					...this.read.value.options,
					iceServers: this.read.value.servers.map((server) => ({ ...server })),
					iceTransportPolicy: this.policy
				}
			: null
	);

	/** A policy that the text names shows in the form. */
	setText(text: string): void {
		this.text = text;
		const read = readConfiguration(text);
		if (read.ok && read.value.options.iceTransportPolicy) this.policy = read.value.options.iceTransportPolicy;
	}

	async readPermission(): Promise<void> {
		try {
			const { state } = await navigator.permissions.query({ name: 'microphone' as PermissionName });
			this.permission = state === 'granted' ? 'granted' : 'not-granted';
		} catch {
			// Firefox before 131 and Safari cannot be asked: asking for the microphone is then the way to know.
		}
	}

	/** Opens the microphone for a moment, so that the browser asks, and closes it. */
	async askPermission(): Promise<void> {
		try {
			const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
			stream.getTracks().forEach((track) => track.stop());
			this.permission = 'granted';
		} catch {
			this.permission = 'denied';
		}
	}

	async gather(): Promise<void> {
		if (this.running || !this.configuration || !this.read.ok) return;
		const iceServers = this.read.value.servers;
		const permission: Permission = this.permission === 'granted' ? 'granted' : 'not-granted';
		const { signal } = (this.#abort = new AbortController());
		const { plan, delayMs } = planOf(iceServers, this.deadlineMs);
		const run: GatherRun = {
			permission,
			state: 'running',
			configuration: this.configuration,
			candidates: [],
			errors: [],
			gathered: null,
			tookMs: 0,
			refusal: '',
			servers: [],
			pending: targetsOf(plan),
			missing: []
		};
		const show: Show = (change) => {
			Object.assign(run, change);
			this.runs = { ...this.runs, [permission]: { ...run } };
		};
		show({});
		// Firefox shows host addresses only while a microphone is open; in Chromium the permission is enough.
		const microphone =
			permission === 'granted' ? await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null) : null;
		try {
			const engine = await import('../engine');
			const observations: OwnObservation[] = [];
			const judge = () => {
				const concluded = engine.concludeOwn(DEFAULT_LIMITS, observations).servers;
				const done = observations.map(({ step }) => step);
				show({
					servers: serverAnswers(concluded, { plan, observations, iceServers }),
					pending: targetsOf(plan.filter(({ id }) => !done.includes(id)))
				});
			};
			const onObservation = (observation: OwnObservation) => {
				observations.push(observation);
				judge();
			};
			await Promise.all([
				engine.run(plan, configOf(iceServers), { signal, onObservation }),
				this.#gatherTogether(run, { show, signal, delayMs })
			]);
			// Which families this device has is seen best where all servers are asked.
			observations.push(...togetherObserved(run));
			judge();
			show({ missing: missingCandidates(observations) });
		} catch (error) {
			show({ state: 'failed', refusal: messageOf(error), pending: [] });
		} finally {
			microphone?.getTracks().forEach((track) => track.stop());
		}
	}

	/** All servers in one connection, with the configuration as it stands: what an application gets. */
	async #gatherTogether(
		run: GatherRun,
		{ show, signal, delayMs }: { show: Show; signal: AbortSignal; delayMs: number }
	): Promise<void> {
		await new Promise((resolve) => setTimeout(resolve, delayMs));
		const startedMs = performance.now();
		const clock = setInterval(() => show({ tookMs: performance.now() - startedMs }), 100);
		try {
			const gathered = await gather(run.configuration, {
				deadlineMs: this.deadlineMs,
				signal,
				prepare: (connection) => this.#negotiate(connection),
				onCandidate: (candidate) => show({ candidates: [...run.candidates, candidate] }),
				onError: (error) => show({ errors: [...run.errors, error] })
			});
			show({
				state: 'ended',
				gathered,
				candidates: gathered.candidates,
				errors: gathered.errors,
				tookMs: performance.now() - startedMs
			});
		} catch (error) {
			const stopped = signal.aborted;
			show({
				state: stopped ? 'stopped' : 'failed',
				refusal: stopped ? '' : messageOf(error),
				tookMs: performance.now() - startedMs
			});
		} finally {
			clearInterval(clock);
		}
	}

	async pair(): Promise<void> {
		if (this.running || !this.configuration) return;
		const abort = (this.#abort = new AbortController());
		this.pairing = { state: 'running', pairs: [], result: null, refusal: '' };
		try {
			const result = await tryPairs(this.configuration, {
				deadlineMs: Math.min(this.deadlineMs, 20_000),
				signal: abort.signal,
				prepare: (connection) => this.#negotiate(connection),
				onPairs: (pairs) => (this.pairing = { state: 'running', pairs, result: null, refusal: '' })
			});
			this.pairing = { state: 'ended', pairs: result.pairs, result, refusal: '' };
		} catch (error) {
			const refusal = abort.signal.aborted ? '' : messageOf(error);
			this.pairing = refusal === '' ? null : { state: 'failed', pairs: [], result: null, refusal };
		}
	}

	stop(): void {
		this.#abort?.abort();
	}

	#negotiate(connection: RTCPeerConnection): void {
		if (this.media === 'data') {
			connection.createDataChannel('');
			return;
		}
		connection.addTransceiver('audio', { direction: 'recvonly' });
		connection.addTransceiver('video', { direction: 'recvonly' });
	}
}

type Show = (change: Partial<GatherRun>) => void;

/** While the browser gathers from all servers, or one of them is still asked alone. */
export function isRunning({ state, pending }: Pick<GatherRun, 'state' | 'pending'>): boolean {
	return state === 'running' || pending.length > 0;
}

/** Steps of the check that ask several servers at once, or none. */
const ABOUT_THE_NETWORK: readonly PlannedProbe[] = [
	'app-reachability',
	'ice-gathering',
	'udp-first-answer',
	'nat-mapping',
	'nat-filtering',
	'prober-mapping',
	'hairpin'
];

function configOf(iceServers: IceServer[]): CheckConfig {
	return { iceServers, profile: 'full', limits: DEFAULT_LIMITS, mediaPermission: false };
}

/** The check's own steps for each server, and the time after which it asks all of them at once, so as not to disturb these. */
function planOf(iceServers: IceServer[], deadlineMs: number): { plan: PlannedStep[]; delayMs: number } {
	const abilities = { engine: detectEngine(), mediaPermission: 'denied', appOrigin: null, secureContext: false } as const;
	const steps = makePlan(configOf(iceServers), abilities);
	const plan = steps
		.filter(({ probe }) => !ABOUT_THE_NETWORK.includes(probe))
		.map((step) => (step.probe === 'server-gathering' ? { ...step, deadlineMs } : step));
	return { plan, delayMs: steps.find(({ probe }) => probe === 'ice-gathering')!.delayMs };
}

function targetsOf(steps: readonly PlannedStep[]): string[] {
	return [...new Set(steps.flatMap(({ target }) => target ?? []))];
}

/** The connection of all servers, as the check writes it down; nothing of one that was refused or stopped. */
function togetherObserved({ gathered, configuration, permission, tookMs }: GatherRun): OwnObservation[] {
	if (gathered === null) return [];
	const urls = (configuration.iceServers ?? []).flatMap((server) => server.urls);
	const data = { mediaPermission: permission, policy: configuration.iceTransportPolicy ?? 'all', urls, ...gathered };
	const step = 'ice-gathering' as const;
	return [{ probe: step, step, target: null, startedMs: 0, tookMs, outcome: { state: 'seen', data } }];
}

function messageOf(error: unknown): string {
	return error instanceof Error || error instanceof DOMException ? error.message : String(error);
}
