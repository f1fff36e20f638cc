/** A whole check in a generated network: the steps of the real plan, each with what a browser there would write down. */
import type { Family } from '../../src/lib/core/base/ip';
import { familyOfText } from '../../src/lib/core/observations/candidates';
import type { CandidateErrorRecord, FilterProbe, Observation, RelayRun } from '../../src/lib/core/observations/observation';
import { DEFAULT_LIMITS, type CheckConfig } from '../../src/lib/core/plan/config';
import {
	filteringLeftOpen,
	filteringTask,
	isAtAnotherAddress,
	observerAt,
	type FilteringTask
} from '../../src/lib/core/plan/filtering';
import { answeredObservers, observersToAsk, udpServersToTry } from '../../src/lib/core/plan/observers';
import { serverListFacts } from '../../src/lib/core/ice/server-list-facts';
import { makePlan, type PlannedStep, type StepOf } from '../../src/lib/core/plan/plan';
import { crossPeer, farObservers, hasAllocated } from '../../src/lib/core/plan/relays';
import { isOutside, scopeOfText } from '../../src/lib/core/base/ip';
import { parseIceUrl } from '../../src/lib/core/stun/uri';
import { serverHasAnswered } from '../../src/lib/probes/check/gathering';
import { gather, refusedByBrowser, type Asked } from './browser';
import { Wire, type Endpoint, type Reply } from './wire';
import { EXPIRED, type Machine, type World } from './world';

/** When the list was read: some credentials had ended long before. */
const NOW_MS = Date.UTC(2026, 10, 20);

export interface Run {
	world: World;
	wire: Wire;
	plan: readonly PlannedStep[];
	observations: Observation[];
}

type Outcome = { outcome: unknown; tookMs: number };

export function runCheck(world: World): Run {
	return new Check(world).run();
}

