/** What a correction is: edits of a description's lines as plain values, and how the tables beside this file write them. */
import type { Description, Section } from '../../text/description';
import type { LineEnd, SdpLine } from '../../text/document';
import { fieldsOf } from '../../text/values';
import type { Profile } from '../rules/rule';
import type { SdpRuleId, SdpValues } from '../values/sdp-values';

/** `remove` lines from `line` on give way to `lines`; where it is 0, these are put before `line`. */
export interface LineEdit {
	/** 1-based, in the text as given; one beyond the last line for what is put at the end. */
	line: number;
	remove: number;
	/** Without their ends: those of the lines that give way or of the line before are taken. */
	lines: readonly string[];
}

export interface Fix {
	/** Whether the specifications or the browsers leave this one text, so that nobody has to choose. */
	safe: boolean;
	edits: readonly LineEdit[];
	/** New ends of lines that stay. */
	ends: readonly { line: number; end: LineEnd }[];
}

/** What a correction is made of. */
export interface Found<V> {
	sdp: Description;
	/** The line that the finding is at. */
	line: SdpLine;
	column: number;
	values: V;
	/** The section that the line is in; null for the session part. */
	section: Section | null;
	profile: Profile;
	/** What an answer answers, where that is there. */
	offer: Description | null;
}

/** A rule without an entry has no text that could be written for whoever made the description. */
export type FixesOf<Ids extends SdpRuleId> = { readonly [Id in Ids]?: (found: Found<SdpValues[Id]>) => Fix | null };

/** The one text there is. */
export const safe = (...edits: readonly LineEdit[]): Fix => ({ safe: true, edits, ends: [] });
/** A text among others: for a person to choose. */
export const choice = (...edits: readonly LineEdit[]): Fix => ({ safe: false, edits, ends: [] });
export const safeIf = (isSafe: boolean, ...edits: readonly LineEdit[]): Fix => ({ safe: isSafe, edits, ends: [] });

export const replace = ({ number }: SdpLine, ...lines: readonly string[]): LineEdit => ({ line: number, remove: 1, lines });
export const remove = ({ number }: SdpLine): LineEdit => ({ line: number, remove: 1, lines: [] });
export const putBefore = ({ number }: SdpLine, ...lines: readonly string[]): LineEdit => ({ line: number, remove: 0, lines });
export const putAfter = ({ number }: SdpLine, ...lines: readonly string[]): LineEdit => ({ line: number + 1, remove: 0, lines });

/** A new line at the end of a section, above blank lines. */
export function putAtEnd(section: Section, ...lines: readonly string[]): LineEdit {
	return putAfter(
		section.lines.findLast(({ raw }) => raw.trim() !== '')!,
		...lines
	);
}

/** The line with `length` characters from a 1-based column on as another text. */
export function spliced(line: SdpLine, column: number, length: number, text: string): string {
	return line.raw.slice(0, column - 1) + text + line.raw.slice(column - 1 + length);
}

/** The line with one of the fields of its value, or of its argument, as another text. */
export function withField(line: SdpLine, index: number, text: string): string {
	const [source, column] = line.argument === null ? [line.value, line.valueColumn] : [line.argument, line.argumentColumn];
	const field = fieldsOf(source)[index]!;
	return spliced(line, column + field.offset, field.text.length, text);
}

/** The m= line with another transport. */
export const withProtocol = ({ mLine }: Section, protocol: string): string => withField(mLine, 2, protocol);

/** Where a line of a type belongs in a part: before the first that comes after it in the order, else at the end. */
export function placeFor(lines: readonly SdpLine[], order: string, type: string): SdpLine | null {
	const rank = order.indexOf(type);
	return lines.find((line) => line.type !== '' && order.indexOf(line.type) > rank) ?? null;
}

/** What is found out once about a description, however many findings ask for it. */
export function once<T>(find: (sdp: Description) => T): (sdp: Description) => T {
	const known = new WeakMap<Description, { found: T }>();
	return (sdp) => {
		const { found } = known.get(sdp) ?? { found: find(sdp) };
		known.set(sdp, { found });
		return found;
	};
}
