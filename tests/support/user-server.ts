/** A server of a user's own, over TLS: what becomes of a WebSocket or a request is in the path. */
import { createServer } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { makeCertificate, type Certificate } from '../../src/lib/server/certificate';
import { acceptWebSocket, closeFrame } from './web-socket';

export interface UserServer {
	port: number;
	/** Of a proxy before it that ends a connection in which nothing passes for so long. */
	cuttingPort: number;
	/** Of the same server with a certificate that nobody trusts. */
	untrustedPort: number;
	/** Where connections are accepted and nothing is said. */
	silentPort: number;
	/** What was asked of it, as `GET /path`. */
	asked: string[];
	certificate: Certificate;
	close(): Promise<void>;
}

const HELD = ['/held', '/talks'];

export async function startUserServer({ cutAfterMs }: { cutAfterMs: number }): Promise<UserServer> {
	const asked: string[] = [];
	const open = new Set<Socket>();
	const certificate = await makeCertificate(['localhost', '127.0.0.1']);
	const serve = (tls: Certificate) => {
		const server = createServer({ cert: tls.cert, key: tls.key }, (request, response) => {
			asked.push(`${request.method} ${request.url}`);
			if (request.url === '/elsewhere') response.writeHead(302, { location: 'http://localhost:1/' }).end();
			// Fetch Standard §3.7: kept from pages of other origins.
			else if (request.url === '/kept-to-itself')
				response.writeHead(200, { 'cross-origin-resource-policy': 'same-origin' }).end();
			else response.writeHead(HELD.includes(request.url!) ? 426 : 403).end();
		});
		server.on('upgrade', ({ headers, url }, socket) => {
			asked.push(`WebSocket ${url}`);
			if (url === '/refused') socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
			else acceptWebSocket(headers, socket);
			// As RFC 6455 §7.1.1 has it: the connection ends when the other end has answered.
			if (url === '/policy') socket.once('data', () => socket.end()).write(closeFrame(1008, 'no token'));
			if (url === '/dropped') setTimeout(() => socket.destroy(), 300);
			if (url === '/talks') socket.write(Buffer.of(0x81, 2, 0x68, 0x69));
		});
		return server;
	};
	const listen = async (server: Server) => {
		server.on('connection', (socket: Socket) => {
			open.add(socket);
			socket.on('error', () => {});
			socket.once('close', () => open.delete(socket));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return (server.address() as AddressInfo).port;
	};
	const own = serve(certificate);
	const port = await listen(own);
	const proxy = createTcpServer((from) => {
		const to = connect(port, '127.0.0.1');
		to.on('error', () => {});
		for (const [one, other] of [
			[from, to],
			[to, from]
		] as const) {
			one.pipe(other);
			one.once('close', () => other.destroy());
			one.setTimeout(cutAfterMs, () => one.destroy());
		}
	});
	const untrusted = serve(await makeCertificate(['localhost', '127.0.0.1']));
	const silent = createTcpServer(() => {});
	const servers = [own, proxy, untrusted, silent];
	const [cuttingPort, untrustedPort, silentPort] = [await listen(proxy), await listen(untrusted), await listen(silent)];
	return {
		port,
		cuttingPort,
		untrustedPort,
		silentPort,
		asked,
		certificate,
		close: async () => {
			open.forEach((socket) => socket.destroy());
			await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
		}
	};
}
