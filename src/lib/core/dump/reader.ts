/** A dump on its way in: text comes in pieces of any size, the recording at the end. */
import type { RecordingBuilder } from './builder';

export interface DumpReader {
	push(text: string): void;
	end(): RecordingBuilder;
}

/** Lines of a text that comes in pieces. The last one may lack its end. */
export class LineSplitter {
	#rest = '';
	#count = 0;
	readonly #take: (line: string, number: number) => void;

	constructor(take: (line: string, number: number) => void) {
		this.#take = take;
	}

	push(text: string): void {
		const whole = this.#rest === '' ? text : this.#rest + text;
		let start = 0;
		for (let end = whole.indexOf('\n'); end >= 0; end = whole.indexOf('\n', start)) {
			this.#give(whole.slice(start, end));
			start = end + 1;
		}
		this.#rest = whole.slice(start);
	}

	end(): void {
		if (this.#rest !== '') this.#give(this.#rest);
		this.#rest = '';
	}

	#give(line: string): void {
		this.#take(line.endsWith('\r') ? line.slice(0, -1) : line, ++this.#count);
	}
}
