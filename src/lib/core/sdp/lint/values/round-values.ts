/** What rules about answers and later rounds found. */
import type { Role } from '../../text/description';
import type { NamedSection } from './section-values';

export interface RoundValues {
	'extension-id-reassigned':
		| { kind: 'other-uri'; id: number; before: string; uri: string }
		| { kind: 'other-id'; id: number; beforeId: number; uri: string };
	'payload-type-reassigned': { payloadType: number; before: string; codec: string };
	'offer-role-changed': { role: 'active' | 'passive'; side: Role; said: 'active' | 'passive' };
	'ice-credentials-left-out': { section: NamedSection; before: boolean };
	'sctp-port-changed': { before: string; port: string };
	'bundle-split': { mids: string; parts: number };
	'data-format-differs': { section: NamedSection; answered: string; offered: string };
	'sctp-port-zero': { section: NamedSection };
	'bundle-changed': { kind: 'gone'; section: NamedSection } | { kind: 'split' };
	'bundle-left': { section: NamedSection; isNew: boolean };
	'bundle-first-changed': { before: string; first: string };
}
