/** The stats screen for tests: pages of the built app that fail on any error or request elsewhere, and dumps to open. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { lossyDumpText } from './stats-dumps';
import { openPage, withWatchedContext } from './watched-page';

const FIXTURES = fileURLToPath(new URL('../fixtures/stats/', import.meta.url));
/** Two connections of one page, saved by the button of chrome://webrtc-internals, packed. */
export const INTERNALS = `${FIXTURES}chromium156-during-two-connections.json.gz`;
export const GETSTATS = `${FIXTURES}chromium156-getstats.json`;
export const FIREFOX_PAGE = `${FIXTURES}firefox-esr153-about-webrtc.html`;

/** A browser's memory of its own for each use, and the stats screen in as many pages of it as are asked for. */
export async function withContext(
	browser: Browser,
	appUrl: string,
	options: BrowserContextOptions,
	use: (context: BrowserContext, openScreen: (path?: string) => Promise<Page>) => Promise<void>
): Promise<void> {
	await withWatchedContext(browser, appUrl, options, (context) =>
		use(context, async (path = '/stats') => {
			const page = await context.newPage();
			await openPage(page, `${appUrl}${path}`);
			return page;
		})
	);
}

export interface DumpText {
	name: string;
	mimeType: string;
	buffer: Buffer;
}

export const dumpOf = (name: string, text: string): DumpText => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

/** See lossyDumpText: as a file to choose. */
export function lossyDump(name?: string, seconds?: number): DumpText {
	const dump = lossyDumpText(name, seconds);
	return dumpOf(dump.name, dump.text);
}

/** The same calls as in INTERNALS, unpacked: other bytes, the same content. */
export const internalsUnpacked = (name: string): DumpText => dumpOf(name, gunzipSync(readFileSync(INTERNALS)).toString());
