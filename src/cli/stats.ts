/** `icelens stats`: reads any dump of a call, and says what happened, what went wrong, and its figures. */
import { jsonDocument } from '../lib/core/base/escape';
import { dumpDocument } from '../lib/core/report/export/dump';
import { judgeDump } from '../lib/core/report/imported';
import { readArguments, readFormat } from './arguments';
import { readDump } from './dump-file';
import { dumpText } from './dump-text';
import { CliError } from './errors';
import { print } from './terminal';

export async function stats(args: string[]): Promise<number> {
	const { values, positionals } = readArguments(args, { format: { type: 'string' } }, 1);
	const format = readFormat(values.format);
	const file = positionals[0]!;
	const read = await readDump(file);
	if ('refusal' in read) throw new CliError(`${file}: ${read.refusal.message}`);
	const { recording } = read;
	const conclusions = judgeDump(recording);
	print(format === 'json' ? jsonDocument(dumpDocument(recording, conclusions)) : dumpText(recording, conclusions));
	return conclusions.findings.some(({ severity }) => severity === 'problem') ? 1 : 0;
}
