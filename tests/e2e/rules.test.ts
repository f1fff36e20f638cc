/** The rules screen: every rule to be found, and a link to each. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApp, type TestApp } from '../support/app';
import { chromiumAlone } from '../support/browsers';
import { describeWith } from '../support/require';
import { expectAccessible, expectNoSidewaysScroll, openPage, withWatchedPage } from '../support/watched-page';

describeWith(['chromium'], 'the rules screen', () => {
	let app: TestApp;
	let browser: Browser;

	beforeAll(async () => {
		app = await startApp();
		browser = await chromiumAlone();
	});

	afterAll(async () => {
		await browser?.close();
		await app?.close();
	});

	test.each([
		{ width: 1280, colorScheme: 'light' },
		{ width: 390, colorScheme: 'dark' }
	] as const)('is accessible and as wide as the page, $width px, $colorScheme', async ({ width, colorScheme }) => {
		await withWatchedPage(browser, `${app.url}/rules`, { colorScheme, viewport: { width, height: 900 } }, async (page) => {
			await page.getByLabel('Search').fill('RFC 8839 ICE');
			await page.getByText('Examples').first().click();
			await expectAccessible(page, 'rules');
			await expectNoSidewaysScroll(page, 'rules');
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
