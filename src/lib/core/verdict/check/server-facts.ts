/** What each server URL did, joined from its own gathering and its relay runs; not judged yet. */
import { isOutside, scopeOfText, type Family } from '../../base/ip';
import {
	doneWithoutError,
	familyOf,
	familyOfError,
	familyOfText,
	iceUrl,
	isLookupError,
	isNear,
	isShown,
	localNetworkLacking,
	lookupFamily,
	reachedOver,
	relayed,
	serverReflexive,
	spokenTransport,
	udpHosts
} from '../../observations/candidates';
import {
	listenedMs,
	wasListened,
	type CandidateErrorRecord,
	type CandidateFamily,
	type ObservationOf,
	type RelayRun,
	type ServerGathering
} from '../../observations/observation';
import type { ObservationIndex } from '../../observations/observation-index';
import { skipped } from '../../plan/skip-values';
import type { IceUrl } from '../../stun/uri';
import type { OneFamily } from '../../ice/error-values';
import { isLoopbackHost, isLoopbackUrl } from '../../ice/loopback';
import { isTurnText, missingLogin, namedServers, type MissingLogin } from '../../ice/server-list-facts';
import { candidateLimit, mayBeUnsent, type CandidateLimit } from './candidate-limit';
import { deviceFamilies, shownHosts, type DeviceFamilies } from './device-shown';
import { standing, type Standing } from './server-standing';
import { isServersAnswer, serverWitnesses, type AskedServer, type ServerWitness } from './server-witness';

const FAMILIES = ['ipv4', 'ipv6'] as const;

/** One server URL over one family, and with one user name: the same URL with another one has another `id`. */
export interface ServerFacts extends AskedServer {
	/** As its steps name it (ice/server-list-facts). */
	id: string;
	url: string;
	place: IceUrl | null;
	kind: 'stun' | 'turn';
	family: Family | 'unknown';
	/** Where the same URL was asked with another one too; null elsewhere, and where the list was not written down. */
	username: string | null;
	/** On this machine or its own network, or beyond it, as far as its address or what it sees of this device tells. */
	stands: Standing;
	/** What all this proves, each fact with what shows it. */
	witnesses: readonly ServerWitness[];
	observations: number[];
}

type Unplaced = Omit<ServerFacts, 'stands'>;

/** One entry for each URL and family that was really seen, in the order of the list of servers. */
export function serverFacts(observed: ObservationIndex): ServerFacts[] {
	const { seen, missing } = deviceFamilies(observed);
	const limit = candidateLimit(observed);
	const relaysOver = observed.seen('server-gathering').flatMap(({ data }) => {
		const at = iceUrl(data.url);
		return at !== null && relayed(data).length > 0 ? [at.transport] : [];
	});
	const usernames = usernamesOf(observed);
	const logins = loginsMissing(observed);
	const loopback = usesLoopback(observed);
	const unplaced = serversTested(observed).flatMap(({ id, url }) => {
		const own = recordsOf(observed, 'server-gathering', id).at(-1) ?? null;
		const relay = recordsOf(observed, 'relay', id);
		const place = iceUrl(url);
		const gathered = own?.observation.outcome.state === 'seen' ? withoutOwnLoopback(own.observation.outcome.data, place) : null;
		const runs = relay.flatMap(({ observation }) => (observation.outcome.state === 'seen' ? countedRuns(observation) : []));
		const families = familiesOf(url, place, gathered, runs, missing);
		return families.map((family): Unplaced => {
			const only = families.length === 1;
			const lacks = logins.get(id) ?? null;
			const kind = /^\s*turns?:/i.test(url) ? ('turn' as const) : ('stun' as const);
			const transport = place ? spokenTransport(place, gathered) : 'udp';
			const lacking = gathered && localNetworkLacking(gathered);
			const errors = (gathered?.errors ?? []).filter((error) => speaksFor(error, family, only));
			const familyHere = isHere(family, { seen, missing });
			const facts = {
				id,
				url,
				username: usernames.get(id) ?? null,
				place,
				kind,
				transport,
				family,
				outcome: own?.observation.outcome ?? skipped('skip-server-not-asked-alone', {}),
				gathered,
				tookMs: own?.observation.tookMs ?? 0,
				listenedMs: own ? listenedMs(own.observation) : 0,
				listened: own === null || wasListened(own.observation),
				mapped: gathered && family !== 'unknown' ? serverReflexive(gathered, family) : [],
				agreed: lacking === null && gathered !== null && kind === 'stun' && agreedSilently(gathered, place, family),
				localNetworkLacking: lacking,
				familyHere,
				notFoundIn: notFoundIn(errors, missing),
				agreementUntold: gathered !== null && agreementUntold(gathered, url, place, missing, limit),
				usesLoopback: loopback,
				endsUntold: gathered?.noErrorEvents === true && (!isDoneSometime(gathered, seen) || mayHaveTwoAddresses(place, missing)),
				unsentBy: mayBeUnsent(limit, { kind, transport, familyHere }, relaysOver) ? limit : null,
				relays: gathered ? relayed(gathered).filter((c) => only || familyOfText(c.address) === family) : [],
				errors,
				runs: runs.filter((run) => only || run.relayAddress === null || familyOfText(run.relayAddress) === family),
				loginMissing: lacks && lacks.missing,
				observations: [...(own ? [own.index] : []), ...relay.map((r) => r.index), ...(lacks ? [lacks.index] : [])]
			};
			return { ...facts, witnesses: serverWitnesses(facts) };
		});
	});
	const device = { hosts: shownHosts(observed), seenAs: seenAs(observed, limit), leftOut: limit !== null };
	return unplaced.map((facts) => ({ ...facts, stands: standing(facts, unplaced, device) }));
}

