/** Two devices in real browsers, by the link that the page makes: both are checked, they call each other, and both say the same. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PAIR_STEP_WORDS } from '../../src/lib/core/messages/en/vocabulary';
import { sharedApp, type TestApp } from '../support/app';
import { expectAccessible } from '../support/axe';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { meet, NEWEST_ATTEMPT, pairReport, untilBothPairsAreKnown } from '../support/meet-screen';
import { describeWith } from '../support/require';
import { expectGoodLooks, openPage } from '../support/watched-page';

let app: TestApp;
beforeAll(async () => {
	app = await sharedApp();
});

const PAIRS: [BrowserName, BrowserName][] = [
	['chromium', 'chromium'],
	['chromium', 'firefox']
];

const KEPT_PAIR = { selector: '.entries li', text: 'Two devices' };

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

		it('checks both, and connects them without anybody choosing a path', async () => {
			for (const { screen } of [host, guest]) await screen.see(/Connected over the direct path in/, NEWEST_ATTEMPT);
		});

		it('shows both videos at both ends, and how long each step took at both', async () => {
			const steps = Object.values(PAIR_STEP_WORDS);
			for (const { evaluate, name, screen } of [host, guest]) {
				const timed = async () => (await screen.read('ol li', NEWEST_ATTEMPT)).filter((text) => /\d m?s\b/.test(text));
				await expect.poll(async () => (await timed()).length, { message: `steps with a time in ${name}` }).toBe(2 * steps.length);
				for (const [i, text] of (await timed()).entries()) expect(text).toContain(steps[i % steps.length]);
				const playing = () =>
					evaluate(() => [...document.querySelectorAll('video')].filter(({ videoWidth }) => videoWidth > 0).length);
				await expect.poll(playing, { message: `videos with frames in ${name}` }).toBe(2);
			}
		});

		it('tells both ends which pair carries the call, and how much is lost each way', async () => {
			for (const browser of [host, guest]) {
				const { name, screen } = browser;
				const losses = () => screen.count(/^((under|over) )?[\d.]+ % of \d+ packets lost$/, NEWEST_ATTEMPT);
				await expect.poll(losses, { message: `loss by direction in ${name}` }).toBe(2);
				await untilBothPairsAreKnown(browser);
				await screen.see(/The clocks of the two devices differ by (under )?[\d.]+ m?s/, NEWEST_ATTEMPT);
			}
		});

		it('takes the path that the host chooses: the relay, and nothing else', async () => {
			await host.screen.press('button', /^Try: turn:.*transport=udp/);
			for (const { screen } of [host, guest]) {
				await screen.see(/Connected over turn:\S+ in [^.]*(\.\d[^.]*)?: relay over UDP to relay/, NEWEST_ATTEMPT);
				await screen.see('Attempt 2: turn:', NEWEST_ATTEMPT);
			}
		});

		it('saves a report of both that reads like any other, without credentials', async () => {
			await untilBothPairsAreKnown(host);
			const report = await pairReport(host);
			const pair = report.conclusions.pair!;
			expect(pair.outcomes.map(({ connected }) => connected)).toEqual([true, true]);
			expect(pair.outcomes[0]!.ends.guest.steps.every(({ toMs }) => toMs !== null)).toBe(true);
			expect(JSON.stringify(report)).not.toMatch(/"credential"/);
		});

		it('gives the guest its seat back after it loaded its page again', async () => {
			const address = await guest.evaluate(() => location.href);
			await guest.goto('about:blank');
			await host.screen.see('has lost its connection');
			await guest.screen.open(address);
			await guest.screen.press('button', 'Return to the room');
			await guest.screen.see(/is here\.$/);
		});

		it('keeps the report at both ends, once, and opens it from the history', async () => {
			for (const { goto, screen } of [host, guest]) {
				await goto('about:blank');
				await screen.open(`${app.url}/reports`);
				await screen.see('The two connect directly', KEPT_PAIR);
				expect((await screen.read('.entries li')).filter((text) => text.includes('Two devices'))).toHaveLength(1);
				await screen.press('button', /^Open/, KEPT_PAIR);
				await screen.see('Both networks');
				await screen.see('What the two checks say');
				await screen.see(/^Attempt 1: Direct/i);
				await screen.see(/^Attempt 2: turn:/i);
			}
		});

		it('compares a report of two devices with one of a check', async () => {
			const { evaluate, goto, screen } = host;
			await goto('about:blank');
			await screen.open(`${app.url}/reports`);
			await screen.see('The two connect directly');
			const unchecked = () => evaluate(() => document.querySelectorAll('.entries input[type=checkbox]:not(:checked)').length);
			expect(await unchecked()).toBe(2);
			for (const left of [1, 0]) {
				await screen.press('checkbox', /^Compare/, { selector: '.entries li:has(input[type=checkbox]:not(:checked))' });
				await expect.poll(unchecked).toBe(left);
			}
			await screen.press('button', 'Compare the two');
			await screen.see(/Two devices\s*the direct path\s*(not in this report\s*Connected|Connected\s*not in this report)/);
		});

		it('keeps nothing where keeping is switched off', async () => {
			for (const { evaluate } of [host, guest])
				await evaluate(() => {
					localStorage.setItem('icelens.history', 'off');
					indexedDB.deleteDatabase('icelens');
				});
			await meet(app.url, host, guest);
			for (const { screen } of [host, guest]) await screen.see(/Connected over the direct path in/);
			await host.screen.press('button', 'End this call');
			for (const { goto, screen } of [host, guest]) {
				await screen.see('Keep or share');
				await screen.seeNothingOf(/^End this call$/);
				expect(await screen.count('Kept on this device')).toBe(0);
				await goto('about:blank');
				await screen.open(`${app.url}/reports`);
				await screen.see('keeping is switched off');
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

	it('is accessible and as wide as the page, with an invitation and a plan', async () => {
		await openPage(page, `${app.url}/meet`);
		await page.getByRole('button', { name: 'Make an invitation' }).click();
		await page.getByAltText('QR code of the invitation link').waitFor();
		await page.getByRole('spinbutton', { name: 'Up, Mbit/s' }).fill('10');
		await page.getByRole('spinbutton', { name: 'Down, Mbit/s' }).fill('50');
		await expectGoodLooks(page, 'invitation');
		await page.getByRole('button', { name: 'Leave the room' }).click();
	});

	it('says that a room is no more', async () => {
		await page.goto('about:blank');
		await page.goto(`${app.url}/meet#room=AAAAAAAAAAAAAAAAAAAAAA`);
		await page.getByRole('button', { name: 'Join the call' }).click();
		await page.getByText('There is no such room').waitFor();
	});

	it('says in the planner what fits two numbers that the keyboard typed', async () => {
		await openPage(page, `${app.url}/meet`);
		await page.getByRole('spinbutton', { name: 'Up, Mbit/s' }).focus();
		await page.keyboard.type('2');
		await page.keyboard.press('Tab');
		await page.keyboard.type('50');
		const mesh = page.getByRole('row', { name: /^Mesh/ });
		await mesh.getByText('too much up').waitFor();
		expect(await page.getByRole('row', { name: /^SFU A server/ }).innerText()).toMatch(/Yes/);
	});

	it('takes no load test over a relay on this machine for the access line, and plans with what is typed', async () => {
		await openPage(page, `${app.url}/call`);
		const path = page.getByRole('combobox', { name: 'Path' }).first();
		const relay = path.locator('option[value^="turn:"]').first();
		await relay.waitFor({ state: 'attached' });
		await path.selectOption(await relay.getAttribute('value'));
		await page.getByRole('button', { name: 'Start the load test' }).click();
		await page
			.getByRole('row', { name: /turn:.*Mbit/ })
			.first()
			.waitFor();
		await openPage(page, `${app.url}/meet`);
		const up = page.getByRole('spinbutton', { name: 'Up, Mbit/s' });
		await up.fill('2');
		await page.getByRole('row', { name: /^Mesh/ }).getByText('too much up').waitFor();
		const offered = page.getByRole('combobox', { name: 'Numbers of the line from' }).locator('optgroup');
		expect(await offered.count()).toBe(0);
		expect(await page.getByText(/^Measured: /).count()).toBe(0);
		expect(await page.locator('.origin', { hasText: /^measured$/ }).count()).toBe(0);
		expect(await up.inputValue()).toBe('2');
		await expectAccessible(page, 'the planner', '#planner');
	});
});
