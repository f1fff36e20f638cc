/** What a network really does, seen from both ends at once with plain sockets: no STUN, no browser, no inference. */
import type { FilteringKind, MappingKind, Truth } from '../profiles';
import { deliver, startAgent, type Agent, type Endpoint, type LabSocket } from './agent';
import type { Lab } from './lab';
import { behindNat64, PROV, STUN2, WEB } from './topology';

export interface GroundTruth extends Omit<Truth, 'ports'> {
	ports: Truth['ports'] | 'mixed';
	/** After a peer's packet arrived first, does our own packet to that peer keep the mapping? */
	afterEarlyPacket: 'same' | 'changed' | 'lost';
	/** Which TCP destinations can be reached. */
	tcp: { port443: string; port7003: string; web: string };
}

type Family = 'ipv4' | 'ipv6';
/** Two addresses with two ports each on one host, and one on another. */
type ServerSockets = Record<'a1' | 'a2' | 'b1' | 'b2' | 'c1', LabSocket>;

/** The far ends, for all clients of a lab. */
export interface Observers {
	sockets: Record<Family, ServerSockets>;
	stop(): Promise<void>;
}

interface Bench {
	client: Agent;
	address: string;
	servers: ServerSockets;
	/** As the client writes to an address: behind NAT64 by the one that stands for it. */
	dial(to: Endpoint): Endpoint;
}

/** Dropped packets vanish, so a connection is waited for: more than the kernel needs, which answers by itself at once. */
const TCP_MS = 1000;

const same = (a: Endpoint, b: Endpoint) => a.address === b.address && a.port === b.port;
const text = (a: Endpoint) => `${a.address} ${a.port}`;

const reach = ({ dial }: Bench, from: LabSocket, server: LabSocket) => deliver(from, server, dial(server.local));

async function opened(bench: Bench): Promise<{ socket: LabSocket; mapped: Endpoint | null }> {
	const socket = await bench.client.open(bench.address);
	return { socket, mapped: await reach(bench, socket, bench.servers.a1) };
}

async function mapping(bench: Bench): Promise<{ mapping: MappingKind | 'blocked' | 'mixed'; ports: GroundTruth['ports'] }> {
	const order = ['a1', 'a2', 'b1', 'b2', 'c1'] as const;
	const kinds = new Set<MappingKind | 'mixed'>();
	const steps: number[] = [];
	let kept = 0;
	for (let i = 0; i < 3; i++) {
		const socket = await bench.client.open(bench.address);
		const seen: Endpoint[] = [];
		for (const name of order) {
			const source = await reach(bench, socket, bench.servers[name]);
			if (source) seen.push(source);
		}
		socket.close();
		if (seen.length === 0) return { mapping: 'blocked', ports: 'preserved' };
		const [a1, a2, b1, b2, c1] = seen;
		const distinct = new Set(seen.map(text)).size;
		if (!a1 || !a2 || !b1 || !b2 || !c1) kinds.add('mixed');
		else if (seen.every((one) => same(one, socket.local))) kinds.add('none');
		else if (distinct === 1) kinds.add('endpoint-independent');
		else if (distinct === 3 && same(a1, a2) && same(b1, b2)) kinds.add('address-dependent');
		else if (distinct === 5) kinds.add('address-and-port-dependent');
		else kinds.add('mixed');
		kept += Number(seen.every((one) => one.port === socket.local.port));
		seen.slice(1).forEach((one, j) => steps.push(one.port - seen[j]!.port));
	}
	const ports =
		kept === 3
			? 'preserved'
			: kept > 0
				? 'mixed'
				: steps.every((step) => step === 0)
					? 'remapped'
					: steps.every((step) => step === 1)
						? 'sequential'
						: 'random';
	return { mapping: kinds.size === 1 ? [...kinds][0]! : 'mixed', ports };
}

