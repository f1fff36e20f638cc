/** What the answers of an RFC 5780 server show about filtering (§4.4): a table, first match wins. */
import type { Filtering, Mapping } from './conclusion';
import { placeOf, same, trusted, type Asked, type Discovery, type Endpoint } from './discovery-facts';
import type { DiscoveryFilteringValues } from './discovery-values';
import type { NatRule } from './nat-rule';

export interface DiscoveredFiltering {
	/** Null where the server was not asked to answer from elsewhere, for lack of another address. */
	asked: NonNullable<Discovery['filtering']> | null;
	/** The server's other address and port, and its other port. */
	stranger: Endpoint | null;
	otherPort: Endpoint | null;
	/** The other address answers once it has been contacted. */
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
		when: ({ asked }) => asked === null,
		then: 'unknown',
		values: () => ({})
	},
	{
		id: 'discovery-filtering-open',
		when: ({ asked, stranger }) => cameFrom(asked!.both, stranger),
		then: 'endpoint-independent',
		values: ({ asked, stranger }) => ({ stranger: stranger!, answeredAfterMs: asked!.both.tookMs })
	},
	{
		id: 'discovery-server-does-not-change',
		when: ({ asked, otherPort }) => !!asked!.both.answer || (!!asked!.port?.answer && !cameFrom(asked!.port, otherPort)),
		then: 'unknown',
		values: ({ asked }) => ({ asked: asked!.both.answer ? 'address' : 'port' })
	},
	{
		id: 'discovery-filtering-by-address',
		when: ({ asked }) => !!asked!.port?.answer,
		then: 'address-dependent',
		values: ({ stranger, otherPort }) => ({ stranger: stranger!, otherPort: otherPort! })
	},
	{
		id: 'discovery-filtering-control-failed',
		when: ({ alive }) => !alive,
		then: 'unknown',
		values: ({ stranger }) => ({ stranger: stranger! })
	},
	{
		id: 'discovery-filtering-by-port',
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
