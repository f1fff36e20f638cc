/** A STUN and TURN client for tests, on plain sockets: it sends what it is told, right or wrong, and keeps what comes back. */
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { readChannelData, writeChannelData } from '../../../src/lib/core/stun/channel-data';
import { toHex } from '../../../src/lib/core/stun/bytes';
import {
	longTermKey,
	PASSWORD_ALGORITHM,
	sealMessage,
	verifyIntegrity,
	type IntegrityKind,
	type PasswordAlgorithm
} from '../../../src/lib/core/stun/integrity';
import {
	decodeMessage,
	encodeMessage,
	readAttribute,
	type AttributeToWrite,
	type StunMessage
} from '../../../src/lib/core/stun/message';
import { METHODS, type MethodName } from '../../../src/lib/core/stun/methods-table';
import { makeStreamReader } from '../../../src/lib/core/stun/stream-reader';
import { nodeCrypto } from '../../../src/lib/server/node-crypto';
import { patience } from '../../support/patience';

export type Transport = 'udp' | 'tcp' | 'tls';

export interface User {
	username: string;
	password: string;
}

export interface RequestOptions {
	transactionId?: Uint8Array;
	/** Null: no credentials. Default: the client's user, as far as a challenge has been seen. */
	user?: User | null;
	nonce?: string;
	realm?: string;
	integrity?: IntegrityKind;
	/** Sends PASSWORD-ALGORITHM with it. */
	algorithm?: PasswordAlgorithm;
	fingerprint?: boolean;
	/** How long to wait for the answer, ms. */
	timeoutMs?: number;
	/** On a stream: one byte a write. */
	byteByByte?: boolean;
	/** Changes the sealed bytes before they go out. */
	spoil?(bytes: Uint8Array): Uint8Array;
}

export interface Arrived {
	/** Port that it came from (UDP). */
	port: number | null;
	address: string | null;
	bytes: Uint8Array;
}

/** Against hanging alone: on the loopback an answer comes, or something behind it on the same path does. */
const DEFAULT_TIMEOUT_MS = patience(10_000);

export class TurnClient {
	user: User;
	realm = '';
	nonce = '';
	/** The last answer as it arrived, and from where. */
	lastAnswer: Arrived | null = null;
	/** The last request as it was sent. */
	lastRequest: Uint8Array = new Uint8Array(0);
	closed = false;
	#udp: UdpSocket | null = null;
	#stream: Socket | null = null;
	#server: { address: string; port: number };
	#inbox: Arrived[] = [];
	#wake = new Set<() => void>();
	#diverted: ((bytes: Uint8Array) => void) | null = null;

	private constructor(user: User, server: { address: string; port: number }) {
		this.user = user;
		this.#server = server;
	}

