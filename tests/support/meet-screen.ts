/** The screen for two devices, as a person uses it, in any test browser. */
import { parseReport } from '../../src/lib/core/report/parse';
import type { Report } from '../../src/lib/core/report/report';
import type { TestBrowser } from './browsers';

export const shown = (browser: TestBrowser) => browser.evaluate(() => document.body.innerText);

/** Waits until the page shows what matches, and gives all its text. */
export async function untilShown(browser: TestBrowser, what: string, pattern: RegExp, ms = 40_000): Promise<string> {
	const end = Date.now() + ms;
	for (;;) {
		const text = await shown(browser);
		if (pattern.test(text)) return text;
		if (Date.now() > end) throw new Error(`Waited ${ms} ms for ${what} in ${browser.name}:\n${text}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
}

/** Presses the button whose words begin so, once the page's script runs. */
export async function press(browser: TestBrowser, words: string): Promise<void> {
	const end = Date.now() + 30_000;
	const click = (wanted: string) => {
		const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.trim().startsWith(wanted));
		if (!button || button.disabled) return false;
		button.click();
		return true;
	};
	while (!(await browser.evaluate(click, words))) {
		if (Date.now() > end) throw new Error(`No button "${words}" in ${browser.name}:\n${await shown(browser)}`);
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

/** One makes an invitation, the other follows it. A seat of an earlier room is given up. */
export async function meet(appUrl: string, host: TestBrowser, guest: TestBrowser): Promise<void> {
	for (const browser of [host, guest]) {
		await browser.goto(`${appUrl}/meet`);
		await browser.evaluate(() => sessionStorage.clear());
	}
	await host.goto('about:blank');
	await host.goto(`${appUrl}/meet`);
	await press(host, 'Make an invitation');
	await untilShown(host, 'the link', /#room=/);
	const link = await host.evaluate(() => /https?:\S+#room=[\w-]+/.exec(document.body.innerText)![0]);
	// A page that is there already would only change its fragment.
	await guest.goto('about:blank');
	await guest.goto(link);
	await press(guest, 'Join the call');
}

/** The report that the screen saves. */
export async function pairReport(browser: TestBrowser): Promise<Report> {
	const json = await browser.evaluate(async () => {
		const blobs: Blob[] = [];
		const make = URL.createObjectURL.bind(URL);
		URL.createObjectURL = (object: Blob | MediaSource) => {
			blobs.push(object as Blob);
			return make(object);
		};
		const found = () =>
			[...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes('Download the report'));
		// It comes with the first thing to save, which one of the two may have a moment later.
		for (let i = 0; i < 600 && !found(); i++) await new Promise((resolve) => setTimeout(resolve, 50));
		found()!.click();
		while (blobs.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
		URL.createObjectURL = make;
		return blobs[0]!.text();
	});
	const report = parseReport(json);
	if (!report.ok) throw new Error(report.error.message);
	return report.value;
}
