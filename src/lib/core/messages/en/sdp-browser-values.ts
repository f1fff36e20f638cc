/** Findings about values that browsers refuse, in English. */
import type { RefusedValues } from '../../sdp/lint/values/refused-values';
import type { SdpMessagesOf } from '../sdp-language';
import { sectionName } from './sdp-sections';

export const SDP_BROWSER_VALUES: SdpMessagesOf<keyof RefusedValues> = {
	'candidate-transport': {
		title: 'A candidate over a transport that is neither UDP nor TCP',
		advice: 'Leave the candidate out: browsers connect over UDP and TCP.',
		sentence: ({ transport }) => `The transport is "${transport}".`
	},
	'candidate-number': {
		title: 'A candidate whose generation or network is no number',
		advice: 'Leave the extension out, or pass the candidate on as its browser gave it.',
		sentence: ({ extension, value }) =>
			value === null ? `Nothing stands behind ${extension}.` : `"${value}" is no value of ${extension}.`
	},
	'extension-levels': {
		title: 'Header extensions in the session part and in sections',
		advice: 'Write every a=extmap below its m= line.',
		sentence: ({ section }) => `The ${sectionName(section)} has a=extmap too.`
	},
	'number-too-large': {
		title: 'A number that does not fit 31 bits',
		advice: 'Write a number below 2147483648; a=max-message-size:0 says that any size is taken.',
		sentence: (found) =>
			'clockRateHz' in found ? `A clock rate of ${found.clockRateHz} Hz is too large.` : `${found.number} is too large.`
	},
	'msid-empty': {
		title: 'msid with a blank and no stream before or no track behind it',
		advice: 'Write a=msid:<stream> <track>, with - for no stream, or the stream alone without a blank.',
		sentence: ({ missing }) => `a=msid names no ${missing}.`
	},
	'rid-restriction': {
		title: 'A restriction of a rid that cannot be read',
		advice: 'Write name=number for each restriction, for example max-width=1280, with semicolons between.',
		sentence: (found) => {
			switch (found.kind) {
				case 'tab':
					return 'A tab stands behind the direction.';
				case 'name':
					return `"${found.restriction}" has no name that is known.`;
				case 'value':
					return `"${found.restriction}" has no value.`;
				case 'number':
					return `"${found.restriction}" is no whole number.`;
			}
		}
	},
	'audio-sources': {
		title: 'Several sources in one audio section',
		advice: 'Give each source a section of its own, or leave the a=ssrc lines out.',
		sentence: ({ source, first, firstLine }) => `The source is ${source} here and ${first} on line ${firstLine}.`
	},
	'user-name-long': {
		title: 'A user name of 256 characters or more in o=',
		advice: 'Write - for the user name.',
		sentence: ({ characters }) => `The user name has ${characters} characters.`
	}
};
