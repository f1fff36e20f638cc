/** `icelens stats`: reads any dumps of calls, and says of each what happened, what went wrong, and its figures. */
import { jsonDocument } from '../lib/core/base/escape';
import { judgeCondition, parseCondition, type FigureCondition } from '../lib/core/call/figure-conditions';
import { joinRecordings, loneEnds, recordingsTogether, type NamedRecording } from '../lib/core/call/joined-recordings';
import { dumpDocument, type JudgedDump } from '../lib/core/report/export/dump';
import { dumpJunit } from '../lib/core/report/export/dump-junit';
import { judgeDump } from '../lib/core/report/imported';
import { endsOf } from '../lib/core/verdict/call/recorded-ends';
import { readChoice, readSomeArguments } from './arguments';
import { readDump } from './dump-file';
import { dumpText } from './dump-text';
import { CliError } from './errors';
import { expandFiles } from './file-patterns';
import { print, terminalOf } from './terminal';

const OPTIONS = { format: { type: 'string' }, 'fail-if': { type: 'string', multiple: true } } as const;

export async function stats(args: string[]): Promise<number> {
	const { text, refused, status } = await statsOf(args);
	print(text);
	for (const message of refused) print(`icelens: ${message}\n`, process.stderr);
	return status;
}

/** `refused`: why files could not be read, where others could. */
export async function statsOf(args: string[]): Promise<{ text: string; refused: string[]; status: 0 | 1 | 2 }> {
	const { values, positionals } = readSomeArguments(args, OPTIONS);
	const format = readChoice('--format', values.format ?? 'text', ['text', 'json', 'junit']);
	const conditions = (values['fail-if'] ?? []).map(readCondition);
	const files = expandFiles(positionals);
	const { opened, refused } = await readDumps(files);
	// One file has nothing else to say; of several, one that cannot be read keeps no other back.
	if (files.length === 1 && refused[0]) throw new CliError(refused[0]);
	const dumps = recordingsTogether(opened.map(({ recording }) => loneEnds(recording))).map((group) =>
		judged(group.map((index) => opened[index]!) as [NamedRecording, ...NamedRecording[]], conditions)
	);
	const text = output(dumps, format, files.length > 1);
	return { text, refused, status: refused.length > 0 ? 2 : dumps.some(isBad) ? 1 : 0 };
}

function readCondition(text: string): FigureCondition {
	const parsed = parseCondition(text);
	if (!parsed.ok) throw new CliError(`--fail-if "${text}", ${parsed.error.where}: ${parsed.error.message}.`);
	return parsed.value;
}

async function readDumps(files: readonly string[]): Promise<{ opened: NamedRecording[]; refused: string[] }> {
	const opened: NamedRecording[] = [];
	const refused: string[] = [];
	for (const name of files) {
		try {
			const read = await readDump(name);
			if ('refusal' in read) refused.push(`${name}: ${read.refusal.message}`);
			else opened.push({ name, recording: read.recording });
		} catch (error) {
			if (!(error instanceof CliError)) throw error;
			refused.push(error.message);
		}
	}
	return { opened, refused };
}

function judged(parts: readonly [NamedRecording, ...NamedRecording[]], conditions: readonly FigureCondition[]): JudgedDump {
	const recording = joinRecordings(parts);
	const conclusions = judgeDump(recording);
	const ends = endsOf(conclusions);
	return {
		files: parts.map(({ name }) => name),
		recording,
		conclusions,
		conditions: conditions.map((condition) => judgeCondition(condition, ends))
	};
}

/** Whoever sets a condition relies on it: what cannot be told is not met. */
function isBad({ conclusions, conditions }: JudgedDump): boolean {
	return conclusions.findings.some(({ severity }) => severity === 'problem') || conditions.some(({ holds }) => holds !== 'no');
}

function output(dumps: readonly JudgedDump[], format: 'text' | 'json' | 'junit', several: boolean): string {
	if (format === 'junit') return dumpJunit(dumps, { version: __ICELENS_VERSION__, createdAt: new Date().toISOString() });
	if (format === 'json') {
		const documents = dumps.map(({ files, recording, conclusions, conditions }) => ({
			files,
			...dumpDocument(recording, conclusions),
			conditions
		}));
		return jsonDocument(several ? { tool: 'icelens stats', dumps: documents } : documents[0]);
	}
	const { paint } = terminalOf(process.stdout, process.env);
	const texts = dumps.map((dump) => (several ? `${paint('underline', dump.files.join(', '))}\n` : '') + dumpText(dump));
	return texts.join('\n');
}
