/** The rules screen: every rule to be found, and a link to each. */
import type { Browser } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { sharedApp, type TestApp } from '../support/app';
import { sharedChromium } from '../support/browsers';
import { describeWith } from '../support/require';
import { expectGoodLooks, openPage, withWatchedPage } from '../support/watched-page';

describeWith(['chromium'], 'the rules screen', () => {
	let app: TestApp;
	let browser: Browser;

	beforeAll(async () => {
		[app, browser] = await Promise.all([sharedApp(), sharedChromium()]);
	});

	test('is accessible and as wide as the page', async () => {
		await withWatchedPage(browser, `${app.url}/rules`, {}, async (page) => {
			await page.getByLabel('Search').fill('RFC 8839 ICE');
			await page.getByText('Examples').first().click();
			await expectGoodLooks(page, 'rules');
		});
	});

	test('a message, a code and a word of NAT find what they mean', async () => {
		await withWatchedPage(browser, `${app.url}/rules`, {}, async (page) => {
			for (const [query, meaning] of [
				[
					'Uncaught (in promise) InvalidStateError: Failed to set remote answer sdp: Called in wrong state: stable',
					'no offer was open'
				],
				['701', 'No server sends this code'],
				['486', 'as many allocations as it may have'],
				['symmetric', 'A different external port for each destination, so']
			] as const) {
				await page.getByLabel('Search').fill(query);
				await page.getByText(meaning).first().waitFor();
			}
		});
	});

	test('a rule is found by its code, its example opens in the workbench, and its link leads back to it', async () => {
		await withWatchedPage(browser, `${app.url}/rules`, {}, async (page) => {
			await page.getByLabel('Search').fill('BND-01');
			const item = page.locator('#bundle-unknown-mid');
			await item.getByText('Examples').click();
			await item.getByRole('button', { name: 'Open in the SDP workbench' }).click();
			await page.waitForURL('**/sdp*');
			await page.getByText('names "1", and no section has that mid').first().waitFor();
			await page.getByRole('link', { name: 'About this rule BND-01' }).first().click();
			await page.waitForURL('**/rules#bundle-unknown-mid');
			await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('bundle-unknown-mid');
			await openPage(page, `${app.url}/rules#no-such-rule`);
		});
	});
});
