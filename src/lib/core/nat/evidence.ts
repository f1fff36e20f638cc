/** What the observations say about one family's NAT, joined but not judged. */
import { formatIp, isOutside, mayBeNeighbours, parseIp, sameIp, scopeOfText, type Family } from '../base/ip';
import {
	baseOf,
	doneWithoutError,
	familyOf,
	familyOfError,
	iceUrl,
	isInnerName,
	isShown,
	localNetworkLacking,
	networkIdOf,
	reachedOver,
	relayed,
	samePlace,
	serverReflexive,
	spokenTransport,
	udpHosts,
	type Endpoint
} from '../observations/candidates';
import {
	listenedMs,
	type CandidateErrorRecord,
	type CandidateRecord,
	type NatMapping,
	type ServerGathering
} from '../observations/observation';
import type { ObservationIndex } from '../observations/observation-index';
import type { IceUrl } from '../stun/uri';

/** A server that answered over UDP in a connection of its own, which proves it alive. */
export interface Observer {
	url: string;
	place: IceUrl;
	/** What it saw this device as; null when only a relay showed that it answered. */
	mapped: Endpoint | null;
	/** True when it sees this device as an address that others could send to; false on loopback or the own LAN. */
	outside: boolean;
	/** When its first answer came, ms after the start of its own connection. */
	answeredMs: number;
	/**
	 * Errors of no told family that came with that answer: Firefox reports one for each family that a name lacks, and does not say of which
	 * (measured in ESR 153: one for each socket that got no answer, so a server that is silent over the other one gives a second).
	 */
	otherFamilyErrors: number;
	observation: number;
}

/** One local socket of the shared connection, and every address it was seen as. */
export interface SocketView {
	/** The local end, null while the browser hides it. */
	base: Endpoint | null;
	mapped: (Endpoint & { observer: Observer | null })[];
}

/**
 * Whether the shared connection waited for every observer. `complete`: the browser said so, and it does only after every
 * server answered or failed. `waited`: it did not, but far longer than each observer needs was waited. `no`: neither.
 */
export type Settled = 'complete' | 'waited' | 'no';

export interface PortSample {
	/** The host ports that may be the local end; one unless the browser hides addresses and has several sockets. */
	hostPorts: number[];
	mappedAddress: string;
	mappedPort: number;
	/** The mapping was made between these, ms after the start of the run: its socket was opened, and its answer came. */
	madeAfterMs: number;
	madeByMs: number;
	/** The socket the sample belongs to, so that one socket asked twice is not counted as two. */
	socket: string;
}

export interface NatEvidence {
	family: Family;
	/** All that answered, loopback and LAN included. */
	observers: Observer[];
	/** Those of the outside observers that the shared connection asked and that raised no error there. */
	asked: Observer[];
	/** Outside observers that answered alone and failed in the shared connection. */
	silenced: Observer[];
	/** Others than those may have answered there: asked together, and not known to answer over this family. */
	othersAsked: boolean;
	/** True when a shared connection was observed. */
	shared: boolean;
	settled: Settled;
	sockets: SocketView[];
	/**
	 * How many local sockets the answers may belong to where the browser hides which one; 1 where every answer's socket is
	 * known. Only more answers than sockets show that one socket was seen differently.
	 */
	mixedOver: number;
	/** Addresses of this device that the browser shows. */
	hosts: string[];
	/** Addresses that others see, outside ones only, in the order in which they were seen. */
	publicAddresses: string[];
	/** All addresses that others see. */
	seenAs: string[];
	ports: PortSample[];
	/** Indexes of the observations that the above rests on. */
	observations: number[];
	mappingObservation: number | null;
}

/** Sends at 0, 0.25, 0.75, 1.75 and 3.75 s (Chromium) have passed: five lost in a row is not what a living server does. */
const WAITED_MS = 4000;
/** … and many times what the slowest observer needed alone. */
const WAITED_FACTOR = 8;

/**
 * The evidence as each shared connection gives it, the first one first; one entry without a shared connection where there
 * was none. Empty when nothing in the observations belongs to this family.
 */
export function natEvidence(observed: ObservationIndex, family: Family): NatEvidence[] {
	const shared = observed.seen('nat-mapping');
	const each = shared.length > 0 ? shared : [null];
	return each.map((one) => evidenceWith(observed, family, one)).filter((e) => e !== null);
}

