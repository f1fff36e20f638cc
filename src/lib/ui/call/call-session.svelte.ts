/**
 * The state of the call screen: choices, the call that runs, what was done so far, and a saved call that is open. One for the page's
 * life, so that a call that ends because the screen was left is still there, to be saved, when the user comes back.
 */
import { tick } from 'svelte';
import { callSteps, throughputCost, type CallPart } from '../../core/plan/call-steps';
import { areOwn, type LoopbackCall, type Observation, type Outcome, type Throughput } from '../../core/observations/observation';
import type { IceServer } from '../../core/ice/server';
import type { Recording } from '../../core/recording/recording';
import { DEFAULT_LIMITS } from '../../core/plan/config';
import type { Report } from '../../core/report/report';
import type { CallConclusion } from '../../core/verdict/call/call-conclusion';
import type { conclude } from '../../core/verdict/conclude';
import type { concludeOwn } from '../../core/verdict/conclude-own';
import { readEnvironment } from '../../probes/environment';
import { DEFAULT_DEADLINE_MS, LoopbackCallRun, type CallState } from '../../probes/call/loopback-call';
import { DEFAULT_MEDIA } from '../../probes/call/loopback-call-media';
import { routesOf, type CallRoute } from '../../probes/call/loopback-call-route';
import { PageWatch } from '../../probes/page-watch';
import { COMPARISON_CALL_MS, COMPARISON_DEADLINE_MS, comparePaths } from '../../probes/call/path-comparison';
import { DEFAULT_THROUGHPUT, measureThroughput } from '../../probes/call/throughput';
import type { Session } from '../session.svelte';
import { costOf, routeOf, type PathChoice } from './choices';

/** What the screen shows: the call that runs, the last one, or one of a saved report. */
export interface ShownCall {
	recording: Recording;
	/** Everything else of the call; of a running one as it was when it was last looked at. */
	call: LoopbackCall | null;
}

export type LoadProgress = { what: 'connecting' | 'idle' | 'forth' | 'back'; bitrateBps: number | null };

/** Part of the time that showing may take: charts of a long call are shown less often before they slow the page down. */
const SHOWING_SHARE = 20;

export class CallSession {
	path = $state<PathChoice>('any');
	/** Whether only the caller is behind the relay. */
	oneEnd = $state(false);
	media = $state({ ...DEFAULT_MEDIA });
	durationS = $state<number | null>(30);
	pollMs = $state(1000);

	state = $state<CallState>('idle');
	/** Counts up whenever there is something new to show of the running call. */
	version = $state(0);
	/** Counts up when a stream came or went. */
	streams = $state(0);
	run = $state.raw<LoopbackCallRun | null>(null);
	/** The last call that ended. */
	last = $state.raw<LoopbackCall | null>(null);

	loading = $state.raw<LoadProgress | null>(null);
	/** Paths being compared: the calls so far, and which one runs. */
	comparing = $state.raw<{ routes: CallRoute[]; calls: LoopbackCall[] } | null>(null);
	compared = $state.raw<{ routes: CallRoute[]; calls: LoopbackCall[] } | null>(null);

	/** What was done, in time: the material of a report. */
	parts = $state.raw<CallPart[]>([]);
	/** A saved report that is open, and which of its calls is shown. */
	opened = $state.raw<Report | null>(null);
	openedIndex = $state(0);
	/** Loaded with the first call. */
	concludeOwn = $state.raw<typeof concludeOwn | null>(null);
	/** Loaded where an opened report holds calls made elsewhere; those of this page take half the rules. */
	conclude = $state.raw<typeof conclude | null>(null);

	#reportId: string | null = null;
	#startedMs = 0;
	#abort: AbortController | null = null;
	#shownAtMs = 0;
	#showCostMs = 0;
	#later: ReturnType<typeof setTimeout> | null = null;
	/** When the first part began, on the page's clock. */
	#originMs: number | null = null;
	#watch: PageWatch | null = null;

	running = $derived(this.state === 'connecting' || this.state === 'connected' || this.state === 'interrupted');
	busy = $derived(this.running || this.loading !== null || this.comparing !== null);

	openedCalls = $derived(
		(this.opened?.observations ?? []).flatMap((one) =>
			one.probe === 'loopback-call' && one.outcome.state === 'seen' ? [one.outcome.data] : []
		)
	);
	shown: ShownCall | null = $derived.by(() => {
		if (this.opened) {
			const call = this.openedCalls[this.openedIndex] ?? null;
			return call ? { recording: call.recording, call } : null;
		}
		if (this.run && this.running) return { recording: this.run.recording, call: null };
		return this.last ? { recording: this.last.recording, call: this.last } : null;
	});
	throughputs: Throughput[] = $derived(
		(this.opened ? this.opened.observations : this.parts).flatMap((one) =>
			one.probe === 'throughput' && one.outcome.state === 'seen' ? [one.outcome.data as Throughput] : []
		)
	);

