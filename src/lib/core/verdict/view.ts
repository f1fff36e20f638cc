/** Observations joined once for the verdict's rules: servers, NAT, who answered over what, and what is still to come. */
import { parseIp, type Family } from '../base/ip';
import { isOutsideText, sameAddress } from '../nat/evidence';
import { natViews, type NatViews } from '../nat/view';
import { familyOfError, iceUrl, isLookupError, isShown, samePlace, udpHosts } from '../observations/candidates';
import { listenedMs, type CandidateErrorRecord, type CandidateFamily, type Observation } from '../observations/observation';
import { indexObservations, type ObservationIndex } from '../observations/observation-index';
import type { Limits } from '../plan/config';
import { judgedCalls, type JudgedCall } from './call/judged-calls';
import type { QuestionAnswers, ServerConclusion } from './conclusion';
import type { PairConclusion } from './pair/pair-conclusion';
import { familiesSeen, serverFacts, type ServerFacts } from './check/server-facts';
import { isLocalName, judgeServers } from './check/servers';

export interface UdpSilence {
	/** Those that the browser could ask: a name that it could not look up is not silent. */
	urls: readonly string[];
	forMs: number;
	observation: number;
}

/** Who answered over something other than UDP. */
export type Control = { kind: 'server'; url: string; transport: 'tcp' | 'tls' } | { kind: 'app'; url: string };

export interface View {
	limits: Limits;
	observed: ObservationIndex;
	nat: NatViews;
	servers: readonly ServerConclusion[];
	facts: readonly ServerFacts[];
	families: ReadonlySet<Family>;
	/** Servers that answered over UDP from outside this network; an answer that refuses counts. */
	udpOutside: readonly ServerFacts[];
	/** Servers that answered over UDP from this machine or its own network. */
	udpInside: readonly ServerFacts[];
	/** Servers not known to stand inside that were silent over UDP until the end. */
	udpSilent: readonly ServerFacts[];
	/** All servers outside asked over UDP at once, in vain so far; null where that was not tried, or one answered. */
	udpSilence: UdpSilence | null;
	/** Proof that something other than UDP reaches the outside, and how long a round trip there takes at most. */
	controls: readonly { by: Control; observation: number; roundTripMs: number }[];
	/** True once the list of servers is known, so that "none" can be told from "not yet". */
	listed: boolean;
	/** Servers of the list that have not been observed yet. */
	pending: readonly string[];
	/** Every server URL listed or tested. */
	urls: readonly string[];
	/** This device's addresses as far as the browser shows them; `all` when it hides none. */
	hosts: { shown: readonly string[]; all: boolean };
	/** Calls of this page with itself, with their numbers. */
	calls: readonly JudgedCall[];
	/** Answers to the questions that stand before the present one. */
	says: Partial<QuestionAnswers>;
	/** Two devices; known once the questions are answered. */
	pair: PairConclusion | null;
}

export function makeView(limits: Limits, observations: readonly Observation[]): View {
	const observed = indexObservations(observations);
	const facts = serverFacts(observed);
	const families = familiesSeen(observed);
	const gatherings = observed.seen('ice-gathering');
	const listed = observed.of('ice-gathering').length > 0;
	const tested = facts.map((f) => f.url);
	const urls = [...new Set([...gatherings.flatMap(({ data }) => data.urls), ...tested])];
	const hosts = hostsOf(observed);
	const own = [...hosts.shown, ...facts.flatMap((f) => f.mapped.map((m) => m.address!))];
	const udp = facts.filter((f) => f.transport === 'udp');
	const stands = (f: ServerFacts) => whereIs(f, own);
	return {
		limits,
		observed,
		nat: natViews(observed),
		servers: judgeServers(facts, families),
		facts,
		families,
		udpOutside: udp.filter((f) => answered(f) && stands(f) === 'outside'),
		udpInside: udp.filter((f) => answered(f) && stands(f) !== 'outside'),
		udpSilent: udp.filter((f) => isSilent(f) && stands(f) !== 'inside'),
		udpSilence: udpSilence(observed, families),
		controls: [...tcpControls(facts, stands), ...webControls(observed)],
		listed,
		pending: urls.filter((url) => !tested.includes(url)),
		urls,
		hosts,
		calls: judgedCalls(observed),
		says: {},
		pair: null
	};
}

/** Whether the server said anything at all; a refusal such as 401 is an answer. */
export function answered({ witnesses }: ServerFacts): boolean {
	return witnesses.some(({ kind }) => kind === 'heard');
}

