/** What rules about ICE found. */
import type { NoValues } from '../../../base/said';
import type { Scope } from '../../../base/ip';
import type { SdpFault } from '../../text/faults';
import type { NamedSection } from './section-values';

/** Address and port of a candidate. */
interface NamedCandidate {
	address: string;
	port: number | null;
}

export interface IceValues {
	'ice-credentials-missing': { section: NamedSection; attributes: readonly ('ice-ufrag' | 'ice-pwd')[]; inFirstOffer: boolean };
	'ice-credentials-length': { attribute: 'ice-ufrag' | 'ice-pwd'; characters: number; least: number };
	'ice-credentials-characters': { attribute: 'ice-ufrag' | 'ice-pwd'; character: string };
	'bundled-ice-differs': { ufrag: string; tagged: NamedSection; taggedUfrag: string };
	'ice-options': { options: string };
	'ice-lite-both': NoValues;
	'ice-credentials-echoed': { ufrag: string; section: NamedSection };
	'ice-restart-incomplete': { section: NamedSection; changed: 'ice-ufrag' | 'ice-pwd' };
	'ice-restart-one-sided': { by: 'offer' | 'answer' };
	'candidate-line': SdpFault;
	'candidate-tcp-type': NamedCandidate;
	'candidate-related-address': NamedCandidate & { type: string; missing: 'raddr' | 'rport' };
	'candidate-type': { type: string };
	'default-address': { address: string; port: number; section: NamedSection; candidates: number };
	'ice-lite-candidates': NamedCandidate & { type: string };
	'candidates-missing': { section: NamedSection; ended: boolean };
	'hidden-addresses-only': { hosts: number };
	'candidate-unreachable-address': { address: string; scope: Scope };
	'private-addresses-only': { section: NamedSection; candidates: number; complete: boolean };
	'relay-private-address': { address: string; scope: Scope };
	'candidates-out-of-place': { section: NamedSection; rejected: boolean; candidates: number };
	'candidate-user-fragment': { ufrag: string; sectionUfrag: string };
	'rtcp-candidates-unneeded': { section: NamedSection };
	'address-family-mismatch': { offered: readonly ('ipv4' | 'ipv6')[]; answered: readonly ('ipv4' | 'ipv6')[] };
}
