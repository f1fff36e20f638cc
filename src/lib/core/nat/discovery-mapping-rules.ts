/** What the answers of an RFC 5780 server show about mapping (§4.3): a table, first match wins. */
import type { Mapping } from './conclusion';
import { placeOf, same, trusted, type Asked, type Discovery, type Endpoint } from './discovery-facts';
import type { DiscoveryMappingValues } from './discovery-values';
import type { NatRule } from './nat-rule';

/** What each address of the server saw one socket as; null where it did not answer, or another address did in its place. */
export interface DiscoveredMapping {
	seen: Pick<Discovery, 'server' | 'local' | 'first' | 'mapping'>;
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
		when: ({ seen }) => seen.first.answer === null,
		then: 'unknown',
		values: ({ seen: { server, first } }) => ({ server, waitedMs: first.tookMs, requests: first.sent })
	},
	{
		id: 'discovery-mapping-not-told',
		when: ({ first }) => first === null,
		then: 'unknown',
		values: ({ seen: { server, first } }) => ({ server, errorCode: first.answer!.error })
	},
	{
		id: 'discovery-no-nat',
		when: ({ seen, first }) => same(first, seen.local),
		then: 'none',
		values: seenByServer
	},
	{
		id: 'discovery-mapping-from-elsewhere',
		when: ({ home }) => home === null,
		then: 'unknown',
		values: ({ seen: { server, first } }) => ({ server, from: first.answer!.from })
	},
	{
		id: 'discovery-mapping-by-port',
		when: ({ home, port, address, both }) => differ(home, port) || (differ(home, address) && differ(address, both)),
		then: 'address-and-port-dependent',
		values: seenFromEach
	},
	{
		id: 'discovery-mapping-mixed',
		when: ({ home, address, both }) => same(home, address) && differ(home, both),
		then: 'unknown',
		values: seenFromEach
	},
	{
		id: 'discovery-mapping-same',
		when: ({ home, address, both }) => same(home, address ?? both),
		then: 'endpoint-independent',
		values: seenFromEach
	},
	{
		id: 'discovery-mapping-by-address',
		when: ({ address, both }) => same(address, both),
		then: 'address-dependent',
		values: seenFromEach
	},
	{
		id: 'discovery-mapping-differs',
		when: ({ address, both }) => (address ?? both) !== null,
		then: 'endpoint-dependent',
		values: seenFromEach
	},
	{
		id: 'discovery-one-observer',
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
