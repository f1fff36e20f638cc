/** The sockets that the prober sends from, by their position, and what a session found out, as observations hold it. */
import { formatEndpoint } from '../../core/base/ip';
import type { ProberFiltering, ProberMapping, SocketPosition } from '../../core/observations/observation';
import { familyOf } from '../turn/allocation';
import type { DiscoverySockets } from '../turn/discovery-sockets';
import type { Endpoint, UdpSocket } from '../udp';
import { SOCKET_POSITIONS, type Session } from './sessions';

export type Family = 'ipv4' | 'ipv6';

/** Pages write to the first socket of a family; the others have another port, another address, or both. */
export function socketAt(discovery: DiscoverySockets, family: Family, position: SocketPosition): UdpSocket | undefined {
	const here = discovery.sockets.filter(({ local }) => familyOf(local.address) === family);
	const home = here[0]?.local;
	return here.find(({ local }) => {
		const address = local.address === home!.address;
		const port = local.port === home!.port;
		if (position === 'same') return address && port;
		if (position === 'other-port') return address && !port;
		return position === 'other-address' ? !address && port : !address && !port;
	});
}

export function positionOf(discovery: DiscoverySockets, local: Endpoint): SocketPosition {
	return SOCKET_POSITIONS.find((position) => socketAt(discovery, familyOf(local.address), position)?.local === local)!;
}

/** The sockets that a session uses: all of them; for a partner's page only those of the first address. */
export function positionsFor(session: Session, discovery: DiscoverySockets, family: Family): SocketPosition[] {
	return SOCKET_POSITIONS.filter(
		(position) =>
			socketAt(discovery, family, position) && (!session.forPartner || position === 'same' || position === 'other-port')
	);
}

/** The position of a partner's socket relative to our first one: it is always at another address. */
export function partnerPosition(home: Endpoint, { port }: Endpoint): SocketPosition {
	return port === home.port ? 'other-address' : 'other-both';
}

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
	return a.address === b.address && a.port === b.port;
}

export function filteringOf(session: Session, discovery: DiscoverySockets, nowMs: number): ProberFiltering {
	const family = session.seen.same ? familyOf(session.seen.same.address) : 'unknown';
	const home = (family === 'unknown' ? discovery.sockets[0]! : socketAt(discovery, family, 'same')!).local;
	const own = (family === 'unknown' ? [] : positionsFor(session, discovery, family)).map((position) => ({
		position,
		from: { ...socketAt(discovery, family as Family, position)!.local },
		sent: session.sent[position],
		answered: session.answered[position],
		firstAnswerMs: session.firstAnswerMs[position] ?? null
	}));
	const theirs = session.partner?.probes.map((probe) => ({ position: partnerPosition(home, probe.from), ...probe })) ?? [];
	return {
		method: 'prober',
		family,
		server: formatEndpoint(home.address, home.port),
		mapped: session.source ?? session.seen.same ?? null,
		proven: session.source !== null,
		roundTripMs: session.roundTripMs,
		probes: [...own, ...theirs],
		...(session.partner && {
			partner: {
				host: session.partner.name,
				why: session.partner.why,
				waitedMs: session.partner.waitedMs,
				control: session.partner.control
			}
		}),
		tookMs: nowMs - session.startedMs
	};
}

export function mappingOf(session: Session, discovery: DiscoverySockets): ProberMapping {
	const found = Object.values(session.seen)[0] ?? session.partner?.seen.find(({ from }) => from)?.from;
	const family = found ? familyOf(found.address) : 'unknown';
	const own = (family === 'unknown' ? [] : positionsFor(session, discovery, family)).map((position) => ({
		position,
		at: { ...socketAt(discovery, family as Family, position)!.local },
		from: session.seen[position] ?? null
	}));
	const home = own[0]?.at;
	const theirs = home ? (session.partner?.seen.map((each) => ({ position: partnerPosition(home, each.at), ...each })) ?? []) : [];
	return {
		method: 'prober',
		family,
		seen: [...own, ...theirs],
		...(session.partner && { partner: { host: session.partner.name, why: session.partner.why } })
	};
}
