/** Uses the check as a person does: the page with its list of servers, the button, and what stands on the screen at the end. */
import type { IceServer } from '../../src/lib/core/ice/server';
import type { Report } from '../../src/lib/core/report/report';
import type { TestBrowser } from './browsers';

export interface CheckedScreen {
	report: Report;
	/** The verdict card's title, such as `Works, with TURN for some peers`. */
	verdict: string;
	/** Visible text of each row of the servers table, by URL: its state and its explanation. */
	servers: Record<string, string>;
	/** All visible text of the page. */
	text: string;
	/** From the press of the button to the end of the run, ms. */
	tookMs: number;
}

/** Opens the app with this list (kept on the device, as a user may do), presses the button and waits for the end. */
export async function checkOnScreen(browser: TestBrowser, appUrl: string, servers: IceServer[]): Promise<CheckedScreen> {
	await browser.goto(appUrl);
	await browser.evaluate((list: IceServer[]) => {
		const rows = list.map((server) => ({ origin: 'user', enabled: true, ...server }));
		localStorage.setItem('icelens.servers', JSON.stringify(rows));
	}, servers);
	await browser.goto(appUrl);
	return await browser.evaluate(async () => {
		const until = async <T>(read: () => T | null | undefined | false, timeoutMs: number, what: string): Promise<T> => {
			const end = performance.now() + timeoutMs;
			for (;;) {
				const value = read();
				if (value) return value;
				if (performance.now() > end) throw new Error(`${what} did not appear within ${timeoutMs} ms`);
				await new Promise((resolve) => setTimeout(resolve, 20));
			}
		};
		const button = () => document.querySelector<HTMLButtonElement>('.hero button.primary');
		await until(() => window.icelens, 10_000, 'The running page');
		const startMs = performance.now();
		(await until(() => !button()?.disabled && button(), 5000, 'The button')).click();
		await until(() => button()?.classList.contains('cancel'), 2000, 'The cancel button');
		await until(() => !button()?.classList.contains('cancel'), 60_000, 'The end of the run');
		const tookMs = performance.now() - startMs;
		const visible = (element: Element | null | undefined) => (element as HTMLElement | null | undefined)?.innerText ?? '';
		const table: Record<string, string> = {};
		const rows = [...document.querySelectorAll('section[aria-labelledby="servers-title"] tbody tr')];
		rows.forEach((row, i) => {
			const url = row.querySelector('th .mono')?.textContent;
			if (url) table[url] = `${table[url] ?? ''}${visible(row)}\n${visible(rows[i + 1])}`;
		});
		return {
			report: window.icelens!.report()!,
			verdict: visible(document.querySelector('#verdict-title')),
			servers: table,
			text: document.body.innerText,
			tookMs
		};
	});
}
