/** Why an answer refused a section: the likeliest of the known reasons, as far as the two descriptions show it. */
import { decisiveDifference, isHelper, matchesOf, parametersOf, sameCodec } from '../text/codecs';
import type { Description, Section } from '../text/description';
import { iceOf, ownsTransport } from '../text/transport';
import { clip } from '../text/values';

/** A codec that both sides have by name, and what keeps them from agreeing on it. */
export interface AlikeCodec {
	codec: string;
	parameter: string;
	offered: string;
	answered: string;
}

export type RejectionReason =
	| { kind: 'bundle-only' | 'no-ice-credentials' | 'unwanted' }
	/** With what differs in codecs of one name. */
	| { kind: 'no-common-codec'; alike: AlikeCodec[] }
	/** A transport that browsers do not speak. */
	| { kind: 'transport'; transport: string };

/** Why nothing flows in a section of an exchange. */
export type UnusedReason = RejectionReason | { kind: 'not-in-offer' | 'not-in-answer' | 'stopped' };

export function rejectionReason(offer: Description, offered: Section, section: Section): RejectionReason {
	if (offered.isRtp) {
		const shared = offered.listed.filter((codec) => !isHelper(codec) && matchesOf(codec, offered, section).length > 0);
		const answered = section.listed.filter((codec) => !isHelper(codec));
		if (answered.length > 0 && shared.length === 0) return { kind: 'no-common-codec', alike: alikeCodecs(offered, section) };
		if (!/SAVPF$/.test(offered.protocol)) return { kind: 'transport', transport: clip(offered.protocol) };
	}
	if (offered.bundleOnly) return { kind: 'bundle-only' };
	if (ownsTransport(offer, offered) && iceOf(offer, offered).ufrag === null) return { kind: 'no-ice-credentials' };
	return { kind: 'unwanted' };
}

/** At most so many are told. */
const MOST_ALIKE = 3;

/** What the codecs differ in that both sides have by name, in the order of the offer. */
export function alikeCodecs(offered: Section, answered: Section): AlikeCodec[] {
	const found = new Map<string, AlikeCodec>();
	for (const theirs of offered.listed) {
		for (const own of answered.listed) {
			if (isHelper(own) || !sameCodec(theirs, own)) continue;
			const [from, to] = [parametersOf(offered, theirs.payloadType), parametersOf(answered, own.payloadType)];
			const difference = decisiveDifference(own, from, to);
			if (!difference || found.size === MOST_ALIKE) continue;
			const each = {
				codec: clip(own.name),
				parameter: difference.parameter,
				offered: clip(difference.a),
				answered: clip(difference.b)
			};
			found.set(Object.values(each).join(' '), each);
		}
	}
	return [...found.values()];
}
