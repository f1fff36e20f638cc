/**
 * Mapping behaviour (RFC 4787 §4.1) from what a page can see: a table, first match wins. One local socket is seen by several
 * observers; whether they all name the same address is the whole evidence.
 */
import type { Mapping } from './conclusion';
import { isOutsideText, sameAddress, type NatEvidence, type Observer, type SocketView } from './evidence';
import type { MappingValues, ServerPlace } from './mapping-values';
import type { NatRule } from './nat-rule';

export type MappingRule = NatRule<MappingValues, [evidence: NatEvidence], Mapping>;

export const MAPPING_RULES: readonly MappingRule[] = [
	{
		id: 'mapping-no-observer',
		when: (e) => e.observers.length === 0,
		then: 'unknown',
		values: () => ({}),
		missing: 'add-stun-server-over-udp'
	},
	{
		id: 'mapping-only-local-observers',
		when: (e) => !e.observers.some((o) => o.outside),
		then: 'unknown',
		values: (e) => ({ urls: urls(e.observers), seenAddresses: e.seenAs }),
		missing: 'add-server-beyond-the-nat'
	},
	{
		id: 'mapping-is-host',
		when: (e) => e.publicAddresses.length > 0 && e.publicAddresses.every((a) => e.hosts.some((h) => sameAddress(a, h))),
		then: 'none',
		values: (e) => ({ addresses: e.publicAddresses })
	},
	{
		id: 'mapping-differs-per-port',
		when: (e) => e.sockets.some((s) => e.mixedOver === 1 && differsPerPort(s, e)),
		then: 'address-and-port-dependent',
		values: seenDifferently
	},
	{
		id: 'mapping-differs-per-address',
		when: (e) => e.settled === 'complete' && e.sockets.some((s) => e.mixedOver === 1 && differsPerAddress(s, e)),
		then: 'address-dependent',
		values: seenDifferently
	},
	{
		id: 'mapping-differs',
		when: (e) => e.sockets.some((s) => s.mapped.length > e.mixedOver),
		then: 'endpoint-dependent',
		values: seenDifferently
	},
	{
		id: 'mapping-one-observer',
		when: (e) => firstPerPlaceCount(e) < 2,
		then: 'unknown',
		values: (e) => ({ observer: placeOf(e.observers.find((o) => o.outside)!), seenAddresses: e.publicAddresses }),
		missing: 'add-server-at-another-address'
	},
	{
		id: 'mapping-not-asked-together',
		when: (e) => !e.shared,
		then: 'unknown',
		values: (e) => ({ urls: urls(e.observers.filter((o) => o.outside)) }),
		missing: 'finish-mapping-step'
	},
	{
		id: 'mapping-observer-fell-silent',
		when: (e) => e.asked.length < 2,
		then: 'unknown',
		values: (e) => ({ silencedUrls: urls(e.silenced), askedUrls: urls(e.asked) }),
		missing: 'check-again-with-other-servers'
	},
	{
		id: 'mapping-sockets-mixed',
		when: (e) => e.mixedOver > 1,
		then: 'unknown',
		values: () => ({}),
		missing: 'allow-camera-or-microphone'
	},
	{
		id: 'mapping-unfinished',
		when: (e) => e.settled === 'no' || e.sockets.length === 0,
		then: 'unknown',
		values: () => ({}),
		missing: 'check-again-with-longer-deadline'
	},
	{
		id: 'mapping-one-address-agrees',
		when: (e) => e.asked.every((o) => o.place.host === e.asked[0]!.place.host),
		then: 'unknown',
		values: (e) => ({ urls: urls(e.asked), addresses: e.publicAddresses, host: e.asked[0]!.place.host }),
		missing: 'add-server-at-another-address'
	},
	{
		id: 'mapping-observers-may-be-one',
		when: (e) => !e.asked.some((a) => e.asked.some((b) => surelyApart(a, b))),
		then: 'unknown',
		values: (e) => ({ urls: urls(e.asked), addresses: e.publicAddresses }),
		missing: 'add-server-surely-apart'
	},
	{
		id: 'mapping-agrees-host-hidden',
		when: (e) => !hostsShown(e),
		then: 'endpoint-independent',
		values: seenAlike
	},
	{
		id: 'mapping-agrees',
		when: () => true,
		then: 'endpoint-independent',
		values: (e) => ({ ...seenAlike(e), hostAddresses: e.hosts })
	}
];

function differsPerPort(socket: SocketView, { asked, othersAsked }: NatEvidence): boolean {
	const named = socket.mapped.filter((m) => m.observer && m.observer.place.hostKind !== 'name');
	if (named.some((a) => named.some((b) => a !== b && a.observer!.place.host === b.observer!.place.host))) return true;
	// More mappings than server addresses: two ports of one address must have seen different ones.
	return (
		asked.length > 0 &&
		!othersAsked &&
		asked.every((o) => o.place.hostKind !== 'name') &&
		socket.mapped.length > new Set(asked.map((o) => o.place.host)).size
	);
}

function differsPerAddress(socket: SocketView, e: NatEvidence): boolean {
	const hosts = new Set(e.asked.map((o) => o.place.host));
	return (
		e.silenced.length === 0 &&
		socket.mapped.length > 1 &&
		socket.mapped.length === hosts.size &&
		hosts.size < e.asked.length &&
		e.asked.every((o) => o.place.hostKind !== 'name') &&
		socket.mapped.every((m) => m.observer !== null)
	);
}

function firstPerPlaceCount(e: NatEvidence): number {
	return new Set(e.observers.filter((o) => o.outside).map((o) => `${o.place.host}:${o.place.port}`)).size;
}

/**
 * Two addresses are apart when they differ. Names are taken to be apart when they are of different operators, so of different
 * domains: a page cannot look names up, and two names of one operator often share an address.
 */
function surelyApart(a: Observer, b: Observer): boolean {
	if (a.place.hostKind !== 'name' && b.place.hostKind !== 'name') return !sameAddress(a.place.host, b.place.host);
	if (a.place.hostKind !== 'name' || b.place.hostKind !== 'name') return false;
	return domainOf(a.place.host) !== domainOf(b.place.host);
}

/** The last two labels: `co.uk` counts as one operator, which errs towards unknown. */
function domainOf(name: string): string {
	return name.replace(/\.$/, '').split('.').slice(-2).join('.');
}

function hostsShown(e: NatEvidence): boolean {
	return e.hosts.some((h) => h !== '0.0.0.0' && h !== '::');
}

/** The socket that is seen as the most addresses. */
function seenDifferently(e: NatEvidence): MappingValues['mapping-differs'] {
	const socket = e.sockets.toSorted((a, b) => b.mapped.length - a.mapped.length)[0]!;
	return {
		mapped: socket.mapped.map(({ address, port, observer }) => ({ address, port, observer: observer && placeOf(observer) }))
	};
}

function seenAlike(e: NatEvidence): MappingValues['mapping-agrees-host-hidden'] {
	const mapped = e.sockets.flatMap((socket) => socket.mapped.filter(({ address }) => isOutsideText(address)));
	return {
		observers: e.asked.map(placeOf),
		mapped: mapped.map(({ address, port }) => ({ address, port })),
		settled: e.settled
	};
}

function placeOf({ place: { host, port } }: Observer): ServerPlace {
	return { host, port };
}

function urls(observers: readonly Observer[]): string[] {
	return observers.map(({ url }) => url);
}
