/** Why an answer refused a section: the likeliest of the known reasons, as far as the two descriptions show it. */
import { isHelper, matchesOf } from '../text/codecs';
import type { Description, Section } from '../text/description';
import { iceOf, ownsTransport } from '../text/transport';
import { clip } from '../text/values';

export function rejectionReason(offer: Description, offered: Section, section: Section): string {
	if (offered.isRtp) {
		const shared = offered.listed.filter((codec) => !isHelper(codec) && matchesOf(codec, offered, section).length > 0);
		const answered = section.listed.filter((codec) => !isHelper(codec));
		if (answered.length > 0 && shared.length === 0) return 'The two sides have no codec in common.';
		if (!/SAVPF$/.test(offered.protocol)) return `The offered transport ${clip(offered.protocol)} is not what browsers speak.`;
	}
	if (offered.bundleOnly) return 'It was offered as bundle-only, so the answer had to join the bundle.';
	if (ownsTransport(offer, offered) && iceOf(offer, offered).ufrag === null) return 'It was offered without ICE credentials.';
	return 'The answering side has no use for it: a stopped transceiver, or a kind it does not handle.';
}