	static async open(
		transport: Transport,
		address: string,
		port: number,
		user: User,
		from?: { address: string; port?: number }
	): Promise<TurnClient> {
		const client = new TurnClient(user, { address, port });
		if (transport === 'udp') {
			const socket = await bindUnused(address.includes(':') ? 'udp6' : 'udp4', from);
			socket.on('error', () => {});
			socket.on('message', (bytes, sender) => {
				if (client.#diverted) client.#diverted(bytes);
				else client.#arrive({ bytes: Uint8Array.from(bytes), port: sender.port, address: sender.address });
			});
			client.#udp = socket;
			return client;
		}
		const socket =
			transport === 'tcp' ? connectTcp({ host: address, port }) : connectTls({ host: address, port, rejectUnauthorized: false });
		client.#stream = socket;
		await new Promise<void>((resolve, reject) => {
			socket.once(transport === 'tcp' ? 'connect' : 'secureConnect', () => resolve());
			socket.once('error', reject);
		});
		socket.setNoDelay(true);
		const reader = makeStreamReader();
		socket.on('data', (chunk) => {
			reader.push(chunk, (frame) => client.#arrive({ bytes: frame.slice(), port: null, address: null }));
		});
		socket.on('error', () => {});
		socket.on('close', () => {
			client.closed = true;
			client.#wake.forEach((wake) => wake());
		});
		return client;
	}

	get localPort(): number {
		return this.#udp ? this.#udp.address().port : (this.#stream!.localPort ?? 0);
	}

	#arrive(arrived: Arrived): void {
		this.#inbox.push(arrived);
		this.#wake.forEach((wake) => wake());
	}

	/** Takes the first thing in the inbox that `pick` wants, waiting for it if need be; null when time is up. */
	async take<T>(pick: (arrived: Arrived) => T | null, timeoutMs = DEFAULT_TIMEOUT_MS): Promise<T | null> {
		const until = performance.now() + timeoutMs;
		for (;;) {
			for (const [i, arrived] of this.#inbox.entries()) {
				const picked = pick(arrived);
				if (picked === null) continue;
				this.#inbox.splice(i, 1);
				return picked;
			}
			const left = until - performance.now();
			if (left <= 0 || this.closed) return null;
			await new Promise<void>((resolve) => {
				const done = () => {
					clearTimeout(timer);
					this.#wake.delete(done);
					resolve();
				};
				const timer = setTimeout(done, left);
				this.#wake.add(done);
			});
		}
	}

	/** On a stream: lets everything wait in the network. */
	pauseReading(): void {
		this.#stream?.pause();
	}

	resumeReading(): void {
		this.#stream?.resume();
	}

	/** Throws away what has arrived and nobody took. */
	clear(): void {
		this.#inbox.length = 0;
	}

	/** From now on what arrives by UDP goes to this function and nowhere else; null ends it. For load. */
	divert(listener: ((bytes: Uint8Array) => void) | null): void {
		this.#diverted = listener;
	}

	sendRaw(bytes: Uint8Array, to = this.#server): void {
		if (this.#udp) this.#udp.send(bytes, to.port, to.address);
		else this.#stream!.write(bytes);
	}

	async sendByteByByte(bytes: Uint8Array): Promise<void> {
		for (const byte of bytes) {
			this.#stream!.write(Uint8Array.of(byte));
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	/** Sends one request and gives its answer; null when none came. */
	async request(
		method: MethodName,
		attributes: AttributeToWrite[] = [],
		options: RequestOptions = {}
	): Promise<StunMessage | null> {
		const transactionId = options.transactionId ?? randomBytes(12);
		const user = options.user === undefined ? (this.nonce ? this.user : null) : options.user;
		const realm = options.realm ?? this.realm;
		const { algorithm, integrity: kind = 'sha1' } = options;
		const all = [...attributes];
		if (user) {
			all.push(['USERNAME', user.username], ['REALM', realm], ['NONCE', options.nonce ?? this.nonce]);
			if (algorithm) all.push(['PASSWORD-ALGORITHMS', [2, 1]], ['PASSWORD-ALGORITHM', PASSWORD_ALGORITHM[algorithm]]);
		}
		const key = user ? longTermKey(nodeCrypto, algorithm ?? 'md5', { ...user, realm }) : null;
		const sealed = sealMessage(
			{ method: METHODS[method], class: 'request', transactionId, attributes: all },
			{ integrity: key ? { kind, key, crypto: nodeCrypto } : undefined, fingerprint: options.fingerprint }
		);
		const bytes = options.spoil ? options.spoil(sealed) : sealed;
		this.lastRequest = bytes;
		if (options.byteByByte) await this.sendByteByByte(bytes);
		else this.sendRaw(bytes);
		return this.answer(transactionId, options.timeoutMs);
	}

	answer(transactionId: Uint8Array, timeoutMs?: number): Promise<StunMessage | null> {
		const id = toHex(transactionId);
		return this.take((arrived) => {
			const decoded = arrived.bytes[0]! < 4 ? decodeMessage(arrived.bytes) : null;
			if (!decoded?.ok || toHex(decoded.value.transactionId) !== id || decoded.value.class === 'request') return null;
			this.lastAnswer = arrived;
			return decoded.value;
		}, timeoutMs);
	}

	/** Fetches realm and nonce by an Allocate without credentials. */
	async challenge(): Promise<StunMessage | null> {
		const answer = await this.request('Allocate', [['REQUESTED-TRANSPORT', 17]], { user: null });
		this.realm = (answer && readAttribute(answer, 'REALM')) ?? '';
		this.nonce = (answer && readAttribute(answer, 'NONCE')) ?? '';
		return answer;
	}

	/** Challenge, then Allocate. */
	async allocate(attributes: AttributeToWrite[] = [], options: RequestOptions = {}): Promise<StunMessage | null> {
		if (!this.nonce) await this.challenge();
		return this.request('Allocate', [['REQUESTED-TRANSPORT', 17], ...attributes], options);
	}

	/** Whether the answer carries integrity made with the user's key. */
	hasIntegrity(answer: StunMessage, kind: IntegrityKind = 'sha1', algorithm: PasswordAlgorithm = 'md5'): boolean {
		return verifyIntegrity(nodeCrypto, answer, kind, longTermKey(nodeCrypto, algorithm, { ...this.user, realm: this.realm }));
	}

	sendIndication(peer: { address: string; port: number }, data: Uint8Array, more: AttributeToWrite[] = []): void {
		const attributes: AttributeToWrite[] = [['XOR-PEER-ADDRESS', peer], ['DATA', data], ...more];
		this.sendRaw(encodeMessage({ method: METHODS.Send, class: 'indication', transactionId: randomBytes(12), attributes }));
	}

	sendChannelData(channel: number, data: Uint8Array): void {
		this.sendRaw(writeChannelData(channel, data, this.#udp === null));
	}

	/** The payload of the next ChannelData on this channel. */
	channelData(channel: number, timeoutMs?: number): Promise<Uint8Array | null> {
		return this.take((arrived) => {
			const read = readChannelData(arrived.bytes);
			return read?.channel === channel ? read.payload : null;
		}, timeoutMs);
	}

	/** The next Data indication. */
	dataIndication(timeoutMs?: number): Promise<{ data: Uint8Array; from: { address: string; port: number } } | null> {
		return this.take((arrived) => {
			const decoded = arrived.bytes[0]! < 4 ? decodeMessage(arrived.bytes) : null;
			if (!decoded?.ok || decoded.value.method !== METHODS.Data || decoded.value.class !== 'indication') return null;
			const data = readAttribute(decoded.value, 'DATA');
			const from = readAttribute(decoded.value, 'XOR-PEER-ADDRESS');
			return data && from ? { data, from } : null;
		}, timeoutMs);
	}

	close(): void {
		this.#udp?.close();
		this.#udp = null;
		this.#stream?.destroy();
	}
}

const usedPorts = new Set<number>();

/** A port that no earlier client had: the server may still remember the 5-tuple of one that just went away. */
async function bindUnused(type: 'udp4' | 'udp6', from?: { address: string; port?: number }): Promise<UdpSocket> {
	for (;;) {
		const socket = createSocket(type);
		await new Promise<void>((resolve) => socket.bind({ address: from?.address, port: from?.port ?? 0 }, resolve));
		const { port } = socket.address();
		if (from?.port || !usedPorts.has(port)) {
			usedPorts.add(port);
			return socket;
		}
		socket.close();
	}
}

/** The other end of a relay: a UDP socket that keeps what it hears. */
export class Peer {
	#socket: UdpSocket;
	#heard: { bytes: Uint8Array; address: string; port: number }[] = [];
	#wake: (() => void) | null = null;

	private constructor(socket: UdpSocket) {
		this.#socket = socket;
	}

	static async open(address = '127.0.0.1'): Promise<Peer> {
		const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
		const peer = new Peer(socket);
		socket.on('message', (bytes, from) => {
			peer.#heard.push({ bytes: Uint8Array.from(bytes), address: from.address, port: from.port });
			peer.#wake?.();
		});
		await new Promise<void>((resolve) => socket.bind(0, address, resolve));
		return peer;
	}

	get endpoint(): { address: string; port: number } {
		const { address, port } = this.#socket.address();
		return { address, port };
	}

	send(text: string | Uint8Array, to: { address: string; port: number }): void {
		this.#socket.send(text, to.port, to.address);
	}

	/** The next datagram as text, null when none comes. */
	async hear(): Promise<string | null> {
		return (await this.hearFrom())?.text ?? null;
	}

	async hearFrom(
		timeoutMs = DEFAULT_TIMEOUT_MS
	): Promise<{ text: string; bytes: Uint8Array; address: string; port: number } | null> {
		if (this.#heard.length === 0) {
			await new Promise<void>((resolve) => {
				const timer = setTimeout(resolve, timeoutMs);
				this.#wake = () => {
					clearTimeout(timer);
					resolve();
				};
			});
			this.#wake = null;
		}
		const heard = this.#heard.shift();
		return heard ? { ...heard, text: Buffer.from(heard.bytes).toString() } : null;
	}

	close(): void {
		this.#socket.close();
	}
}

/** An answer in a word or two: `success`, `error 401`, `no answer`. */
export function say(answer: StunMessage | null): string {
	if (!answer) return 'no answer';
	return answer.class === 'error' ? `error ${readAttribute(answer, 'ERROR-CODE')?.code}` : answer.class;
}
