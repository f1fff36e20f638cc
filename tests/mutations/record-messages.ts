/** Brings about every situation in both browsers, and writes what they said: `npm run lab -- record-messages`. */
import type { Said } from '../e2e/harness/situations-entry';
import { launchBrowser } from '../support/browsers';
import { startProbePage } from '../support/probe-page';
import { templateOf, writeMessages, type SaidMessage, type Speaker } from './messages';

export async function main(): Promise<number> {
	const page = await startProbePage('situations-entry.ts');
	const [versions, all]: [string[], SaidMessage[]] = [[], []];
	try {
		for (const name of ['chromium', 'firefox'] as const satisfies readonly Speaker[]) {
			const browser = await launchBrowser(name);
			try {
				await browser.goto(page.url);
				const said = await browser.evaluate<Said[]>('situations.askAll()');
				versions.push(browser.version);
				for (const { situation, error } of said)
					if (error !== null && error !== 'Error: ignored') all.push({ browser: name, situation, error: error.slice(0, 1000) });
			} finally {
				await browser.close();
			}
		}
	} finally {
		await page.close();
	}
	writeMessages(versions, all);
	process.stdout.write(
		`${versions.join(', ')}: ${all.length} messages, ${new Set(all.map(({ error }) => templateOf(error))).size} templates.\n`
	);
	return 0;
}
