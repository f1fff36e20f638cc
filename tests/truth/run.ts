/** A whole check in a generated network: the steps of the real plan, each with what a browser there would write down. */
import type { Observation } from '../../src/lib/core/observations/observation';
import { DEFAULT_LIMITS, type CheckConfig } from '../../src/lib/core/plan/config';
import { answeredObservers, observersToAsk, udpServersToTry } from '../../src/lib/core/plan/observers';
import { serverListFacts } from '../../src/lib/core/ice/server-list-facts';
import { makePlan, type PlannedStep, type StepOf } from '../../src/lib/core/plan/plan';
import { isOutside, scopeOfText } from '../../src/lib/core/base/ip';
import { serverHasAnswered } from '../../src/lib/probes/check/gathering';
import { gather, refusedByBrowser, type Asked } from './browser';
import { seen, skipped, type Outcome } from './outcome';
import { RelayTests } from './relay-tests';
import { Wire } from './wire';
import { EXPIRED, webFamily, type World } from './world';

/** When the list was read: some credentials had ended long before. */
const NOW_MS = Date.UTC(2026, 10, 20);

export interface Run {
	world: World;
	wire: Wire;
	plan: readonly PlannedStep[];
	observations: Observation[];
}

export function runCheck(world: World): Run {
	return new Check(world).run();
}

class Check {
	#world: World;
	#wire: Wire;
	#config: CheckConfig;
	#plan: readonly PlannedStep[];
	#relays: RelayTests;
	#done: { endMs: number; answered: boolean; observation: Observation }[] = [];

