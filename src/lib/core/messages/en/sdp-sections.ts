/** What the parts of a session description are called in English. */
import type { CodecDifference, UnusedReason } from '../../sdp/compare/rejection';
import type { NamedSection } from '../../sdp/lint/values/section-values';

/** `audio section "0"`, or by number where there is no mid. */
export function sectionName({ kind, mid, number }: NamedSection): string {
	return mid === null ? `${kind} section number ${number}` : `${kind} section "${mid}"`;
}

/** Why a section is not used. */
export function unusedSentence(reason: UnusedReason): string {
	switch (reason.kind) {
		case 'not-in-offer':
			return 'The offer has no section at this place.';
		case 'not-in-answer':
			return 'The answer has no section at this place, which breaks the whole exchange.';
		case 'stopped':
			return 'The offer itself has port 0 here: the section is stopped.';
		case 'no-common-codec':
			return `The two sides have no codec in common${differenceWords(reason.difference)}.`;
		case 'transport':
			return `The offered transport ${reason.transport} is not what browsers speak.`;
		case 'bundle-only':
			return 'It was offered as bundle-only, so the answer had to join the bundle.';
		case 'no-ice-credentials':
			return 'It was offered without ICE credentials.';
		case 'unwanted':
			return 'The answering side has no use for it: a stopped transceiver, or a kind it does not handle.';
	}
}

function differenceWords(difference: CodecDifference | null): string {
	if (difference === null) return '';
	const { codec, parameter, offered, answered } = difference;
	return `: ${codec} is on both sides, with ${parameter} ${offered} offered and ${answered} answered`;
}
