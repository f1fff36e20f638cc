/**
 * What Chromium 156 and Firefox 153 tell a page of what happens on the wire, as measured (tests/golden/*.recorded.report.json): one
 * candidate for agreeing observers, hidden host addresses, a 701 for each family of a name, no word about what is silent.
 */
import type { Family } from '../../src/lib/core/base/ip';
import { formatEndpoint, isOutside, scopeOfText } from '../../src/lib/core/base/ip';
import type { CandidateErrorRecord, CandidateRecord, Gathered } from '../../src/lib/core/observations/observation';
import { parseIceUrl, type IceUrl } from '../../src/lib/core/stun/uri';
import type { Login, Reply, Wire } from './wire';
import type { Lack } from './world';

export interface Asked {
	url: string;
	username?: string;
	credential?: string;
}

export interface GatherOptions {
	atMs: number;
	deadlineMs: number;
	/** How long to go on from the last candidate; null: until complete or the deadline (probes/check/gathering.ts). */
	enoughIn?: (candidates: readonly CandidateRecord[], last: CandidateRecord) => number | null;
}

interface Socket {
	family: Family;
	address: string;
	port: number;
}

/** What is told of one server; `open` while an attempt waits, `endedMs` when the last one ended. */
interface Found {
	events: Told[];
	open: boolean;
	endedMs: number;
}

type Told = { atMs: number } & ({ candidate: CandidateRecord } | { error: CandidateErrorRecord; untilDone: boolean });

/** How long Chromium waits before it turns to TURN; lookups take a few ms. */
const TURN_AFTER_MS = 50;
const LOOKUP_MS = 5;
/** When Chromium calls gathering complete at the soonest. */
const COMPLETE_MS = { chromium: 118, firefox: 3 };
const FAMILIES = ['ipv4', 'ipv6'] as const;

export function isTurn(url: string): boolean {
	return /^turns?:/.test(url);
}

/** What the constructor of RTCPeerConnection throws for; null where it takes the entry. */
export function refusedByBrowser({ url, username, credential }: Asked): string | null {
	return isTurn(url) && (username === undefined || credential === undefined)
		? 'Failed to construct \'RTCPeerConnection\': Both username and credential are required when the URL scheme is "turn" or "turns".'
		: null;
}

/** One connection with these servers. `told` is what the page has of it, `tookMs` when it ended. */
export function gather(wire: Wire, servers: readonly Asked[], options: GatherOptions): { told: Gathered; tookMs: number } {
	const { world } = wire;
	const mark = wire.mark();
	const sockets = FAMILIES.flatMap((family): Socket[] => {
		const address = world.device[family];
		return address === null ? [] : [{ family, address, port: wire.freshPort() }];
	});
	const hosts = world.limit === null ? sockets.flatMap((socket) => hostCandidates(wire, socket)) : [];
	const events: Told[] = hosts.map((candidate) => ({ atMs: candidate.atMs, candidate }));
	// Measured with proxy_only: nothing is sent, and gathering does not end.
	let open = world.limit === 'all';
	let lastMs = COMPLETE_MS[world.engine];
	const agent = new Agent(wire, sockets, options);
	for (const server of world.limit === 'all' ? [] : servers) {
		const found = agent.ask(server);
		events.push(...found.events);
		open ||= found.open;
		lastMs = Math.max(lastMs, found.endedMs, ...found.events.map(({ atMs }) => atMs));
	}
	// Measured: on a device with IPv6 alone, and without the microphone, Chromium is never done, and tells errors all the same.
	const never = open || (world.engine === 'chromium' && world.device.ipv4 === null && !world.microphone && world.limit === null);
	const completeMs = never || lastMs + 1 > options.deadlineMs ? null : lastMs + 1;
	const heard = events
		.flatMap((each) => ('error' in each && each.untilDone ? (open ? [] : [{ ...each, atMs: completeMs ?? lastMs + 1 }]) : [each]))
		.toSorted((a, b) => a.atMs - b.atMs);
	const told = replay(heard, completeMs, options);
	wire.release(mark, options.atMs + told.tookMs + 5);
	return { told: lesser({ engine: world.engine, ...told.gathered }, world.lacks), tookMs: told.tookMs };
}

/** As a browser tells it that lacks a function of these two. */
function lesser(told: Gathered, lacks: readonly Lack[]): Gathered {
	const [url, relayProtocol, errors] = (['candidate.url', 'relayProtocol', 'icecandidateerror'] as const).map((lack) =>
		lacks.includes(lack)
	);
	return {
		...told,
		candidates: told.candidates.map((each) => ({
			...each,
			...(url && { url: null }),
			...(relayProtocol && { relayProtocol: null })
		})),
		...(errors && { errors: [], noErrorEvents: true as const })
	};
}

