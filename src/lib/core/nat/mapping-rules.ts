/**
 * Mapping behaviour (RFC 4787 §4.1) from what a page can see: a table, first match wins. One local socket is seen by several
 * observers; whether they all name the same address is the whole evidence.
 */
import { formatEndpoint } from '../base/ip';
import { list } from '../base/words';
import type { Mapping } from './conclusion';
import { isOutsideText, sameAddress, type NatEvidence, type Observer, type SocketView } from './evidence';
import type { NextStepId } from './next-steps';

export interface MappingRule {
	id: string;
	cite: string;
	/** What the rule says, without measured values: for the list of rules. */
	title: string;
	when(evidence: NatEvidence): boolean;
	then: Mapping;
	/** One sentence with the measured values. */
	text(evidence: NatEvidence): string;
	/** What would settle it; only where the mapping stays unknown. */
	missing?: NextStepId;
}

export const MAPPING_RULES: readonly MappingRule[] = [
	{
		id: 'mapping-no-observer',
		cite: 'RFC 5780 §4.3',
		title: 'No server answered over UDP, so nothing is known about the mapping.',
		when: (e) => e.observers.length === 0,
		then: 'unknown',
		text: () => 'No server answered over UDP, so nobody saw which address this network gives to its devices.',
		missing: 'add-stun-server-over-udp'
	},
	{
		id: 'mapping-only-local-observers',
		cite: 'RFC 4787 §4.1',
		title: 'All servers that answered are on this machine or its own network, which says nothing about a NAT.',
		when: (e) => !e.observers.some((o) => o.outside),
		then: 'unknown',
		text: (e) =>
			`${list(e.observers.map((o) => o.url))} saw this device as ${list(e.seenAs)}, an address of this machine or its own network: that says nothing about a NAT.`,
		missing: 'add-server-beyond-the-nat'
	},
	{
		id: 'mapping-is-host',
		cite: 'RFC 5780 §4.3',
		title: 'Servers see the address that the device itself has: there is no NAT.',
		when: (e) => e.publicAddresses.length > 0 && e.publicAddresses.every((a) => e.hosts.some((h) => sameAddress(a, h))),
		then: 'none',
		text: (e) => `Servers see ${list(e.publicAddresses)}, which is an address of this device itself: no NAT on the way.`
	},
	{
		id: 'mapping-differs-per-port',
		cite: 'RFC 4787 §4.1',
		title: 'Two ports of one server address see different addresses: the mapping depends on address and port.',
		when: (e) => e.sockets.some((s) => e.mixedOver === 1 && differsPerPort(s, e.asked)),
		then: 'address-and-port-dependent',
		text: (e) =>
			`${seenSentence(e)} Even two ports of one address see different ones: each new destination gets a mapping of its own.`
	},
	{
		id: 'mapping-differs-per-address',
		cite: 'RFC 4787 §4.1',
		title: 'Two ports of one server address see the same address, another server address sees another.',
		when: (e) => e.settled === 'complete' && e.sockets.some((s) => e.mixedOver === 1 && differsPerAddress(s, e)),
		then: 'address-dependent',
		text: (e) => `${seenSentence(e)} Two ports of one address see the same, another address sees another.`
	},
	{
		id: 'mapping-differs',
		cite: 'RFC 4787 §4.1',
		title: 'Servers see different addresses of one socket, and do not allow to tell address from port.',
		when: (e) => e.sockets.some((s) => s.mapped.length > e.mixedOver),
		then: 'endpoint-dependent',
		text: (e) =>
			`${seenSentence(e)} The mapping depends on where a packet goes; whether on the address alone or also on the port, these servers cannot show.`
	},
	{
		id: 'mapping-one-observer',
		cite: 'RFC 5780 §4.3',
		title: 'Only one server outside answered over UDP; two are needed.',
		when: (e) => firstPerPlaceCount(e) < 2,
		then: 'unknown',
		text: (e) =>
			`Only ${list(e.observers.filter((o) => o.outside).map((o) => formatEndpoint(o.place.host, o.place.port)))} answered from outside over UDP, and sees ${list(e.seenAs)}: with one observer nobody can see whether the mapping depends on the destination.`,
		missing: 'add-server-at-another-address'
	},
	{
		id: 'mapping-not-asked-together',
		cite: 'RFC 5780 §4.3',
		title: 'The servers were asked from different sockets only, which cannot be compared.',
		when: (e) => !e.shared,
		then: 'unknown',
		text: (e) =>
			`${list(e.observers.filter((o) => o.outside).map((o) => o.url))} answered, each to a socket of its own; they have not been asked from one socket yet.`,
		missing: 'finish-mapping-step'
	},
	{
		id: 'mapping-observer-fell-silent',
		cite: 'RFC 5780 §4.3',
		title: 'Fewer than two of the servers that answered alone also answered from the shared socket.',
		when: (e) => e.asked.length < 2,
		then: 'unknown',
		text: (e) =>
			e.silenced.length > 0
				? `${list(e.silenced.map((o) => o.url))} answered alone and failed when all servers were asked from one socket, so there is nothing to compare.`
				: `Only ${list(e.asked.map((o) => o.url)) || 'none of the servers'} was asked from the shared socket, so there is nothing to compare.`,
		missing: 'check-again-with-other-servers'
	},
	{
		id: 'mapping-sockets-mixed',
		cite: 'RFC 8445 §5.1.1',
		title: 'The browser used several sockets and hides which answer belongs to which.',
		when: (e) => e.mixedOver > 1,
		then: 'unknown',
		text: () => 'The browser used several sockets and hides which answer belongs to which, so the answers cannot be compared.',
		missing: 'allow-camera-or-microphone'
	},
	{
		id: 'mapping-unfinished',
		cite: 'RFC 8445 §5.1.1',
		title: 'Gathering ended before every server had answered or failed; silence is not agreement.',
		when: (e) => e.settled === 'no' || e.sockets.length === 0,
		then: 'unknown',
		text: () =>
			'Gathering ended before every server had answered from the shared socket. A server that is only late must not look like one that agrees.',
		missing: 'check-again-with-longer-deadline'
	},
	{
		id: 'mapping-one-address-agrees',
		cite: 'RFC 5780 §4.3',
		title: 'All servers share one address; they agree, but cannot show a mapping that depends on the address.',
		when: (e) => e.asked.every((o) => o.place.host === e.asked[0]!.place.host),
		then: 'unknown',
		text: (e) =>
			`${list(e.asked.map((o) => o.url))} see the same address, ${list(e.publicAddresses)}, but all are ${e.asked[0]!.place.host}: a mapping that depends on the address would look the same.`,
		missing: 'add-server-at-another-address'
	},
	{
		id: 'mapping-observers-may-be-one',
		cite: 'RFC 5780 §4.3',
		title: 'The servers agree, but their names may lead to one address.',
		when: (e) => !e.asked.some((a) => e.asked.some((b) => surelyApart(a, b))),
		then: 'unknown',
		text: (e) =>
			`${list(e.asked.map((o) => o.url))} see the same address, ${list(e.publicAddresses)}, but their names may lead to one machine, and a page cannot look names up.`,
		missing: 'add-server-surely-apart'
	},
	{
		id: 'mapping-agrees-host-hidden',
		cite: 'RFC 4787 §4.1',
		title: 'All servers see one address and the browser hides its own: an endpoint-independent mapping, or no NAT at all.',
		when: (e) => !hostsShown(e),
		then: 'endpoint-independent',
		text: (e) => `${agreeSentence(e)} The browser hides this device's own address, so no NAT at all would look the same.`
	},
	{
		id: 'mapping-agrees',
		cite: 'RFC 4787 §4.1',
		title: 'All servers see one address, which is not the own one: the mapping does not depend on the destination.',
		when: () => true,
		then: 'endpoint-independent',
		text: (e) => `${agreeSentence(e)} This device itself is ${list(e.hosts)}.`
	}
];

