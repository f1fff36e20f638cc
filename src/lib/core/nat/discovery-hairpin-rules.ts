/** Whether a packet to the own public address came back (RFC 4787 §6): a table, first match wins. */
import type { Hairpin, Mapping } from './conclusion';
import type { Discovery } from './discovery-facts';
import type { DiscoveryHairpinValues } from './discovery-values';
import type { NatRule } from './nat-rule';

export interface DiscoveredHairpin {
	hairpin: Discovery['hairpin'];
	mapping: Mapping;
}

export const DISCOVERY_HAIRPIN_RULES: readonly NatRule<DiscoveryHairpinValues, [DiscoveredHairpin], Hairpin>[] = [
	{
		id: 'discovery-hairpin-no-nat',
		when: ({ mapping }) => mapping === 'none',
		then: 'not-tested',
		values: () => ({})
	},
	{
		id: 'discovery-hairpin-not-asked',
		when: ({ hairpin }) => hairpin === null,
		then: 'not-tested',
		values: () => ({})
	},
	{
		id: 'discovery-hairpin-works',
		when: ({ hairpin }) => hairpin!.state === 'yes',
		then: 'yes',
		values: ({ hairpin }) => ({ returnedAfterMs: hairpin!.tookMs, from: hairpin!.from! })
	},
	{
		id: 'discovery-hairpin-fails',
		when: () => true,
		then: 'no',
		values: ({ hairpin }) => ({ waitedMs: hairpin!.tookMs })
	}
];
