/** A page of the app in Chromium whose errors are recorded: requests elsewhere, violations of the policy, errors. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible } from './axe';
import { patience } from './patience';

/** What pages of this context must not do, as it happens: requests elsewhere, errors, dialogs. */
export function watchFaults(context: BrowserContext, appUrl: string): string[] {
	const faults: string[] = [];
	const { origin } = new URL(appUrl);
	context.on('page', (page) => {
		page.on('request', (request) => {
			if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) faults.push(`request to ${request.url()}`);
		});
		page.on('console', (message) => message.type() === 'error' && faults.push(`console: ${message.text()}`));
		page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
		page.on('dialog', (dialog) => {
			faults.push(`dialog: ${dialog.message()}`);
			void dialog.dismiss();
		});
	});
	return faults;
}

/** Opens the path, hands over the page when its script runs, and expects that nothing went wrong. */
export async function withWatchedPage(
	browser: Browser,
	url: string,
	options: BrowserContextOptions,
	use: (page: Page) => Promise<void>
): Promise<void> {
	await withWatchedContext(browser, url, options, async (context) => {
		const page = await context.newPage();
		await openPage(page, url);
		await use(page);
	});
}

/** A browser context of its own, whose pages must cause none of these errors. */
export async function withWatchedContext(
	browser: Browser,
	appUrl: string,
	options: BrowserContextOptions,
	use: (context: BrowserContext, faults: string[]) => Promise<void>
): Promise<void> {
	const context = await browser.newContext({ viewport: WIDE, ...options });
	context.setDefaultTimeout(STEP_MS);
	const faults = watchFaults(context, appUrl);
	try {
		await use(context, faults);
		expect(faults).toEqual([]);
	} finally {
		await context.close();
	}
}

/** Timeout of one step (a press, a wait for text) against hanging. */
export const STEP_MS = patience(60_000);

const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 390, height: 844 };
const COMBINATIONS = [WIDE, NARROW].flatMap((viewport) =>
	(['light', 'dark'] as const).map((colorScheme) => ({ viewport, colorScheme }))
);
/** Wide with the light scheme and narrow with the dark one cover each width and scheme; `ICELENS_SCREENS=full` tests all four. */
export const LOOKS = process.env.ICELENS_SCREENS === 'full' ? COMBINATIONS : [COMBINATIONS[0]!, COMBINATIONS[3]!];

/** This state of the page in each look: accessible, and no wider than the page. Leaves the first look behind. */
export async function expectGoodLooks(page: Page, where: string): Promise<void> {
	for (const { viewport, colorScheme } of [...LOOKS.slice(1), LOOKS[0]!]) {
		await page.setViewportSize(viewport);
		await page.emulateMedia({ colorScheme });
		const look = `${where}, ${viewport.width} px, ${colorScheme}`;
		await expectAccessible(page, look);
		await expectNoSidewaysScroll(page, look);
	}
}

/** A press before the page's script runs does nothing, so every visit begins when it does. */
export async function openPage(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.waitForFunction(() => window.icelens !== undefined, undefined, { timeout: STEP_MS });
}

export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
	const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	expect(`${where}: ${beyond} px too wide`).toBe(`${where}: 0 px too wide`);
}
