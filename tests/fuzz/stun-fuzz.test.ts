/**
 * Rubbish against the codec and the server: random bytes, cut and flipped messages, wrong lengths, sound signatures over
 * senseless attributes, and peers that send what they like. A short run each time; `npm run lab -- fuzz` is the long one
 * (400,000 datagrams, 300 connections, 20,000 sources). FUZZ_SEED repeats a run.
 */
import { createSocket, type Socket } from 'node:dgram';
import { connect, type Socket as TcpSocket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ATTRIBUTES } from '../../src/lib/core/stun/attributes-table';
import { concatBytes, writeUint16 } from '../../src/lib/core/stun/bytes';
import { writeChannelData } from '../../src/lib/core/stun/channel-data';
import { checkFingerprint, integrityKind, longTermKey, sealMessage, verifyIntegrity } from '../../src/lib/core/stun/integrity';
import { decodeMessage, encodeMessage, readAttribute, type AttributeToWrite } from '../../src/lib/core/stun/message';
import { METHODS, packType } from '../../src/lib/core/stun/methods-table';
import { makeStreamReader } from '../../src/lib/core/stun/stream-reader';
import { makeCertificate } from '../../src/lib/server/certificate';
import { nodeCrypto } from '../../src/lib/server/node-crypto';
import { startTurnServer, type TurnServer } from '../../src/lib/server/turn/turn-server';
import { nodeNet, type UdpNet } from '../../src/lib/server/udp';
import { randomFrom } from '../support/random';
import { patience } from '../support/patience';
import { PEERS_HERE } from '../support/peers-here';
import { until } from '../support/until';
import { Peer, say, TurnClient, type Transport } from '../interop/turn/client';

const FULL = process.env.ICELENS_FUZZ === 'full';
const DATAGRAMS = FULL ? 400_000 : 40_000;
const CONNECTIONS = FULL ? 300 : 30;
const SOURCES = FULL ? 20_000 : 2000;
const CODEC_INPUTS = FULL ? 400_000 : 40_000;
const LONG_MS = patience(FULL ? 600_000 : 60_000);

/** What may stay behind after a run, bytes: sound runs leave 0.2 to 1 MB, 200 bytes a request would be 2.4 MB and 24 MB. */
const FLAT_BYTES = FULL ? 4_000_000 : 2_000_000;

const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const USER = { username: 'alice', password: 'secret' };

function makeRandom(seed: number) {
	const next = randomFrom(seed);
	const below = (n: number) => Math.floor(next() * n);
	const bytes = (n: number) => Uint8Array.from({ length: n }, () => below(256));
	const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
	return { below, bytes, pick };
}
type Random = ReturnType<typeof makeRandom>;

interface Signer {
	realm: string;
	nonce: string;
}

const METHOD_NUMBERS = Object.values(METHODS);
const TYPES = Object.values(ATTRIBUTES).map(({ type }) => type);

/** Attributes that make sense together, more or less. */
function someAttributes(random: Random): AttributeToWrite[] {
	const peer = {
		address: random.pick(['127.0.0.1', '127.0.0.9', '10.0.0.1', '0.0.0.0', '::1', '::ffff:127.0.0.1', 'ff02::1']),
		port: random.below(65536)
	};
	const all: AttributeToWrite[] = [
		['REQUESTED-TRANSPORT', random.pick([17, 17, 6, 0, 255])],
		['LIFETIME', random.pick([0, 1, 600, 3600, 0xffffffff])],
		['XOR-PEER-ADDRESS', peer],
		['XOR-PEER-ADDRESS', peer],
		['CHANNEL-NUMBER', random.pick([0x4000, 0x4001, 0x4fff, 0x5000, 0, 0xffff])],
		['DATA', random.bytes(random.below(40))],
		['EVEN-PORT', { reserveNext: random.below(2) === 0 }],
		['RESERVATION-TOKEN', random.bytes(8)],
		['REQUESTED-ADDRESS-FAMILY', random.pick(['ipv4', 'ipv6'] as const)],
		['ADDITIONAL-ADDRESS-FAMILY', random.pick(['ipv4', 'ipv6'] as const)],
		['CHANGE-REQUEST', { ip: random.below(2) === 0, port: random.below(2) === 0 }],
		['RESPONSE-PORT', random.below(65536)],
		['PASSWORD-ALGORITHM', random.below(4)],
		['PASSWORD-ALGORITHMS', [2, 1]],
		['USERHASH', random.bytes(32)],
		['DONT-FRAGMENT', true],
		['PADDING', random.bytes(random.below(100))],
		['SOFTWARE', 'x'.repeat(random.below(200))]
	];
	return Array.from({ length: random.below(5) }, () => random.pick(all));
}

