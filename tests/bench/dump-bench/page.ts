/** A dump on the stats screen of the built app, in Chromium: how long it takes, what memory, and for how long the main thread is deaf. */
import type { Page } from 'playwright-core';
import { startApp } from '../../support/app';
import { launchBrowser } from '../../support/browsers';
import { memoryOf, resetPeakMemory } from './memory';

export interface PageResult {
	/** From choosing the file until the list of connections is painted. */
	seconds: number;
	/** Of the page's process before the file, at its most while reading, after it. */
	baseMb: number;
	peakMb: number;
	afterMb: number;
	/** The longest block of the main thread in each part, ms. */
	blocks: { part: string; blockMs: number; longTaskMs: number }[];
	/** What became of cancelling in the middle of reading. */
	cancel: { progressSeen: number; ms: number; leftMb: number };
}

interface Watch {
	/** Longest pause between two turns of a timer of 5 ms, or between two frames. */
	gapMs: number;
	longTaskMs: number;
}

/** Runs in the page. */
function startWatching(): void {
	const watch: Watch = { gapMs: 0, longTaskMs: 0 };
	(window as unknown as { watch: Watch }).watch = watch;
	new PerformanceObserver((list) => {
		for (const { duration } of list.getEntries()) watch.longTaskMs = Math.max(watch.longTaskMs, duration);
	}).observe({ type: 'longtask' });
	let last = performance.now();
	setInterval(() => {
		const now = performance.now();
		watch.gapMs = Math.max(watch.gapMs, now - last);
		last = now;
	}, 5);
}

const MB = 1 << 20;
/** So long nothing may happen before a part counts as finished. */
const SETTLE_MS = 1200;

async function takeBlock(page: Page, part: string) {
	await page.waitForTimeout(SETTLE_MS);
	const watch = await page.evaluate(() => {
		const { watch } = window as unknown as { watch: Watch };
		const taken = { ...watch };
		Object.assign(watch, { gapMs: 0, longTaskMs: 0 });
		return taken;
	});
	return { part, blockMs: watch.gapMs, longTaskMs: watch.longTaskMs };
}

/** Looks at the page as little as can be: asking by role makes the page compute names for all that is on it. */
const appears = (page: Page, selector: string) =>
	page.waitForFunction((wanted) => document.querySelector(wanted) !== null, selector, { timeout: 600_000, polling: 50 });

const press = (page: Page, selector: string, index = 0) =>
	page.evaluate(
		([wanted, at]) => {
			const found = [...document.querySelectorAll<HTMLElement>(wanted)].at(at);
			if (!found) return false;
			found.click();
			return true;
		},
		[selector, index] as const
	);

export async function openOnPage(path: string): Promise<PageResult> {
	const app = await startApp();
	const browser = await launchBrowser('chromium');
	try {
		const page = browser.page!;
		await page.goto(`${app.url}/stats`);
		await page.waitForFunction(() => window.icelens !== undefined);
		const session = await page.context().browser()!.newBrowserCDPSession();
		const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as { processInfo: { type: string; id: number }[] };
		// A spare one may stand by: it does nothing, and what it has counts on both sides.
		const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
		const memory = () => {
			const all = pids.map(memoryOf);
			return { nowMb: sum(all.map(({ nowMb }) => nowMb)), peakMb: sum(all.map(({ peakMb }) => peakMb)) };
		};
		await page.evaluate(startWatching);
		await takeBlock(page, 'before');

		// Cancelled first: what it took has to be free again for the real one.
		pids.forEach(resetPeakMemory);
		const baseMb = memory().nowMb;
		await page.getByTestId('dump').setInputFiles(path);
		const progress = await page.waitForFunction(
			() => {
				const value = document.querySelector('progress')?.value ?? 0;
				return value > 0.3 ? value : false;
			},
			undefined,
			{ timeout: 600_000, polling: 20 }
		);
		const progressSeen = (await progress.jsonValue()) as number;
		const cancelled = performance.now();
		await press(page, '.reading ~ button');
		await page.waitForFunction(() => document.querySelector('progress') === null, undefined, { polling: 10 });
		const ms = performance.now() - cancelled;
		const blocks = [await takeBlock(page, 'reading, cancelled')];
		const cancel = { progressSeen, ms, leftMb: memory().nowMb - baseMb };

		pids.forEach(resetPeakMemory);
		const begun = performance.now();
		await page.getByTestId('dump').setInputFiles(path);
		await appears(page, '#calls-title');
		await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
		const seconds = (performance.now() - begun) / 1000;
		await appears(page, '#charts-title');
		blocks.push(await takeBlock(page, 'open'));
		const { peakMb } = memory();

		for (const [part, act] of partsOf(page)) {
			await act();
			blocks.push(await takeBlock(page, part));
		}
		const after = memory();
		return { seconds, baseMb, peakMb: Math.max(peakMb, after.peakMb), afterMb: after.nowMb, blocks, cancel };
	} finally {
		await browser.close();
		await app.close();
	}
}

const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);

function partsOf(page: Page): [string, () => Promise<unknown>][] {
	return [
		['scrolling over the charts', () => scrollOver(page)],
		['another connection', () => press(page, 'section[aria-labelledby="calls-title"] button', -1)],
		['its charts', () => scrollOver(page)],
		['all findings', () => press(page, 'section[aria-labelledby="findings-title"] > button')],
		['a table of a chart', () => press(page, 'figure .head button')],
		['another object', () => chooseObject(page)],
		['search', () => type(page, 'video')],
		[
			'a moment of a finding',
			() => press(page, 'section[aria-labelledby="stats-verdict"] li button, section[aria-labelledby="findings-title"] li button')
		]
	];
}

const scrollOver = (page: Page) =>
	page.evaluate(async () => {
		for (let top = 0; top < document.documentElement.scrollHeight; top += 500) {
			scrollTo(0, top);
			await new Promise((resolve) => setTimeout(resolve, 60));
		}
	});

const chooseObject = (page: Page) =>
	page.evaluate(() => {
		const select = document.querySelector('select')!;
		select.selectedIndex = select.options.length - 1;
		select.dispatchEvent(new Event('change', { bubbles: true }));
	});

const type = (page: Page, text: string) =>
	page.evaluate((wanted) => {
		const input = document.querySelector<HTMLInputElement>('input[inputmode=search]')!;
		input.value = wanted;
		input.dispatchEvent(new Event('input', { bubbles: true }));
	}, text);

export const factorOf = ({ peakMb, baseMb }: PageResult, bytes: number) => ((peakMb - baseMb) * MB) / bytes;
