/**
 * What happens in a generated network, packet by packet, and the log of it. Truth about the network is read from this log, so nothing
 * here knows what a browser tells of it or what Icelens makes of that.
 */
import type { Family } from '../../src/lib/core/base/ip';
import { randomOf, type Machine, type Random, type Transport, type World } from './world';

export interface Endpoint {
	address: string;
	port: number;
}

/**
 * One thing that happened on the device's line. `to` is the server's end; `url` the entry of the list on whose behalf. `aside`: within
 * the test of a relay or of the filter, which does not tell the page. `step`: that of the plan which did it.
 */
export type Logged = {
	atMs: number;
	step: string;
	url: string;
	aside: boolean;
	user: string | null;
	family: Family;
	transport: Transport;
	to: Endpoint;
} & (
	| { what: 'sent'; source: Endpoint }
	/** Dropped before it left the device's network. */
	| { what: 'blocked' }
	| { what: 'arrived'; source: Endpoint }
	/** A STUN message of the server reached the device; `code` of an error, of a challenge 401 too. */
	| { what: 'heard'; code: number | null; challenge: boolean; mapped: Endpoint | null }
	| { what: 'reset'; by: 'server' | 'firewall' }
	| { what: 'accepted' }
	| { what: 'closed' }
	| { what: 'certificate-refused' }
	| { what: 'relayed'; relay: Endpoint; toward: 'direct' | 'self' | 'cross'; source: Endpoint }
);

export interface Lookup {
	atMs: number;
	step: string;
	name: string;
	family: Family;
	found: string | null;
}

/** A packet that a relay sent unasked; it did not arrive, and one that was asked for did. */
export interface Probe {
	atMs: number;
	step: string;
	family: Family;
	opened: 'other-address' | 'relay-address';
	arrived: boolean;
}

/** The end of one exchange with a server. */
export type Reply =
	| { state: 'silent' }
	| { state: 'reset' | 'closed' | 'untrusted'; atMs: number }
	| { state: 'answered'; atMs: number; mapped: Endpoint; relay: Endpoint | null }
	| { state: 'refused'; atMs: number; code: number };

export interface Login {
	username: string;
	credential: string;
}

interface Asked {
	url: string;
	family: Family;
	port: number;
	to: Endpoint;
	atMs: number;
	untilMs: number;
	aside?: boolean;
}

/** When a browser sends again, ms. */
const SENDS_MS = [0, 250, 750, 1750, 3750, 7750];

export class Wire {
	readonly log: Logged[] = [];
	readonly lookups: Lookup[] = [];
	readonly probes: Probe[] = [];
	readonly world: World;
	readonly random: Random;
	/** The step of the plan that is being performed. */
	step = '';
	#bindings = new Map<string, Endpoint>();
	#port = 50_000;
	#counted = 0;
	#relayPort = 49_152;
	#allocations: { key: string; fromMs: number; untilMs: number }[] = [];

	constructor(world: World) {
		this.world = world;
		this.random = randomOf(world.seed ^ 0x5eed);
	}

	freshPort(): number {
		this.#port += 130 + this.random.below(20);
		return this.#port;
	}

	/** The first address of this family, as the device's resolver gives it: none for a family that the device does not have. */
	lookup(name: string, family: Family, atMs: number): string | null {
		const machine = this.world.machines.find((each) => each.name === name);
		const has = this.world.lookups && this.world.device[family] !== null;
		const found = has ? (machine?.records.find((address) => address.includes(':') === (family === 'ipv6')) ?? null) : null;
		this.lookups.push({ atMs, step: this.step, name, family, found });
		return found;
	}

	machineAt(address: string): Machine | undefined {
		return this.world.machines.find((machine) => machine.addresses.includes(address));
	}

	/** A STUN Binding, or with a login an Allocate request with its challenge, sent again until an answer comes. */
	udp(asked: Asked, login: Login | null): Reply {
		if (this.world.device[asked.family] === null) return { state: 'silent' };
		const challenged = login === null ? null : this.#exchange(asked, 'udp', 'challenge', login);
		if (challenged?.state === 'silent') return challenged;
		const startMs = challenged === null ? asked.atMs : (challenged as { atMs: number }).atMs;
		return this.#exchange({ ...asked, atMs: startMs }, 'udp', login === null ? 'binding' : 'allocate', login);
	}

