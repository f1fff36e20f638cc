/** What was read out of dumps, kept on this device: once, unless switched off, bounded, and opened again with the same findings. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { sharedApp, type TestApp } from '../support/app';
import { sharedChromium } from '../support/browsers';
import { describeWith } from '../support/require';
import { dumpOf, INTERNALS, internalsUnpacked, lossyDump, withContext } from '../support/stats-screen';

describeWith(['chromium'], 'dumps that were opened', () => {
	let app: TestApp;
	let browser: Browser;

	beforeAll(async () => {
		[app, browser] = await Promise.all([sharedApp(), sharedChromium()]);
	});

	const open = (page: Page, ...files: Parameters<ReturnType<Page['getByTestId']>['setInputFiles']>) =>
		page.getByTestId('dump').setInputFiles(...files);
	const said = (page: Page) => page.getByRole('region', { name: 'Save what was found' }).getByRole('status');
	const findings = (page: Page) =>
		page
			.locator('section[aria-labelledby="stats-verdict"], section[aria-labelledby="findings-title"]')
			.locator('li > div > p:first-child, li > p')
			.allInnerTexts();

	test('are kept once, listed, and opened again with the same findings and charts', async () => {
		await withContext(browser, app.url, {}, async (_, openScreen) => {
			const page = await openScreen();
			await open(page, lossyDump('ticket 4711.txt'));
			await expect.poll(() => said(page).innerText()).toBe('Kept on this device.');
			const here = await findings(page);
			expect(here.join()).toMatch(/packets were lost from 20\.0 s to 30\.0 s/);

			// The same content again, under another name: not twice, and it is said.
			await open(page, lossyDump('copy of it.txt'));
			await page.getByRole('button', { name: /^B: copy of it/ }).waitFor();
			await expect.poll(() => said(page).innerText()).toMatch(/^This dump is already kept on this device, since /);
			await page.reload();
			await open(page, INTERNALS);
			await expect.poll(() => said(page).innerText()).toBe('Kept on this device.');
			await page.reload();
			await open(page, internalsUnpacked('unpacked.json'));
			await expect.poll(() => said(page).innerText()).toMatch(/already kept/);

			await page.getByRole('link', { name: 'All reports' }).click();
			await page.getByRole('heading', { name: 'Kept on this device' }).waitFor();
			await page.getByText('2 reports').waitFor();
			const row = page.getByRole('listitem').filter({ hasText: 'ticket 4711.txt' });
			expect(await row.innerText()).toMatch(/The call connected, with faults[\s\S]*Statistics/);
			await row.getByRole('button', { name: /^Open/ }).click();
			await page.getByRole('heading', { name: 'Statistics from a dump' }).waitFor();
			// In another order and without the times beside them, but the same sentences.
			expect((await findings(page)).toSorted()).toEqual(here.toSorted());
			expect(await page.getByText('Cannot tell').count()).toBe(0);
			await page.getByRole('link', { name: 'Look at it on the Stats screen' }).click();
			await page.getByRole('heading', { name: 'Packet loss' }).waitFor();
			expect(await findings(page)).toEqual(here);
			expect(await page.getByRole('button', { name: /^ticket 4711\.txt/ }).count()).toBe(1);
			expect(await said(page).innerText()).toMatch(/already kept/);
			// Still two: what came from there is not kept again.
			await page.goto(`${app.url}/reports`);
			await page.getByText('2 reports').waitFor();
		});
	});

	test('hold no credential, and are redacted when shared', async () => {
		await withContext(browser, app.url, {}, async (_, openScreen) => {
			const page = await openScreen();
			await open(page, lossyDump('Ann Ladovska.txt'));
			await expect.poll(() => said(page).innerText()).toBe('Kept on this device.');
			const kept = await page.evaluate(async () => {
				const database = await new Promise<IDBDatabase>((resolve) => {
					const request = indexedDB.open('icelens');
					request.onsuccess = () => resolve(request.result);
				});
				return new Promise<string>((resolve) => {
					const all = database.transaction('texts').objectStore('texts').getAll();
					all.onsuccess = () => resolve(JSON.stringify(all.result));
				});
			});
			expect(kept).toContain('203.0.113.77');
			expect(kept).not.toContain('never-in-a-report');
			await page.goto(`${app.url}/reports`);
			await page.getByRole('button', { name: /^Open Ann Ladovska/ }).click();
			const [download] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('button', { name: 'Download HTML' }).click()
			]);
			const html = readFileSync(await download.path(), 'utf8');
			expect(html).toContain('packets were lost from 20.0 s to 30.0 s');
			expect(html).not.toMatch(/Ladovska|203\.0\.113\.77/);
		});
	});

	test('are not kept where keeping is switched off, and it is said', async () => {
		await withContext(browser, app.url, {}, async (_, openScreen) => {
			const reports = await openScreen('/reports');
			await reports.getByLabel(/Keep finished checks and calls/).uncheck();
			const page = await openScreen();
			await open(page, lossyDump());
			await page.getByRole('heading', { name: 'Calls', exact: true }).waitFor();
			await expect.poll(() => said(page).innerText()).toBe('Not kept on this device: keeping is switched off.');
			await reports.reload();
			await reports.getByText('Nothing is kept: keeping is switched off.').waitFor();
		});
	});

	test('that are large are kept smaller, and it is said what was left out; no report is found under another address', async () => {
		await withContext(browser, app.url, {}, async (_, openScreen) => {
			const page = await openScreen();
			// 330,000 samples: none may be thinned away without a word.
			const line = (i: number) =>
				JSON.stringify([
					'getstats',
					'PC_0',
					Object.fromEntries([
						['timestamp', 1e12 + 1000 * i],
						...Array.from({ length: 55 }, (_, n) => [
							`I${n}`,
							{
								type: 'inbound-rtp',
								kind: 'audio',
								ssrc: n,
								packetsReceived: 50 * i,
								packetsLost: 0,
								bytesReceived: 5000 * i + n,
								jitter: i / 1e5
							}
						])
					]),
					1e12 + 1000 * i
				]);
			await open(page, dumpOf('long.txt', Array.from({ length: 1000 }, (_, i) => line(i)).join('\n')));
			await expect
				.poll(() => said(page).innerText(), { timeout: 30_000 })
				.toMatch(/^Kept on this device\. The kept copy is smaller than the dump\. Of 3\d\d,\d{3} samples one in 3 was kept/);
			await page.goto(`${app.url}/reports`);
			await page.getByRole('button', { name: /^Open long\.txt/ }).click();
			await page.getByText(/one in 3 was kept/).waitFor();
			await page.goto(`${app.url}/stats#kept=0000`);
			await page.getByText('This dump is not kept on this device, or no longer. Open its file again.').waitFor();
		});
	});
});
