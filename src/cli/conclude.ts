/** `icelens conclude`: judges a saved report again, with this version's rules, and says what changed. */
import { compareConclusions } from '../lib/core/report/compare';
import { toJson } from '../lib/core/report/export/json';
import { judgeAgain } from '../lib/core/report/make';
import { parseReport } from '../lib/core/report/parse';
import { readArguments, readFormat, readInput } from './arguments';
import { CliError } from './errors';
import { exitStatus } from './status';
import { changesText, reportText } from './text';

export async function conclude(args: string[]): Promise<number> {
	const { values, positionals } = readArguments(args, { format: { type: 'string' } }, 1);
	const format = readFormat(values.format);
	const file = positionals[0]!;
	const parsed = parseReport(readInput(file));
	if (!parsed.ok) throw new CliError(`${file}: ${[parsed.error.where, parsed.error.message].filter(Boolean).join(': ')}`);
	const saved = parsed.value;
	const fresh = judgeAgain(saved);
	const changes = compareConclusions(saved.conclusions, fresh.conclusions);
	// The document is a report like any other, with one field more.
	if (format === 'json') process.stdout.write(`${toJson(Object.assign(fresh, { changes })).trimEnd()}\n`);
	else process.stdout.write(reportText(fresh) + changesText(saved.tool.version, changes));
	return exitStatus(fresh.conclusions);
}
