/** Observations joined once for the verdict's rules: servers, NAT, who answered over what, and what is still to come. */
import { mayBeNeighbours, parseIp, scopeOfText, type Family } from '../base/ip';
import { readWebUrl } from '../base/web-url';
import type { ServerList } from '../ice/server-list-shape';
import { isOutsideText } from '../nat/evidence';
import { interfaceViews, type InterfaceView } from '../nat/interface-views';
import { sourceViews, type SourceView } from '../nat/path-sources';
import { natViews, type NatViews } from '../nat/view';
import {
	familyOf,
	familyOfError,
	familyOfText,
	iceUrl,
	isLookupError,
	isShown,
	samePlace,
	udpHosts
} from '../observations/candidates';
import { listenedMs, type Gathered, type CandidateFamily, type Observation } from '../observations/observation';
import { indexObservations, type ObservationIndex } from '../observations/observation-index';
import type { IceUrl } from '../stun/uri';
import { isInside, udpServersOutside } from '../plan/observers';
import { judgedCalls, type JudgedCall } from './call/judged-calls';
import type { QuestionAnswers, ServerConclusion } from './conclusion';
import type { PairConclusion } from './pair/pair-conclusion';
import { candidateLimit, type CandidateLimit } from './check/candidate-limit';
import { deviceFamilies, shownHosts } from './check/device-shown';
import { serverFacts, type ServerFacts } from './check/server-facts';
import { withoutSocket } from './check/server-witness';
import { judgeServers } from './check/servers';

export interface UdpSilence {
	/** Those that the browser could ask, and over which families: a name that it could not look up is not silent. */
	asked: readonly { url: string; over: readonly CandidateFamily[] }[];
	forMs: number;
	observation: number;
}

/** Who answered over something other than UDP. */
export type Control = { kind: 'server'; url: string; transport: 'tcp' | 'tls' } | { kind: 'app'; url: string };

export interface ReachedOtherwise {
	by: Control;
	family: CandidateFamily;
	observation: number;
	/** How long a round trip there takes at most. */
	roundTripMs: number;
}

export interface View {
	observed: ObservationIndex;
	/** The list of servers as it was before anybody was asked; null in reports that did not write it down. */
	list: { index: number; data: ServerList } | null;
	nat: NatViews;
	servers: readonly ServerConclusion[];
	facts: readonly ServerFacts[];
	/** From which outside addresses relays and the prober received this device's packets. */
	packetSources: Record<Family, readonly SourceView[]>;
	/** Addresses of this device that servers answered on, as far as the browser shows which. */
	interfaces: Record<Family, readonly InterfaceView[]>;
	/** Kinds of candidates that this browser leaves out for every page; null where it gave a host candidate. */
	limit: CandidateLimit | null;
	/** Families that this device certainly lacks. */
	missing: ReadonlySet<Family>;
	/** Servers that answered over UDP from outside this network; an answer that refuses counts. */
	udpOutside: readonly ServerFacts[];
	/** Servers that answered over UDP from this machine or its own network. */
	udpInside: readonly ServerFacts[];
	/** An answer over UDP to a connection that asked several servers: who may have given it. */
	udpHeard: UdpHeard | null;
	/** The first such answer from outside over IPv6. */
	ipv6Heard: UdpHeard | null;
	/** Servers that answered over UDP, from inside this network or from outside. */
	udpSomewhere: readonly ServerFacts[];
	/** Servers not known to stand inside that were silent over UDP until the end. */
	udpSilent: readonly ServerFacts[];
	/** All servers outside asked over UDP at once, in vain so far; null where that was not tried, or one answered. */
	udpSilence: UdpSilence | null;
	/** Proof that something other than UDP reaches the outside. */
	controls: readonly ReachedOtherwise[];
	/** True once the list of servers is known, so that "none" can be told from "not yet". */
	listed: boolean;
	/** Servers of the list that have not been observed yet. */
	pending: readonly string[];
	/** Every server of the list was observed, so "all" and "none" can be said. */
	finished: boolean;
	/** Every server URL listed or tested. */
	urls: readonly string[];
	/** This device's addresses as far as the browser shows them; `all` when it hides none. */
	hosts: { shown: readonly string[]; all: boolean };
	/** Calls of this page with itself, with their numbers. */
	calls: readonly JudgedCall[];
	/** `unknown` for the present question and those after it. */
	says: QuestionAnswers;
	/** Two devices; known once the questions are answered. */
	pair: PairConclusion | null;
}

export interface UdpHeard {
	urls: readonly string[];
	outside: boolean;
	family: CandidateFamily;
	afterMs: number;
	observation: number;
}

