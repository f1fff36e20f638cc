/** TURN over TCP and TLS where clients misbehave: they do not read, come in crowds, stay silent, or cut the handshake short. */
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readAttribute } from '../../../src/lib/core/stun/message';
import { makeCertificate } from '../../../src/lib/server/certificate';
import { nodeClock } from '../../../src/lib/server/clock';
import { startTurnServer, type TurnServer, type TurnServerOptions } from '../../../src/lib/server/turn/turn-server';
import { Peer, say, TurnClient } from './client';

const USER = { username: 'alice', password: 'secret' };
const toClose: { close(): unknown }[] = [];
afterEach(async () => {
	for (const each of toClose.splice(0).reverse()) await each.close();
});

async function start(options: TurnServerOptions = {}): Promise<{ server: TurnServer; port: number; tlsPort: number }> {
	const tls = { port: 0, ...(await makeCertificate(['127.0.0.1'])) };
	const started = await startTurnServer({ port: 0, users: { alice: 'secret' }, tls, ...options });
	if (!started.ok) throw new Error(started.error.message);
	toClose.push(started.value);
	const portOf = (protocol: string) => started.value.endpoints.find((each) => each.protocol === protocol)!.port;
	return { server: started.value, port: portOf('tcp'), tlsPort: portOf('tls') };
}

async function plain(port: number): Promise<Socket & { ended: Promise<void> }> {
	const socket = connect(port, '127.0.0.1');
	socket.on('error', () => {});
	const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
	await new Promise((resolve) => socket.once('connect', resolve));
	socket.resume();
	toClose.push({ close: () => socket.destroy() });
	return Object.assign(socket, { ended });
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const within = (promise: Promise<void>, ms: number) => Promise.race([promise.then(() => true), pause(ms).then(() => false)]);

test('a client that does not read costs packets, not memory', async () => {
	const { server, port } = await start();
	const client = await TurnClient.open('tcp', '127.0.0.1', port, USER);
	const peer = await Peer.open();
	toClose.push(client, peer);
	const relay = readAttribute((await client.allocate())!, 'XOR-RELAYED-ADDRESS')!;
	await client.request('ChannelBind', [
		['CHANNEL-NUMBER', 0x4000],
		['XOR-PEER-ADDRESS', peer.endpoint]
	]);
	client.pauseReading();
	const beforeBytes = process.memoryUsage().arrayBuffers;
	const packet = new Uint8Array(1200);
	for (let i = 0; i < 40_000; i++) {
		peer.send(packet, relay);
		if (i % 32 === 0) await new Promise((resolve) => setImmediate(resolve));
	}
	await pause(100);
	// 48 MB were sent; the kernel and a megabyte of ours hold what waits.
	expect(server.stats().bytesToClients).toBeGreaterThan(30_000_000);
	expect(process.memoryUsage().arrayBuffers - beforeBytes).toBeLessThan(20_000_000);
	client.resumeReading();
	expect((await client.channelData(0x4000, 2000))?.length).toBe(1200);
	client.clear();
	await pause(300);
	expect(say(await client.request('Refresh', [], { timeoutMs: 2000 }))).toBe('success');
});

test('one address opens as many connections as it may', async () => {
	const { server, port } = await start({ quotas: { connectionsPerSource: 3 } });
	const three = [await plain(port), await plain(port), await plain(port)];
	const fourth = await plain(port);
	expect(await within(fourth.ended, 1000)).toBe(true);
	expect(server.stats().connections).toBe(3);
	three[0]!.destroy();
	await three[0]!.ended;
	await pause(50);
	const fifth = await plain(port);
	expect(await within(fifth.ended, 200)).toBe(false);
});

test('a connection that says nothing is let go; one that holds an allocation stays', async () => {
	let ahead = 0;
	const { server, port, tlsPort } = await start({ clock: { ...nodeClock, nowMs: () => nodeClock.nowMs() + ahead } });
	const client = await TurnClient.open('tcp', '127.0.0.1', port, USER);
	toClose.push(client);
	expect(say(await client.allocate())).toBe('success');
	const silent = await plain(port);
	const dripping = await plain(port);
	dripping.write(Uint8Array.of(0, 1, 0));
	const noHandshake = await plain(tlsPort);
	noHandshake.write(Uint8Array.of(0x16, 3, 1));
	await pause(50);
	ahead = 31_000;
	dripping.write(Uint8Array.of(0));
	expect(
		await within(
			Promise.all([silent.ended, dripping.ended]).then(() => {}),
			2500
		)
	).toBe(true);
	expect(say(await client.request('Refresh'))).toBe('success');
	// The handshake has a limit of its own, 10 s by the machine's clock.
	noHandshake.destroy();
	await pause(50);
	expect(server.stats().connections).toBe(1);
});

test.each([
	['a web request, which might be ChannelData', 'GET / HTTP/1.1\r\n\r\n'],
	['ChannelData before an allocation', '\0\x01\0\0\x21\x12\xa4\x42000000000000@\0\0\0'],
	['plain text at once', 'POST / HTTP/1.1\r\n'],
	['a TLS hello on the plain port', '\x16\x03\x01\x00\x05hello']
])('%s ends the connection', async (_what, text) => {
	const { port } = await start();
	const socket = await plain(port);
	socket.write(Buffer.from(text, 'latin1'));
	expect(await within(socket.ended, 1000)).toBe(true);
});

test('plain STUN on the TLS port ends the connection, and the server goes on', async () => {
	const { port, tlsPort } = await start();
	const socket = await plain(tlsPort);
	socket.write(Buffer.from('000100002112a442000000000000000000000000', 'hex'));
	expect(await within(socket.ended, 1000)).toBe(true);
	for (const [transport, at] of [
		['tcp', port],
		['tls', tlsPort]
	] as const) {
		const client = await TurnClient.open(transport, '127.0.0.1', at, USER);
		toClose.push(client);
		expect(say(await client.request('Binding'))).toBe('success');
	}
});

test('closing the server closes its connections', async () => {
	const { server, port } = await start();
	const client = await TurnClient.open('tcp', '127.0.0.1', port, USER);
	await client.allocate();
	await server.close();
	await pause(50);
	expect(client.closed).toBe(true);
	expect(server.stats()).toMatchObject({ allocations: 0, connections: 0 });
});
