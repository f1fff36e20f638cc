/** What is good to know about a description, in English. */
import { count } from '../../base/format';
import type { AdviceValues } from '../../sdp/lint/values/advice-values';
import type { SdpMessagesOf } from '../sdp-language';

/** What took the place of an attribute. */
const INSTEAD: Record<AdviceValues['deprecated-attributes']['instead'], string> = {
	'ice-options': 'a=ice-options replaced it',
	simulcast: 'a=simulcast replaced it',
	setup: 'a=setup replaced it',
	msid: 'a=msid replaced it',
	nothing: 'it never left Chromium'
};

export const SDP_ADVICE: SdpMessagesOf<keyof AdviceValues> = {
	implementation: {
		title: 'Who wrote this',
		advice: 'Nothing needs to be done; knowing the writer helps to find its settings and known faults.',
		sentence: ({ name }) => `This looks like ${name}.`
	},
	addresses: {
		title: 'Addresses in the description',
		advice: 'Redact the description before showing it to others.',
		sentence: (found) => {
			const parts = [
				[found.public, 'public'],
				[found.private, 'private'],
				[found.mdns, 'hidden (mDNS)']
			] as const;
			const all = found.public + found.private + found.mdns;
			const named = parts.filter(([addresses]) => addresses > 0).map(([addresses, kind]) => `${addresses} ${kind}`);
			return `The description holds ${named.join(', ')} ${all === 1 ? 'address' : 'addresses'}.`;
		}
	},
	size: {
		title: 'A large description',
		advice:
			'Remove unused codecs with setCodecPreferences if size matters: SIP over UDP above 1300 bytes, or push messages above a few kilobytes.',
		sentence: ({ characters, lines, sip }) =>
			`The description has ${count(characters, 'character')} in ${count(lines, 'line')}${sip ? '; above 1300 bytes SIP must leave UDP' : ''}.`
	},
	'deprecated-attributes': {
		title: 'Attributes of earlier days',
		advice: 'Nothing needs to be done; programs that write descriptions can leave them out.',
		sentence: ({ attribute, onSource, instead }) =>
			`${onSource ? `${attribute} in a=ssrc` : `a=${attribute}`} is deprecated: ${INSTEAD[instead]}.`
	}
};
