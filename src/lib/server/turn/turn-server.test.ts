/** The server on a network and a clock of the test's own: what takes minutes, or addresses this machine does not have. */
import { afterEach, describe, expect, test } from 'vitest';
import { fail, ok } from '../../core/base/result';
import { longTermKey, sealMessage, type Seal } from '../../core/stun/integrity';
import { decodeMessage, readAttribute, type AttributeToWrite, type StunMessage } from '../../core/stun/message';
import { METHODS, type MethodName } from '../../core/stun/methods-table';
import { makeRestCredentials, restPassword } from '../../core/stun/rest-credentials';
import { writeChannelData } from '../../core/stun/channel-data';
import type { Clock } from '../clock';
import { nodeCrypto } from '../node-crypto';
import type { Endpoint, UdpNet, UdpSocket } from '../udp';
import type { Bandwidth } from './bandwidth';
import { loadTestName } from './rest-credentials';
import { startTurnServer, type TurnServer, type TurnServerOptions } from './turn-server';

type Datagram = { data: Uint8Array; from: Endpoint };
const key = ({ address, port }: Endpoint) => `${address} ${port}`;

/** Every address exists, nothing is lost, and delivery is at once. */
function makeNet() {
	const bound = new Map<string, (data: Uint8Array, from: Endpoint) => void>();
	const net: UdpNet = {
		bind(address, port) {
			let chosen = port;
			if (chosen === 0) for (chosen = 1024; bound.has(key({ address, port: chosen }));) chosen++;
			const local = { address, port: chosen };
			if (bound.has(key(local))) return Promise.resolve(fail('port-taken', 'taken'));
			bound.set(key(local), () => {});
			const socket: UdpSocket = {
				local,
				send: (data, to) => bound.get(key(to))?.(data, local),
				onMessage: (listener) => void bound.set(key(local), listener),
				close: () => void bound.delete(key(local))
			};
			return Promise.resolve(ok(socket));
		}
	};
	return { net, bound };
}

