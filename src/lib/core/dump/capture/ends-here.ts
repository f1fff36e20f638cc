/**
 * Whose packets these are: flows belong to one end of one connection by the user name fragments of its checks and by the sockets that
 * it asks servers from (RFC 8445 §7.2.2, §5.1.1.2), and the ends that are shown are those near the capture.
 */
import { otherWay, type Direction, type End, type Flow } from './flow';

/** A flow as one of its ends sees it. */
export interface Seen {
	flow: Flow;
	/** Of what that end sends. */
	out: Direction;
}

/** What the capture shows of an address: a relay's that it was given, one of a machine near the capture, or nothing. */
export type KindOfEnd = (end: End) => 'relay' | 'host' | 'unknown';

export interface EndHere {
	/** What it asked servers. */
	servers: Seen[];
	/** What it said to other ends, also through a relay. */
	peers: Seen[];
	address: string;
}

const socketOf = ({ protocol, ends }: Flow, direction: Direction) => {
	const { address, port } = ends[direction];
	return `${protocol} ${address} ${port}`;
};

/** Union of whatever belongs together. */
class Groups {
	readonly #parents = new Map<string, string>();

	of(name: string): string {
		let root = name;
		for (let parent = this.#parents.get(root); parent !== undefined && parent !== root; parent = this.#parents.get(root))
			root = parent;
		this.#parents.set(name, root);
		return root;
	}

	join(a: string, b: string): void {
		this.#parents.set(this.of(a), this.of(b));
	}
}

export function endsHere(flows: readonly Flow[]): { ends: EndHere[]; kindOf: KindOfEnd } {
	const asking = flows.flatMap((flow): Seen[] =>
		([0, 1] as const).filter((out) => isServerFlow(flow, out)).map((out) => ({ flow, out }))
	);
	const servers = new Set(asking.map(({ flow }) => flow));
	const talking = flows.filter((flow) => !servers.has(flow) && saysSomething(flow));
	const home = homeOf(asking, talking);
	const shown = talking.flatMap((flow): Seen[] => {
		if (flow.relayed) return [{ flow, out: 0 }];
		const here = ([0, 1] as const).filter((out) => home.has(flow.ends[out].address));
		return (here.length === 0 ? ([0] as const) : here).map((out) => ({ flow, out }));
	});
	const groups = new Groups();
	const names = new Map(shown.map((seen) => [seen, nameOf(seen)]));
	const bySocket = new Map<string, Set<string>>();
	for (const [seen, name] of names) {
		const fragments = seen.flow.counts[seen.out].fragments ?? reversed(seen.flow.counts[otherWay(seen.out)].fragments);
		if (fragments) groups.join(name, `fragment ${fragments.own}`);
		else if (!seen.flow.relayed)
			groups.join(name, `media ${seen.flow.ends[seen.out].address} ${seen.flow.ends[otherWay(seen.out)].address}`);
		if (seen.flow.relayed) groups.join(name, `relay ${socketOf(seen.flow.relayed.server, seen.flow.relayed.client)}`);
		else {
			const socket = socketOf(seen.flow, seen.out);
			bySocket.set(socket, (bySocket.get(socket) ?? new Set()).add(name));
		}
	}
	// A media server has one socket for all: what it asks a server belongs to none of its connections.
	const alone = new Map<string, string>();
	for (const [socket, own] of bySocket) {
		const roots = new Set([...own].map((name) => groups.of(name)));
		if (roots.size === 1) alone.set(socket, [...roots][0]!);
	}
	const found = new Map<string, EndHere>();
	const endOf = (root: string, address: string) => {
		const there = found.get(root) ?? { servers: [], peers: [], address };
		found.set(root, there);
		return there;
	};
	for (const [seen, name] of names) endOf(groups.of(name), addressOf(seen)).peers.push(seen);
	const unattached: Seen[] = [];
	for (const seen of asking) {
		const socket = socketOf(seen.flow, seen.out);
		const root = alone.get(socket) ?? `relay ${socket}`;
		const there = found.get(groups.of(root));
		if (there) there.servers.push(seen);
		else unattached.push(seen);
	}
	// What asked in vain has no connection of its own: it is told of the only one of this machine, or by itself.
	for (const seen of unattached) {
		const { address } = seen.flow.ends[seen.out];
		const own = [...found.values()].filter((each) => each.address === address && each.peers.length > 0);
		(own.length === 1 ? own[0]! : endOf(`asks ${address}`, address)).servers.push(seen);
	}
	const relays = new Set(flows.flatMap(({ relay }) => (relay ? [`${relay.end.address} ${relay.end.port}`] : [])));
	const kindOf: KindOfEnd = ({ address, port }) =>
		relays.has(`${address} ${port}`) ? 'relay' : home.has(address) ? 'host' : 'unknown';
	const packetsOf = ({ servers: asked, peers }: EndHere) =>
		[...asked, ...peers].reduce(
			(sum, { flow: { counts } }) => counts.reduce((all, each) => all + each.packets + each.stunPackets, sum),
			0
		);
	return { ends: [...found.values()].sort((a, b) => packetsOf(b) - packetsOf(a)), kindOf };
}

const reversed = (fragments: { own: string; other: string } | null) =>
	fragments === null ? null : { own: fragments.other, other: fragments.own };

const addressOf = ({ flow, out }: Seen) =>
	flow.relayed ? flow.relayed.server.ends[flow.relayed.client].address : flow.ends[out].address;

const nameOf = ({ flow, out }: Seen) => {
	const [a, b] = flow.ends;
	const via = flow.relayed ? `${socketOf(flow.relayed.server, flow.relayed.client)} ` : '';
	return `flow ${via}${flow.protocol} ${a.address} ${a.port} ${b.address} ${b.port} ${out}`;
};

/** It asks and is not asked: two ends that check each other do both. */
function isServerFlow(flow: Flow, out: Direction): boolean {
	return flow.relayed === null && flow.isClient(out) && flow.counts[out].fragments === null;
}

function saysSomething({ counts, dtls, rtp }: Flow): boolean {
	return counts[0].requests + counts[1].requests > 0 || dtls.state !== null || rtp.size > 0;
}

/** Addresses of this machine: those that ask servers; where nobody does, those it sent from, else the one of most flows, or that spoke first. */
function homeOf(asking: readonly Seen[], talking: readonly Flow[]): Set<string> {
	if (asking.length > 0) return new Set(asking.map(({ flow, out }) => flow.ends[out].address));
	// On a router packets come and leave with the same source.
	const sending = talking.flatMap(({ ends, passed }) =>
		ends.filter((_, i) => passed[i]!.out && !passed[i]!.in).map(({ address }) => address)
	);
	if (sending.length > 0) return new Set(sending);
	const others = new Map<string, Set<string>>();
	const add = ({ address }: End, other: End) =>
		others.set(address, (others.get(address) ?? new Set()).add(`${other.address} ${other.port}`));
	for (const { ends } of talking) {
		add(ends[0], ends[1]);
		add(ends[1], ends[0]);
	}
	let best: string | null = null;
	for (const [address, met] of others) if (best === null || met.size > others.get(best)!.size) best = address;
	return new Set(best === null ? [] : [best]);
}
