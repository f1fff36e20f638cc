/** The words for what a NAT does (RFC 4787), and the shape in which a report holds them. */
import type { Said } from '../base/said';

export type Mapping =
	'none' | 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent' | 'endpoint-dependent' | 'unknown';
export type Filtering = 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent' | 'unknown';
export type Hairpin = 'yes' | 'no' | 'unknown' | 'not-tested';
export type PortPattern = 'preserved' | 'constant-offset' | 'sequential' | 'random' | 'unknown';
export type Layers = 'none' | 'single' | 'double' | 'carrier-grade' | 'unknown';

/** A reason: what a rule said, and the observations (by index) it rests on. */
export interface Because extends Said {
	observations: number[];
}

export interface NatConclusion {
	mapping: Mapping;
	filtering: Filtering;
	hairpin: Hairpin;
	portPattern: PortPattern;
	publicAddresses: string[];
	layers: Layers;
	/** The reason for each of the fields above, by field name. */
	evidence: Record<string, Because>;
}
