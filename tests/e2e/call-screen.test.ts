/** The call screen against the built app: a real call over the embedded relay, its charts, tables and files, by mouse and by keyboard. */
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { ProbeData } from '../../src/lib/core/observations/observation';
import type { Report } from '../../src/lib/core/report/report';
import { sharedApp, type TestApp } from '../support/app';
import { launchBrowser, sharedChromium } from '../support/browsers';
import { describeWith } from '../support/require';
import { chromiumScreen } from '../support/screen-ports';
import { expectGoodLooks, openPage, withWatchedContext } from '../support/watched-page';

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
		[app, browser] = await Promise.all([sharedApp(), sharedChromium()]);
	});

	const withPage = (use: (page: Page) => Promise<void>) =>
		withWatchedContext(browser, app.url, {}, async (context) => {
			await context.addInitScript(rememberConnections);
			const page = await context.newPage();
			await openPage(page, `${app.url}/call`);
			await use(page);
		});

	/** Small and slow media leave the processor to the test. */
	async function choose(page: Page, path: RegExp): Promise<void> {
		const menu = page.getByLabel('Path', { exact: true });
		const offered = async () => {
			const values = await menu.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
			return values.find((value) => path.test(value));
		};
		await expect.poll(offered, { message: `a path like ${path}` }).toBeTruthy();
		await menu.selectOption((await offered())!);
		await page.getByText('Audio, video and duration').click();
		await page.getByLabel('Resolution', { exact: true }).selectOption('320 × 180');
		await page.getByLabel('Frame rate', { exact: true }).selectOption('15');
		await page.getByLabel('Duration').selectOption({ label: 'until stopped' });
		await page.getByLabel('Poll interval').selectOption({ label: '0.5 s' });
	}

	const chart = (page: Page, title: string) => page.getByRole('figure', { name: title, exact: true });
	const values = (page: Page, title: string) => chart(page, title).locator('.legend .value').allInnerTexts();
	const open = (page: Page) =>
		page.evaluate(
			() =>
				(window as unknown as { made: RTCPeerConnection[] }).made.filter(({ signalingState }) => signalingState !== 'closed')
					.length
		);

	test('over the chosen relay: charts fill, crosshair, zoom, pause, table, files; saved, opened again, and closed with the screen', async () => {
		await withPage(async (page) => {
			await choose(page, /^turn:.*transport=udp/);
			await page.getByText(/^About .* for each minute\.$/).waitFor();
			await page.getByRole('button', { name: 'Start the call' }).click();
			await page.getByText('Both ends are connected.').waitFor();
			await page.getByText('relay over UDP to relay', { exact: false }).first().waitFor();

			// The legends show measured values, also of what only the far end knows.
			for (const title of ['Round-trip time', 'One-way delay', 'Bitrate received', 'Bitrate sent', 'Jitter', 'Frame rate']) {
				const measured = async () => (await values(page, title)).filter((text) => /^[\d.]+ /.test(text)).length;
				await expect.poll(measured, { message: title }).toBeGreaterThanOrEqual(2);
			}
			await expect.poll(async () => (await values(page, 'Bitrate received')).some((text) => /^[1-9]/.test(text))).toBe(true);
			await chart(page, 'Candidate pairs of Caller').waitFor();

			// One crosshair in all charts.
			const first = chart(page, 'Round-trip time').getByRole('slider');
			await first.scrollIntoViewIfNeeded();
			await first.hover({ position: { x: 260, y: 60 } });
			await page.getByText(/^At 0:/).waitFor();
			expect(await page.locator('figure .crosshair-area').count()).toBeGreaterThan(8);
			// Of all at one moment: while the call goes on, more of them come.
			const without = () => page.locator('figure .crosshair-area:not(:has(> .crosshair))').count();
			await expect.poll(without).toBe(0);

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
			await page.getByRole('button', { name: 'Show everything' }).waitFor({ state: 'hidden' });
			await page.getByRole('button', { name: 'Pause the charts' }).click();
			await page.mouse.move(5, 5);
			const reading = page.locator('.bar .reading');
			const held = await reading.innerText();
			// The call itself goes on meanwhile.
			const elapsed = page
				.locator('dl > div')
				.filter({ has: page.getByText('Time', { exact: true }) })
				.locator('dd');
			for (let i = 0; i < 2; i++) {
				const before = await elapsed.innerText();
				await expect.poll(() => elapsed.innerText()).not.toBe(before);
			}
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
			await page.getByRole('button', { name: 'Simulate camera loss' }).click();
			await page
				.getByText(/A synthetic|a synthetic picture takes its place/)
				.first()
				.waitFor();

			// The numbers behind the picture.
			await page.getByRole('button', { name: 'Data of Bitrate received' }).click();
			const data = chart(page, 'Bitrate received');
			const figure = { selector: 'figure', text: 'Bitrate received' };
			expect(await data.locator('.values tbody tr').count()).toBeGreaterThan(2);
			const csv = await chromiumScreen(page).download('Download CSV', figure);
			const lines = csv.content.toString().trim().split('\r\n');
			expect(lines[0]).toMatch(/^time_ms,"?Outbound, audio \[bit\/s\]/);
			expect(lines.length).toBeGreaterThan(6);
			const png = await chromiumScreen(page).download('Download PNG', figure);
			expect(png.content.subarray(1, 4).toString()).toBe('PNG');
			expect(png.content.readUInt32BE(16)).toBeGreaterThan(300);

			expect(await open(page)).toBe(2);
			await page.getByRole('button', { name: 'Stop' }).click();
			await page.locator('.ending', { hasText: 'The call was stopped.' }).waitFor();
			expect(await open(page)).toBe(0);

			const saved = await chromiumScreen(page).download('Download report');
			const text = saved.content.toString();
			const report = JSON.parse(text) as Report;
			const observation = report.observations.find(({ probe }) => probe === 'loopback-call')!;
			expect(observation.outcome.state).toBe('seen');
			expect(text).not.toContain('"credential"');
			expect(report.conclusions.answers.map(({ question }) => question)).toContain('call-quality');

			// The saved call is charted from the file, in a page that never called.
			await openPage(page, `${app.url}/call`);
			await page
				.getByLabel('Open a saved report')
				.setInputFiles({ name: saved.name, mimeType: 'application/json', buffer: saved.content });
			await page.getByText(/^A saved call from/).waitFor();
			expect((await values(page, 'Bitrate received')).length).toBe(4);
			expect(await open(page)).toBe(0);
		});
	});

	test('sound only, and another path in mid-call: the pair changes, the sound goes on, the report names both', async () => {
		await withPage(async (page) => {
			await choose(page, /^turn:.*transport=udp/);
			await page.getByLabel('Audio only').check();
			expect(await page.getByLabel('Resolution', { exact: true }).count()).toBe(0);
			await page.getByRole('button', { name: 'Start the call' }).click();
			await page.getByText('relay over UDP to relay', { exact: false }).first().waitFor();
			await page.getByText('Audio only: there is no video.').first().waitFor();
			expect(await page.getByRole('button', { name: 'Simulate camera loss' }).count()).toBe(0);
			expect(await page.locator('video').count()).toBe(0);

			const menu = page.getByLabel('Switch to');
			const targets = await menu.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
			await menu.selectOption(targets.find((value) => /^turn:.*transport=tcp/.test(value))!);
			await page.getByRole('button', { name: 'Switch path' }).click();
			await page.getByText('relay over TCP to relay', { exact: false }).first().waitFor();
			await page.getByRole('button', { name: 'Simulate microphone loss' }).click();
			await page
				.getByText(/synthetic (sound|tone) takes its place/)
				.first()
				.waitFor();

			// What flows after the switch, not before it.
			const received = async () => (await values(page, 'Bitrate received')).filter((text) => /^[1-9]/.test(text)).length;
			await expect.poll(received).toBe(2);
			await page.getByRole('button', { name: 'Stop' }).click();
			await page.locator('.ending', { hasText: 'The call was stopped.' }).waitFor();
			expect(await open(page)).toBe(0);
			const saved = await chromiumScreen(page).download('Download report');
			const report = JSON.parse(saved.content.toString()) as Report;
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
			await page.getByText('Both ends are connected.').waitFor();
			await page.getByRole('status').filter({ hasText: 'Connected' }).waitFor({ state: 'attached' });
			await chart(page, 'Bitrate received').waitFor();
			await page.getByRole('button', { name: 'Data of Bitrate received' }).click();
			await page.getByText('The handshake, step by step').click();
			await expectGoodLooks(page, 'in a call');
			expect(await open(page)).toBe(2);
			await page.getByRole('link', { name: 'Check', exact: true }).click();
			await page.getByRole('button', { name: 'Check this network' }).waitFor();
			await expect.poll(() => open(page)).toBe(0);
			await page.getByRole('link', { name: 'Call', exact: true }).click();
			await page.locator('.ending', { hasText: 'The call was stopped.' }).waitFor();
			expect(await page.getByRole('button', { name: 'Download report' }).isEnabled()).toBe(true);
		});
	});

	describeWith(['firefox'], 'in Firefox', () => {
		test('a short call fills the charts and ends when it is stopped', async () => {
			const firefox = await launchBrowser('firefox');
			try {
				const { screen } = firefox;
				await screen.open(`${app.url}/call`);
				await screen.choose('Path', 'host candidates only');
				await screen.unfold('Audio, video and duration');
				await screen.choose('Duration', 'until stopped');
				await screen.choose('Poll interval', '0.5 s');
				await screen.press('button', 'Start the call');
				await screen.see('Both ends are connected.');
				for (const text of ['Bitrate received', 'One-way delay']) {
					const figures = () => screen.read('.legend .value', { selector: 'figure:has(h3)', text });
					await expect
						.poll(async () => (await figures()).filter((one) => /^[\d.]+ /.test(one)).length, { message: text })
						.toBeGreaterThanOrEqual(2);
				}
				await screen.press('button', 'Stop');
				await screen.see('The call was stopped.');
			} finally {
				await firefox.close();
			}
		});
	});
});
