/** Tags and texts of a saved web page, in order. Enough for a page that one program writes; no tree is built. */
import { entryOf } from '../base/record';

export type HtmlToken =
	| { kind: 'open'; tag: string; attributes: Record<string, string> }
	| { kind: 'close'; tag: string }
	| { kind: 'text'; text: string };

/** Drawings are most of a saved about:webrtc page, and hold no text. */
const DRAWING = /<svg[\s>][\s\S]*?(?:<\/svg>|$)/gi;

export function* htmlTokens(html: string): Iterable<HtmlToken> {
	const text = html.replace(DRAWING, '');
	let at = 0;
	while (at < text.length) {
		const start = text.indexOf('<', at);
		if (start < 0 || !/[a-z/!]/i.test(text[start + 1] ?? '')) {
			const end = start < 0 ? text.length : start + 1;
			yield { kind: 'text', text: unescapeHtml(text.slice(at, end)) };
			at = end;
			continue;
		}
		if (start > at) yield { kind: 'text', text: unescapeHtml(text.slice(at, start)) };
		const end = tagEnd(text, start);
		const inner = text.slice(start + 1, end);
		at = end + 1;
		const name = /^\/?([a-z][a-z0-9-]*)/i.exec(inner)?.[1]?.toLowerCase();
		if (name === undefined) continue;
		if (inner.startsWith('/')) yield { kind: 'close', tag: name };
		else yield { kind: 'open', tag: name, attributes: attributesOf(inner) };
	}
}

/** A `>` inside quotes does not end a tag. */
function tagEnd(text: string, start: number): number {
	let at = start + 1;
	while (at < text.length) {
		const char = text[at];
		if (char === '>') return at;
		if (char === '"' || char === "'") {
			const close = text.indexOf(char, at + 1);
			if (close < 0) return text.length;
			at = close;
		}
		at++;
	}
	return text.length;
}

function attributesOf(inner: string): Record<string, string> {
	const attributes: Record<string, string> = {};
	for (const match of inner.matchAll(/\s([a-z][a-z0-9:_-]*)=(?:"([^"]*)"|'([^']*)')/gi))
		attributes[match[1]!.toLowerCase()] = unescapeHtml(match[2] ?? match[3] ?? '');
	return attributes;
}

const NAMED: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&', nbsp: ' ' };

export function unescapeHtml(text: string): string {
	if (!text.includes('&')) return text;
	return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
		if (name[0] !== '#') return Object.hasOwn(NAMED, name.toLowerCase()) ? entryOf(NAMED, name.toLowerCase())! : whole;
		const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
		return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : whole;
	});
}