function replay(events: readonly Told[], completeMs: number | null, { deadlineMs, enoughIn }: GatherOptions) {
	const candidates: CandidateRecord[] = [];
	const errors: CandidateErrorRecord[] = [];
	let enoughAtMs = Infinity;
	const endMs = () => Math.min(enoughAtMs, completeMs ?? Infinity, deadlineMs);
	for (const event of events) {
		if (event.atMs > endMs()) break;
		if ('error' in event) {
			errors.push({ ...event.error, atMs: event.atMs });
			continue;
		}
		candidates.push(event.candidate);
		const inMs = enoughIn?.(candidates, event.candidate) ?? null;
		if (inMs !== null) enoughAtMs = Math.min(enoughAtMs, event.atMs + inMs);
	}
	const tookMs = endMs();
	const endedBy =
		tookMs === enoughAtMs ? ('satisfied' as const) : tookMs === completeMs ? ('complete' as const) : ('deadline' as const);
	return { tookMs, gathered: { candidates, errors, completeMs: endedBy === 'complete' ? completeMs : null, endedBy } };
}

class Agent {
	#wire: Wire;
	#sockets: readonly Socket[];
	#options: GatherOptions;
	/** Mapped addresses told already: each socket tells each once. */
	#told = new Set<string>();

	constructor(wire: Wire, sockets: readonly Socket[], options: GatherOptions) {
		this.#wire = wire;
		this.#sockets = sockets;
		this.#options = options;
	}

