/** A line's pieces with what a finding points at underlined. */
import { tokensOf, type Token } from '../../core/sdp/text/tokens';

export interface MarkedToken extends Token {
	marked: boolean;
}

/** `found` are columns from 1. A finding about column 1 is about the whole line; where others point into it, theirs is what there is to see. */
export function markedTokens(line: string, found: readonly number[]): MarkedToken[] {
	const tokens = tokensOf(line);
	if (found.length === 0) return tokens.map((token) => ({ ...token, marked: false }));
	const columns = found.filter((column) => column > 1);
	const all = columns.length === 0;
	const marked: MarkedToken[] = [];
	let at = 0;
	for (const { kind, text } of tokens) {
		const inside = all
			? 0
			: Math.min(...columns.map((column) => column - 1 - at).filter((offset) => offset >= 0 && offset < text.length));
		if (inside > 0) marked.push({ kind, text: Number.isFinite(inside) ? text.slice(0, inside) : text, marked: false });
		if (Number.isFinite(inside)) marked.push({ kind, text: text.slice(inside), marked: true });
		at += text.length;
	}
	// What is missing at the end of a line is pointed at behind it.
	if (columns.some((column) => column - 1 >= line.length)) marked.push({ kind: 'text', text: ' ', marked: true });
	return marked;
}
