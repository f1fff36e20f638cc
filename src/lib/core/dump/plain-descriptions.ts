/** A text that begins with a description: that one, or several one below the other, and what people write around them. */
import { count } from '../base/format';
import { found, given, rolesIn, type GivenDescription, type Recognised } from './recognised';
import type { Place } from './unwrap';

interface Line {
	text: string;
	end: string;
	place: Place;
	/** Its end was written out as characters. */
	isWritten: boolean;
}

const LOOKS_LIKE_DESCRIPTION = /^\s*[A-Za-z][ \t]*=/;
/** Written out where a line begins or the text ends: inside a value it is part of the value. */
const WRITTEN_END = /\\r\\n(?=[a-z]=|\s*$)|\\n(?=[a-z]=|\s*$)/;
/** Labels of rounds beyond this are no rounds. */
const MOST = 40;

export function plainDescriptions(input: string): Recognised {
	const lines = linesOf(input);
	const starts = lines.flatMap(({ text }, index) => (/^v=0[ \t]*$/.test(text) ? [index] : []));
	const parts = starts.map((start, index) => {
		const all = lines.slice(index === 0 ? 0 : start, starts[index + 1]);
		const own = withoutRemarks(all, index + 1 < starts.length);
		return { own, after: all.slice(own.length) };
	});
	const written = lines.filter(({ isWritten }) => isWritten).length;
	const ends = written > 0 ? `, with ${count(written, 'line end')} written out as \\r\\n or \\n` : '';
	const several = severalOf(parts);
	if (several)
		return found('several-descriptions', `${several.length} session descriptions, one below the other${ends}.`, several);
	const own = parts.length === 1 ? parts[0]!.own : lines;
	const isWhole = own.length === lines.length;
	if (isWhole && written === 0) return found('sdp', 'A session description.', [given(input, null, null)]);
	const words = `A session description${ends}${isWhole ? '' : ', and other text'}.`;
	return found(written > 0 ? 'escaped-text' : 'prefixed-text', words, [given(textOf(own), null, placesOf(own))]);
}

/** Null where they are one text by mistake: nothing parts them, and they do not say which is offer and which answer. */
function severalOf(parts: readonly { own: Line[]; after: Line[] }[]): GivenDescription[] | null {
	if (parts.length < 2 || parts.length > MOST) return null;
	const texts = parts.map(({ own }) => textOf(own));
	const headings = parts.map((_, index) => (index === 0 ? '' : parts[index - 1]!.after.map(({ text }) => text).join('\n')));
	const roles = rolesIn(texts, headings);
	const apart = parts.slice(0, -1).every(({ after }) => after.length > 0);
	const inTurn = roles.every((role, index) => role === (index % 2 === 0 ? 'offer' : 'answer'));
	if (!apart && !(inTurn && texts.every((text) => /^a=setup:/m.test(text)))) return null;
	return parts.map(({ own }, index) => given(texts[index]!, roles[index]!, placesOf(own)));
}

/**
 * Without what follows a blank line and is no line of a description. A blank line with more of the description below it is a
 * fault of the text (RFC 8866 §5) and stays; so does one at the end of everything.
 */
function withoutRemarks(lines: Line[], isFollowed: boolean): Line[] {
	let last = lines.length - 1;
	while (last > 0 && !LOOKS_LIKE_DESCRIPTION.test(lines[last]!.text)) last--;
	const after = lines.slice(last + 1);
	const blank = after.findIndex(({ text }) => text.trim() === '');
	if (blank < 0) return lines;
	const isRemark = after.slice(blank).some(({ text }) => text.trim() !== '');
	return isFollowed || isRemark ? lines.slice(0, last + 1 + blank) : lines;
}

/** By real line ends, and by those that were written out as characters on their way here. */
function linesOf(input: string): Line[] {
	const real = input.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
	const usual = /\r\n|\r|\n/.exec(input)?.[0] ?? '\r\n';
	return real.flatMap((each, index) => {
		const end = /[\r\n]*$/.exec(each)![0];
		const lines: Line[] = [];
		let rest = each.slice(0, each.length - end.length);
		let column = 1;
		for (let match = WRITTEN_END.exec(rest); match; match = WRITTEN_END.exec(rest)) {
			lines.push({ text: rest.slice(0, match.index), end: usual, place: { line: index + 1, column }, isWritten: true });
			column += match.index + match[0].length;
			rest = rest.slice(match.index + match[0].length);
		}
		if (rest !== '' || lines.length === 0) lines.push({ text: rest, end, place: { line: index + 1, column }, isWritten: false });
		return lines;
	});
}

const textOf = (lines: readonly Line[]) => lines.map(({ text, end }) => text + end).join('');
const placesOf = (lines: readonly Line[]) => lines.map(({ place }) => place);