/** Asked until a deadline without a word. A name that cannot be looked up is not silence. */
export function isSilent({ witnesses }: ServerFacts): boolean {
	return witnesses.every(({ kind }) => kind === 'silent');
}

/** Over a family that this device does not have nothing can be heard; without any that was seen, every one may be there. */
export function isOfFamilyHere(family: CandidateFamily, families: ReadonlySet<Family>): boolean {
	return family === 'unknown' || families.size === 0 || families.has(family);
}

function whereIs(f: ServerFacts, own: readonly string[]): 'outside' | 'inside' | 'unknown' {
	if (!f.place) return 'unknown';
	if (f.place.hostKind !== 'name') {
		// This machine's own server, asked at the address that it has outside, proves nothing about the way there.
		const host = f.place.host;
		return isOutsideText(host) && !own.some((address) => sameAddress(address, host)) ? 'outside' : 'inside';
	}
	if (isInnerName(f.place.host)) return 'inside';
	const seenAs = [...f.mapped.map((m) => m.address), ...f.relays.map((r) => r.address), ...f.runs.map((r) => r.relayAddress)];
	if (seenAs.some(isOutsideText)) return 'outside';
	return seenAs.some((a) => a !== null) ? 'inside' : 'unknown';
}

/** Names that only exist on this machine or its own network (RFC 6761, RFC 6762, RFC 8375). */
function isInnerName(host: string): boolean {
	return isLocalName(host) || !host.includes('.') || /\.(local|lan|internal|home\.arpa)\.?$/.test(host);
}

function udpSilence(observed: ObservationIndex, families: ReadonlySet<Family>): UdpSilence | null {
	for (const { data, index } of observed.seen('udp-first-answer')) {
		const answered = data.candidates.some(({ type, address }) => type === 'srflx' && isOutsideText(address));
		// Done before the deadline, the browser has given up for reasons of its own, or every server agrees with the host.
		if (answered || data.endedBy !== 'deadline') continue;
		return {
			urls: data.urls.filter((url) => wasAsked(url, data.errors, families)),
			forMs: listenedMs(observed.list[index]!),
			observation: index
		};
	}
	return null;
}

/** Whether packets were sent to this server, over a family that this device has. */
function wasAsked(url: string, errors: readonly CandidateErrorRecord[], families: ReadonlySet<Family>): boolean {
	const place = iceUrl(url);
	if (place === null) return true;
	const about = errors.filter((error) => {
		const at = iceUrl(error.url);
		return at !== null && samePlace(at, place);
	});
	if (about.some((error) => !isLookupError(error))) return false;
	if (place.hostKind !== 'name') return isOfFamilyHere(place.hostKind, families);
	// A name that was not found in one family is still asked over the other.
	const unresolved = new Set(about.map(familyOfError));
	if (unresolved.has('unknown')) return false;
	return (['ipv4', 'ipv6'] as const).some((family) => !unresolved.has(family) && isOfFamilyHere(family, families));
}

function tcpControls(facts: readonly ServerFacts[], stands: (f: ServerFacts) => string): View['controls'] {
	return facts
		.filter((f) => f.transport !== 'udp' && answered(f) && stands(f) === 'outside')
		.map((f) => ({
			by: { kind: 'server', url: f.url, transport: f.transport === 'tls' ? 'tls' : 'tcp' },
			observation: f.observations[0]!,
			// A connection is opened and a question answered: two round trips at least, with TLS or a second question more.
			roundTripMs: Math.min(...[...f.relays, ...f.errors].map(({ atMs }) => atMs), f.tookMs) / 2
		}));
}

/** The app itself counts when it saw this page come from an address outside, or stands at one. */
function webControls(observed: ObservationIndex): View['controls'] {
	return observed.seen('app-reachability').flatMap(({ data, index }) => {
		const host = /^https?:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:?#]+)/i.exec(data.url)?.[1] ?? '';
		const outside = parseIp(host) ? isOutsideText(host.replace(/^\[|\]$/g, '')) : isOutsideText(data.clientAddress);
		if (!outside) return [];
		return [{ by: { kind: 'app', url: data.url }, observation: index, roundTripMs: data.rttMs }];
	});
}

function hostsOf(observed: ObservationIndex): View['hosts'] {
	const gathered = [...observed.seen('ice-gathering'), ...observed.seen('server-gathering')];
	const shown = gathered.flatMap(({ data }) => udpHosts(data).map((c) => c.address)).filter(isShown);
	const all = gathered.some(({ data }) => udpHosts(data).length > 0 && udpHosts(data).every((c) => isShown(c.address)));
	return { shown: [...new Set(shown)], all };
}
