/** Takes descriptions out of what is wrapped around them: escapes, log prefixes, message headers, base64. */
import { entryOf } from '../base/record';

export interface Place {
	line: number;
	column: number;
}

export interface Extract {
	text: string;
	/** Where each line of the text begins in the input, 1-based. */
	places: Place[];
}

/** The offset of each line's beginning, to turn offsets into places. */
function lineStarts(text: string): number[] {
	const starts = [0];
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
	}
	return starts;
}

function placeAt(starts: readonly number[], offset: number): Place {
	let low = 0;
	let high = starts.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if (starts[middle]! <= offset) low = middle;
		else high = middle - 1;
	}
	return { line: low + 1, column: offset - starts[low]! + 1 };
}

/** Descriptions written with `\r\n` or `\n` as two or four characters, in quotes or without. */
export function unescapeText(text: string): Extract[] {
	const extracts: Extract[] = [];
	const starts = lineStarts(text);
	const begin = /v=0(?:\\r)?\\n/g;
	for (let match = begin.exec(text); match; match = begin.exec(text)) {
		const quote = quoteBefore(text, match.index);
		let out = '';
		const places = [placeAt(starts, match.index)];
		let i = match.index;
		while (i < text.length) {
			const char = text[i]!;
			if (char === quote) break;
			if (char === '\n' || char === '\r') {
				if (quote !== null) break;
				// Only some of its line ends may be written out, where nothing quotes the whole.
				const next = i + (char === '\r' && text[i + 1] === '\n' ? 2 : 1);
				const goesOn = /^[a-z]=\S/.test(text.slice(next, next + 3));
				if (!goesOn && next < text.length) break;
				if (out.endsWith('\n')) places.pop();
				else out += match[0].includes('r') ? '\r\n' : '\n';
				i = next;
				places.push(placeAt(starts, i));
				continue;
			}
			if (char !== '\\') {
				out += char;
				i++;
				continue;
			}
			const { value, length } = escapeAt(text, i);
			out += value;
			i += length;
			if (value === '\n') places.push(placeAt(starts, i));
		}
		if (out.endsWith('\n')) places.pop();
		extracts.push({ text: out, places });
		begin.lastIndex = Math.max(i, begin.lastIndex);
	}
	return extracts;
}

function quoteBefore(text: string, at: number): string | null {
	const before = text[at - 1];
	return before === '"' || before === "'" || before === '`' ? before : null;
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function escapeAt(text: string, at: number): { value: string; length: number } {
	const next = text[at + 1];
	if (next === undefined) return { value: '\\', length: 1 };
	if (next === 'u' && /^[0-9a-fA-F]{4}$/.test(text.slice(at + 2, at + 6))) {
		return { value: String.fromCharCode(parseInt(text.slice(at + 2, at + 6), 16)), length: 6 };
	}
	return { value: entryOf(ESCAPES, next) ?? next, length: 2 };
}

const LINE = /^[a-zA-Z]=/;

/**
 * Descriptions in a log: the line with `v=0` gives the prefix, and lines follow as long as they begin with the same
 * prefix, one of the same shape (times and numbers differ), or none. Quotes and `\r\n" +` of source code are taken off.
 */
export function stripPrefixes(text: string): Extract[] {
	const lines = text.split(/\r\n|\n|\r/);
	const extracts: Extract[] = [];
	for (let i = 0; i < lines.length; i++) {
		const first = /^(.*?[^A-Za-z0-9]|)v=0((?:\\r)?(?:\\n)?["'`]?\s*[+,;]?)\s*$/.exec(lines[i]!);
		if (!first) continue;
		const prefix = first[1]!;
		const out: string[] = [];
		const places: Place[] = [];
		let end = i;
		for (; end < lines.length; end++) {
			const line = lines[end]!;
			if (end > i && line.trim() === '') break;
			const cut = prefixLength(line, prefix);
			if (cut === null) break;
			const body = line.slice(cut).replace(/(?:\\r)?(?:\\n)?["'`]\s*[+,;]?\s*$/, '');
			if (end > i && /^v=0$/.test(body)) break;
			out.push(body);
			places.push({ line: end + 1, column: cut + 1 });
		}
		if (out.length >= 2) extracts.push({ text: `${out.join('\r\n')}\r\n`, places });
		i = Math.max(i, end - 1);
	}
	return extracts;
}

/** How much of the line is prefix; null when the line is not part of the description. */
function prefixLength(line: string, prefix: string): number | null {
	if (line.startsWith(prefix) && LINE.test(line.slice(prefix.length))) return prefix.length;
	if (LINE.test(line)) return 0;
	const blank = /^[ \t"'`>|]+/.exec(line)?.[0].length ?? 0;
	if (blank > 0 && LINE.test(line.slice(blank))) return blank;
	const type = line.slice(0, prefix.length + 12).search(/[a-z]=/);
	const at = type < 0 ? -1 : findType(line, prefix);
	return at >= 0 ? at : null;
}

/** A prefix of the same shape: every run of digits counts as one. */
function findType(line: string, prefix: string): number {
	const shape = shapeOf(prefix);
	for (const match of line.slice(0, prefix.length + 12).matchAll(/[a-z]=/g))
		if (shapeOf(line.slice(0, match.index)) === shape) return match.index;
	return -1;
}

export function shapeOf(text: string): string {
	return text.replace(/\d+/g, '0').replace(/\s+/g, ' ');
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** UTF-8 text from base64 or base64url, blanks and line ends allowed; null when it is neither. */
export function decodeBase64(text: string): string | null {
	const clean = text.replace(/\s+/g, '').replace(/-/g, '+').replace(/_/g, '/').replace(/=+$/, '');
	if (clean.length < 24 || clean.length > 4_000_000 || !/^[A-Za-z0-9+/]+$/.test(clean)) return null;
	const bytes = new Uint8Array(Math.floor((clean.length * 3) / 4));
	let bits = 0;
	let held = 0;
	let at = 0;
	for (let i = 0; i < clean.length; i++) {
		held = (held << 6) | ALPHABET.indexOf(clean[i]!);
		bits += 6;
		if (bits >= 8) {
			bits -= 8;
			bytes[at++] = (held >> bits) & 0xff;
		}
	}
	return decodeUtf8(bytes);
}

/** Null for what is not UTF-8 or holds control characters: then the input was no text. */
function decodeUtf8(bytes: Uint8Array): string | null {
	let out = '';
	for (let i = 0; i < bytes.length;) {
		const byte = bytes[i]!;
		const length =
			byte < 0x80 ? 1 : byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : byte >= 0xf0 && byte < 0xf5 ? 4 : 0;
		if (length === 0 || i + length > bytes.length || (byte < 0x20 && byte !== 9 && byte !== 10 && byte !== 13)) return null;
		let code = length === 1 ? byte : byte & (0xff >> (length + 1));
		for (let k = 1; k < length; k++) {
			const next = bytes[i + k]!;
			if ((next & 0xc0) !== 0x80) return null;
			code = (code << 6) | (next & 0x3f);
		}
		if (code > 0x10ffff) return null;
		out += String.fromCodePoint(code);
		i += length;
	}
	return out;
}
