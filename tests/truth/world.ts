/**
 * A generated network as plain data: the device, what stands on its way out, the servers and the list that the user entered. What
 * happens in it is decided by wire.ts alone. The same seed gives the same world; a world can be made smaller part by part.
 */
import type { Family } from '../../src/lib/core/base/ip';
import { makeRandom } from '../natlab/virtual/clock';

export type Transport = 'udp' | 'tcp' | 'tls';
export type Behaviour = 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent';

/** What stands at a port of a machine; nothing at all: closed. */
export type Listener =
	/** Answers as the machine's software does. */
	| 'works'
	/** Takes packets or connections and says nothing. */
	| 'silent'
	/** Of UDP: answers STUN and drops TURN. */
	| 'stun-only'
	/** Of TCP: accepts and closes. */
	| 'closes'
	/** Of TLS. */
	| 'untrusted'
	| 'no-tls';

export interface Machine {
	addresses: string[];
	/** Its name and what the name leads to; null: none. */
	name: string | null;
	records: string[];
	stands: 'outside' | 'inside';
	alive: boolean;
	/** `udp 3478` and the like. */
	listeners: Record<string, Listener>;
	turn: boolean;
	/** Where it sees everybody, as behind a source NAT of its own (docker, libvirt, Kubernetes); null: where packets come from. */
	sourceNat: string | null;
	/** Of TURN. */
	users: Record<string, string>;
	/** Allocations at a time for each user. */
	quota: number | null;
	/** Answers every allocation so. */
	error: number | null;
	relay: {
		/** What it hands out; null: none of that family. */
		ipv4: string | null;
		ipv6: string | null;
		/** Whether packets from outside reach the relay ports. */
		open: boolean;
		/** Whether it sends to peers at all. */
		sends: boolean;
	};
}

export interface Entry {
	url: string;
	/** Index of the machine that it leads to; null: a name that exists nowhere. */
	machine: number | null;
	username?: string;
	credential?: string;
}

/** How outside ports are chosen. */
export type Ports =
	| { kind: 'preserved' }
	| { kind: 'shifted'; by: number }
	/** Others take so many a second. */
	| { kind: 'sequential'; takenASecond: number }
	/** A carrier gives a block of 1,024 to draw from, other NATs nearly all. */
	| { kind: 'random'; from: number; count: number };

export interface World {
	seed: number;
	engine: 'chromium' | 'firefox';
	/** Host addresses are shown. */
	microphone: boolean;
	/** What the browser leaves out for every page: all but relays of TURN, or host candidates; null: nothing. */
	limit: 'all' | 'all-but-relays' | 'host' | null;
	/** The page's permission for the local network, and whether the browser sends nothing there without. */
	localNetwork: 'granted' | 'denied' | null;
	profile: 'quick' | 'full';
	device: Record<Family, string | null>;
	nat: { mapping: Behaviour | 'none'; filtering: Behaviour; ports: Ports; outside: string[] };
	/** Packets of a family that reach nothing although the device has an address. */
	broken: Family | null;
	udp: 'open' | 'blocked' | 'not-3478';
	tcp: 'open' | 'only-443' | 'blocked';
	/** What the firewall does with TCP that it does not let out. */
	refusesBy: 'dropping' | 'resetting';
	/** Something on the path writes another address into STUN responses. */
	rewrittenTo: string | null;
	lookups: boolean;
	rttMs: number;
	lossRatio: number;
	/** Whether the app was reached, and from where it saw this page; `loopback`: it runs on this device. */
	app: 'loopback' | 'outside' | 'not-reached';
	machines: Machine[];
	list: Entry[];
	/** What this browser has less than the two that were measured. */
	lacks: Lack[];
}

/** Of what the functions tell that a browser may lack, only these reach the observations. */
export type Lack = 'icecandidateerror' | 'candidate.url' | 'relayProtocol' | 'addresses in getStats';
const LACKS: readonly Lack[] = ['icecandidateerror', 'candidate.url', 'relayProtocol', 'addresses in getStats'];

export type Random = ReturnType<typeof makeTools>;

function makeTools(seed: number) {
	const { ratio } = makeRandom(seed);
	const below = (count: number) => Math.floor(ratio() * count);
	return {
		ratio,
		below,
		chance: (probability: number) => ratio() < probability,
		one: <T>(...from: readonly T[]): T => from[below(from.length)]!
	};
}

export const randomOf = makeTools;

/** Of a credential of the TURN REST API that ended in September 2020. */
export const EXPIRED = '1600000000:alice';

const OUTSIDE_V4 = ['203.0.113.10', '203.0.113.20', '203.0.113.30', '192.0.2.40', '192.0.2.50'];
const OUTSIDE_V6 = ['2001:db8:a::10', '2001:db8:b::20', '2001:db8:c::30', '2001:db8:d::40', '2001:db8:e::50'];

