/** Asks one URL over HTTP or WebSocket, step by step, so that an error names its step. Only the command line does: never the server. */
import { randomBytes } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { request } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type PeerCertificate, type TLSSocket } from 'node:tls';
import { unbracketed } from '../../core/base/web-url';
import type { HeldWebSocket } from '../../core/observations/observation';
import type { Handshake, ReachFacts } from '../../core/reach/reach-facts';

export interface ReachOptions {
	deadlineMs: number;
	/** How long a WebSocket is held open without a message, ms. */
	holdMs: number;
	/** PEM, instead of the publicly known authorities. */
	trusted?: string;
	onProgress?: (heldMs: number) => void;
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? (error as Error).message;
/** Server, intermediate, root, and one to spare; a longer chain is a loop. */
const CHAIN_AT_MOST = 6;

export async function reach(url: URL, options: ReachOptions): Promise<ReachFacts> {
	const webSocket = /^wss?:$/.test(url.protocol);
	const tls = /^(https|wss):$/.test(url.protocol);
	const host = unbracketed(url.hostname);
	const port = Number(url.port || (tls ? 443 : 80));
	const facts: ReachFacts = {
		url: url.href,
		host,
		port,
		tls,
		webSocket,
		lookup: null,
		connect: null,
		handshake: null,
		answer: null,
		held: null
	};
	const clock = stopwatch();

	const found = await lookup(host, { all: true }).catch((error: unknown) => codeOf(error));
	if (typeof found === 'string') return { ...facts, lookup: { tookMs: clock(), addresses: [], error: found } };
	facts.lookup = { tookMs: clock(), addresses: found.map(({ address }) => address), error: null };

	const plain = await firstOpen(facts.lookup.addresses, port, options.deadlineMs);
	facts.connect = plain.connect;
	if (plain.socket === null) return facts;
	let socket: Socket = plain.socket;
	try {
		if (tls) {
			const secured = await secure(plain.socket, host, options);
			facts.handshake = secured.handshake;
			if (secured.socket === null || secured.handshake.error !== null) return facts;
			socket = secured.socket;
		}
		const { answer, upgraded } = await ask(url, socket, webSocket, options.deadlineMs);
		facts.answer = answer;
		if (upgraded) facts.held = await hold(upgraded.socket, upgraded.head, answer.tookMs, options);
		return facts;
	} finally {
		socket.destroy();
		plain.socket.destroy();
	}
}

/** The addresses one after the other; what is told is the first that opens, else the last. */
async function firstOpen(addresses: readonly string[], port: number, deadlineMs: number) {
	let last: { connect: ReachFacts['connect']; socket: Socket | null } = { connect: null, socket: null };
	for (const address of addresses) {
		const clock = stopwatch();
		last = await new Promise((resolve) => {
			const socket = connect({ host: address, port });
			const end = (error: string | null) => {
				clearTimeout(timer);
				socket.removeAllListeners();
				// What comes later is told by whoever uses the socket then.
				socket.on('error', () => {});
				if (error !== null) socket.destroy();
				resolve({ connect: { tookMs: clock(), address, error }, socket: error === null ? socket : null });
			};
			const timer = setTimeout(() => end('ETIMEDOUT'), deadlineMs);
			socket.once('connect', () => end(null));
			socket.once('error', (error) => end(codeOf(error)));
		});
		if (last.socket !== null) break;
	}
	return last;
}

function secure(
	plain: Socket,
	host: string,
	{ deadlineMs, trusted }: ReachOptions
): Promise<{ socket: TLSSocket | null; handshake: Handshake }> {
	const clock = stopwatch();
	return new Promise((resolve) => {
		// The certificate is judged below, so that its chain can be told whatever is wrong with it.
		const socket = connectTls({
			socket: plain,
			rejectUnauthorized: false,
			...(isIP(host) ? {} : { servername: host }),
			host,
			...(trusted ? { ca: trusted } : {})
		});
		const end = (error: string | null, chain: Handshake['chain']) => {
			clearTimeout(timer);
			socket.removeAllListeners('error');
			socket.on('error', () => {});
			resolve({ socket: error === null ? socket : null, handshake: { tookMs: clock(), error, chain } });
		};
		const timer = setTimeout(() => end('ETIMEDOUT', []), deadlineMs);
		socket.once('error', (error) => end(codeOf(error), []));
		socket.once('close', () => end('ECONNRESET', []));
		socket.once('secureConnect', () => {
			socket.removeAllListeners('close');
			const { authorized, authorizationError } = socket;
			end(
				authorized ? null : String((authorizationError as unknown as { code?: string })?.code ?? authorizationError),
				chainOf(socket)
			);
		});
	});
}

function chainOf(socket: TLSSocket): Handshake['chain'] {
	const chain: Handshake['chain'] = [];
	let certificate = socket.getPeerCertificate(true) as PeerCertificate & { issuerCertificate?: PeerCertificate };
	while (certificate?.subject && chain.length < CHAIN_AT_MOST) {
		chain.push({ subject: nameOf(certificate.subject), issuer: nameOf(certificate.issuer) });
		const next = certificate.issuerCertificate;
		if (!next || next.fingerprint256 === certificate.fingerprint256) break;
		certificate = next as typeof certificate;
	}
	return chain;
}

function nameOf(subject: PeerCertificate['subject']): string {
	const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);
	return first(subject?.CN) ?? first(subject?.O) ?? 'no name';
}

