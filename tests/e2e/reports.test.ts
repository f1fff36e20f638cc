/** Reports as people use them: kept, found again, compared, exported, shared; and files from strangers. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { toHtml } from '../../src/lib/core/report/export/html';
import { parseReport } from '../../src/lib/core/report/parse';
import type { Report } from '../../src/lib/core/report/report';
import { unpack } from '../../src/lib/ui/share';
import { seededReport } from '../golden/generate-report';
import { goldenReports } from '../golden/golden-reports';
import { sharedApp, type TestApp } from '../support/app';
import { expectAccessible } from '../support/axe';
import { launchBrowser, sharedChromium } from '../support/browsers';
import { icelens } from '../support/cli';
import { describeWith, testWith } from '../support/require';
import { expectGoodLooks, openPage, withWatchedContext } from '../support/watched-page';

const GOLDEN = new URL('../golden/', import.meta.url).pathname;
const FILES = readdirSync(GOLDEN).filter((name) => name.endsWith('-chromium.recorded.report.json'));
const ONE = `${GOLDEN}symmetric-chromium.recorded.report.json`;

describeWith(['chromium'], 'reports', () => {
	let app: TestApp;
	let browser: Browser;
	let folder: string;

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'icelens-reports-'));
		[app, browser] = await Promise.all([sharedApp(), sharedChromium()]);
	});

	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	/** A page of its own, with nothing kept yet. Errors and requests elsewhere fail the test. */
	const withPage = (use: (page: Page, faults: string[]) => Promise<void>, options: BrowserContextOptions = {}) =>
		withWatchedContext(browser, app.url, options, async (context, faults) => use(await context.newPage(), faults));

	const openScreen = (page: Page, path = '/reports') => openPage(page, app.url + path);

	async function keepFile(page: Page, file: string): Promise<void> {
		await page.getByLabel(/Choose a file/).setInputFiles(file);
		await page.getByRole('button', { name: 'Keep on this device' }).click();
		await page.getByRole('button', { name: 'Back to the list' }).click();
		await page.getByRole('heading', { name: 'Kept on this device' }).waitFor();
	}

	const sideways = (page: Page) =>
		page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

	test('the empty list, a comparison and an opened report are accessible and as wide as the page', async () => {
		await withPage(async (page) => {
			await openScreen(page);
			await page.getByText('Nothing is kept yet.').waitFor();
			await expectGoodLooks(page, 'empty');
			for (const file of FILES.slice(0, 2)) await keepFile(page, GOLDEN + file);
			for (const box of await page.getByRole('checkbox', { name: /^Compare/ }).all()) await box.check();
			await page
				.getByRole('button', { name: /^Rename/ })
				.first()
				.click();
			await page.getByRole('button', { name: 'Compare the two' }).click();
			await page.locator('#compare-title').waitFor();
			await page.getByLabel('Only what differs').uncheck();
			await expectGoodLooks(page, 'list');
			await page
				.getByRole('button', { name: /^Open \d/ })
				.first()
				.click();
			await page.getByText(/^The link has/).waitFor();
			await page.getByText(/^What is replaced/).click();
			await expectGoodLooks(page, 'opened');
		});
	});

	test('a finished check is kept, named, found, deleted and brought back; another tab sees it', async () => {
		await withPage(async (page) => {
			await openScreen(page, '/');
			await page.getByRole('button', { name: 'Check this network' }).click();
			await page.getByRole('button', { name: 'Check again' }).waitFor();
			await page.getByText('Kept on this device.').waitFor();
			await page.getByRole('link', { name: 'All reports' }).click();
			const rows = page.locator('.entries li');
			await expect.poll(() => rows.count()).toBe(1);

			const other = await page.context().newPage();
			await openScreen(other);
			await expect.poll(() => other.locator('.entries li').count()).toBe(1);
			// By keyboard: to the field, a name, Enter; the focus is back at the button.
			await page.getByRole('button', { name: /^Rename/ }).focus();
			await page.keyboard.press('Enter');
			await page.getByLabel('Name of the network').waitFor();
			await page.keyboard.type('Office, third floor');
			await page.keyboard.press('Enter');
			await page.getByRole('heading', { name: 'Office, third floor' }).waitFor();
			expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Rename');
			await other.getByRole('heading', { name: 'Office, third floor' }).waitFor();

			await keepFile(page, ONE);
			await expect.poll(() => rows.count()).toBe(2);
			await page.getByLabel('Search').fill('third OFFICE');
			await expect.poll(() => rows.count()).toBe(1);
			await page.getByLabel('Search').fill('nothing like it');
			await page.getByText('No kept report matches.').waitFor();
			await page.getByLabel('Search').fill('');

			await page.getByRole('button', { name: /^Delete Office/ }).click();
			await expect.poll(() => other.locator('.entries li').count()).toBe(1);
			await page.getByRole('button', { name: 'Undo' }).click();
			await page.getByRole('heading', { name: 'Office, third floor' }).waitFor();

			await page.reload();
			await expect.poll(() => rows.count()).toBe(2);
			await page.getByRole('button', { name: 'Delete all', exact: true }).click();
			await page.getByRole('button', { name: 'Delete all of them' }).click();
			await page.getByText('Nothing is kept yet.').waitFor();
			await other.getByText('Nothing is kept yet.').waitFor();
		});
	});

	test('nothing is kept where that is switched off', async () => {
		await withPage(async (page) => {
			await openScreen(page);
			await page.getByLabel('Keep finished checks and calls on this device').uncheck();
			await page.getByText('Nothing is kept: keeping is switched off.').waitFor();
			await openScreen(page, '/');
			await page.getByRole('button', { name: 'Check this network' }).click();
			await page.getByText(/^The link has/).waitFor();
			await openScreen(page);
			await page.getByText('Nothing is kept: keeping is switched off.').waitFor();
		});
	});

	test('a full disk, a private window and a newer version in another tab are each a sentence', async () => {
		await withPage(async (page) => {
			await openScreen(page);
			await page.getByText('Nothing is kept yet.').waitFor();
			// A later version upgrades the database in another tab: this one lets go and says so.
			const other = await page.context().newPage();
			await openScreen(other, '/ice');
			await other.evaluate(
				() =>
					new Promise<void>((resolve, reject) => {
						const request = indexedDB.open('icelens', 99);
						request.onsuccess = () => {
							request.result.close();
							resolve();
						};
						request.onerror = () => reject(request.error!);
					})
			);
			await page.getByText('A newer version of Icelens was opened in another tab.').waitFor();
			await page.reload();
			await page.getByText('A newer version of Icelens has kept reports on this device.').waitFor();
		});
		await withPage(async (page) => {
			await page.addInitScript(() => {
				IDBObjectStore.prototype.put = () => {
					throw new DOMException('full', 'QuotaExceededError');
				};
			});
			await openScreen(page);
			await page.getByLabel(/Choose a file/).setInputFiles(ONE);
			await page.getByRole('button', { name: 'Keep on this device' }).click();
			await page.getByRole('button', { name: 'Back to the list' }).click();
			await page.getByText('The browser has no room left for reports.').waitFor();
		});
		await withPage(async (page) => {
			await page.addInitScript(() => {
				IDBFactory.prototype.open = () => {
					throw new DOMException('no', 'SecurityError');
				};
			});
			await openScreen(page);
			await page.getByText('This browser keeps nothing for this page').waitFor();
		});
	});

	test('files from strangers get a sentence that names the place, in time, and nothing runs', async () => {
		const text = readFileSync(ONE, 'utf8');
		const huge = join(folder, 'huge.json');
		writeFileSync(huge, `{"x":"${'y'.repeat(51_000_000)}"}`);
		const large = join(folder, 'large.json');
		writeFileSync(large, JSON.stringify({ rows: Array.from({ length: 900_000 }, (_, i) => `line ${i}`) }));
		const attack = JSON.parse(text) as Report & Record<string, unknown>;
		const script = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
		attack.environment.browser = script;
		attack.config.plan[0]!.title = script;
		for (const { outcome } of attack.observations)
			if (outcome.state === 'skipped') Object.assign(outcome, { because: undefined, why: script });
		const polluting = text.replace('{', '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},');
		await withPage(async (page) => {
			await openScreen(page);
			const said = page.locator('.open [role="status"]');
			const refuse = async (file: string | { name: string; mimeType: string; buffer: Buffer }, words: RegExp) => {
				await page.getByLabel(/Choose a file/).setInputFiles(file);
				await expect.poll(() => said.innerText()).toMatch(words);
			};
			const of = (content: string) => ({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(content) });
			await refuse(huge, /^huge\.json has 51 MB; a report has at most 20 MB\./);
			await refuse(of(text.slice(0, 5000)), /^This is not JSON: .*position 5000/);
			await refuse(of('<!doctype html><title>x</title>'), /^This is a page or an XML file/);
			await refuse(large, /not an Icelens report/);
			await refuse(
				of(text.replace('"port": ', '"port": -')),
				/observations\[\d+\]\.outcome\.data\.candidates\[0\]\.port is -\d+; it must be a whole number/
			);
			await refuse(of(JSON.stringify({ ...attack, schema: 7 })), /schema 7; this version of Icelens reads up to 2/);
			for (const hostile of [JSON.stringify(attack), polluting]) {
				await page.getByLabel(/Choose a file/).setInputFiles(of(hostile));
				await page.locator('#share-title').waitFor();
				await page.getByText('Everything that was observed').click();
				// A picture that does not load says so at once: whatever the file brought into the page has had its say by then.
				await page.evaluate(
					() => new Promise((resolve) => Object.assign(new Image(), { onerror: resolve }).setAttribute('src', 'data:,'))
				);
				expect(await page.evaluate(() => (({}) as Record<string, unknown>).polluted ?? null)).toBeNull();
				await page.getByRole('button', { name: 'Back to the list' }).click();
			}
		});
	});

	test('50 MB of something else are refused by their size: a file is not even read, a text not parsed', async () => {
		const foreign = `{"x":"${'y'.repeat(50_000_000)}"}`;
		const fastest = (work: () => unknown) =>
			Math.min(
				...Array.from({ length: 5 }, () => {
					const begunMs = performance.now();
					work();
					return performance.now() - begunMs;
				})
			);
		expect(parseReport(foreign).ok).toBe(false);
		expect(fastest(() => parseReport(foreign))).toBeLessThan(fastest(() => JSON.parse(foreign)) / 2);
		const huge = join(folder, 'fifty.json');
		writeFileSync(huge, foreign);
		await withPage(async (page) => {
			await page.addInitScript(() => {
				for (const method of ['text', 'arrayBuffer', 'bytes', 'stream', 'slice'] as const) {
					Object.defineProperty(Blob.prototype, method, {
						value: () => {
							throw new Error(`The file was read: ${method}.`);
						}
					});
				}
			});
			await openScreen(page);
			const said = page.locator('.open [role="status"]');
			await page.getByLabel(/Choose a file/).setInputFiles(ONE);
			await expect.poll(() => said.innerText()).toMatch(/could not be read/);
			await page.getByLabel(/Choose a file/).setInputFiles(huge);
			await expect.poll(() => said.innerText()).toMatch(/^fifty\.json has 50 MB; a report has at most 20 MB\./);
		});
	});

	test('a link is redacted, opens at both addresses and gives the same verdict; unredacted only when asked for', async () => {
		await withPage(
			async (page) => {
				await openScreen(page);
				await page.getByLabel(/Choose a file/).setInputFiles(ONE);
				await page.getByText(/^The link has/).waitFor();
				const verdict = await page.locator('#verdict-title').innerText();
				const copy = async () => {
					await page.getByRole('button', { name: 'Copy link to this result' }).click();
					await page.getByText(/nothing was uploaded/).waitFor();
					return page.evaluate(() => navigator.clipboard.readText());
				};
				const inside = async (link: string) => {
					const text = await unpack(link.split('#report=')[1]!);
					return text.ok ? text.value : '';
				};
				const link = await copy();
				const original = JSON.parse(readFileSync(ONE, 'utf8')) as Report;
				expect(JSON.parse(await inside(link))).toMatchObject({ redacted: true });
				expect(await inside(link)).not.toContain('"ada"');
				for (const address of [link, link.replace('/#', '/reports#')]) {
					const other = await page.context().newPage();
					await other.goto(address);
					await other.getByText('A saved report from').waitFor();
					expect(await other.locator('#verdict-title').innerText()).toBe(verdict);
					await other.close();
				}
				await page.getByLabel('Replace addresses and names with placeholders').uncheck();
				await expect.poll(async () => await inside(await copy())).toContain('"ada"');
				const again = parseReport(await inside(await copy()));
				expect(again.ok && again.value.conclusions).toEqual(original.conclusions);
			},
			{ permissions: ['clipboard-read', 'clipboard-write'] }
		);
	});

	test('the HTML export stands alone: offline, without scripts, accessible, whole on A4 paper', async () => {
		const reports = [
			...goldenReports()
				.filter(({ name }) => /dualstack-chromium|udp-blocked-firefox/.test(name))
				.map(({ report }) => report),
			seededReport(4)
		];
		for (const [i, report] of reports.entries()) {
			const file = join(folder, `export-${i}.html`);
			writeFileSync(file, toHtml(report));
			const context = await browser.newContext({ offline: true, viewport: { width: 900, height: 900 } });
			const asked: string[] = [];
			const page = await context.newPage();
			page.on('request', (request) => asked.push(request.url()));
			page.on('console', (message) => asked.push(message.text()));
			await page.goto(`file://${file}`);
			expect(await page.locator('script').count()).toBe(0);
			await expectAccessible(page, file);
			await page.setViewportSize({ width: 390, height: 800 });
			expect(await sideways(page)).toBe(0);
			// The printable width of A4 between the margins of the style sheet: 210 − 26 mm at 96 pixels an inch.
			await page.setViewportSize({ width: 695, height: 1000 });
			await page.emulateMedia({ media: 'print' });
			const cut = await page.evaluate(() =>
				[...document.querySelectorAll('body *')]
					.filter((element) => {
						const box = element.getBoundingClientRect();
						return (
							box.width > 0 &&
							(box.right > 695.5 ||
								box.left < -0.5 ||
								(element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible'))
						);
					})
					.map((element) => element.outerHTML.slice(0, 100))
			);
			expect(cut).toEqual([]);
			const pdf = await page.pdf({ preferCSSPageSize: true });
			const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
			expect([pages >= 2, pages <= 8]).toEqual([true, true]);
			expect(asked).toEqual([`file://${file}`]);
			await context.close();
			const blocked = await browser.newContext({ offline: true, javaScriptEnabled: false });
			const plain = await blocked.newPage();
			await plain.goto(`file://${file}`);
			expect(await plain.locator('h1').innerText()).not.toBe('');
			await blocked.close();
		}
	});

	testWith(['firefox'], 'Firefox opens the HTML export from disk, and a link made by Chromium', async () => {
		const { report } = goldenReports().find(({ name }) => name.startsWith('symmetric-chromium'))!;
		const file = join(folder, 'for-firefox.html');
		writeFileSync(file, toHtml(report));
		const firefox = await launchBrowser('firefox', { firefoxPrefs: { 'javascript.enabled': true } });
		try {
			await firefox.goto(`file://${file}`);
			const seen = await firefox.evaluate(() => ({
				headings: document.querySelectorAll('h2').length,
				picture: document.querySelector('svg.picture')!.getBoundingClientRect().width,
				colour: getComputedStyle(document.querySelector('.verdict')!).borderLeftColor,
				wide: document.documentElement.scrollWidth - document.documentElement.clientWidth
			}));
			expect(seen.headings).toBeGreaterThan(5);
			expect(seen.picture).toBeGreaterThan(600);
			expect(seen.colour).toMatch(/^rgb\(10, 101, 144\)|^rgb\(127, 203, 238\)/);
			expect(seen.wide).toBe(0);
			const { makeReportLink } = await import('../../src/lib/ui/reports/report-link');
			const link = await makeReportLink(`${app.url}/`, report);
			await firefox.screen.open(link!.url);
			await firefox.screen.see(/^Calls should work, with TURN for some peers$/, { selector: '#verdict-title' });
		} finally {
			await firefox.close();
		}
	});

	test('the command line prints every format, redacted where it is made to be passed on', async () => {
		const print = (format: string, ...more: string[]) => icelens(['conclude', ONE, '--format', format, ...more]);
		const runs = await Promise.all(['markdown', 'html', 'junit', 'csv', 'json', 'text'].map((format) => print(format)));
		const [markdown, html, junit, csv, json] = runs.map(({ stdout }) => stdout);
		expect(runs.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0, 0]);
		expect(markdown).toMatch(/^## What this network does to WebRTC\n/);
		expect(markdown).toContain('are placeholders');
		expect(html).toMatch(/^<!doctype html>/);
		expect(html).toContain('are placeholders');
		expect(junit).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites name="Icelens"/);
		expect(csv).toMatch(/^report,Report\r\nname,value\r\n/);
		expect(parseReport(json!).ok).toBe(true);
		expect(JSON.parse(json!)).not.toHaveProperty('redacted');
		const [plain, redacted, both, unknown] = await Promise.all([
			print('markdown', '--no-redact'),
			print('json', '--redact'),
			print('json', '--redact', '--no-redact'),
			print('docx')
		]);
		expect(plain!.stdout).not.toContain('are placeholders');
		expect(parseReport(redacted!.stdout)).toMatchObject({ ok: true, value: { redacted: true } });
		expect([both!.status, both!.stderr]).toEqual([2, 'icelens: --redact and --no-redact exclude each other: give one.\n']);
		expect([unknown!.status, unknown!.stderr]).toEqual([
			2,
			'icelens: --format: "docx" is not text, json, markdown, html, junit or csv.\n'
		]);
		const [same, other] = await Promise.all([
			icelens(['compare', ONE, ONE]),
			icelens(['compare', ONE, `${GOLDEN}udp-blocked-chromium.recorded.report.json`])
		]);
		expect([same!.status, same!.stdout]).toEqual([0, 'Nothing that matters changed.\n']);
		expect(other!.status).toBe(1);
		expect(other!.stdout).toMatch(/^- The verdict changed: /);
	});
});