	/** Everything that was done here, or that is in the report that is open; a call that runs as it is now. */
	observations: readonly Observation[] = $derived.by(() => {
		void this.version;
		if (this.opened) return this.opened.observations;
		const now = this.running ? this.run?.snapshot() : undefined;
		const running = now && {
			probe: 'loopback-call' as const,
			path: now.path,
			cost: { seconds: 0, bytes: 0 },
			startedMs: 0,
			tookMs: 0,
			pausedMs: { hidden: 0, stalled: 0 },
			outcome: { state: 'seen' as const, data: now }
		};
		return callSteps(running ? [...this.parts, running] : this.parts).observations;
	});
	/** Of each call what a report of these observations concludes; empty until the rules are loaded. */
	calls: CallConclusion[] = $derived.by(() => {
		const limits = this.opened?.config.limits ?? DEFAULT_LIMITS;
		const { observations } = this;
		const concluded = areOwn(observations) ? this.concludeOwn?.(limits, observations) : this.conclude?.(limits, observations);
		return concluded?.calls ?? [];
	});

	/** What is concluded of a call; without one of the call that runs. */
	conclusionOf(call: LoopbackCall | null): CallConclusion | null {
		const index = call
			? this.observations.findIndex(({ outcome }) => outcome.state === 'seen' && outcome.data === call)
			: this.observations.length - 1;
		return this.calls.find(({ observations }) => observations[0] === index) ?? null;
	}

	route(session: Session): CallRoute | null {
		return routeOf(this.path, this.oneEnd ? 'direct' : 'relay', session.iceServers);
	}

	async start(session: Session): Promise<void> {
		if (this.busy) return;
		await this.#freshCredentials(session);
		const route = this.route(session);
		if (!route || this.busy) return;
		this.opened = null;
		this.last = null;
		this.#begin();
		const run = new LoopbackCallRun(
			{
				route,
				media: $state.snapshot(this.media),
				purpose: 'call',
				durationMs: this.durationS === null ? null : this.durationS * 1000,
				pollMs: this.pollMs,
				deadlineMs: DEFAULT_DEADLINE_MS
			},
			{
				onState: (state) => (this.state = state),
				onRecord: () => this.#show(),
				onStreams: () => this.streams++,
				onEnd: (call) => this.#ended(call, route)
			}
		);
		this.run = run;
		this.state = 'connecting';
		await run.start();
	}

	async stop(): Promise<void> {
		this.#abort?.abort();
		await this.run?.stop();
	}

	setPoll(ms: number): void {
		this.pollMs = ms;
		if (this.run) this.run.pollMs = ms;
	}

	async switchPath(session: Session, choice: PathChoice): Promise<void> {
		await this.#freshCredentials(session);
		const route = routeOf(choice, this.oneEnd ? 'direct' : 'relay', session.iceServers);
		if (!route || !this.run) return;
		this.path = choice;
		await this.run.switchPath(route);
	}

