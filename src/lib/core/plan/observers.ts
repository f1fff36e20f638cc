/**
 * The observers of a NAT mapping: servers that answer a STUN Binding request over UDP, each at another address or
 * port (RFC 5780 §4.3). Two URLs that lead to the same host and port are one observer: they always see the same mapping.
 */
import { isOutside, scopeOfText } from '../base/ip';
import { doneWithoutError, familyOf, iceUrl, isInnerName, isShown, udpHosts } from '../observations/candidates';
import { seen, type Observation, type ServerGathering } from '../observations/observation';
import { formatIceUrl, parseIceUrl } from '../stun/uri';

/** More observers than this add packets but no information: two addresses with two ports each already split every class. */
export const OBSERVERS_AT_MOST = 5;

/**
 * The observers among these URLs, as `stun:` URLs without duplicates, hosts that were not named before first.
 * `stuns:` is left out: browsers disagree on whether it is UDP at all.
 */
export function observersOf(urls: readonly string[]): string[] {
	const byHost = new Map<string, string[]>();
	for (const url of urls) {
		const parsed = parseIceUrl(url);
		if (!parsed.ok || parsed.value.transport !== 'udp') continue;
		const { host, hostKind, port } = parsed.value;
		const asked = formatIceUrl({
			scheme: 'stun',
			host,
			hostKind,
			port,
			transport: 'udp',
			explicitPort: false,
			explicitTransport: null
		});
		const ofHost = byHost.get(host) ?? [];
		if (!ofHost.includes(asked)) ofHost.push(asked);
		byHost.set(host, ofHost);
	}
	const lists = [...byHost.values()];
	const rounds = Math.max(0, ...lists.map((list) => list.length));
	// First one of each host, then the second of each, …: two addresses show more than two ports of one address.
	return Array.from({ length: rounds }, (_, round) => lists.flatMap((list) => list.slice(round, round + 1))).flat();
}

/**
 * The observers that answered in a connection of their own. A server-reflexive candidate shows it, and so does a relay
 * candidate. With host addresses shown, a browser leaves out a server-reflexive candidate equal to the host's own address:
 * then being done without an error is the sign.
 */
export function answeredObservers(observations: readonly Observation[]): string[] {
	const urls = seen(observations, 'server-gathering')
		.filter(({ data }) => data.candidates.some(({ type }) => type === 'srflx' || type === 'relay') || agreesWithHost(data))
		.map(({ data }) => data.url);
	return observersOf(urls);
}

/** Where addresses are shown and one is of the family that the server was asked over: else it was not asked at all. */
function agreesWithHost(data: ServerGathering): boolean {
	const place = iceUrl(data.url);
	const shown = udpHosts(data).filter(({ address }) => isShown(address));
	return doneWithoutError(data) && shown.some((host) => place?.hostKind === 'name' || familyOf(host) === place?.hostKind);
}

/**
 * What the next mapping question should ask: null when fewer than two answered or all of them were asked together before.
 * A server of this machine or its own network sees an address on this side of the NAT, which must not be compared with what
 * others see; it is asked only where there is nobody else.
 */
export function observersToAsk(observations: readonly Observation[]): string[] | null {
	const all = answeredObservers(observations);
	const apart = all.filter((url) => !isInside(url));
	const answered = (apart.length > 0 ? apart : all).slice(0, OBSERVERS_AT_MOST);
	if (answered.length < 2) return null;
	const askedBefore = seen(observations, 'nat-mapping').some(({ data }) => answered.every((url) => data.observers.includes(url)));
	return askedBefore ? null : answered;
}

/**
 * Whom to ask whether UDP works at all; null once a server outside has answered over it. Servers of this machine or its
 * own network are left out: an answer of theirs proves nothing about UDP to the outside.
 */
export function udpServersToTry(urls: readonly string[], observations: readonly Observation[]): string[] | null {
	if (answeredObservers(observations).some((url) => !isInside(url))) return null;
	return udpServersOutside(urls).slice(0, OBSERVERS_AT_MOST);
}

/** The servers of a list that are asked over UDP and not known to be inside the network. */
export function udpServersOutside(urls: readonly string[]): string[] {
	return observersOf(urls).filter((url) => !isInside(url));
}

/** A server outside that saw a public IPv4 address of this device; null when none did. IPv6 hardly ever has a NAT that could hairpin. */
export function hairpinObserver(observations: readonly Observation[]): string | null {
	const told = seen(observations, 'server-gathering').filter(({ data }) =>
		data.candidates.some(
			({ type, address }) =>
				type === 'srflx' && address?.includes('.') && isOutside(scopeOfText(address)) && !address.includes(':')
		)
	);
	return observersOf(told.map(({ data }) => data.url)).find((url) => !isInside(url)) ?? null;
}

/** By its address, or by a name that exists on this machine or its own network only. */
export function isInside(url: string): boolean {
	const parsed = parseIceUrl(url);
	if (!parsed.ok) return false;
	const { host, hostKind } = parsed.value;
	return hostKind === 'name' ? isInnerName(host) : !isOutside(scopeOfText(host));
}
