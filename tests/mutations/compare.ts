/** Asks both browsers about mutations that no rule was written for, and compares: `npm run lab -- sdp-refusals [base, ...]`. */
import { askBrowsers } from './ask';
import { OFFERS, type OfferName } from './bases';
import { confusionTable, holdLinter } from './refusals';

export async function main(args: string[]): Promise<number> {
	const unknown = args.find((each) => !(each in OFFERS));
	if (unknown !== undefined) {
		process.stderr.write(`There is no base ${unknown}. There are: ${Object.keys(OFFERS).join(', ')}.\n`);
		return 2;
	}
	const bases = (args.length > 0 ? args : Object.keys(OFFERS)) as OfferName[];
	const { versions, rows } = await askBrowsers(bases);
	const confusion = holdLinter(rows);
	process.stdout.write(`${versions.join(', ')}: ${rows.length} descriptions.\n${confusionTable(confusion)}\n`);
	for (const each of confusion.missed) process.stdout.write(`Passed over: ${each}\n`);
	for (const each of confusion.untrue) process.stdout.write(`Not true: ${each}\n`);
	return confusion.missed.length + confusion.untrue.length === 0 ? 0 : 1;
}
