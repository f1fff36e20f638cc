/** What tests of a server's relays show, and whether they were fair to it: a relay is blamed only for what it was told to let in. */
import { scopeOfText, type Family } from '../../base/ip';
import { familyOfText, iceUrl, seenByTurn } from '../../observations/candidates';
import type { RelayRun } from '../../observations/observation';
import { isOutsideText, plain, sameAddress } from '../../nat/evidence';
import type { ServerFacts } from './server-facts';

/** What a rule sees of all servers together. */
export interface ServerContext {
	/** Some server outside answered over UDP, so this page can send and receive UDP. */
	udpSeen: boolean;
	/** This page has, or may have, no host candidate to send to a relay from. */
	withoutHosts: boolean;
	/** Families that this device certainly lacks. */
	missing: ReadonlySet<Family>;
	/** Under how many outside addresses others saw this device, by family: a relay lets in only what it was told to expect. */
	seenAs: Record<Family, number>;
}

export function allocated(f: ServerFacts): boolean {
	return f.relays.length > 0 || f.runs.some((r) => r.state !== 'not-allocated');
}

export function isCarried(run: RelayRun): boolean {
	return run.state === 'carried';
}

/**
 * Whether the far end was outside the server: this page, or a relay on another host. Two transports of one server allocate on
 * the same machine, so a path between them may exist although nobody outside can use it.
 */
export function reachesOutside(f: ServerFacts, run: RelayRun): boolean {
	if (run.toward === 'direct') return true;
	const peer = run.peerUrl === null ? null : iceUrl(run.peerUrl);
	return run.toward === 'cross' && peer !== null && f.place !== null && peer.host !== f.place.host;
}

/** The run that says most: to the page itself, then to another relay, then to a relay of the same server. */
export function bestRun(f: ServerFacts): RelayRun | null {
	const order = ['direct', 'cross', 'self'] as const;
	for (const toward of order) {
		const run = f.runs.find((r) => r.toward === toward && isCarried(r));
		if (run) return run;
	}
	return null;
}

export function answeredMs(f: ServerFacts): number | null {
	const times = [...(f.kind === 'turn' ? f.relays : f.mapped)].map((c) => c.atMs);
	if (times.length > 0) return Math.min(...times);
	return f.agreed && f.kind === 'stun' ? f.gathered!.completeMs : null;
}

export function relayAddresses(f: ServerFacts): string[] {
	const all = [...f.relays.map((c) => c.address), ...f.runs.map((r) => r.relayAddress)];
	return [...new Set(all.filter((a) => a !== null).map(plain))];
}

/** A relay address that nobody can send to, although the server itself stands outside. */
export function relayAddressWrong(f: ServerFacts): boolean {
	return relayAddresses(f).some((address) => {
		const scope = scopeOfText(address);
		if (scope === null || isOutsideText(address)) return false;
		if (scope === 'unspecified') return true;
		return f.stands === 'outside' || (f.stands === 'unknown' && (scope === 'loopback' || scope === 'link-local'));
	});
}

/**
 * Whether a relay that lets nothing in from this page is to blame for it. Only where the page could send UDP from a socket of its own,
 * and the relay was told the one outside address that everybody saw this device under (RFC 8656 §9).
 */
function triedFairly(f: ServerFacts, run: RelayRun, context: ServerContext): boolean {
	const { toward, state, relayAddress, farAddresses, farCandidates } = run;
	if (toward !== 'direct' || state === 'not-allocated') return false;
	// It was let in, and then no data came.
	if (state === 'connected-without-data') return true;
	const family = familyOfText(relayAddress);
	if (!context.udpSeen || family === 'unknown' || notReachedFromHere(f, context)) return false;
	// Whether this page has a way to an address that is not public is not known.
	if (!isOutsideText(relayAddress) && f.stands !== 'inside') return false;
	if (context.seenAs[family] > 1) return false;
	// Firefox without host candidates sends from its sockets at times and at times not.
	if (context.withoutHosts || farCandidates === 0) return false;
	if (!farAddresses) return true;
	const outside = isOutsideText(relayAddress);
	return farAddresses.some((address) => familyOfText(address) === family && (!outside || isOutsideText(address)));
}

export function isTriedFairly(f: ServerFacts, context: ServerContext): boolean {
	return f.runs.some((run) => triedFairly(f, run, context));
}

/** It carried nothing to this page, whose packets came from where it was told, or nothing to itself either. */
export function lettingNothingThrough(f: ServerFacts, context: ServerContext): boolean {
	const notToItself = f.runs.some(({ toward, state }) => toward === 'self' && state !== 'not-allocated' && state !== 'carried');
	return f.runs.some((run) => isToBlame(f, run, context)) || (notToItself && isTriedFairly(f, context));
}

/**
 * Whether the relay was told an address that the TURN server itself saw. What STUN servers say may be rewritten on the way, and Firefox
 * shows nothing else; a rewritten response to an allocation is dropped (RFC 8489 §14.5).
 */
export function isToBlame(f: ServerFacts, run: RelayRun, context: ServerContext): boolean {
	if (!triedFairly(f, run, context)) return false;
	if (run.state === 'connected-without-data') return true;
	const bases = f.relays.flatMap((relay) => seenByTurn(relay)?.address ?? []);
	return bases.some((base) => run.farAddresses?.some((address) => sameAddress(address, base)) ?? true);
}

export function hasPublicRelay(f: ServerFacts): boolean {
	return relayAddresses(f).every(isOutsideText);
}

/**
 * A relay of a family that this device lacks, or that no server saw it under: nothing can be sent to it from here, or nobody could tell
 * it from where the packets would come.
 */
function notReachedFromHere(f: ServerFacts, { missing, seenAs }: ServerContext): boolean {
	const families = relayAddresses(f).map(familyOfText);
	return families.length > 0 && families.every((family) => family !== 'unknown' && (missing.has(family) || seenAs[family] === 0));
}

/** RFC 8656 §7.2: 486 where a user has as many allocations as allowed, 508 where the server has no relay port left. */
export function secondRefused({ relays, runs }: ServerFacts): number | null {
	if (relays.length === 0 || runs.some(isCarried)) return null;
	const refused = runs.filter(({ state, toward }) => state === 'not-allocated' || toward === 'self');
	const codes = refused.flatMap(({ errors }) => errors.map(({ errorCode }) => errorCode));
	return codes.find((code) => code === 486 || code === 508) ?? null;
}

export function carried({ relayAddress, relayPort, bytesOut, rttMs }: RelayRun) {
	return { relayAddress, relayPort: relayPort ?? 0, bytes: bytesOut, rttMs };
}
