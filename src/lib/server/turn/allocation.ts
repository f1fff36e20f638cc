/** One allocation: relay sockets, permissions, channels, and the two data paths (RFC 8656 §6 to §12). */
import { copyBytes, readUint16 } from '../../core/stun/bytes';
import { CHANNEL_HEADER_BYTES } from '../../core/stun/channel-data';
import { encodeMessage } from '../../core/stun/message';
import { METHODS } from '../../core/stun/methods-table';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';
import type { Endpoint, UdpSocket } from '../udp';
import type { KnownUser } from './authentication';
import type { Meter } from './bandwidth';
import type { PeerVerdict } from './peer-policy';
import { DEFAULT_PORT_RANGE, type RelayPorts } from './relay-ports';

/** The client's side of an allocation: one 5-tuple over UDP, TCP or TLS. */
export interface ClientPath {
	readonly protocol: 'udp' | 'tcp' | 'tls';
	readonly remote: Endpoint;
	readonly local: Endpoint;
	/** The name of the 5-tuple. */
	readonly tuple: string;
	/** A whole STUN message. */
	send(bytes: Uint8Array): void;
	/** Framed for this transport; dropped when the client does not keep up. */
	sendChannelData(channel: number, payload: Uint8Array): void;
}

/** Of a peer that is not refused. */
export type PermittedVerdict = Exclude<PeerVerdict, 'refused'>;

interface Channel {
	number: number;
	peer: Endpoint;
	relay: UdpSocket;
	/** As the permission of the peer's address: a channel installs one, which has a lifetime of its own. */
	verdict: PermittedVerdict;
	expiresMs: number;
}

interface Permission {
	expiresMs: number;
	verdict: PermittedVerdict;
	/** Channels to this address, by port. */
	channels: Map<number, Channel>;
}

/** Counted together for all allocations. */
export interface RelayCounters {
	bytesToPeers: number;
	bytesToClients: number;
	packetsToPeers: number;
	packetsToClients: number;
	packetsDropped: number;
}

export interface Lifetimes {
	/** RFC 8656 §3.2: 600 s unless asked for more, and no more than an hour. */
	defaultS: number;
	maxS: number;
	/** RFC 8656 §9. */
	permissionS: number;
	/** RFC 8656 §12. */
	channelS: number;
}

export const DEFAULT_LIFETIMES: Lifetimes = { defaultS: 600, maxS: 3600, permissionS: 300, channelS: 600 };

export interface AllocationSetup {
	client: ClientPath;
	user: KnownUser;
	/** One of each family at most. */
	relays: readonly UdpSocket[];
	ports: RelayPorts;
	lifetimes: Lifetimes;
	maxPermissions: number;
	meter: Meter;
	counters: RelayCounters;
	clock: Clock;
	random: Random;
}

export function familyOf(address: string): 'ipv4' | 'ipv6' {
	return address.includes(':') ? 'ipv6' : 'ipv4';
}

export class Allocation {
	expiresMs = 0;
	readonly user: KnownUser;
	#setup: AllocationSetup;
	#relays: { ipv4: UdpSocket | null; ipv6: UdpSocket | null } = { ipv4: null, ipv6: null };
	#permissions = new Map<string, Permission>();
	#channels = new Map<number, Channel>();
	#transaction: Uint8Array | null = null;

