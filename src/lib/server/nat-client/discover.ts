/**
 * NAT behaviour discovery with one server (RFC 5780). Sockets, clock and randomness are passed in, so that the same code runs on a
 * virtual network. Each test has a new socket, except where a test needs a used one.
 */
import { otherAddress, placeOf, type Asked, type Discovery } from '../../core/nat/discovery-facts';
import { fail, ok, type Result } from '../../core/base/result';
import type { AttributeToWrite } from '../../core/stun/message';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';
import type { Endpoint, UdpNet } from '../udp';
import { makeAsker, type Asker, type Pace } from './transaction';

export interface DiscoverOptions {
	net: UdpNet;
	clock: Clock;
	random: Random;
	server: Endpoint;
	/** This host's own address towards the server. */
	localAddress: string;
	hairpin: boolean;
	/** Idle times to test, s, each with its own socket and all at once. Empty: the lifetime is not measured. */
	silencesS: readonly number[];
	onProgress?: (words: string) => void;
}

/** 0, 0.25, 0.75, 1.75, 3.75 s: five packets, so that loss alone hardly ever leaves no answer. */
const FIRST_PACE: Pace = { firstMs: 250, tries: 5 };
/** How many sockets are used to find out how ports are assigned, beside the first. */
const PORT_SOCKETS = 8;
const HAIRPIN_ROUNDS = 4;
const LIFETIME_TRIES = 3;

export async function discover(options: DiscoverOptions): Promise<Result<Discovery>> {
	const { server, localAddress, net, clock, random } = options;
	const open: Asker[] = [];
	const opened = async (): Promise<Asker> => {
		const bound = await net.bind(localAddress, 0);
		if (!bound.ok) throw new BindError(bound.error.message);
		const asker = makeAsker(bound.value, clock, random);
		open.push(asker);
		return asker;
	};
	try {
		const asker = await opened();
		const askedMs = clock.nowMs();
		const first = asked('primary', 'nothing', await asker.ask(server, [], FIRST_PACE));
		const ports = socketSeen(asker, first, askedMs, clock);
		const seen: Discovery = {
			server,
			local: asker.socket.local,
			first,
			mapping: [],
			filtering: null,
			hairpin: null,
			lifetime: null,
			ports
		};
		if (!first.answer) return ok(seen);
		// Twice the round trip, and at least 100 ms: a busy server must not look like a filter.
		const pace: Pace = { firstMs: Math.min(1000, Math.max(100, 2 * first.tookMs)), tries: 5 };
		const tools = { ...options, seen, pace, opened };
		const [mapping, filtering, hairpin, lifetime] = await Promise.all([
			askMapping(asker, tools),
			otherAddress(server, first.answer.other) ? askFiltering(tools) : null,
			options.hairpin ? askHairpin(tools) : null,
			options.silencesS.length > 0 ? askLifetime(tools) : null
		]);
		const others = await askPorts(tools);
		return ok({ ...seen, mapping: [first, ...mapping], filtering, hairpin, lifetime, ports: [...ports, ...others] });
	} catch (error) {
		if (error instanceof BindError) return fail('bind', error.message);
		throw error;
	} finally {
		open.forEach((each) => each.close());
	}
}

class BindError extends Error {}

interface Tools extends DiscoverOptions {
	seen: Discovery;
	pace: Pace;
	opened(): Promise<Asker>;
}

function asked(to: Asked['to'], change: Asked['change'], result: Pick<Asked, 'answer' | 'tookMs' | 'sent'>): Asked {
	return { to, change, ...result };
}

async function askMapping(asker: Asker, { seen, server, pace }: Tools): Promise<Asked[]> {
	const results: Asked[] = [];
	if (!otherAddress(server, seen.first.answer!.other)) return results;
	for (const to of ['other-port', 'other-address', 'other-both'] as const) {
		results.push(asked(to, 'nothing', await asker.ask(placeOf(seen, to)!, [], pace)));
	}
	return results;
}

