/** What the answers of an RFC 5780 server show about mapping (§4.3): a table, first match wins. */
import type { Mapping } from './conclusion';
import { placeOf, same, trusted, type Asked, type Discovery, type Endpoint } from './discovery-facts';
import type { DiscoveryMappingValues } from './discovery-values';
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
		title: 'The server answered without a mapped address.',
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
		title: 'Two addresses of the server see different addresses; too few answered to tell whether by address or by port.',
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
