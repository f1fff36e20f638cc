/** Asks both browsers about every mutation, and writes what they refused: `npm run lab -- record-refusals [offers|exchanges]`. */
import { askAboutExchanges, askBrowsers } from './ask';
import { holdExchanges, RECORDED, writeExchangeRefusals } from './exchange-refusals';
import { confusionTable, holdLinter, writeRefusals } from './refusals';

export async function main([which]: string[]): Promise<number> {
	if (which !== 'exchanges') {
		const { versions, rows } = await askBrowsers(['call', 'simulcast']);
		writeRefusals(versions, rows);
		process.stdout.write(`${versions.join(', ')}: ${rows.length} descriptions.\n${confusionTable(holdLinter(rows))}\n`);
	}
	if (which !== 'offers') {
		const { versions, rows } = await askAboutExchanges(RECORDED);
		writeExchangeRefusals(versions, rows);
		process.stdout.write(`${versions.join(', ')}: ${rows.length} exchanges.\n${confusionTable(holdExchanges(rows, RECORDED))}\n`);
	}
	return 0;
}