async function filtering(bench: Bench): Promise<FilteringKind | 'blocked' | `mixed: ${string}`> {
	const passed: boolean[] = [];
	// A fresh socket for each question, open towards a1 only.
	for (const name of ['a1', 'a2', 'b1', 'c1'] as const) {
		const { socket, mapped } = await opened(bench);
		if (!mapped) return 'blocked';
		// Whoever the socket spoke to passes every filter: that one is waited for on a busy machine.
		passed.push((await deliver(bench.servers[name], socket, mapped, name === 'a1' ? 50 : undefined)) !== null);
		socket.close();
	}
	const kinds: Record<string, FilteringKind> = {
		'true true true true': 'endpoint-independent',
		'true true false false': 'address-dependent',
		'true false false false': 'address-and-port-dependent'
	};
	return kinds[passed.join(' ')] ?? `mixed: ${passed.join(' ')}`;
}

async function hairpin(bench: Bench): Promise<Truth['hairpin']> {
	const one = await opened(bench);
	const two = await opened(bench);
	if (!one.mapped || !two.mapped) return 'no';
	if (same(one.mapped, one.socket.local)) return 'not-applicable';
	const [toOne, toTwo] = [bench.dial(one.mapped), bench.dial(two.mapped)];
	if (await deliver(two.socket, one.socket, toOne)) return 'yes';
	await deliver(one.socket, two.socket, toTwo);
	return (await deliver(two.socket, one.socket, toOne)) ? 'when-opened' : 'no';
}

async function early(bench: Bench): Promise<GroundTruth['afterEarlyPacket']> {
	const { socket, mapped } = await opened(bench);
	if (!mapped) return 'lost';
	await deliver(bench.servers.c1, socket, mapped);
	const after = await reach(bench, socket, bench.servers.c1);
	return !after ? 'lost' : same(after, mapped) ? 'same' : 'changed';
}

/** Takes ports 7001 and 7002 of the servers, and TCP 443, 7003 and 80. */
export async function startObservers(lab: Lab): Promise<Observers> {
	const agents = await Promise.all(['prov', 'stun2', 'web'].map((name) => startAgent(lab, name)));
	const [prov, stun2, web] = agents as [Agent, Agent, Agent];
	const open = async (family: Family): Promise<ServerSockets> => {
		const [one, two] = PROV[family] as [string, string];
		await Promise.all([prov.listen(one, 443), prov.listen(one, 7003), web.listen(WEB[family][0]!, 80)]);
		return {
			a1: await prov.open(one, 7001),
			a2: await prov.open(one, 7002),
			b1: await prov.open(two, 7001),
			b2: await prov.open(two, 7002),
			c1: await stun2.open(STUN2[family][0]!, 7001)
		};
	};
	return {
		sockets: { ipv4: await open('ipv4'), ipv6: await open('ipv6') },
		stop: async () => void (await Promise.all(agents.map((agent) => agent.stop())))
	};
}

/** Measures one address family of a client. */
export async function groundTruth(lab: Lab, observers: Observers, host: string, family: Family): Promise<GroundTruth> {
	const client = await startAgent(lab, host);
	try {
		const own = lab.hosts[host]![family][0];
		const translate = own === undefined;
		const bench: Bench = {
			client,
			address: own ?? lab.hosts[host]!.ipv6[0]!,
			servers: observers.sockets[family],
			dial: (to) => (translate ? { ...to, address: behindNat64(to.address) } : to)
		};
		const connect = (address: string, port: number) => client.connect(bench.dial({ address, port }), TCP_MS);
		const mapped = await mapping(bench);
		const [one] = PROV[family] as [string];
		const [port443, port7003, toWeb] = await Promise.all([connect(one, 443), connect(one, 7003), connect(WEB[family][0]!, 80)]);
		const filtered = await filtering(bench);
		return {
			mapping: mapped.mapping as MappingKind,
			ports: mapped.ports,
			filtering: filtered as FilteringKind,
			hairpin: await hairpin(bench),
			afterEarlyPacket: await early(bench),
			tcp: { port443, port7003, web: toWeb }
		};
	} finally {
		await client.stop();
	}
}
