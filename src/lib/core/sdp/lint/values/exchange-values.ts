/** What rules about the exchange found: does the answer fit the offer, does a round fit the one before. */
import type { NoValues } from '../../../base/said';
import type { Direction } from '../../text/description';
import type { RejectionReason } from '../../compare/rejection';
import type { NamedSection } from './section-values';

/** Which section of the answer belongs to one of the offer, by mid and kind. */
export interface PairedSection {
	/** Null for one of the answer that answers nothing. */
	offered: NamedSection | null;
	/** Null for one that is not answered. */
	answered: NamedSection | null;
}

export interface ExchangeValues {
	'hold-by-address': { section: NamedSection };
	'section-count': { offered: number; answered: number; pairs: readonly PairedSection[] };
	'section-order':
		| { what: 'kind'; number: number; answered: string; offered: string; offeredLine: number; pairs: readonly PairedSection[] }
		| { what: 'transport'; number: number; answered: string; offered: string; sameToBrowsers: boolean };
	'section-mid': { number: number; answered: string | null; offered: string | null };
	'direction-conflict': { section: NamedSection; offered: Direction; answered: Direction };
	'one-way-media': { section: NamedSection; answered: Exclude<Direction, 'sendrecv'> };
	'section-rejected': { section: NamedSection; reason: RejectionReason };
	'all-rejected': { sections: number };
	'answer-copied': NoValues;
	bandwidth: { kind: 'low'; section: NamedSection; bitrateBps: number } | { kind: 'differ'; asBps: number; tiasBps: number };
	'codec-not-offered': { codec: string; section: NamedSection };
	'no-common-codec': { section: NamedSection; answered: string; offered: string };
	'feedback-not-offered': { feedback: string; codec: string };
	'payload-type-changed': { payloadType: number; answered: string; offered: string };
	'session-version':
		{ kind: 'other-session' | 'went-back'; before: string; now: string } | { kind: 'unchanged'; version: string };
	'sections-removed':
		{ kind: 'fewer'; before: number; now: number } | { kind: 'other-kind'; number: number; before: string; now: string };
	'recycled-section': { number: number; mid: string; before: string };
	'different-peer': NoValues;
}