function makeClock() {
	let now = 1_000_000;
	const timers = new Set<{ at: number; action: () => void }>();
	const clock: Clock = {
		nowMs: () => now,
		epochMs: () => 1_700_000_000_000 + now,
		setTimer(delayMs, action) {
			const timer = { at: now + delayMs, action };
			timers.add(timer);
			return () => void timers.delete(timer);
		}
	};
	function pass(ms: number) {
		const end = now + ms;
		for (;;) {
			const next = [...timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
			if (!next) break;
			timers.delete(next);
			now = Math.max(now, next.at);
			next.action();
		}
		now = end;
	}
	return { clock, pass, timers };
}

const USER = { username: 'alice', password: 'secret', realm: 'icelens' };
const PUBLIC = '203.0.113.1';
let running: TurnServer | null = null;
afterEach(async () => {
	await running?.close();
	running = null;
});

async function setUp(options: TurnServerOptions = {}) {
	const { net, bound } = makeNet();
	const { clock, pass, timers } = makeClock();
	let seed = 1;
	const random = {
		bytes: (count: number) => Uint8Array.from({ length: count }, () => (seed = (seed * 48271) % 2147483647) & 255)
	};
	const server = await startTurnServer({
		...{ addresses: [PUBLIC], tcp: false, net, clock, random, users: { alice: 'secret', bob: 'other' } },
		...options
	});
	if (!server.ok) throw new Error(server.error.message);
	running = server.value;

	async function host(address = '198.51.100.7', port = 0) {
		const socket = await net.bind(address, port);
		if (!socket.ok) throw new Error('bind');
		const heard: Datagram[] = [];
		socket.value.onMessage((data, from) => heard.push({ data: Uint8Array.from(data), from: { ...from } }));
		return { ...socket.value, heard };
	}

	async function client(user: { username: string; password: string } = USER, address = '198.51.100.7') {
		const socket = await host(address);
		let nonce = '';
		let sent = 0;
		async function raw(bytes: Uint8Array): Promise<StunMessage | null> {
			const before = socket.heard.length;
			socket.send(bytes, { address: running!.endpoints[0]!.address, port: running!.endpoints[0]!.port });
			for (let i = 0; i < 20 && socket.heard.length === before; i++) await Promise.resolve();
			const last = socket.heard.length > before ? socket.heard.pop()! : null;
			const read = last && decodeMessage(last.data);
			return read?.ok ? read.value : null;
		}
		async function ask(method: MethodName, attributes: AttributeToWrite[] = [], signed = nonce !== '') {
			const transactionId = new Uint8Array(12);
			transactionId[11] = ++sent;
			const all: AttributeToWrite[] = signed
				? [...attributes, ['USERNAME', user.username], ['REALM', 'icelens'], ['NONCE', nonce]]
				: attributes;
			const integrity: Seal['integrity'] = signed
				? { kind: 'sha1', crypto: nodeCrypto, key: longTermKey(nodeCrypto, 'md5', { ...user, realm: 'icelens' }) }
				: undefined;
			const answer = await raw(
				sealMessage({ method: METHODS[method], class: 'request', transactionId, attributes: all }, { integrity })
			);
			const fresh = answer && readAttribute(answer, 'NONCE');
			if (fresh) nonce = fresh;
			return answer;
		}
		async function allocate(attributes: AttributeToWrite[] = []) {
			if (nonce === '') await ask('Allocate', [['REQUESTED-TRANSPORT', 17]]);
			const answer = await ask('Allocate', [['REQUESTED-TRANSPORT', 17], ...attributes]);
			return { answer, relay: (answer && readAttribute(answer, 'XOR-RELAYED-ADDRESS'))! };
		}
		const permit = (address: string) => ask('CreatePermission', [['XOR-PEER-ADDRESS', { address, port: 1 }]]);
		const bind = (peer: Endpoint, number = 0x4000) =>
			ask('ChannelBind', [
				['CHANNEL-NUMBER', number],
				['XOR-PEER-ADDRESS', peer]
			]);
		const data = (channel: number, text: string) =>
			socket.send(writeChannelData(channel, new TextEncoder().encode(text), false), running!.endpoints[0]!);
		return { socket, ask, raw, allocate, permit, bind, data };
	}

	return { server: server.value, host, client, pass, bound, timers };
}

const say = (answer: StunMessage | null) =>
	!answer ? 'no answer' : answer.class === 'error' ? `error ${readAttribute(answer, 'ERROR-CODE')!.code}` : answer.class;

describe('time', () => {
	test('ends an allocation with its lifetime, and releases its port', async () => {
		const { server, client, pass, bound } = await setUp();
		const alice = await client();
		const { relay } = await alice.allocate();
		pass(599_000);
		expect(server.stats().allocations).toBe(1);
		expect(bound.has(key(relay))).toBe(true);
		pass(2000);
		expect(server.stats().allocations).toBe(0);
		expect(bound.has(key(relay))).toBe(false);
		expect(say(await alice.ask('Refresh'))).toBe('error 438');
		expect(say(await alice.ask('Refresh'))).toBe('error 437');
	});

	test('keeps a refreshed allocation over many lifetimes', async () => {
		const { client, host, pass } = await setUp({ lifetimes: { defaultS: 20 } });
		const [alice, peer] = [await client(), await host('198.51.100.99')];
		const { answer, relay } = await alice.allocate();
		expect(readAttribute(answer!, 'LIFETIME')).toBe(20);
		for (let round = 0; round < 200; round++) {
			// As browsers do: refresh well before the end, bind again from time to time.
			if (round % 20 === 0) {
				const bound = say(await alice.bind(peer.local));
				if (bound === 'error 438') expect(say(await alice.bind(peer.local))).toBe('success');
			}
			const refreshed = say(await alice.ask('Refresh'));
			if (refreshed === 'error 438') expect(say(await alice.ask('Refresh'))).toBe('success');
			alice.data(0x4000, `there ${round}`);
			expect(Buffer.from(peer.heard.pop()!.data).toString()).toBe(`there ${round}`);
			peer.send(new Uint8Array([round]), relay);
			expect(alice.socket.heard.pop()!.data).toEqual(Uint8Array.of(0x40, 0, 0, 1, round));
			pass(10_000);
		}
	});

	test('ends a permission after 5 minutes and a channel after 10, in both directions', async () => {
		const { client, host, pass } = await setUp({ lifetimes: { defaultS: 3600 } });
		const [alice, peer] = [await client(), await host('198.51.100.99')];
		const { relay } = await alice.allocate();
		await alice.bind(peer.local);
		pass(301_000);
		peer.send(Uint8Array.of(1), relay);
		expect(alice.socket.heard).toEqual([]);
		alice.data(0x4000, 'still');
		expect(peer.heard.pop()).toBeDefined();
		pass(300_000);
		alice.data(0x4000, 'late');
		expect(peer.heard).toEqual([]);
	});

	test('answers a stale nonce with 438 and a new one', async () => {
		const { client, pass } = await setUp({ nonceLifetimeMs: 60_000 });
		const alice = await client();
		await alice.allocate();
		pass(61_000);
		expect(say(await alice.ask('Refresh'))).toBe('error 438');
		expect(say(await alice.ask('Refresh'))).toBe('success');
	});

	test('reads a TURN REST user name with the time after the name as coturn does', async () => {
		const user = (username: string) => ({ username, password: restPassword('north', username, nodeCrypto.hmacSha1) });
		const { client } = await setUp({ users: undefined, secret: 'north' });
		expect(say((await (await client(user('alice:1999999999'))).allocate()).answer)).toBe('success');
		expect(say((await (await client(user('alice:1000000000'))).allocate()).answer)).toBe('error 401');
	});

	test('keeps an allocation after its TURN REST credential has expired, and refuses a new one', async () => {
		const made = await makeRestCredentials({ secret: 'north', nowMs: 1_700_001_000_000, ttlS: 60 }, nodeCrypto.hmacSha1);
		const user = { username: made.username, password: made.credential };
		const { client, pass } = await setUp({ users: undefined, secret: 'north' });
		const alice = await client(user);
		expect(say((await alice.allocate()).answer)).toBe('success');
		pass(120_000);
		expect(say(await alice.ask('Refresh'))).toBe('success');
		expect(say((await (await client(user)).allocate()).answer)).toBe('error 401');
	});

	test('does not refresh an allocation whose TURN REST credential expired twelve hours ago', async () => {
		const made = await makeRestCredentials({ secret: 'north', nowMs: 1_700_001_000_000, ttlS: 60 }, nodeCrypto.hmacSha1);
		const { client, pass } = await setUp({ users: undefined, secret: 'north' });
		const alice = await client({ username: made.username, password: made.credential });
		await alice.allocate();
		let refreshes = 0;
		for (; refreshes < 200; refreshes++) {
			pass(300_000);
			let said = say(await alice.ask('Refresh'));
			if (said === 'error 438') said = say(await alice.ask('Refresh'));
			if (said !== 'success') break;
		}
		expect(refreshes).toBe(12 * 12);
	});

	test('refreshes the allocation of a user without an expiry for as long as it is asked to', async () => {
		const { client, pass } = await setUp();
		const alice = await client();
		await alice.allocate();
		for (let i = 0; i < 200; i++) {
			pass(300_000);
			await alice.ask('Refresh');
			expect(say(await alice.ask('Refresh'))).toBe('success');
		}
	});

	test('releases a reserved port after 30 seconds', async () => {
		const { client, pass, bound } = await setUp();
		const { answer, relay } = await (await client()).allocate([['EVEN-PORT', { reserveNext: true }]]);
		const next = key({ address: relay.address, port: relay.port + 1 });
		expect(bound.has(next)).toBe(true);
		pass(31_000);
		expect(bound.has(next)).toBe(false);
		const late = await (await client()).allocate([['RESERVATION-TOKEN', readAttribute(answer!, 'RESERVATION-TOKEN')!]]);
		expect(say(late.answer)).toBe('error 508');
	});

	test('ends every timer and socket on close', async () => {
		const { server, client, bound, timers } = await setUp();
		const alice = await client();
		await alice.allocate();
		alice.socket.close();
		await server.close();
		expect([...bound.keys()]).toEqual([]);
		expect(timers.size).toBe(0);
	});
});

describe('peers of a server on a public address', () => {
	// Told at CreatePermission and at ChannelBind; what is not permitted has no other way in.
	test.each([
		['127.0.0.1', 'error 403'],
		['10.1.2.3', 'error 403'],
		['192.168.1.1', 'error 403'],
		['169.254.169.254', 'error 403'],
		['100.64.0.1', 'error 403'],
		['168.63.129.16', 'error 403'],
		['0.0.0.0', 'error 403'],
		['224.0.0.251', 'error 403'],
		['255.255.255.255', 'error 403'],
		['198.51.100.99', 'success'],
		['8.8.8.8', 'success']
	])('%s as a peer: %s', async (address, want) => {
		const { client, host } = await setUp();
		const [alice, peer] = [await client(), await host(address, 53)];
		const { relay } = await alice.allocate();
		expect(say(await alice.permit(address))).toBe(want);
		expect(say(await alice.bind(peer.local))).toBe(want);
		alice.data(0x4000, 'x');
		alice.socket.send(
			sealMessage(
				{
					method: METHODS.Send,
					class: 'indication',
					transactionId: new Uint8Array(12),
					attributes: [
						['XOR-PEER-ADDRESS', peer.local],
						['DATA', Uint8Array.of(1)]
					]
				},
				{}
			),
			{ address: PUBLIC, port: 3478 }
		);
		expect(peer.heard).toHaveLength(want === 'success' ? 2 : 0);
		peer.send(Uint8Array.of(2), relay);
		expect(alice.socket.heard).toHaveLength(want === 'success' ? 1 : 0);
	});

	test('relays to the relay ports of its own address, and to no other port', async () => {
		const { client, host } = await setUp();
		const service = await host(PUBLIC, 53);
		const [alice, bob] = [await client(), await client({ username: 'bob', password: 'other' })];
		const [a, b] = [await alice.allocate(), await bob.allocate()];
		expect(say(await alice.bind(service.local, 0x4001))).toBe('success');
		expect(say(await alice.bind(b.relay, 0x4002))).toBe('success');
		expect(say(await bob.bind(a.relay, 0x4002))).toBe('success');
		alice.data(0x4001, 'to the service');
		expect(service.heard).toEqual([]);
		service.send(Uint8Array.of(1), a.relay);
		expect(alice.socket.heard).toEqual([]);
		alice.data(0x4002, 'x');
		expect(bob.socket.heard.pop()!.data).toEqual(Uint8Array.of(0x40, 2, 0, 1, 120));
	});

	test('relays to peers that the operator allows', async () => {
		const { client } = await setUp({ peers: { allow: ['10.0.0.0/8'] } });
		const alice = await client();
		await alice.allocate();
		expect(say(await alice.permit('10.9.9.9'))).toBe('success');
		expect(say(await alice.permit('192.168.1.1'))).toBe('error 403');
	});
});

describe('limits', () => {
	test('limits allocations per user, per source and in total', async () => {
		const { client } = await setUp({ quotas: { perUser: 2, perSource: 3, total: 4 } });
		const bob = { username: 'bob', password: 'other' };
		const said = [];
		for (const [user, address] of [
			[USER, '198.51.100.1'],
			[USER, '198.51.100.1'],
			[USER, '198.51.100.2'], // alice has two
			[bob, '198.51.100.1'],
			[bob, '198.51.100.1'], // the address has three
			[bob, '198.51.100.2'],
			[bob, '198.51.100.3'] // bob has two, and four are held in all
		] as const) {
			said.push(say((await (await client(user, address)).allocate()).answer));
		}
		expect(said.map((each) => each.replace('error ', ''))).toEqual([
			'success',
			'success',
			'486',
			'success',
			'486',
			'success',
			'486'
		]);
	});

	test('reuses released quota', async () => {
		const { client } = await setUp({ quotas: { perUser: 1 } });
		const alice = await client();
		for (let i = 0; i < 5; i++) {
			expect(say((await alice.allocate()).answer)).toBe('success');
			expect(say(await alice.ask('Refresh', [['LIFETIME', 0]]))).toBe('success');
		}
	});

	test('limits the permissions of an allocation, and allows to refresh one', async () => {
		const { client } = await setUp({ quotas: { permissions: 2 } });
		const alice = await client();
		await alice.allocate();
		const said = [];
		for (const last of [1, 2, 3, 1]) said.push(say(await alice.permit(`198.51.100.${last}`)));
		expect(said).toEqual(['success', 'success', 'error 508', 'success']);
	});

	test('answers 508 without a free relay port, and does not count it against the quota', async () => {
		const { client } = await setUp({ relay: { minPort: 50_000, maxPort: 50_001 }, quotas: { perUser: 3 } });
		const [a, b, c] = [await client(), await client(), await client()];
		expect(say((await a.allocate()).answer)).toBe('success');
		expect(say((await b.allocate()).answer)).toBe('success');
		for (let i = 0; i < 5; i++) expect(say((await c.allocate()).answer)).toBe('error 508');
		await a.ask('Refresh', [['LIFETIME', 0]]);
		expect(say((await c.allocate()).answer)).toBe('success');
	});

	/** How many ports `times` requests with EVEN-PORT and R get reserved. */
	async function reserve(who: Awaited<ReturnType<Awaited<ReturnType<typeof setUp>>['client']>>, times: number) {
		let reserved = 0;
		for (let i = 0; i < times; i++) {
			const { answer } = await who.allocate([['EVEN-PORT', { reserveNext: true }]]);
			if (say(answer) === 'success') reserved++;
			else expect(say(answer)).toBe('error 508');
			await who.ask('Refresh', [['LIFETIME', 0]]);
		}
		return reserved;
	}

	test('reserves at most 4 ports for a user and for a source, whatever the user names, and 64 in all', async () => {
		const users = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`user ${i}`, 'x']));
		const { client, pass } = await setUp({ users });
		const of = (i: number, address: string) => client({ username: `user ${i}`, password: 'x' }, address);
		expect(await reserve(await of(0, '198.51.100.1'), 10)).toBe(4);
		expect(await reserve(await of(0, '198.51.100.2'), 1)).toBe(0);
		expect(await reserve(await of(1, '198.51.100.1'), 1)).toBe(0);
		let all = 4;
		for (let i = 1; i < 20; i++) all += await reserve(await of(i, `198.51.100.${100 + i}`), 4);
		expect(all).toBe(64);
		pass(31_000);
		expect(await reserve(await of(0, '198.51.100.1'), 5)).toBe(4);
	});

	const KB = new TextDecoder().decode(new Uint8Array(1000).fill(65));
	/** Channels from each of these clients to a host that counts what arrives. */
	async function relays(bandwidth: Partial<Bandwidth>, options: TurnServerOptions = {}) {
		const { client, host, pass, server } = await setUp({ bandwidth, ...options });
		const peer = await host('192.0.2.50');
		async function from(address: string, user = USER) {
			const who = await client(user, address);
			const { relay } = await who.allocate();
			await who.bind(peer.local);
			const sent = (count: number) => {
				peer.heard.length = 0;
				for (let i = 0; i < count; i++) who.data(0x4000, KB);
				return peer.heard.length;
			};
			return Object.assign(sent, {
				end: () => who.ask('Refresh', [['LIFETIME', 0]]),
				back: (count: number) => {
					for (let i = 0; i < count; i++) peer.send(new Uint8Array(1000), relay);
					return who.socket.heard.splice(0).length;
				}
			});
		}
		return { from, pass, server };
	}

	test('relays no more bytes a second for an allocation than its bandwidth, both directions together', async () => {
		const { from, pass, server } = await relays({ allocation: 50_000 });
		const alice = await from('198.51.100.1');
		expect(alice(80)).toBe(50);
		expect(alice.back(10)).toBe(0);
		pass(500);
		expect([alice(10), alice.back(30)]).toEqual([10, 15]);
		expect(server.stats().packetsDropped).toBe(30 + 10 + 15);
	});

	test('nor for a source that gives one allocation back and takes another', async () => {
		const { from, pass } = await relays({ allocation: 50_000, source: 80_000 });
		const relayed = async () => {
			const alice = await from('198.51.100.1');
			const count = alice(60);
			await alice.end();
			return count;
		};
		expect([await relayed(), await relayed(), await relayed()]).toEqual([50, 30, 0]);
		pass(1000);
		expect([await relayed(), await relayed()]).toEqual([50, 30]);
	});

	test('nor for a source with many allocations, nor for all', async () => {
		const { from } = await relays({ allocation: 50_000, source: 80_000, total: 150_000 });
		const one = await from('198.51.100.1');
		const two = await from('198.51.100.1');
		expect([one(60), two(60)]).toEqual([50, 30]);
		const [other, third] = [await from('198.51.100.2'), await from('198.51.100.3')];
		expect([other(60), third(60)]).toEqual([50, 20]);
	});

	test('relays more for a load test, whose user name the secret has signed, and for no name that only looks like one', async () => {
		const user = (username: string) => ({ username, password: restPassword('north', username, nodeCrypto.hmacSha1) });
		const { from } = await relays(
			{ allocation: 20_000, loadTest: 60_000 },
			{ users: { 'load-test.x': 'secret' }, secret: 'north' }
		);
		const load = await from('198.51.100.1', { ...USER, ...user(`1999999999:${loadTestName('a')}`) });
		const call = await from('198.51.100.2', { ...USER, ...user('1999999999:a.load-test.b') });
		const named = await from('198.51.100.3', { ...USER, username: 'load-test.x' });
		expect([load(100), call(100), named(100)]).toEqual([60, 20, 20]);
	});

	test('counts IPv6 sources of one /64 as one', async () => {
		const { client } = await setUp({ addresses: ['2001:db8::1'], quotas: { unauthenticatedPerS: 5 } });
		let answers = 0;
		for (let i = 0; i < 100; i++) if (await (await client(USER, `2001:db8:1:1::${i + 1}`)).ask('Binding')) answers++;
		expect(answers).toBe(50);
		expect(say(await (await client(USER, '2001:db8:1:2::1')).ask('Binding'))).toBe('success');
	});

	test('limits the rate of unauthenticated requests only', async () => {
		const { client, pass, server } = await setUp({ quotas: { unauthenticatedPerS: 5 } });
		const alice = await client();
		await alice.allocate();
		let answers = 0;
		for (let i = 0; i < 200; i++) if (await alice.ask('Binding', [], false)) answers++;
		expect(answers).toBe(49);
		expect(server.stats().rateLimited).toBe(151);
		expect(say(await alice.ask('Refresh'))).toBe('success');
		pass(2000);
		answers = 0;
		for (let i = 0; i < 200; i++) if (await alice.ask('Binding', [], false)) answers++;
		expect(answers).toBe(10);
	});
});