function differsPerPort(socket: SocketView, asked: readonly Observer[]): boolean {
	const named = socket.mapped.filter((m) => m.observer && m.observer.place.hostKind !== 'name');
	if (named.some((a) => named.some((b) => a !== b && a.observer!.place.host === b.observer!.place.host))) return true;
	// More mappings than server addresses: two ports of one address must have seen different ones.
	return asked.every((o) => o.place.hostKind !== 'name') && socket.mapped.length > new Set(asked.map((o) => o.place.host)).size;
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

function seenSentence(e: NatEvidence): string {
	const socket = e.sockets.toSorted((a, b) => b.mapped.length - a.mapped.length)[0]!;
	const parts = socket.mapped.map(
		(m) =>
			`${formatEndpoint(m.address, m.port)}${m.observer ? ` (${formatEndpoint(m.observer.place.host, m.observer.place.port)})` : ''}`
	);
	return `One socket is seen as ${list(parts)}.`;
}

function agreeSentence(e: NatEvidence): string {
	const seen = e.sockets.flatMap((s) =>
		s.mapped.filter((m) => isOutsideText(m.address)).map((m) => formatEndpoint(m.address, m.port))
	);
	const waited = e.settled === 'waited' ? ' (no other answer came while many times their answer time was waited)' : '';
	return `${e.asked.length} servers (${list(e.asked.map((o) => formatEndpoint(o.place.host, o.place.port)))}) see one socket as ${list(seen)}${waited}.`;
}
