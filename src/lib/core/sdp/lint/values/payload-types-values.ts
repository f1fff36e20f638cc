/** What rules about payload types, codecs and their parameters found. */
import type { NamedSection } from './section-values';

/** A parameter that one codec has two values of. */
interface Difference {
	parameter: string;
	here: string;
	there: string;
}

export interface PayloadTypeValues {
	'payload-type-range': { format: string };
	'payload-type-unmapped': { payloadType: number; section: NamedSection };
	'payload-type-unlisted': { attribute: string; payloadType: string; section: NamedSection };
	'payload-type-repeated': { section: NamedSection; payloadTypes: readonly string[] };
	'payload-type-rtcp-range': { payloadType: number; section: NamedSection };
	'payload-type-collision': {
		payloadType: number;
		codec: string;
		section: NamedSection;
		earlier: { codec: string; section: NamedSection };
		difference: Difference | null;
	};
	'retransmission-target':
		{ kind: 'none' | 'itself'; payloadType: number } | { kind: 'unlisted'; payloadType: number; target: string };
	'static-payload-type-remapped': { payloadType: number; means: string; given: string };
	'opus-map': { written: string };
	'feedback-profile': { transport: string };
	'telephone-event-rate': { clockRateHz: number; section: NamedSection; codecRatesHz: readonly number[] };
	'video-parameter-sets': { parameter: string; value: string; wanted: 'hex' | 'base64' };
	'packet-time':
		{ kind: 'not-a-number'; attribute: string; value: string } | { kind: 'above-most'; ptimeMs: number; maxptimeMs: number };
	'redundancy-target': { payloadType: string; target: string };
	'mandatory-codec': { section: NamedSection; codecs: string };
	'h264-parameters-differ': { codec: string; payloadType: number; parameter: string; answered: string; offered: string };
	'video-profile-differs': PayloadTypeValues['h264-parameters-differ'];
	'only-helper-codecs': { section: NamedSection; codecs: string };
}
