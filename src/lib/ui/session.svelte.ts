/** The state of the page: servers, options, the run and what it found. One for the whole app; screens receive it. */
import type { Result } from '../core/base/result';
import type { Environment, Report } from '../core/report/report';
import type { IceServer } from '../core/ice/server';
import { areOwn, type Observation } from '../core/observations/observation';
import { DEFAULT_LIMITS, type CheckConfig, type Limits, type Profile } from '../core/plan/config';
import { makePlan, planCost, planSecondsAtMost, type Abilities, type Step } from '../core/plan/plan';
import { readAbilities, readEnvironment } from '../probes/environment';
import type { conclude } from '../core/verdict/conclude';
import type { Conclusions } from '../core/verdict/conclusion';
import type * as engine from './engine';
import { expiryOf, makeRow, toIceServers, withoutLogin, type ServerRow } from './server-rows';
import { keep, kept } from './storage';
import type { LinkSettings } from './share';

export type SessionState = 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
export type StepState = 'waiting' | 'running' | 'done' | 'skipped' | 'failed';

export interface StepView {
	step: Step;
	state: StepState;
	/** Index of its observation, null while there is none. */
	observation: number | null;
}

type Engine = typeof engine;

const SERVERS_KEY = 'icelens.servers';

export class Session {
	servers = $state<ServerRow[]>([]);
	/** Whether the list, credentials included, is kept on this device. */
	keepServers = $state(false);
	/** The list came by a link, which holds no credentials. */
	fromLink = $state(false);
	profile = $state<Profile>('full');
	deadlineMs = $state(DEFAULT_LIMITS.deadlineMs);
	mediaPermission = $state(false);
	/** Packets to the own public address: off until the user asks, as some firewalls take them for an attack. */
	hairpin = $state(false);

	state = $state<SessionState>('idle');
	failure = $state('');
	plan = $state.raw<Step[]>([]);
	observations = $state.raw<Observation[]>([]);
	/** The finished run, or the saved report that is open. */
	report = $state.raw<Report | null>(null);
	/** A report opened from a file or a link, as it was saved; null for this network's own results. */
	opened = $state.raw<Report | null>(null);
	/** What became of keeping the finished run on this device; null while there is nothing to say. */
	kept = $state.raw<Result<unknown> | null>(null);
	/** The observation that a "because" points to; the evidence part opens and scrolls to it. */
	focused = $state<number | null>(null);

	/** Known once the page runs. */
	abilities = $state.raw<Abilities | null>(null);
	/** When the page was last sure of the time, for credentials that run out; null while it is rendered on the server. */
	nowMs = $state<number | null>(null);
	environment = $state.raw<Environment | null>(null);
	/** Whether this browser has WebRTC at all. */
	webrtc = $state(true);

	/** Ids of the steps that have started. */
	#started = $state.raw<readonly string[]>([]);
	#engine = $state.raw<Engine | null>(null);
	/** Loaded where an opened report holds calls made elsewhere; the engine has no rules for those. */
	#conclude = $state.raw<typeof conclude | null>(null);
	#limits = $state.raw<Limits>(DEFAULT_LIMITS);
	#abort: AbortController | null = null;
	#defaults: IceServer[] = [];

	iceServers = $derived(toIceServers(this.servers));
	/** What has to be entered, or left out, before a check has something to ask each server with. */
	withoutLogin = $derived(withoutLogin(this.servers));
	config: CheckConfig = $derived({
		iceServers: this.iceServers,
		profile: this.profile,
		limits: { ...DEFAULT_LIMITS, deadlineMs: this.deadlineMs },
		mediaPermission: this.mediaPermission,
		hairpin: this.hairpin
	});
	/** The plan as it would be now: what will be contacted and what it costs, before anything is sent. */
	nextPlan = $derived(this.abilities ? makePlan(this.config, this.abilities) : []);
	cost = $derived({ ...planCost(this.nextPlan), secondsAtMost: planSecondsAtMost(this.nextPlan) });

