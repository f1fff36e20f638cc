/**
 * Where on the path the address belongs that a server sees, by packets with few hops to travel. What ordinary sockets of Node can do: a hop
 * limit for each packet, and the ICMP error "port unreachable" on a connected socket. "Time exceeded" never reaches a program there,
 * and nothing says which router sent an error, so there is no traceroute.
 */
import { createSocket } from 'node:dgram';
import type { Discovery, Endpoint } from '../../core/nat/discovery-facts';
import { ALL_HOPS, type HeldOpen, type HopCount, type HopFacts } from '../../core/nat/hop-facts';
import { sealMessage } from '../../core/stun/integrity';
import { METHODS } from '../../core/stun/methods-table';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';
import type { HopNet, HopSocket } from '../udp';
import { localAddressTowards } from './local-address';
import { makeAsker, type Asker, type Pace } from './transaction';

/** A port below 1024 is not given to mappings, and discard has no users left. */
const CLOSED_PORT = 9;
const ROUNDS = 3;
/** Carrier NATs stand 2 to 6 hops away; farther is not looked for, and left unknown. */
const MOST_HOPS = 15;
const WAIT_MS = 1000;
/** Of sockets that are kept open, each so far and no farther. */
const HELD_HOPS = [0, 1, 2, 3, 4, 5, 6, 8, ALL_HOPS];
/** Shorter than any mapping that outlives a quarter of the silence. */
const KEEP_ALIVE_MS = 2000;
const TRIES = 3;

export interface HopOptions {
	net: HopNet;
	clock: Clock;
	random: Random;
	seen: Discovery;
	/** Also keeps sockets silent so long, s; null: not. The server has to answer RESPONSE-PORT (RFC 5780 §7.5). */
	silenceS: number | null;
	onProgress?: (words: string) => void;
}

export async function measureHops(options: HopOptions): Promise<HopFacts> {
	const { net, clock, random, seen, silenceS } = options;
	const { mapped = null, plain = null } = seen.first.answer ?? {};
	const facts: HopFacts = { server: seen.server, local: seen.local, mapped, plain, refused: null, returned: [], held: null };
	if (!mapped || (mapped.address === seen.local.address && mapped.port === seen.local.port)) return facts;
	const open: HopAsker[] = [];
	const opened = async (): Promise<HopAsker> => {
		const bound = await net.bind(seen.local.address, 0);
		if (!bound.ok) throw new Error(bound.error.message);
		const asker = { ...makeAsker(bound.value, clock, random), socket: bound.value };
		open.push(asker);
		return asker;
	};
	const pace: Pace = { firstMs: Math.min(1000, Math.max(100, 2 * seen.first.tookMs)), tries: 5 };
	const tools: Tools = { ...options, mapped, pace, opened };
	// Where another way leads to the mapped address than to the server, as around a VPN, it shows nothing about the server's.
	const sameWay = (await localAddressTowards({ address: mapped.address, port: CLOSED_PORT })) === seen.local.address;
	try {
		const [refused, returned, held] = await Promise.all([
			sameWay ? countRefusals(tools) : null,
			sameWay ? countReturned(tools) : [],
			silenceS === null ? null : holdOpen(tools, silenceS)
		]);
		return { ...facts, refused, returned, held };
	} finally {
		open.forEach((each) => each.close());
	}
}

type HopAsker = Asker & { socket: HopSocket };

interface Tools extends HopOptions {
	mapped: Endpoint;
	pace: Pace;
	opened(): Promise<HopAsker>;
}

/** In rounds of fewest and most hops; where only the most had the effect, the fewest that have are looked for, from below. */
async function countHops(fewest: number, once: (hops: number) => Promise<boolean>): Promise<HopCount[]> {
	const near: HopCount = { hops: fewest, sent: 0, came: 0 };
	const far: HopCount = { hops: ALL_HOPS, sent: 0, came: 0 };
	const send = async (count: HopCount) => {
		count.sent++;
		if (await once(count.hops)) count.came++;
	};
	for (let round = 0; round < ROUNDS; round++) {
		await send(near);
		await send(far);
	}
	const between: HopCount[] = [];
	if (near.came === 0 && far.came === far.sent) {
		for (let hops = fewest + 1; hops <= MOST_HOPS && (between.at(-1)?.came ?? 0) === 0; hops++) {
			const count: HopCount = { hops, sent: 0, came: 0 };
			between.push(count);
			while (count.sent < ROUNDS && count.came === 0) await send(count);
		}
	}
	return [near, ...between, far];
}

