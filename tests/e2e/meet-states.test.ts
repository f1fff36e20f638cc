/**
 * The screen for two devices in each of its states, both roles: accessible, no wider than the page, and by the keyboard alone.
 * `ICELENS_STATES=full` looks at both widths in both schemes; `ICELENS_SHOTS=FOLDER` also takes their pictures.
 */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type TestApp } from '../support/app';
import { expectAccessible } from '../support/axe';
import { sharedChromium } from '../support/browsers';
import { startCoturn, type Coturn } from '../support/coturn';
import { startDeadServers, type DeadServers } from '../support/dead-servers';
import { patience } from '../support/patience';
import { describeWith } from '../support/require';
import { expectNoSidewaysScroll, openPage } from '../support/watched-page';

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const FULL = process.env.ICELENS_STATES === 'full';
/** The host at a desk by day, the guest with a phone at night: both widths and both schemes, and each state in a fair time. */
const looksOf = (isGuest: boolean) =>
	FULL
		? ([WIDE, PHONE] as const).flatMap((viewport) => (['light', 'dark'] as const).map((scheme) => [viewport, scheme] as const))
		: [isGuest ? ([PHONE, 'dark'] as const) : ([WIDE, 'light'] as const)];
const SHOTS = process.env.ICELENS_SHOTS;

/** One story, told in order: a part of it cannot be told again. Looking at every element takes a slow machine a minute. */
const step = (name: string, tell: () => Promise<void>) => it(name, { retry: 0, timeout: patience(300_000) }, tell);

const SECRET = 'a secret of the relay and the app';

