/** Findings about codecs and their parameters in English. */
import type { CodecValues } from '../../sdp/lint/values/codec-values';
import type { SdpMessagesOf } from '../sdp-language';
import { alikeClause, sectionName } from './sdp-sections';

const TRANSPORT_CC = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01';
export const SDP_CODECS: SdpMessagesOf<keyof CodecValues> = {
	'codec-clock-rate': {
		title: 'A clock rate that the codec does not have',
		advice: 'Write 90000 for video, and 8000 for PCMU, PCMA and G722, whatever the real sampling rate is.',
		sentence: ({ codec, rateHz, cite, writtenHz }) =>
			`${codec} has a clock rate of ${rateHz} Hz (${cite}) and is written with ${writtenHz}.`
	},
	'retransmission-clock-rate': {
		title: 'rtx or red with another clock rate than its codec',
		advice: 'Write the clock rate of the codec that is repeated.',
		sentence: ({ codec, target, targetHz }) => `${codec} repeats ${target}, which has a clock rate of ${targetHz} Hz.`
	},
	'codec-parameter-range': {
		title: 'A codec parameter out of its range',
		advice: 'Correct the value, or leave the parameter out: absent it has a meaning that every decoder knows.',
		sentence: ({ parameter, codec, given, least, most }) =>
			`${parameter} of ${codec} is "${given}"; it goes from ${least} to ${most}.`
	},
	'h264-profile-missing': {
		title: 'H.264 without profile-level-id',
		advice: 'Write a=fmtp with profile-level-id and packetization-mode, for example 42e01f and 1.',
		sentence: ({ payloadType }) =>
			`H264 with payload type ${payloadType} has no profile-level-id, which means the baseline profile and level 1: 176x144 at 15 frames a second.`
	},
	'h265-transmission-mode': {
		title: 'H.265 over several streams',
		advice: 'Leave tx-mode out, or write tx-mode=SRST: browsers send and take one stream.',
		sentence: ({ mode }) => `tx-mode is "${mode}".`
	},
	'redundancy-unnamed': {
		title: 'red for audio that does not say what it repeats',
		advice: 'Write a=fmtp with the payload types of the packet, the first of them first: 111/111.',
		sentence: ({ payloadType }) => `red with payload type ${payloadType} has no a=fmtp line.`
	},
	'telephone-events': {
		title: 'A list of telephone events that cannot be read',
		advice: 'Write numbers and ranges from 0 to 255 with commas between, such as 0-15,66; without the line it is 0-15.',
		sentence: ({ event }) => `"${event}" is no telephone event and no range of them.`
	},
	'transport-feedback-incomplete': {
		title: 'Transport-wide feedback without its header extension, or the other way round',
		advice: `Have both or neither: a=rtcp-fb with transport-cc, and a=extmap with ${TRANSPORT_CC}.`,
		sentence: ({ section, lacks }) =>
			lacks === 'extension'
				? `The ${sectionName(section)} wants transport-cc feedback, and no header extension numbers its packets.`
				: `Packets of the ${sectionName(section)} are numbered for transport-cc, and no codec asks for that feedback.`
	},
	'no-common-configuration': {
		title: 'Accepted with codecs of the same name that cannot be agreed on',
		advice: 'Offer the configuration that the other side has as well, or reject the section with port 0.',
		sentence: ({ section, alike }) => `The ${sectionName(section)} is accepted without a codec in common${alikeClause(alike)}.`
	},
	'h264-level-raised': {
		title: 'The answer has a higher H.264 level than the offer',
		advice: 'Answer with the level of the offer or a lower one, or write level-asymmetry-allowed=1 on both sides.',
		sentence: ({ payloadType, answered, offered }) =>
			`H264 with payload type ${payloadType} has level ${answered} in the answer and ${offered} in the offer, and not both sides say level-asymmetry-allowed=1.`
	},
	'codec-renumbered': {
		title: 'The answer gives a codec another number',
		advice: 'Answer with the number of the offer: another is allowed, then each side sends with the number of the other.',
		sentence: ({ codec, payloadType, offered }) =>
			`${codec} has payload type ${payloadType} in the answer and ${offered.join(' or ')} in the offer.`
	}
};
