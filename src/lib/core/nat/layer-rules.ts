/** How many NATs are in a row, as far as addresses show. First match wins; everything here is a sign, not a proof. */
import { inBlock, parseIp, scopeOfText } from '../base/ip';
import type { Layers, Mapping } from './conclusion';
import type { NatEvidence } from './evidence';
import type { NatRule } from './nat-rule';
import type { LayerValues } from './nat-values';

type Addresses = Pick<NatEvidence, 'hosts' | 'seenAs' | 'publicAddresses'>;
type LayerRule = NatRule<LayerValues, [addresses: Addresses, mapping: Mapping], Layers>;

const SHARED = parseIp('100.64.0.0')!;

export const LAYER_RULES: readonly LayerRule[] = [
	{
		id: 'layers-seen-as-shared-address',
		when: (e) => e.seenAs.some(isSharedAddress),
		then: 'carrier-grade',
		values: (e) => ({ addresses: e.seenAs.filter(isSharedAddress) })
	},
	{
		id: 'layers-host-has-shared-address',
		when: (e) => e.hosts.some(isSharedAddress) && mappedOutside(e),
		then: 'carrier-grade',
		values: (e) => ({ addresses: e.hosts.filter(isSharedAddress) })
	},
	{
		id: 'layers-no-nat',
		when: (_, mapping) => mapping === 'none',
		then: 'none',
		values: () => ({})
	},
	{
		id: 'layers-nothing-seen',
		when: (e) => !mappedOutside(e),
		then: 'unknown',
		values: () => ({})
	},
	{
		id: 'layers-host-hidden',
		when: (e) => e.hosts.length === 0,
		then: 'unknown',
		values: () => ({})
	},
	{
		id: 'layers-one-or-more',
		when: () => true,
		then: 'unknown',
		values: (e) => ({ hostAddresses: e.hosts, publicAddresses: e.publicAddresses })
	}
];

/** Seen as an address that it does not have itself: a server on its own network sees the public one that it may have. */
function mappedOutside(e: Addresses): boolean {
	return e.publicAddresses.some((address) => !e.hosts.includes(address));
}

export function isSharedAddress(text: string): boolean {
	const address = parseIp(text);
	return address !== null && scopeOfText(text) === 'carrier-grade' && inBlock(address, SHARED, 10);
}