describeWith(['chromium', 'coturn'], 'the states of the screen for two devices', () => {
	let app: TestApp;
	let relay: Coturn;
	let dead: DeadServers;
	let browser: Browser;
	let host: Page;
	let guest: Page;
	let link: string;

	const newPage = async () => {
		const context = await browser.newContext({ viewport: WIDE, acceptDownloads: true });
		const page = await context.newPage();
		page.setDefaultTimeout(patience(60_000));
		return page;
	};

	beforeAll(async () => {
		if (SHOTS) mkdirSync(SHOTS, { recursive: true });
		// The embedded server relays to no port of this machine but its own relay ports: here one end has no relay.
		relay = await startCoturn({ secret: SECRET });
		const { stun, udp, tcp } = relay.urls;
		const servers = {
			ICELENS_ICE_SERVERS: JSON.stringify([{ urls: [stun] }, { urls: [udp, tcp] }]),
			ICELENS_TURN_SECRET: SECRET
		};
		[app, browser, dead] = await Promise.all([
			startApp({ ...servers, ICELENS_TURN: 'off' }),
			sharedChromium(),
			startDeadServers()
		]);
		[host, guest] = [await newPage(), await newPage()];
	});
	afterAll(async () => {
		await Promise.all([host, guest].map((page) => page?.context().close()));
		dead?.close();
		await app?.close();
		await relay?.close();
	});

	async function look(name: string, page: Page): Promise<void> {
		for (const [viewport, colorScheme] of looksOf(page === guest)) {
			await page.setViewportSize(viewport);
			await page.emulateMedia({ colorScheme });
			const where = `${name}, ${viewport.width}, ${colorScheme}`;
			if (SHOTS)
				await page.screenshot({ path: `${SHOTS}/${where.replaceAll(', ', '-').replaceAll(' ', '_')}.png`, fullPage: true });
			await expectAccessible(page, where);
			await expectNoSidewaysScroll(page, where);
		}
	}

	/** Goes on with Tab until this has the focus, as somebody without a mouse does. */
	async function tabTo(page: Page, role: string, name: RegExp): Promise<void> {
		const wanted = page.getByRole(role as 'button', { name }).first();
		await wanted.waitFor();
		for (let i = 0; i < 150; i++) {
			if (await wanted.evaluate((element) => element === document.activeElement)) return;
			await page.keyboard.press('Tab');
		}
		throw new Error(`Tab never came to ${role} ${name}, but to ${await page.evaluate(() => document.activeElement?.outerHTML)}`);
	}

	step('invites by the keyboard, and shows an invitation that waits', async () => {
		await openPage(host, `${app.url}/meet`);
		// One dead server makes the check, and later an attempt, last long enough to be looked at.
		await host.evaluate(async (url) => {
			const { iceServers } = (await (await fetch('/api/ice-servers')).json()) as { iceServers: object[] };
			const rows = [...iceServers, { urls: [url], username: 'u', credential: 'c' }];
			localStorage.setItem('icelens.servers', JSON.stringify(rows));
		}, `turn:127.0.0.1:${dead.silentUdpPort}?transport=udp`);
		await host.reload();
		await look('begin', host);
		await tabTo(host, 'textbox', /Name of this device/);
		await host.keyboard.press('ControlOrMeta+A');
		await host.keyboard.type('Desk');
		await tabTo(host, 'button', /Make an invitation/);
		await host.keyboard.press('Enter');
		await host.getByAltText('QR code of the invitation link').waitFor();
		// The keyboard is where the button was, and not at the top of the page again.
		await expect.poll(() => host.evaluate(() => document.activeElement?.textContent)).toBe('Invitation');
		link = (await host.locator('.link').textContent())!;
		await look('waiting', host);
	});

	step('lets the invited one in by the keyboard, and shows both while they are checked', async () => {
		await openPage(guest, link);
		await look('invited', guest);
		await tabTo(guest, 'button', /Join the call/);
		await guest.keyboard.press('Enter');
		await guest.getByText('Desk is here.').waitFor();
		await look('checking-guest', guest);
		await host.getByText(/is here\./).waitFor();
		await look('checking-host', host);
	});

	step('tells a third device that the room is full, and one without a room that there is none', async () => {
		const third = await newPage();
		await openPage(third, link);
		await third.getByRole('button', { name: 'Join the call' }).click();
		await third.getByText('Two devices are in this room already').waitFor();
		await look('full', third);
		await third.goto('about:blank');
		await openPage(third, `${app.url}/meet#room=AAAAAAAAAAAAAAAAAAAAAA`);
		await third.getByRole('button', { name: 'Join the call' }).click();
		await third.getByText('There is no such room').waitFor();
		await look('unknown', third);
		await third.context().close();
	});

	step('shows a call with all its charts at both ends', async () => {
		for (const page of [host, guest]) {
			await page
				.getByText(/Connected over the direct path in/)
				.first()
				.waitFor();
			await page.getByText('Carried the call').first().waitFor();
			for (const name of ['Handshake', 'Quality both ways']) {
				const summary = page.locator('summary', { hasText: name }).last();
				await summary.focus();
				await page.keyboard.press('Enter');
			}
			await page.getByRole('heading', { name: 'Round-trip time' }).first().waitFor();
			await page.getByText('Kept on this device').first().waitFor();
		}
		await look('live-host', host);
		await look('live-guest', guest);
	});

	step('shows an attempt over a dead relay while it is tried and when it is over', async () => {
		await tabTo(host, 'checkbox', /Give the other device the servers/);
		await host.keyboard.press('Space');
		await tabTo(host, 'button', new RegExp(`^Try: turn:.*:${dead.silentUdpPort}`));
		await host.keyboard.press('Enter');
		await guest
			.getByText(/^Trying turn:/)
			.first()
			.waitFor();
		await look('trying-guest', guest);
		for (const page of [host, guest])
			await page
				.getByText(/the two did not connect/)
				.first()
				.waitFor();
		await look('failed-host', host);
		await look('failed-guest', guest);
	});

	step('holds one end alone to a relay, by the host’s choice, and says on both screens what that shows', async () => {
		await tabTo(host, 'combobox', /A relay is tried at/);
		await host.keyboard.press('ArrowDown');
		expect(await host.getByRole('combobox', { name: 'A relay is tried at' }).locator('option:checked').textContent()).toBe(
			'this device only'
		);
		await tabTo(host, 'button', /^Try: turn:.*transport=udp/);
		await host.keyboard.press('Enter');
		for (const page of [host, guest]) {
			await page
				.getByText(/Connected over turn:\S+ at the host’s end in [^.]*/)
				.first()
				.waitFor();
			await page
				.getByText(/Desk was held to this relay, Guest\S* .*had no TURN server/)
				.first()
				.waitFor();
		}
		await look('one-end-host', host);
		await tabTo(host, 'button', /End this call/);
		await host.keyboard.press('Enter');
		await host.getByRole('button', { name: 'End this call' }).waitFor({ state: 'hidden' });
		await expect.poll(() => host.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY');
	});

	step('saves the report of both and opens it from the history, by the keyboard', async () => {
		for (const [page, own] of [
			[host, 'Desk'],
			[guest, 'Guest']
		] as const) {
			await tabTo(page, 'button', /Download the report/);
			const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
			expect(file.suggestedFilename()).toMatch(/pair\.json$/);
			await tabTo(page, 'link', /All reports/);
			await page.keyboard.press('Enter');
			await page.getByRole('heading', { name: 'Reports', exact: true }).waitFor();
			const entry = page.getByRole('listitem').filter({ hasText: 'Two devices' });
			await entry.first().waitFor();
			expect(await entry.count(), own).toBe(1);
		}
		// The guest has left the screen, and the host too: whoever comes back finds its seat.
		await openPage(host, `${app.url}/meet`);
		await tabTo(host, 'button', /Return to the room/);
		await host.keyboard.press('Enter');
		await host.getByText(/has lost its connection/).waitFor();
		await look('away', host);
		await openPage(guest, link);
		await tabTo(guest, 'button', /Return to the room/);
		await guest.keyboard.press('Enter');
		await tabTo(host, 'button', /Leave the room/);
		await host.keyboard.press('Enter');
		await guest.getByText('The other device has closed the room.').waitFor();
		await look('ended', guest);
	});
});
