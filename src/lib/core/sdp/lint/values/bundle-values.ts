/** What rules about BUNDLE, rtcp-mux, mids and header extensions found. */
import type { NamedSection } from './section-values';

export interface BundleValues {
	'bundle-unknown-mid': { group: string; mid: string };
	'mid-missing': { section: NamedSection; groupLine: number };
	'mid-repeated': { mid: string; earlier: number; earlierLine: number };
	'mid-extension-missing': { section: NamedSection; ambiguous: boolean };
	'mid-syntax': { kind: 'not-a-token'; mid: string } | { kind: 'long'; characters: number };
	'bundle-rejected-section': { mid: string; sectionLine: number };
	'bundle-rtcp-mux': { section: NamedSection };
	'bundle-only-port': { section: NamedSection; kind: 'in-answer' } | { section: NamedSection; kind: 'with-port'; port: number };
	'bundle-overlap': { mid: string; earlierLine: number };
	'rtcp-mux-only': { section: NamedSection };
	'bundle-not-offered': { mid: string; offeredElsewhere: boolean };
	'bundle-dropped': { offered: number; left: readonly NamedSection[] };
	'rtcp-mux-not-offered': { section: NamedSection };
	'rtcp-mux-refused': { section: NamedSection };
	'extension-id-collision': { id: number; uri: string; earlier: { section: NamedSection; uri: string } };
	'extension-id':
		| { kind: 'encrypted-twice' }
		| { kind: 'repeated'; id: number; section: NamedSection }
		| { kind: 'range' | 'reserved'; id: number }
		| { kind: 'two-byte'; id: number; mixed: boolean };
	'extension-direction': { id: number; direction: 'sendonly' | 'recvonly'; sectionDirection: 'sendonly' | 'recvonly' };
	'extension-not-offered':
		| { uri: string; kind: 'not-offered'; section: NamedSection }
		| { uri: string; kind: 'other-id'; id: number; offeredIds: readonly number[] };
}
