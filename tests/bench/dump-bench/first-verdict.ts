/** How long it takes from choosing a dump until its verdict stands on the stats screen of the built app, in Chromium. */
import { startApp } from '../../support/app';
import { launchBrowser } from '../../support/browsers';

/** Each time on a page that was just loaded, so that the worker has its program to fetch and to compile; ms. */
export async function firstVerdicts(path: string, times: number): Promise<number[]> {
	const app = await startApp();
	const browser = await launchBrowser('chromium');
	try {
		const page = browser.page!;
		const took: number[] = [];
		for (let i = 0; i < times; i++) {
			await page.goto(`${app.url}/stats`);
			await page.waitForFunction(() => window.icelens !== undefined);
			await page.evaluate(watchForVerdict);
			await page.getByTestId('dump').setInputFiles(path);
			took.push(await page.evaluate(() => (window as unknown as Watched).verdictMs));
		}
		return took;
	} finally {
		await browser.close();
		await app.close();
	}
}

interface Watched {
	verdictMs: Promise<number>;
}

/** Runs in the page: from the event of the chosen file to the frame in which the verdict is painted. */
function watchForVerdict(): void {
	(window as unknown as Watched).verdictMs = new Promise((resolve) => {
		document.addEventListener(
			'change',
			() => {
				const from = performance.now();
				const observer = new MutationObserver(() => {
					if (!document.querySelector('#stats-verdict')) return;
					observer.disconnect();
					requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - from)));
				});
				observer.observe(document.body, { childList: true, subtree: true });
			},
			{ capture: true, once: true }
		);
	});
}