async function countRefusals(tools: Tools): Promise<HopFacts['refused']> {
	const { mapped, seen } = tools;
	const to = { address: mapped.address, port: CLOSED_PORT };
	const control: HopCount = { hops: 1, sent: 0, came: 0 };
	const controls = (async () => {
		for (let round = 0; round < ROUNDS; round++) {
			control.sent++;
			if (await isRefused({ address: seen.server.address, port: CLOSED_PORT }, 1, tools)) control.came++;
		}
	})();
	const [byHops] = await Promise.all([countHops(1, (hops) => isRefused(to, hops, tools)), controls]);
	return { port: CLOSED_PORT, byHops, control };
}

/** Whether "port unreachable" came for a packet, which a connected socket is told and an unconnected one is not. */
function isRefused(to: Endpoint, hops: number, { seen, clock, random }: Tools): Promise<boolean> {
	const socket = createSocket(to.address.includes(':') ? 'udp6' : 'udp4');
	return new Promise((resolve) => {
		let cancel = () => {};
		const end = (refused: boolean) => {
			cancel();
			socket.removeAllListeners('error').on('error', () => {});
			socket.close();
			resolve(refused);
		};
		socket.once('error', ({ code }: NodeJS.ErrnoException) => end(code === 'ECONNREFUSED'));
		socket.bind({ address: seen.local.address, port: 0 }, () =>
			socket.connect(to.port, to.address, () => {
				socket.setTTL(hops);
				cancel = clock.setTimer(WAIT_MS, () => end(false));
				socket.send(indication(random));
			})
		);
	});
}

/** No server answers an indication (RFC 8489 §6.3.2), so it keeps open what lies on its way and nothing else. */
function indication(random: Random): Uint8Array {
	const transactionId = random.bytes(12).slice();
	return sealMessage({ method: METHODS.Binding, class: 'indication', transactionId, attributes: [] }, { fingerprint: true });
}

async function countReturned({ opened, seen, pace }: Tools): Promise<HopCount[]> {
	const [one, two] = [await opened(), await opened()];
	const [first, second] = [await one.ask(seen.server, [], pace), await two.ask(seen.server, [], pace)];
	const [target, source] = [first.answer?.mapped, second.answer?.mapped];
	if (!target || !source) return [];
	return countHops(2, async (hops) => {
		one.write(source);
		two.socket.setHops(hops);
		return (await one.hear(two.write(target), pace.firstMs * 2)) !== null;
	});
}

/** Sockets that only routers up to a certain one hear of, and what became of their mappings. */
async function holdOpen(tools: Tools, silenceS: number): Promise<HopFacts['held']> {
	const { opened, seen, pace, clock, onProgress } = tools;
	const everyMs = Math.min(KEEP_ALIVE_MS, silenceS * 250);
	const sockets = await Promise.all(
		HELD_HOPS.map(async (hops): Promise<HeldOpen[]> => {
			const silent = await opened();
			const before = (await silent.ask(seen.server, [], pace)).answer?.mapped;
			if (!before) return [];
			// What the server sends is let in as long as nothing was lost; without that it cannot be measured by it.
			const answers = await comesIn(silent, before.port, tools);
			const untilMs = clock.nowMs() + silenceS * 1000;
			if (hops > 0) silent.socket.setHops(hops);
			while (clock.nowMs() < untilMs) {
				if (hops > 0) silent.socket.send(indication(tools.random), seen.server);
				await pause(clock, Math.min(everyMs, Math.max(0, untilMs - clock.nowMs())));
			}
			const alive = answers ? await comesIn(silent, before.port, tools) : null;
			silent.socket.setHops(ALL_HOPS);
			const after = (await silent.ask(seen.server, [], pace)).answer?.mapped ?? null;
			return [{ hops, before, alive, after }];
		})
	);
	onProgress?.(`Sockets were kept open for ${silenceS} s by packets with few hops to travel.`);
	return { silenceS, sockets: sockets.flat() };
}

/** Whether an answer to another socket, sent to this one's port, comes in (RESPONSE-PORT). */
async function comesIn(silent: Asker, port: number, { opened, seen, pace }: Tools): Promise<boolean> {
	const caller = await opened();
	for (let i = 0; i < TRIES; i++) {
		if (await silent.hear(caller.write(seen.server, [['RESPONSE-PORT', port]]), pace.firstMs * 2)) return true;
	}
	return false;
}

function pause(clock: Clock, ms: number): Promise<void> {
	return new Promise((resolve) => void clock.setTimer(ms, resolve));
}
