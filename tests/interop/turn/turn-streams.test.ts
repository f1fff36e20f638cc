/** TURN over TCP and TLS where clients misbehave: they do not read, come in crowds, stay silent, or cut the handshake short. */
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { readAttribute } from '../../../src/lib/core/stun/message';
import { makeCertificate } from '../../../src/lib/server/certificate';
import type { Clock } from '../../../src/lib/server/clock';
import { startTurnServer, type TurnServer, type TurnServerOptions } from '../../../src/lib/server/turn/turn-server';
import { patience } from '../../support/patience';
import { PEERS_HERE } from '../../support/peers-here';
import { until } from '../../support/until';
import { Peer, say, TurnClient } from './client';

const USER = { username: 'alice', password: 'secret' };
const toClose: { close(): unknown }[] = [];
afterEach(async () => {
	for (const each of toClose.splice(0).reverse()) await each.close();
});

async function start(options: TurnServerOptions = {}): Promise<{ server: TurnServer; port: number; tlsPort: number }> {
	const tls = { port: 0, ...(await makeCertificate(['127.0.0.1'])) };
	const started = await startTurnServer({ port: 0, users: { alice: 'secret' }, tls, peers: PEERS_HERE, ...options });
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

/** A connection in use: the server answers it, so it was let in. */
async function used(port: number): Promise<TurnClient> {
	const client = await TurnClient.open('tcp', '127.0.0.1', port, USER);
	toClose.push(client);
	expect(say(await client.request('Binding'))).toBe('success');
	return client;
}

/** Time that passes when the test says so; the sockets are real. */
function handClock(): { clock: Clock; pass(ms: number): void } {
	let now = 0;
	const timers = new Set<{ at: number; action: () => void }>();
	const clock: Clock = {
		nowMs: () => now,
		epochMs: () => Date.UTC(2026, 0, 1) + now,
		setTimer(delayMs, action) {
			const timer = { at: now + delayMs, action };
			timers.add(timer);
			return () => void timers.delete(timer);
		}
	};
	return {
		clock,
		pass(ms) {
			now += ms;
			for (const timer of [...timers].filter(({ at }) => at <= now)) if (timers.delete(timer)) timer.action();
		}
	};
}

test('drops packets for a client that does not read, instead of buffering them', { timeout: patience(60_000) }, async () => {
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
	// The kernel and a megabyte of ours hold what waits.
	while (server.stats().bytesToClients < 30_000_000) {
		for (let i = 0; i < 32; i++) peer.send(packet, relay);
		await new Promise((resolve) => setImmediate(resolve));
	}
	expect(process.memoryUsage().arrayBuffers - beforeBytes).toBeLessThan(20_000_000);
	client.resumeReading();
	expect((await client.channelData(0x4000))?.length).toBe(1200);
	// Its answer comes after all that waited.
	expect(say(await client.request('Refresh'))).toBe('success');
});

test('limits the connections of one address, and accepts another one when one has ended', async () => {
	const { server, port } = await start({ quotas: { connectionsPerSource: 3 } });
	const three = [await used(port), await used(port), await used(port)];
	await (
		await plain(port)
	).ended;
	expect(server.stats().connections).toBe(3);
	three[0]!.close();
	await until('the first one is gone', () => server.stats().connections === 2);
	await used(port);
	await (
		await plain(port)
	).ended;
	expect(server.stats().connections).toBe(3);
});

test('closes an idle connection unless it holds an allocation', async () => {
	const { clock, pass } = handClock();
	const { server, port, tlsPort } = await start({ clock });
	const client = await TurnClient.open('tcp', '127.0.0.1', port, USER);
	toClose.push(client);
	expect(say(await client.allocate())).toBe('success');
	const silent = await plain(port);
	const dripping = await plain(port);
	dripping.write(Uint8Array.of(0, 1, 0));
	const noHandshake = await plain(tlsPort);
	noHandshake.write(Uint8Array.of(0x16, 3, 1));
	await until('all four are counted', () => server.stats().connections === 4);
	pass(29_000);
	dripping.write(Uint8Array.of(0));
	// Answered after the drip: both were read by now, and neither is too old yet.
	expect(say(await client.request('Refresh'))).toBe('success');
	expect(server.stats().connections).toBe(4);
	pass(2000);
	await Promise.all([silent.ended, dripping.ended]);
	expect(say(await client.request('Refresh'))).toBe('success');
	// The handshake has a limit of its own, 10 s by the machine's clock.
	noHandshake.destroy();
	await until('the allocation alone is left', () => server.stats().connections === 1);
});

test.each([
	['a web request, which might be ChannelData', 'GET / HTTP/1.1\r\n\r\n'],
	['ChannelData before an allocation', '\0\x01\0\0\x21\x12\xa4\x42000000000000@\0\0\0'],
	['plain text at once', 'POST / HTTP/1.1\r\n'],
	['a TLS hello on the plain port', '\x16\x03\x01\x00\x05hello']
])('closes the connection on %s', async (_what, text) => {
	const { port } = await start();
	const socket = await plain(port);
	socket.write(Buffer.from(text, 'latin1'));
	await socket.ended;
});

test('closes a connection with plain STUN on the TLS port, and serves others', async () => {
	const { port, tlsPort } = await start();
	const socket = await plain(tlsPort);
	socket.write(Buffer.from('000100002112a442000000000000000000000000', 'hex'));
	await socket.ended;
	for (const [transport, at] of [
		['tcp', port],
		['tls', tlsPort]
	] as const) {
		const client = await TurnClient.open(transport, '127.0.0.1', at, USER);
		toClose.push(client);
		expect(say(await client.request('Binding'))).toBe('success');
	}
});

test('closes its connections when it is closed', async () => {
	const { server, port } = await start();
	const client = await TurnClient.open('tcp', '127.0.0.1', port, USER);
	await client.allocate();
	await server.close();
	await until('the client sees it', () => client.closed);
	expect(server.stats()).toMatchObject({ allocations: 0, connections: 0 });
});