describe('unauthenticated clients', () => {
	test('get no response more than four times as long as their request', async () => {
		const { server, client } = await setUp({
			addresses: [PUBLIC, '203.0.113.2', '2001:db8::1', '2001:db8::2'],
			alternatePort: 3479
		});
		expect(server.discovery).toEqual(['ipv4', 'ipv6']);
		const alice = await client();
		const ratios: [string, number][] = [];
		for (let type = 0; type < 0x400; type++) {
			for (const extra of ['', '001900041100000', '0003000400000006', '7f01000000000000', '00060000', '00190001']) {
				const body = extra.padEnd(Math.ceil(extra.length / 8) * 8, '0');
				const header = type.toString(16).padStart(4, '0') + (body.length / 2).toString(16).padStart(4, '0') + '2112a442';
				const request = Uint8Array.from(Buffer.from(header + '00'.repeat(12) + body, 'hex'));
				const answer = await alice.raw(request);
				if (answer) ratios.push([`${type} ${extra}`, answer.bytes.length / request.length]);
			}
		}
		expect(ratios.length).toBeGreaterThan(10);
		const worst = ratios.sort((a, b) => b[1] - a[1])[0]!;
		expect(worst[1], worst[0]).toBeLessThanOrEqual(4);
	});

	test('leave no state behind', async () => {
		const { server, client } = await setUp();
		const alice = await client();
		await alice.allocate();
		const tables = () => ({ allocations: server.stats().allocations });
		const before = tables();
		for (let i = 0; i < 2000; i++) {
			const stranger = await client(USER, `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);
			await stranger.ask('Allocate', [['REQUESTED-TRANSPORT', 17]]);
			stranger.socket.close();
		}
		expect(tables()).toEqual(before);
		expect(server.stats().requests).toBeGreaterThan(2000);
	});

	test('are ignored with a link-local address that has a zone', async () => {
		const { server, client } = await setUp({ addresses: ['2001:db8::1'] });
		const stranger = await client(USER, 'fe80::1%eth0');
		expect(say(await stranger.ask('Binding'))).toBe('no answer');
		expect(say(await stranger.ask('Allocate', [['REQUESTED-TRANSPORT', 17]]))).toBe('no answer');
		expect(server.stats().failures).toBe(0);
		expect(say(await (await client(USER, '2001:db8::7')).ask('Binding'))).toBe('success');
	});

	test('get no relay from a STUN-only server', async () => {
		const { client } = await setUp({ users: undefined });
		const alice = await client();
		expect(say(await alice.ask('Binding'))).toBe('success');
		expect(say(await alice.ask('Allocate', [['REQUESTED-TRANSPORT', 17]]))).toBe('error 403');
	});
});

describe('options', () => {
	test('returns a fault with a code for a taken port', async () => {
		const { net } = makeNet();
		await net.bind(PUBLIC, 3478);
		const second = await startTurnServer({ addresses: [PUBLIC], tcp: false, net });
		expect(second.ok ? null : second.error.code).toBe('port-taken');
	});

	test('closes the UDP socket if the TCP port is taken', async () => {
		const first = await startTurnServer({ port: 0 });
		if (!first.ok) throw new Error(first.error.message);
		const { net, bound } = makeNet();
		const second = await startTurnServer({ port: first.value.endpoints[0]!.port, net });
		expect(second.ok ? null : second.error.code).toBe('port-taken');
		expect(second.ok ? null : second.error.message).toContain(String(first.value.endpoints[0]!.port));
		expect(bound.size).toBe(0);
		await first.value.close();
	});

	test.each([
		[['0.0.0.0'], 'addresses'],
		[['::'], 'addresses'],
		[['localhost'], 'addresses'],
		[[], 'addresses'],
		[['127.0.0.1', '127.0.0.1'], 'addresses'],
		[['127.0.0.1', '127.0.0.2', '127.0.0.3'], 'addresses'],
		[['203.0.113.250'], 'address-not-here']
	])('refuses the addresses %j with the code %s', async (addresses, code) => {
		const started = await startTurnServer({ addresses, port: 0 });
		expect(started.ok ? null : started.error.code).toBe(code);
	});

	test('refuses an invalid block of allowed peers', async () => {
		const started = await startTurnServer({ port: 0, peers: { allow: ['10.0.0.0/33'] } });
		expect(started.ok ? null : started.error.code).toBe('peers-allow');
	});
});