const CHANGE: Record<'port' | 'both', AttributeToWrite[]> = {
	port: [['CHANGE-REQUEST', { ip: false, port: true }]],
	both: [['CHANGE-REQUEST', { ip: true, port: true }]]
};

async function askFiltering(tools: Tools): Promise<Discovery['filtering']> {
	const { server, pace, seen, opened } = tools;
	const from = async (change: 'port' | 'both') => {
		const asker = await opened();
		await asker.ask(server, [], pace);
		return asked('primary', change, await asker.ask(server, CHANGE[change], pace));
	};
	const [both, port] = await Promise.all([from('both'), from('port')]);
	if (both.answer || port.answer) return { both, port, control: null };
	// Opens the filter for the other address, and asks again. From a fresh socket: a router without an input filter of its own
	// remembers the packets it refused, and gives the answer to them another port.
	const opener = await opened();
	await opener.ask(server, [], pace);
	await opener.ask(placeOf(seen, 'other-both')!, [], pace);
	const control = asked('primary', 'both', await opener.ask(server, CHANGE.both, pace));
	return { both, port, control };
}

async function askHairpin({ opened, server, pace, clock }: Tools): Promise<Discovery['hairpin']> {
	const [one, two] = [await opened(), await opened()];
	const [first, second] = [await one.ask(server, [], pace), await two.ask(server, [], pace)];
	const [target, source] = [first.answer?.mapped, second.answer?.mapped];
	if (!target || !source) return null;
	const startedMs = clock.nowMs();
	for (let round = 0; round < HAIRPIN_ROUNDS; round++) {
		// Both write, so that an address and port dependent filter is open as well.
		one.write(source);
		const heard = await one.hear(two.write(target), pace.firstMs * 2);
		if (heard) return { state: 'yes', from: heard.from, expected: source, tookMs: clock.nowMs() - startedMs };
	}
	return { state: 'no', from: null, expected: source, tookMs: clock.nowMs() - startedMs };
}

/** Which idle times a mapping survives (RFC 5780 §4.6): another socket requests an answer to the idle one's port. */
async function askLifetime(tools: Tools): Promise<Discovery['lifetime']> {
	const { opened, server, pace, silencesS, clock, onProgress } = tools;
	const pause = (ms: number) => new Promise<void>((resolve) => void clock.setTimer(ms, resolve));
	const after = async (seconds: number) => {
		const silent = await opened();
		const { answer } = await silent.ask(server, [], pace);
		if (!answer?.mapped) return false;
		await pause(seconds * 1000);
		const caller = await opened();
		for (let i = 0; i < LIFETIME_TRIES; i++) {
			const id = caller.write(server, [['RESPONSE-PORT', answer.mapped.port]]);
			if (await silent.hear(id, pace.firstMs * 2)) return true;
		}
		return false;
	};
	// Without an idle time it must work, or the lifetime cannot be measured with this server or NAT.
	if (!(await after(0))) return { silences: [], supported: false };
	const silences = await Promise.all(
		silencesS.map(async (seconds) => {
			const alive = await after(seconds);
			onProgress?.(`After ${seconds} s of silence the mapping is ${alive ? 'alive' : 'gone'}.`);
			return { seconds, alive };
		})
	);
	return { silences, supported: true };
}

async function askPorts({ opened, server, pace, clock }: Tools): Promise<Discovery['ports']> {
	const ports: Discovery['ports'] = [];
	for (let i = 0; i < PORT_SOCKETS; i++) {
		const asker = await opened();
		const askedMs = clock.nowMs();
		ports.push(...socketSeen(asker, await asker.ask(server, [], pace), askedMs, clock));
	}
	return ports;
}

function socketSeen({ socket }: Asker, { answer }: Pick<Asked, 'answer'>, askedMs: number, clock: Clock): Discovery['ports'] {
	if (!answer?.mapped) return [];
	const { address, port } = answer.mapped;
	return [{ local: socket.local.port, mapped: port, address, askedMs, answeredMs: clock.nowMs() }];
}
