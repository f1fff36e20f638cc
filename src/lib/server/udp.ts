/** UDP sockets, passed in so that the servers run unchanged on a virtual network. */
import { formatEndpoint } from '../core/base/ip';
import { createSocket } from 'node:dgram';
import type { Endpoint } from '../core/stun/attribute-values';
import { fail, ok, type Result } from '../core/base/result';

export type { Endpoint };

export interface UdpSocket {
	readonly local: Endpoint;
	/** Sends, or drops without an error, as UDP may. `data` must not be changed afterwards. */
	send(data: Uint8Array, to: Endpoint): void;
	/** Sets the only listener. `from` is valid only during the call. */
	onMessage(listener: (data: Uint8Array, from: Endpoint) => void): void;
	close(): void;
}

/** A socket whose packets can be given few hops to travel. */
export interface HopSocket extends UdpSocket {
	/** Of all packets from now on: `1` reaches the first router, which passes it on to nobody. */
	setHops(hops: number): void;
}

export interface UdpNet {
	/** Port 0: any free one. Faults: `port-taken`, `address-not-here`, `bind`. */
	bind(address: string, port: number): Promise<Result<UdpSocket>>;
}

export interface HopNet extends UdpNet {
	bind(address: string, port: number): Promise<Result<HopSocket>>;
}

/** Bytes that may be queued in one socket before packets are dropped: 50 ms at 160 Mbit/s. */
const MAX_QUEUED_BYTES = 1_000_000;

/** The kernel's buffers, bytes: room for 5 ms at 1 Gbit/s; it gives less where its limit is lower. */
const SOCKET_BUFFER_BYTES = 1_000_000;

export const nodeNet: HopNet = { bind: bindNodeSocket };

function bindNodeSocket(address: string, port: number): Promise<Result<HopSocket>> {
	const version = address.includes(':') ? 6 : 4;
	const socket = createSocket({
		type: `udp${version}`,
		ipv6Only: version === 6,
		recvBufferSize: SOCKET_BUFFER_BYTES,
		sendBufferSize: SOCKET_BUFFER_BYTES,
		// Addresses only: without this every send waits for the resolver until the next turn of the event loop.
		lookup: (host, _options, callback) => callback(null, host, version)
	});
	return new Promise((resolve) => {
		socket.once('error', (error: NodeJS.ErrnoException) => {
			socket.close();
			resolve(bindFault(error, 'udp', address, port));
		});
		socket.bind({ address, port, exclusive: true }, () => {
			// ICMP errors and the like: UDP is allowed to lose packets.
			socket.removeAllListeners('error').on('error', () => {});
			const local = { address, port: socket.address().port };
			let open = true;
			let sends = 0;
			resolve(
				ok({
					local,
					send(data, to) {
						// A forged packet can come from port 0, and Node throws on sending there.
						if (!open || to.port === 0) return;
						if ((++sends & 31) === 0 && socket.getSendQueueSize() > MAX_QUEUED_BYTES) return;
						try {
							socket.send(data, to.port, to.address);
						} catch {
							// An address that this socket cannot reach: the packet is lost.
						}
					},
					// libuv hands a packet to the kernel at once where none is queued, as with these few.
					setHops: (hops) => void socket.setTTL(hops),
					onMessage(listener) {
						socket.removeAllListeners('message').on('message', listener);
					},
					close() {
						if (open) socket.close();
						open = false;
					}
				})
			);
		});
	});
}

/** Why a port could not be opened, as data: the caller may try the next one. */
export function bindFault(error: NodeJS.ErrnoException, protocol: string, address: string, port: number): Result<never> {
	const place = `${protocol} ${formatEndpoint(address, port)}`;
	if (error.code === 'EADDRINUSE') return fail('port-taken', `${place} is used by another program. Choose another port.`, place);
	if (error.code === 'EADDRNOTAVAIL') return fail('address-not-here', `${address} is not an address of this machine.`, place);
	if (error.code === 'EACCES')
		return fail('bind', `${place} may not be opened by this user. Ports below 1024 need rights.`, place);
	return fail('bind', `${place} could not be opened (${error.code ?? error.message}).`, place);
}
