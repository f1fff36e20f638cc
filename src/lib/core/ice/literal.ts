/**
 * A reader of JavaScript literals: JSON, and what people paste from programs: unquoted keys, single quotes, template strings
 * without substitutions, comments, trailing commas. It reads values and never runs anything; whatever is not a literal is
 * refused with its place.
 */
import { entryOf } from '../base/record';
import { fail, ok, type Fault, type Result } from '../base/result';

export type Literal =
	| { kind: 'string'; value: string; at: number }
	| { kind: 'number'; value: number; at: number }
	| { kind: 'boolean'; value: boolean; at: number }
	| { kind: 'null'; at: number }
	| { kind: 'array'; items: Literal[]; at: number }
	| { kind: 'object'; members: Member[]; at: number };

export interface Member {
	key: string;
	value: Literal;
	at: number;
}

export interface LiteralRead {
	value: Literal;
	/** Where the text behind the value begins. */
	end: number;
}

/** Deeper than any configuration, and shallow enough for any stack. */
const MAX_DEPTH = 24;

/** Reads one value at `from`, white space and comments before it skipped. `at` and `end` are offsets in the text. */
export function readLiteral(text: string, from = 0): Result<LiteralRead> {
	return attempt(text, from, (reader) => reader.value(0));
}

/** Reads `key: value, key: value` to the end of the text, as it stands between the braces of an object. */
export function readMembers(text: string, from = 0): Result<LiteralRead> {
	return attempt(text, from, (reader) => ({ kind: 'object', members: reader.members(null, 0), at: from }));
}

/** Where white space and comments from `from` on end. */
export function skipBlank(text: string, from: number): number {
	const blank = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
	blank.lastIndex = from;
	blank.exec(text);
	return blank.lastIndex;
}

/** `line 3, column 7`, both from 1. */
export function placeAt(text: string, at: number): string {
	const before = text.slice(0, at);
	const line = before.split('\n').length;
	return `line ${line}, column ${at - before.lastIndexOf('\n')}`;
}

/** How a fault leaves the recursion; caught below, so none gets out of this file. */
class Refusal {
	constructor(readonly fault: Fault) {}
}

function attempt(text: string, from: number, read: (reader: Reader) => Literal): Result<LiteralRead> {
	const reader = new Reader(text, from);
	try {
		const value = read(reader);
		return ok({ value, end: reader.at });
	} catch (refusal) {
		if (refusal instanceof Refusal) return { ok: false, error: refusal.fault };
		throw refusal;
	}
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0', '\n': '' };

class Reader {
	constructor(
		readonly text: string,
		public at: number
	) {}

	value(depth: number): Literal {
		this.blank();
		const at = this.at;
		const char = this.text[at];
		if (depth > MAX_DEPTH) this.refuse('too-deep', at, 'Values are nested too deeply here for a configuration.');
		if (char === undefined) this.refuse('unfinished', at, 'The text ends where a value has to stand. Paste the rest too.');
		if (char === '{') {
			this.at++;
			return { kind: 'object', members: this.members('}', depth + 1), at };
		}
		if (char === '[') {
			this.at++;
			return { kind: 'array', items: this.items(depth + 1), at };
		}
		if (char === '"' || char === "'" || char === '`') return { kind: 'string', value: this.string(char), at };
		return this.word(at);
	}

	/** Up to `close`, or to the end of the text when it is null. */
	members(close: '}' | null, depth: number): Member[] {
		const members: Member[] = [];
		for (;;) {
			this.blank();
			if (this.ended(close)) return members;
			const at = this.at;
			const key = this.key();
			this.blank();
			if (this.text[this.at] !== ':') {
				this.refuse('colon', this.at, `After the name “${key}” a colon and its value have to follow.`);
			}
			this.at++;
			members.push({ key, value: this.value(depth), at });
			this.separator(close);
		}
	}

	private items(depth: number): Literal[] {
		const items: Literal[] = [];
		for (;;) {
			this.blank();
			if (this.ended(']')) return items;
			items.push(this.value(depth));
			this.separator(']');
		}
	}

	private ended(close: string | null): boolean {
		if (close === null) return this.at >= this.text.length || /^[;)}]/.test(this.text.slice(this.at, this.at + 1));
		if (this.at >= this.text.length)
			this.refuse('unfinished', this.at, `The text ends before its “${close}”. Paste the rest too.`);
		if (this.text[this.at] !== close) return false;
		this.at++;
		return true;
	}

	private separator(close: string | null): void {
		this.blank();
		const char = this.text[this.at];
		if (char === ',') this.at++;
		else if (char !== close && char !== undefined && !(close === null && /[;)}]/.test(char))) {
			const what = '+-*/?.('.includes(char) ? 'a calculation, and only plain values can be read' : 'not expected';
			this.refuse(
				'separator',
				this.at,
				`“${char}” is ${what} here. Values are separated by commas${close === null ? '' : ` and end with “${close}”`}.`
			);
		}
	}

	private key(): string {
		const char = this.text[this.at]!;
		if (char === '"' || char === "'") return this.string(char);
		const name = this.match(/[\p{L}_$][\p{L}\p{N}_$]*|\d+/uy);
		if (name === null) this.refuse('key', this.at, `“${this.near()}” stands where the name of a field has to.`);
		return name;
	}

	private string(quote: string): string {
		const start = this.at++;
		let value = '';
		for (;;) {
			const char = this.text[this.at];
			if (char === undefined || (char === '\n' && quote !== '`')) {
				this.refuse('string', start, `The text that begins here has no closing ${quote}.`);
			}
			this.at++;
			if (char === quote) return value;
			if (quote === '`' && char === '$' && this.text[this.at] === '{') {
				this.refuse(
					'expression',
					this.at - 1,
					'A value is inserted here, and the text does not hold it. Write the value itself.'
				);
			}
			value += char === '\\' ? this.escape() : char;
		}
	}

	private escape(): string {
		const hex = this.match(/u\{[0-9a-fA-F]{1,6}\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}/y);
		if (hex !== null) {
			const code = parseInt(hex.replace(/[ux{}]/g, ''), 16);
			if (code > 0x10ffff) this.refuse('string', this.at, `“\\${hex}” is not a character.`);
			return String.fromCodePoint(code);
		}
		const char = this.text[this.at++] ?? '';
		return entryOf(ESCAPES, char) ?? char;
	}

	private word(at: number): Literal {
		const number = this.match(/[-+]?(?:0x[0-9a-f]+|(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?![\w$.])/iy);
		if (number !== null) return { kind: 'number', value: Number(number), at };
		const word = this.match(/(?:new\s+)?[\p{L}_$][\p{L}\p{N}_$.]*/uy);
		if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true', at };
		if (word === 'null' || word === 'undefined') return { kind: 'null', at };
		if (word === null) this.refuse('value', at, `“${this.near()}” stands where a value has to.`);
		const what = this.text[skipBlank(this.text, this.at)] === '(' ? 'the result of a call' : 'a variable';
		this.refuse('expression', at, `“${word}” is ${what}, and the text does not hold its value. Write the value itself.`);
	}

	private blank(): void {
		this.at = skipBlank(this.text, this.at);
	}

	private match(pattern: RegExp): string | null {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text)?.[0] ?? null;
		if (found !== null) this.at += found.length;
		return found;
	}

	private near(): string {
		return this.text.slice(this.at, this.at + 20).split('\n')[0]!;
	}

	private refuse(code: string, at: number, message: string): never {
		throw new Refusal((fail(code, message, placeAt(this.text, at)) as { error: Fault }).error);
	}
}
