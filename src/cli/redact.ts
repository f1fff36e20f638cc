/** `icelens redact`: a report, session descriptions or a dump to share, with placeholders for what identifies somebody. */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { makePseudonyms } from '../lib/core/base/pseudonyms';
import { sentence } from '../lib/core/messages/en/sentence';
import { toJson } from '../lib/core/report/export/json';
import { boundedImport, importedReport } from '../lib/core/report/imported';
import { parseReport, REPORT_CHARACTERS_AT_MOST } from '../lib/core/report/parse';
import { redactReport } from '../lib/core/report/redact';
import type { Report } from '../lib/core/report/report';
import { looksLikeCapture } from '../lib/core/dump/capture/capture-reader';
import { holdsDescriptions } from '../lib/core/dump/descriptions-in';
import { recognise } from '../lib/core/dump/recognise';
import type { InputFormat } from '../lib/core/dump/recognised';
import { redactDescription } from '../lib/core/sdp/text/redact';
import { readArguments, readBytes } from './arguments';
import { readDump } from './dump-file';
import { CliError } from './errors';
import { print } from './terminal';

export async function redact(args: string[]): Promise<number> {
	const { positionals } = readArguments(args, {}, 1);
	const file = positionals[0]!;
	print(await redacted(file, readBytes(file)));
	return 0;
}

/** Of what is neither a report nor a dump only descriptions and candidates are passed on: the text around them may hold anything. */
export async function redacted(file: string, bytes: Buffer): Promise<string> {
	const text = bytes.length <= REPORT_CHARACTERS_AT_MOST ? bytes.toString('utf8') : '';
	const report = reportIn(file, text);
	if (report) return toJson(redactReport(report).report);
	const descriptions = looksLikeCapture(bytes) ? null : descriptionsIn(text);
	return descriptions ?? toJson(redactReport(await reportOfDump(file, bytes)).report);
}

/** Null for what is no report at all. */
function reportIn(file: string, text: string): Report | null {
	const parsed = parseReport(text);
	if (parsed.ok) return parsed.value;
	const { code, where, message } = parsed.error;
	if (code === 'not-json' || code === 'not-a-report') return null;
	throw new CliError(`${file}: ${[where, message].filter(Boolean).join(': ')}`);
}

/** Formats that hold descriptions or candidates, and no statistics. */
const DESCRIPTIONS: ReadonlySet<InputFormat> = new Set([
	'sdp',
	'several-descriptions',
	'description-json',
	'escaped-text',
	'prefixed-text',
	'sip',
	'base64',
	'candidate'
]);

function descriptionsIn(text: string): string | null {
	const { format, descriptions, candidates } = recognise(text);
	if (!DESCRIPTIONS.has(format) || !holdsDescriptions(text)) return null;
	// One set of placeholders for all, so that what belongs together still does.
	const pseudonyms = makePseudonyms();
	return [...descriptions.map((each) => each.text), ...candidates]
		.map((each) => redactDescription(/[\r\n]$/.test(each) ? each : `${each}\n`, pseudonyms))
		.join('');
}

/** A dump is passed on as a report that holds its statistics: its own format has addresses in more places than are known. */
async function reportOfDump(file: string, bytes: Buffer): Promise<Report> {
	const read = await readDump(file, Readable.from([bytes]));
	if ('refusal' in read)
		throw new CliError(`${file}: ${read.refusal.message} Saved reports and session descriptions are redacted too.`);
	const bounded = boundedImport(read.recording);
	if (!bounded.ok) throw new CliError(`${file}: ${bounded.error.message}`);
	for (const said of bounded.value.leftOut) print(`${file}: ${sentence(said)}\n`, process.stderr);
	return importedReport(bounded.value, {
		version: __ICELENS_VERSION__,
		id: randomUUID().replaceAll('-', ''),
		createdAt: new Date().toISOString(),
		fileName: file
	});
}
