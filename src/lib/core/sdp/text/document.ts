/**
 * A session description as lines (RFC 8866 §5). The tokenizer never throws and never drops anything: joining the raw text
 * and the line end of every line gives the input back, character for character, whatever it was.
 */
export type LineEnd = '\r\n' | '\n' | '\r' | '';

export interface SdpLine {
	/** 1-based, in the text given to the tokenizer. */
	number: number;
	/** The line without its end. */
	raw: string;
	end: LineEnd;
	/** The letter before `=`; empty where the line does not have the form `letter=value`. */
	type: string;
	/** What follows the `=`; the whole line where there is no type. */
	value: string;
	/** 1-based column where the value begins. */
	valueColumn: number;
	/** The attribute's name on an `a=` line, otherwise empty. */
	name: string;
	/** What follows the colon of an attribute; null for an attribute without one, such as `a=rtcp-mux`. */
	argument: string | null;
	/** 1-based column where the argument begins. */
	argumentColumn: number;
	/** Blanks before the letter or around the `=`: readable to people, not to parsers. */
	spaced: boolean;
	/** Index of the media section it belongs to; -1 for the session part above the first `m=`. */
	section: number;
}

export interface SdpDocument {
	text: string;
	lines: SdpLine[];
	/** Lines above the first `m=`. */
	session: SdpLine[];
	/** One list for each `m=` line, which it begins with. */
	media: SdpLine[][];
}

const LF = 10;
const CR = 13;
const EQUALS = 61;

export function parseDocument(text: string): SdpDocument {
	const lines: SdpLine[] = [];
	const session: SdpLine[] = [];
	const media: SdpLine[][] = [];
	let target = session;
	let start = 0;
	while (start < text.length) {
		let stop = start;
		let code = 0;
		while (stop < text.length && (code = text.charCodeAt(stop)) !== LF && code !== CR) stop++;
		let end: LineEnd = '';
		if (stop < text.length) end = code === LF ? '\n' : text.charCodeAt(stop + 1) === LF ? '\r\n' : '\r';
		const line = parseLine(text.slice(start, stop), end, lines.length + 1);
		if (line.type === 'm') media.push((target = []));
		line.section = media.length - 1;
		target.push(line);
		lines.push(line);
		start = stop + end.length;
	}
	return { text, lines, session, media };
}

/** The text again: equal to what was parsed, always. */
export function printDocument(document: SdpDocument): string {
	return document.lines.map((line) => line.raw + line.end).join('');
}

function parseLine(raw: string, end: LineEnd, number: number): SdpLine {
	let type = '';
	let valueStart = 0;
	let spaced = false;
	if (raw.charCodeAt(1) === EQUALS && isLetter(raw.charCodeAt(0))) {
		type = raw[0]!;
		valueStart = 2;
		// The value of s= may be a single blank (RFC 8866 §5.3); anywhere else a blank there is a slip.
		spaced = type !== 's' && isBlank(raw.charCodeAt(2));
	} else {
		const loose = /^[ \t]*([A-Za-z])[ \t]*=[ \t]*/.exec(raw);
		if (loose) {
			type = loose[1]!;
			valueStart = loose[0].length;
			spaced = true;
		}
	}
	let value = raw.slice(valueStart);
	if (spaced && valueStart === 2) {
		const blanks = /^[ \t]+/.exec(value)![0].length;
		value = value.slice(blanks);
		valueStart += blanks;
	}
	let name = '';
	let argument: string | null = null;
	let argumentColumn = valueStart + 1;
	if (type === 'a') {
		const colon = value.indexOf(':');
		name = colon < 0 ? value : value.slice(0, colon);
		if (colon >= 0) {
			argument = value.slice(colon + 1);
			argumentColumn += colon + 1;
		} else {
			// A trailing blank after `a=rtcp-mux` is invisible; every parser in use ignores it.
			name = name.trimEnd();
		}
	}
	return { number, raw, end, type, value, valueColumn: valueStart + 1, name, argument, argumentColumn, spaced, section: -1 };
}

function isLetter(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isBlank(code: number): boolean {
	return code === 32 || code === 9;
}