function evidenceWith(
	observed: ObservationIndex,
	family: Family,
	shared: { index: number; data: NatMapping } | null
): NatEvidence | null {
	const solo = observed.seen('server-gathering');
	const all = [...observed.seen('ice-gathering'), ...solo, ...observed.seen('nat-mapping')];
	const hosts = unique(
		all
			.flatMap(({ data }) => udpHosts(data).map((c) => c.address))
			.filter((a) => isShown(a))
			.map(plain)
			.filter((a) => parseIp(a)!.family === family)
	);
	const observers = solo.flatMap(({ data, index }) => observerOf(data, index, family, hosts));
	const touched = all.filter(({ data }) => data.candidates.some((c) => c.type !== 'relay' && familyOf(c) === family));
	if (observers.length === 0 && touched.length === 0 && !(family === 'ipv4' && nothingShown(all))) return null;

	const seenAs = unique([
		...all.flatMap(({ data }) => serverReflexive(data, family).map((c) => plain(c.address!))),
		...observers.flatMap((o) => (o.mapped ? [o.mapped.address] : []))
	]);
	const counted = shared ? sortObservers(shared.data, observers, family) : { asked: [], silenced: [], othersAsked: false };
	const sockets = shared ? socketsOf(shared.data, counted.asked, family) : { sockets: [], mixedOver: 1 };
	return {
		family,
		observers,
		...counted,
		shared: shared !== null,
		settled: shared ? settledOf(shared.data, listenedMs(observed.list[shared.index]!), counted.asked) : 'no',
		...sockets,
		hosts,
		publicAddresses: seenAs.filter((a) => isOutside(scopeOfText(a))),
		seenAs,
		ports: portSamples(all, family),
		observations: unique([...observers.map((o) => o.observation), ...(shared ? [shared.index] : [])]),
		mappingObservation: shared?.index ?? null
	};
}

/** Everything hidden and nothing answered: a page on a network without UDP sees no family at all; it is judged as IPv4. */
function nothingShown(all: readonly { data: ServerGathering | NatMapping | { candidates: CandidateRecord[] } }[]): boolean {
	return all.length > 0 && !all.some(({ data }) => data.candidates.some((c) => c.type !== 'relay' && familyOf(c) !== 'unknown'));
}

function observerOf(data: ServerGathering, observation: number, family: Family, hosts: readonly string[]): Observer[] {
	const place = iceUrl(data.url);
	if (!place || spokenTransport(place, data) !== 'udp') return [];
	const first = serverReflexive(data, family)[0];
	if (first) {
		const mapped = { address: plain(first.address!), port: first.port };
		const outside = isOutsideText(mapped.address) && !standsInside(place) && !mayBeNeighbours(place.host, mapped.address);
		return [
			{
				url: data.url,
				place,
				mapped,
				outside,
				answeredMs: first.atMs,
				otherFamilyErrors: otherFamilyErrors(data, place, first.atMs),
				observation
			}
		];
	}
	// The relay's address need not be of the family that the server was asked over.
	const asked = place.hostKind === 'name' || place.hostKind === family;
	const relay = asked ? relayed(data).find((c) => reachedOver(c) === family) : undefined;
	if (relay) {
		const outside = isOutsideText(place.hostKind === 'name' ? (baseOf(relay)?.address ?? relay.address) : place.host);
		return [
			{
				url: data.url,
				place,
				mapped: null,
				outside,
				answeredMs: relay.atMs,
				otherFamilyErrors: otherFamilyErrors(data, place, relay.atMs),
				observation
			}
		];
	}
	return silentAgreement(data, place, observation, family, hosts);
}

/**
 * With addresses shown, browsers leave out a server-reflexive candidate equal to the host one: complete without an error
 * means that the server answered with the address this device has itself.
 */
function silentAgreement(
	data: ServerGathering,
	place: IceUrl,
	observation: number,
	family: Family,
	hosts: readonly string[]
): Observer[] {
	if (!doneWithoutError(data) || data.completeMs === null || localNetworkLacking(data) !== null) return [];
	if (/^turns?$/.test(place.scheme) || (place.hostKind !== 'name' && place.hostKind !== family)) return [];
	const own = udpHosts(data).filter((c) => isShown(c.address) && familyOf(c) === family);
	const outsideHost = own.find((c) => isOutsideText(c.address) && hosts.includes(plain(c.address!)));
	if (!outsideHost || (place.hostKind === 'name' && own.length !== udpHosts(data).length)) return [];
	const mapped = { address: plain(outsideHost.address!), port: outsideHost.port };
	const outside = !standsInside(place);
	return [{ url: data.url, place, mapped, outside, answeredMs: data.completeMs, otherFamilyErrors: 0, observation }];
}

/** Asked at an address of this machine or its own network: it sees the public address that the device may have, and no NAT. */
function standsInside(place: IceUrl): boolean {
	return place.hostKind === 'name' ? isInnerName(place.host) : !isOutsideText(place.host);
}

function sortObservers(data: NatMapping, observers: readonly Observer[], family: Family) {
	const wanted = data.observers.map(iceUrl).filter((u) => u !== null);
	const here = firstPerPlace(observers.filter((o) => o.outside && wanted.some((u) => samePlace(u, o.place))));
	const failed = (o: Observer) => {
		const errors = data.errors.filter((error) => {
			const place = iceUrl(error.url);
			return mayBeOf(error, family) && (place === null || samePlace(place, o.place));
		});
		return errors.length > o.otherFamilyErrors;
	};
	const answered = (o: Observer) =>
		serverReflexive(data, family).some((c) => {
			const place = iceUrl(c.url);
			return place !== null && samePlace(place, o.place);
		});
	return {
		asked: here.filter((o) => answered(o) || !failed(o)),
		silenced: here.filter((o) => !answered(o) && failed(o)),
		othersAsked: wanted.some(
			(u) => (u.hostKind === 'name' || u.hostKind === family) && !observers.some((o) => samePlace(u, o.place))
		)
	};
}

