/** Objects of statistics copied from a console. */
import type { RecordingBuilder } from './builder';
import { consoleValues } from './console-values';
import { readRawStats } from './raw-getstats';

/** Longer texts are files, and files are JSON. */
const MOST_CHARACTERS = 4_000_000;

/** null where there are no objects of statistics in it. */
export function readLiteralStats(text: string): RecordingBuilder | null {
	if (text.length > MOST_CHARACTERS || !/[{[]/.test(text) || !/\btype["']?\s*:/.test(text)) return null;
	const { values, folded, faults } = consoleValues(text);
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
