/**
 * Logs of programs and text copied from consoles: candidates, states, errors of servers. Which program wrote it is told by lines that
 * no other writes; what all write alike (candidates, `errorCode`, states by their W3C names) is read whoever wrote it.
 */
import { count, integer } from '../base/format';
import { RecordingBuilder, type ConnectionBuilder } from './builder';
import { LOG_PROGRAMS } from './log-programs';
import { COMMON_LINES } from './log-common-lines';
import { timeOf } from './log-times';
import { clip, withoutColours } from './text-lines';

/** One line, and what its patterns may write to. */
export interface LogLine {
	/** 1-based. */
	number: number;
	/** The message, without time and colours. */
	text: string;
	/** On the clock of the recording. */
	atMs: number | null;
	/** All lines, for what is written over several. */
	lines: readonly string[];
	/** `key` is the program's own id for a connection, an allocation, a client; it is made where it is new. */
	connection(key: string, label?: string): ConnectionBuilder;
}

/** What lines look like, and what to do with one. The first that matches takes the line; `null` takes it as one that says nothing. */
export interface LinePattern {
	pattern: RegExp;
	take: ((match: RegExpExecArray, line: LogLine) => void) | null;
}

export interface LogProgram {
	/** Of the recording. */
	format: string;
	name: string;
	/** What only this program writes. */
	is: RegExp;
	/** Made anew for each text, since some lines are understood by earlier ones. */
	lines: (text: string) => readonly LinePattern[];
}

/** Also written out, within other text. */
const DESCRIPTION = /(?:^|[^\w])v=0(?:\r?\n|\\r\\n|\\n)/;

/** A server's log of a day has more sessions than anybody looks through. */
const MOST_CONNECTIONS = 2000;
/** The beginning is enough to tell whether lines have times, and of which kind. */
const LOOKED_AT = 2000;
const DAY_MS = 86_400_000;
/** Several people's logs in one file, or a clock that was set: only so much back is another day. */
const MIDNIGHT_MS = DAY_MS / 2;

/** null where nothing in it is understood. */
export function readLog(text: string): RecordingBuilder | null {
	const program = LOG_PROGRAMS.find(({ is }) => is.test(text)) ?? null;
	// A description has candidates as well, and is read with all its lines elsewhere.
	if (!program && DESCRIPTION.test(text)) return null;
	const recording = new RecordingBuilder(program?.format ?? 'text', program?.name ?? 'Text with candidates, states or errors');
	const patterns = [...(program?.lines(text) ?? []), ...COMMON_LINES];
	const lines = text.split(/\r?\n/);
	const clock = clockOf(lines);
	recording.clock = clock.kind;
	let understood = 0;
	let notRead = 0;
	let first: { number: number; text: string } | null = null;
	let leftOut = 0;
	const spare = new RecordingBuilder('text', '');
	for (const [index, raw] of lines.entries()) {
		const plain = withoutColours(raw);
		if (plain.trim() === '') continue;
		const { atMs, rest } = clock.read(plain);
		const line: LogLine = {
			number: index + 1,
			text: rest,
			atMs,
			lines,
			connection(key, label) {
				const isNew = !recording.connections.has(key);
				if (isNew && recording.connections.size >= MOST_CONNECTIONS) {
					leftOut++;
					return spare.connection('');
				}
				const builder = recording.connection(key);
				if (isNew && label) builder.label = label;
				return builder;
			}
		};
		const taken = takeLine(patterns, line);
		if (taken === 'read') understood++;
		else if (taken === null) {
			notRead++;
			first ??= { number: index + 1, text: plain };
		}
	}
	if (understood === 0 || recording.connections.size === 0) return null;
	if (first) {
		const said = `${count(notRead, 'line')} of ${integer(lines.length)} ${notRead === 1 ? 'says' : 'say'} nothing that is read here; the first: ${clip(first.text)}`;
		recording.notes.add('lines-not-read', said, `line ${first.number}`);
	}
	if (leftOut > 0)
		recording.notes.add(
			'connections-left-out',
			`Only the first ${integer(MOST_CONNECTIONS)} connections are shown: cut the log to the time that matters.`
		);
	return recording;
}

function takeLine(patterns: readonly LinePattern[], line: LogLine): 'read' | 'known' | null {
	for (const { pattern, take } of patterns) {
		const match = pattern.exec(line.text);
		if (!match) continue;
		if (!take) return 'known';
		take(match, line);
		return 'read';
	}
	return null;
}

interface LogClock {
	kind: 'epoch' | 'start' | 'none';
	read: (line: string) => { atMs: number | null; rest: string };
}

/** Times without date or zone are counted from the first one. Lines without a time have that of the line before. */
function clockOf(lines: readonly string[]): LogClock {
	const seen = lines.slice(0, LOOKED_AT).flatMap((line) => timeOf(withoutColours(line)) ?? []);
	const [beginning] = seen;
	if (!beginning) return { kind: 'none', read: (line) => ({ atMs: null, rest: line }) };
	const isEpoch = seen.every((time) => time.isEpoch);
	const base = isEpoch ? 0 : beginning.atMs;
	let last: number | null = null;
	let days = 0;
	return {
		kind: isEpoch ? 'epoch' : 'start',
		read(line) {
			const time = timeOf(line);
			// Of several notations in one file those that count from elsewhere are not mixed with the others.
			if (!time || time.isTimeOfDay !== beginning.isTimeOfDay || time.isEpoch !== beginning.isEpoch)
				return { atMs: last, rest: time ? line.slice(time.length) : line };
			let atMs = time.atMs - base + days * DAY_MS;
			if (time.isTimeOfDay && last !== null && last - atMs > MIDNIGHT_MS) {
				days++;
				atMs += DAY_MS;
			}
			last = atMs;
			return { atMs, rest: line.slice(time.length) };
		}
	};
}
