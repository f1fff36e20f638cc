/** Findings about payload types, codecs and their parameters in English. */
import type { PayloadTypeValues } from '../../sdp/lint/values/payload-types-values';
import type { SdpMessagesOf } from '../sdp-language';
import { sectionName } from './sdp-sections';

export const SDP_PAYLOAD_TYPES: SdpMessagesOf<keyof PayloadTypeValues> = {
	'payload-type-range': {
		title: 'A format that is not a payload type',
		advice: 'List numbers from 0 to 127 in the m= line of an RTP section.',
		sentence: ({ format }) => `"${format}" in the m= line is not a payload type from 0 to 127.`
	},
	'payload-type-unmapped': {
		title: 'A dynamic payload type without rtpmap',
		advice: 'Add the a=rtpmap line, or take the number out of the m= line: the codec lines were removed and the number left.',
		sentence: ({ payloadType, section }) =>
			`Payload type ${payloadType} of the ${sectionName(section)} has no a=rtpmap line and no meaning of its own.`
	},
	'payload-type-unlisted': {
		title: 'Codec lines for a payload type that is not in the m= line',
		advice: 'Remove these lines too, or put the number back into the m= line.',
		sentence: ({ attribute, payloadType, section }) =>
			`a=${attribute} is for payload type ${payloadType}, which the m= line of the ${sectionName(section)} does not list.`
	},
	'payload-type-repeated': {
		title: 'The same payload type twice in the m= line',
		advice: 'List every number once; a text replacement of the codec order often does this.',
		sentence: ({ section, payloadTypes }) => `The m= line of the ${sectionName(section)} repeats ${payloadTypes.join(', ')}.`
	},
	'payload-type-rtcp-range': {
		title: 'A payload type that looks like RTCP',
		advice: 'Choose numbers from 96 to 127, then from 35 to 63; with rtcp-mux 64 to 95 cannot be told from RTCP packets.',
		sentence: ({ payloadType, section }) =>
			`Payload type ${payloadType} of the ${sectionName(section)} cannot be told from RTCP when rtcp-mux is used.`
	},
	'payload-type-collision': {
		title: 'One payload type, two codecs in a bundle',
		advice:
			'Give the second codec a payload type that is free in all sections of the group: on one transport the number alone says what a packet is.',
		sentence: ({ payloadType, codec, section, earlier, difference }) => {
			const there = `in the ${sectionName(earlier.section)}`;
			return difference
				? `Payload type ${payloadType} is ${codec} with ${difference.parameter}=${difference.here} here and ${difference.there} ${there}.`
				: `Payload type ${payloadType} is ${codec} in the ${sectionName(section)} and ${earlier.codec} ${there}.`;
		}
	},
	'retransmission-target': {
		title: 'rtx without a codec to repeat',
		advice: 'Give every rtx an a=fmtp line with apt=<payload type of a listed codec>, or remove the rtx together with its codec.',
		sentence: (found) => {
			switch (found.kind) {
				case 'none':
					return `rtx with payload type ${found.payloadType} names no codec: its a=fmtp line with apt= is missing.`;
				case 'itself':
					return `rtx with payload type ${found.payloadType} repeats itself.`;
				case 'unlisted':
					return `rtx with payload type ${found.payloadType} repeats payload type ${found.target}, which the m= line does not list.`;
			}
		}
	},
	'static-payload-type-remapped': {
		title: 'A static payload type with another codec',
		advice: 'Use a dynamic number (96 to 127) for this codec; peers take the static meaning without reading the rtpmap.',
		sentence: ({ payloadType, means, given }) => `Payload type ${payloadType} means ${means} and is given to ${given} here.`
	},
	'opus-map': {
		title: 'opus not written as opus/48000/2',
		advice: 'Write opus/48000/2 whatever the real rate and channels are; stereo and bandwidth go into a=fmtp.',
		sentence: ({ written }) => `opus is written as ${written}; only opus/48000/2 is defined.`
	},
	'feedback-profile': {
		title: 'rtcp-fb in a profile without feedback',
		advice: 'Use RTP/AVPF, RTP/SAVPF or UDP/TLS/RTP/SAVPF as the transport, or leave a=rtcp-fb out.',
		sentence: ({ transport }) => `a=rtcp-fb is used with ${transport}, which has no feedback messages.`
	},
	'telephone-event-rate': {
		title: 'telephone-event with a clock rate no codec has',
		advice: 'Offer telephone-event at the clock rate of each audio codec, for example /48000 beside opus.',
		sentence: ({ clockRateHz, section, codecRatesHz }) =>
			`telephone-event runs at ${clockRateHz} Hz; the codecs of the ${sectionName(section)} run at ${codecRatesHz.join(', ')} Hz, so tones would need a change of clock.`
	},
	'video-parameter-sets': {
		title: 'H.264 or H.265 parameters that cannot be read',
		advice: 'Write profile-level-id as six hex digits, and sprop parameter sets as base64 separated by commas.',
		sentence: ({ parameter, value, wanted }) =>
			wanted === 'hex' ? `${parameter} is "${value}" and not six hex digits.` : `${parameter} is not base64: "${value}".`
	},
	'packet-time': {
		title: 'ptime larger than maxptime, or not a number',
		advice: 'Give both in whole milliseconds, ptime not above maxptime.',
		sentence: (found) =>
			found.kind === 'not-a-number'
				? `a=${found.attribute} is "${found.value}" and not a number of milliseconds.`
				: `ptime is ${found.ptimeMs} ms and maxptime ${found.maxptimeMs} ms.`
	},
	'redundancy-target': {
		title: 'red names a payload type that is not there',
		advice: 'List in the a=fmtp line of red only payload types of the same section, separated by slashes.',
		sentence: ({ payloadType, target }) =>
			`red with payload type ${payloadType} repeats payload type ${target}, which the m= line does not list.`
	},
	'mandatory-codec': {
		title: 'None of the codecs that every browser has',
		advice: 'Add opus (or PCMU, PCMA) for audio and VP8 or H264 for video, unless both ends are known.',
		sentence: ({ section, codecs }) => `The ${sectionName(section)} has only ${codecs}; not every browser has that.`
	},
	'h264-parameters-differ': {
		title: 'H.264 entries that do not match',
		advice: 'Answer each H.264 payload type with the same packetization-mode and profile; only the level may differ.',
		sentence: parametersDiffer
	},
	'video-profile-differs': {
		title: 'VP9, AV1 or H.265 profiles that do not match',
		advice: 'Answer with the profile that was offered for this payload type, or drop the entry.',
		sentence: parametersDiffer
	},
	'only-helper-codecs': {
		title: 'Nothing left that carries audio or video',
		advice: 'Keep at least one real codec in the answer, or reject the section with port 0.',
		sentence: ({ section, codecs }) => `The ${sectionName(section)} is accepted with only ${codecs}.`
	}
};

function parametersDiffer({
	codec,
	payloadType,
	parameter,
	answered,
	offered
}: PayloadTypeValues['h264-parameters-differ']): string {
	return `${codec} with payload type ${payloadType} has ${parameter}=${answered} in the answer and ${offered} in the offer.`;
}
