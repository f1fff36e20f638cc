/** What rules about keys and DTLS roles found. */
import type { NoValues } from '../../../base/said';
import type { SdpFault } from '../../text/faults';
import type { NamedSection } from './section-values';

export interface DtlsValues {
	'fingerprint-missing': { section: NamedSection; inFirstOffer: boolean };
	'fingerprint-digest':
		| { kind: 'fault'; fault: SdpFault }
		| { kind: 'not-hex'; digest: string }
		| { kind: 'length'; hash: string; bytes: number; wanted: number }
		| { kind: 'lower-case' };
	'fingerprint-hash': { hash: string; strength: 'forbidden' | 'weak' | 'unknown' };
	'keys-in-sdp': { attribute: 'crypto' | 'key-mgmt' };
	'unencrypted-profile': { section: NamedSection; transport: string };
	'fingerprint-repeated': { fingerprints: number; inSession: boolean };
	'tls-id': { malformed: string } | { offered: false };
	'dtls-role-missing':
		| { kind: 'unknown'; setup: string }
		/** Text behind a role. */
		| { kind: 'remark'; setup: string; remark: string }
		| { kind: 'open'; section: NamedSection }
		| { kind: 'in-first-offer'; section: NamedSection };
	'offer-dtls-role': { setup: 'active' | 'passive' };
	'bundled-dtls-differs': { tagged: NamedSection; setup: { here: string; tagged: string } | null };
	'answer-dtls-role': NoValues;
	'dtls-role-conflict': { setup: 'active' | 'passive'; section: NamedSection };
	'dtls-association-changed': {
		section: NamedSection;
		setup: { before: 'active' | 'passive'; now: 'active' | 'passive' } | null;
	};
}
