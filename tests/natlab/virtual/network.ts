/** A network in memory: hosts with UDP sockets as the servers use them, routers between, and links that lose and delay. */
import { fail, ok } from '../../../src/lib/core/base/result';
import type { Endpoint, UdpNet, UdpSocket } from '../../../src/lib/server/udp';
import type { RouterProfile } from '../profiles';
import { makeClock, makeRandom, type VirtualClock } from './clock';
import { makeNat, type Nat } from './nat';

export interface Packet {
	source: Endpoint;
	target: Endpoint;
	data: Uint8Array;
}

export interface VirtualLink {
	delayMs?: number;
	/** Plus or minus; packets may overtake each other. */
	jitterMs?: number;
	/** 0 to 1, each way. */
	lossRatio?: number;
}

export interface VirtualNetwork {
	clock: VirtualClock;
	random: ReturnType<typeof makeRandom>;
	/** A host with public addresses. */
	host(...addresses: string[]): UdpNet;
	/** A host behind routers, the home one first. */
	client(address: string, routers: readonly { profile: RouterProfile; outside: readonly string[] }[]): UdpNet;
	/** Every packet that crossed the core, for tests that count. */
	crossed: Packet[];
}

interface Place {
	routers: Nat[];
	sockets: Map<number, (packet: Packet) => void>;
}

/** Within the core, ms: so that nothing happens at once. */
const CORE_MS = 1;

export function makeNetwork({ link = {}, seed = 1 }: { link?: VirtualLink; seed?: number } = {}): VirtualNetwork {
	const clock = makeClock();
	const random = makeRandom(seed);
	const places = new Map<string, Place>();
	const crossed: Packet[] = [];

	/** Clients reach the core by their link, and the core reaches them by it. */
	const overLink = (place: Place, arrive: () => void) => {
		if (place.routers.length > 0 && random.ratio() < (link.lossRatio ?? 0)) return;
		const delay = place.routers.length > 0 ? (link.delayMs ?? 0) + (2 * random.ratio() - 1) * (link.jitterMs ?? 0) : 0;
		clock.setTimer(CORE_MS + Math.max(0, delay), arrive);
	};
	/** Never synchronously: `send` returns before anything arrives. */
	const deliver = (place: Place, packet: Packet) => void clock.setTimer(0, () => place.sockets.get(packet.target.port)?.(packet));

	/** Down through the routers from number `from` (the outermost) to the host. */
	const inward = (place: Place, packet: Packet, from: number) => {
		let inside: Packet | null = packet;
		for (let i = from; i >= 0 && inside; i--) inside = place.routers[i]!.in(inside);
		if (inside) deliver(place, inside);
	};
	const ownerOf = (address: string): Place | undefined =>
		places.get(address) ?? [...places.values()].find((place) => place.routers.at(-1)?.owns(address));

	const send = (place: Place, packet: Packet) => {
		let outside: Packet | null = packet;
		for (let i = 0; i < place.routers.length; i++) {
			const router = place.routers[i]!;
			outside = router.out(outside);
			if (!outside) return;
			if (router.owns(outside.target.address)) {
				if (router.hairpins) inward(place, outside, i);
				return;
			}
		}
		const leaving = outside;
		overLink(place, () => {
			crossed.push(leaving);
			const target = ownerOf(leaving.target.address);
			if (target) overLink(target, () => inward(target, leaving, target.routers.length - 1));
		});
	};

	const netOf = (addresses: readonly string[], routers: Nat[]): UdpNet => {
		const ports = new Map(
			addresses.map((address) => [address, { routers, sockets: new Map<number, (packet: Packet) => void>() }])
		);
		for (const [address, place] of ports) places.set(address, place);
		let ephemeral = 40000;
		return {
			async bind(address, wanted) {
				const place = ports.get(address);
				if (!place) return fail('address-not-here', `${address} is not an address of this host.`);
				let port = wanted;
				if (port === 0)
					do port = ephemeral += 7;
					while (place.sockets.has(port));
				if (place.sockets.has(port)) return fail('port-taken', `${address}:${port} is taken.`);
				let listener: Parameters<UdpSocket['onMessage']>[0] = () => {};
				const local = { address, port };
				place.sockets.set(port, (packet) => listener(packet.data, packet.source));
				return ok({
					local,
					send: (data, to) => send(place, { source: local, target: { address: to.address, port: to.port }, data: data.slice() }),
					onMessage: (set) => void (listener = set),
					close: () => void place.sockets.delete(port)
				});
			}
		};
	};
	return {
		clock,
		random,
		crossed,
		host: (...addresses) => netOf(addresses, []),
		client: (address, routers) =>
			netOf(
				[address],
				routers.map(({ profile, outside }) => makeNat(profile, outside, () => clock.nowMs(), random.ratio))
			)
	};
}
