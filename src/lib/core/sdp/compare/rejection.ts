/** Why an answer refused a section: the likeliest of the known reasons, as far as the two descriptions show it. */
import { isHelper, matchesOf } from '../text/codecs';
import type { Description, Section } from '../text/description';
import { iceOf, ownsTransport } from '../text/transport';
import { clip } from '../text/values';

export type RejectionReason =
	| { kind: 'no-common-codec' | 'bundle-only' | 'no-ice-credentials' | 'unwanted' }
	/** A transport that browsers do not speak. */
	| { kind: 'transport'; transport: string };

/** Why nothing flows in a section of an exchange. */
export type UnusedReason = RejectionReason | { kind: 'not-in-offer' | 'not-in-answer' | 'stopped' };

export function rejectionReason(offer: Description, offered: Section, section: Section): RejectionReason {
	if (offered.isRtp) {
		const shared = offered.listed.filter((codec) => !isHelper(codec) && matchesOf(codec, offered, section).length > 0);
		const answered = section.listed.filter((codec) => !isHelper(codec));
		if (answered.length > 0 && shared.length === 0) return { kind: 'no-common-codec' };
		if (!/SAVPF$/.test(offered.protocol)) return { kind: 'transport', transport: clip(offered.protocol) };
	}
	if (offered.bundleOnly) return { kind: 'bundle-only' };
	if (ownsTransport(offer, offered) && iceOf(offer, offered).ufrag === null) return { kind: 'no-ice-credentials' };
	return { kind: 'unwanted' };
}
