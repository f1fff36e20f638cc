/** Both ends of a call want something else at the same moment, again and again: it always settles (W3C WebRTC §10.7). */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser, type BrowserName } from '../support/browsers';
import { patience } from '../support/patience';
import { startProbePage, type ProbePage } from '../support/probe-page';
import { describeWith } from '../support/require';
import type { GlareResult } from './harness/link-entry';

/** `ICELENS_FUZZ=full` takes 200. */
const ROUNDS = process.env.ICELENS_FUZZ === 'full' ? 200 : 40;

let site: ProbePage;
beforeAll(async () => {
	site = await startProbePage('link-entry.ts');
});
afterAll(() => site?.close());

for (const name of ['chromium', 'firefox'] as BrowserName[]) {
	describeWith([name], `offers that cross, in ${name}`, () => {
		it(`settle ${ROUNDS} times of ${ROUNDS}`, async () => {
			const browser = await launchBrowser(name);
			try {
				await browser.goto(site.url);
				const result = await browser.evaluate<GlareResult>(`window.glare(${ROUNDS}, ${patience(10_000)})`);
				expect(result).toMatchObject({ crossed: ROUNDS, settled: ROUNDS, refused: [], failed: [], connected: true });
			} finally {
				await browser.close();
			}
		});
	});
}
