/** Servers that fail, each in its own way, to test that probes end. All on 127.0.0.1. */
import { createSocket } from 'node:dgram';
import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface DeadServers {
	/** A port where datagrams arrive and nothing answers. */
	silentUdpPort: number;
	/** A port where a connection is accepted and nothing answers. */
	silentTcpPort: number;
	/** A port where nothing listens: connections are refused. */
	closedPort: number;
	close(): void;
}

export async function startDeadServers(): Promise<DeadServers> {
	const udp = createSocket('udp4');
	await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
	const sockets = new Set<Socket>();
	const tcp = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {}).resume();
	});
	await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
	const closed = createServer();
	await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
	const closedPort = (closed.address() as AddressInfo).port;
	await new Promise((resolve) => closed.close(resolve));
	return {
		silentUdpPort: udp.address().port,
		silentTcpPort: (tcp.address() as AddressInfo).port,
		closedPort,
		close: () => {
			udp.close();
			sockets.forEach((socket) => socket.destroy());
			tcp.close();
		}
	};
}
