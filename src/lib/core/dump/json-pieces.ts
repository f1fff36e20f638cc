/**
 * Cuts JSON that arrives in pieces into the values one wants, so that a file much larger than memory likes can be read, and
 * so that one broken place costs one value. Written for files that are printed with one blank of indent for each level, as
 * webrtc-internals does: there the level of a line can be told again after a broken one.
 */

import { isEscaped } from '../base/record';

/** What to do with the value at a path: go inside, hand it over as text, or pass over it. */
export type Wish = 'open' | 'whole' | 'skip';

export interface JsonFault {
	line: number;
	message: string;
}

interface Level {
	array: boolean;
	/** Key or index of the value now read. */
	at: string;
	index: number;
}

type State = 'value' | 'key' | 'colon' | 'comma' | 'end';

const QUOTE = 34;

export class JsonPieces {
	readonly #want: (path: readonly string[]) => Wish;
	readonly #take: (path: readonly string[], text: string, line: () => number) => void;
	readonly #fault: (fault: JsonFault, path: readonly string[]) => void;
	#buffer = '';
	#pos = 0;
	/** Line of the buffer's first character. */
	#line = 1;
	readonly #levels: Level[] = [];
	#state: State = 'value';
	/** A value being read: where it began, how far it is looked through, how deep it is. */
	#open: { start: number; pos: number; depth: number; wish: Wish } | null = null;
	#lost = false;
	#ended = false;

	constructor(
		want: (path: readonly string[]) => Wish,
		take: (path: readonly string[], text: string, line: () => number) => void,
		fault: (fault: JsonFault, path: readonly string[]) => void
	) {
		this.#want = want;
		this.#take = take;
		this.#fault = fault;
	}

	push(chunk: string): void {
		this.#forget();
		this.#buffer = this.#buffer === '' ? chunk : this.#buffer + chunk;
		this.#run();
	}

	/** Whether the text was complete. */
	end(): boolean {
		this.#ended = true;
		this.#run();
		const complete = this.#state === 'end' && !this.#lost;
		if (!complete && !this.#lost) this.#report('The file ends in the middle.', this.#pos);
		return complete;
	}

	/** Drops what was read. */
	#forget(): void {
		const keep = this.#open ? this.#open.start : this.#pos;
		if (keep === 0) return;
		this.#line += linesIn(this.#buffer, 0, keep);
		this.#buffer = this.#buffer.slice(keep);
		this.#pos -= keep;
		if (this.#open) {
			this.#open.start -= keep;
			this.#open.pos -= keep;
		}
	}

