/** Two devices in real browsers, by the link that the page makes: both are checked, they call each other, and both say the same. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { concludePair } from '../../src/lib/core/verdict/pair';
import { startApp, type TestApp } from '../support/app';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { meet, pairReport, press, untilShown } from '../support/meet-screen';
import { describeWith } from '../support/require';

let app: TestApp;
beforeAll(async () => {
	app = await startApp();
});
afterAll(() => app?.close());

const PAIRS: [BrowserName, BrowserName][] = [
	['chromium', 'chromium'],
	['chromium', 'firefox']
];

for (const [one, other] of PAIRS) {
	describeWith([one, other], `${one} invites ${other}`, () => {
		let host: TestBrowser;
		let guest: TestBrowser;
		beforeAll(async () => {
			host = await launchBrowser(one, { viewport: { width: 1280, height: 900 } });
			guest = await launchBrowser(other, { viewport: { width: 390, height: 844 } });
			await meet(app.url, host, guest);
		});
		afterAll(async () => {
			await host?.close();
			await guest?.close();
		});

		it('both are checked, and connect without anybody choosing a path', async () => {
			for (const browser of [host, guest]) await untilShown(browser, 'the connection', /Connected over the direct path in/);
		});

		it('pictures arrive at both ends, and every step has its time at both', async () => {
			for (const browser of [host, guest]) {
				await untilShown(
					browser,
					'the first picture at both ends',
					/First picture\s+[\d.,]+ m?s[\s\S]*First picture\s+[\d.,]+ m?s/
				);
			}
			const playing = await guest.evaluate(
				() => [...document.querySelectorAll('video')].filter((video) => video.videoWidth > 0).length
			);
			expect(playing).toBe(2);
		});

		it('both ends know the pairs of both, and how much is lost each way', async () => {
			for (const browser of [host, guest]) {
				const shown = await untilShown(
					browser,
					'loss by direction',
					/([\d.]+ %) of \d+ packets lost[\s\S]*([\d.]+ %) of \d+ packets lost/
				);
				expect(shown).toMatch(/Carried the call[\s\S]*Carried the call/);
				expect(shown).toMatch(/The clocks of the two devices differ by \d+ ms/);
			}
		});

		it('another path by the host’s choice: the relay, and nothing else', async () => {
			await host.evaluate(() => {
				const row = [...document.querySelectorAll('tr')].find(({ textContent }) =>
					/turn:.*transport=udp/.test(textContent ?? '')
				)!;
				row.querySelector('button')!.click();
			});
			for (const browser of [host, guest]) {
				const shown = await untilShown(
					browser,
					'the relayed call',
					/Connected over turn:\S+ in [^.]*(\.\d[^.]*)?: relay over UDP to relay/
				);
				expect(shown).toMatch(/Attempt 2: turn:/);
			}
		});

		it('the report of both is a report like any other', async () => {
			const report = await pairReport(host);
			const pair = concludePair(report.config.limits, report.observations)!;
			expect(pair.outcomes.map(({ connected }) => connected)).toEqual([true, true]);
			expect(pair.outcomes[0]!.ends.guest.steps.every(({ toMs }) => toMs !== null)).toBe(true);
			expect(JSON.stringify(report)).not.toMatch(/"credential"/);
		});

		it('the guest loads its page again, and is back in its seat', async () => {
			const address = await guest.evaluate(() => location.href);
			await guest.goto('about:blank');
			await untilShown(host, 'the guest’s absence', /has lost its connection/);
			await guest.goto(address);
			await press(guest, 'Come back into the room');
			await untilShown(guest, 'the host', /is here\./);
		});

		it('the report was kept at both ends, once, and opens from the history', async () => {
			for (const browser of [host, guest]) {
				await browser.goto('about:blank');
				await browser.goto(`${app.url}/reports`);
				await untilShown(browser, 'the list', /The two connect directly/);
				const names = await browser.evaluate(() =>
					[...document.querySelectorAll('.entries li')]
						.map(({ textContent }) => textContent ?? '')
						.filter((text) => /Two devices/.test(text))
				);
				expect(names).toHaveLength(1);
				expect(names[0]).toMatch(/The two connect directly/);
				await browser.evaluate(() => {
					const item = [...document.querySelectorAll('.entries li')].find(({ textContent }) =>
						/Two devices/.test(textContent ?? '')
					)!;
					[...item.querySelectorAll('button')].find(({ textContent }) => textContent!.trim() === 'Open')!.click();
				});
				const opened = await untilShown(browser, 'both attempts', /Attempt 1: Direct[\s\S]*Attempt 2: turn:/i);
				expect(opened).toMatch(/Both networks[\s\S]*What the two checks say/);
			}
		});

		it('kept reports of two devices are compared, also with a check', async () => {
			await host.goto('about:blank');
			await host.goto(`${app.url}/reports`);
			await untilShown(host, 'the list', /The two connect directly/);
			await host.evaluate(() => {
				for (const box of document.querySelectorAll<HTMLInputElement>('.entries li input[type=checkbox]')) box.click();
			});
			await press(host, 'Compare the two');
			await untilShown(
				host,
				'the comparison',
				/Two devices\s+the direct path\s+(not in this report\s+Connected|Connected\s+not in this report)/
			);
		});

		it('with keeping switched off nothing is kept', async () => {
			for (const browser of [host, guest])
				await browser.evaluate(() => {
					localStorage.setItem('icelens.history', 'off');
					indexedDB.deleteDatabase('icelens');
				});
			await meet(app.url, host, guest);
			for (const browser of [host, guest]) await untilShown(browser, 'the connection', /Connected over the direct path in/);
			await press(host, 'End this call');
			for (const browser of [host, guest]) {
				expect(await untilShown(browser, 'the end', /Keep or share/)).not.toMatch(/Kept on this device/);
				await browser.goto('about:blank');
				await browser.goto(`${app.url}/reports`);
				await untilShown(browser, 'an empty list', /keeping is switched off/);
			}
		});
	});
}

describeWith(['chromium'], 'the screen for two devices', () => {
	let browser: TestBrowser;
	let page: Page;
	beforeAll(async () => {
		browser = await launchBrowser('chromium', { viewport: { width: 390, height: 844 } });
		page = browser.page!;
	});
	afterAll(() => browser?.close());

	for (const theme of ['light', 'dark'] as const) {
		it(`is accessible and fits a phone, ${theme}`, async () => {
			await page.emulateMedia({ colorScheme: theme });
			await page.goto(`${app.url}/meet`);
			await page.getByRole('button', { name: 'Make an invitation' }).click();
			await page.getByAltText('QR code of the invitation link').waitFor();
			await page.getByRole('spinbutton', { name: 'Up, Mbit/s' }).fill('10');
			await page.getByRole('spinbutton', { name: 'Down, Mbit/s' }).fill('50');
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
			await page.getByRole('button', { name: 'Leave the room' }).click();
		});
	}

	it('a room that is no more is said to be', async () => {
		await page.goto(`${app.url}/meet#room=AAAAAAAAAAAAAAAAAAAAAA`);
		await page.reload();
		await page.getByRole('button', { name: 'Join the call' }).click();
		await page.getByText('There is no such room').waitFor();
	});

	it('the planner by the keyboard: two numbers, and what fits', async () => {
		await page.goto(`${app.url}/meet`);
		await page.getByRole('spinbutton', { name: 'Up, Mbit/s' }).focus();
		await page.keyboard.type('2');
		await page.keyboard.press('Tab');
		await page.keyboard.type('50');
		const mesh = page.getByRole('row', { name: /^Mesh/ });
		await mesh.getByText('too much up').waitFor();
		expect(await page.getByRole('row', { name: /^SFU A server/ }).innerText()).toMatch(/Yes/);
	});

	it('the planner takes what a load test measured, says which one, and lets it be typed over', async () => {
		await page.goto(`${app.url}/call`);
		const path = page.getByRole('combobox', { name: 'Path' }).first();
		const relay = path.locator('option[value^="turn:"]').first();
		await relay.waitFor({ state: 'attached' });
		await path.selectOption(await relay.getAttribute('value'));
		await page.getByRole('button', { name: 'Load the path' }).click();
		await page
			.getByRole('row', { name: /turn:.*Mbit/ })
			.first()
			.waitFor({ timeout: 40_000 });
		await page.goto(`${app.url}/meet`);
		const run = page.getByRole('combobox', { name: 'Numbers of the line from' });
		await page.getByText(/^Measured: Load test, turn:\S+, \d+ \w+ \d{4}/).waitFor();
		expect(await run.locator('option:checked').textContent()).toMatch(/Load test, turn:/);
		const up = page.getByRole('spinbutton', { name: 'Up, Mbit/s' });
		expect(Number(await up.inputValue())).toBeGreaterThan(0);
		expect(Number(await page.getByRole('spinbutton', { name: 'Round trip, ms' }).inputValue())).toBeGreaterThan(0);
		expect(await page.locator('.origin', { hasText: /^measured$/ }).count()).toBe(4);
		await up.fill('2');
		expect(await page.locator('.origin', { hasText: /^measured$/ }).count()).toBe(3);
		await page.getByRole('row', { name: /^Mesh/ }).getByText('too much up').waitFor();
		await run.selectOption('');
		await page.getByText('One measurement of this device can be used').waitFor();
		expect(await page.locator('.origin', { hasText: /^measured$/ }).count()).toBe(0);
		const { violations } = await new AxeBuilder({ page }).include('#planner').analyze();
		expect(violations.map(({ id }) => id)).toEqual([]);
	});
});