	/** Loads the chosen path. */
	async load(session: Session): Promise<void> {
		if (this.busy) return;
		this.loading = { what: 'connecting', bitrateBps: null };
		await this.#freshCredentials(session);
		const route = routeOf(this.path, this.oneEnd ? 'direct' : 'relay', await loadTestServers(session));
		if (!route) return void (this.loading = null);
		this.opened = null;
		this.#begin();
		const abort = (this.#abort = new AbortController());
		const outcome = await measureThroughput(route, {
			...DEFAULT_THROUGHPUT,
			signal: abort.signal,
			onProgress: (what, bitrateBps) => (this.loading = { what, bitrateBps })
		});
		this.loading = null;
		this.#add('throughput', route, outcome, throughputCost(route.path, DEFAULT_THROUGHPUT));
	}

	/** The same short call over each of these paths. */
	async compare(session: Session, urls: readonly PathChoice[]): Promise<void> {
		if (this.busy) return;
		this.comparing = { routes: [], calls: [] };
		await this.#freshCredentials(session);
		const routes = comparable(session).filter(({ path }) => urls.includes(path.url ?? path.kind));
		this.comparing = { routes, calls: [] };
		this.opened = null;
		const abort = (this.#abort = new AbortController());
		const calls = await comparePaths({
			routes,
			media: $state.snapshot(this.media),
			durationMs: COMPARISON_CALL_MS,
			deadlineMs: COMPARISON_DEADLINE_MS,
			pollMs: 500,
			signal: abort.signal,
			onStart: () => this.#begin(),
			onEnd: (call, i) => {
				this.comparing = { routes, calls: [...this.comparing!.calls, call] };
				this.#addCall(call, routes[i]!);
			}
		});
		this.comparing = null;
		this.compared = { routes, calls };
	}

	/** Everything that was done here, as a report like any other. */
	async report(session: Session): Promise<Report> {
		if (this.opened) return this.opened;
		const { reportOf } = await import('../report-of');
		const { plan, observations } = callSteps(this.parts);
		const environment = await readEnvironment();
		const config = { ...$state.snapshot(session.config), limits: { ...DEFAULT_LIMITS, deadlineMs: DEFAULT_DEADLINE_MS } };
		const report = reportOf(config as Parameters<typeof reportOf>[0], plan, environment, observations);
		// One report of this screen, which grows: kept again after every call, it takes the place of the one before.
		this.#reportId ??= report.id;
		return { ...report, id: this.#reportId };
	}

	open(report: Report): void {
		void this.#loadRules(report.observations);
		this.opened = report;
		this.openedIndex = 0;
	}

	async #loadRules(observations: readonly Observation[]): Promise<void> {
		if (areOwn(observations)) this.concludeOwn ??= (await import('../../core/verdict/conclude-own')).concludeOwn;
		else this.conclude ??= (await import('../../core/verdict/conclude')).conclude;
	}

	#begin(): void {
		void this.#loadRules([]);
		this.#startedMs = performance.now();
		this.#originMs ??= this.#startedMs;
		this.#watch?.stop();
		this.#watch = new PageWatch();
	}

	#ended(call: LoopbackCall, route: CallRoute): void {
		this.last = call;
		this.state = 'ended';
		this.run = null;
		if (this.#later !== null) clearTimeout(this.#later);
		this.#later = null;
		this.version++;
		this.#addCall(call, route);
	}

	#addCall(call: LoopbackCall, route: CallRoute): void {
		const seconds = (call.recording.connections[0]?.endMs ?? 0) / 1000;
		const cost = costOf(route, call.media, seconds) ?? { seconds, bytes: 0 };
		this.#add('loopback-call', route, { state: 'seen', data: call }, cost);
	}

	#add(probe: CallPart['probe'], route: CallRoute, outcome: Outcome<LoopbackCall | Throughput>, cost: CallPart['cost']): void {
		const part = {
			probe,
			path: route.path,
			cost,
			startedMs: Math.round(this.#startedMs - (this.#originMs ?? this.#startedMs)),
			tookMs: Math.round(performance.now() - this.#startedMs),
			pausedMs: this.#watch!.read().pausedMs,
			outcome: outcome as CallPart['outcome']
		};
		this.#watch!.stop();
		this.parts = [...this.parts, part];
	}

	/** Shows what is new, but not so often that showing takes more than a twentieth of the time. */
	#show(): void {
		const now = performance.now();
		const waitMs = this.#shownAtMs + SHOWING_SHARE * this.#showCostMs - now;
		if (this.#later !== null) return;
		this.#later = setTimeout(() => void this.#showNow(), Math.max(0, waitMs));
	}

	async #showNow(): Promise<void> {
		this.#later = null;
		const began = performance.now();
		this.version++;
		await tick();
		this.#shownAtMs = performance.now();
		this.#showCostMs = this.#shownAtMs - began;
	}

	/** Credentials that came with the page are short-lived. */
	async #freshCredentials(session: Session): Promise<void> {
		try {
			await session.refresh?.();
		} catch {
			// The app cannot be reached now; the credentials at hand may still be good.
		}
	}
}

/** The app's own relay gives a load more than a call. */
async function loadTestServers(session: Session): Promise<IceServer[]> {
	try {
		return await session.loadTestServers();
	} catch {
		// The app cannot be reached now; the credentials at hand may still be good.
		return session.iceServers;
	}
}

/** The paths that a comparison can go over, each once. */
export function comparable(session: Session): CallRoute[] {
	const routes = routesOf(session.iceServers);
	const keyOf = ({ path }: CallRoute) => path.url ?? path.kind;
	return routes.filter((route, i) => routes.findIndex((one) => keyOf(one) === keyOf(route)) === i);
}

let kept: CallSession | null = null;

/** The page's one session. On the server, where no two visitors may share one, a fresh one each time. */
export function callSession(): CallSession {
	if (typeof window === 'undefined') return new CallSession();
	// Outside the component that asks first: what is derived would stand still when that component goes.
	if (!kept) $effect.root(() => void (kept = new CallSession()));
	return kept!;
}
