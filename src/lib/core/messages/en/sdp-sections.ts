/** What the parts of a session description are called in English. */
import type { AlikeCodec, UnusedReason } from '../../sdp/compare/rejection';
import type { NamedSection } from '../../sdp/lint/values/section-values';

/** `audio section "0"`, or by number where there is no mid. */
export function sectionName({ kind, mid, number }: NamedSection): string {
	return mid === null ? `${kind} section number ${number}` : `${kind} section "${mid}"`;
}

/** What keeps the sides from agreeing on codecs that both have by name. */
export function alikeClause(alike: readonly AlikeCodec[]): string {
	if (alike.length === 0) return '';
	const words = alike.map(
		({ codec, parameter, offered, answered }) => `${codec} has ${parameter} ${offered} in the offer and ${answered} in the answer`
	);
	return `: ${words.join(', ')}`;
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
			return `The two sides have no codec in common${alikeClause(reason.alike)}.`;
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