export function makeWorld(seed: number): World {
	const r = makeTools(seed);
	const families = r.one('v4', 'v4', 'v4', 'both', 'both', 'v6');
	const mapping = r.one<World['nat']['mapping']>(
		'endpoint-independent',
		'endpoint-independent',
		'endpoint-independent',
		'address-dependent',
		'address-and-port-dependent',
		'none'
	);
	const carrier = r.chance(0.1);
	const device = {
		ipv4: families === 'v6' ? null : mapping === 'none' ? '198.51.100.7' : carrier ? '100.64.3.9' : '192.168.1.23',
		ipv6: families === 'v4' ? null : '2001:db8:77::23'
	};
	const inside = r.chance(0.08) ? 1 : 0.12;
	// Where a device has a public address of its own, its neighbours may have too, and it may run a server at its own.
	const neighbours = mapping === 'none' && r.chance(0.5) ? r.one<Neighbours>('public', 'public', 'itself') : 'private';
	const made = Array.from({ length: 1 + r.below(4) }, (_, i) =>
		makeMachine(r, i, r.chance(inside) ? 'inside' : 'outside', i > 0 && neighbours === 'itself' ? 'public' : neighbours)
	);
	// Healthy servers at two ports each, asked by address at both, tell the classes of mapping apart.
	const telling = r.chance(0.1);
	const machines = telling ? made.map((machine) => ({ ...machine, ...TELLING })) : made;
	const world: World = {
		seed,
		engine: r.one('chromium', 'chromium', 'firefox'),
		microphone: r.chance(0.35),
		limit: null,
		localNetwork: null,
		profile: r.one('quick', 'full'),
		device,
		nat: {
			mapping,
			filtering: r.one('endpoint-independent', 'address-dependent', 'address-and-port-dependent', 'address-and-port-dependent'),
			ports: r.one<Ports>(
				{ kind: 'preserved' },
				{ kind: 'preserved' },
				{ kind: 'shifted', by: 3000 },
				{ kind: 'sequential', takenASecond: r.one(0, 5, 100, 1500) },
				{ kind: 'random', from: 1024, count: 64_512 },
				{ kind: 'random', from: 1024 * (4 + r.below(50)), count: 1024 }
			),
			outside:
				mapping !== 'none' && mapping !== 'endpoint-independent' && r.chance(0.3)
					? ['198.51.100.7', '198.51.100.8']
					: ['198.51.100.7']
		},
		broken: families === 'both' && r.chance(0.2) ? r.one('ipv4', 'ipv6', 'ipv6') : null,
		udp: r.one('open', 'open', 'open', 'open', 'blocked', 'not-3478'),
		tcp: r.one('open', 'open', 'open', 'only-443', 'blocked'),
		refusesBy: r.one('dropping', 'dropping', 'resetting'),
		rewrittenTo: r.chance(0.05) ? '192.0.2.99' : null,
		lookups: !r.chance(0.05),
		rttMs: r.one(3, 20, 20, 60, 180, 620),
		lossRatio: r.one(0, 0, 0, 0.01, 0.05),
		app: r.one('loopback', 'loopback', 'outside', 'outside', 'not-reached'),
		machines,
		list: withSecondUser(r, telling ? machines.flatMap(askedTwice) : makeList(r, machines)),
		lacks: r.chance(0.05) ? [...LACKS] : r.chance(0.2) ? [r.one(...LACKS)] : []
	};
	return { ...world, ...limitsOf(world), ...strictFirewall(world) };
}

/** Some rules speak only where both are shut, which two draws seldom bring together. */
function strictFirewall({ seed }: World): Partial<Pick<World, 'udp' | 'tcp'>> {
	return makeTools(seed ^ 0x443).chance(0.03) ? { udp: 'blocked', tcp: 'only-443' } : {};
}

/** Drawn by itself, so that the rest of a world does not depend on it; more often where few worlds have what it takes. */
function limitsOf({ seed, engine, device }: World): Pick<World, 'limit' | 'localNetwork'> {
	const r = makeTools(seed ^ 0x11a17);
	const limited = r.chance(device.ipv4 === null ? 0.2 : 0.08);
	const limit = !limited
		? null
		: engine === 'chromium'
			? r.one('all-but-relays', 'host')
			: r.one('all', 'all-but-relays', 'host');
	return { limit, localNetwork: engine === 'chromium' ? r.one(null, null, 'granted', 'denied') : null };
}

const TELLING = {
	alive: true,
	listeners: { 'udp 3478': 'works', 'udp 19302': 'works' },
	turn: true,
	sourceNat: null,
	users: { alice: 'right' },
	quota: null,
	error: null
} satisfies Partial<Machine>;

/** One address asked with two user names, the second wrong more often than right. */
function withSecondUser(r: Random, list: Entry[]): Entry[] {
	const turn = list.filter(({ username }) => username === 'alice');
	if (turn.length === 0 || !r.chance(0.1)) return list;
	return [...list, { ...r.one(...turn), username: 'bob', credential: r.one('right', 'wrong', 'wrong') }];
}

function askedTwice({ addresses }: Machine, machine: number): Entry[] {
	const host = addresses[0]!.includes(':') ? `[${addresses[0]}]` : addresses[0]!;
	return [
		{ url: `stun:${host}:19302`, machine },
		{ url: `turn:${host}:3478?transport=udp`, machine, username: 'alice', credential: 'right' }
	];
}

