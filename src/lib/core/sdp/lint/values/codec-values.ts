/** What rules about codecs and their parameters found. */
import type { AlikeCodec } from '../../compare/rejection';
import type { NamedSection } from './section-values';

export interface CodecValues {
	'codec-clock-rate': { codec: string; rateHz: number; cite: string; writtenHz: number };
	'retransmission-clock-rate': { codec: string; target: string; targetHz: number };
	'codec-parameter-range': { parameter: string; codec: string; given: string; least: number; most: number };
	'h264-profile-missing': { payloadType: number };
	'h265-transmission-mode': { mode: string };
	'redundancy-unnamed': { payloadType: number };
	'telephone-events': { event: string };
	'transport-feedback-incomplete': { section: NamedSection; lacks: 'extension' | 'feedback' };
	'no-common-configuration': { section: NamedSection; alike: readonly AlikeCodec[] };
	'h264-level-raised': { payloadType: number; answered: string; offered: string };
	'codec-renumbered': { codec: string; payloadType: number; offered: readonly number[] };
}
