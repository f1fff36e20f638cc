/** What a check does with relays in a generated network: data through each of them, and packets that nobody asked for. */
import type { Family } from '../../src/lib/core/base/ip';
import { familyOfText } from '../../src/lib/core/observations/candidates';
import type { CandidateErrorRecord, FilterProbe, Observation, RelayRun } from '../../src/lib/core/observations/observation';
import {
	filteringLeftOpen,
	filteringTask,
	isAtAnotherAddress,
	observerAt,
	type FilteringTask
} from '../../src/lib/core/plan/filtering';
import type { PlannedStep, StepOf } from '../../src/lib/core/plan/plan';
import { crossPeer, farObservers, hasAllocated } from '../../src/lib/core/plan/relays';
import { parseIceUrl } from '../../src/lib/core/stun/uri';
import type { Asked } from './browser';
import { seen, skipped, type Outcome } from './outcome';
import type { Endpoint, Reply, Wire } from './wire';
import type { Machine, World } from './world';

export class RelayTests {
	#world: World;
	#wire: Wire;
	#plan: readonly PlannedStep[];

	constructor(wire: Wire, plan: readonly PlannedStep[]) {
		this.#world = wire.world;
		this.#wire = wire;
		this.#plan = plan;
	}

	relay(step: StepOf<'relay'>, atMs: number, before: readonly Observation[]): Outcome {
		if (!step.after.some((id) => hasAllocated(before, id))) return skipped('skip-relay-not-allocated', {});
		const mark = this.#wire.mark();
		const entry = this.#entryOf(step.server);
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
				const theirs = this.#entryOf(peer.server);
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
		const leftOut = this.#world.limit !== null;
		const permitted = [leftOut ? null : own, ...told.map(({ address }) => address), far.ownAddress?.address ?? null];
		const source = own === null ? null : this.#wire.toRelay(near.relay, near.machine!, { family, port, atMs });
		const shown = permitted.filter(
			(address) => address !== null && (address !== own || this.#world.microphone || told.some((t) => t.address === own))
		);
		const tried = { ...runOf('direct', null, near), farAddresses: [...new Set(shown as string[])] };
		const carried = source !== null && permitted.includes(source.address) && near.machine!.relay.sends;
		if (!carried) return tried;
		this.#logRelayed(entry, near.relay, 'direct', source, atMs + 200);
		const known = told.some((each) => each.address === source.address && each.port === source.port);
		const farType = source.address === own ? 'host' : known ? 'srflx' : 'prflx';
		return {
			...tried,
			...CARRIED,
			rttMs: 2 * this.#world.rttMs,
			farType,
			remote: this.#world.lacks.includes('addresses in getStats')
				? { address: null, port: source.port, type: farType }
				: { ...source, type: farType }
		};
	}

	#between(toward: 'self' | 'cross', entry: Asked, peerUrl: string, one: Allocation, two: Allocation, atMs: number): RelayRun {
		if (!one.relay) return { ...runOf(toward, peerUrl, one), state: 'not-allocated' };
		// What the other server says is not this one's.
		if (!two.relay)
			return { ...runOf(toward, peerUrl, one), errors: toward === 'self' ? runOf(toward, peerUrl, two).errors : [] };
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

	filtering(atMs: number, before: readonly Observation[]): Outcome {
		const task = filteringTask(this.#plan, before);
		if ('state' in task) return { outcome: task, tookMs: 0 };
		if (!filteringLeftOpen(before, task)) return skipped('skip-filtering-told', {});
		const ask = (opened: FilterProbe['opened']) => {
			const mark = this.#wire.mark();
			const probe = this.#filterProbe(task, opened, atMs);
			const family = probe?.state === 'inconclusive' ? 'unknown' : familyOfText(probe?.relay?.address);
			if (family !== 'unknown')
				this.#wire.probes.push({ atMs, step: this.#wire.step, family, opened, arrived: probe?.state === 'passed' });
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
		const { relay, machine } = this.#allocate(this.#entryOf(task.server), atMs);
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
		if (!parsed.ok || this.#world.limit === 'all' || this.#world.limit === 'all-but-relays') return [];
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

	#entryOf(index: number): Asked {
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
