/** Findings about BUNDLE, rtcp-mux, mids and header extensions in English. */
import type { BundleValues } from '../../sdp/lint/values/bundle-values';
import type { SdpMessagesOf } from '../sdp-language';
import { sectionName } from './sdp-sections';

export const SDP_BUNDLE: SdpMessagesOf<keyof BundleValues> = {
	'bundle-unknown-mid': {
		title: 'The bundle names a section that does not exist',
		advice: 'List in a=group:BUNDLE only values of a=mid in this description; take the name out when its section is removed.',
		sentence: ({ group, mid }) => `a=group:${group} names "${mid}", and no section has that mid.`
	},
	'mid-missing': {
		title: 'A section without mid beside a group',
		advice: 'Give every section an a=mid of its own as soon as there is an a=group line.',
		sentence: ({ section, groupLine }) =>
			`The ${sectionName(section)} has no a=mid, and line ${groupLine} groups sections by mid.`
	},
	'mid-repeated': {
		title: 'Two sections with the same mid',
		advice: 'Give each section its own a=mid.',
		sentence: ({ mid, earlier, earlierLine }) =>
			`a=mid:${mid} is already the mid of section number ${earlier} (line ${earlierLine}).`
	},
	'mid-extension-missing': {
		title: 'No mid header extension in a bundle',
		advice:
			'Add a=extmap:<id> urn:ietf:params:rtp-hdrext:sdes:mid, so that packets can be assigned to sections of the same kind.',
		sentence: ({ section, ambiguous }) =>
			`The ${sectionName(section)} does not use the mid header extension${ambiguous ? ', names no source, and shares the bundle with another of its kind' : ''}.`
	},
	'mid-syntax': {
		title: 'A mid that is too long or not a token',
		advice: 'Use short mids, three characters or fewer; Chromium refuses more than 16 where the mid header extension is used.',
		sentence: (found) =>
			found.kind === 'long'
				? `The mid has ${found.characters} characters; Chromium takes 16 at most.`
				: `The mid "${found.mid}" is not a token.`
	},
	'bundle-rejected-section': {
		title: 'A rejected section still in the bundle',
		advice:
			'Take the mid out of a=group:BUNDLE when the port becomes 0, or add a=bundle-only when the section is meant to live in the bundle.',
		sentence: ({ mid, sectionLine }) => `The bundle lists "${mid}", and that section has port 0 (line ${sectionLine}).`
	},
	'bundle-rtcp-mux': {
		title: 'A bundle without rtcp-mux',
		advice:
			'Add a=rtcp-mux: sections that share a transport carry RTCP on it too. In answers and later offers the tagged section alone needs the line.',
		sentence: ({ section }) => `The ${sectionName(section)} is in a bundle and has no a=rtcp-mux.`
	},
	'bundle-only-port': {
		title: 'bundle-only with a port, or in an answer',
		advice: 'Use a=bundle-only only in offers and only with port 0.',
		sentence: (found) =>
			found.kind === 'in-answer'
				? `The answer says a=bundle-only in the ${sectionName(found.section)}; the line was copied from the offer.`
				: `The ${sectionName(found.section)} says a=bundle-only and has port ${found.port}; that combination has no meaning.`
	},
	'bundle-overlap': {
		title: 'A section in two bundles',
		advice: 'List each mid in one a=group:BUNDLE line only.',
		sentence: ({ mid, earlierLine }) => `"${mid}" is already in the bundle of line ${earlierLine}.`
	},
	'rtcp-mux-only': {
		title: 'rtcp-mux-only without rtcp-mux',
		advice: 'Write a=rtcp-mux beside a=rtcp-mux-only.',
		sentence: ({ section }) => `The ${sectionName(section)} says a=rtcp-mux-only and not a=rtcp-mux.`
	},
	'bundle-not-offered': {
		title: 'The answer bundles what was not offered as a bundle',
		advice: 'Bundle in the answer only mids that stand together in a BUNDLE group of the offer.',
		sentence: ({ mid, offeredElsewhere }) =>
			`The answer bundles "${mid}"${offeredElsewhere ? ' with sections of another group' : ', and the offer bundles no such section'}.`
	},
	'bundle-dropped': {
		title: 'The answer does without the offered bundle',
		advice:
			'Keep the bundle in the answer: without it every section needs ports, candidates and a handshake of its own, and browsers with max-bundle refuse.',
		sentence: ({ offered, left }) =>
			`The offer bundles ${offered} sections; the answer leaves ${left.map(sectionName).join(', ')} out.`
	},
	'rtcp-mux-not-offered': {
		title: 'The answer accepts rtcp-mux that was not offered',
		advice: 'Write a=rtcp-mux in the answer only where the offer has it.',
		sentence: ({ section }) => `The offer has no a=rtcp-mux in the ${sectionName(section)}.`
	},
	'rtcp-mux-refused': {
		title: 'The answer refuses rtcp-mux',
		advice: 'Answer with a=rtcp-mux; browsers require it.',
		sentence: ({ section }) => `The offer has a=rtcp-mux and the answer leaves it out of the ${sectionName(section)}.`
	},
	'extension-id-collision': {
		title: 'One header extension id, two meanings in a bundle',
		advice: 'Give each extension URI one id in all sections of the bundle.',
		sentence: ({ id, uri, earlier }) =>
			`Extension id ${id} is ${uri} here and ${earlier.uri} in the ${sectionName(earlier.section)}.`
	},
	'extension-id': {
		title: 'A header extension id that is taken or reserved',
		advice: 'Use each id once in a section, from 1 to 14; up to 255 with a=extmap-allow-mixed, never 15 among one-byte headers.',
		sentence: (found) => {
			switch (found.kind) {
				case 'encrypted-twice':
					return 'The encryption of an encryption is not a header extension.';
				case 'repeated':
					return `Extension id ${found.id} is given twice in the ${sectionName(found.section)}.`;
				case 'range':
					return `Extension id ${found.id} is not allowed; ids go from 1 to 255.`;
				case 'reserved':
					return `Extension id ${found.id} is reserved where one-byte headers are used.`;
				case 'two-byte':
					return `Extension id ${found.id} needs two-byte headers${found.mixed ? '' : ', and a=extmap-allow-mixed is missing'}.`;
			}
		}
	},
	'extension-direction': {
		title: 'A header extension that flows against the section',
		advice: 'Nothing needs to be done; the extension is simply not used while the section keeps this direction.',
		sentence: ({ id, direction, sectionDirection }) => `Extension ${id} is ${direction} in a section that is ${sectionDirection}.`
	},
	'extension-not-offered': {
		title: 'A header extension that was not offered, or under another id',
		advice: 'Answer with the id of the offer for each extension URI, and leave out what was not offered.',
		sentence: (found) =>
			found.kind === 'not-offered'
				? `${found.uri} is not in the offered ${sectionName(found.section)}.`
				: `${found.uri} has id ${found.id} in the answer and ${found.offeredIds.join(' or ')} in the offer.`
	}
};
