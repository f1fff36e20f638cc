/**
 * Asks both browsers about mutations that no rule was written for, and compares: `npm run lab -- sdp-refusals [base, ...]`. Besides single
 * offers there are `exchanges`: the recorded calls of other kinds than the table's, and every change of one line to the answers of a call;
 * and `corrected`: what safe corrections made of the table's changes.
 */
import { analyse } from '../../src/lib/core/inspection/analysis';
import { askAboutCorrected, askAboutExchanges, askBrowsers } from './ask';
import { OFFERS, type OfferName } from './bases';
import { correctedAnswers, correctedOffers } from './corrected';
import { holdExchanges, OTHERS } from './exchange-refusals';
import { BROWSERS, confusionTable, holdLinter, type Confusion } from './refusals';

const EXCHANGES = 'exchanges';
const CORRECTED = 'corrected';

export async function main(args: string[]): Promise<number> {
	const unknown = args.find((each) => !(each in OFFERS) && each !== EXCHANGES && each !== CORRECTED);
	if (unknown !== undefined) {
		process.stderr.write(
			`There is no base ${unknown}. There are: ${[...Object.keys(OFFERS), EXCHANGES, CORRECTED].join(', ')}.\n`
		);
		return 2;
	}
	const bases = (args.length > 0 ? args : Object.keys(OFFERS)).filter((each): each is OfferName => each in OFFERS);
	let clean = true;
	if (bases.length > 0) {
		const { versions, rows } = await askBrowsers(bases);
		clean = tell(`${versions.join(', ')}: ${rows.length} descriptions.`, holdLinter(rows)) && clean;
	}
	if (args.length === 0 || args.includes(EXCHANGES)) {
		const { versions, rows } = await askAboutExchanges(OTHERS);
		clean = tell(`${versions.join(', ')}: ${rows.length} exchanges.`, holdExchanges(rows, OTHERS)) && clean;
	}
	if (args.length === 0 || args.includes(CORRECTED)) clean = (await tellCorrected()) && clean;
	return clean ? 0 : 1;
}

/** No correction makes a browser refuse what it took, and what no rule finds fault with after it is taken. */
async function tellCorrected(): Promise<boolean> {
	const cases = [...correctedOffers(), ...correctedAnswers(1)].filter(({ after, base }) => after.at(-1)!.text !== base);
	const said = await askAboutCorrected(cases);
	const counts = { asked: 0, refusedBefore: 0, refusedAfter: 0 };
	const wrong = cases.flatMap(({ name, after, fixed, asked, refusedBy }, index) => {
		const named = new Set(
			analyse(after).findings.flatMap(({ severity, refusedBy }) => (severity === 'problem' ? BROWSERS : refusedBy))
		);
		return asked.flatMap((browser) => {
			const words = said[index]![browser]!;
			counts.asked++;
			if (refusedBy.includes(browser)) counts.refusedBefore++;
			if (words === '') return [];
			counts.refusedAfter++;
			const isWorse = !refusedBy.includes(browser);
			return isWorse || !named.has(browser)
				? [`${isWorse ? 'Worse' : 'Passed over'}: ${name}, by ${fixed.map(({ rule }) => rule).join(', ')}: ${browser} "${words}"`]
				: [];
		});
	});
	process.stdout.write(
		`${cases.length} corrected texts: ${counts.refusedBefore} of ${counts.asked} times refused before, ${counts.refusedAfter} after.\n${wrong.map((each) => `${each}\n`).join('')}`
	);
	return wrong.length === 0;
}

function tell(head: string, confusion: Confusion): boolean {
	process.stdout.write(`${head}\n${confusionTable(confusion)}\n`);
	for (const each of confusion.missed) process.stdout.write(`Passed over: ${each}\n`);
	for (const each of confusion.untrue) process.stdout.write(`Not true: ${each}\n`);
	return confusion.missed.length + confusion.untrue.length === 0;
}
