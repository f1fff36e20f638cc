/** The screen for two devices, as two people use it, each in a browser. */
import { expect } from 'vitest';
import { parseReport } from '../../src/lib/core/report/parse';
import type { Report } from '../../src/lib/core/report/report';
import type { TestBrowser } from './browsers';

/** The newest attempt stands first. */
export const NEWEST_ATTEMPT = { selector: 'details:has(> summary > h2)', text: /^Attempt \d+:/ };

/** Waits until the page shows this, and gives the text of the part that does. */
export async function untilShown({ name, screen }: TestBrowser, what: string, pattern: RegExp, ms?: number): Promise<string> {
	try {
		return await screen.see(pattern, undefined, ms);
	} catch (error) {
		throw new Error(`Not shown in ${name}: ${what}. ${(error as Error).message}`, { cause: error });
	}
}

/** One makes an invitation, the other follows it. A seat of an earlier room is given up. */
export async function meet(appUrl: string, host: TestBrowser, guest: TestBrowser): Promise<void> {
	for (const { evaluate, screen } of [host, guest]) {
		await screen.open(`${appUrl}/meet`);
		await evaluate(() => sessionStorage.clear());
	}
	await host.screen.open(`${appUrl}/meet`);
	await host.screen.press('button', 'Make an invitation');
	const link = await host.screen.see(/^https?:\S+#room=[\w-]+$/);
	// A page that is there already would only change its fragment.
	await guest.goto('about:blank');
	await guest.screen.open(link);
	await guest.screen.press('button', 'Join the call');
}

/** The statistics of both ends come once a second: until this end knows which pair carries the call at each. */
export const untilBothPairsAreKnown = ({ name, screen }: TestBrowser) =>
	expect
		.poll(() => screen.count(/^Carried the call$/, NEWEST_ATTEMPT), { message: `pairs that carry the call, in ${name}` })
		.toBe(2);

/** The report that the screen saves: there is one as soon as something came of an attempt. */
export async function pairReport({ screen }: TestBrowser): Promise<Report> {
	const { content } = await screen.download('Download the report');
	const report = parseReport(content.toString());
	if (!report.ok) throw new Error(report.error.message);
	return report.value;
}
