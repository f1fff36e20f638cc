/** Findings about answers and later rounds in English. */
import type { RoundValues } from '../../sdp/lint/values/round-values';
import type { SdpMessagesOf } from '../sdp-language';
import { sectionName } from './sdp-sections';

export const SDP_ROUNDS: SdpMessagesOf<keyof RoundValues> = {
	'extension-id-reassigned': {
		title: 'A header extension id with another meaning than before',
		advice: 'Keep the id of each extension through the connection; give a new extension an id that was never used.',
		sentence: (found) =>
			found.kind === 'other-uri'
				? `Id ${found.id} was ${found.before} in the last round and is ${found.uri} now.`
				: `${found.uri} had id ${found.beforeId} in the last round and has id ${found.id} now.`
	},
	'payload-type-reassigned': {
		title: 'A payload type becomes another codec',
		advice:
			'Give the new codec a number that was not used in this section before: packets on the way would be decoded as something else.',
		sentence: ({ payloadType, before, codec }) =>
			`Payload type ${payloadType} was ${before} in the last round and is ${codec} now.`
	},
	'offer-role-changed': {
		title: 'A later round against the DTLS role in use',
		advice: 'Write a=setup:actpass in later offers too; the answer keeps the role in use.',
		sentence: ({ role, side, said }) => `This end is ${role} since the last round, and this ${side} says a=setup:${said}.`
	},
	'ice-credentials-left-out': {
		title: 'A bundled section without ICE credentials in a later round',
		advice: 'Write a=ice-ufrag and a=ice-pwd in each section, the same in all of a bundle.',
		sentence: ({ section, before }) =>
			before
				? `The ${sectionName(section)} had ICE credentials in the last round and has none now.`
				: `The ${sectionName(section)} leaves ICE credentials to the first section of its bundle, as RFC 9143 allows.`
	},
	'sctp-port-changed': {
		title: 'The SCTP port changes in a later round',
		advice: 'Keep a=sctp-port while the data channels are open.',
		sentence: ({ before, port }) => `a=sctp-port was ${before} in the last round and is ${port} now.`
	},
	'bundle-split': {
		title: 'The answer makes several bundles of one',
		advice: 'Answer a group with one group: leave a section out of it, or keep it in.',
		sentence: ({ mids, parts }) => `The offer has one bundle of "${mids}", the answer ${parts}.`
	},
	'data-format-differs': {
		title: 'Another format of the data section than was offered',
		advice: 'Answer with the transport and the format of the offer: UDP/DTLS/SCTP webrtc-datachannel.',
		sentence: ({ section, answered, offered }) =>
			`The format of the ${sectionName(section)} is "${answered}" in the answer and "${offered}" in the offer.`
	},
	'sctp-port-zero': {
		title: 'An answer with SCTP port 0',
		advice:
			'Write the port in use, usually 5000: 0 says that there is no association. To refuse data channels, answer the m= line with port 0.',
		sentence: ({ section }) => `The ${sectionName(section)} is accepted and a=sctp-port is 0.`
	},
	'bundle-changed': {
		title: 'A later offer moves a section to another bundle, or has none left',
		advice: 'Keep the a=group:BUNDLE line through the connection and add the mids of new sections to it.',
		sentence: (found) =>
			found.kind === 'gone'
				? `The ${sectionName(found.section)} and all others of the bundle of the last round are in none now.`
				: 'The bundle of the last round is several now.'
	},
	'bundle-left': {
		title: 'A later answer takes a section out of the bundle',
		advice: 'Keep a section in the bundle that it was in before, or reject it with port 0.',
		sentence: ({ section, isNew }) =>
			isNew
				? `The ${sectionName(section)} is new and does not join the bundle that is in use.`
				: `The ${sectionName(section)} was in the bundle in the last round and is not now.`
	},
	'bundle-first-changed': {
		title: 'Another section first in the bundle of a later answer',
		advice: 'Keep the order of the group in answers: the transport belongs to the section that stands first.',
		sentence: ({ before, first }) => `"${before}" was first in the bundle in the last round, "${first}" is now.`
	}
};