class Check {
	#world: World;
	#wire: Wire;
	#config: CheckConfig;
	#plan: readonly PlannedStep[];
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
				return step.by === 'prober' ? skipped('This server has no prober.') : this.#filtering(atMs, before);
			case 'relay':
				return this.#relay(step, atMs, before);
			case 'prober-mapping':
				return skipped('This server has no prober.');
			case 'hairpin':
				return skipped('Not asked for.');
		}
	}

	#app(url: string): Outcome {
		const { app, tcp, device, broken, nat, rttMs } = this.#world;
		if (app === 'loopback') return seen({ url, status: 200, rttMs: 3, clientAddress: '127.0.0.1' }, 8);
		const over = (['ipv6', 'ipv4'] as const).find((family) => device[family] !== null && broken !== family);
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
		return seen({ url: entry.url, ...told, credentialExpiredForMs }, tookMs);
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
		if (urls === null) return skipped('A server has answered over UDP already.');
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
			return skipped(
				count > 1
					? 'Every server that answered has been asked already.'
					: `${count === 0 ? 'No server' : 'Only one server'} answered over UDP; comparing takes two.`
			);
		}
		const asked = observers.map((url) => ({ url }));
		const { told, tookMs } = gather(this.#wire, asked, { atMs, deadlineMs: step.deadlineMs });
		return seen({ observers, ...told }, tookMs);
	}

	#relay(step: StepOf<'relay'>, atMs: number, before: readonly Observation[]): Outcome {
		if (!step.after.some((id) => hasAllocated(before, id)))
			return skipped('The server gave no relay, so there is nothing to send data through.');
		const mark = this.#wire.mark();
		const entry = this.#entry(step.server);
		const near = this.#allocate(entry, atMs);
		const direct = this.#direct(entry, near, farObservers(before, step), atMs);
		const runs = [direct];
		let tookMs = direct.state === 'carried' ? 300 + 6 * this.#world.rttMs : 5000;
		if (direct.state === 'not-connected') {
			const one = this.#allocate(entry, atMs + 400);
			const two = this.#allocate(entry, atMs + 401);
			runs.push(this.#between('self', entry, entry.url, one, two, atMs + 800));
		}
		this.#wire.release(mark, atMs + tookMs);
		if (this.#world.profile === 'full' && runs.some(({ state }) => state !== 'not-allocated')) {
			const peer = crossPeer(this.#plan, before, step);
			if (peer) {
				const other = this.#wire.mark();
				const theirs = this.#entry(peer.server);
				const [one, two] = [this.#allocate(entry, atMs + tookMs), this.#allocate(theirs, atMs + tookMs)];
				runs.push(this.#between('cross', entry, theirs.url, one, two, atMs + tookMs + 300));
				tookMs += 400;
				this.#wire.release(other, atMs + tookMs);
			}
		}
		const told = this.#world.lacks.includes('icecandidateerror') ? runs.map((one) => ({ ...one, errors: [] })) : runs;
		return seen({ url: entry.url, runs: told }, tookMs);
	}

	#direct(entry: Asked, near: Allocation, far: ReturnType<typeof farObservers>, atMs: number): RelayRun {
		if (!near.relay) return { ...runOf('direct', null, near), state: 'not-allocated' };
		const family = familyOfText(near.relay.address) as Family;
		const own = this.#world.device[family];
		const port = this.#wire.freshPort();
		// The far end tells the relay its own addresses, those that STUN servers reported, and what the TURN server saw.
		const told = far.urls.flatMap((url) => this.#reported(url, family, port, atMs));
		const permitted = [own, ...told.map(({ address }) => address), far.ownAddress?.address ?? null];
		const source = own === null ? null : this.#wire.toRelay(near.relay, near.machine!, { family, port, atMs });
		const carried = source !== null && permitted.includes(source.address) && near.machine!.relay.sends;
		if (!carried) return runOf('direct', null, near);
		this.#logRelayed(entry, near.relay, 'direct', source, atMs + 200);
		const known = told.some((each) => each.address === source.address && each.port === source.port);
		const farType = source.address === own ? 'host' : known ? 'srflx' : 'prflx';
		return {
			...runOf('direct', null, near),
			...CARRIED,
			rttMs: 2 * this.#world.rttMs,
			farType,
			remote: this.#world.lacks.includes('addresses in getStats')
				? { address: null, port: source.port, type: farType }
				: { ...source, type: farType }
		};
	}

	#between(toward: 'self' | 'cross', entry: Asked, peerUrl: string, one: Allocation, two: Allocation, atMs: number): RelayRun {
		const refused = one.relay ? two : one;
		if (!refused.relay) return { ...runOf(toward, peerUrl, refused), state: 'not-allocated' };
		const [a, b] = [one.machine!, two.machine!];
		const sends = a.relay.sends && b.relay.sends;
		const sameFamily = familyOfText(one.relay!.address) === familyOfText(two.relay!.address);
		const routed =
			a.addresses.includes(one.relay!.address) && b.addresses.includes(two.relay!.address) && (a.relay.open || b.relay.open);
		const carried = sends && sameFamily && (a === b || routed);
		if (!carried) return runOf(toward, peerUrl, one);
		this.#logRelayed(entry, one.relay!, toward, two.relay!, atMs);
		return { ...runOf(toward, peerUrl, one), ...CARRIED, rttMs: 2 * this.#world.rttMs };
	}

	#logRelayed({ url, username }: Asked, relay: Endpoint, toward: RelayRun['toward'], source: Endpoint, atMs: number): void {
		const family = familyOfText(relay.address) as Family;
		const base = {
			atMs,
			step: this.#wire.step,
			url,
			aside: false,
			user: username ?? null,
			family,
			transport: 'udp',
			to: relay
		} as const;
		this.#wire.log.push({ ...base, what: 'relayed', relay, toward, source });
	}

	#filtering(atMs: number, before: readonly Observation[]): Outcome {
		const task = filteringTask(this.#plan, before);
		if (typeof task === 'string') return skipped(task);
		if (!filteringLeftOpen(before, task)) return skipped('What the servers that answered can tell was asked already.');
		const ask = (opened: FilterProbe['opened']) => {
			const mark = this.#wire.mark();
			const probe = this.#filterProbe(task, opened, atMs);
			this.#wire.release(mark, atMs + 1200);
			return probe === null ? [] : [probe];
		};
		const probes = [...ask('other-address'), ...ask('other-address'), ...ask('relay-address')];
		const passed = (opened: FilterProbe['opened']) =>
			probes.filter((each) => each.opened === opened && each.state === 'passed').length;
		if (passed('relay-address') === 1 && passed('other-address') === 0) probes.push(...ask('relay-address'));
		const relay = probes.find((each) => each.relay !== null)?.relay ?? null;
		return seen({ method: 'turn', family: familyOfText(relay?.address), server: task.url, probes }, 1400);
	}

	#filterProbe(task: FilteringTask, opened: FilterProbe['opened'], atMs: number): FilterProbe | null {
		const { nat } = this.#world;
		const blank = { opened, mapped: null, relay: null, why: null, probingMs: null, controlMs: null, controlPort: null };
		const nothing = { ...blank, observer: task.observers[0]!, state: 'inconclusive' } as const;
		const { relay, machine } = this.#allocate(this.#entry(task.server), atMs);
		if (!relay) return { ...nothing, why: 'no-relay' };
		const far = task.observers.find((observer) => isAtAnotherAddress(observer, task.url, relay.address));
		if (opened === 'other-address' && far === undefined) return null;
		const family = familyOfText(relay.address) as Family;
		const port = this.#wire.freshPort();
		const candidates =
			opened === 'other-address' ? [far!] : [observerAt(task.observers, task.url, relay.address), task.observers[0]!];
		const found = candidates.flatMap((url) => this.#reported(url, family, port, atMs).map((mapped) => ({ url, mapped })))[0];
		if (!found) return { ...nothing, relay, why: 'no-mapped-address' };
		const { url: observer, mapped } = found;
		const parsed = parseIceUrl(observer);
		const host = parsed.ok ? parsed.value.host : '';
		const place =
			this.#world.machines.find(({ name }) => name === host)?.records.find((address) => familyOfText(address) === family) ?? host;
		const source = this.#wire.toRelay(relay, machine!, { family, port, atMs });
		const known =
			nat.mapping === 'endpoint-independent' || nat.mapping === 'none' || family === 'ipv6' || place === relay.address;
		const written = opened === 'relay-address' && known && nat.filtering !== 'address-and-port-dependent';
		const reachable = source !== null && machine!.relay.sends && this.#arrives(mapped, family);
		const result = { ...nothing, observer, mapped, relay, probingMs: 1220 };
		if (!reachable) return { ...result, why: 'control-failed' };
		if (nat.filtering === 'endpoint-independent' || written) return { ...result, state: 'passed', probingMs: 18 };
		if (source.address !== mapped.address) return { ...result, why: 'control-failed' };
		return { ...result, state: 'blocked', controlMs: 33, controlPort: source.port };
	}

	/** Whether that address leads to the device at all. */
	#arrives({ address }: Endpoint, family: Family): boolean {
		const { device, nat } = this.#world;
		return address === device[family] || (family === 'ipv4' && nat.outside.includes(address));
	}

	/** What a STUN server says of one socket. */
	#reported(url: string, family: Family, port: number, atMs: number): Endpoint[] {
		const parsed = parseIceUrl(url);
		if (!parsed.ok) return [];
		const { host, hostKind } = parsed.value;
		const address = hostKind === 'name' ? this.#wire.lookup(host, family, atMs) : hostKind === family ? host : null;
		if (address === null) return [];
		const reply = this.#wire.udp(
			{ url, family, port, to: { address, port: parsed.value.port }, atMs, untilMs: atMs + 1500, aside: true },
			null
		);
		return reply.state === 'answered' ? [reply.mapped] : [];
	}

	#allocate({ url, username, credential }: Asked, atMs: number): Allocation {
		const parsed = parseIceUrl(url);
		if (!parsed.ok) throw new Error(`${url} is no address of a server.`);
		const { host, hostKind, port, transport } = parsed.value;
		const login = { username: username!, credential: credential! };
		for (const family of ['ipv4', 'ipv6'] as const) {
			const address = hostKind === 'name' ? this.#wire.lookup(host, family, atMs) : hostKind === family ? host : null;
			if (address === null) continue;
			const asked = { url, family, port: this.#wire.freshPort(), to: { address, port }, atMs, untilMs: atMs + 3000 };
			const reply = transport === 'udp' ? this.#wire.udp(asked, login) : this.#wire.stream(asked, transport, login);
			if (reply.state !== 'answered') {
				if (reply.state === 'refused') return { relay: null, machine: null, reply };
				continue;
			}
			return { relay: reply.relay!, machine: this.#wire.machineAt(address)!, reply };
		}
		return { relay: null, machine: null, reply: { state: 'silent' } };
	}

	#entry(index: number): Asked {
		const { url, username, credential } = this.#world.list[index]!;
		return { url, username, credential };
	}
}

