/** The calls whose descriptions are recorded: what each end has, and what happens after the first exchange. */
import type { Wanted } from '../e2e/harness/wanted';

export interface Step {
	from: 'a' | 'b';
	add?: Wanted;
	restart?: boolean;
	/** The transceiver that is stopped before. */
	stop?: number;
	/** The direction that this end gives all its transceivers before. */
	turn?: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive';
	/** The end that made an offer before and took it back. */
	after?: 'a' | 'b';
}

export interface Scenario {
	a: Wanted;
	b: Wanted;
	/** What follows the first exchange. */
	then?: readonly Step[];
	/** Section that the first answer refuses: its codecs get names that no browser knows. */
	reject?: number;
	/** The offering end is ICE lite, as media servers are. */
	lite?: boolean;
	/** Between browsers of one maker only: the other refuses what one writes. */
	within?: boolean;
	/** Of both ends. */
	config?: { bundlePolicy?: 'balanced' | 'max-bundle' | 'max-compat'; iceTransportPolicy?: 'relay' };
	/** Sent before candidates are gathered. */
	early?: boolean;
}

const BOTH: Wanted = { audio: true, video: true };

export const SCENARIOS: Record<string, Scenario> = {
	audio: { a: { audio: true }, b: { audio: true } },
	video: { a: { video: true }, b: { video: true } },
	data: { a: { data: true }, b: {} },
	'audio, video and data': { a: { audio: true, video: true, data: true }, b: { audio: true, video: true } },
	simulcast: { a: { audio: true, simulcast: true }, b: {} },
	'a section added later': { a: { audio: true }, b: { audio: true }, then: [{ from: 'a', add: { video: true } }] },
	'an offer from the other end': { a: { audio: true }, b: { audio: true }, then: [{ from: 'b', add: { data: true } }] },
	'ICE restart': { a: { audio: true, video: true }, b: {}, then: [{ from: 'a', restart: true }] },
	'a refused section': { a: { audio: true, video: true }, b: { audio: true }, reject: 1, then: [{ from: 'a' }] },
	'a stopped section': { a: { audio: true, video: true }, b: { audio: true }, then: [{ from: 'b', stop: 1 }] },
	'opus alone': { a: { audio: true, codecs: ['audio/opus'] }, b: { audio: true } },
	'G.711 alone': { a: { audio: true, codecs: ['audio/PCMU'] }, b: { audio: true } },
	'VP8 alone': { a: { video: true, codecs: ['video/VP8'] }, b: { video: true }, within: true },
	'VP9 alone': { a: { video: true, codecs: ['video/VP9'] }, b: { video: true }, within: true },
	'AV1 alone': { a: { video: true, codecs: ['video/AV1'] }, b: { video: true }, within: true },
	'receive only': { a: { receive: ['audio', 'video'] }, b: { audio: true, video: true } },
	'an ICE lite end': { a: { audio: true, data: true }, b: { audio: true }, lite: true },
	'ICE restart of data': { a: { data: true }, b: {}, then: [{ from: 'a', restart: true }] },
	'simulcast added later': { a: { audio: true }, b: { audio: true }, then: [{ from: 'a', add: { simulcast: true } }] },
	'ICE restart from the other end': {
		a: { audio: true, video: true },
		b: { audio: true },
		then: [{ from: 'b', restart: true }],
		within: true
	},
	'audio sent one way': { a: { audio: true }, b: {} },
	'audio and video sent one way': { a: BOTH, b: {} },
	'audio received alone': { a: { receive: ['audio'] }, b: { audio: true } },
	'video received alone': { a: { receive: ['video'] }, b: { video: true } },
	'audio sent and video received': { a: { audio: true, receive: ['video'] }, b: BOTH },
	'simulcast alone': { a: { simulcast: true }, b: {} },
	'G.722 alone': { a: { audio: true, codecs: ['audio/G722'] }, b: { audio: true } },
	'two of each': { a: { ...BOTH, times: 2 }, b: BOTH },
	'six of each and data': { a: { ...BOTH, times: 6, data: true }, b: BOTH },
	'with max-bundle': { a: { ...BOTH, data: true }, b: BOTH, config: { bundlePolicy: 'max-bundle' } },
	'with max-compat': { a: { ...BOTH, times: 2, data: true }, b: BOTH, config: { bundlePolicy: 'max-compat' } },
	'without a candidate': { a: BOTH, b: BOTH, config: { iceTransportPolicy: 'relay' } },
	'before candidates are gathered': { a: BOTH, b: BOTH, early: true },
	'on hold and off': {
		a: BOTH,
		b: BOTH,
		then: [
			{ from: 'a', turn: 'inactive' },
			{ from: 'a', turn: 'sendrecv' }
		]
	},
	'on hold by the other end': { a: { audio: true }, b: { audio: true }, then: [{ from: 'b', turn: 'sendonly' }] },
	'one way from now on': { a: BOTH, b: BOTH, then: [{ from: 'a', turn: 'recvonly' }] },
	'an offer taken back': { a: { audio: true }, b: { audio: true }, then: [{ from: 'a', add: { video: true }, after: 'a' }] },
	'an offer that gave way': { a: { audio: true }, b: { audio: true }, then: [{ from: 'b', add: { video: true }, after: 'a' }] },
	'a place taken again': {
		a: BOTH,
		b: BOTH,
		then: [
			{ from: 'a', stop: 1 },
			{ from: 'a', add: { video: true } }
		]
	},
	'data added later': { a: BOTH, b: BOTH, then: [{ from: 'a', add: { data: true } }] },
	'data first': { a: { data: true }, b: {}, then: [{ from: 'a', add: BOTH }] },
	'nothing changed, three times': { a: BOTH, b: BOTH, then: [{ from: 'a' }, { from: 'a' }, { from: 'a' }] },
	'ICE restart and a section added': {
		a: { audio: true },
		b: { audio: true },
		then: [{ from: 'a', add: { video: true }, restart: true }]
	}
};
