/** What rules about media sections that browsers refuse found. */
import type { NamedSection } from './section-values';

export interface BrowserSectionValues {
	'sctp-port-in-draft': { section: NamedSection };
	'port-count': { section: NamedSection; ports: string };
	'rid-characters': { rid: string };
	'fingerprint-left-out': { section: NamedSection };
	'rtcp-mux-missing': { section: NamedSection; bundled: boolean };
}