interface Allocation {
	relay: Endpoint | null;
	machine: Machine | null;
	reply: Reply;
}

function runOf(toward: RelayRun['toward'], peerUrl: string | null, { relay, reply }: Allocation): RelayRun {
	const errors: CandidateErrorRecord[] =
		reply.state === 'refused'
			? [{ atMs: 100, url: '', errorCode: reply.code, errorText: 'TURN allocate error.', address: '0.0.0.x', port: null }]
			: [];
	return {
		toward,
		peerUrl,
		state: 'not-connected',
		connectMs: null,
		bytesOut: 0,
		bytesBack: 0,
		rttMs: null,
		relayAddress: relay?.address ?? null,
		relayPort: relay?.port ?? null,
		remote: null,
		errors
	};
}

const CARRIED = { state: 'carried', connectMs: 180, bytesOut: 16_384, bytesBack: 16_384 } as const;

function seen(data: unknown, tookMs: number): Outcome {
	return { outcome: { state: 'seen', data }, tookMs };
}

function skipped(why: string): Outcome {
	return { outcome: { state: 'skipped', why }, tookMs: 0 };
}

/** As the runner tells (probes/check/run.ts). */
function broughtAnswer({ probe, outcome }: Observation): boolean {
	if (outcome.state !== 'seen') return false;
	if (probe !== 'server-gathering') return true;
	const { candidates, completeMs, errors } = outcome.data;
	return candidates.some(({ type }) => type !== 'host') || (completeMs !== null && errors.length === 0);
}