	/** An Allocate request over a connection. */
	stream(asked: Asked, transport: 'tcp' | 'tls', login: Login): Reply {
		const { world } = this;
		if (world.device[asked.family] === null) return { state: 'silent' };
		const base = {
			step: this.step,
			url: asked.url,
			aside: asked.aside === true,
			user: login.username,
			family: asked.family,
			transport,
			to: asked.to
		};
		const machine = this.machineAt(asked.to.address);
		const rttMs = this.#rttMs(machine);
		const source = this.#source(asked, machine);
		if (source === null) {
			this.log.push({ ...base, atMs: asked.atMs, what: 'blocked' });
			return { state: 'silent' };
		}
		const outside = machine?.stands !== 'inside';
		const shut = outside && (world.tcp === 'blocked' || (world.tcp === 'only-443' && asked.to.port !== 443));
		if (shut) {
			this.log.push({ ...base, atMs: asked.atMs, what: 'blocked' });
			if (world.refusesBy === 'dropping') return { state: 'silent' };
			this.log.push({ ...base, atMs: asked.atMs + 1, what: 'reset', by: 'firewall' });
			return { state: 'reset', atMs: asked.atMs + 1 };
		}
		this.log.push({ ...base, atMs: asked.atMs, what: 'sent', source });
		if (!machine?.alive || world.broken === asked.family) return { state: 'silent' };
		const listener = machine.listeners[`${transport} ${asked.to.port}`] ?? this.#otherStream(machine, transport, asked.to.port);
		const openMs = asked.atMs + rttMs;
		if (listener === null) {
			this.log.push({ ...base, atMs: openMs, what: 'reset', by: 'server' });
			return { state: 'reset', atMs: openMs };
		}
		this.log.push({ ...base, atMs: openMs, what: 'accepted' });
		const shakenMs = openMs + (transport === 'tls' ? 2 * rttMs : 0);
		if (listener === 'silent') return { state: 'silent' };
		if (listener === 'closes' || listener === 'no-tls') {
			this.log.push({ ...base, atMs: openMs + rttMs, what: 'closed' });
			return { state: 'closed', atMs: openMs + rttMs };
		}
		if (listener === 'untrusted') {
			this.log.push({ ...base, atMs: shakenMs, what: 'certificate-refused' });
			return { state: 'untrusted', atMs: shakenMs };
		}
		this.log.push({ ...base, atMs: shakenMs + rttMs, what: 'heard', code: 401, challenge: true, mapped: null });
		return this.#answer({ ...asked, atMs: shakenMs + rttMs }, transport, 'allocate', login, machine, source, rttMs);
	}

	/** Where the relay of an allocation gets packets of the device's socket from; null where none arrives. */
	toRelay(relay: Endpoint, machine: Machine, far: Pick<Asked, 'family' | 'port' | 'atMs'>): Endpoint | null {
		const source = this.#source({ ...far, to: relay }, machine);
		if (source === null || this.#udpShut(machine, relay.port) || this.world.broken === far.family) return null;
		return machine.addresses.includes(relay.address) && machine.relay.open ? source : null;
	}

	/** Where the outside sees this socket from, towards this destination; null where the packet cannot leave. */
	#source(asked: Pick<Asked, 'family' | 'port' | 'to' | 'atMs'>, machine: Machine | undefined): Endpoint | null {
		const { world } = this;
		const own = world.device[asked.family];
		const toIpv6 = asked.to.address.includes(':');
		if (own === null || toIpv6 !== (asked.family === 'ipv6')) return null;
		const local = { address: own, port: asked.port };
		if (asked.family === 'ipv6' || machine?.stands === 'inside' || world.nat.mapping === 'none') return local;
		const key = [
			asked.port,
			...(world.nat.mapping === 'endpoint-independent' ? [] : [asked.to.address]),
			...(world.nat.mapping === 'address-and-port-dependent' ? [asked.to.port] : [])
		].join(' ');
		const known = this.#bindings.get(key);
		if (known) return known;
		const port = this.#outsidePortFor(asked.port, asked.atMs);
		const made = { address: this.random.one(...world.nat.outside), port };
		this.#bindings.set(key, made);
		return made;
	}

	#outsidePortFor(inside: number, atMs: number): number {
		const { ports } = this.world.nat;
		const taken = (port: number) => [...this.#bindings.values()].some((each) => each.port === port);
		const kept = ports.kind === 'preserved' ? inside : ports.kind === 'shifted' ? inside + ports.by : null;
		if (kept !== null && !taken(kept)) return kept;
		if (ports.kind === 'random') {
			for (;;) {
				const drawn = ports.from + this.random.below(ports.count);
				if (!taken(drawn)) return drawn;
			}
		}
		const byOthers = ports.kind === 'sequential' ? Math.floor((ports.takenASecond * atMs) / 1000) : 0;
		const counted = 20_000 + ((++this.#counted + byOthers) % 40_000);
		return taken(counted) ? this.#outsidePortFor(inside, atMs) : counted;
	}

	#udpShut(machine: Machine | undefined, port: number): boolean {
		const { udp } = this.world;
		return machine?.stands !== 'inside' && (udp === 'blocked' || (udp === 'not-3478' && port === 3478));
	}

	#rttMs(machine: Machine | undefined): number {
		const ms = machine?.stands === 'inside' ? 1 : this.world.rttMs;
		return ms * (1 + 0.2 * this.random.ratio());
	}

