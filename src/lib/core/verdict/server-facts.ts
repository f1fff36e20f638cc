/** What each server URL did, joined from its own gathering and its relay runs; not judged yet. */
import { isOutside, scopeOfText, type Family } from '../base/ip';
import {
	familyOf,
	familyOfError,
	familyOfText,
	iceUrl,
	relayed,
	serverReflexive,
	spokenTransport,
	udpHosts
} from '../observations/candidates';
import {
	listenedMs,
	seen,
	type CandidateErrorRecord,
	type CandidateRecord,
	type Observation,
	type ObservationOf,
	type RelayRun,
	type ServerGathering,
	type ServerTransport
} from '../observations/observation';
import type { IceUrl } from '../stun/uri';

/** One server URL over one family. */
export interface ServerFacts {
	url: string;
	place: IceUrl | null;
	kind: 'stun' | 'turn';
	transport: ServerTransport;
	family: Family | 'unknown';
	/** How the own connection of this server ended. */
	outcome: ObservationOf<'server-gathering'>['outcome'] | { state: 'skipped'; why: string };
	gathered: ServerGathering | null;
	tookMs: number;
	/** Of that time, in which this page could hear an answer. */
	listenedMs: number;
	/** The addresses that this server saw, of this family. */
	mapped: CandidateRecord[];
	/** Answered without a candidate: with addresses shown, Chromium leaves out the one that equals the host. */
	agreed: boolean;
	relays: CandidateRecord[];
	errors: CandidateErrorRecord[];
	runs: RelayRun[];
	observations: number[];
}

/** One entry for each URL and family that was really seen, in the order of the list of servers. */
export function serverFacts(observations: readonly Observation[]): ServerFacts[] {
	const familiesHere = familiesSeen(observations);
	return serversTested(observations).flatMap(({ id, url }) => {
		const own = indexesOf(observations, 'server-gathering', id).at(-1) ?? null;
		const relay = indexesOf(observations, 'relay', id);
		const place = iceUrl(url);
		const gathered = own?.observation.outcome.state === 'seen' ? own.observation.outcome.data : null;
		const runs = relay.flatMap(({ observation }) => (observation.outcome.state === 'seen' ? observation.outcome.data.runs : []));
		const families = familiesOf(url, place, gathered, runs, familiesHere);
		return families.map((family): ServerFacts => {
			const only = families.length === 1;
			const mine = (address: string | null) => only || familyOfText(address) === family;
			return {
				url,
				place,
				kind: /^\s*turns?:/i.test(url) ? 'turn' : 'stun',
				transport: place ? spokenTransport(place, gathered) : 'udp',
				family,
				outcome: own?.observation.outcome ?? { state: 'skipped', why: 'It was not asked in a connection of its own.' },
				gathered,
				tookMs: own?.observation.tookMs ?? 0,
				listenedMs: own ? listenedMs(own.observation) : 0,
				mapped: gathered && family !== 'unknown' ? serverReflexive(gathered, family) : [],
				agreed: gathered !== null && agreedSilently(gathered, place, family),
				relays: gathered ? relayed(gathered).filter((c) => mine(c.address)) : [],
				errors: (gathered?.errors ?? []).filter((e) => only || ['unknown', family].includes(familyOfError(e))),
				runs: runs.filter((run) => run.relayAddress === null || mine(run.relayAddress)),
				observations: [...(own ? [own.index] : []), ...relay.map((r) => r.index)]
			};
		});
	});
}

/** A silence that was listened to for less than half its time is none: an answer may have come and not been told. */
export function stoodStill({ tookMs, listenedMs: listened }: ServerFacts): boolean {
	return listened < tookMs / 2;
}

