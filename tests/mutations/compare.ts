/**
 * Asks both browsers about mutations that no rule was written for, and compares: `npm run lab -- sdp-refusals [base, ...]`. Besides single
 * offers there are `exchanges`: the recorded calls of other kinds than the table's, and every change of one line to the answers of a call.
 */
import { askAboutExchanges, askBrowsers } from './ask';
import { OFFERS, type OfferName } from './bases';
import { holdExchanges, OTHERS } from './exchange-refusals';
import { confusionTable, holdLinter, type Confusion } from './refusals';

const EXCHANGES = 'exchanges';

export async function main(args: string[]): Promise<number> {
	const unknown = args.find((each) => !(each in OFFERS) && each !== EXCHANGES);
	if (unknown !== undefined) {
		process.stderr.write(`There is no base ${unknown}. There are: ${[...Object.keys(OFFERS), EXCHANGES].join(', ')}.\n`);
		return 2;
	}
	const bases = (args.length > 0 ? args : Object.keys(OFFERS)).filter((each): each is OfferName => each !== EXCHANGES);
	let clean = true;
	if (bases.length > 0) {
		const { versions, rows } = await askBrowsers(bases);
		clean = tell(`${versions.join(', ')}: ${rows.length} descriptions.`, holdLinter(rows)) && clean;
	}
	if (args.length === 0 || args.includes(EXCHANGES)) {
		const { versions, rows } = await askAboutExchanges(OTHERS);
		clean = tell(`${versions.join(', ')}: ${rows.length} exchanges.`, holdExchanges(rows, OTHERS)) && clean;
	}
	return clean ? 0 : 1;
}

function tell(head: string, confusion: Confusion): boolean {
	process.stdout.write(`${head}\n${confusionTable(confusion)}\n`);
	for (const each of confusion.missed) process.stdout.write(`Passed over: ${each}\n`);
	for (const each of confusion.untrue) process.stdout.write(`Not true: ${each}\n`);
	return confusion.missed.length + confusion.untrue.length === 0;
}