interface Upgraded {
	socket: Socket;
	head: Buffer;
}

const NO_ANSWER = { status: null, location: null, mediaType: null, error: null };

function ask(url: URL, socket: Socket, webSocket: boolean, deadlineMs: number) {
	const clock = stopwatch();
	return new Promise<{ answer: NonNullable<ReachFacts['answer']>; upgraded: Upgraded | null }>((resolve) => {
		const headers = webSocket
			? {
					connection: 'Upgrade',
					upgrade: 'websocket',
					'sec-websocket-version': '13',
					'sec-websocket-key': randomBytes(16).toString('base64')
				}
			: {};
		const asked = request({
			createConnection: () => socket,
			host: url.hostname,
			port: url.port,
			path: `${url.pathname}${url.search}`,
			headers: { host: url.host, ...headers }
		});
		const end = (got: Partial<NonNullable<ReachFacts['answer']>>, upgraded: Upgraded | null = null) => {
			clearTimeout(timer);
			asked.removeAllListeners();
			asked.on('error', () => {});
			resolve({ answer: { tookMs: clock(), ...NO_ANSWER, ...got }, upgraded });
		};
		const timer = setTimeout(() => end({ error: 'ETIMEDOUT' }), deadlineMs);
		asked.once('response', (response) => {
			response.resume();
			const { statusCode = null, headers } = response;
			const mediaType = headers['content-type']?.split(';')[0]!.trim().toLowerCase() ?? null;
			end({ status: statusCode, location: headers.location ?? null, mediaType });
		});
		asked.once('upgrade', (response, upgraded, head) =>
			end({ status: response.statusCode ?? null }, { socket: upgraded as Socket, head })
		);
		asked.once('error', (error) => end({ error: codeOf(error) }));
		asked.end();
	});
}

/** RFC 6455 §5.5: the last frame, if one comes, has a code in its first two bytes; a ping is answered, as a browser does. */
const [CLOSE, PING, PONG] = [8, 9, 10];

/** Sends nothing but answers to pings, without which a server may close a connection that works. */
function hold(socket: Socket, head: Buffer, openedMs: number, { holdMs, onProgress }: ReachOptions): Promise<HeldWebSocket> {
	const clock = stopwatch();
	return new Promise((resolve) => {
		let received = head;
		let [messages, pings, heardMs] = [0, 0, 0];
		const end = (closed: HeldWebSocket['closed']) => {
			clearTimeout(timer);
			clearInterval(ticker);
			socket.removeAllListeners();
			socket.on('error', () => {});
			const heldMs = clock();
			resolve({ openedMs, heldMs, silentMs: Math.max(0, heldMs - heardMs), messages, pings, closed });
		};
		const cut = () => end({ code: 1006, reason: '' });
		const read = () => {
			for (let frame = readFrame(received); frame !== null; frame = readFrame(received)) {
				received = received.subarray(frame.bytes);
				if (frame.opcode === CLOSE) {
					const code = frame.payload.length >= 2 ? frame.payload.readUInt16BE(0) : 1005;
					return end({ code, reason: frame.payload.subarray(2).toString('utf8') });
				}
				heardMs = clock();
				if (frame.opcode === PING) socket.write(maskedFrame(PONG, frame.payload));
				if (frame.opcode === PING) pings++;
				else if (frame.final && frame.opcode !== PONG) messages++;
			}
		};
		const timer = setTimeout(() => end(null), holdMs);
		const ticker = setInterval(() => onProgress?.(clock()), 10_000);
		socket.on('data', (data: Buffer) => {
			received = Buffer.concat([received, data]);
			read();
		});
		socket.once('close', cut);
		socket.once('end', cut);
		socket.once('error', cut);
		read();
	});
}

/** RFC 6455 §5.2: what a client sends is masked. Control frames have at most 125 bytes. */
function maskedFrame(opcode: number, payload: Buffer): Buffer {
	const mask = randomBytes(4);
	const masked = payload.map((byte, i) => byte ^ mask[i % 4]!);
	return Buffer.concat([Buffer.of(0x80 | opcode, 0x80 | payload.length), mask, masked]);
}

/** RFC 6455 §5.2; a server never masks. Null until the frame is whole. */
export function readFrame(data: Buffer): { final: boolean; opcode: number; payload: Buffer; bytes: number } | null {
	if (data.length < 2) return null;
	const short = data[1]! & 127;
	const header = short === 126 ? 4 : short === 127 ? 10 : 2;
	if (data.length < header) return null;
	const length = short === 126 ? data.readUInt16BE(2) : short === 127 ? Number(data.readBigUInt64BE(2)) : short;
	if (data.length < header + length) return null;
	return {
		final: data[0]! >= 128,
		opcode: data[0]! & 15,
		payload: data.subarray(header, header + length),
		bytes: header + length
	};
}

function stopwatch(): () => number {
	const startedMs = performance.now();
	return () => Math.round((performance.now() - startedMs) * 10) / 10;
}
