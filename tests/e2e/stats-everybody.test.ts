/** The stats screen for everybody: the whole way with the keyboard alone, and each view at both widths in both schemes by axe. */
import type { Browser, FileChooser, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { sharedApp, type TestApp } from '../support/app';
import { sharedChromium } from '../support/browsers';
import { describeWith } from '../support/require';
import { expectGoodLooks } from '../support/watched-page';
import { FIREFOX_PAGE, GETSTATS, INTERNALS, lossyDump, withContext } from '../support/stats-screen';

interface Stop {
	tag: string;
	name: string;
	role: string;
	/** Whether it shows that it has the focus: an outline, or a box of its own. */
	shown: boolean;
	inSight: boolean;
}

/** What has the focus now. */
const stopOf = (page: Page) =>
	page.evaluate((): Stop => {
		const element = document.activeElement as HTMLElement;
		const style = getComputedStyle(element);
		const box = element.getBoundingClientRect();
		const labels = (element as HTMLInputElement).labels;
		return {
			tag: element.tagName.toLowerCase(),
			name: (element.getAttribute('aria-label') ?? labels?.[0]?.innerText ?? element.innerText ?? '').trim().slice(0, 200),
			role: element.getAttribute('role') ?? '',
			shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1,
			inSight: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
		};
	});

/** Presses Tab until what has the focus answers to the name; every stop on the way must show its focus, in sight. */
async function tabTo(page: Page, name: RegExp, { key = 'Tab', most = 250 } = {}): Promise<Stop> {
	const passed: string[] = [];
	for (let i = 0; i < most; i++) {
		await page.keyboard.press(key);
		const stop = await stopOf(page);
		if (stop.tag === 'body') continue;
		// The page may still be settling above it.
		if (!stop.inSight || !stop.shown)
			await expect.poll(() => stopOf(page)).toMatchObject({ name: stop.name, shown: true, inSight: true });
		passed.push(stop.name);
		if (name.test(stop.name)) return stop;
	}
	throw new Error(`Nothing called ${name} on the way: ${passed.join(' | ')}`);
}

async function openByKey(page: Page, name: RegExp, ...files: Parameters<FileChooser['setFiles']>) {
	await tabTo(page, name);
	const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
	await chooser.setFiles(...files);
}

describeWith(['chromium'], 'the stats screen for everybody', () => {
	let app: TestApp;
	let browser: Browser;

	beforeAll(async () => {
		[app, browser] = await Promise.all([sharedApp(), sharedChromium()]);
	});

	test('the whole way with the keyboard alone: open, choose, read, jump, search, compare, save, close', async () => {
		await withContext(browser, app.url, {}, async (_, openScreen) => {
			const page = await openScreen();
			// Once somebody listens, no press can come before the browser knows.
			page.on('filechooser', () => undefined);
			await openByKey(page, /^Open a file$/, lossyDump());
			await page.getByRole('heading', { name: 'Packet loss' }).waitFor();

			// From a finding to its moment in the chart that shows it, and back.
			const finding = await tabTo(page, /^Show in the charts, at 20\.0 s: .*packets were lost/);
			await page.keyboard.press('Enter');
			await expect.poll(() => stopOf(page)).toMatchObject({ role: 'slider', shown: true, inSight: true });
			expect((await stopOf(page)).name).toMatch(/Packet loss/);
			const cursor = () => page.evaluate(() => document.activeElement!.getAttribute('aria-valuetext'));
			expect(await cursor()).toMatch(/^0:20/);
			await page.keyboard.press('ArrowRight');
			await expect.poll(cursor).toMatch(/^0:21.*9\.1 %/);
			// The raw values follow the crosshair.
			await page.getByRole('cell', { name: '21.0 s' }).first().waitFor();
			await page.keyboard.press('Escape');
			await tabTo(page, /^Back$/, { key: 'Shift+Tab' });
			await page.keyboard.press('Enter');
			await expect.poll(async () => (await stopOf(page)).name).toBe(finding.name);

			// A second file, and which of its connections.
			await tabTo(page, /^Open another to compare$/, { key: 'Shift+Tab' });
			const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
			await chooser.setFiles(INTERNALS);
			await page.getByRole('heading', { name: 'Two files side by side' }).waitFor();
			await page.getByText('Nothing ties these two connections together').waitFor();
			await page.getByRole('heading', { name: 'Connection 8-1: Path' }).waitFor();
			await tabTo(page, /^B: chromium156/);
			// The list of files comes before the comparison's own choice of a connection.
			await tabTo(page, /^B: chromium156/);
			const chosen = () => page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedIndex);
			const before = await chosen();
			await page.keyboard.press(before === 0 ? 'ArrowDown' : 'ArrowUp');
			await expect.poll(chosen).not.toBe(before);
			// Only the end that receives has charts like those of the other file.
			await page.getByRole('heading', { name: 'Both in one chart' }).waitFor();
			await tabTo(page, /^by their beginning$/);
			await page.keyboard.press('ArrowDown');
			expect((await stopOf(page)).name).toBe('by the clock');

			// The file in front is the one opened last: its second connection, then every view of it.
			await tabTo(page, /^Connection 8-2/);
			await page.keyboard.press('Enter');
			await expect.poll(() => page.getByRole('heading', { name: 'Connection 8-2: Path' }).count()).toBe(1);
			expect(await page.evaluate(() => document.activeElement!.getAttribute('aria-pressed'))).toBe('true');
			for (const view of [
				/^Configuration$/,
				/^Zoom in|^\+$/i,
				/States over time/,
				/Bitrate received/,
				/Candidate pairs over time/,
				/Candidate pairs/,
				/Candidates/,
				/offer/i,
				/^Object$/
			])
				await tabTo(page, view);
			const objects = await chosen();
			await page.keyboard.press('ArrowDown');
			await expect.poll(chosen).not.toBe(objects);

			await tabTo(page, /^Search events/);
			await page.keyboard.type('packetsReceived');
			await page.getByText(/\d+ places?/).waitFor();
			await tabTo(page, /packetsReceived/);
			await page.keyboard.press('Enter');
			await expect.poll(async () => (await stopOf(page)).name).toBe('Object');
			await page.getByRole('cell', { name: 'packetsReceived', exact: true }).waitFor();

			await tabTo(page, /^Replace addresses/);
			await tabTo(page, /^Markdown$/);
			const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
			expect(download.suggestedFilename()).toMatch(/\.md$/);

			// What is closed or used up hands the focus on, and does not lose it.
			await tabTo(page, /^Close call\.txt$/, { key: 'Shift+Tab' });
			await page.keyboard.press('Enter');
			await expect.poll(async () => (await stopOf(page)).name).toBe('Open another to compare');
			await tabTo(page, /^Paste text$/);
			await page.keyboard.press('Enter');
			await expect.poll(async () => (await stopOf(page)).name).toBe('Text of a dump');
			await page.keyboard.insertText('[{"id":"T","type":"transport","timestamp":1700000000000,"bytesSent":5}]');
			await tabTo(page, /^Read this text$/);
			await page.keyboard.press('Enter');
			await expect.poll(async () => (await stopOf(page)).name).toBe('Paste text');
			await page.getByText('One getStats report').waitFor();
		});
	});

	const SETS: [name: string, files: Parameters<ReturnType<Page['getByTestId']>['setInputFiles']>[0], last: string][] = [
		['a dump of webrtc-internals', INTERNALS, 'Save what was found'],
		['an rtcstats dump', lossyDump(), 'Save what was found'],
		['a page of Firefox', FIREFOX_PAGE, 'Save what was found'],
		['two files', [INTERNALS, GETSTATS], 'Sent against received']
	];

	test.each(SETS)('every view of %s is accessible and as wide as the page', async (name, files, last) => {
		await withContext(browser, app.url, {}, async (_, openScreen) => {
			const page = await openScreen();
			await page.getByTestId('dump').setInputFiles(files);
			await page.getByRole('heading', { name: last }).waitFor();
			// What folds is opened, what is found is listed.
			await page.getByLabel(/^Search events/).fill('bytes');
			await page.getByText(/\d+ places?/).waitFor();
			for (const fold of await page.getByText('Configuration', { exact: true }).all()) await fold.click();
			const tables = page.getByRole('button', { name: /^Data/ });
			if ((await tables.count()) > 0) await tables.first().click();
			await expectGoodLooks(page, name);
		});
	});
});
