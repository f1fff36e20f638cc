/** The prober's sockets as a page sees them, and what one session found out, as observations hold it. */
import { formatEndpoint } from '../../core/base/ip';
import type { ProberCorner, ProberFiltering, ProberMapping } from '../../core/observations/observation';
import { familyOf } from '../turn/allocation';
import type { DiscoverySockets } from '../turn/discovery-sockets';
import type { Endpoint, UdpSocket } from '../udp';
import { CORNERS, type Corner, type Session } from './sessions';

export type Family = 'ipv4' | 'ipv6';

/** The first socket of a family is where pages send to; the others lie around it. */
export function socketAt(discovery: DiscoverySockets, family: Family, corner: Corner): UdpSocket | undefined {
	const here = discovery.sockets.filter(({ local }) => familyOf(local.address) === family);
	const home = here[0]?.local;
	return here.find(({ local }) => {
		const address = local.address === home!.address;
		const port = local.port === home!.port;
		if (corner === 'same') return address && port;
		if (corner === 'other-port') return address && !port;
		return corner === 'other-address' ? !address && port : !address && !port;
	});
}

export function cornerOf(discovery: DiscoverySockets, local: Endpoint): Corner {
	return CORNERS.find((corner) => socketAt(discovery, familyOf(local.address), corner)?.local === local)!;
}

/** The corners that a session has to do with: all that there are, and of a lent one those of the first address. */
export function cornersFor(session: Session, discovery: DiscoverySockets, family: Family): Corner[] {
	return CORNERS.filter(
		(corner) => socketAt(discovery, family, corner) && (!session.lent || corner === 'same' || corner === 'other-port')
	);
}

/** Where a partner's socket stands, seen from our own first one: it is always at another address. */
export function partnerCorner(home: Endpoint, { port }: Endpoint): ProberCorner {
	return port === home.port ? 'other-address' : 'other-both';
}

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
	return a.address === b.address && a.port === b.port;
}

export function filteringOf(session: Session, discovery: DiscoverySockets, nowMs: number): ProberFiltering {
	const family = session.seen.same ? familyOf(session.seen.same.address) : 'unknown';
	const home = (family === 'unknown' ? discovery.sockets[0]! : socketAt(discovery, family, 'same')!).local;
	const own = (family === 'unknown' ? [] : cornersFor(session, discovery, family)).map((corner) => ({
		corner,
		from: { ...socketAt(discovery, family as Family, corner)!.local },
		sent: session.sent[corner],
		answered: session.answered[corner],
		firstAnswerMs: session.firstAnswerMs[corner] ?? null
	}));
	const lent = session.partner?.knocks.map((knock) => ({ corner: partnerCorner(home, knock.from), ...knock })) ?? [];
	return {
		method: 'prober',
		family,
		server: formatEndpoint(home.address, home.port),
		mapped: session.source ?? session.seen.same ?? null,
		proven: session.source !== null,
		roundTripMs: session.roundTripMs,
		knocks: [...own, ...lent],
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
	const own = (family === 'unknown' ? [] : cornersFor(session, discovery, family)).map((corner) => ({
		corner,
		at: { ...socketAt(discovery, family as Family, corner)!.local },
		from: session.seen[corner] ?? null
	}));
	const home = own[0]?.at;
	const lent = home ? (session.partner?.seen.map((each) => ({ corner: partnerCorner(home, each.at), ...each })) ?? []) : [];
	return {
		method: 'prober',
		family,
		seen: [...own, ...lent],
		...(session.partner && { partner: { host: session.partner.name, why: session.partner.why } })
	};
}
