/** `icelens conclude`: concludes anew from a saved report's observations, and lists what this version concludes otherwise. */
import { looksLikeCapture } from '../lib/core/dump/capture/capture-reader';
import { CAPTURE, placeOf } from '../lib/core/dump/place';
import { everySentence } from '../lib/core/messages/en/every-sentence';
import { compareConclusions } from '../lib/core/report/compare';
import { toJson } from '../lib/core/report/export/json';
import { judgeAgain } from '../lib/core/report/judge-again';
import { parseReport } from '../lib/core/report/parse';
import type { Report } from '../lib/core/report/report';
import { written } from '../lib/core/report/with-text';
import { readArguments, readBytes, readReportFormat } from './arguments';
import { CliError } from './errors';
import { PLACE_COMMANDS } from './place-commands';
import { applyRedaction, isRedacted, OUTPUT_OPTIONS, reportOutput } from './report-output';
import { exitStatus } from './status';
import { print } from './terminal';
import { changesText } from './text';

export async function conclude(args: string[]): Promise<number> {
	const { values, positionals } = readArguments(args, OUTPUT_OPTIONS, 1);
	const format = readReportFormat(values.format);
	const saved = readReport(positionals[0]!);
	const fresh = judgeAgain(saved);
	const changes = compareConclusions(saved.conclusions, fresh.conclusions);
	const shown = applyRedaction(fresh, format, values);
	// The sentences about changes name addresses; in a redacted document they have no place.
	const changed = !isRedacted(format, values) ? { changes: written(changes, everySentence) } : {};
	// The document is a report like any other, with one field more.
	if (format === 'json') print(toJson(Object.assign(shown, changed)));
	else print(reportOutput(shown, format) + (format === 'text' ? changesText(saved.tool.version, changes) : ''));
	return exitStatus(fresh.conclusions);
}

/** A report from a file or standard input; a CliError says what the file is otherwise. */
export function readReport(file: string): Report {
	const bytes = readBytes(file);
	const text = bytes.toString('utf8');
	const parsed = parseReport(text);
	if (parsed.ok) return parsed.value;
	const placed = looksLikeCapture(bytes) ? CAPTURE : placeOf(text);
	if (placed && placed.place !== 'reports')
		throw new CliError(`${file}: ${placed.what}, and no report of a check: ${PLACE_COMMANDS[placed.place]} reads it.`);
	throw new CliError(`${file}: ${[parsed.error.where, parsed.error.message].filter(Boolean).join(': ')}`);
}
