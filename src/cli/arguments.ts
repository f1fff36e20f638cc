/** Command-line arguments by node:util parseArgs, with sentences for what is wrong with them. */
import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CliError } from './errors';

type Options = NonNullable<ParseArgsConfig['options']>;
type Read<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: true; strict: true }>>;

/** Reads options and exactly `files` positional arguments. */
export function readArguments<const O extends Options>(args: string[], options: O, files: number): Read<O> {
	const read = parsed(args, options, files);
	const { length } = read.positionals;
	if (length > files) throw new CliError(`"${read.positionals[files]}" is one argument too many. See icelens --help.`);
	return read;
}

/** Reads options and any number of files, at least one. */
export function readSomeArguments<const O extends Options>(args: string[], options: O): Read<O> {
	return parsed(args, options, 1);
}

function parsed<const O extends Options>(args: string[], options: O, filesAtLeast: number): Read<O> {
	let read: Read<O>;
	try {
		read = parseArgs({ args, options, allowPositionals: true, strict: true });
	} catch (error) {
		throw new CliError(`${(error as Error).message.split('. To specify')[0]!.replace(/\.?$/, '.')} See icelens --help.`);
	}
	if (read.positionals.length < filesAtLeast)
		throw new CliError('A file is missing: name one, or - for standard input. See icelens --help.');
	return read;
}

/** An option of which one word is chosen. */
export function readChoice<const T extends string>(option: string, text: string, allowed: readonly T[]): T {
	if ((allowed as readonly string[]).includes(text)) return text as T;
	throw new CliError(`${option}: "${text}" is not ${allowed.join(', ').replace(/, (\S+)$/, ' or $1')}.`);
}

/** `--format`, for the commands that print a document. */
export function readFormat(text: string | undefined): 'text' | 'json' {
	if (text === undefined || text === 'text') return 'text';
	if (text === 'json') return 'json';
	throw new CliError(`--format: "${text}" is not text or json.`);
}

export type ReportFormat = 'text' | 'json' | 'markdown' | 'html' | 'junit' | 'csv';

const REPORT_FORMATS: readonly string[] = ['text', 'json', 'markdown', 'html', 'junit', 'csv'] satisfies ReportFormat[];

/** `--format`, for the commands that print a report. */
export function readReportFormat(text: string | undefined): ReportFormat {
	if (text === undefined || REPORT_FORMATS.includes(text)) return (text ?? 'text') as ReportFormat;
	throw new CliError(`--format: "${text}" is not ${REPORT_FORMATS.slice(0, -1).join(', ')} or ${REPORT_FORMATS.at(-1)}.`);
}

export function readInput(file: string): string {
	return readBytes(file).toString('utf8');
}

export function readBytes(file: string): Buffer {
	try {
		return readFileSync(file === '-' ? 0 : file);
	} catch (error) {
		throw unreadable(file, error);
	}
}

/** Why a file could not be read, in words. */
export function unreadable(file: string, error: unknown): CliError {
	const { code } = error as NodeJS.ErrnoException;
	const why: Record<string, string> = {
		ENOENT: 'there is no such file',
		EISDIR: 'it is a folder',
		EACCES: 'this user may not read it'
	};
	return new CliError(`${file} could not be read: ${why[code ?? ''] ?? code ?? String(error)}.`);
}
