/** `icelens compare`: what changed between two reports, in words; exit status 1 where something that matters did. */
import { jsonDocument } from '../lib/core/base/escape';
import { everySentence as sentence } from '../lib/core/messages/en/every-sentence';
import { compareReports } from '../lib/core/report/compare-reports';
import { judgeAgain } from '../lib/core/report/judge-again';
import { written } from '../lib/core/report/with-text';
import { readArguments, readFormat } from './arguments';
import { readReport } from './conclude';
import { print } from './terminal';
import { differencesText } from './text';

export async function compare(args: string[]): Promise<number> {
	const { values, positionals } = readArguments(args, { format: { type: 'string' } }, 2);
	const format = readFormat(values.format);
	const [before, after] = [readReport(positionals[0]!), readReport(positionals[1]!)].map(judgeAgain);
	const comparison = compareReports(before!, after!);
	const { changes } = comparison;
	print(format === 'json' ? jsonDocument(written(comparison, sentence)) : differencesText(changes));
	return changes.length === 0 ? 0 : 1;
}
