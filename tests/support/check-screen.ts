/** Uses the check as a person does: the page with its list of servers, the button, and what the screen shows at the end. */
import type { IceServer } from '../../src/lib/core/ice/server';
import type { Report } from '../../src/lib/core/report/report';
import type { TestBrowser } from './browsers';

export interface CheckedScreen {
	report: Report;
	/** Visible text of each row of the servers table, by URL: its state and its explanation. */
	servers: Record<string, string>;
	/** All visible text of the page. */
	text: string;
	/**
	 * From the press of the button to the end of the run, ms, in time in which the page ran: counted by a timer in the page, which
	 * stops while a busy machine delays the page.
	 */
	livedMs: number;
}

/** Opens the app with this list (kept on the device, as a user may do), presses the button and waits for the end. */
export async function checkOnScreen(browser: TestBrowser, appUrl: string, servers: IceServer[]): Promise<CheckedScreen> {
	const { evaluate, screen } = browser;
	await screen.open(appUrl);
	await evaluate((list: IceServer[]) => {
		const rows = list.map((server) => ({ origin: 'user', enabled: true, ...server }));
		localStorage.setItem('icelens.servers', JSON.stringify(rows));
	}, servers);
	await screen.open(appUrl);
	await evaluate(countLife);
	await screen.press('button', 'Check this network');
	// The same button says so at the end.
	await screen.see('Check again');
	const table: Record<string, string> = {};
	const rows = { selector: 'section[aria-labelledby="servers-title"] tbody' };
	const texts = await screen.read('tr', rows);
	// Each server has a row of facts and a row of words; one that has several addresses has several of both.
	(await screen.read('th .mono', rows)).forEach((url, i) => {
		table[url] = `${table[url] ?? ''}${texts[2 * i]}\n${texts[2 * i + 1]}`;
	});
	return {
		report: await evaluate(() => window.icelens!.report()!),
		servers: table,
		text: (await screen.read('main')).join('\n'),
		livedMs: await evaluate(() => (window as unknown as { livedMs: number }).livedMs)
	};
}

/** In the page: counts from the next press to the end of the run, which the button's text shows. */
function countLife(): void {
	const STEP_MS = 20;
	const counted = window as unknown as { livedMs: number };
	const button = document.querySelector('.hero button.primary')!;
	button.addEventListener(
		'click',
		() => {
			counted.livedMs = 0;
			const timer = setInterval(() => {
				if (button.textContent?.includes('Check again')) clearInterval(timer);
				else counted.livedMs += STEP_MS;
			}, STEP_MS);
		},
		{ once: true }
	);
}
