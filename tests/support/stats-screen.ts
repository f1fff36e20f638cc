/** The stats screen for tests: pages of the built app that fail on any error or request elsewhere, and dumps to open. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
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

const T0 = Date.UTC(2024, 0, 1);

/** An rtcstats dump, one event a line: sound for `seconds`, a tenth of it lost from second 20 to 30. */
export function lossyDump(name = 'call.txt', seconds = 60): DumpText {
	const sdp =
		'v=0\r\no=- 1 1 IN IP4 203.0.113.77\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 203.0.113.77\r\n';
	const lines: unknown[] = [
		['create', 'PC_0', { iceServers: [{ urls: 'turn:turn.example.org', username: 'ann', credential: 'never-in-a-report' }] }, T0],
		['setLocalDescription', 'PC_0', { type: 'offer', sdp }, T0],
		['oniceconnectionstatechange', 'PC_0', 'checking', T0 + 200],
		['oniceconnectionstatechange', 'PC_0', 'connected', T0 + 900]
	];
	for (let i = 0; i < seconds; i++) {
		const inbound = {
			type: 'inbound-rtp',
			kind: 'audio',
			ssrc: 5,
			packetsReceived: 50 * i,
			packetsLost: 5 * Math.min(10, Math.max(0, i - 20)),
			bytesReceived: 5000 * i,
			jitter: 0.004
		};
		lines.push(['getstats', 'PC_0', { I: inbound, timestamp: T0 + 1000 * i }, T0 + 1000 * i]);
	}
	return dumpOf(name, lines.map((line) => JSON.stringify(line)).join('\n'));
}

/** The same calls as in INTERNALS, unpacked: other bytes, the same content. */
export const internalsUnpacked = (name: string): DumpText => dumpOf(name, gunzipSync(readFileSync(INTERNALS)).toString());
