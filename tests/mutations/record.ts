/** Asks both browsers about every mutation, and writes what they refused: `npm run lab -- record-refusals`. */
import { askBrowsers } from './ask';
import { confusionTable, holdLinter, writeRefusals } from './refusals';

export async function main(): Promise<number> {
	const { versions, rows } = await askBrowsers(['call', 'simulcast']);
	writeRefusals(versions, rows);
	process.stdout.write(`${versions.join(', ')}: ${rows.length} descriptions.\n${confusionTable(holdLinter(rows))}\n`);
	return 0;
}
