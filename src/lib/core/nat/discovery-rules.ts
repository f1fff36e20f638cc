/** What the answers of an RFC 5780 server show: a table for each question, first match wins. */
import type { Filtering, Hairpin, Mapping } from './conclusion';
import { placeOf, same, trusted, type Asked, type Discovery, type Endpoint } from './discovery-facts';
import type { DiscoveryFilteringValues, DiscoveryHairpinValues, DiscoveryMappingValues } from './discovery-values';
import type { NatRule } from './nat-rule';

/** What each address of the server saw one socket as; null where it did not answer, or another address did in its place. */
export interface DiscoveredMapping {
	seen: Discovery;
	first: Endpoint | null;
	home: Endpoint | null;
	port: Endpoint | null;
	address: Endpoint | null;
	both: Endpoint | null;
}

export function discoveredMapping(seen: Discovery): DiscoveredMapping {
	const at = (to: Asked['to']) => trusted(seen, seen.mapping.find((asked) => asked.to === to) ?? null)?.mapped ?? null;
	const { answer } = seen.first;
	const first = answer?.error === null ? answer.mapped : null;
	return { seen, first, home: at('primary'), port: at('other-port'), address: at('other-address'), both: at('other-both') };
}

/** True where both were seen, and differently. */
const differ = (a: Endpoint | null, b: Endpoint | null) => a !== null && b !== null && !same(a, b);

export const DISCOVERY_MAPPING_RULES: readonly NatRule<DiscoveryMappingValues, [DiscoveredMapping], Mapping>[] = [
	{
		id: 'discovery-mapping-no-answer',
		cite: 'RFC 5780 §4.2',
		title: 'The server gave no answer over UDP, so nothing is known about the mapping.',
		when: ({ seen }) => seen.first.answer === null,
		then: 'unknown',
		values: ({ seen: { server, first } }) => ({ server, waitedMs: first.tookMs, requests: first.sent })
	},
	{
		id: 'discovery-mapping-not-told',
		cite: 'RFC 8489 §14.2',
		title: 'The server answered and told no mapped address.',
		when: ({ first }) => first === null,
		then: 'unknown',
		values: ({ seen: { server, first } }) => ({ server, errorCode: first.answer!.error })
	},
	{
		id: 'discovery-no-nat',
		cite: 'RFC 5780 §4.3',
		title: 'The server sees the address that this host itself has: there is no NAT.',
		when: ({ seen, first }) => same(first, seen.local),
		then: 'none',
		values: seenByServer
	},
	{
		id: 'discovery-mapping-from-elsewhere',
		cite: 'RFC 5780 §6.1',
		title: 'The first answer came from another address than the one that was asked.',
		when: ({ home }) => home === null,
		then: 'unknown',
		values: ({ seen: { server, first } }) => ({ server, from: first.answer!.from })
	},
	{
		id: 'discovery-mapping-by-port',
		cite: 'RFC 5780 §4.3',
		title: 'Two ports of one server address see different addresses: the mapping depends on address and port.',
		when: ({ home, port, address, both }) => differ(home, port) || (differ(home, address) && differ(address, both)),
		then: 'address-and-port-dependent',
		values: seenFromEach
	},
	{
		id: 'discovery-mapping-mixed',
		cite: 'RFC 5780 §4.3',
		title: 'Two addresses of the server see the same address, another port sees another: no mapping does that.',
		when: ({ home, address, both }) => same(home, address) && differ(home, both),
		then: 'unknown',
		values: seenFromEach
	},
	{
		id: 'discovery-mapping-same',
		cite: 'RFC 5780 §4.3',
		title: 'Two addresses of the server see the same address: the mapping does not depend on the destination.',
		when: ({ home, address, both }) => same(home, address ?? both),
		then: 'endpoint-independent',
		values: seenFromEach
	},
	{
		id: 'discovery-mapping-by-address',
		cite: 'RFC 5780 §4.3',
		title: 'Two ports of one server address see the same address, another server address sees another.',
		when: ({ address, both }) => same(address, both),
		then: 'address-dependent',
		values: seenFromEach
	},
	{
		id: 'discovery-mapping-differs',
		cite: 'RFC 5780 §4.3',
		title: 'Two addresses of the server see different addresses; too few answered to tell address from port.',
		when: ({ address, both }) => (address ?? both) !== null,
		then: 'endpoint-dependent',
		values: seenFromEach
	},
	{
		id: 'discovery-one-observer',
		cite: 'RFC 5780 §4.3',
		title: 'No second address of the server answered; two are needed.',
		when: () => true,
		then: 'unknown',
		values: seenByServer
	}
];

function seenByServer({ seen, first }: DiscoveredMapping): DiscoveryMappingValues['discovery-no-nat'] {
	return { server: seen.server, mapped: first! };
}

function seenFromEach({ seen }: DiscoveredMapping): DiscoveryMappingValues['discovery-mapping-same'] {
	return {
		seen: seen.mapping.flatMap(({ to, answer }) => {
			const at = placeOf(seen, to);
			return at ? [{ at, mapped: answer?.mapped ?? null }] : [];
		})
	};
}

