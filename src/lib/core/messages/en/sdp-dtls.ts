/** Findings about keys and DTLS roles in English. */
import { count } from '../../base/format';
import type { DtlsValues } from '../../sdp/lint/values/dtls-values';
import type { SdpMessagesOf } from '../sdp-language';
import { faultSentence } from './sdp-faults';
import { sectionName } from './sdp-sections';

const ONLY_LATER = 'in a first offer Firefox refuses that, and only later ones may leave it to the tagged section of the bundle.';

export const SDP_DTLS: SdpMessagesOf<keyof DtlsValues> = {
	'fingerprint-missing': {
		title: 'No certificate fingerprint',
		advice:
			'Have the other side use DTLS-SRTP and write a=fingerprint: browsers refuse media without it. In a bundle the tagged section alone needs it.',
		sentence: ({ section, inFirstOffer }) =>
			inFirstOffer
				? `The ${sectionName(section)} has no a=fingerprint: ${ONLY_LATER}`
				: `The ${sectionName(section)} has no a=fingerprint, in itself or in the session part.`
	},
	'fingerprint-digest': {
		title: 'A fingerprint that is not a digest of its hash',
		advice:
			'Write the hash name, a blank, and every byte of the certificate digest as two upper-case hex digits with colons between.',
		sentence: (found) => {
			switch (found.kind) {
				case 'fault':
					return faultSentence(found.fault);
				case 'not-hex':
					return `The digest "${found.digest}" is not pairs of hex digits with colons between.`;
				case 'length':
					return `The ${found.hash} digest has ${count(found.bytes, 'byte')}; ${found.hash} gives ${found.wanted}.`;
				case 'lower-case':
					return 'The digest is in lower case; the specification asks for upper case.';
			}
		}
	},
	'fingerprint-hash': {
		title: 'A weak or unknown hash',
		advice: 'Use sha-256, which every implementation has.',
		sentence: ({ hash, strength }) =>
			strength === 'forbidden'
				? `${hash} must not be used for fingerprints.`
				: strength === 'weak'
					? `${hash} is weak; browsers still take it.`
					: `The hash "${hash}" is not known.`
	},
	'keys-in-sdp': {
		title: 'Keys written into the description (SDES, MIKEY)',
		advice:
			'Use DTLS-SRTP (a=fingerprint and a=setup); browsers do not use a=crypto, and whoever reads the description can decrypt a call that does.',
		sentence: ({ attribute }) => `a=${attribute} carries a key in the description.`
	},
	'unencrypted-profile': {
		title: 'A transport without DTLS-SRTP',
		advice: 'Offer UDP/TLS/RTP/SAVPF to a browser (in Asterisk: webrtc=yes, or avpf and media encryption dtls).',
		sentence: ({ section, transport }) => `The ${sectionName(section)} uses ${transport}, which browsers do not speak.`
	},
	'fingerprint-repeated': {
		title: 'Several fingerprints at one level',
		advice: 'Write one fingerprint for each section: the specification allows several, and not every browser takes them.',
		sentence: ({ fingerprints, inSession }) =>
			`${fingerprints} fingerprints stand ${inSession ? 'in the session part' : 'at the same level'}.`
	},
	'tls-id': {
		title: 'tls-id malformed, or only in the answer',
		advice: 'Write a=tls-id with 20 to 255 letters, digits, +, /, - or _, and answer it only where it was offered.',
		sentence: (found) =>
			'malformed' in found
				? `a=tls-id "${found.malformed}" is not 20 to 255 of the allowed characters.`
				: 'The answer has a=tls-id and the offer has none.'
	},
	'dtls-role-missing': {
		title: 'a=setup missing or unknown',
		advice: 'Write the role alone: actpass in an offer, active or passive in an answer.',
		sentence: (found) => {
			switch (found.kind) {
				case 'remark':
					return `"${found.remark}" stands behind a=setup:${found.setup}: the line takes a role and nothing more, and SDP has no comments.`;
				case 'unknown':
					return found.setup === 'holdconn'
						? 'a=setup is holdconn, which does not exist for DTLS.'
						: `a=setup is "${found.setup}"; it is actpass, active or passive.`;
				case 'open':
					return `The ${sectionName(found.section)} does not say a=setup, so who begins the DTLS handshake is open.`;
				case 'in-first-offer':
					return `The ${sectionName(found.section)} has no a=setup: ${ONLY_LATER}`;
			}
		}
	},
	'offer-dtls-role': {
		title: 'An offer that is not actpass',
		advice: 'Offer a=setup:actpass, in later offers too, and let the answerer choose.',
		sentence: ({ setup }) => `This offer says a=setup:${setup}.`
	},
	'bundled-dtls-differs': {
		title: 'Bundled sections with different fingerprints or DTLS roles',
		advice: 'Write the same a=fingerprint and a=setup in all sections of a bundle, or only in the first.',
		sentence: ({ tagged, setup }) =>
			setup
				? `a=setup is ${setup.here} here and ${setup.tagged} in the ${sectionName(tagged)}, and both are in one bundle.`
				: `The fingerprint differs from that of the ${sectionName(tagged)}, and both are in one bundle.`
	},
	'answer-dtls-role': {
		title: 'An answer that is actpass',
		advice: 'Answer a=setup:active (or passive): the line was copied from the offer.',
		sentence: () => 'The answer says a=setup:actpass and so leaves open who begins the DTLS handshake.'
	},
	'dtls-role-conflict': {
		title: 'Both ends take the same DTLS role',
		advice: 'Answer with the opposite role; with two clients or two servers the connection stays in "connecting".',
		sentence: ({ setup, section }) => `Offer and answer both say a=setup:${setup} for the ${sectionName(section)}.`
	},
	'dtls-association-changed': {
		title: 'New DTLS identity or role without an ICE restart',
		advice: 'Keep fingerprint, tls-id and role through a connection, or restart ICE together with the change.',
		sentence: ({ section, setup }) =>
			setup
				? `The DTLS role of the ${sectionName(section)} was ${setup.before} in the last round and is ${setup.now} now.`
				: `The fingerprint of the ${sectionName(section)} changed since the last round and the ICE credentials did not.`
	}
};
