/** The call screen against the built app: a real call over the embedded relay, its charts, tables and files, by mouse and by keyboard. */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProbeData } from '../../src/lib/core/observations/observation';
import type { Report } from '../../src/lib/core/report/report';
import { startApp, type TestApp } from '../support/app';
import { sharedChromium, launchBrowser } from '../support/browsers';
import { describeWith } from '../support/require';
import { openPage, watchFaults } from '../support/watched-page';

/** Enough for two ends on one busy machine to connect. */
const CONNECT_MS = 20_000;

/** Keeps every connection that the page makes, so that the test can see whether it was closed. */
function rememberConnections(): void {
	const made: RTCPeerConnection[] = [];
	const Native = RTCPeerConnection;
	window.RTCPeerConnection = class extends Native {
		constructor(configuration?: RTCConfiguration) {
			super(configuration);
			made.push(this);
		}
	};
	(window as unknown as { made: RTCPeerConnection[] }).made = made;
}

describeWith(['chromium'], 'the call screen', () => {
	let app: TestApp;
	let browser: Browser;

	beforeAll(async () => {
		app = await startApp();
		browser = await sharedChromium();
	});

	afterAll(async () => {
		await app?.close();
	});

	async function withPage(use: (page: Page) => Promise<void>): Promise<void> {
		const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
		context.setDefaultTimeout(15_000);
		const faults = watchFaults(context, app.url);
		const page = await context.newPage();
		await page.addInitScript(rememberConnections);
		try {
			await openPage(page, `${app.url}/call`);
			await use(page);
			expect(faults).toEqual([]);
		} finally {
			await context.close();
		}
	}

	/** Small and slow media leave the processor to the test. */
	async function choose(page: Page, path: RegExp): Promise<void> {
		const menu = page.getByLabel('Path', { exact: true });
		const values = await menu.locator('option').evaluateAll((options) => options.map((one) => (one as HTMLOptionElement).value));
		await menu.selectOption(values.find((value) => path.test(value))!);
		await page.getByText('Sound, picture and time').click();
		await page.getByLabel('Picture', { exact: true }).selectOption('320 × 180');
		await page.getByLabel('Frames a second', { exact: true }).selectOption('15');
		await page.getByLabel('Duration').selectOption({ label: 'until stopped' });
		await page.getByLabel('Look every').selectOption({ label: '0.5 s' });
	}

	const chart = (page: Page, title: string) => page.getByRole('figure', { name: title, exact: true });
	const values = (page: Page, title: string) => chart(page, title).locator('.legend .value').allInnerTexts();
	const open = (page: Page) =>
		page.evaluate(
			() =>
				(window as unknown as { made: RTCPeerConnection[] }).made.filter(({ signalingState }) => signalingState !== 'closed')
					.length
		);

	async function textOf(download: Download): Promise<string> {
		return readFileSync(await download.path(), 'utf8');
	}

	test('over the chosen relay: charts fill, crosshair, zoom, pause, table, files; saved, opened again, and closed with the screen', async () => {
		await withPage(async (page) => {
			await choose(page, /^turn:.*transport=udp/);
			await page.getByText(/^About .* for each minute\.$/).waitFor();
			await page.getByRole('button', { name: 'Start the call' }).click();
			await page.getByText('Both ends are connected.').waitFor({ timeout: CONNECT_MS });
			await page.getByText('relay over UDP to relay', { exact: false }).first().waitFor();

			// The legends show measured values, also of what only the far end knows.
			for (const title of [
				'Round-trip time',
				'Delay, one way',
				'Bitrate received',
				'Bitrate sent',
				'Jitter',
				'Frames a second'
			]) {
				await expect
					.poll(async () => (await values(page, title)).filter((text) => /^[\d.]+ /.test(text)).length, {
						timeout: 15_000,
						message: title
					})
					.toBeGreaterThanOrEqual(2);
			}
			await expect
				.poll(() => values(page, 'Bitrate received').then((texts) => texts.some((text) => /^[1-9]/.test(text))))
				.toBe(true);
			await chart(page, 'Candidate pairs of Caller').waitFor();

			// One crosshair in all charts.
			const first = chart(page, 'Round-trip time').getByRole('slider');
			await first.scrollIntoViewIfNeeded();
			await first.hover({ position: { x: 260, y: 60 } });
			await page.getByText(/^At 0:/).waitFor();
			const figures = await page.locator('figure .hair-area').count();
			expect(figures).toBeGreaterThan(8);
			expect(await page.locator('.hair-area > .hair').count()).toBe(figures);

			// By keyboard: through time, in, out; a held view does not move on.
			await first.focus();
			await page.keyboard.press('End');
			const before = await first.getAttribute('aria-valuetext');
			expect(before).toMatch(/^\d+:\d\d: Caller [\d.]+ ms/);
			await page.keyboard.press('Home');
			expect(await first.getAttribute('aria-valuetext')).not.toBe(before);
			await page.keyboard.press('+');
			await page.getByRole('button', { name: 'Show everything' }).waitFor();
			await page.keyboard.press('0');
			await expect.poll(() => page.getByRole('button', { name: 'Show everything' }).count()).toBe(0);
			await page.getByRole('button', { name: 'Pause the charts' }).click();
			await page.mouse.move(5, 5);
			const reading = page.locator('.bar .reading');
			const held = await reading.innerText();
			await page.waitForTimeout(1200);
			expect(await reading.innerText()).toBe(held);
			await page.getByRole('button', { name: 'Go on' }).click();
			await expect.poll(() => reading.innerText()).not.toBe(held);

			// Dragging over a chart zooms.
			const box = (await first.boundingBox())!;
			await page.mouse.move(box.x + 150, box.y + 60);
			await page.mouse.down();
			await page.mouse.move(box.x + 300, box.y + 60, { steps: 4 });
			await page.mouse.up();
			await page.getByRole('button', { name: 'Show everything' }).click();

			await page.getByRole('button', { name: 'Restart ICE' }).click();
			await page.getByText('ICE was restarted.').first().waitFor();
			await page.getByRole('button', { name: 'Lose the camera' }).click();
			await page
				.getByText(/A synthetic|a synthetic picture takes its place/)
				.first()
				.waitFor();

			// The numbers behind the picture.
			await page.getByRole('button', { name: 'Data of Bitrate received' }).click();
			const data = chart(page, 'Bitrate received');
			expect(await data.locator('.values tbody tr').count()).toBeGreaterThan(2);
			const [csv] = await Promise.all([
				page.waitForEvent('download'),
				data.getByRole('button', { name: 'Download CSV' }).click()
			]);
			const lines = (await textOf(csv)).trim().split('\r\n');
			expect(lines[0]).toMatch(/^time_ms,"?There, audio \[bit\/s\]/);
			expect(lines.length).toBeGreaterThan(6);
			const [png] = await Promise.all([
				page.waitForEvent('download'),
				data.getByRole('button', { name: 'Download PNG' }).click()
			]);
			const picture = readFileSync(await png.path());
			expect(picture.subarray(1, 4).toString()).toBe('PNG');
			expect(picture.readUInt32BE(16)).toBeGreaterThan(300);

			expect(await open(page)).toBe(2);
			await page.getByRole('button', { name: 'Stop' }).click();
			await page.locator('.ending', { hasText: 'Stopped by you.' }).waitFor();
			expect(await open(page)).toBe(0);

			const [saved] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('button', { name: 'Download report' }).click()
			]);
			const text = await textOf(saved);
			const report = JSON.parse(text) as Report;
			const observation = report.observations.find(({ probe }) => probe === 'loopback-call')!;
			expect(observation.outcome.state).toBe('seen');
			expect(text).not.toContain('"credential"');
			expect(report.conclusions.answers.map(({ question }) => question)).toContain('call-quality');

			// The saved call is charted from the file, in a page that never called.
			await page.reload();
			await page.waitForFunction(() => window.icelens !== undefined);
			await page.getByLabel('Open a saved report').setInputFiles(await saved.path());
			await page.getByText(/^A saved call from/).waitFor();
			expect((await values(page, 'Bitrate received')).length).toBe(4);
			expect(await open(page)).toBe(0);
		});
	});

	test('sound only, and another path in mid-call: the pair changes, the sound goes on, the report names both', async () => {
		await withPage(async (page) => {
			await choose(page, /^turn:.*transport=udp/);
			await page.getByLabel('Sound only').check();
			expect(await page.getByLabel('Picture', { exact: true }).count()).toBe(0);
			await page.getByRole('button', { name: 'Start the call' }).click();
			await page.getByText('relay over UDP to relay', { exact: false }).first().waitFor({ timeout: CONNECT_MS });
			await page.getByText('Sound only: there is no picture.').first().waitFor();
			expect(await page.getByRole('button', { name: 'Lose the camera' }).count()).toBe(0);
			expect(await page.locator('video').count()).toBe(0);

			const menu = page.getByLabel('Switch to');
			const targets = await menu.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
			await menu.selectOption(targets.find((value) => /^turn:.*transport=tcp/.test(value))!);
			await page.getByRole('button', { name: 'Switch path' }).click();
			await page.getByText('relay over TCP to relay', { exact: false }).first().waitFor({ timeout: CONNECT_MS });
			await page.getByRole('button', { name: 'Lose the microphone' }).click();
			await page
				.getByText(/synthetic (sound|tone) takes its place/)
				.first()
				.waitFor();

			// What flows after the switch, not before it.
			const received = async () => (await values(page, 'Bitrate received')).filter((text) => /^[1-9]/.test(text)).length;
			await expect.poll(received, { timeout: 15_000 }).toBe(2);
			await page.getByRole('button', { name: 'Stop' }).click();
			await page.locator('.ending', { hasText: 'Stopped by you.' }).waitFor();
			expect(await open(page)).toBe(0);
			const [saved] = await Promise.all([
				page.waitForEvent('download'),
				page.getByRole('button', { name: 'Download report' }).click()
			]);
			const report = JSON.parse(await textOf(saved)) as Report;
			const { outcome } = report.observations.find(({ probe }) => probe === 'loopback-call')!;
			if (outcome.state !== 'seen') throw new Error(`The call was not seen: ${JSON.stringify(outcome)}`);
			const call = outcome.data as ProbeData['loopback-call'];
			expect(call.paths.map(({ path: { kind, transport } }) => `${kind} ${transport}`)).toEqual(['relay udp', 'relay tcp']);
			expect(call.media.audioOnly).toBe(true);

			// Kept, and charted from what was kept.
			await page.getByRole('link', { name: 'Reports', exact: true }).click();
			await page.locator('.entries').getByRole('button', { name: /^Open/ }).click();
			await page.getByRole('heading', { name: /^Charts of the call over turn:/ }).waitFor();
			expect((await values(page, 'Bitrate received')).length).toBeGreaterThanOrEqual(2);
		});
	});

	test('by keyboard alone: start and stop; a call ends with the screen and is still there to be saved; accessible at both widths and themes', async () => {
		await withPage(async (page) => {
			const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
			const tabTo = async (name: RegExp) => {
				for (let i = 0; i < 60; i++) {
					await page.keyboard.press('Tab');
					if (name.test(await focused())) return;
				}
				throw new Error(`Tab does not reach ${name}`);
			};
			await choose(page, /^host$/);
			await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
			await tabTo(/^Start the call$/);
			await page.keyboard.press('Enter');
			await page.getByText('Both ends are connected.').waitFor({ timeout: CONNECT_MS });
			await page.getByRole('status').filter({ hasText: 'Connected' }).waitFor({ state: 'attached' });
			await chart(page, 'Bitrate received').waitFor();
			await page.getByRole('button', { name: 'Data of Bitrate received' }).click();
			await page.getByText('The handshake, step by step').click();
			for (const colorScheme of ['light', 'dark'] as const) {
				for (const width of [1280, 390]) {
					await page.emulateMedia({ colorScheme });
					await page.setViewportSize({ width, height: 900 });
					const { violations } = await new AxeBuilder({ page })
						.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
						.analyze();
					expect(
						violations.map(
							({ id, nodes }) => `${width} ${colorScheme} ${id}: ${nodes.map(({ html }) => html.slice(0, 140)).join(' | ')}`
						)
					).toEqual([]);
					expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
				}
			}
			expect(await open(page)).toBe(2);
			await page.getByRole('link', { name: 'Check', exact: true }).click();
			await page.getByRole('button', { name: 'Check this network' }).waitFor();
			await expect.poll(() => open(page)).toBe(0);
			await page.getByRole('link', { name: 'Call', exact: true }).click();
			await page.locator('.ending', { hasText: 'Stopped by you.' }).waitFor();
			expect(await page.getByRole('button', { name: 'Download report' }).isEnabled()).toBe(true);
		});
	});

	describeWith(['firefox'], 'in Firefox', () => {
		test('a short call fills the charts and ends by itself', async () => {
			const firefox = await launchBrowser('firefox');
			try {
				await firefox.goto(`${app.url}/call`);
				const result = await firefox.evaluate(async () => {
					const until = async <T>(read: () => T | null | false | undefined, ms: number, what: string): Promise<T> => {
						const end = performance.now() + ms;
						for (;;) {
							const found = read();
							if (found) return found;
							if (performance.now() > end) throw new Error(`Not within ${ms} ms: ${what}`);
							await new Promise((resolve) => setTimeout(resolve, 50));
						}
					};
					const button = (text: string) =>
						[...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === text && !one.disabled);
					const select = (label: string, option: string) => {
						const named = [...document.querySelectorAll('label')].find((one) => one.textContent?.trim() === label)!;
						const menu = document.getElementById(named.htmlFor) as HTMLSelectElement;
						menu.value = [...menu.options].find((one) => one.text.trim() === option)!.value;
						menu.dispatchEvent(new Event('change', { bubbles: true }));
					};
					const start = await until(() => button('Start the call'), 20_000, 'the button');
					select('Path', 'host candidates only');
					select('Duration', '10 s');
					select('Look every', '0.5 s');
					start.click();
					await until(() => document.body.textContent?.includes('Both ends are connected.'), 20_000, 'the connection');
					const valuesOf = (title: string) => {
						const figure = [...document.querySelectorAll('figure')].find((one) => one.querySelector('h3')?.textContent === title);
						const texts = [...(figure?.querySelectorAll('.legend .value') ?? [])].map((one) => one.textContent ?? '');
						return texts.some((text) => /^[1-9]/.test(text)) ? texts : null;
					};
					const bitrate = await until(() => valuesOf('Bitrate received'), 15_000, 'the bitrate');
					const delay = await until(() => valuesOf('Delay, one way'), 10_000, 'the delay');
					button('Stop')!.click();
					await until(() => document.body.textContent?.includes('Stopped by you.'), 5000, 'the end');
					return { bitrate, delay };
				});
				expect(result.bitrate.length).toBeGreaterThanOrEqual(2);
				expect(result.delay).toHaveLength(2);
			} finally {
				await firefox.close();
			}
		});
	});
});
