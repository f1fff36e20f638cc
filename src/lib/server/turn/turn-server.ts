/**
 * The embedded STUN and TURN server (RFC 8489, RFC 8656, RFC 5780): for trying things and for small teams.
 *
 * What unauthenticated clients can cause: a UDP request without credentials gets one answer, at most four times its size (a challenge
 * of 100 bytes for a request of 28), at most `unauthenticatedPerS` a second for one source, and leaves no state. Allocations, with
 * their memory and ports, exist only for authenticated clients.
 */
import { fail, ok, type Result } from '../../core/base/result';
import { formatIp, parseIp, scopeOf } from '../../core/base/ip';
import { looksLikeChannelData } from '../../core/stun/channel-data';
import { looksLikeStun } from '../../core/stun/message';
import { METHODS, packType } from '../../core/stun/methods-table';
import type { Certificate } from '../certificate';
import { nodeClock, type Clock } from '../clock';
import { nodeRandom, type Random } from '../node-crypto';
import { nodeNet, type Endpoint, type UdpNet, type UdpSocket } from '../udp';
import { Allocation, DEFAULT_LIFETIMES, familyOf, type ClientPath, type Lifetimes, type RelayCounters } from './allocation';
import { makeAuthenticator, tupleName } from './authentication';
import { bandwidthOf, DEFAULT_ALLOCATION_MBIT, DEFAULT_TOTAL_MBIT, makeMeters, type Bandwidth } from './bandwidth';
import { makeConversation, onSendIndication, type ConversationCounts } from './conversation';
import { DEFAULT_QUOTAS, makeCounter, makeRateLimiter, sourceKey, type Quotas } from './limits';
import { makePeerPolicy, type PeerPolicyOptions } from './peer-policy';
import { DEFAULT_PORT_RANGE, makeRelayPorts, type PortRange } from './relay-ports';
import type { TurnContext } from './requests';
import { isLoadTest } from './rest-credentials';
import { makeSlots } from './slots';
import { listenStreams, type StreamClient, type StreamListener } from './streams';
import { openDiscoverySockets } from './discovery-sockets';

export interface TurnServerOptions {
	/** Addresses of this machine, one or two of a family; two switch RFC 5780 on. Default 127.0.0.1: this machine alone. */
	addresses?: readonly string[];
	/** UDP and TCP. 0: any free one. Default 3478. */
	port?: number;
	/** A second UDP port on every address, for RFC 5780 and as a second mapping observer. 0: any free one. Default: none. */
	alternatePort?: number;
	/** TCP on `port`. Default true. */
	tcp?: boolean;
	/** TURN over TLS. Port 0: any free one. */
	tls?: { port: number } & Certificate;
	/** TURN REST. Without a secret and users the server answers STUN only. */
	secret?: string;
	/** Fixed long-term users, name to password. */
	users?: Readonly<Record<string, string>>;
	realm?: string;
	relay?: Partial<PortRange>;
	peers?: PeerPolicyOptions;
	quotas?: Partial<Quotas>;
	bandwidth?: Partial<Bandwidth>;
	lifetimes?: Partial<Lifetimes>;
	/** How long a nonce is accepted, ms. Default 10 min. */
	nonceLifetimeMs?: number;
	net?: UdpNet;
	clock?: Clock;
	random?: Random;
}

export interface ServedEndpoint extends Endpoint {
	protocol: 'udp' | 'tcp' | 'tls';
}

export interface TurnStats extends RelayCounters, ConversationCounts {
	/** Live now. */
	allocations: number;
	/** Since the start. */
	allocationsMade: number;
	connections: number;
	bytesRelayed: number;
}

export interface TurnServer {
	endpoints: readonly ServedEndpoint[];
	/** Address families with two addresses and two ports: RFC 5780 works there. */
	discovery: readonly ('ipv4' | 'ipv6')[];
	realm: string;
	stats(): TurnStats;
	close(): Promise<void>;
}

/** Ten minutes: long enough for a check, short enough that recorded nonces cannot be replayed for long. */
const NONCE_MS = 600_000;

/** How often expired state is removed, ms. Each use checks the expiry exactly. */
const SWEEP_MS = 1000;

