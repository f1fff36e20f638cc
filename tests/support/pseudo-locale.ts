/**
 * A language for tests, made of the English one: every letter that a message makes is shown in its full-width form. What stays in
 * plain letters was brought in by a value, or no message made it.
 */
import { isRecord } from '../../src/lib/core/base/record';
import type { Said } from '../../src/lib/core/base/said';
import { ENGLISH } from '../../src/lib/core/messages/en/english';
import { everySentence as sentence } from '../../src/lib/core/messages/en/every-sentence';
import { SDP_ENGLISH } from '../../src/lib/core/messages/en/sdp';
import type { Language } from '../../src/lib/core/messages/language';
import type { SdpLanguage } from '../../src/lib/core/messages/sdp-language';

/** Around what a value brings in: characters of the private use area, which no report holds. */
const [OPEN, CLOSE] = ['\uE000', '\uE001'];

export function pseudoSentence({ rule, values }: Said): string {
	return marked(sentence({ rule, values: shieldedValues(values) }));
}

/** With the words of documents, of the terminal and of comparisons. The tag is the one that CLDR has for languages of this kind. */
export const PSEUDO_LANGUAGE: Language = { ...(inPseudo(ENGLISH) as Language), tag: 'en-XA', say: pseudoSentence };

export const PSEUDO_SDP = inPseudo(SDP_ENGLISH) as SdpLanguage;

function inPseudo(words: unknown): unknown {
	if (typeof words === 'string') return marked(words);
	if (typeof words === 'function') return (...values: unknown[]) => inPseudo(words(...values.map(shielded)));
	if (Array.isArray(words)) return words.map(inPseudo);
	return isRecord(words) ? Object.fromEntries(Object.entries(words).map(([name, word]) => [name, inPseudo(word)])) : words;
}

/** Words of a closed list, such as `endpoint-independent`, `portPattern` or `bit/s`: messages choose by them, so they must not find them changed. */
export function isWord(text: string): boolean {
	return /^[a-z0-9]+([-/]?[A-Za-z0-9])*$/.test(text);
}

export function isSaid(value: unknown): value is Said {
	return isRecord(value) && typeof value.rule === 'string' && isRecord(value.values);
}

function shieldedValues(values: Said['values']): Said['values'] {
	return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shielded(value)]));
}

function shielded(value: unknown): unknown {
	if (typeof value === 'string') return isWord(value) ? value : shield(value);
	if (Array.isArray(value)) return value.map(shielded);
	if (isSaid(value)) return { ...value, values: shieldedValues(value.values) };
	return isRecord(value) ? shieldedValues(value) : value;
}

function shield(text: string): string {
	return `${OPEN}${text}${CLOSE}`;
}

function marked(text: string): string {
	let depth = 0;
	return [...text]
		.map((character) => {
			if (character === OPEN) depth++;
			else if (character === CLOSE) depth--;
			else return depth === 0 ? character.replace(/[A-Za-z]/, fullWidth) : character;
			return '';
		})
		.join('');
}

function fullWidth(letter: string): string {
	return String.fromCodePoint(letter.codePointAt(0)! + 0xfee0);
}
