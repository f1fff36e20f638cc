/** A TCP path that misbehaves as told, between a client and a server on the loopback. */
import { connect, createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

export interface FaultyPath {
	/** `http://127.0.0.1:40123`. */
	origin: string;
	/** Where new connections go; null refuses them. */
	target: number | null;
	/** Each piece of data waits between 0 and this long, each direction and connection by itself, ms. */
	delayMs: number;
	/** Breaks all connections now. */
	cut(): void;
	close(): Promise<void>;
}

export async function startFaultyPath(target: number): Promise<FaultyPath> {
	const sockets = new Set<Socket>();
	const server = createServer((client) => {
		if (path.target === null) return void client.resetAndDestroy();
		const upstream = connect(path.target, '127.0.0.1');
		for (const [from, to] of [
			[client, upstream],
			[upstream, client]
		] as const) {
			sockets.add(from);
			let last = 0;
			from.on('data', (piece) => {
				// Later pieces of one connection never overtake earlier ones: TCP would not let them.
				last = Math.max(last, Date.now() + Math.random() * path.delayMs);
				setTimeout(() => to.write(piece), last - Date.now());
			});
			from.on('error', () => undefined);
			from.on('close', () => {
				sockets.delete(from);
				setTimeout(() => to.destroy(), Math.max(0, last - Date.now()));
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const path: FaultyPath = {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		target,
		delayMs: 0,
		cut() {
			for (const socket of sockets) socket.resetAndDestroy();
		},
		close() {
			path.cut();
			return new Promise((resolve) => server.close(() => resolve()));
		}
	};
	return path;
}