	/** A port that speaks TLS answers plain TURN by closing, and the other way round. */
	#otherStream(machine: Machine, transport: 'tcp' | 'tls', port: number) {
		const other = machine.listeners[`${transport === 'tcp' ? 'tls' : 'tcp'} ${port}`];
		return other === undefined ? null : transport === 'tcp' ? ('closes' as const) : ('no-tls' as const);
	}

	#exchange(asked: Asked, transport: 'udp', kind: 'binding' | 'challenge' | 'allocate', login: Login | null): Reply {
		const base = {
			step: this.step,
			url: asked.url,
			aside: asked.aside === true,
			user: login?.username ?? null,
			family: asked.family,
			transport,
			to: asked.to
		};
		const machine = this.machineAt(asked.to.address);
		const source = this.#source(asked, machine);
		const lost = () => this.random.chance(this.world.lossRatio);
		for (const sendMs of SENDS_MS) {
			const atMs = asked.atMs + sendMs;
			if (atMs >= asked.untilMs) break;
			if (source === null || this.#udpShut(machine, asked.to.port)) {
				this.log.push({ ...base, atMs, what: 'blocked' });
				continue;
			}
			this.log.push({ ...base, atMs, what: 'sent', source });
			if (lost() || this.world.broken === asked.family || !machine?.alive) continue;
			this.log.push({ ...base, atMs, what: 'arrived', source });
			const listener = machine.listeners[`udp ${asked.to.port}`];
			const answers = listener === 'works' && (kind === 'binding' || machine.turn);
			if (!(answers || (listener === 'stun-only' && kind === 'binding')) || lost()) continue;
			const rttMs = this.#rttMs(machine);
			if (atMs + rttMs > asked.untilMs) break;
			if (kind !== 'challenge') return this.#answer({ ...asked, atMs }, transport, kind, login, machine, source, rttMs);
			this.log.push({ ...base, atMs: atMs + rttMs, what: 'heard', code: 401, challenge: true, mapped: null });
			return { state: 'answered', atMs: atMs + rttMs, mapped: source, relay: null };
		}
		return { state: 'silent' };
	}

	#answer(
		asked: Asked,
		transport: Transport,
		kind: 'binding' | 'allocate',
		login: Login | null,
		machine: Machine,
		source: Endpoint,
		rttMs: number
	): Reply {
		const atMs = asked.atMs + rttMs;
		const base = {
			step: this.step,
			url: asked.url,
			aside: asked.aside === true,
			user: login?.username ?? null,
			family: asked.family,
			transport,
			to: asked.to,
			atMs
		};
		const inner = asked.family === 'ipv4' ? machine.sourceNat : 'fd00:172::1';
		const seen = machine.sourceNat === null ? source : { ...source, address: inner! };
		const rewritten =
			this.world.rewrittenTo !== null && asked.family === 'ipv4' && machine.stands === 'outside' && transport === 'udp';
		const mapped = rewritten ? { ...seen, address: this.world.rewrittenTo! } : seen;
		if (kind === 'binding') {
			this.log.push({ ...base, what: 'heard', code: null, challenge: false, mapped });
			return { state: 'answered', atMs, mapped, relay: null };
		}
		const code = this.#allocationError(machine, login!, asked);
		// A rewritten success response fails its MESSAGE-INTEGRITY (RFC 8489 §14.5) and would be dropped, so boxes that do it leave these alone.
		this.log.push({ ...base, what: 'heard', code, challenge: false, mapped: code === null ? seen : null });
		if (code !== null) return { state: 'refused', atMs, code };
		const address = (machine.relay.ipv4 ?? machine.relay.ipv6)!;
		return { state: 'answered', atMs, mapped: seen, relay: { address, port: (this.#relayPort += 7) } };
	}

	#allocationError(machine: Machine, { username, credential }: Login, { atMs }: Asked): number | null {
		if (machine.users[username] !== credential) return 401;
		if (machine.error !== null) return machine.error;
		if (machine.relay.ipv4 === null && machine.relay.ipv6 === null) return 440;
		const key = `${machine.addresses[0]} ${username}`;
		const active = this.#allocations.filter((each) => each.key === key && each.fromMs <= atMs && atMs < each.untilMs).length;
		if (machine.quota !== null && active >= machine.quota) return 486;
		this.#allocations.push({ key, fromMs: atMs, untilMs: Infinity });
		return null;
	}

	/** To tell what was allocated from now on. */
	mark(): number {
		return this.#allocations.length;
	}

	/** A connection that is closed gives back what it allocated since. */
	release(mark: number, atMs: number): void {
		for (const each of this.#allocations.slice(mark)) each.untilMs = Math.min(each.untilMs, atMs);
	}
}
