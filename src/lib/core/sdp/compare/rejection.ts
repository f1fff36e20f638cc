/** Why an answer refused a section: the likeliest of the known reasons, as far as the two descriptions show it. */
import { codecName, decisiveDifference, isHelper, matchesOf, parametersOf, sameCodec } from '../text/codecs';
import type { Description, Section } from '../text/description';
import { iceOf, ownsTransport } from '../text/transport';
import { clip } from '../text/values';

/** A codec that both sides name, with a parameter that makes it two. */
export interface CodecDifference {
	codec: string;
	parameter: string;
	offered: string;
	answered: string;
}

export type RejectionReason =
	| { kind: 'no-common-codec'; difference: CodecDifference | null }
	| { kind: 'bundle-only' | 'no-ice-credentials' | 'unwanted' }
	/** A transport that browsers do not speak. */
	| { kind: 'transport'; transport: string };

/** Why nothing flows in a section of an exchange. */
export type UnusedReason = RejectionReason | { kind: 'not-in-offer' | 'not-in-answer' | 'stopped' };

export function rejectionReason(offer: Description, offered: Section, section: Section): RejectionReason {
	if (offered.isRtp) {
		const shared = offered.listed.filter((codec) => !isHelper(codec) && matchesOf(codec, offered, section).length > 0);
		const answered = section.listed.filter((codec) => !isHelper(codec));
		if (answered.length > 0 && shared.length === 0)
			return { kind: 'no-common-codec', difference: differenceIn(offered, section) };
		if (!/SAVPF$/.test(offered.protocol)) return { kind: 'transport', transport: clip(offered.protocol) };
	}
	if (offered.bundleOnly) return { kind: 'bundle-only' };
	if (ownsTransport(offer, offered) && iceOf(offer, offered).ufrag === null) return { kind: 'no-ice-credentials' };
	return { kind: 'unwanted' };
}

/** Nothing of a codec that both name is shared, so that any pair of its entries shows why. */
function differenceIn(offered: Section, answered: Section): CodecDifference | null {
	for (const codec of offered.listed) {
		const other = isHelper(codec) ? undefined : answered.listed.find((each) => sameCodec(codec, each));
		const [own, theirs] = [parametersOf(offered, codec.payloadType), parametersOf(answered, other?.payloadType ?? -1)];
		const difference = other && decisiveDifference(codec, own, theirs);
		if (!difference) continue;
		const { parameter, a, b } = difference;
		return { codec: clip(codecName(codec)), parameter, offered: clip(a), answered: clip(b) };
	}
	return null;
}
