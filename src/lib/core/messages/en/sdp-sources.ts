/** Findings about sources, tracks, simulcast and data channels in English. */
import { count } from '../../base/format';
import type { SourceValues } from '../../sdp/lint/values/sources-values';
import type { SdpMessagesOf } from '../sdp-language';
import { faultSentence } from './sdp-faults';
import { sectionName } from './sdp-sections';

export const SDP_SOURCES: SdpMessagesOf<keyof SourceValues> = {
	'plan-b': {
		title: 'Several tracks in one section (Plan B)',
		advice: 'Send one m= section for each track (Unified Plan); browsers have removed Plan B.',
		sentence: ({ section, track, firstLine }) =>
			`The ${sectionName(section)} has a second track, "${track}"; the first is on line ${firstLine}.`
	},
	'source-group': {
		title: 'A source group of the wrong size, or with an unknown member',
		advice: 'Give FID and FEC-FR groups two sources, and every member its a=ssrc lines.',
		sentence: (found) =>
			found.kind === 'size'
				? `The ${found.group} group has ${count(found.sources, 'source')} and needs 2.`
				: `Source ${found.source} of the ${found.group} group has no a=ssrc line.`
	},
	'source-repeated': {
		title: 'The same source in two sections',
		advice: 'Use each SSRC in one section only.',
		sentence: ({ source, earlier }) => `Source ${source} is already used in the ${sectionName(earlier)}.`
	},
	'source-cname': {
		title: 'A source without cname',
		advice: 'Add a=ssrc:<source> cname:<name>; it ties the sources of one end together for lip sync.',
		sentence: ({ source, section }) => `Source ${source} of the ${sectionName(section)} has no cname.`
	},
	'stream-unnamed': {
		title: 'A sending section that names no stream',
		advice: 'Nothing is wrong; the track event of the other side comes without a stream.',
		sentence: ({ section, direction }) => `The ${sectionName(section)} is ${direction} and has neither a=msid nor a=ssrc.`
	},
	msid: {
		title: 'msid that cannot be read, or names two tracks',
		advice: 'Write a=msid:<stream> <track>, with the same track on every a=msid line of a section.',
		sentence: (found) =>
			found.kind === 'fault'
				? faultSentence(found.fault)
				: `The track is "${found.track}" here and "${found.firstTrack}" on line ${found.firstLine}.`
	},
	'simulcast-unknown-rid': {
		title: 'Simulcast names a rid that is not there',
		advice: 'Add an a=rid line for every id in a=simulcast.',
		sentence: ({ rid, section }) => `a=simulcast names "${rid}", and the ${sectionName(section)} has no a=rid:${rid}.`
	},
	'simulcast-extension': {
		title: 'Simulcast without the stream id extension',
		advice: 'Add a=extmap:<id> urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id; without it the layers cannot be told apart.',
		sentence: ({ section }) => `The ${sectionName(section)} uses simulcast and not the extension rtp-stream-id.`
	},
	'simulcast-draft-syntax': {
		title: 'Simulcast in the syntax of a draft',
		advice: 'Write a=simulcast:send hi;lo, without rid= or pt=.',
		sentence: ({ value }) => `a=simulcast:${value} is the syntax of an early draft.`
	},
	'rid-conflict': {
		title: 'A rid twice, or against the direction of simulcast',
		advice: 'Define each rid once, with the direction under which a=simulcast lists it.',
		sentence: (found) =>
			found.kind === 'repeated'
				? `a=rid:${found.rid} is already defined on line ${found.earlierLine}.`
				: `a=simulcast lists "${found.rid}" under ${found.listedUnder}, and a=rid:${found.rid} says ${found.direction}.`
	},
	'rid-payload-type': {
		title: 'A rid restricted to a payload type that is not listed',
		advice: 'Name in pt= only payload types of the same m= line.',
		sentence: ({ rid, payloadType }) =>
			`a=rid:${rid} is restricted to payload type ${payloadType}, which the m= line does not list.`
	},
	'legacy-simulcast': {
		title: 'Simulcast by source groups',
		advice:
			'Use sendEncodings with rids (a=rid and a=simulcast); the SIM group and x-google-flag:conference are deprecated in Chromium.',
		sentence: (found) =>
			found.kind === 'group'
				? `The ${sectionName(found.section)} announces ${count(found.layers, 'layer')} by a=ssrc-group:SIM.`
				: 'a=x-google-flag turns on legacy simulcast.'
	},
	'simulcast-not-answered': {
		title: 'The answer drops simulcast or does not mirror it',
		advice: 'Answer a=simulcast:send with recv and the same rids; otherwise one layer is sent.',
		sentence: (found) =>
			found.kind === 'dropped'
				? `The offer has ${count(found.layers, 'simulcast layer')} for the ${sectionName(found.section)}, the answer none.`
				: `The answer lists "${found.rid}" under ${found.answered}, and the offer does not under ${found.offered}.`
	},
	'sctp-map': {
		title: 'sctpmap instead of sctp-port',
		advice: 'Write m=application 9 UDP/DTLS/SCTP webrtc-datachannel and a=sctp-port:5000; sctpmap comes from a draft.',
		sentence: ({ value }) => `a=sctpmap:${value} is the form of an early draft.`
	},
	'sctp-port': {
		title: 'sctp-port missing or not a port',
		advice: 'Add a=sctp-port:5000 to the data section.',
		sentence: (found) => {
			switch (found.kind) {
				case 'missing':
					return `The ${sectionName(found.section)} has no a=sctp-port.`;
				case 'not-a-port':
					return `"${found.value}" is not an SCTP port.`;
				case 'not-a-size':
					return `"${found.value}" is not a message size in bytes.`;
			}
		}
	},
	'sctp-transport': {
		title: 'DTLS/SCTP instead of UDP/DTLS/SCTP',
		advice: 'Write UDP/DTLS/SCTP (or TCP/DTLS/SCTP); the short form comes from a draft.',
		sentence: ({ section }) => `The ${sectionName(section)} uses the transport DTLS/SCTP.`
	},
	'data-format': {
		title: 'A data section whose format is not webrtc-datachannel',
		advice: 'Write webrtc-datachannel as the only format of the m= line.',
		sentence: ({ section, format }) => `The format of the ${sectionName(section)} is "${format}".`
	},
	'data-section-repeated': {
		title: 'Two data sections',
		advice: 'Use one m=application section: all data channels of a connection share it.',
		sentence: ({ sections, firstLine }) => `There are ${sections} data sections; the first is on line ${firstLine}.`
	},
	'max-message-size': {
		title: 'Different message sizes',
		advice: 'Keep messages below the smaller of the two sizes; without the attribute it is 64 KiB (65536 bytes).',
		sentence: ({ offeredBytes, answeredBytes }) =>
			`The offering side takes messages of ${messageSize(offeredBytes)}, the answering side ${messageSize(answeredBytes)}.`
	}
};

function messageSize(bytes: number): string {
	return bytes === 0 ? 'any size' : `up to ${bytes} bytes`;
}
