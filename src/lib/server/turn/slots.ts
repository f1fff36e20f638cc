/** Which 5-tuple holds which allocation. Only authenticated clients have an entry. */
import type { AttributeToWrite } from '../../core/stun/message';
import type { Endpoint, UdpSocket } from '../udp';
import type { Allocation, ClientPath } from './allocation';

/** One 5-tuple that holds an allocation or is about to (then `allocation` is null). */
export interface Slot {
	client: ClientPath;
	/** The transaction id of the Allocate request, hex. */
	transaction: string;
	allocation: Allocation | null;
	/** The answer to that request, repeated for its retransmissions. */
	answer: AttributeToWrite[] | null;
	giveBack: () => void;
}

export interface Slots {
	add(slot: Slot): void;
	/** Null when there is none or it has expired. */
	find(tuple: string): Slot | null;
	/** The allocation of a UDP client: two lookups a packet and no text put together. */
	findUdp(socket: UdpSocket, from: Endpoint): Allocation | null;
	drop(slot: Slot): void;
	dropAllocation(allocation: Allocation): void;
	sweep(): void;
	closeAll(): void;
	readonly size: number;
}

export function makeSlots(): Slots {
	const slots = new Map<string, Slot>();
	const udp = new Map<Endpoint, Map<string, Map<number, Slot>>>();

	function add(slot: Slot): void {
		slots.set(slot.client.tuple, slot);
		const { protocol, local, remote } = slot.client;
		if (protocol !== 'udp' || !slot.allocation) return;
		// `local` is the socket's own object, so identity tells the sockets apart.
		const byAddress = udp.get(local) ?? new Map<string, Map<number, Slot>>();
		const byPort = byAddress.get(remote.address) ?? new Map<number, Slot>();
		udp.set(local, byAddress);
		byAddress.set(remote.address, byPort);
		byPort.set(remote.port, slot);
	}

	function drop(slot: Slot): void {
		const { tuple, local, remote } = slot.client;
		if (slots.get(tuple) !== slot) return;
		slots.delete(tuple);
		const byPort = udp.get(local)?.get(remote.address);
		byPort?.delete(remote.port);
		if (byPort?.size === 0) udp.get(local)!.delete(remote.address);
		slot.allocation?.close();
		slot.giveBack();
	}

	return {
		add,
		drop,
		find(tuple) {
			const slot = slots.get(tuple);
			if (slot?.allocation?.isExpired()) drop(slot);
			return slots.get(tuple) ?? null;
		},
		findUdp: (socket, from) => udp.get(socket.local)?.get(from.address)?.get(from.port)?.allocation ?? null,
		dropAllocation(allocation) {
			for (const slot of slots.values()) if (slot.allocation === allocation) return drop(slot);
		},
		sweep() {
			for (const slot of [...slots.values()]) {
				if (slot.allocation?.isExpired()) drop(slot);
				else slot.allocation?.sweep();
			}
		},
		closeAll() {
			for (const slot of [...slots.values()]) drop(slot);
		},
		get size() {
			return slots.size;
		}
	};
}
