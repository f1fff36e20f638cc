/** What a session of the prober found out, as observations hold it. */
import { formatEndpoint } from '../../core/base/ip';
import type { ProberFiltering, ProberMapping } from '../../core/observations/observation';
import { familyOf } from '../turn/allocation';
import type { DiscoverySockets } from '../turn/discovery-sockets';
import { partnerPosition, positionsFor, socketAt, type Family } from './probe-sockets';
import type { Session } from './sessions';

export function filteringOf(session: Session, discovery: DiscoverySockets, nowMs: number): ProberFiltering {
	// The one that the page was seen over, whatever it asked for.
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
