/** Values copied from a console: names without quotes, class names before the braces, `…` where it was not unfolded. */
import type { JsonObject } from '../base/record';
import { readLiteral, type Literal } from '../ice/literal';

const MOST_VALUES = 5000;

export interface ConsoleValues {
	values: unknown[];
	/** Where the console left something out. */
	folded: number[];
	faults: { at: number; message: string }[];
}

/** Every object and array that stands in the text; what is between them is passed over. */
export function consoleValues(text: string): ConsoleValues {
	const folded: number[] = [];
	const plain = text
		// Map(2) {'a' => {…}}, RTCStatsReport {…}, Object {…}, Array(3) […]
		.replace(/\b(?:Map|Array|Set|RTC\w+|Object|\w+Report)(?:\(\d+\))?(?=\s*[{[])/g, (name) => ' '.repeat(name.length))
		.replace(/\(\d+\)(?=\s*[{[])/g, (name) => ' '.repeat(name.length))
		.replace(/=>/g, ' :')
		.replace(/,?\s*(?:…|\.{3})(?=\s*[}\],\n])/g, (dots, at: number) => {
			folded.push(at);
			return dots.replace(/[^\n]/g, ' ');
		});
	const values: unknown[] = [];
	const faults: ConsoleValues['faults'] = [];
	for (let at = nextStart(plain, 0); at >= 0 && values.length < MOST_VALUES;) {
		const read = readLiteral(plain, at);
		if (read.ok) {
			values.push(valueOf(read.value.value));
			at = nextStart(plain, read.value.end);
		} else {
			faults.push({ at, message: read.error.message });
			at = nextStart(plain, nextLine(plain, at));
		}
	}
	return { values, folded, faults };
}

function nextStart(text: string, from: number): number {
	const start = /[{[]/g;
	start.lastIndex = from;
	return start.exec(text)?.index ?? -1;
}

function nextLine(text: string, from: number): number {
	const end = text.indexOf('\n', from);
	return end < 0 ? text.length : end + 1;
}

function valueOf(literal: Literal): unknown {
	if (literal.kind === 'array') return literal.items.map(valueOf);
	if (literal.kind === 'null') return null;
	if (literal.kind !== 'object') return literal.value;
	const object: JsonObject = {};
	for (const { key, value } of literal.members) if (key !== '__proto__') object[key] = valueOf(value);
	return object;
}