const UNANSWERED: QuestionAnswers = {
	'udp-usable': 'unknown',
	'ipv6-usable': 'unknown',
	'turn-works': 'unknown',
	'needs-turn': 'unknown',
	'calls-will-work': 'unknown',
	'call-quality': 'unknown'
};

export function makeView(observations: readonly Observation[]): View {
	const observed = indexObservations(observations);
	const facts = serverFacts(observed);
	const { missing } = deviceFamilies(observed);
	const limit = candidateLimit(observed);
	const interfaces = { ipv4: interfaceViews(observed, 'ipv4'), ipv6: interfaceViews(observed, 'ipv6') };
	const packetSources = { ipv4: sourceViews(observed, 'ipv4'), ipv6: sourceViews(observed, 'ipv6') };
	const gatherings = observed.seen('ice-gathering');
	const listed = observed.of('ice-gathering').length > 0;
	const tested = facts.map((f) => f.url);
	const urls = [...new Set([...gatherings.flatMap(({ data }) => data.urls), ...tested])];
	const pending = urls.filter((url) => !tested.includes(url));
	const udp = facts.filter((f) => f.transport === 'udp');
	const heard = heardTogether(observed, facts);
	const nat = natViews(observed);
	const seenAs = (family: Family) => [
		...packetSources[family].map(({ address }) => address),
		...(nat[family]?.publicAddresses ?? [])
	];
	return {
		observed,
		list: observed.seen('server-list').at(-1) ?? null,
		nat,
		servers: judgeServers(facts, missing, limit, { ipv4: seenAs('ipv4'), ipv6: seenAs('ipv6') }),
		facts,
		packetSources,
		interfaces,
		limit,
		missing,
		udpOutside: udp.filter((f) => answered(f) && f.stands === 'outside'),
		udpInside: udp.filter((f) => answered(f) && f.stands === 'inside'),
		udpHeard: heard[0]?.find(({ outside }) => outside) ?? heard[0]?.[0] ?? null,
		ipv6Heard: heard.flat().find(({ outside, family }) => outside && family === 'ipv6') ?? null,
		udpSomewhere: udp.filter((f) => answered(f) && (f.stands === 'unknown' || f.stands === 'near')),
		udpSilent: udp.filter((f) => isSilent(f) && f.stands !== 'inside' && isOfFamilyHere(f.family, missing)),
		// What may not have been sent cannot be silent.
		udpSilence: limit === null || limit.kind === 'no-host' ? udpSilence(observed, missing, facts) : null,
		controls: [...tcpControls(facts), ...webControls(observed)],
		listed,
		pending,
		finished: listed && pending.length === 0,
		urls,
		hosts: hostsOf(observed),
		calls: judgedCalls(observed),
		says: UNANSWERED,
		pair: null
	};
}

/** Whether the server said anything at all; a refusal such as 401 is an answer. */
export function answered({ witnesses }: ServerFacts): boolean {
	return witnesses.some(({ kind }) => kind === 'heard');
}

/** Whether anything was sent to it, or may have been. */
export function isAsked({ witnesses }: ServerFacts): boolean {
	return witnesses.some(({ kind }) => kind !== 'not-asked');
}

/** Asked until a deadline without a word. A name that cannot be looked up is not silence. */
export function isSilent({ witnesses }: ServerFacts): boolean {
	return witnesses.every(({ kind }) => kind === 'silent');
}

/** Over a family that this device does not have nothing can be heard. */
export function isOfFamilyHere(family: CandidateFamily, missing: ReadonlySet<Family>): boolean {
	return family === 'unknown' || !missing.has(family);
}

/**
 * What was heard over UDP from beyond this machine, for each connection that asked several servers. In Firefox a candidate does not name
 * its server: it is outside for certain where none of them may stand inside.
 */
function heardTogether(observed: ObservationIndex, facts: readonly ServerFacts[]): UdpHeard[][] {
	const standing = (url: string, address: string | null) => {
		const known = facts.find(({ place }) => place !== null && hasPlace(url, place));
		// Of a server that nobody asked alone yet, the URL tells whether it is inside, or near what was seen of this device.
		const near = mayBeNeighbours(address, iceUrl(url)?.host ?? null);
		return known?.stands ?? (isInside(url) ? 'inside' : near ? 'near' : 'unknown');
	};
	return [...observed.seen('udp-first-answer'), ...observed.seen('ice-gathering')].flatMap(({ data, index }) => {
		const beyond = data.candidates.flatMap((candidate): UdpHeard[] => {
			const family = familyOf(candidate);
			const possible = candidate.url === null ? data.urls : [candidate.url];
			const ofFamily = possible.filter((url) => [family, 'name', undefined].includes(iceUrl(url)?.hostKind));
			// Nobody is seen as an IPv6 address from IPv4; as an IPv4 one from IPv6 behind NAT64 alone, whose servers are beyond it.
			const urls = family === 'ipv6' ? ofFamily : possible;
			const stands = (ofFamily.length > 0 ? ofFamily : urls).map((url) => standing(url, candidate.address));
			// A loopback address is what a server on this machine itself sees.
			const inside = scopeOfText(candidate.address) === 'loopback' || stands.every((each) => each === 'inside');
			if (candidate.type !== 'srflx' || inside) return [];
			const seenOutside = isOutsideText(candidate.address) && !stands.includes('inside') && !stands.includes('near');
			const outside = seenOutside || stands.every((each) => each === 'outside');
			return [{ urls, outside, family, afterMs: candidate.atMs, observation: index }];
		});
		return beyond.length > 0 ? [beyond] : [];
	});
}

