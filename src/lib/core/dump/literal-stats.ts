/** Objects copied from a console: names without quotes, class names before the braces, `…` where it was not unfolded. */
import { isRecord, type JsonObject } from '../base/record';
import { readLiteral, type Literal } from '../ice/literal';
import type { RecordingBuilder } from './builder';
import { readRawStats } from './raw-getstats';

/** Longer texts are files, and files are JSON. */
const MOST_CHARACTERS = 4_000_000;
const MOST_OBJECTS = 5000;

/** null where there are no objects of statistics in it. */
export function readLiteralStats(text: string): RecordingBuilder | null {
	if (text.length > MOST_CHARACTERS || !/[{[]/.test(text) || !/\btype["']?\s*:/.test(text)) return null;
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
	const faults: { at: number; message: string }[] = [];
	for (let at = nextStart(plain, 0); at >= 0 && values.length < MOST_OBJECTS;) {
		const read = readLiteral(plain, at);
		if (read.ok) {
			values.push(valueOf(read.value.value));
			at = nextStart(plain, read.value.end);
		} else {
			faults.push({ at, message: read.error.message });
			at = nextStart(plain, nextLine(plain, at));
		}
	}
	const recording = readRawStats(values.length === 1 ? values[0] : values);
	if (!recording) return null;
	recording.formatName += ', copied from a console';
	const lineOf = lineCounter(text);
	for (const at of folded)
		recording.notes.add(
			'part-folded',
			'The console left something out here, “…”: copy it with copy(JSON.stringify(…)).',
			`line ${lineOf(at)}`
		);
	for (const { at, message } of faults) recording.notes.add('part-unreadable', message, `line ${lineOf(at)}`);
	return recording;
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

/** Lines of ascending places, each looked for from where the last one was found. */
function lineCounter(text: string): (at: number) => number {
	let [line, from] = [1, 0];
	return (at) => {
		if (at < from) [line, from] = [1, 0];
		for (let end = text.indexOf('\n', from); end >= 0 && end < at; end = text.indexOf('\n', from)) {
			line++;
			from = end + 1;
		}
		return line;
	};
}

function valueOf(literal: Literal): unknown {
	if (literal.kind === 'array') return literal.items.map(valueOf);
	if (literal.kind === 'null') return null;
	if (literal.kind !== 'object') return literal.value;
	const object: JsonObject = {};
	for (const { key, value } of literal.members) if (key !== '__proto__') object[key] = valueOf(value);
	// An entry of a Map: {key: 'a', value: {…}} is read as such; {'a' : {…}} is an object already.
	return isRecord(object) ? object : null;
}
