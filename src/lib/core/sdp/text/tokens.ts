/** The pieces of a line of a description, for colours: what each is by its form, not whether it is right. */
import { parseIp } from '../../base/ip';
import { isMdnsName } from '../../ice/candidate';

export type TokenKind =
	/** The letter before `=`. */
	| 'type'
	/** An attribute's name. */
	| 'name'
	/** What stands before `=` in a value, as in `apt=96`. */
	| 'key'
	| 'number'
	/** An IP address, or an mDNS name. */
	| 'address'
	| 'punctuation'
	| 'text';

export interface Token {
	kind: TokenKind;
	text: string;
}

/** Pieces that belong together; joined they are the line again. A line that has not the form `letter=value` is one piece of text. */
export function tokensOf(line: string): Token[] {
	const head = /^([a-z])(=)/.exec(line);
	if (!head) return line === '' ? [] : [{ kind: 'text', text: line }];
	const tokens: Token[] = [
		{ kind: 'type', text: head[1]! },
		{ kind: 'punctuation', text: '=' }
	];
	let at = 2;
	if (head[1] === 'a') {
		const name = /^[^:\s]*/.exec(line.slice(2))![0];
		if (name !== '') tokens.push({ kind: 'name', text: name });
		at += name.length;
	}
	// An address keeps its colons, a fingerprint its bytes; everything else ends at what separates values.
	for (const [text] of line.slice(at).matchAll(/[;,=]|\s+|[^;,=\s]+/g)) {
		if (tokens.length === 3 && head[1] === 'a' && text.startsWith(':')) {
			tokens.push({ kind: 'punctuation', text: ':' });
			if (text.length > 1) pushValue(tokens, text.slice(1));
		} else pushValue(tokens, text);
	}
	return tokens;
}

function pushValue(tokens: Token[], text: string): void {
	const last = tokens[tokens.length - 1]!;
	if (/^[;,=]$/.test(text)) {
		if (text === '=' && tokens.length > 2 && last.kind === 'text') last.kind = 'key';
		tokens.push({ kind: 'punctuation', text });
	} else tokens.push({ kind: kindOf(text), text });
}

function kindOf(text: string): TokenKind {
	if (/^\s/.test(text)) return 'text';
	if (/^[\d.]+$/.test(text) && text.split('.').length < 4) return 'number';
	return parseIp(text) !== null || isMdnsName(text) ? 'address' : 'text';
}
