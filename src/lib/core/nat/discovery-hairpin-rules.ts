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
		title: 'A packet to the own public address came back.',
		when: ({ hairpin }) => hairpin!.state === 'yes',
		then: 'yes',
		values: ({ hairpin }) => ({ returnedAfterMs: hairpin!.tookMs, from: hairpin!.from! })
	},
	{
		id: 'discovery-hairpin-fails',
		cite: 'RFC 4787 §6',
		title: 'Packets to the own public address did not come back.',
		when: () => true,
		then: 'no',
		values: ({ hairpin }) => ({ waitedMs: hairpin!.tookMs })
	}
];
