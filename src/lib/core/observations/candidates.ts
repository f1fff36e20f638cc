/** Reading what a browser gathered: which address family a record speaks for, what is hidden, which server it came from. */
import { formatEndpoint, formatIp, isOutside, parseIp, scopeOfText, type Family } from '../base/ip';
import { parseIceUrl, type IceUrl } from '../stun/uri';
import type { CandidateErrorRecord, CandidateFamily, CandidateRecord, Gathered, ServerGathering } from './observation';

export interface Endpoint {
	address: string;
	port: number;
}

export const endpointText = ({ address, port }: Endpoint) => formatEndpoint(address, port);

/** Family of an address given as text; `unknown` for names, mDNS names and nothing. */
export function familyOfText(text: string | null | undefined): CandidateFamily {
	return (text ? parseIp(text)?.family : undefined) ?? 'unknown';
}

/** The family a candidate speaks for: its own address, or where that is hidden its related address. */
export function familyOf(candidate: CandidateRecord): CandidateFamily {
	const own = familyOfText(candidate.address);
	return own !== 'unknown' ? own : familyOfText(candidate.relatedAddress);
}

/** True for an address that is shown, so neither an mDNS name (draft-ietf-mmusic-mdns-ice-candidates) nor nothing. */
export function isShown(address: string | null): address is string {
	return familyOfText(address) !== 'unknown';
}

/**
 * The local end a candidate was made from. Null where the browser hides it: without permission to use camera or microphone
 * `raddr` is `0.0.0.0` and `rport` 0.
 */
export function baseOf(candidate: CandidateRecord): Endpoint | null {
	const { relatedAddress, relatedPort } = candidate;
	if (!isShown(relatedAddress) || !relatedPort || scopeOfText(relatedAddress) === 'unspecified') return null;
	return { address: relatedAddress, port: relatedPort };
}

/** This device as the TURN server saw it: the related address of the relay it gave. Null where the browser does not show it. */
export function seenByTurn(relay: CandidateRecord): Endpoint | null {
	const related = baseOf(relay);
	// Firefox repeats the relay's own address and port here.
	if (related === null || (related.address === relay.address && related.port === relay.port)) return null;
	return { address: formatIp(parseIp(related.address)!), port: related.port };
}

/**
 * Family of the local end that an error is about. Browsers blur the address (`192.168.1.x`, `[0:0:0:x:x:x:x:x]`), the
 * family remains readable.
 */
export function familyOfError(error: CandidateErrorRecord): CandidateFamily {
	const { address } = error;
	if (!address) return 'unknown';
	if (address.includes(':')) return 'ipv6';
	return /^[\d.x]+$/i.test(address) ? 'ipv4' : 'unknown';
}

/** A name that could not be looked up: no packet was sent. It speaks for the family of its own socket alone. */
export function isLookupError({ errorText }: CandidateErrorRecord): boolean {
	return /host lookup/i.test(errorText);
}

/** The family of all lookups that failed; null where both did, where it is not told, and where none failed. */
export function lookupFamily(errors: readonly CandidateErrorRecord[]): Family | null {
	const [family, ...others] = new Set(errors.filter(isLookupError).map(familyOfError));
	return family === undefined || family === 'unknown' || others.length > 0 ? null : family;
}

/**
 * The family that a TURN server was reached over, which need not be that of the relayed address: Chromium gives the mapped address
 * as `raddr` (RFC 8839 §5.1). Firefox repeats the relayed address there, which shows nothing; with the policy `relay` it is
 * unspecified, and the relayed address is all there is.
 */
export function reachedOver({ address, relatedAddress }: CandidateRecord): CandidateFamily {
	if (address !== null && address === relatedAddress) return 'unknown';
	const shown = isShown(relatedAddress) && scopeOfText(relatedAddress) !== 'unspecified';
	return familyOfText(shown ? relatedAddress : address);
}

/**
 * Done, and nothing went wrong: then every server answered that the browser could ask. Chromium and Firefox raise an error for a server
 * that fails or is silent over UDP; how others do is not known.
 */
export function doneWithoutError({ engine, completeMs, errors, noErrorEvents }: Gathered): boolean {
	return (engine === 'chromium' || engine === 'firefox') && completeMs !== null && errors.length === 0 && !noErrorEvents;
}

export function serverReflexive(gathered: Gathered, family: Family): CandidateRecord[] {
	return gathered.candidates.filter(
		(c) => c.type === 'srflx' && c.protocol === 'udp' && familyOf(c) === family && isShown(c.address)
	);
}

export function relayed(gathered: Gathered): CandidateRecord[] {
	return gathered.candidates.filter((c) => c.type === 'relay');
}

export function udpHosts(gathered: Gathered): CandidateRecord[] {
	return gathered.candidates.filter((c) => c.type === 'host' && c.protocol === 'udp');
}

/** The network that Chromium says a candidate belongs to; null where the line does not say. */
export function networkIdOf(candidate: CandidateRecord): string | null {
	return /\bnetwork-id (\d+)/.exec(candidate.candidate)?.[1] ?? null;
}

/**
 * An address that was understood, or null; for places where a strange one is somebody else's business. In a candidate's
 * `url` Chromium leaves out the brackets around an IPv6 address and always names the port: `stun:2001:db8::1:3478`.
 */
export function iceUrl(text: string | null): IceUrl | null {
	const parsed = parseIceUrl((text ?? '').replace(/^(stuns?|turns?):([0-9a-f:.]*:[0-9a-f:.]*):(\d+)(?=\?|$)/i, '$1:[$2]:$3'));
	return parsed.ok ? parsed.value : null;
}

/** Browsers name a TURN server that they asked by STUN `stun:host:port`, so servers are told apart by host and port. */
export function samePlace(a: IceUrl, b: IceUrl): boolean {
	return a.host.replace(/\.$/, '') === b.host.replace(/\.$/, '') && a.port === b.port;
}

/** How a browser really speaks to the address: Chromium takes `stuns:` as plain STUN over UDP. */
export function spokenTransport(url: IceUrl, gathered: Gathered | null): IceUrl['transport'] {
	return url.scheme === 'stuns' && gathered?.engine === 'chromium' ? 'udp' : url.transport;
}

/** RFC 6761 §6.3: `localhost` and names under it are this machine. */
function isLocalName(host: string): boolean {
	return /(^|\.)localhost\.?$/i.test(host);
}

/** Names that only exist on this machine or its own network (RFC 6761, RFC 6762, RFC 8375). */
export function isInnerName(host: string): boolean {
	return isLocalName(host) || !host.includes('.') || /\.(local|lan|internal|home\.arpa)\.?$/.test(host);
}

/** On this machine or its own network, by its address or its kind of name. */
export function isNear({ host, hostKind }: Pick<IceUrl, 'host' | 'hostKind'>): boolean {
	return hostKind === 'name' ? isInnerName(host) : !isOutside(scopeOfText(host));
}

/** The same of a host whose kind is not told; IPv6 without brackets. */
export function isNearHost(host: string): boolean {
	return isNear({ host, hostKind: parseIp(host)?.family ?? 'name' });
}

/**
 * The permission that the page lacked for a server of the local network: Chromium then asks it nothing, and is done without an error as
 * if it had agreed (measured in 156, with the states that a policy sets). Null where it needs none, has it, or that was not written down.
 */
export function localNetworkLacking({ url, engine, localNetwork }: ServerGathering): 'denied' | 'prompt' | null {
	const place = iceUrl(url);
	if (engine !== 'chromium' || place === null || !isNear(place)) return null;
	return localNetwork === 'denied' || localNetwork === 'prompt' ? localNetwork : null;
}