/** What servers saw of this device that were asked together, and the app, where else nobody tells. */
function seenAs(observed: ObservationIndex, limit: CandidateLimit | null): string[] {
	const together = [...observed.seen('ice-gathering'), ...observed.seen('udp-first-answer'), ...observed.seen('nat-mapping')];
	const reflexive = together.flatMap(({ data }) => data.candidates.filter(({ type }) => type === 'srflx'));
	const byWeb = limit === null ? [] : observed.seen('app-reachability').map(({ data }) => data.clientAddress);
	return [...reflexive.map(({ address }) => address), ...byWeb].filter((address) => address !== null);
}

/** By the id of a server, of those whose URL stands in the list with several logins. */
function usernamesOf(observed: ObservationIndex): Map<string, string> {
	const [list] = observed.seen('server-list');
	if (!list) return new Map();
	const { servers } = list.data;
	const named = namedServers(servers);
	const repeated = named.filter(({ url }) => named.filter((other) => other.url === url).length > 1);
	return new Map(
		repeated
			.flatMap(({ id, entry }) => [[id, servers[entry]!.username] as const])
			.filter((one): one is [string, string] => one[1] !== undefined)
	);
}

/** Firefox, told to use the loopback, tries it toward servers elsewhere too, which fails at once and says nothing of them. */
function withoutOwnLoopback(gathered: ServerGathering, place: IceUrl | null): ServerGathering {
	if (place === null || isLoopbackHost(place.host)) return gathered;
	return { ...gathered, errors: gathered.errors.filter(({ address }) => scopeOfText(address) !== 'loopback') };
}

/** Known where the command line told the browser so, or a server there was heard. */
function usesLoopback(observed: ObservationIndex): boolean {
	return observed.seen('server-gathering').some(({ data }) => {
		const heard = data.candidates.some(({ type }) => type !== 'host') || data.errors.some(isServersAnswer);
		return data.usesLoopback === true || (heard && isLoopbackUrl(data.url));
	});
}

/** Whether gathering ends by itself once nothing is waited for: not in Chromium on a device with IPv6 alone (measured in 156). */
function isDoneSometime({ engine }: ServerGathering, seen: ReadonlySet<Family>): boolean {
	return engine === 'firefox' || (engine === 'chromium' && seen.has('ipv4'));
}

/** Where one address keeps a browser waiting, what another one answered is told by an error event or not at all. */
function mayHaveTwoAddresses(place: IceUrl | null, missing: ReadonlySet<Family>): boolean {
	return place?.hostKind === 'name' && missing.size === 0;
}