function hasPlace(url: string, place: IceUrl): boolean {
	const at = iceUrl(url);
	return at !== null && samePlace(at, place);
}

function udpSilence(observed: ObservationIndex, missing: ReadonlySet<Family>, facts: readonly ServerFacts[]): UdpSilence | null {
	const inside = facts.flatMap(({ place, stands }) => (place !== null && stands === 'inside' ? [place] : []));
	for (const { data, index } of observed.seen('udp-first-answer')) {
		const answered = data.candidates.some(({ type }) => type === 'srflx');
		// Done before the deadline, the browser has given up for reasons of its own, or every server agrees with the host.
		if (answered || data.endedBy !== 'deadline' || withoutSocket(data)) continue;
		// An answer with an address of the device's own would not have been told.
		if (udpHosts(data).some(({ address }) => isOutsideText(address))) continue;
		const outside = udpServersOutside(data.urls).filter((url) => !inside.some((place) => hasPlace(url, place)));
		return {
			asked: outside.map((url) => ({ url, over: askedOver(url, data, missing) })).filter(({ over }) => over.length > 0),
			forMs: listenedMs(observed.list[index]!),
			observation: index
		};
	}
	return null;
}

const FAMILIES = ['ipv4', 'ipv6'] as const;

/** Over which families that this device has packets were sent to this server; none where it was not asked. */
function askedOver(url: string, { engine, errors, noErrorEvents }: Gathered, missing: ReadonlySet<Family>): CandidateFamily[] {
	const place = iceUrl(url);
	const here = FAMILIES.filter((family) => isOfFamilyHere(family, missing));
	if (place === null) return here;
	const about = errors.filter((error) => {
		const at = iceUrl(error.url);
		return at !== null && samePlace(at, place);
	});
	if (about.some((error) => !isLookupError(error))) return [];
	if (place.hostKind !== 'name') return here.filter((family) => family === place.hostKind);
	// That a name was not found would not have been told.
	if (noErrorEvents) return [];
	// A name that was not found in one family is still asked over the other.
	const unresolved = new Set(about.map(familyOfError));
	if (unresolved.has('unknown')) return [];
	// Firefox does not tell that a name lacks one family.
	return engine === 'firefox' && here.length > 1 ? ['unknown'] : here.filter((family) => !unresolved.has(family));
}

function tcpControls(facts: readonly ServerFacts[]): ReachedOtherwise[] {
	return facts
		.filter((f) => f.transport !== 'udp' && answered(f) && f.stands === 'outside')
		.map((f) => ({
			by: { kind: 'server', url: f.url, transport: f.transport === 'tls' ? 'tls' : 'tcp' },
			family: f.family,
			observation: f.observations[0]!,
			// A connection is opened and a question answered: two round trips at least, with TLS or a second question more.
			roundTripMs: Math.min(...[...f.relays, ...f.errors].map(({ atMs }) => atMs), f.tookMs) / 2
		}));
}

/** The app itself counts when it saw this page come from an address outside, or stands at one. */
function webControls(observed: ObservationIndex): ReachedOtherwise[] {
	return observed.seen('app-reachability').flatMap(({ data, index }) => {
		// Somebody on the way answered in its place.
		if (data.clientAddress === null) return [];
		const host = readWebUrl(data.url)?.host ?? '';
		const outside = isOutsideText(parseIp(host) ? host : data.clientAddress);
		if (!outside) return [];
		const family = familyOfText(parseIp(host) ? host : data.clientAddress);
		return [{ by: { kind: 'app', url: data.url }, family, observation: index, roundTripMs: data.rttMs }];
	});
}

function hostsOf(observed: ObservationIndex): View['hosts'] {
	const gathered = [...observed.seen('ice-gathering'), ...observed.seen('server-gathering')];
	const all = gathered.some(({ data }) => udpHosts(data).length > 0 && udpHosts(data).every((c) => isShown(c.address)));
	return { shown: shownHosts(observed), all };
}