type Neighbours = 'private' | 'public' | 'itself';

const INSIDE_V4: Record<Neighbours, (i: number) => string> = {
	private: (i) => `192.168.1.${200 + i}`,
	public: (i) => `198.51.100.${9 + i}`,
	itself: () => '198.51.100.7'
};

function makeMachine(r: Random, i: number, stands: Machine['stands'], neighbours: Neighbours): Machine {
	const v4 = stands === 'inside' ? INSIDE_V4[neighbours](i) : OUTSIDE_V4[i]!;
	const v6 = stands === 'inside' ? null : OUTSIDE_V6[i]!;
	const addresses = v6 === null ? [v4] : r.one([v4], [v4], [v4, v6], [v6]);
	const kinds = r.one('same', 'same', 'same', 'same', 'same', 'same', 'less', 'none');
	const records = kinds === 'same' ? addresses : kinds === 'less' ? addresses.slice(0, 1) : [];
	const turn = r.chance(0.65);
	const listener = (...others: Listener[]): Listener | null => (r.chance(0.7) ? 'works' : r.one(null, ...others));
	const listeners: Record<string, Listener> = {};
	for (const port of r.one([3478], [3478], [3478, 443], [443], [3478, 19302])) {
		for (const [transport, found] of [
			['udp', turn ? listener('silent', 'silent', 'stun-only') : listener('silent')],
			['tcp', turn ? listener('silent', 'closes') : null]
		] as const)
			if (found !== null) listeners[`${transport} ${port}`] = found;
	}
	if (turn)
		for (const port of r.one([5349], [443], [5349, 443])) {
			const found = listener('silent', 'untrusted', 'untrusted', 'no-tls');
			if (found !== null) listeners[`tls ${port}`] = found;
		}
	const knows = r.chance(0.85);
	const v4Relay = addresses.includes(v4)
		? stands === 'outside' && r.chance(0.12)
			? '10.0.0.5'
			: v4
		: v6 !== null && r.chance(0.7)
			? v4
			: null;
	return {
		addresses,
		name: r.chance(0.6)
			? stands === 'inside'
				? `box${i}.lan`
				: `${turn ? 'turn' : 'stun'}.operator${r.one(i, i, 0)}-${i}.example`
			: null,
		records,
		stands,
		alive: !r.chance(0.1),
		listeners,
		turn,
		sourceNat: r.chance(0.05) ? '172.17.0.1' : null,
		users: knows ? { alice: 'right', bob: 'right' } : { bob: 'right' },
		quota: r.chance(0.1) ? 1 : null,
		error: r.chance(0.12) ? r.one(300, 400, 403, 420, 437, 438, 440, 441, 442, 443, 486, 500, 508, 600) : null,
		relay: {
			ipv4: v4Relay,
			ipv6: v6 !== null && addresses.includes(v6) && r.chance(0.7) ? v6 : null,
			open: !r.chance(0.12),
			sends: !r.chance(0.08)
		}
	};
}

function makeList(r: Random, machines: readonly Machine[]): Entry[] {
	if (r.chance(0.01)) return [];
	const entries = machines.flatMap((machine, i) => {
		const count = 1 + r.below(3);
		return Array.from({ length: count }, () => makeEntry(r, machine, i));
	});
	if (r.chance(0.06)) entries.push({ url: 'stun:stun.misspelt.example:3478', machine: null });
	const kept = entries.filter(
		(entry, i) => entries.findIndex((other) => other.url === entry.url && other.credential === entry.credential) === i
	);
	return kept.slice(0, 7);
}

function makeEntry(r: Random, machine: Machine, i: number): Entry {
	const byName = machine.name !== null && r.chance(0.75);
	const address = r.one(...machine.addresses);
	const host = byName ? machine.name! : address.includes(':') ? `[${address}]` : address;
	const at = (transport: Transport, otherwise: number) => {
		const ports = Object.keys(machine.listeners).flatMap((key) => (key.startsWith(transport) ? [Number(key.split(' ')[1])] : []));
		return ports.length > 0 && r.chance(0.85) ? r.one(...ports) : otherwise;
	};
	if (!machine.turn || r.chance(0.3)) return { url: `stun:${host}:${at('udp', 3478)}`, machine: i };
	const url = r.one(
		`turn:${host}:${at('udp', 3478)}?transport=udp`,
		`turn:${host}:${at('udp', 3478)}?transport=udp`,
		`turn:${host}:${at('tcp', 3478)}?transport=tcp`,
		`turns:${host}:${at('tls', 5349)}?transport=tcp`
	);
	if (r.chance(0.04)) return { url, machine: i };
	if (r.chance(0.05)) return { url, machine: i, username: EXPIRED, credential: 'right' };
	return { url, machine: i, username: 'alice', credential: r.chance(0.88) ? 'right' : 'wrong' };
}

/** Over which family a browser opens a page of a name that has both; null where neither gets out. */
export function webFamily({ device, broken }: World): Family | null {
	return (['ipv6', 'ipv4'] as const).find((family) => device[family] !== null && broken !== family) ?? null;
}