	ask(server: Asked): Found {
		const parsed = parseIceUrl(server.url);
		if (!parsed.ok) return NOTHING;
		const place = parsed.value;
		const { engine } = this.#wire.world;
		// Firefox has no name to check the certificate against, and says nothing.
		if (engine === 'firefox' && place.transport === 'tls' && place.hostKind !== 'name') return NOTHING;
		const all: Found = { events: [], open: false, endedMs: 0 };
		const add = (found: Found) => {
			all.events.push(...found.events);
			all.open ||= found.open;
			all.endedMs = Math.max(all.endedMs, found.endedMs);
		};
		let unresolved = 0;
		for (const family of FAMILIES) {
			const socket = this.#sockets.find((each) => each.family === family);
			const address = this.#resolve(place, family);
			if (address === null) {
				if (place.hostKind === 'name') unresolved++;
				const asks = socket !== undefined || !this.#wire.world.microphone;
				if (place.hostKind === 'name' && engine === 'chromium' && place.transport === 'udp' && asks)
					add(this.#notFound(server, place, family));
				continue;
			}
			// The local network is what addresses say it is (WICG Local Network Access).
			if (this.#wire.world.localNetwork === 'denied' && !isOutside(scopeOfText(address))) continue;
			if (socket) add(this.#over(server, place, socket, address));
		}
		const found = unresolved < FAMILIES.length;
		if (!found && place.hostKind === 'name' && (engine === 'firefox' || place.transport !== 'udp'))
			add(this.#foundNowhere(server));
		return all;
	}

	#resolve({ host, hostKind }: IceUrl, family: Family): string | null {
		if (hostKind === family) return host;
		return hostKind === 'name' ? this.#wire.lookup(host, family, this.#options.atMs) : null;
	}

	#notFound({ url }: Asked, place: IceUrl, family: Family): Found {
		const address = family === 'ipv6' ? '[0:0:0:x:x:x:x:x]' : '0.0.0.x';
		const error = (kind: 'STUN' | 'TURN', of: string, atMs: number): Told => ({
			atMs,
			untilDone: false,
			error: { ...NO_SERVER, atMs, url: of, errorText: `${kind} host lookup received error.`, address }
		});
		const stun = error('STUN', stunUrl(place), LOOKUP_MS);
		return { ...NOTHING, events: isTurn(url) ? [stun, error('TURN', url, TURN_AFTER_MS + LOOKUP_MS)] : [stun] };
	}

	/** Over TCP, and in Firefox always, nothing says that it is the name. */
	#foundNowhere({ url }: Asked): Found {
		const chromium = this.#wire.world.engine === 'chromium';
		const atMs = chromium ? TURN_AFTER_MS + LOOKUP_MS : LOOKUP_MS;
		const error = {
			...NO_SERVER,
			atMs,
			url: chromium ? url : url.replace('?transport=udp', ''),
			errorText: chromium ? REFUSED : ''
		};
		return { ...NOTHING, events: (chromium ? [error, error] : [error]).map((each) => ({ atMs, untilDone: false, error: each })) };
	}

	#over(server: Asked, place: IceUrl, socket: Socket, address: string): Found {
		const { atMs, deadlineMs } = this.#options;
		const asked = {
			url: server.url,
			family: socket.family,
			port: socket.port,
			to: { address, port: place.port },
			untilMs: atMs + deadlineMs
		};
		const login: Login | null = isTurn(server.url) ? { username: server.username!, credential: server.credential! } : null;
		const relaysAlone = this.#wire.world.limit === 'all-but-relays';
		// Chromium does not even open a UDP socket; what it asks by TCP it asks all the same.
		if (relaysAlone && place.transport === 'udp' && (login === null || this.#wire.world.engine === 'chromium')) return NOTHING;
		if (place.transport !== 'udp') {
			const reply = this.#wire.stream(
				{ ...asked, port: this.#wire.freshPort(), atMs: atMs + TURN_AFTER_MS },
				place.transport,
				login!
			);
			return this.#allocation(server, place, socket, reply);
		}
		const found = relaysAlone
			? NOTHING
			: this.#reflexive(server, place, socket, this.#wire.udp({ ...asked, atMs: atMs + 2 }, null));
		if (login === null) return found;
		const reply = this.#wire.udp({ ...asked, port: this.#wire.freshPort(), atMs: atMs + TURN_AFTER_MS }, login);
		const relay = this.#allocation(server, place, socket, reply);
		return {
			events: [...found.events, ...relay.events],
			open: found.open || relay.open,
			endedMs: Math.max(found.endedMs, relay.endedMs)
		};
	}

	#reflexive({ url }: Asked, place: IceUrl, socket: Socket, reply: Reply): Found {
		if (reply.state === 'silent') return { ...NOTHING, open: true };
		if (reply.state !== 'answered') return NOTHING;
		const { engine, microphone } = this.#wire.world;
		const { mapped } = reply;
		const key = `${socket.port} ${mapped.address} ${mapped.port}`;
		const endedMs = reply.atMs - this.#options.atMs;
		if (this.#told.has(key) || (microphone && mapped.address === socket.address)) return { ...NOTHING, endedMs };
		this.#told.add(key);
		const atMs = endedMs;
		const candidate: CandidateRecord = {
			...BLANK,
			type: 'srflx',
			...mapped,
			atMs,
			url: engine === 'firefox' ? null : isTurn(url) ? stunUrl(place) : url,
			relatedAddress: microphone ? socket.address : socket.family === 'ipv4' || engine === 'firefox' ? '0.0.0.0' : '::',
			relatedPort: microphone ? socket.port : 0,
			candidate: `candidate:2 1 udp 1677729535 ${mapped.address} ${mapped.port} typ srflx`
		};
		return { events: [{ atMs, candidate }], endedMs: atMs, open: false };
	}

	#allocation({ url }: Asked, { transport }: IceUrl, socket: Socket, reply: Reply): Found {
		if (reply.state === 'silent') return { ...NOTHING, open: true };
		const chromium = this.#wire.world.engine === 'chromium';
		const atMs = reply.atMs - this.#options.atMs;
		if (reply.state === 'answered') {
			const relay = reply.relay!;
			const candidate: CandidateRecord = {
				...BLANK,
				type: 'relay',
				...relay,
				atMs,
				url: chromium ? url : null,
				relayProtocol: chromium && transport !== 'udp' ? transport : null,
				relatedAddress: chromium ? reply.mapped.address : relay.address,
				relatedPort: chromium ? reply.mapped.port : relay.port,
				candidate: `candidate:3 1 udp 8191 ${relay.address} ${relay.port} typ relay`
			};
			return { events: [{ atMs, candidate }], endedMs: atMs, open: false };
		}
		const blurred = socket.family === 'ipv6' ? '[0:0:0:x:x:x:x:x]' : '0.0.0.x';
		const refused = reply.state === 'refused';
		const code = !refused ? 701 : chromium || reply.code < 500 ? reply.code : 65535;
		const text = !chromium ? '' : !refused ? REFUSED : reply.code === 401 ? 'Unauthorized.' : 'TURN allocate error.';
		const named = chromium && (refused || (reply.state === 'closed' && transport === 'tcp'));
		const error = { atMs, url, errorCode: code, errorText: text, address: named ? blurred : null, port: null };
		return { events: [{ atMs, error, untilDone: chromium && !named }], endedMs: atMs, open: false };
	}
}

function hostCandidates({ world }: Wire, { address, port }: Socket): CandidateRecord[] {
	const shown = world.microphone ? address : `0f2c1d3e-${port}.local`;
	const line = `candidate:1 1 udp 2113937151 ${shown} ${port} typ host`;
	const udp: CandidateRecord = { ...BLANK, type: 'host', address: shown, port, atMs: 2, candidate: line };
	// Firefox offers an active TCP one beside it (RFC 6544).
	return world.engine === 'firefox' ? [udp, { ...udp, protocol: 'tcp', port: 9, tcpType: 'active' }] : [udp];
}

function stunUrl({ host, port }: IceUrl): string {
	return `stun:${formatEndpoint(host, port)}`;
}

const NOTHING: Found = { events: [], open: false, endedMs: 0 };
const REFUSED = 'Failed to establish connection';
const NO_SERVER = { errorCode: 701, address: null, port: null };

const BLANK = {
	protocol: 'udp' as const,
	foundation: '1',
	component: 1,
	priority: 2_113_937_151,
	relatedAddress: null,
	relatedPort: null,
	tcpType: null,
	url: null,
	relayProtocol: null
};