export interface DiscoveredFiltering {
	/** Null where the server was not asked to answer from elsewhere, for lack of another address. */
	asked: NonNullable<Discovery['filtering']> | null;
	/** The server's other address and port, and its other port. */
	stranger: Endpoint | null;
	otherPort: Endpoint | null;
	/** The other address answers once it has been written to. */
	alive: boolean;
}

export function discoveredFiltering(seen: Discovery, mapping: Mapping): DiscoveredFiltering {
	const [stranger, otherPort] = [placeOf(seen, 'other-both'), placeOf(seen, 'other-port')];
	// The control opens the filter for the other address. With a mapping for each destination it opens another one, so that
	// nothing can come in: there the other address has shown by its own answers that it is alive.
	const steady = mapping === 'none' || mapping === 'endpoint-independent';
	const alive =
		cameFrom(seen.filtering?.control ?? null, stranger) ||
		(!steady && seen.mapping.some((asked) => asked.to === 'other-both' && trusted(seen, asked)));
	return { asked: stranger && otherPort && seen.filtering, stranger, otherPort, alive };
}

function cameFrom(asked: Asked | null, place: Endpoint | null): boolean {
	return asked?.answer?.error === null && same(asked.answer.from, place);
}

export const DISCOVERY_FILTERING_RULES: readonly NatRule<DiscoveryFilteringValues, [DiscoveredFiltering], Filtering>[] = [
	{
		id: 'discovery-filtering-not-asked',
		cite: 'RFC 5780 §4.4',
		title: 'The server has no other address to answer from.',
		when: ({ asked }) => asked === null,
		then: 'unknown',
		values: () => ({})
	},
	{
		id: 'discovery-filtering-open',
		cite: 'RFC 5780 §4.4',
		title: 'An answer from an address that was never written to comes in.',
		when: ({ asked, stranger }) => cameFrom(asked!.both, stranger),
		then: 'endpoint-independent',
		values: ({ asked, stranger }) => ({ stranger: stranger!, answeredAfterMs: asked!.both.tookMs })
	},
	{
		id: 'discovery-server-does-not-change',
		cite: 'RFC 5780 §7.2',
		title: 'The server does not answer from its other address or port when asked to.',
		when: ({ asked, otherPort }) => !!asked!.both.answer || (!!asked!.port?.answer && !cameFrom(asked!.port, otherPort)),
		then: 'unknown',
		values: ({ asked }) => ({ asked: asked!.both.answer ? 'address' : 'port' })
	},
	{
		id: 'discovery-filtering-by-address',
		cite: 'RFC 5780 §4.4',
		title: 'Answers from an unknown address are dropped; from a known address they come in, whatever the port.',
		when: ({ asked }) => !!asked!.port?.answer,
		then: 'address-dependent',
		values: ({ stranger, otherPort }) => ({ stranger: stranger!, otherPort: otherPort! })
	},
	{
		id: 'discovery-filtering-control-failed',
		cite: 'RFC 5780 §4.4',
		title: 'Nothing came from the other address, not even after it had been written to.',
		when: ({ alive }) => !alive,
		then: 'unknown',
		values: ({ stranger }) => ({ stranger: stranger! })
	},
	{
		id: 'discovery-filtering-by-port',
		cite: 'RFC 5780 §4.4',
		title: 'Even from a known address answers are dropped unless the port is known too.',
		when: () => true,
		then: 'address-and-port-dependent',
		values: ({ asked, stranger, otherPort }) => ({
			stranger: stranger!,
			strangerRequests: asked!.both.sent,
			otherPort: otherPort!,
			otherPortRequests: asked!.port?.sent ?? 0
		})
	}
];

export interface DiscoveredHairpin {
	hairpin: Discovery['hairpin'];
	mapping: Mapping;
}

export const DISCOVERY_HAIRPIN_RULES: readonly NatRule<DiscoveryHairpinValues, [DiscoveredHairpin], Hairpin>[] = [
	{
		id: 'discovery-hairpin-no-nat',
		cite: 'RFC 4787 §6',
		title: 'There is no NAT that could hairpin packets.',
		when: ({ mapping }) => mapping === 'none',
		then: 'not-tested',
		values: () => ({})
	},
	{
		id: 'discovery-hairpin-not-asked',
		cite: 'RFC 4787 §6',
		title: 'Whether the NAT hairpins packets to its own address was not tested.',
		when: ({ hairpin }) => hairpin === null,
		then: 'not-tested',
		values: () => ({})
	},
	{
		id: 'discovery-hairpin-works',
		cite: 'RFC 4787 §6',
		title: 'A packet to the own public address came back in.',
		when: ({ hairpin }) => hairpin!.state === 'yes',
		then: 'yes',
		values: ({ hairpin }) => ({ returnedAfterMs: hairpin!.tookMs, from: hairpin!.from! })
	},
	{
		id: 'discovery-hairpin-fails',
		cite: 'RFC 4787 §6',
		title: 'Packets to the own public address did not come back in.',
		when: () => true,
		then: 'no',
		values: ({ hairpin }) => ({ waitedMs: hairpin!.tookMs })
	}
];
