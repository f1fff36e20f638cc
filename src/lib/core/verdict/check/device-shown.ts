/** What a browser shows of the device that it runs on: its addresses, and which families it has. */
import { scopeOfText, type Family } from '../../base/ip';
import { familyOf, familyOfText, iceUrl, isLookupError, isShown, udpHosts } from '../../observations/candidates';
import type { CandidateFamily, CandidateRecord, Gathered, ServerGathering } from '../../observations/observation';
import type { ObservationIndex } from '../../observations/observation-index';
import { isServersAnswer } from './server-witness';

const FAMILIES = ['ipv4', 'ipv6'] as const;

/** Addresses of this device, as far as the browser shows them. */
export function shownHosts(observed: ObservationIndex): string[] {
	const gathered = [...observed.seen('ice-gathering'), ...observed.seen('server-gathering')];
	return [...new Set(gathered.flatMap(({ data }) => udpHosts(data).map(({ address }) => address)).filter(isShown))];
}

/** What the browser shows of the families that this device has. */
export interface DeviceFamilies {
	seen: ReadonlySet<Family>;
	/** Those that it certainly lacks. */
	missing: ReadonlySet<Family>;
}

/**
 * Where addresses are shown, a family without one is missing. Where they are hidden, a browser uses one socket a family and gives each
 * a name: with a single one, a family that was seen leaves none for the other.
 */
export function deviceFamilies(observed: ObservationIndex): DeviceFamilies {
	const alone = observed.seen('server-gathering').map(({ data }) => data);
	const all = [...observed.seen('ice-gathering'), ...observed.seen('nat-mapping')]
		.map(({ data }): Gathered => data)
		.concat(alone);
	const found = new Set([...all.flatMap(({ candidates }) => candidates.map(shownFamily)), ...alone.map(answeredFamily)]);
	const seen = new Set(FAMILIES.filter((family) => found.has(family)));
	if (seen.size === 0) return { seen, missing: new Set() };
	const alone4 = alone.some((data) => answeredFamily(data) === 'ipv4');
	const hosts = all.map((data) => [...new Set(udpHosts(data).map(({ address }) => address))]);
	const most = hosts.toSorted((a, b) => b.length - a.length)[0]!;
	const shown = most.length > 0 && most.every(isShown);
	const neverDone = most.length === 0 && observed.seen('nat-mapping').some(({ data }) => isNeverDone(data));
	// Nothing but names was asked over what looks like IPv4, and the only socket was heard over IPv6 (NAT64, RFC 6146).
	const translated =
		!alone4 && !shown && (most.length === 1 || neverDone) && heardBy(observed, 'ipv6') && !heardBy(observed, 'ipv4');
	if (translated || (neverDone && !seen.has('ipv4'))) return { seen: new Set(['ipv6']), missing: new Set(['ipv4']) };
	return { seen, missing: new Set(shown || most.length === 1 ? FAMILIES.filter((family) => !seen.has(family)) : []) };
}

/**
 * Everything asked has answered alone, and the shared connection is not done. Where Chromium hides addresses it is so on a device
 * without IPv4, and shows no host candidate either (measured in 156): there is no IPv4 socket to tell the names by that hide them.
 */
function isNeverDone({
	engine,
	candidates,
	errors,
	completeMs,
	endedBy,
	noErrorEvents
}: Gathered & { completeMs: number | null; endedBy: string }) {
	const answered = candidates.some(({ type }) => type === 'srflx');
	const noneFailed = !noErrorEvents && errors.every(isLookupError);
	return engine === 'chromium' && answered && noneFailed && completeMs === null && endedBy === 'deadline';
}

/** The prober received what this page sent. */
function heardBy(observed: ObservationIndex, family: Family): boolean {
	const heard = observed
		.seen('nat-filtering')
		.some(({ data }) => data.method === 'prober' && data.proven && data.family === family);
	return heard || observed.seen('prober-mapping').some(({ data }) => data.family === family && data.seen.length > 0);
}

/** The family of a literal address that was reached: something of the server's came back. */
function answeredFamily({ url, candidates, errors }: ServerGathering): CandidateFamily {
	const place = iceUrl(url);
	const heard = candidates.some(({ type }) => type !== 'host') || errors.some(isServersAnswer);
	return heard && place !== null && place.hostKind !== 'name' ? place.hostKind : 'unknown';
}

/**
 * The family of the local end. Behind a translator a server sees the other one, and a relay may be of either; what Firefox repeats as
 * `raddr` of a relay is the relay's own address. Hidden, `::` is IPv6 in Chromium, and `0.0.0.0` anything in Firefox.
 */
function shownFamily(candidate: CandidateRecord): CandidateFamily {
	const { type, address, relatedAddress } = candidate;
	// The loopback interface has IPv4 on every machine.
	if (type === 'host') return scopeOfText(address) === 'loopback' ? 'unknown' : familyOf(candidate);
	const hidden = scopeOfText(relatedAddress) === 'unspecified';
	if (type === 'relay') return address === relatedAddress || hidden ? 'unknown' : familyOfText(relatedAddress);
	const base = familyOfText(relatedAddress);
	return base === 'unknown' || (hidden && base === 'ipv4') ? familyOf(candidate) : base;
}
