/** The screens in a real Chromium against the built app: nothing from outside, strict policy, accessible, small, by keyboard. */
import { sentence } from '../../src/lib/core/messages/en/sentence';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/lib/core/report/report';
import { headlineWords } from '../../src/lib/core/report/headline-words';
import { sharedApp, type TestApp } from '../support/app';
import { sharedChromium } from '../support/browsers';
import { startDeadServers, type DeadServers } from '../support/dead-servers';
import { describeWith } from '../support/require';
import { expectGoodLooks, openPage, withWatchedContext } from '../support/watched-page';

const GOLDEN = new URL('../golden/', import.meta.url);
/** Compressed JavaScript of the first load, bytes; the limit that the product promises. */
const FIRST_LOAD_BYTES = 100_000;

describeWith(['chromium'], 'the screens', () => {
	let app: TestApp;
	let browser: Browser;
	let dead: DeadServers;
	/** A finished report of this machine, for what is done with one. */
	let saved: string;

	beforeAll(async () => {
		[app, browser, dead] = await Promise.all([sharedApp(), sharedChromium(), startDeadServers()]);
		await withPage({}, async (page) => {
			await openPage(page, app.url);
			await run(page);
			saved = await page.evaluate(() => JSON.stringify(window.icelens!.report()));
		});
	});

	afterAll(() => dead?.close());

	const withPage = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) =>
		withWatchedContext(browser, app.url, options, async (context) => use(await context.newPage()));

	async function run(page: Page): Promise<void> {
		await page.getByRole('button', { name: 'Check this network' }).click();
		await page.getByRole('button', { name: 'Check again' }).waitFor();
	}

	test('the check is accessible and as wide as the page before a run, while servers are edited, and after it', async () => {
		await withPage({}, async (page) => {
			await openPage(page, app.url);
			await expectGoodLooks(page, 'before');
			await page.getByRole('button', { name: 'Add servers' }).click();
			await page.getByRole('textbox', { name: 'Addresses or a configuration' }).waitFor();
			await page
				.getByRole('button', { name: /^Edit turn/ })
				.first()
				.click();
			await page.getByText('Make a credential from a shared secret').click();
			await page.getByText('Options', { exact: true }).click();
			await expectGoodLooks(page, 'editing');
			await run(page);
			await page.getByText('Everything that was observed').click();
			await page.locator('#evidence-1 > summary').click();
			await page.getByText('Raw JSON').click();
			await expectGoodLooks(page, 'after');
		});
	});

	test('ICE is accessible and as wide as the page before gathering and after it', async () => {
		await withPage({}, async (page) => {
			await openPage(page, `${app.url}/ice`);
			await expectGoodLooks(page, 'before');
			await page.getByRole('button', { name: 'Gather candidates' }).click();
			await page.getByRole('button', { name: 'Gather again' }).waitFor();
			await page.getByRole('button', { name: 'Try the pairs' }).click();
			await page.getByText(/Connected after/).waitFor();
			await expectGoodLooks(page, 'after');
		});
	});

	test('every kind of verdict is legible', async () => {
		// One saved report for each tone that there is one of.
		const kinds = new Map<string, { name: string; text: string }>();
		for (const name of readdirSync(GOLDEN).filter((file) => file.endsWith('.report.json'))) {
			const text = readFileSync(new URL(name, GOLDEN), 'utf8');
			const { conclusions } = JSON.parse(text) as Report;
			const kind = headlineWords(conclusions).tone;
			if (!kinds.has(kind)) kinds.set(kind, { name, text });
		}
		expect(kinds.size).toBeGreaterThan(2);
		await withPage({}, async (page) => {
			for (const { name, text } of kinds.values()) {
				await openPage(page, app.url);
				await page.getByText('Open a saved report').click();
				// As a file: a hundred thousand characters take a text field seconds.
				const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
				await page.locator('input[type=file]').setInputFiles(file);
				await page.locator('#verdict-title').waitFor();
				await expectGoodLooks(page, name);
			}
		});
	});

	test("a description that is pasted before the page's script runs stays in its box, and is judged", async () => {
		await withPage({}, async (page) => {
			let release = () => {};
			const held = new Promise<void>((resolve) => (release = resolve));
			await page.route('**/_app/**/*.js', async (route) => {
				await held;
				await route.continue();
			});
			await page.goto(`${app.url}/sdp`, { waitUntil: 'commit' });
			const box = page.locator('.editor textarea');
			const text = 'v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\nm=audio 99999 RTP/AVP 0\n';
			await box.fill(text);
			release();
			await page.locator('.counts').filter({ hasText: 'problem' }).waitFor();
			expect(await box.inputValue()).toBe(text);
			await page.locator('.editor .shades').filter({ hasText: 'm=audio 99999' }).waitFor();
		});
	});

	test('the first load of the check takes less than 100 kB of compressed JavaScript', async () => {
		await withPage({}, async (page) => {
			const client = await page.context().newCDPSession(page);
			await client.send('Network.enable');
			const scripts = new Set<string>();
			let bytes = 0;
			client.on('Network.responseReceived', ({ requestId, type }) => void (type === 'Script' && scripts.add(requestId)));
			client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
				if (scripts.has(requestId)) bytes += encodedDataLength;
			});
			await page.goto(app.url, { waitUntil: 'networkidle' });
			expect(scripts.size).toBeGreaterThan(3);
			expect(bytes).toBeGreaterThan(20_000);
			expect(bytes).toBeLessThan(FIRST_LOAD_BYTES);
		});
	});

	test('the policy allows nothing inline but what it names', async () => {
		const response = await fetch(app.url);
		const policy = response.headers.get('content-security-policy') ?? '';
		expect(policy).toMatch(/default-src 'none'/);
		expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:/);
		const html = await response.text();
		expect(html).not.toMatch(/ on[a-z]+="/);
		expect(html.replace(/<script[^>]*>[\s\S]*?<\/script>/g, '')).not.toMatch(/ style="/);
	});

	test('the whole check by keyboard alone: run, evidence, cancel', async () => {
		await withPage({}, async (page) => {
			await openPage(page, app.url);
			const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
			const tabTo = async (name: RegExp) => {
				for (let i = 0; i < 60; i++) {
					await page.keyboard.press('Tab');
					if (name.test(await focused())) return;
				}
				throw new Error(`Tab does not reach ${name}`);
			};
			await page.locator('.hero button.primary:enabled').waitFor();
			await page.keyboard.press('Tab');
			expect(await focused()).toBe('Skip to the content');
			await page.keyboard.press('Enter');
			await tabTo(/^Check this network$/);
			const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
			expect(outline).toBe('solid');
			await page.keyboard.press('Enter');
			await page.getByRole('button', { name: 'Check again' }).waitFor();
			expect(await focused()).toBe('Check again');
			await tabTo(/^\d+$/);
			await page.keyboard.press('Enter');
			await page.locator('details[id^="evidence-"][open] > summary:focus').waitFor();
		});
	});

	test('cancel ends a run at once, also with a server that never answers', async () => {
		await withPage({}, async (page) => {
			const url = `turn:127.0.0.1:${dead.silentTcpPort}?transport=tcp`;
			await keepServers(page, [{ urls: [url], username: 'u', credential: 'c' }]);
			await openPage(page, app.url);
			await page.getByRole('button', { name: 'Check this network' }).click();
			await page.getByRole('button', { name: 'Cancel' }).click();
			await page.getByText(/^Cancelled\. What was measured/).waitFor();
			// Ended by the button, and not by a deadline that was waited for.
			const codes = await page.evaluate(() =>
				window.icelens!.report()!.observations.flatMap(({ outcome }) => (outcome.state === 'failed' ? outcome.code : []))
			);
			expect(codes).toContain('aborted');
			expect(codes).not.toContain('timeout');
		});
	});

	async function keepServers(page: Page, servers: object[]): Promise<void> {
		await page.addInitScript(
			(list) => {
				localStorage.setItem('icelens.servers', JSON.stringify(list));
			},
			servers.map((server) => ({ origin: 'user', enabled: true, ...server }))
		);
	}

	test('opens a saved report from text, from a file and from a link, and shows the verdict that it held', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'icelens-screens-'));
		try {
			await withPage({ acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
				await openPage(page, app.url);
				await page.getByText('Open a saved report').click();
				await page.getByLabel(/paste the report/).fill(saved);
				await page.getByRole('button', { name: 'Open', exact: true }).click();
				await page.getByText(/A saved report from/).waitFor();
				await page.getByText(/judges it as version/).waitFor();
				const { conclusions } = JSON.parse(saved) as Report;
				expect(await page.locator('#verdict-title').innerText()).toBe(headlineWords(conclusions).title);
				expect(await page.locator('.verdict').innerText()).toContain(sentence(conclusions.headline));

				const [download] = await Promise.all([
					page.waitForEvent('download'),
					page.getByRole('button', { name: 'Download JSON' }).click()
				]);
				const file = join(folder, download.suggestedFilename());
				await download.saveAs(file);
				expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(saved));

				await page.getByRole('button', { name: 'Copy link to this result' }).click();
				await page.getByText(/nothing was uploaded/).waitFor();
				const link = await page.evaluate(() => navigator.clipboard.readText());
				const verdict = await page.locator('#verdict-title').innerText();

				await page.getByRole('button', { name: 'Back to this network' }).click();
				await page.getByText('Open a saved report').click();
				await page.getByLabel(/Choose a file/).setInputFiles(file);
				await page.getByText(/A saved report from/).waitFor();

				const other = await page.context().newPage();
				const asked: string[] = [];
				other.on('request', (request) => asked.push(request.url()));
				await openPage(other, link);
				await other.getByText(/A saved report from/).waitFor();
				expect(await other.locator('#verdict-title').innerText()).toBe(verdict);
				expect(asked.filter((url) => url.includes('report='))).toEqual([]);
			});
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});

	test('says why a text is not a report, and how this version judges a saved verdict that differs', async () => {
		await withPage({}, async (page) => {
			await openPage(page, app.url);
			await page.getByText('Open a saved report').click();
			await page.getByLabel(/paste the report/).fill('{ "schema": 1 }');
			await page.getByRole('button', { name: 'Open', exact: true }).click();
			await expect.poll(() => page.locator('.open-report [role="status"]').innerText()).not.toBe('');

			const report = JSON.parse(saved) as Report;
			const answer = report.conclusions.answers.find(({ question }) => question === 'turn-works')!;
			(answer as { says: string }).says = answer.says === 'no' ? 'yes' : 'no';
			await page.getByLabel(/paste the report/).fill(JSON.stringify(report));
			await page.getByRole('button', { name: 'Open', exact: true }).click();
			await page.getByText(/judged this report differently/).waitFor();
		});
	});

	test('no credential is in a settings link, a report link or a report', async () => {
		const credential = 'hunter2-never-to-be-seen';
		await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
			await openPage(page, app.url);
			await page.getByRole('button', { name: 'Add servers' }).click();
			const server = { urls: `turn:127.0.0.1:9?transport=tcp`, username: 'ann-the-user', credential };
			await page.getByRole('textbox', { name: 'Addresses or a configuration' }).fill(JSON.stringify({ iceServers: [server] }));
			await page.getByRole('button', { name: 'Replace the list' }).click();
			await page.getByText(/Added 1 server/).waitFor();
			await page.getByRole('button', { name: 'Copy link to these settings' }).click();
			await page.getByText('The link holds addresses, no credentials.').waitFor();
			const settingsLink = await page.evaluate(() => navigator.clipboard.readText());
			await run(page);
			expect(await page.evaluate(() => JSON.stringify(window.icelens!.report()))).not.toContain(credential);
			await page.getByRole('button', { name: 'Copy link to this result' }).click();
			await page.getByText(/nothing was uploaded/).waitFor();
			const reportLink = await page.evaluate(() => navigator.clipboard.readText());
			for (const link of [settingsLink, reportLink]) expect(await unpacked(page, link)).not.toContain(credential);
			expect(await unpacked(page, settingsLink)).not.toContain('ann-the-user');
			expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain(credential);

			const other = await page.context().newPage();
			await openPage(other, settingsLink);
			await other.getByText('turn:127.0.0.1:9?transport=tcp').first().waitFor();
			await other.getByText(/come from the link you opened/).waitFor();
		});
	});

	/** The fragment of a link, unpacked in the page by the page's own means. */
	function unpacked(page: Page, link: string): Promise<string> {
		return page.evaluate(
			async (fragment) => {
				const bytes = Uint8Array.from(atob(fragment.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
				return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text();
			},
			link.slice(link.indexOf('=') + 1)
		);
	}

	test('a coturn configuration with a shared secret becomes servers with a credential made in the page', async () => {
		await withPage({}, async (page) => {
			await openPage(page, app.url);
			await page.getByRole('button', { name: 'Add servers' }).click();
			await page
				.getByRole('textbox', { name: 'Addresses or a configuration' })
				.fill(
					'listening-port=3478\nexternal-ip=203.0.113.5\nuse-auth-secret\nstatic-auth-secret=north-wind\nrealm=example.org\n'
				);
			await page.getByRole('button', { name: 'Replace the list' }).click();
			await page.getByText(/from a coturn configuration/).waitFor();
			await page.getByText(/^Credential valid until/).waitFor();
			await page.getByRole('button', { name: /^Edit turn/ }).click();
			expect(await page.getByLabel('User name').inputValue()).toMatch(/^\d{10}:icelens$/);
			expect(await page.content()).not.toContain('north-wind');
		});
	});

	test('a report that is dropped on the page is opened', async () => {
		await withPage({}, async (page) => {
			await openPage(page, app.url);
			const transfer = await page.evaluateHandle((text) => {
				const data = new DataTransfer();
				data.items.add(new File([text], 'report.json', { type: 'application/json' }));
				return data;
			}, saved);
			await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
			await page.getByText(/A saved report from/).waitFor();
		});
	});

	test('credentials are kept on this device only while the user asks for it', async () => {
		await withPage({}, async (page) => {
			await openPage(page, app.url);
			const stored = () => page.evaluate(() => localStorage.getItem('icelens.servers'));
			expect(await stored()).toBeNull();
			const box = page.getByLabel(/Keep these servers on this device/);
			await box.check();
			expect(await stored()).toContain('turn:');
			await box.uncheck();
			expect(await stored()).toBeNull();
		});
	});

	test('the theme switch chooses, is kept, and can be given back to the system', async () => {
		await withPage({ colorScheme: 'light' }, async (page) => {
			await openPage(page, app.url);
			const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
			const light = await background();
			const button = page.getByRole('button', { name: /^Colours:/ });
			await button.click();
			await button.click();
			expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
			const dark = await background();
			expect(dark).not.toBe(light);
			await page.reload();
			expect(await background()).toBe(dark);
			await button.click();
			expect(await background()).toBe(light);
		});
	});

	test('ICE: relay policy leaves only relays, each server is explained, both permissions stand side by side', async () => {
		await withPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
			await openPage(page, `${app.url}/ice`);
			const editor = page.getByRole('textbox', { name: 'RTCConfiguration' });
			await expect.poll(() => editor.inputValue()).toContain('turn:');
			await page.getByLabel('relay only').check();
			await page.getByRole('button', { name: 'Gather candidates' }).click();
			await page.getByRole('button', { name: 'Gather again' }).waitFor();
			const types = await page.locator('tbody th.type').allInnerTexts();
			expect(types.length).toBeGreaterThan(0);
			expect(types.every((type) => type.startsWith('relay'))).toBe(true);

			await page.getByRole('button', { name: 'Copy as Markdown' }).click();
			await page.getByText('Copied').first().waitFor();
			expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\| relay \| udp \|/);

			await editor.fill('{ iceServers: [{ urls: "turn:127.0.0.1:9?transport=tcp", username: "u", credential: "c" }] }');
			await page.getByRole('button', { name: 'Gather again' }).click();
			// Port 9 is one of those that Chromium leaves alone without a word (TurnPort::AllowedTurnPort).
			await page.getByText(/never tries TURN on port 9/).waitFor();
			await editor.fill('{ iceServers: [{ urls: "turn:127.0.0.1:1025?transport=tcp", username: "u", credential: "c" }] }');
			await page.getByRole('button', { name: 'Gather again' }).click();
			await page.getByText(/^No connection to TCP 127\.0\.0\.1:1025/).waitFor();
			await page.getByText('What is missing').waitFor();

			await page.getByLabel(/^all$/).check();
			await page.context().grantPermissions(['microphone', 'clipboard-read', 'clipboard-write']);
			await page.reload();
			await page.getByRole('button', { name: 'Gather candidates' }).click();
			await page.getByRole('heading', { name: /with microphone permission/ }).waitFor();
		});
	});

	test('ICE: webrtc-adapter comes only when switched on, and says so', async () => {
		await withPage({}, async (page) => {
			await openPage(page, `${app.url}/ice`);
			await page.getByText('webrtc-adapter off').waitFor();
			await page.getByLabel('Use webrtc-adapter').check();
			await page.getByText(/webrtc-adapter \d+\.\d+\.\d+ on, chrome \d+ detected/).waitFor();
		});
	});
});
