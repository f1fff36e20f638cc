/** What the libraries of the two browsers do for the screen driver: real presses and keys, and files that are saved. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElementHandle, Page } from 'playwright-core';
import type { ElementHandle as FirefoxElement, Page as FirefoxPage } from 'puppeteer-core';
import { patience } from './patience';
import { makeScreen, type Screen } from './screen';

/** The least timeout of a press: one that timed out may have happened all the same, and would be repeated. */
const HANGING_MS = 60_000;

/** Runs in the page: whether the element keeps its place from one frame to the next, so that a press does not miss it. */
async function isSteady(element: Element): Promise<boolean> {
	const frame = () => new Promise(requestAnimationFrame);
	await frame();
	const before = JSON.stringify(element.getBoundingClientRect());
	await frame();
	return element.isConnected && JSON.stringify(element.getBoundingClientRect()) === before;
}

export function chromiumScreen(page: Page): Screen {
	const elementOf = async (find: string) => (await page.evaluateHandle(find)).asElement() as ElementHandle<HTMLElement> | null;
	return makeScreen({
		goto: async (url) => void (await page.goto(url)),
		evaluate: (expression) => page.evaluate(expression),
		click: async (find) => {
			const element = await elementOf(find);
			await element?.click({ timeout: patience(HANGING_MS) });
			return element !== null;
		},
		fill: async (find, text) => {
			const element = await elementOf(find);
			await element?.fill(text, { timeout: patience(HANGING_MS) });
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
			if (!element || !(await element.evaluate(isSteady))) return false;
			await element.click();
			return true;
		},
		fill: async (find, text) => {
			const element = await elementOf(find);
			await element?.asLocator().setTimeout(patience(HANGING_MS)).fill(text);
			return element !== null;
		},
		download: async (press) => {
			await press();
			for (const end = performance.now() + patience(HANGING_MS); performance.now() < end; await pause(50)) {
				const [name, another] = readdirSync(downloads);
				// While it is written, it has a name that ends in `.part`, and there may be an empty file with its final name.
				if (name === undefined || another !== undefined || name.endsWith('.part')) continue;
				const content = readFileSync(join(downloads, name));
				if (content.length === 0) continue;
				rmSync(join(downloads, name));
				return { name, content };
			}
			throw new Error(`Firefox saved no file: there is ${readdirSync(downloads).join(', ') || 'nothing'}.`);
		}
	});
}