/** Families of which this device showed a candidate of its own. */
export function familiesSeen(observations: readonly Observation[]): Set<Family> {
	const all = [
		...seen(observations, 'ice-gathering'),
		...seen(observations, 'server-gathering'),
		...seen(observations, 'nat-mapping')
	];
	const families = all.flatMap(({ data }) => data.candidates.filter((c) => c.type !== 'relay').map(familyOf));
	return new Set(families.filter((f) => f !== 'unknown'));
}

type ServerObservation = ObservationOf<'server-gathering'> | ObservationOf<'relay'>;

/** The server an observation is about. The same URL with other credentials is another server: the plan numbers its steps. */
function serverOf(o: ServerObservation): { id: string; url: string } | null {
	const url = o.outcome.state === 'seen' ? o.outcome.data.url : o.target;
	if (url === null) return null;
	return { id: o.step.startsWith(`${o.probe} `) ? o.step.slice(o.probe.length + 1) : url, url };
}

function serversTested(observations: readonly Observation[]): { id: string; url: string }[] {
	const found = new Map<string, { id: string; url: string; startedMs: number }>();
	for (const o of observations) {
		if (o.probe !== 'server-gathering' && o.probe !== 'relay') continue;
		const server = serverOf(o);
		if (server && !found.has(server.id)) found.set(server.id, { ...server, startedMs: o.startedMs });
	}
	// Servers are asked in the order of the list, and answer in any: by their start the table keeps the list's order.
	return [...found.values()].toSorted((a, b) => a.startedMs - b.startedMs);
}

function indexesOf<P extends 'server-gathering' | 'relay'>(observations: readonly Observation[], probe: P, id: string) {
	return observations.flatMap((o, index) =>
		o.probe === probe && serverOf(o as ServerObservation)?.id === id ? [{ index, observation: o as ObservationOf<P> }] : []
	);
}

function familiesOf(
	url: string,
	place: IceUrl | null,
	gathered: ServerGathering | null,
	runs: readonly RelayRun[],
	here: ReadonlySet<Family>
): (Family | 'unknown')[] {
	if (place && place.hostKind !== 'name') return [place.hostKind];
	if (!gathered) return ['unknown'];
	const turn = /^\s*turns?:/i.test(url);
	const answered = turn
		? [...relayed(gathered).map((c) => c.address), ...runs.map((r) => r.relayAddress)].map(familyOfText)
		: (['ipv4', 'ipv6'] as const).filter((f) => serverReflexive(gathered, f).length > 0 || agreedSilently(gathered, place, f));
	const known = answered.filter((f) => f !== 'unknown');
	const failed = gathered.errors.map(familyOfError).filter((f) => f !== 'unknown');
	// Chromium reports failures also for a family that this device does not have, and a name without an address in one
	// family is no fault while the other works: neither makes a row.
	const timedOut = gathered.errors.filter((e) => !/host lookup/i.test(e.errorText)).map(familyOfError);
	const failedHere = (known.length > 0 ? timedOut : failed).filter((f) => f !== 'unknown' && here.has(f));
	const families = [...new Set([...known, ...failedHere])];
	if (families.length > 0) return families;
	return new Set(failed).size === 1 ? [failed[0]!] : ['unknown'];
}

/**
 * With addresses shown, Chromium leaves out a server-reflexive candidate that equals the host one: it is done without an
 * error and without a candidate. It is so too where it keeps a server's error to itself, so this counts only where the
 * own address can be what the server saw: one that reaches outside, or a server on the own network.
 */
function agreedSilently(gathered: ServerGathering, place: IceUrl | null, family: Family | 'unknown'): boolean {
	if (gathered.engine !== 'chromium' || gathered.completeMs === null || gathered.errors.length > 0) return false;
	const hosts = udpHosts(gathered);
	if (hosts.length === 0 || hosts.some((c) => familyOf(c) === 'unknown')) return false;
	const near = place !== null && place.hostKind === family && !isOutside(scopeOfText(place.host));
	return hosts.some((c) => familyOf(c) === family && (near || isOutside(scopeOfText(c.address))));
}