/** While nobody listened, a relay that carried nothing was not tested. */
function countedRuns(observation: ObservationOf<'relay'>): RelayRun[] {
	const runs = observation.outcome.state === 'seen' ? observation.outcome.data.runs : [];
	return wasListened(observation) ? runs : runs.filter(({ state, errors }) => state === 'carried' || errors.length > 0);
}

function isHere(family: CandidateFamily, { seen, missing }: DeviceFamilies): AskedServer['familyHere'] {
	if (family === 'unknown') return 'unknown';
	return seen.has(family) ? 'yes' : missing.has(family) ? 'no' : 'unknown';
}

/** By the servers' ids: what the TURN servers of the list lack without which no browser asks them. */
function loginsMissing(observed: ObservationIndex): Map<string, { missing: MissingLogin; index: number }> {
	const list = observed.seen('server-list').at(-1);
	if (!list) return new Map();
	const { servers } = list.data;
	const lacking = namedServers(servers).flatMap(({ id, url, entry }) => {
		const missing = isTurnText(url) ? missingLogin(servers[entry]!) : null;
		return missing ? [[id, { missing, index: list.index }] as const] : [];
	});
	return new Map(lacking);
}

/** An error of a lookup says nothing of the other family, where the other one was asked. */
function speaksFor(error: CandidateErrorRecord, family: CandidateFamily, only: boolean): boolean {
	const about = familyOfError(error);
	if (about === 'unknown' || about === family || family === 'unknown') return true;
	return only && !isLookupError(error);
}

/** Where lookups failed in one family alone: which, and whether this device lacks the other one. */
export function notFoundIn(errors: readonly CandidateErrorRecord[], missing: ReadonlySet<Family>): OneFamily | null {
	const family = lookupFamily(errors);
	return family && { family, otherMissing: missing.has(family === 'ipv6' ? 'ipv4' : 'ipv6') };
}

type ServerObservation = ObservationOf<'server-gathering'> | ObservationOf<'relay'>;

/** The server an observation is about. The same URL with other credentials is another server: the plan numbers its steps. */
function serverOf(o: ServerObservation): { id: string; url: string } | null {
	const url = o.outcome.state === 'seen' ? o.outcome.data.url : o.target;
	if (url === null) return null;
	return { id: o.step.startsWith(`${o.probe} `) ? o.step.slice(o.probe.length + 1) : url, url };
}

function serversTested(observed: ObservationIndex): { id: string; url: string }[] {
	const found = new Map<string, { id: string; url: string; startedMs: number }>();
	const all = [...observed.of('server-gathering'), ...observed.of('relay')].toSorted((a, b) => a.index - b.index);
	for (const { observation } of all) {
		const server = serverOf(observation);
		if (server && !found.has(server.id)) found.set(server.id, { ...server, startedMs: observation.startedMs });
	}
	// Servers are asked in the order of the list, and answer in any: by their start the table keeps the list's order.
	return [...found.values()].toSorted((a, b) => a.startedMs - b.startedMs);
}

function recordsOf<P extends ServerObservation['probe']>(observed: ObservationIndex, probe: P, id: string) {
	return observed.of(probe).filter(({ observation }) => serverOf(observation as ServerObservation)?.id === id);
}

function familiesOf(
	url: string,
	place: IceUrl | null,
	gathered: ServerGathering | null,
	runs: readonly RelayRun[],
	missing: ReadonlySet<Family>
): (Family | 'unknown')[] {
	if (place && place.hostKind !== 'name') return [place.hostKind];
	if (!gathered) return ['unknown'];
	const known = answeredOver(url, place, gathered, runs);
	// Firefox raises the same error, one for each local address, for a name that was not found and for what did not let it in.
	const untold = gathered.engine === 'firefox' && gathered.errors.every((error) => !isServersAnswer(error));
	const failed = untold ? [] : gathered.errors.filter((error) => !isLookupError(error)).map(familyOfError);
	// Chromium reports failures also for a family that this device does not have: they make no row of their own.
	const families = [...new Set([...known, ...failed.filter((family) => family !== 'unknown' && !missing.has(family))])];
	if (families.length > 0) return families;
	// A name that was not found in one family was asked over the other; one found in neither was asked over none.
	const unresolved = new Set(gathered.errors.filter(isLookupError).map(familyOfError));
	const possible = FAMILIES.filter((family) => !missing.has(family));
	const left = possible.filter((family) => !unresolved.has(family));
	if (unresolved.size > 0 && left.length === 1) return [...left];
	const once = new Set(failed.filter((family) => family !== 'unknown'));
	if (once.size === 1) return [...once];
	return unresolved.size === 0 && possible.length === 1 ? [...possible] : ['unknown'];
}

