/**
 * axe in the page itself, asked for violations alone. Its own binding to Playwright opens a page of its own for every analysis and
 * carries every element that passed there: three to five times as long for the same answer.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const OPTIONS: RunOptions = {
	runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
	resultTypes: ['violations']
};

interface WithAxe {
	axe?: { run(context: string, options: RunOptions): Promise<AxeResults> };
}

/** Nothing in the page, or in what the selector names, breaks WCAG 2.2 AA or axe's best practices. */
export async function expectAccessible(page: Page, where: string, selector = 'html'): Promise<void> {
	if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
	const found = await page.evaluate(
		async ({ selector, options }) => {
			const { violations } = await (window as WithAxe).axe!.run(selector, options);
			return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
		},
		{ selector, options: OPTIONS }
	);
	expect(found, where).toEqual([]);
}
