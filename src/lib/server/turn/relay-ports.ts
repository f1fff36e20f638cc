/** Relay ports: random in a range, on request even ones with the next port reserved (RFC 8656 §7.2). */
import { readUint32, toHex } from '../../core/stun/bytes';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';
import type { UdpNet, UdpSocket } from '../udp';

export interface PortRange {
	minPort: number;
	maxPort: number;
}

/** The dynamic ports of RFC 6335 §6, which RFC 8656 §7.2 recommends. */
export const DEFAULT_PORT_RANGE: PortRange = { minPort: 49152, maxPort: 65535 };

/** How long a reserved port is kept for its token, ms (RFC 8656 §7.2: at least 30 s). */
const RESERVATION_MS = 30_000;

/** Reserved ports at a time: they may outlive the allocation that asked for them, so the quotas do not limit them. */
const MAX_RESERVATIONS = 64;
/** Of one user, and of one source, which may have many user names. A client with RTP and RTCP apart reserves one a stream. */
const PER_HOLDER = 4;

/** Tries in a large range before it counts as full. With half of the ports taken, 64 tries fail once in 10^19. */
const TRIES = 64;

export interface RelayPorts {
	/** Null when no port is free. */
	open(address: string): Promise<UdpSocket | null>;
	/** With a holder the next port is reserved too. */
	openEven(address: string, holder: Holder | null): Promise<{ socket: UdpSocket; token: Uint8Array | null } | null>;
	/** The socket reserved under this token, once, for the user who had it reserved. */
	claim(token: Uint8Array, username: string): UdpSocket | null;
	release(socket: UdpSocket): void;
	/** True for a port in use as a relay port. */
	isRelay(address: string, port: number): boolean;
	/** Releases reservations that have expired. */
	sweep(): void;
	close(): void;
}

/** Who has a port reserved. */
export interface Holder {
	username: string;
	source: string;
}

interface Reservation extends Holder {
	socket: UdpSocket;
	expiresMs: number;
}

export function makeRelayPorts(net: UdpNet, range: PortRange, clock: Clock, random: Random): RelayPorts {
	const inUse = new Map<string, Set<number>>();
	const reservations = new Map<string, Reservation>();

	async function bind(address: string, port: number): Promise<UdpSocket | null> {
		const taken = inUse.get(address) ?? new Set<number>();
		inUse.set(address, taken);
		if (port > range.maxPort || taken.has(port)) return null;
		// Marked first: binding takes a turn of the event loop, in which another request may choose the same port.
		taken.add(port);
		const bound = await net.bind(address, port);
		if (bound.ok) return bound.value;
		taken.delete(port);
		return null;
	}

	function* candidates(step: 1 | 2): Generator<number> {
		const first = step === 1 ? range.minPort : range.minPort + (range.minPort & 1);
		const count = Math.floor((range.maxPort - first) / step) + 1;
		if (count < 1) return;
		const pick = () => readUint32(random.bytes(4), 0) % count;
		const start = pick();
		for (let i = 0; i < Math.min(count, TRIES); i++) yield first + step * (count <= TRIES ? (start + i) % count : pick());
	}

	function mayReserve({ username, source }: Holder): boolean {
		const held = [...reservations.values()];
		const of = (one: (each: Reservation) => boolean) => held.filter(one).length;
		return (
			held.length < MAX_RESERVATIONS &&
			of((each) => each.username === username) < PER_HOLDER &&
			of((each) => each.source === source) < PER_HOLDER
		);
	}

	function release(socket: UdpSocket): void {
		inUse.get(socket.local.address)?.delete(socket.local.port);
		socket.close();
	}

	return {
		async open(address) {
			for (const port of candidates(1)) {
				const socket = await bind(address, port);
				if (socket) return socket;
			}
			return null;
		},
		async openEven(address, holder) {
			if (holder && !mayReserve(holder)) return null;
			for (const port of candidates(2)) {
				const socket = await bind(address, port);
				if (!socket) continue;
				if (!holder) return { socket, token: null };
				const next = await bind(address, port + 1);
				// Others may have reserved while this one waited for its ports.
				if (next && !mayReserve(holder)) {
					release(next);
					release(socket);
					return null;
				}
				if (next) {
					const token = random.bytes(8);
					reservations.set(toHex(token), { ...holder, socket: next, expiresMs: clock.nowMs() + RESERVATION_MS });
					return { socket, token };
				}
				release(socket);
			}
			return null;
		},
		claim(token, username) {
			const key = toHex(token);
			const held = reservations.get(key);
			if (!held || held.username !== username || held.expiresMs <= clock.nowMs()) return null;
			reservations.delete(key);
			return held.socket;
		},
		release,
		isRelay: (address, port) => inUse.get(address)?.has(port) ?? false,
		sweep() {
			for (const [key, held] of reservations) {
				if (held.expiresMs > clock.nowMs()) continue;
				reservations.delete(key);
				release(held.socket);
			}
		},
		close() {
			for (const held of reservations.values()) release(held.socket);
			reservations.clear();
		}
	};
}