	conclusions: Conclusions | null = $derived.by(() => {
		if (!this.#engine || (this.observations.length === 0 && !this.report)) return null;
		if (areOwn(this.observations)) return this.#engine.concludeOwn(this.#limits, this.observations);
		return this.#conclude && this.#conclude(this.#limits, this.observations);
	});
	headline = $derived(this.conclusions?.headline ?? null);
	/** Its sentence; empty while there is none. */
	verdict = $derived(this.#engine && this.headline ? this.#engine.sentence(this.headline) : '');
	/** The report with its sentences, as it is saved. */
	written = $derived(this.#engine && this.report ? this.#engine.withText(this.report) : null);
	steps = $derived(this.plan.map((step) => this.#viewOf(step)));
	finishedSteps = $derived(this.steps.filter(({ state }) => state !== 'waiting' && state !== 'running').length);
	changes = $derived(
		this.#engine && this.opened && this.conclusions
			? this.#engine.compareConclusions(this.opened.conclusions, this.conclusions)
			: []
	);

	/** How the page gets fresh credentials for its default servers, and such as may relay a load test; the root layout sets both. */
	refresh: (() => Promise<void>) | null = null;
	askForLoadTest: (() => Promise<readonly IceServer[]>) | null = null;

	/** Loads what a run needs. Called early, when somebody is about to press the button, and again by everything that needs it. */
	async prepare(): Promise<Engine> {
		this.#engine ??= await import('./engine');
		return this.#engine;
	}

	/** Called once in the browser: reads what this device kept, and what the browser can do. */
	async begin(): Promise<void> {
		const stored = readStored();
		if (stored) {
			this.servers = stored;
			this.keepServers = true;
			this.#refreshCredentials();
		}
		this.webrtc = typeof RTCPeerConnection !== 'undefined';
		this.nowMs = Date.now();
		this.environment = await readEnvironment();
		this.abilities = await readAbilities();
	}

	/** The servers that came with the page. A kept or edited list stays as it is; default rows get the fresh credentials. */
	useDefaults(servers: IceServer[]): void {
		const first = this.#defaults.length === 0 && this.servers.length === 0;
		this.#defaults = servers;
		if (first) this.servers = servers.map((server) => makeRow(server, 'default'));
		else this.#refreshCredentials();
	}

	/** The list with credentials for a load test in place of those that came with the page. */
	async loadTestServers(): Promise<IceServer[]> {
		const given = (await this.askForLoadTest?.()) ?? [];
		return toIceServers(
			this.servers.map((row) => {
				const fresh = row.origin === 'default' && given.find(({ urls }) => urls.join() === row.urls.join());
				return fresh ? { ...row, username: fresh.username ?? '', credential: fresh.credential ?? '' } : row;
			})
		);
	}

	reset(): void {
		this.servers = this.#defaults.map((server) => makeRow(server, 'default'));
		this.fromLink = false;
		this.store();
	}

	useSettings(settings: LinkSettings): void {
		this.servers = settings.servers.map((server) => makeRow(server, 'user'));
		this.deadlineMs = settings.deadlineMs;
		this.profile = settings.profile;
		this.fromLink = true;
		// The link's addresses of our own servers get the credentials that came with this page.
		this.#refreshCredentials();
	}

	/** Writes the list to this device when the user asked for that, and forgets it otherwise. */
	store(): void {
		keep(SERVERS_KEY, this.keepServers ? JSON.stringify($state.snapshot(this.servers)) : null);
	}

	async start(): Promise<void> {
		if (this.state === 'running') return;
		const abort = new AbortController();
		this.#abort = abort;
		// A saved report that is opened meanwhile takes the screen: what the run still brings is not for it.
		const shown = () => this.#abort === abort;
		this.state = 'running';
		this.failure = '';
		this.nowMs = Date.now();
		this.opened = null;
		this.report = null;
		this.kept = null;
		this.observations = [];
		this.focused = null;
		this.#started = [];
		try {
			const { run, reportOf } = await this.prepare();
			await this.#renew();
			const config = $state.snapshot(this.config) as CheckConfig;
			this.#limits = config.limits;
			const abilities = await readAbilities();
			const plan = makePlan(config, abilities);
			this.plan = plan;
			const observations = await run(plan, config, {
				signal: abort.signal,
				onStepStart: (step) => shown() && (this.#started = [...this.#started, step.id]),
				onObservation: (observation) => shown() && (this.observations = [...this.observations, observation])
			});
			const environment = await readEnvironment();
			if (!shown()) return;
			this.observations = observations;
			this.report = reportOf(config, plan, environment, observations);
			this.state = abort.signal.aborted ? 'cancelled' : 'done';
			if (this.state === 'done') void this.#keep(this.report);
		} catch (error) {
			if (!shown()) return;
			this.failure = error instanceof Error ? error.message : String(error);
			this.state = 'failed';
		}
		this.abilities = await readAbilities();
	}

	cancel(): void {
		this.#abort?.abort();
	}

	/** Shows a saved report, judged anew from its observations. */
	async open(report: Report): Promise<void> {
		this.cancel();
		this.#abort = null;
		await this.prepare();
		if (!areOwn(report.observations)) this.#conclude ??= (await import('../core/verdict/conclude')).conclude;
		this.opened = report;
		this.report = report;
		this.kept = null;
		this.plan = report.config.plan;
		this.observations = report.observations;
		this.#limits = report.config.limits;
		this.#started = [];
		this.focused = null;
		this.state = 'done';
	}

	/** Back to the start, ready to check this network. */
	close(): void {
		this.opened = null;
		this.report = null;
		this.plan = [];
		this.observations = [];
		this.state = 'idle';
	}

	/** Into the history of this device, unless that is switched off. */
	async #keep(report: Report): Promise<void> {
		const { keepReport } = await import('./reports/history');
		const result = await keepReport(report);
		if (this.report === report) this.kept = result;
	}

	#viewOf(step: Step): StepView {
		const index = this.observations.findIndex((observation) => observation.step === step.id);
		if (index < 0) {
			const running = this.state === 'running' && this.#started.includes(step.id);
			return { step, state: running ? 'running' : 'waiting', observation: null };
		}
		const states = { seen: 'done', failed: 'failed', skipped: 'skipped' } as const;
		return { step, state: states[this.observations[index]!.outcome.state], observation: index };
	}

	/** Rows of the page's own servers get the credentials that came last. A credential the user typed is left alone. */
	#refreshCredentials(): void {
		for (const row of this.servers) {
			const fresh = this.#defaults.find(({ urls }) => urls.join() === row.urls.join());
			if (!fresh || (row.origin !== 'default' && row.credential !== '')) continue;
			row.origin = 'default';
			row.username = fresh.username ?? '';
			row.credential = fresh.credential ?? '';
		}
	}

	/** Credentials that came with the page are short-lived; one that would not last through a run is replaced first. */
	async #renew(): Promise<void> {
		const soonMs = Date.now() + 60_000;
		const stale = this.servers.some((row) => {
			const expiryMs = row.origin === 'default' && row.enabled ? expiryOf(row.username)?.getTime() : undefined;
			return expiryMs !== undefined && expiryMs < soonMs;
		});
		if (stale) await this.refresh?.();
	}
}

function readStored(): ServerRow[] | null {
	try {
		const rows = JSON.parse(kept(SERVERS_KEY) ?? 'null') as Partial<ServerRow>[] | null;
		if (!Array.isArray(rows)) return null;
		return rows
			.filter((row) => Array.isArray(row.urls) && row.urls.every((url) => typeof url === 'string'))
			.map((row) =>
				makeRow(
					{ urls: row.urls!, username: String(row.username ?? ''), credential: String(row.credential ?? '') },
					row.origin ?? 'user',
					row.enabled !== false,
					row.name ?? null
				)
			);
	} catch {
		return null;
	}
}
