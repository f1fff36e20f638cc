/** What rules about lines, their order and their attributes found. */
import type { NoValues } from '../../../base/said';
import type { Direction } from '../../text/description';
import type { LineEnd } from '../../text/document';
import type { SdpFault } from '../../text/faults';
import type { NamedSection } from './section-values';

export interface SyntaxValues {
	'first-line': { line: string | null };
	'line-order': { type: string; after: string };
	'session-lines-missing': { type: 'o' | 's' | 't'; empty: boolean };
	origin: SdpFault;
	'session-id-range': { sessionId: string };
	'connection-missing': { section: NamedSection };
	'media-line': SdpFault;
	'repeated-session-line': { type: string; inSection: boolean };
	'connection-line': { kind: 'fault'; fault: SdpFault } | { kind: 'multicast'; address: string } | { kind: 'time-to-live' };
	'no-media': NoValues;
	'too-many-sections': { sections: number; judged: number };
	'section-unknown': { kind: 'media'; media: string; known: boolean } | { kind: 'transport'; transport: string; media: string };
	'line-type': { line: string } | { type: string };
	'line-ends': { kind: 'last-missing' } | { kind: 'mixed'; first: LineEnd; here: LineEnd } | { kind: 'not-crlf'; end: LineEnd };
	'blank-line': { atEnd: boolean };
	'control-characters': { character: string | null };
	'spaced-line': { line: string };
	'repeated-line': { attribute: string; earlierLine: number };
	'conflicting-values':
		| { kind: 'attribute'; attribute: string; here: string; first: string; firstLine: number }
		| { kind: 'direction'; here: Direction; first: Direction; firstLine: number }
		| { kind: 'codec'; payloadType: number; here: string; first: string; firstLine: number };
	'attribute-level': { attribute: string; section: NamedSection | null };
	'attribute-value': SdpFault;
}