/** Faults: `port-taken`, `address-not-here`, `bind` (try another), `addresses`, `peers-allow` (the options are wrong). */
export async function startTurnServer(options: TurnServerOptions = {}): Promise<Result<TurnServer>> {
	const read = readAddresses(options.addresses ?? ['127.0.0.1']);
	if (!read.ok) return read;
	const addresses = read.value;
	const policy = makePeerPolicy(addresses, options.peers);
	if (!policy.ok) return policy;

	const { net = nodeNet, clock = nodeClock, random = nodeRandom, realm = 'icelens', secret, users } = options;
	const quotas = { ...DEFAULT_QUOTAS, ...options.quotas };
	const lifetimes = { ...DEFAULT_LIFETIMES, ...options.lifetimes };
	const opened = await openDiscoverySockets(net, addresses, options.port ?? 3478, options.alternatePort);
	if (!opened.ok) return opened;
	const discovery = opened.value;

	const slots = makeSlots();
	const ports = makeRelayPorts(net, { ...DEFAULT_PORT_RANGE, ...options.relay }, clock, random);
	const bandwidth = { ...bandwidthOf(DEFAULT_ALLOCATION_MBIT, DEFAULT_TOTAL_MBIT), ...options.bandwidth };
	const meterOf = makeMeters(bandwidth, clock.nowMs());
	const connections = makeCounter(quotas.connectionsPerSource, quotas.connections);
	const perUser = makeCounter(quotas.perUser, quotas.total);
	const perSource = makeCounter(quotas.perSource, quotas.total);
	const counters: RelayCounters = {
		bytesToPeers: 0,
		bytesToClients: 0,
		packetsToPeers: 0,
		packetsToClients: 0,
		packetsDropped: 0
	};
	const counts: ConversationCounts = { requests: 0, rateLimited: 0, malformed: 0, failures: 0, errors: {} };
	let allocationsMade = 0;

	const context: TurnContext = {
		ports,
		policy: policy.value,
		relayAddress: (family, local) =>
			familyOf(local) === family ? local : (addresses.find((address) => familyOf(address) === family) ?? null),
		reserve({ client, user }) {
			const forUser = perUser.take(user.username);
			const forSource = forUser && perSource.take(sourceKey(client.remote.address));
			if (forUser && !forSource) forUser();
			if (!forUser || !forSource) return null;
			return () => {
				forUser();
				forSource();
			};
		},
		begin({ client }, transaction) {
			const slot = { client, transaction, allocation: null, answer: null, giveBack: () => {} };
			slots.add(slot);
			return () => {
				const stillThere = slots.find(client.tuple) === slot;
				slots.drop(slot);
				return stillThere;
			};
		},
		open({ client, user }, transaction, relays, giveBack) {
			const shared = { ports, lifetimes, counters, clock, random, maxPermissions: quotas.permissions };
			const forLoad = secret !== undefined && isLoadTest(user.username);
			const meter = meterOf(sourceKey(client.remote.address), forLoad, clock.nowMs());
			const allocation = new Allocation({ client, user, relays, meter, ...shared });
			// A default lifetime, so that it does not count as expired; the handler sets the requested one.
			allocation.refresh(undefined);
			slots.add({ client, transaction, allocation, answer: null, giveBack });
			allocationsMade++;
			return allocation;
		},
		rememberAnswer({ client }, attributes) {
			const slot = slots.find(client.tuple);
			if (slot) slot.answer = attributes;
		},
		tupleState: ({ client }) => slots.find(client.tuple),
		close: (allocation) => slots.dropAllocation(allocation)
	};

	const relays = secret !== undefined || users !== undefined;
	const onStun = makeConversation({
		auth: relays ? makeAuthenticator({ secret, users, realm }, options.nonceLifetimeMs ?? NONCE_MS, clock, random) : null,
		mayAnswer: makeRateLimiter(quotas.unauthenticatedPerS, clock, random),
		...{ context, slots, discovery, counts }
	});

	function onDatagram(socket: UdpSocket, data: Uint8Array, from: Endpoint): void {
		// A link-local sender (fe80::1%eth0): its address means nothing in an answer, and no browser uses one.
		if (from.address.includes('%')) return;
		if (looksLikeChannelData(data)) slots.findUdp(socket, from)?.fromClientChannel(data);
		else if (data[0] === SEND_INDICATION[0] && data[1] === SEND_INDICATION[1]) {
			// The fast path for data in STUN messages: without an allocation it costs one look-up.
			const allocation = slots.findUdp(socket, from);
			if (allocation) onSendIndication(data, allocation, counts);
		} else if (looksLikeStun(data)) onStun(data, udpClient(socket, { address: from.address, port: from.port }), socket);
		else counts.malformed++;
	}

	const streamHandlers = {
		onFrame(frame: Uint8Array, client: StreamClient) {
			if (frame[0]! < 4) return onStun(frame, client, null);
			const allocation = slots.find(client.tuple)?.allocation;
			// ChannelData without an allocation: the client does not speak TURN.
			if (allocation) allocation.fromClientChannel(frame);
			else client.close();
		},
		onClose(client: StreamClient) {
			const slot = slots.find(client.tuple);
			if (slot) slots.drop(slot);
		},
		hasAllocation: (client: StreamClient) => slots.find(client.tuple) !== null
	};

	const streams: StreamListener[] = [];
	let cancelSweep = () => {};
	async function close(): Promise<void> {
		cancelSweep();
		cancelSweep = () => {};
		slots.closeAll();
		ports.close();
		discovery.close();
		await Promise.all(streams.splice(0).map((listener) => listener.close()));
	}

	async function listen(port: number, certificate: Certificate | null): Promise<Result<null>> {
		for (const address of addresses) {
			const listener = await listenStreams({ address, port, certificate }, { connections, sourceKey }, streamHandlers, clock);
			if (!listener.ok) return listener;
			streams.push(listener.value);
			port = listener.value.local.port;
		}
		return ok(null);
	}

	const { tls } = options;
	const tcp = options.tcp === false ? ok(null) : await listen(discovery.port, null);
	const secure = tcp.ok && tls ? await listen(tls.port, { cert: tls.cert, key: tls.key }) : tcp;
	if (!secure.ok) {
		await close();
		return secure;
	}
	for (const socket of discovery.sockets) socket.onMessage((data, from) => onDatagram(socket, data, from));

	function sweep(): void {
		slots.sweep();
		ports.sweep();
		for (const listener of streams) listener.sweep();
		cancelSweep = clock.setTimer(SWEEP_MS, sweep);
	}
	cancelSweep = clock.setTimer(SWEEP_MS, sweep);

	return ok({
		endpoints: [
			...discovery.sockets.map(({ local }): ServedEndpoint => ({ protocol: 'udp', ...local })),
			...streams.map(({ protocol, local }): ServedEndpoint => ({ protocol, ...local }))
		],
		discovery: (['ipv4', 'ipv6'] as const).filter((family) =>
			discovery.sockets.some(({ local }) => familyOf(local.address) === family && discovery.opposite(local) !== null)
		),
		realm,
		stats: () => ({
			...counters,
			...counts,
			errors: { ...counts.errors },
			allocations: slots.size,
			allocationsMade,
			connections: connections.total,
			bytesRelayed: counters.bytesToPeers + counters.bytesToClients
		}),
		close
	});
}

