/** The SDP linter and workbench against real browsers: what they write is no problem, what they refuse is found. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDescription } from '../../src/lib/core/sdp/description';
import { lintRounds } from '../../src/lib/core/sdp/lint';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { startProbePage, type ProbePage } from '../support/probe-page';
import { describeWith } from '../support/require';
import { capture, SCENARIOS, type Capture } from '../support/sdp-captures';

describeWith(['chromium', 'firefox'], 'descriptions of real browsers', () => {
	let page: ProbePage;
	let browsers: Record<BrowserName, TestBrowser>;

	beforeAll(async () => {
		page = await startProbePage('sdp-entry.ts');
		const [chromium, firefox] = await Promise.all([launchBrowser('chromium'), launchBrowser('firefox')]);
		browsers = { chromium, firefox };
		await Promise.all([chromium.goto(page.url), firefox.goto(page.url)]);
	});

	afterAll(async () => {
		await Promise.all(Object.values(browsers ?? {}).map((browser) => browser.close()));
		await page?.close();
	});

	const PAIRS = [
		['chromium', 'chromium'],
		['firefox', 'firefox'],
		['chromium', 'firefox'],
		['firefox', 'chromium']
	] as const;

	describe.each(PAIRS)('%s calls %s', (offerer, answerer) => {
		test.each(Object.keys(SCENARIOS))('%s: no problem is found', async (scenario) => {
			const { exchanges }: Capture = await capture(scenario, browsers[offerer], browsers[answerer]);
			const rounds = exchanges.map(({ from, offer, answer }) => ({
				from,
				offer: readDescription(offer, 'offer'),
				answer: readDescription(answer, 'answer')
			}));
			const findings = lintRounds(rounds);
			if (process.env.SHOW) for (const f of findings) if (f.severity === 'warning') console.error(f.code, f.description, f.line, f.text);
			const problems = findings.filter(({ severity }) => severity === 'problem');
			expect(problems.map(({ code, description, line, text }) => `${description}:${line} ${code} ${text}`)).toEqual([]);
		});
	});
});