	#path(): string[] {
		return this.#levels.map(({ at }) => at);
	}

	#report(message: string, at: number): void {
		this.#fault({ line: this.#line + linesIn(this.#buffer, 0, at), message }, this.#path());
	}

	#run(): void {
		for (;;) {
			if (this.#lost && !this.#findLevel()) return;
			if (this.#open) {
				if (!this.#finishValue()) return;
				continue;
			}
			const code = this.#skipBlanks();
			if (code < 0 || this.#state === 'end') return;
			if (!this.#step(code)) return;
		}
	}

	#skipBlanks(): number {
		const { length } = this.#buffer;
		while (this.#pos < length) {
			const code = this.#buffer.charCodeAt(this.#pos);
			if (code > 32) return code;
			this.#pos++;
		}
		return -1;
	}

	/** One token between values; false when more text is needed. */
	#step(code: number): boolean {
		const char = String.fromCharCode(code);
		const level = this.#levels[this.#levels.length - 1];
		if (
			level &&
			(char === '}' || char === ']') &&
			(this.#state === 'comma' || this.#state === 'key' || this.#state === 'value')
		) {
			if ((char === ']') !== level.array) return this.#lose('A bracket closes what another one opened.');
			this.#pos++;
			this.#close();
			return true;
		}
		if (this.#state === 'comma') {
			if (char !== ',') return this.#lose('There is no comma between two values.');
			this.#pos++;
			if (level!.array) level!.at = String(++level!.index);
			this.#state = level!.array ? 'value' : 'key';
			return true;
		}
		if (this.#state === 'colon') {
			if (char !== ':') return this.#lose('There is no colon after a name.');
			this.#pos++;
			this.#state = 'value';
			return true;
		}
		if (this.#state === 'key') {
			if (code !== QUOTE) return this.#lose('There is no name where one has to be.');
			const end = stringEnd(this.#buffer, this.#pos);
			if (end === 'more') return this.#ended ? this.#lose('A name does not end.') : false;
			if (end === 'broken') return this.#lose('A name does not end on its line.');
			level!.at = unquote(this.#buffer.slice(this.#pos, end));
			this.#pos = end;
			this.#state = 'colon';
			return true;
		}
		return this.#beginValue(char);
	}

	#beginValue(char: string): boolean {
		const wish = this.#levels.length === 0 ? 'open' : this.#want(this.#path());
		if (wish === 'open' && (char === '{' || char === '[')) {
			this.#levels.push({ array: char === '[', at: char === '[' ? '0' : '', index: 0 });
			this.#pos++;
			this.#state = char === '[' ? 'value' : 'key';
			return true;
		}
		this.#open = { start: this.#pos, pos: this.#pos, depth: 0, wish: wish === 'open' ? 'whole' : wish };
		return true;
	}

	#close(): void {
		this.#levels.pop();
		this.#state = this.#levels.length === 0 ? 'end' : 'comma';
	}

	/** Looks for the end of the value being read; false when more text is needed. */
	#finishValue(): boolean {
		const open = this.#open!;
		const { length } = this.#buffer;
		while (open.pos < length) {
			const code = this.#buffer.charCodeAt(open.pos);
			if (code === QUOTE) {
				const end = stringEnd(this.#buffer, open.pos);
				if (end === 'more') {
					if (this.#ended) return this.#lose('The file ends inside a text.');
					return false;
				}
				if (end === 'broken') return this.#lose('A text does not end on its line.');
				open.pos = end;
				if (open.depth === 0) return this.#hand(end);
				continue;
			}
			if (code === 123 || code === 91) open.depth++;
			else if (code === 125 || code === 93) {
				if (open.depth === 0) return this.#hand(open.pos);
				if (--open.depth === 0) return this.#hand(open.pos + 1);
			} else if (open.depth === 0 && (code === 44 || code <= 32)) return this.#hand(open.pos);
			open.pos++;
		}
		if (this.#ended) return this.#lose('The file ends in the middle of a value.');
		return false;
	}

	#hand(end: number): boolean {
		const { start, wish } = this.#open!;
		this.#open = null;
		this.#pos = end;
		this.#state = 'comma';
		if (wish === 'whole') {
			const line = () => this.#line + linesIn(this.#buffer, 0, start);
			this.#take(this.#path(), this.#buffer.slice(start, end), line);
		}
		return true;
	}

	/** Something is broken here: what is read so far stays, and the next line whose level can be told goes on. */
	#lose(message: string): boolean {
		const at = this.#open ? this.#open.pos : this.#pos;
		this.#report(message, at);
		this.#open = null;
		this.#pos = Math.min(Math.max(at, this.#pos), this.#buffer.length);
		this.#lost = true;
		return true;
	}

	#findLevel(): boolean {
		const pattern = /\n( *)"/g;
		pattern.lastIndex = Math.max(0, this.#pos - 1);
		for (let match = pattern.exec(this.#buffer); match; match = pattern.exec(this.#buffer)) {
			const depth = match[1]!.length;
			if (depth === 0 || depth > this.#levels.length || this.#levels[depth - 1]!.array) continue;
			this.#levels.length = depth;
			this.#pos = match.index + 1;
			this.#state = 'key';
			this.#lost = false;
			return true;
		}
		// A line may begin in this piece and go on in the next.
		this.#pos = Math.max(this.#pos, this.#buffer.lastIndexOf('\n'));
		return false;
	}
}

/** Index behind the closing quote. A raw line end inside is broken: JSON has none. */
function stringEnd(text: string, start: number): number | 'more' | 'broken' {
	let end = text.indexOf('"', start + 1);
	while (end >= 0 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
	if (end < 0) return text.indexOf('\n', start + 1) >= 0 ? 'broken' : 'more';
	return text.slice(start, end).includes('\n') ? 'broken' : end + 1;
}

function unquote(text: string): string {
	try {
		return JSON.parse(text) as string;
	} catch {
		return text.slice(1, -1);
	}
}

function linesIn(text: string, from: number, to: number): number {
	let lines = 0;
	for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) lines++;
	return lines;
}