const SEND_INDICATION = [packType(METHODS.Send, 'indication') >> 8, packType(METHODS.Send, 'indication') & 255];

function udpClient(socket: UdpSocket, remote: Endpoint): ClientPath {
	return {
		protocol: 'udp',
		remote,
		local: socket.local,
		tuple: tupleName('udp', remote, socket.local),
		send: (bytes) => socket.send(bytes, remote),
		sendChannelData(channel, payload) {
			// From Node's pool: takes a third of the time of a new array. The frame is short-lived.
			const frame = Buffer.allocUnsafe(4 + payload.length);
			frame[0] = channel >> 8;
			frame[1] = channel & 0xff;
			frame[2] = payload.length >> 8;
			frame[3] = payload.length & 0xff;
			frame.set(payload, 4);
			socket.send(frame, remote);
		}
	};
}

function readAddresses(texts: readonly string[]): Result<string[]> {
	const found: string[] = [];
	for (const text of texts) {
		const address = parseIp(text);
		if (!address) return fail('addresses', `“${text}” is not an IP address.`, 'addresses');
		if (scopeOf(address) === 'unspecified') {
			return fail('addresses', `${text} stands for every address. Name the ones that clients and peers are to see.`, 'addresses');
		}
		found.push(formatIp(address));
	}
	const tooMany = (['ipv4', 'ipv6'] as const).some((family) => found.filter((each) => familyOf(each) === family).length > 2);
	if (found.length === 0 || tooMany || new Set(found).size < found.length) {
		return fail('addresses', 'One or two different addresses of each family are needed.', 'addresses');
	}
	return ok(found);
}
