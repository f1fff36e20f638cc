/** A page of the app in Chromium whose faults are written down: requests elsewhere, violations of the policy, errors. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';

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
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	context.setDefaultTimeout(15_000);
	const faults = watchFaults(context, url);
	try {
		const page = await context.newPage();
		await openPage(page, url);
		await use(page);
		expect(faults).toEqual([]);
	} finally {
		await context.close();
	}
}

/** A press before the page's script runs does nothing, so every visit begins when it does. */
export async function openPage(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.waitForFunction(() => window.icelens !== undefined, undefined, { timeout: 30_000 });
}

export async function expectAccessible(page: Page, where: string): Promise<void> {
	const { violations } = await new AxeBuilder({ page })
		.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
		.analyze();
	expect(
		violations.map(({ id, nodes }) => `${where}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`)
	).toEqual([]);
}

export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
	const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	expect(`${where}: ${beyond} px too wide`).toBe(`${where}: 0 px too wide`);
}
