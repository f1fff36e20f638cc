/** TURN over TCP and TLS: listeners, connections, and limits on what a connection may buffer. */
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { ok, type Result } from '../../core/base/result';
import { writeChannelData } from '../../core/stun/channel-data';
import { makeStreamReader } from '../../core/stun/stream-reader';
import type { Certificate } from '../certificate';
import type { Clock } from '../clock';
import { bindFault, type Endpoint } from '../udp';
import type { ClientPath } from './allocation';
import { tupleName } from './authentication';
import type { Counter } from './limits';

/** Beyond this many buffered bytes relayed data is dropped: it would arrive too late. */
const DROP_DATA_ABOVE = 1_000_000;
/** Beyond this many buffered bytes the connection is closed: the client does not read its answers. */
const CLOSE_ABOVE = 2_000_000;
/** A connection without an allocation and without a valid message is closed after this, ms. */
const IDLE_MS = 30_000;
const TLS_HANDSHAKE_MS = 10_000;

export interface StreamClient extends ClientPath {
	close(): void;
}

/** What the server does with what comes in. */
export interface StreamHandlers {
	/** One STUN message or ChannelData frame. */
	onFrame(frame: Uint8Array, client: StreamClient): void;
	onClose(client: StreamClient): void;
	hasAllocation(client: StreamClient): boolean;
}

export interface StreamListener {
	readonly protocol: 'tcp' | 'tls';
	readonly local: Endpoint;
	/** Closes connections that have been idle too long. */
	sweep(): void;
	close(): Promise<void>;
}

export function listenStreams(
	place: { address: string; port: number; certificate: Certificate | null },
	limits: { connections: Counter; sourceKey(address: string): string },
	handlers: StreamHandlers,
	clock: Clock
): Promise<Result<StreamListener>> {
	const { address, port, certificate } = place;
	const protocol = certificate ? 'tls' : 'tcp';
	const raw = new Set<Socket>();
	const live = new Map<StreamClient, { lastMs: number }>();

	/** Counts every connection, before TLS has been spoken. */
	function admit(socket: Socket): void {
		socket.on('error', () => socket.destroy());
		const giveBack = limits.connections.take(limits.sourceKey(socket.remoteAddress ?? ''));
		if (!giveBack) {
			socket.destroy();
			return;
		}
		raw.add(socket);
		socket.once('close', () => {
			raw.delete(socket);
			giveBack();
		});
	}

	function serve(socket: Socket): void {
		socket.on('error', () => socket.destroy());
		const { remoteAddress, remotePort, localAddress, localPort } = socket;
		// Closed already: then there are no addresses either.
		if (!remoteAddress || !remotePort || !localAddress || !localPort) return void socket.destroy();
		// Link-local (fe80::1%eth0): an address that means nothing in an answer.
		if (remoteAddress.includes('%')) return void socket.destroy();
		socket.setNoDelay(true);
		const client = makeClient(socket, { address: remoteAddress, port: remotePort }, { address: localAddress, port: localPort });
		const reader = makeStreamReader();
		const state = { lastMs: clock.nowMs(), begun: false };
		live.set(client, state);
		socket.on('data', (chunk: Buffer) => {
			// TURN begins with a STUN message. “GET ” would be the beginning of 21 kB of ChannelData otherwise.
			if (!state.begun && chunk[0]! >= 4) return void socket.destroy();
			state.begun = true;
			const valid = reader.push(chunk, (frame) => {
				state.lastMs = clock.nowMs();
				if (!socket.destroyed) handlers.onFrame(frame, client);
			});
			if (!valid || socket.writableLength > CLOSE_ABOVE) socket.destroy();
		});
		socket.once('close', () => {
			live.delete(client);
			handlers.onClose(client);
		});
	}

	function makeClient(socket: Socket, remote: Endpoint, local: Endpoint): StreamClient {
		return {
			protocol,
			remote,
			local,
			tuple: tupleName(protocol, remote, local),
			send: (bytes) => void (socket.destroyed || socket.write(bytes)),
			sendChannelData(channel, payload) {
				if (!socket.destroyed && socket.writableLength <= DROP_DATA_ABOVE) socket.write(writeChannelData(channel, payload, true));
			},
			close: () => void socket.destroy()
		};
	}

	const options = { allowHalfOpen: false, keepAlive: true };
	const server: Server = certificate
		? createTlsServer({ ...options, ...certificate, minVersion: 'TLSv1.2', handshakeTimeout: TLS_HANDSHAKE_MS }, serve)
		: createTcpServer(options, serve);
	server.prependListener('connection', admit);
	// A failed handshake is not a fault of the server; Node closes the connection when it times out only if we do.
	server.on('tlsClientError', (_error, socket) => socket.destroy());

	return new Promise((resolve) => {
		server.once('error', (error: NodeJS.ErrnoException) => resolve(bindFault(error, protocol, address, port)));
		server.listen({ host: address, port, ipv6Only: true, exclusive: true }, () => {
			server.removeAllListeners('error').on('error', () => {});
			const bound = server.address();
			resolve(
				ok({
					protocol,
					local: { address, port: typeof bound === 'object' && bound ? bound.port : port },
					sweep() {
						const limit = clock.nowMs() - IDLE_MS;
						for (const [client, { lastMs }] of live) if (lastMs < limit && !handlers.hasAllocation(client)) client.close();
					},
					close: () =>
						new Promise<void>((closed) => {
							server.close(() => closed());
							for (const socket of raw) socket.destroy();
						})
				})
			);
		});
	});
}