function message(random: Random, signer: Signer | null): Uint8Array {
	const method = random.pick(METHOD_NUMBERS);
	const header = {
		method: random.below(50) === 0 ? random.below(0x1000) : method,
		class: method === METHODS.Send || random.below(12) === 0 ? ('indication' as const) : ('request' as const),
		transactionId: random.bytes(12)
	};
	const attributes = someAttributes(random);
	if (method === METHODS.Allocate && random.below(2) === 0) attributes.unshift(['REQUESTED-TRANSPORT', 17]);
	const fingerprint = random.below(4) === 0;
	if (!signer || random.below(4) === 0) return sealMessage({ ...header, attributes }, { fingerprint });
	const user = random.below(10) === 0 ? { username: random.pick(['constructor', '__proto__', '', 'bob']), password: 'x' } : USER;
	attributes.push(
		['USERNAME', user.username],
		['REALM', signer.realm],
		['NONCE', random.below(10) === 0 ? 'stale' : signer.nonce]
	);
	const key = longTermKey(nodeCrypto, 'md5', { ...user, realm: signer.realm });
	const kind = random.below(2) === 0 ? 'sha1' : 'sha256';
	return sealMessage({ ...header, attributes }, { integrity: { kind, key, crypto: nodeCrypto }, fingerprint });
}

/** A sound frame around attributes that are not. */
function wildAttributes(random: Random): Uint8Array {
	const parts = [new Uint8Array(20)];
	for (let i = random.below(6); i > 0; i--) {
		const value = random.bytes(random.below(40));
		const size = (value.length + 3) & ~3;
		const part = new Uint8Array(4 + size);
		writeUint16(part, 0, random.below(3) === 0 ? random.below(65536) : random.pick(TYPES));
		writeUint16(part, 2, random.below(8) === 0 ? random.below(65536) : value.length);
		part.set(value, 4);
		parts.push(part);
	}
	const out = concatBytes(...parts);
	writeUint16(out, 0, packType(random.pick(METHOD_NUMBERS), random.pick(['request', 'indication', 'success', 'error'] as const)));
	writeUint16(out, 2, out.length - 20);
	out.set([0x21, 0x12, 0xa4, 0x42], 4);
	out.set(random.bytes(12), 8);
	return out;
}

function rubbish(random: Random, signer: Signer | null): Uint8Array {
	const good = () => message(random, signer);
	switch (random.below(8)) {
		case 0:
			return random.bytes(random.below(200));
		case 1: {
			const bytes = good();
			return bytes.subarray(0, random.below(bytes.length + 1));
		}
		case 2:
		case 3: {
			const bytes = good();
			for (let i = 1 + random.below(4); i > 0; i--) bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
			return bytes;
		}
		case 4: {
			const bytes = good();
			writeUint16(bytes, 2, random.pick([0, 1, 4, bytes.length, bytes.length - 16, 65535, 65532]));
			return bytes;
		}
		case 5:
			return wildAttributes(random);
		case 6: {
			const frame = writeChannelData(random.pick([0x4000, 0x4001, 0x4fff, 0x4002]), random.bytes(random.below(60)), false);
			if (random.below(3) === 0) writeUint16(frame, 2, random.below(65536));
			return frame.subarray(0, 1 + random.below(frame.length));
		}
		default:
			return good();
	}
}

