/** Findings about an offer, its answer and the round before in English. */
import { count } from '../../base/format';
import type { ExchangeValues, PairedSection } from '../../sdp/lint/values/exchange-values';
import type { NamedSection } from '../../sdp/lint/values/section-values';
import type { SdpMessagesOf } from '../sdp-language';
import { unusedSentence, sectionName } from './sdp-sections';

export const SDP_EXCHANGE: SdpMessagesOf<keyof ExchangeValues> = {
	'hold-by-address': {
		title: 'On hold by c=0.0.0.0',
		advice: 'Put a call on hold with a=sendonly or a=inactive; the zero address is old practice and restarts ICE.',
		sentence: ({ section }) => `The address of the ${sectionName(section)} is 0.0.0.0, which old phones mean as hold.`
	},
	'section-count': {
		title: 'The answer has another number of sections',
		advice: 'Answer every m= line of the offer, in its place; refuse one with port 0, never leave it out.',
		sentence: ({ offered, answered, pairs }) =>
			`The offer has ${offered} m= ${offered === 1 ? 'line' : 'lines'}, the answer ${answered}.${pairList(pairs)}`
	},
	'section-order': {
		title: 'Another kind or transport at the same place',
		advice: 'Keep the order of the m= lines of the offer, and its kinds and transports.',
		sentence: (found) =>
			found.what === 'kind'
				? `m= line ${found.number} is ${found.answered} in the answer and ${found.offered} in the offer (line ${found.offeredLine}).${pairList(found.pairs)}`
				: `m= line ${found.number} uses ${found.answered} in the answer and ${found.offered} in the offer.${found.sameToBrowsers ? ' Browsers take these names for the same.' : ''}`
	},
	'section-mid': {
		title: 'Another mid at the same place',
		advice: 'Copy the a=mid of the offer into the section of the answer at the same place.',
		sentence: ({ number, answered, offered }) =>
			answered === null
				? `The offer names m= line ${number} "${offered}", the answer gives no a=mid.`
				: offered === null
					? `The answer names m= line ${number} "${answered}", the offer gives it no mid.`
					: `m= line ${number} is "${answered}" in the answer and "${offered}" in the offer.`
	},
	'direction-conflict': {
		title: 'Directions that do not fit together',
		advice:
			'Answer sendonly with recvonly, recvonly with sendonly, and inactive with inactive; the direction is inverted, not copied.',
		sentence: ({ section, offered, answered }) =>
			`The offer of the ${sectionName(section)} is ${offered}, the answer ${answered}.`
	},
	'one-way-media': {
		title: 'One-way although both directions were offered',
		advice: 'If both sides should send: add a track or a transceiver on the answering side before createAnswer.',
		sentence: ({ section, answered }) => {
			const words = { recvonly: 'only receives', sendonly: 'only sends', inactive: 'neither sends nor receives' };
			return `The offer of the ${sectionName(section)} is sendrecv; the answering side ${words[answered]}.`;
		}
	},
	'section-rejected': {
		title: 'The answer rejects a section',
		advice: 'Compare the codecs of both sides, look for a stopped transceiver, and for a bundle that the answer could not join.',
		sentence: ({ section, reason }) => `The ${sectionName(section)} is rejected (port 0). ${unusedSentence(reason)}`
	},
	'all-rejected': {
		title: 'The answer rejects everything',
		advice: 'Look at the first section: what rejects it usually rejects the others, above all in a bundle.',
		sentence: ({ sections }) =>
			sections === 1
				? 'The only offered section is rejected with port 0, so there is nothing to connect.'
				: `All ${sections} offered sections are rejected with port 0, so there is nothing to connect.`
	},
	'answer-copied': {
		title: 'The answer is a copy of the offer',
		advice:
			'Make the answer with createAnswer after setRemoteDescription(offer), and look whether signalling returns messages to their sender.',
		sentence: () => 'The o= line and the ICE credentials are those of the offer: this is the offer, come back.'
	},
	bandwidth: {
		title: 'A very low bandwidth, or AS and TIAS that disagree',
		advice: 'Give AS in kilobits a second and TIAS in bits a second; leave b= out when no limit is meant.',
		sentence: (found) =>
			found.kind === 'low'
				? `The ${sectionName(found.section)} is limited to ${found.bitrateBps / 1000} kbit/s.`
				: `b=AS allows ${found.asBps / 1000} kbit/s and b=TIAS ${found.tiasBps / 1000} kbit/s.`
	},
	'codec-not-offered': {
		title: 'The answer has a codec that was not offered',
		advice: 'Leave the codec out: browsers use only what both sides listed.',
		sentence: ({ codec, section }) => `${codec} is not in the offered ${sectionName(section)}.`
	},
	'no-common-codec': {
		title: 'Accepted without a common codec',
		advice: 'Offer a codec both sides have, or reject the section with port 0.',
		sentence: ({ section, answered, offered }) =>
			`The ${sectionName(section)} is accepted with ${answered}; offered were ${offered}.`
	},
	'feedback-not-offered': {
		title: 'Feedback that was not offered',
		advice: 'Answer only feedback messages that the offer lists for the same codec.',
		sentence: ({ feedback, codec }) => `"${feedback}" for ${codec} is not in the offer.`
	},
	'payload-type-changed': {
		title: 'One payload type, two codecs across the exchange',
		advice: 'Answer each codec under the number of the offer; different numbers are allowed and break many programs.',
		sentence: ({ payloadType, answered, offered }) =>
			`Payload type ${payloadType} is ${answered} in the answer and ${offered} in the offer.`
	},
	'session-version': {
		title: 'The version in o= does not follow the change',
		advice: 'Keep user name and session id of o= through the connection and add one to the version whenever anything changes.',
		sentence: (found) => {
			switch (found.kind) {
				case 'other-session':
					return `User name and session id were "${found.before}" in the last round and are "${found.now}" now.`;
				case 'went-back':
					return `The version went back from ${found.before} to ${found.now}.`;
				case 'unchanged':
					return `The description changed and the version is still ${found.version}.`;
			}
		}
	},
	'sections-removed': {
		title: 'A later offer lost a section or changed its kind',
		advice: 'Keep every m= line of the earlier rounds in its place; stop one by setting its port to 0.',
		sentence: (found) =>
			found.kind === 'fewer'
				? `The last round had ${count(found.before, 'm= line')}, this offer has ${found.now}.`
				: `m= line ${found.number} was ${found.before} in the last round and is ${found.now} now.`
	},
	'recycled-section': {
		title: 'The mid of a section changed, or that of a reused one did not',
		advice:
			'Keep the mid of a section for its life, and give a new mid to an m= line that is used again after its section was stopped.',
		sentence: ({ number, mid, before }) =>
			mid === before
				? `m= line ${number} was stopped and is used again with its old mid "${mid}".`
				: `The mid of m= line ${number} was "${before}" and is "${mid}" now.`
	},
	'different-peer': {
		title: 'A different peer is speaking',
		advice: 'Make a new connection: the other side was reloaded, or the message was meant for somebody else.',
		sentence: () =>
			'Session id, certificate fingerprint and ICE credentials all differ from the last round: this is another connection.'
	}
};

/** Which section of the answer belongs to which of the offer. */
function pairList(pairs: readonly PairedSection[]): string {
	if (pairs.length === 0) return '';
	const nameOf = ({ number, kind, mid }: NamedSection) => `${number} (${mid === null ? kind : `${kind}, mid ${mid}`})`;
	const words = pairs.map(({ offered, answered }) => {
		if (!offered) return `answered ${nameOf(answered!)} was not offered`;
		return answered
			? `offered ${nameOf(offered)} is answered as number ${answered.number}`
			: `offered ${nameOf(offered)} has no answer`;
	});
	return ` By mid and kind: ${words.join('; ')}.`;
}