	constructor(world: World) {
		this.#world = world;
		this.#wire = new Wire(world);
		const iceServers = world.list.map(({ url, username, credential }) => ({ urls: [url], username, credential }));
		this.#config = { iceServers, profile: world.profile, limits: DEFAULT_LIMITS, mediaPermission: false };
		this.#plan = makePlan(this.#config, {
			engine: world.engine,
			mediaPermission: world.microphone ? 'granted' : 'prompt',
			appOrigin: world.app === 'loopback' ? 'http://localhost:8478' : 'https://icelens.example',
			secureContext: true
		});
		this.#relays = new RelayTests(this.#wire, this.#plan);
	}

	run(): Run {
		const pending = [...this.#plan];
		while (pending.length > 0) {
			const next = pending
				.flatMap((step) => {
					const readyMs = this.#readyMs(step);
					return readyMs === null ? [] : [{ step, readyMs }];
				})
				.reduce((first, each) => (each.readyMs < first.readyMs ? each : first));
			pending.splice(pending.indexOf(next.step), 1);
			this.#perform(next.step, next.readyMs);
		}
		const observations = this.#done.toSorted((a, b) => a.endMs - b.endMs).map(({ observation }) => observation);
		return { world: this.#world, wire: this.#wire, plan: this.#plan, observations };
	}

	/** Null while a step that it comes after has not been performed. */
	#readyMs(step: PlannedStep): number | null {
		const before = step.after.map((id) => this.#done.find(({ observation }) => observation.step === id));
		if (before.some((each) => each === undefined)) return null;
		const all = Math.max(0, ...before.map((each) => each!.endMs));
		const first = Math.min(...before.filter((each) => each!.answered).map((each) => each!.endMs));
		const soon = step.patienceMs === null ? Infinity : first + step.patienceMs;
		return Math.min(all, soon) + step.delayMs;
	}

	#perform(step: PlannedStep, startedMs: number): void {
		const before = this.#done.filter(({ endMs }) => endMs <= startedMs).map(({ observation }) => observation);
		this.#wire.step = step.id;
		const { outcome, tookMs } = this.#probe(step, startedMs, before);
		const observation = { probe: step.probe, step: step.id, target: step.target, startedMs, tookMs, outcome } as Observation;
		this.#done.push({ endMs: startedMs + tookMs, answered: broughtAnswer(observation), observation });
	}

	#probe(step: PlannedStep, atMs: number, before: readonly Observation[]): Outcome {
		switch (step.probe) {
			case 'server-list':
				return seen(serverListFacts(this.#config.iceServers, { nowMs: NOW_MS, runMsAtMost: 30_000 }), 0);
			case 'app-reachability':
				return this.#app(step.target);
			case 'server-gathering':
				return this.#server(step, atMs);
			case 'ice-gathering':
				return this.#all(atMs, step.deadlineMs);
			case 'udp-first-answer':
				return this.#firstAnswer(step, atMs, before);
			case 'nat-mapping':
				return this.#mapping(step, atMs, before);
			case 'nat-filtering':
				return step.by === 'prober'
					? skipped('skip-no-prober', { because: null, family: step.family })
					: this.#relays.filtering(atMs, before);
			case 'relay':
				return this.#relays.relay(step, atMs, before);
			case 'prober-mapping':
				return skipped('skip-no-prober', { because: null, family: step.family });
			case 'hairpin':
				return skipped('skip-hairpin-without-observer', {});
		}
	}

	#app(url: string): Outcome {
		const { app, tcp, device, nat, rttMs } = this.#world;
		if (app === 'loopback') return seen({ url, status: 200, rttMs: 3, clientAddress: '127.0.0.1' }, 8);
		const over = webFamily(this.#world);
		if (app === 'not-reached' || tcp === 'blocked' || !over)
			return { outcome: { state: 'failed', code: 'refused', message: 'Failed to fetch' }, tookMs: 90 };
		const own = device[over]!;
		const clientAddress = over === 'ipv6' || nat.mapping === 'none' ? own : this.#wire.random.one(...nat.outside);
		return seen({ url, status: 200, rttMs, clientAddress }, 3 * rttMs);
	}

	#server(step: StepOf<'server-gathering'>, atMs: number): Outcome {
		const entry = this.#entry(step.server);
		const refused = refusedByBrowser(entry);
		if (refused !== null) return { outcome: { state: 'failed', code: 'malformed', message: refused }, tookMs: 1 };
		const { told, tookMs } = gather(this.#wire, [entry], {
			atMs,
			deadlineMs: step.deadlineMs,
			enoughIn: serverHasAnswered(entry.url)
		});
		const credentialExpiredForMs = entry.username === EXPIRED ? 190_000_000_000 : null;
		return seen({ url: entry.url, ...told, credentialExpiredForMs, localNetwork: this.#world.localNetwork }, tookMs);
	}

	#all(atMs: number, deadlineMs: number): Outcome {
		const usable = this.#config.iceServers.map((_, i) => this.#entry(i)).filter((entry) => refusedByBrowser(entry) === null);
		const { told, tookMs } = gather(this.#wire, usable, { atMs, deadlineMs });
		const mediaPermission = this.#world.microphone ? 'granted' : 'not-granted';
		return seen({ mediaPermission, policy: 'all', urls: usable.map(({ url }) => url), ...told }, tookMs);
	}

	#firstAnswer(step: PlannedStep, atMs: number, before: readonly Observation[]): Outcome {
		const urls = udpServersToTry(
			this.#world.list.map(({ url }) => url),
			before
		);
		if (urls === null) return skipped('skip-udp-answered', {});
		const { told, tookMs } = gather(
			this.#wire,
			urls.map((url) => ({ url })),
			{
				atMs,
				deadlineMs: step.deadlineMs,
				enoughIn: (_, last) => (last.type === 'srflx' && isOutside(scopeOfText(last.address)) ? 0 : null)
			}
		);
		return seen({ urls, ...told }, tookMs);
	}

	#mapping(step: PlannedStep, atMs: number, before: readonly Observation[]): Outcome {
		const observers = observersToAsk(before);
		if (observers === null) {
			const count = answeredObservers(before).length;
			return count > 1
				? skipped('skip-mapping-observers-asked', {})
				: skipped('skip-mapping-needs-two-observers', { answered: count });
		}
		const asked = observers.map((url) => ({ url }));
		const { told, tookMs } = gather(this.#wire, asked, { atMs, deadlineMs: step.deadlineMs });
		return seen({ observers, ...told }, tookMs);
	}

	#entry(index: number): Asked {
		const { url, username, credential } = this.#world.list[index]!;
		return { url, username, credential };
	}
}

/** As the runner tells (probes/check/run.ts). */
function broughtAnswer({ probe, outcome }: Observation): boolean {
	if (outcome.state !== 'seen') return false;
	if (probe !== 'server-gathering') return true;
	const { candidates, completeMs, errors } = outcome.data;
	return candidates.some(({ type }) => type !== 'host') || (completeMs !== null && errors.length === 0);
}