function answeredOver(url: string, place: IceUrl | null, gathered: ServerGathering, runs: readonly RelayRun[]): Family[] {
	if (!/^\s*turns?:/i.test(url))
		return FAMILIES.filter((f) => serverReflexive(gathered, f).length > 0 || agreedSilently(gathered, place, f));
	const relays = relayed(gathered);
	const over = new Set(relays.map(reachedOver));
	// What carried data is known by the relay's address alone: of a server reached over both families that is all that tells rows apart.
	const addresses = [...relays.map(({ address }) => address), ...runs.map(({ relayAddress }) => relayAddress)];
	const families = over.size === 1 ? [...over] : gathered.engine === 'firefox' ? [] : addresses.map(familyOfText);
	const known = families.filter((family) => family !== 'unknown');
	// Refused, the TURN server still told by STUN what it sees.
	return relays.length === 0 && known.length === 0 && place?.transport === 'udp'
		? FAMILIES.filter((f) => serverReflexive(gathered, f).length > 0)
		: known;
}

/**
 * With addresses shown, browsers leave out a server-reflexive candidate that equals the host one: they are done without an
 * error and without a candidate. They are so too where they keep a server's error to themselves, so this counts only where the
 * own address can be what the server saw: one that reaches outside, or a server on the own network.
 */
function agreedSilently(gathered: ServerGathering, place: IceUrl | null, family: Family | 'unknown'): boolean {
	const others = gathered.errors.filter((error) => !isLookupError(error) || familyOfError(error) === family);
	if (!doneWithoutError({ ...gathered, errors: others })) return false;
	const hosts = udpHosts(gathered);
	if (hosts.length === 0 || hosts.some((c) => familyOf(c) === 'unknown')) return false;
	// Firefox does not tell which family of a name was asked: what one of several addresses agreed with is not known.
	const families = new Set(hosts.map(familyOf));
	if (gathered.engine !== 'chromium' && place?.hostKind === 'name' && families.size > 1) return false;
	if (place?.hostKind === 'name' && gathered.errors.some((error) => familyOfError(error) === family)) return false;
	const near = place !== null && (place.hostKind === 'name' || place.hostKind === family) && isNear(place);
	return hosts.some((c) => familyOf(c) === family && (near || isOutside(scopeOfText(c.address))));
}

/**
 * An answer with the address that the device has itself looks like none until gathering is complete: of a name while another of its
 * addresses is silent, of a TURN server that answers STUN alone, and always where Chromium is never done, on a device with IPv6 alone
 * (measured in 156). Where host candidates are left out, that address is not shown.
 */
function agreementUntold(
	gathered: ServerGathering,
	url: string,
	place: IceUrl | null,
	missing: ReadonlySet<Family>,
	limit: CandidateLimit | null
): boolean {
	if (gathered.completeMs !== null || place?.transport !== 'udp') return false;
	const never = gathered.engine === 'chromium' && missing.has('ipv4');
	const open = place.hostKind === 'name' || /^\s*turn:/i.test(url) || never;
	const ofPlace = udpHosts(gathered).filter((host) => place.hostKind === 'name' || familyOf(host) === place.hostKind);
	const near = isNear(place);
	// What others saw of a device that leaves out its host candidates is not its own address.
	if (limit !== null) return open && (near || limit.kind !== 'no-host');
	return open && ofPlace.some(({ address }) => isShown(address) && (near || isOutside(scopeOfText(address))));
}
