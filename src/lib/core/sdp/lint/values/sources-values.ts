/** What rules about sources, tracks, simulcast and data channels found. */
import type { Direction } from '../../text/description';
import type { SdpFault } from '../../text/faults';
import type { NamedSection } from './section-values';

export interface SourceValues {
	'plan-b': { section: NamedSection; track: string; firstLine: number };
	'source-group': { kind: 'size'; group: string; sources: number } | { kind: 'unknown-member'; group: string; source: string };
	'source-repeated': { source: string; earlier: NamedSection };
	'source-cname': { source: string; section: NamedSection };
	'stream-unnamed': { section: NamedSection; direction: Direction };
	msid: { kind: 'fault'; fault: SdpFault } | { kind: 'two-tracks'; track: string; firstTrack: string; firstLine: number };
	'simulcast-unknown-rid': { rid: string; section: NamedSection };
	'simulcast-extension': { section: NamedSection };
	'simulcast-draft-syntax': { value: string };
	'rid-conflict':
		| { kind: 'repeated'; rid: string; earlierLine: number }
		| { kind: 'direction'; rid: string; listedUnder: 'send' | 'recv'; direction: 'send' | 'recv' };
	'rid-payload-type': { rid: string; payloadType: string };
	'legacy-simulcast': { kind: 'group'; section: NamedSection; layers: number } | { kind: 'flag' };
	'simulcast-not-answered':
		| { kind: 'dropped'; section: NamedSection; layers: number }
		| { kind: 'not-mirrored'; rid: string; answered: 'send' | 'recv'; offered: 'send' | 'recv' };
	'sctp-map': { value: string };
	'sctp-port': { kind: 'missing'; section: NamedSection } | { kind: 'not-a-port' | 'not-a-size'; value: string };
	'sctp-transport': { section: NamedSection };
	'data-format': { section: NamedSection; format: string };
	'data-section-repeated': { sections: number; firstLine: number };
	'max-message-size': { offeredBytes: number; answeredBytes: number };
}
