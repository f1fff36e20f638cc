/** The file of `--out`. */
import { closeSync, existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { CliError } from './errors';

/** Throws a CliError where the file cannot be written; leaves no trace of the attempt. */
export function tryToWrite(file: string): void {
	const isNew = !existsSync(file);
	try {
		closeSync(openSync(file, 'a'));
	} catch (error) {
		throw unwritable(file, error);
	}
	if (isNew) rmSync(file);
}

/** Throws a CliError where the file cannot be written. */
export function writeOut(file: string, text: string): void {
	try {
		writeFileSync(file, text);
	} catch (error) {
		throw unwritable(file, error);
	}
}

function unwritable(file: string, error: unknown): CliError {
	return new CliError(`--out: ${file} could not be written (${(error as NodeJS.ErrnoException).code}).`);
}
