/** What the libraries of the two browsers do for the screen driver: real presses and keys, and files that are saved. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElementHandle, Page } from 'playwright-core';
import type { ElementHandle as FirefoxElement, Page as FirefoxPage } from 'puppeteer-core';
import { patience } from './patience';
import { makeScreen, type Screen } from './screen';

/** For one attempt to press something that moves or is about to be replaced; then it is looked for again. */
const ATTEMPT_MS = 5000;
const HANGING_MS = 60_000;

export function chromiumScreen(page: Page): Screen {
	const elementOf = async (find: string) => (await page.evaluateHandle(find)).asElement() as ElementHandle<HTMLElement> | null;
	return makeScreen({
		goto: async (url) => void (await page.goto(url)),
		evaluate: (expression) => page.evaluate(expression),
		click: async (find) => {
			const element = await elementOf(find);
			await element?.click({ timeout: patience(ATTEMPT_MS) });
			return element !== null;
		},
		fill: async (find, text) => {
			const element = await elementOf(find);
			await element?.fill(text, { timeout: patience(ATTEMPT_MS) });
			return element !== null;
		},
		download: async (press) => {
			const [file] = await Promise.all([page.waitForEvent('download', { timeout: patience(HANGING_MS) }), press()]);
			return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
		}
	});
}

/** `downloads`: the folder that the browser saves files in. */
export function firefoxScreen(page: FirefoxPage, downloads: string): Screen {
	const elementOf = async (find: string) => (await page.evaluateHandle(find)).asElement() as FirefoxElement<Element> | null;
	return makeScreen({
		goto: async (url) => void (await page.goto(url)),
		evaluate: async <R>(expression: string) => (await page.evaluate(expression)) as R,
		click: async (find) => {
			const element = await elementOf(find);
			await element?.asLocator().setTimeout(patience(ATTEMPT_MS)).click();
			return element !== null;
		},
		fill: async (find, text) => {
			const element = await elementOf(find);
			await element?.asLocator().setTimeout(patience(ATTEMPT_MS)).fill(text);
			return element !== null;
		},
		download: async (press) => {
			await press();
			for (const end = performance.now() + patience(HANGING_MS); performance.now() < end; await pause(50)) {
				const [name, another] = readdirSync(downloads);
				// While it is written, an empty file of its name stands beside one that ends in `.part`.
				if (name === undefined || another !== undefined) continue;
				const content = readFileSync(join(downloads, name));
				if (content.length === 0) continue;
				rmSync(join(downloads, name));
				return { name, content };
			}
			throw new Error(`Firefox saved no file: there is ${readdirSync(downloads).join(', ') || 'nothing'}.`);
		}
	});
}
