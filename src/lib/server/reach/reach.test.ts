import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { everySentence as sentence } from '../../core/messages/en/every-sentence';
import { judgeReach } from '../../core/reach/reach-rules';
import { acceptWebSocket, closeFrame } from '../../../../tests/support/web-socket';
import { makeCertificate } from '../certificate';
import { reach, readFrame } from './reach';

const open: (Server | Socket)[] = [];
afterAll(() => open.forEach((each) => ('close' in each ? each.close() : each.destroy())));

function listen(server: Server): Promise<number> {
	open.push(server);
	server.on('connection', (socket: Socket) => {
		open.push(socket);
		// What a client that judged enough resets is no matter here.
		socket.on('error', () => {});
	});
	return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

async function judged(url: string, options: { trusted?: string; holdMs?: number } = {}) {
	const facts = await reach(new URL(url), { deadlineMs: 2000, holdMs: 100, ...options });
	const said = judgeReach(facts);
	return { facts, rule: said.rule, reached: said.reached, text: sentence(said) };
}

/** Accepts WebSockets and then does as told. */
const webSockets = (then: (socket: Socket) => void) => {
	const server = createServer((_, response) => response.writeHead(404).end());
	server.on('upgrade', ({ headers }, socket) => {
		acceptWebSocket(headers, socket);
		then(socket as Socket);
	});
	return server;
};

test('an answer of any status', async () => {
	const port = await listen(createServer((_, response) => response.writeHead(404).end()));
	expect(await judged(`http://127.0.0.1:${port}/`)).toMatchObject({ rule: 'reach-answered', reached: 'yes' });
});

test('a closed port', async () => {
	const server = createTcpServer();
	const port = await listen(server);
	await new Promise((resolve) => server.close(resolve));
	expect(await judged(`https://127.0.0.1:${port}/`)).toMatchObject({ rule: 'reach-connection-refused', reached: 'no' });
});

test('a name that does not exist', async () => {
	expect((await judged('https://missing.invalid/')).rule).toBe('reach-name-not-found');
});

test('a port without TLS', async () => {
	const port = await listen(createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
	expect((await judged(`https://127.0.0.1:${port}/`)).rule).toBe('reach-tls-failed');
});

test('a certificate of no public authority, with its issuer, and the same one trusted', async () => {
	const { cert, key } = await makeCertificate([]);
	const port = await listen(createTlsServer({ cert, key }, (_, response) => response.end()));
	const found = await judged(`https://localhost:${port}/`);
	expect(found).toMatchObject({ rule: 'reach-certificate-not-public', reached: 'partly' });
	expect(found.facts.handshake!.chain.length).toBe(1);
	expect(found.text).toContain(`issued by ${found.facts.handshake!.chain[0]!.issuer}`);
});

test('a page that the network puts before others', async () => {
	const port = await listen(
		createServer((_, response) => response.writeHead(302, { location: 'http://login.hotel.example/' }).end())
	);
	expect(await judged(`http://127.0.0.1:${port}/`)).toMatchObject({ rule: 'reach-login-page-signs', reached: 'partly' });
});

test('a web page where a WebSocket was asked for is said, and what it may be', async () => {
	const page = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<p>'));
	const port = await listen(page);
	expect(await judged(`ws://127.0.0.1:${port}/`)).toMatchObject({ rule: 'reach-web-page-answered', reached: 'partly' });
	const { rule, text } = await judged(`http://127.0.0.1:${port}/api`);
	expect(rule).toBe('reach-answered');
	expect(text).toMatch(/a web page \(text\/html\)\. Where an API is expected there/);
	const json = await listen(
		createServer((_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
	);
	expect((await judged(`http://127.0.0.1:${json}/api`)).text).toMatch(/with status 200\.$/);
	expect((await judged(`ws://127.0.0.1:${json}/api`)).rule).toBe('reach-web-socket-refused');
});

test('a server that accepts and says nothing', async () => {
	const port = await listen(createTcpServer(() => {}));
	const facts = await reach(new URL(`http://127.0.0.1:${port}/`), { deadlineMs: 200, holdMs: 0 });
	expect(judgeReach(facts).rule).toBe('reach-request-unanswered');
});

test('a WebSocket that stays open', async () => {
	const port = await listen(webSockets(() => {}));
	expect(await judged(`ws://127.0.0.1:${port}/`)).toMatchObject({ rule: 'reach-web-socket-held', reached: 'yes' });
});

test('a WebSocket that the server closes, with code and reason', async () => {
	const port = await listen(webSockets((socket) => socket.write(closeFrame(4001, 'who are you'))));
	const { rule, text } = await judged(`ws://127.0.0.1:${port}/`, { holdMs: 5000 });
	expect(rule).toBe('reach-web-socket-closed');
	expect(text).toContain('with code 4001 (a code of the application’s own), reason “who are you”');
});

test('a WebSocket that is cut without a close frame', async () => {
	const port = await listen(webSockets((socket) => socket.destroy()));
	const { rule, text } = await judged(`ws://127.0.0.1:${port}/`, { holdMs: 5000 });
	expect(rule).toBe('reach-web-socket-cut');
	expect(text).toContain('without a close frame');
});

test('pings are answered, as the server may close the connection of whoever does not', async () => {
	let answer: Buffer | null = null;
	const port = await listen(
		webSockets((socket) => {
			socket.write(Buffer.of(0x89, 2, 0x68, 0x69));
			socket.on('data', (data) => {
				answer = data;
				// A text message, then the end with a code.
				socket.write(Buffer.of(0x81, 1, 0x61, 0x88, 2, 0x03, 0xe9));
			});
		})
	);
	const { facts } = await judged(`ws://127.0.0.1:${port}/`, { holdMs: 5000 });
	expect(facts.held).toMatchObject({ messages: 1, pings: 1, closed: { code: 1001, reason: '' } });
	// RFC 6455 §5.5.3: the ping's own data, masked.
	const [first, second, ...rest] = answer!;
	expect([first, second]).toEqual([0x8a, 0x82]);
	expect(rest.slice(4).map((byte, i) => byte ^ rest[i]!)).toEqual([0x68, 0x69]);
});

test('a path that is no WebSocket', async () => {
	const port = await listen(createServer((_, response) => response.writeHead(403).end()));
	expect(await judged(`ws://127.0.0.1:${port}/`)).toMatchObject({ rule: 'reach-web-socket-refused', reached: 'partly' });
});

test('frames are read when they are whole', () => {
	const long = Buffer.concat([Buffer.of(0x82, 126, 1, 0), Buffer.alloc(256)]);
	expect(readFrame(long)?.bytes).toBe(260);
	expect(readFrame(long.subarray(0, 259))).toBeNull();
	expect(readFrame(Buffer.of(0x88))).toBeNull();
});
