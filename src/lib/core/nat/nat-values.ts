/** The values of all that is said about a NAT, by rule: what a sentence about each needs, under names with units. */
import type { NoValues } from '../base/said';
import type { Endpoint } from '../observations/candidates';
import type { DiscoveryValues } from './discovery-values';
import type { FilteringValues } from './filtering-values';
import type { MappingValues, ProberMappingValues, RelayViewValues } from './mapping-values';

/** Several host ports where the browser leaves open which of them it was. */
interface PortMoves {
	samples: { hostPorts: number[]; mappedPort: number }[];
}

export interface PortValues {
	'port-no-nat': NoValues;
	'port-no-sample': NoValues;
	'port-host-hidden': { mappedPorts: number[] };
	/** `byChanceOnceIn`: null where chance hardly ever does so. */
	'port-preserved': { port: number; sockets: number; byChanceOnceIn: number | null };
	'port-shifted-or-counted': PortMoves;
	'port-constant-offset': { portOffset: number; sockets: number };
	'port-sequential': { mappedPorts: number[] };
	'port-may-be-sequential': { mappedPorts: number[]; byChanceOnceIn: number; drawnFromPorts: number };
	'port-random': { mappedPorts: number[] };
	'port-too-few': PortMoves;
}

export interface LayerValues {
	'layers-seen-as-shared-address': { addresses: string[] };
	'layers-host-has-shared-address': { addresses: string[] };
	'layers-no-nat': NoValues;
	'layers-nothing-seen': NoValues;
	'layers-host-hidden': NoValues;
	'layers-one-or-more': { hostAddresses: string[]; publicAddresses: string[] };
}

/** The own public address that packets were sent to; null where it is not known. */
interface HairpinTarget {
	target: Endpoint | null;
}

export interface HairpinValues {
	'hairpin-not-tested': NoValues;
	'hairpin-no-nat': NoValues;
	'hairpin-returned': HairpinTarget & { answeredAfterMs: number };
	'hairpin-arrived-unanswered': HairpinTarget;
	'hairpin-lost': HairpinTarget & { triedMs: number; controlMs: number };
	'hairpin-inconclusive': {
		cause: { kind: 'no-mapped-address'; observerUrl: string } | { kind: 'control-failed' } | { kind: 'not-listened' };
	};
}

export interface PublicAddressValues {
	'public-address-seen': { addresses: string[] };
	/** None of them publicly routable. */
	'public-address-unknown': { seenAddresses: string[] };
}

export interface NatValues
	extends
		MappingValues,
		ProberMappingValues,
		RelayViewValues,
		FilteringValues,
		PortValues,
		LayerValues,
		HairpinValues,
		PublicAddressValues,
		DiscoveryValues {}