	constructor(setup: AllocationSetup) {
		this.#setup = setup;
		this.user = setup.user;
		for (const relay of setup.relays) {
			this.#relays[familyOf(relay.local.address)] = relay;
			relay.onMessage((data, from) => this.#fromPeer(data, from));
		}
	}

	get relayed(): Endpoint[] {
		return [this.#relays.ipv4, this.#relays.ipv6].flatMap((relay) => (relay ? [relay.local] : []));
	}

	hasFamily(family: 'ipv4' | 'ipv6'): boolean {
		return this.#relays[family] !== null;
	}

	isExpired(): boolean {
		return this.expiresMs <= this.#setup.clock.nowMs();
	}

	/** Returns the lifetime that was granted, seconds. */
	refresh(requestedS: number | undefined): number {
		const { defaultS, maxS } = this.#setup.lifetimes;
		const grantedS = Math.max(defaultS, Math.min(requestedS ?? defaultS, maxS));
		this.expiresMs = this.#setup.clock.nowMs() + grantedS * 1000;
		return grantedS;
	}

	/** Whether these addresses, with those that are permitted, stay within the limit. */
	hasRoomFor(addresses: readonly string[]): boolean {
		const more = new Set(addresses.filter((address) => !this.#permissions.has(address)));
		return this.#permissions.size + more.size <= this.#setup.maxPermissions;
	}

	permit(address: string, verdict: PermittedVerdict): void {
		const known = this.#permissions.get(address);
		const expiresMs = this.#setup.clock.nowMs() + this.#setup.lifetimes.permissionS * 1000;
		if (known) Object.assign(known, { expiresMs, verdict });
		else this.#permissions.set(address, { expiresMs, verdict, channels: new Map() });
	}

	/** `conflict` when the number or the peer is bound to another (RFC 8656 §12.2), `full` at the limit of permissions. */
	bindChannel(number: number, peer: Endpoint, verdict: PermittedVerdict): 'bound' | 'conflict' | 'full' {
		const now = this.#setup.clock.nowMs();
		const byNumber = this.#live(this.#channels.get(number), now);
		const byPeer = this.#live(this.#permissions.get(peer.address)?.channels.get(peer.port), now);
		if (byNumber !== byPeer) return 'conflict';
		if (!this.hasRoomFor([peer.address])) return 'full';
		this.permit(peer.address, verdict);
		const expiresMs = now + this.#setup.lifetimes.channelS * 1000;
		if (byNumber) {
			byNumber.expiresMs = expiresMs;
			return 'bound';
		}
		const relay = this.#relays[familyOf(peer.address)]!;
		const channel: Channel = { number, peer, relay, verdict, expiresMs };
		this.#channels.set(number, channel);
		this.#permissions.get(peer.address)!.channels.set(peer.port, channel);
		return 'bound';
	}

	#live(channel: Channel | undefined, now: number): Channel | undefined {
		return channel && channel.expiresMs > now ? channel : undefined;
	}

	/** ChannelData from the client. The hot path: no codec, no hashing, one map. */
	fromClientChannel(frame: Uint8Array): void {
		const { counters, clock, meter } = this.#setup;
		const length = readUint16(frame, 2);
		const end = CHANNEL_HEADER_BYTES + length;
		const channel = this.#channels.get(readUint16(frame, 0));
		const now = clock.nowMs();
		const open = channel !== undefined && end <= frame.length && channel.expiresMs > now && this.expiresMs > now;
		if (!open || !this.#mayPass(channel.verdict, channel.peer) || !meter.take(length, now)) {
			counters.packetsDropped++;
			return;
		}
		counters.packetsToPeers++;
		counters.bytesToPeers += length;
		channel.relay.send(frame.subarray(CHANNEL_HEADER_BYTES, end), channel.peer);
	}

	/** A Send indication's data (RFC 8656 §11.2). */
	fromClientSend(peer: Endpoint, data: Uint8Array): void {
		const { counters, clock, meter } = this.#setup;
		const permission = this.#permissions.get(peer.address);
		const relay = this.#relays[familyOf(peer.address)];
		const now = clock.nowMs();
		const open = permission !== undefined && relay !== null && permission.expiresMs > now && this.expiresMs > now;
		if (!open || peer.port === 0 || !this.#mayPass(permission.verdict, peer) || !meter.take(data.length, now)) {
			counters.packetsDropped++;
			return;
		}
		counters.packetsToPeers++;
		counters.bytesToPeers += data.length;
		relay.send(data, peer);
	}

	/** What arrives at a relay socket (RFC 8656 §11.3, §12.6). The other hot path. */
	#fromPeer(data: Uint8Array, from: Endpoint): void {
		const { counters, clock, client, meter } = this.#setup;
		const permission = this.#permissions.get(from.address);
		const now = clock.nowMs();
		const open = permission !== undefined && permission.expiresMs > now && this.expiresMs > now;
		if (!open || !this.#mayPass(permission.verdict, from) || !meter.take(data.length, now)) {
			counters.packetsDropped++;
			return;
		}
		counters.packetsToClients++;
		counters.bytesToClients += data.length;
		const channel = permission.channels.get(from.port);
		if (channel !== undefined && channel.expiresMs > now) {
			client.sendChannelData(channel.number, data);
			return;
		}
		// 65532 bytes of attributes: a datagram of the largest size does not fit, and no path carries it either.
		if (data.length > 65_000) return;
		client.send(
			encodeMessage({
				method: METHODS.Data,
				class: 'indication',
				transactionId: this.#nextTransaction(),
				attributes: [
					['XOR-PEER-ADDRESS', { address: from.address, port: from.port }],
					['DATA', data]
				]
			})
		);
	}

	#mayPass(verdict: PermittedVerdict, { address, port }: Endpoint): boolean {
		if (verdict === 'allowed') return true;
		return verdict === 'own-relays' ? this.#setup.ports.isRelay(address, port) : port >= DEFAULT_PORT_RANGE.minPort;
	}

	/** Indications are not answered, so their ids need only be different (RFC 8489 §6.1): random once, counted from there. */
	#nextTransaction(): Uint8Array {
		this.#transaction ??= copyBytes(this.#setup.random.bytes(12));
		// A byte wraps round to 0 by itself; then the next one counts.
		for (let i = 11; i >= 0 && ++this.#transaction[i]! > 255; i--);
		return this.#transaction;
	}

	/** Removes expired permissions and channels. */
	sweep(): void {
		const now = this.#setup.clock.nowMs();
		for (const [address, permission] of this.#permissions) {
			for (const [port, channel] of permission.channels) {
				if (channel.expiresMs > now) continue;
				permission.channels.delete(port);
				if (this.#channels.get(channel.number) === channel) this.#channels.delete(channel.number);
			}
			if (permission.expiresMs <= now && permission.channels.size === 0) this.#permissions.delete(address);
		}
	}

	/** Releases one family (RFC 8656 §8.2); true when none is left. */
	closeFamily(family: 'ipv4' | 'ipv6'): boolean {
		const relay = this.#relays[family];
		if (relay) this.#setup.ports.release(relay);
		this.#relays[family] = null;
		for (const [number, channel] of this.#channels) if (channel.relay === relay) this.#channels.delete(number);
		for (const address of this.#permissions.keys()) if (familyOf(address) === family) this.#permissions.delete(address);
		return this.#relays.ipv4 === null && this.#relays.ipv6 === null;
	}

	close(): void {
		this.expiresMs = 0;
		this.#setup.meter.close();
		this.closeFamily('ipv4');
		this.closeFamily('ipv6');
	}
}