function otherFamilyErrors({ errors }: ServerGathering, place: IceUrl, answeredMs: number): number {
	const early = errors.filter((error) => error.errorCode === 701 && error.atMs <= answeredMs);
	return place.hostKind === 'name' ? early.filter((error) => familyOfError(error) === 'unknown').length : 0;
}

function mayBeOf(error: CandidateErrorRecord, family: Family): boolean {
	const about = familyOfError(error);
	return about === 'unknown' || about === family;
}

function firstPerPlace(observers: readonly Observer[]): Observer[] {
	return observers.filter((o, i) => observers.findIndex((other) => samePlace(other.place, o.place)) === i);
}

function socketsOf(data: NatMapping, asked: readonly Observer[], family: Family): { sockets: SocketView[]; mixedOver: number } {
	const groups = new Map<string, SocketView>();
	const candidates = serverReflexive(data, family);
	for (const candidate of candidates) {
		const base = baseOf(candidate);
		// Hidden, the foundation still tells the sockets of Chromium apart: it is made of the local address alone, not of the server's
		// (RFC 8445 §5.1.1.3 asks for both). Behind NAT64 the IPv6 socket is seen as IPv4 too.
		const apart = data.engine === 'chromium' ? (candidate.foundation ?? '') : '';
		const key = base ? `${base.address} ${base.port}` : `network ${networkIdOf(candidate) ?? '?'} ${apart}`;
		const socket = groups.get(key) ?? { base, mapped: [] };
		const place = iceUrl(candidate.url);
		// What a server on this side of the NAT saw is no mapping of it, nor is what one behind a NAT of its own saw.
		// Firefox does not say whose answer it was: then it may have been any of those that were asked.
		const asking = candidate.url === null ? data.observers.map(iceUrl) : [place];
		const near = asking.some((by) => by !== null && (standsInside(by) || mayBeNeighbours(by.host, candidate.address)));
		const inside = near || !isOutsideText(candidate.address);
		if (inside) continue;
		const observer = (place && asked.find((o) => samePlace(o.place, place))) ?? null;
		const address = plain(candidate.address!);
		if (!socket.mapped.some((m) => m.address === address && m.port === candidate.port)) {
			socket.mapped.push({ address, port: candidate.port, observer });
		}
		groups.set(key, socket);
	}
	const bases = possibleBases(data, family).length;
	// Chromium and Firefox use one socket a family while they hide addresses; two hidden ones are IPv4 and IPv6.
	const known = data.engine === 'chromium' || data.engine === 'firefox' ? 2 : 1;
	return {
		sockets: [...groups.values()],
		mixedOver: [...groups.keys()].some((key) => key.startsWith('network ?')) && bases > known ? bases : 1
	};
}

/** Host sockets that may be of this family. Hidden ones show no family; browsers that hide addresses use one for each. */
function possibleBases(data: { candidates: CandidateRecord[] }, family: Family): CandidateRecord[] {
	return data.candidates.filter((c) => {
		if (c.type !== 'host' || c.protocol !== 'udp') return false;
		const own = familyOf(c);
		return own === family || own === 'unknown';
	});
}

function settledOf(data: NatMapping, listened: number, asked: readonly Observer[]): Settled {
	if (data.completeMs !== null) return 'complete';
	const slowest = Math.max(0, ...asked.map((o) => o.answeredMs));
	return data.endedBy === 'deadline' && listened >= WAITED_MS && listened >= WAITED_FACTOR * slowest ? 'waited' : 'no';
}

function portSamples(
	all: readonly { index: number; startedMs: number; data: { candidates: CandidateRecord[]; engine: string } }[],
	family: Family
): PortSample[] {
	return all.flatMap(({ index, startedMs, data }) => {
		const hosts = unique(possibleBases(data, family).map((h) => h.port));
		return data.candidates
			.filter((c) => c.type === 'srflx' && c.protocol === 'udp' && isOutsideText(c.address) && familyOf(c) === family)
			.map((c) => {
				const base = baseOf(c);
				return {
					hostPorts: base ? [base.port] : hosts,
					mappedAddress: plain(c.address!),
					mappedPort: c.port,
					madeAfterMs: startedMs,
					madeByMs: startedMs + c.atMs,
					socket: `${index} ${base ? `${base.address} ${base.port}` : ''}`
				};
			});
	});
}

/** Chromium writes IPv6 addresses of candidates in brackets; here they stand without, in canonical form. */
export function plain(address: string): string {
	const parsed = parseIp(address);
	return parsed ? formatIp(parsed) : address;
}

/** True when both are addresses and the same one. */
export function sameAddress(a: string, b: string): boolean {
	const [first, second] = [parseIp(a), parseIp(b)];
	return first !== null && second !== null && sameIp(first, second);
}

export function isOutsideText(address: string | null): boolean {
	return isOutside(scopeOfText(address));
}

function unique<T>(values: readonly T[]): T[] {
	return [...new Set(values)];
}