function collectGarbage(): number {
	setFlagsFromString('--expose-gc');
	const gc = runInNewContext('gc') as () => void;
	gc();
	gc();
	const { heapUsed, arrayBuffers } = process.memoryUsage();
	return heapUsed + arrayBuffers;
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

let server: TurnServer;
let port: number;
let tlsPort: number;
/** Datagrams that came in at the server's sockets, relays among them. */
let delivered = 0;

beforeAll(async () => {
	const counting: UdpNet = {
		async bind(address, wanted) {
			const bound = await nodeNet.bind(address, wanted);
			if (!bound.ok) return bound;
			const { local, send, onMessage, close } = bound.value;
			const listen: typeof onMessage = (listener) =>
				onMessage((data, from) => {
					delivered++;
					listener(data, from);
				});
			return { ok: true, value: { local, send, onMessage: listen, close } };
		}
	};
	const started = await startTurnServer({
		...{
			addresses: ['127.0.0.1', '127.0.0.2', '::1'],
			port: 0,
			alternatePort: 0,
			net: counting,
			users: { alice: 'secret', bob: 'x' }
		},
		tls: { port: 0, ...(await makeCertificate(['127.0.0.1'])) },
		peers: PEERS_HERE,
		// The rate limit would shield everything behind it from being tried.
		quotas: { unauthenticatedPerS: 1e9, perUser: 500, perSource: 500 }
	});
	if (!started.ok) throw new Error(started.error.message);
	server = started.value;
	port = server.endpoints[0]!.port;
	tlsPort = server.endpoints.find(({ protocol }) => protocol === 'tls')!.port;
});
afterAll(() => server?.close());

/** A whole call over the server: it is alive and in its right mind. */
async function expectAlive(transport: Transport = 'udp'): Promise<void> {
	const client = await TurnClient.open(transport, '127.0.0.1', transport === 'tls' ? tlsPort : port, USER);
	const peer = await Peer.open();
	const answer = await client.allocate();
	expect(say(answer)).toBe('success');
	expect(
		say(
			await client.request('ChannelBind', [
				['CHANNEL-NUMBER', 0x4000],
				['XOR-PEER-ADDRESS', peer.endpoint]
			])
		)
	).toBe('success');
	client.sendChannelData(0x4000, new TextEncoder().encode('hello'));
	expect(await peer.hear()).toBe('hello');
	peer.send('world', readAttribute(answer!, 'XOR-RELAYED-ADDRESS')!);
	expect(Buffer.from((await client.channelData(0x4000))!).toString()).toBe('world');
	expect(say(await client.request('Refresh', [['LIFETIME', 0]]))).toBe('success');
	client.close();
	peer.close();
}

test(`the codec does not throw on ${CODEC_INPUTS} inputs, and writes what it read (seed ${seed})`, { timeout: LONG_MS }, () => {
	const random = makeRandom(seed);
	const key = longTermKey(nodeCrypto, 'md5', { ...USER, realm: 'r' });
	let accepted = 0;
	for (let i = 0; i < CODEC_INPUTS; i++) {
		const bytes = rubbish(random, { realm: 'r', nonce: 'n' });
		const before = bytes.slice();
		const read = decodeMessage(bytes);
		if (read.ok) {
			accepted++;
			checkFingerprint(read.value);
			const kind = integrityKind(read.value);
			if (kind) verifyIntegrity(nodeCrypto, read.value, kind, key);
			const known = read.value.attributes.filter(({ name }) => name !== null);
			const written = encodeMessage({
				...read.value,
				attributes: known.map(({ name, value }) => [name, value] as unknown as AttributeToWrite)
			});
			const again = decodeMessage(written);
			if (!again.ok) throw new Error(`seed ${seed}, input ${i}: wrote what it cannot read: ${again.error.message}`);
			expect(again.value.attributes.map(({ value }) => value)).toEqual(known.map(({ value }) => value));
		} else if (read.error.offset > bytes.length) {
			throw new Error(`seed ${seed}, input ${i}: the fault is said to lie outside of the message`);
		}
		if (Buffer.compare(before, bytes) !== 0) throw new Error(`seed ${seed}, input ${i}: decoding changed the message`);
		const reader = makeStreamReader();
		let left = bytes.length;
		reader.push(bytes.subarray(0, random.below(bytes.length + 1)), (frame) => void (left -= frame.length));
		if (left < 0) throw new Error(`seed ${seed}, input ${i}: more frames than bytes`);
	}
	// Both sides of the gate are tried.
	expect(accepted).toBeGreaterThan(CODEC_INPUTS / 20);
	expect(accepted).toBeLessThan(CODEC_INPUTS / 1.5);
});

test(
	`${DATAGRAMS} datagrams of rubbish leave the server alive and its memory flat (seed ${seed})`,
	{ timeout: LONG_MS },
	async () => {
		const random = makeRandom(seed + 1);
		const sockets: Socket[] = [];
		for (let i = 0; i < 6; i++) {
			const socket = createSocket('udp4');
			socket.on('error', () => {});
			await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
			sockets.push(socket);
		}
		const signers: (Signer | null)[] = sockets.map(() => null);
		// Whatever the server says, the newest challenge is used for the next messages of that socket.
		sockets.forEach((socket, i) =>
			socket.on('message', (bytes) => {
				const read = decodeMessage(bytes);
				const nonce = read.ok ? readAttribute(read.value, 'NONCE') : undefined;
				if (nonce !== undefined) signers[i] = { realm: 'icelens', nonce };
			})
		);
		const victim = await TurnClient.open('udp', '127.0.0.1', port, USER);
		const allocated = await victim.allocate();
		const relay = readAttribute(allocated!, 'XOR-RELAYED-ADDRESS')!;
		await victim.request('CreatePermission', [['XOR-PEER-ADDRESS', { address: '127.0.0.1', port: 1 }]]);

		delivered = 0;
		let warm = 0;
		for (let i = 0; i < DATAGRAMS; i++) {
			const n = random.below(sockets.length);
			const bytes = rubbish(random, signers[n]!);
			// 6 in 100 as a peer with permission, straight to the relay.
			if (random.below(100) < 6) sockets[n]!.send(bytes, relay.port, relay.address);
			else sockets[n]!.send(bytes, port, '127.0.0.1');
			if (i % 32 === 0) await turn();
			if (i % 4096 === 0) {
				await victim.request('Refresh');
				victim.clear();
			}
			if (i === DATAGRAMS >> 2) warm = collectGarbage();
		}
		// Answered after all that came in at the server's socket before it.
		expect(say(await victim.request('Refresh', [['LIFETIME', 0]]))).toBe('success');
		sockets.forEach((socket) => socket.close());
		await expectAlive();
		victim.close();
		expect(delivered).toBeGreaterThan(DATAGRAMS * 0.95);
		const grown = collectGarbage() - warm;
		expect(grown, `grown by ${grown} bytes`).toBeLessThan(FLAT_BYTES);
		const { errors, failures } = server.stats();
		expect(failures).toBe(0);
		// Some fuzzed requests must pass the authentication, or the code behind it was not fuzzed.
		for (const code of [400, 401, 403, 420, 437, 438]) expect(errors[code] ?? 0, `error ${code}`).toBeGreaterThan(0);
	}
);

test(
	`${CONNECTIONS} connections of rubbish over TCP and TLS leave the server alive and no connection open (seed ${seed})`,
	{ timeout: LONG_MS },
	async () => {
		const random = makeRandom(seed + 2);
		const signer = { realm: 'icelens', nonce: 'stale' };
		const before = collectGarbage();
		const opened: TcpSocket[] = [];
		for (let i = 0; i < CONNECTIONS; i++) {
			const secure = i % 3 === 2;
			const socket =
				secure && i % 2 === 0
					? connectTls({ host: '127.0.0.1', port: tlsPort, rejectUnauthorized: false })
					: connect(secure ? tlsPort : port, '127.0.0.1');
			socket.on('error', () => {});
			socket.resume();
			opened.push(socket);
			await new Promise<void>((resolve) => {
				socket.once('encrypted' in socket ? 'secureConnect' : 'connect', () => resolve());
				socket.once('close', () => resolve());
			});
			for (let k = random.below(30); k > 0 && !socket.destroyed; k--) {
				socket.write(random.below(4) === 0 ? random.bytes(random.below(5000)) : rubbish(random, signer));
				if (random.below(4) === 0) await turn();
			}
			const encrypted = 'encrypted' in socket;
			if (random.below(3) === 0) void (encrypted ? socket.destroy() : socket.resetAndDestroy());
			else if (random.below(2) === 0) socket.end();
		}
		for (const transport of ['udp', 'tcp', 'tls'] as const) await expectAlive(transport);
		for (const socket of opened.splice(0)) socket.destroy();
		await until('no connection is left', () => server.stats().connections === 0);
		const grown = collectGarbage() - before;
		expect(grown, `grown by ${grown} bytes`).toBeLessThan(FLAT_BYTES);
	}
);

test(`${SOURCES} sources without credentials leave no state`, { timeout: LONG_MS }, async () => {
	const request = sealMessage(
		{ method: METHODS.Allocate, class: 'request', transactionId: new Uint8Array(12), attributes: [['REQUESTED-TRANSPORT', 17]] },
		{}
	);
	const held = server.stats().allocations;
	let challenged = 0;
	async function ask(n: number): Promise<void> {
		const socket = createSocket('udp4');
		socket.on('error', () => {});
		await new Promise<void>((resolve) => socket.bind(0, `127.${1 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`, resolve));
		await new Promise<void>((resolve) => {
			const timer = setTimeout(resolve, patience(10_000));
			socket.once('message', () => {
				challenged++;
				clearTimeout(timer);
				resolve();
			});
			socket.send(request, port, '127.0.0.1');
		});
		await new Promise<void>((resolve) => socket.close(() => resolve()));
	}
	let before = 0;
	for (let n = 0; n < SOURCES; n += 50) {
		if (n === SOURCES / 4) before = collectGarbage();
		await Promise.all(Array.from({ length: 50 }, (_, k) => ask(n + k)));
	}
	expect(challenged).toBeGreaterThan(SOURCES * 0.99);
	expect(server.stats().allocations).toBe(held);
	const grown = collectGarbage() - before;
	expect(grown, `grown by ${grown} bytes`).toBeLessThan(FLAT_BYTES / 4);
});
