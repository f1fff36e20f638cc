/** Whatever is given to a screen that does not read it opens on the one that does, in a real Chromium. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { sharedApp, type TestApp } from '../support/app';
import { sharedChromium } from '../support/browsers';
import { describeWith } from '../support/require';
import { withWatchedPage } from '../support/watched-page';

const PASTED = new URL('../fixtures/pasted/', import.meta.url);
const SDP = ['v=0', 'o=- 7 1 IN IP4 192.0.2.7', 's=-', 't=0 0', 'm=audio 9 UDP/TLS/RTP/SAVPF 8', 'a=mid:0', ''].join('\r\n');
const TABLE =
	'Time\tType\tFoundation\tProtocol\tAddress\tPort\tPriority\n0.004\thost\t1\tudp\t192.0.2.7\t54000\t126 | 30 | 255\n';

/** Drops a file on the page, as people do. */
async function drop(page: Page, name: string, content: Uint8Array | string): Promise<void> {
	const transfer = await page.evaluateHandle(
		([fileName, base64]) => {
			const bytes = Uint8Array.from(atob(base64!), (character) => character.charCodeAt(0));
			const data = new DataTransfer();
			data.items.add(new File([bytes], fileName!));
			return data;
		},
		[name, Buffer.from(content as string).toString('base64')] as const
	);
	await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

describeWith(['chromium'], 'files on the wrong screen', () => {
	let app: TestApp;
	let browser: Browser;

	beforeAll(async () => {
		[app, browser] = await Promise.all([sharedApp(), sharedChromium()]);
	});

	test.each<[string, string, string, Uint8Array | string, RegExp, string]>([
		[
			'a packet capture on the first screen',
			'/',
			'call.pcap',
			readFileSync(new URL('quota.pcap', PASTED)),
			/\/stats$/,
			'Packet capture'
		],
		[
			'a log of coturn on the list of reports',
			'/reports',
			'turn.log',
			readFileSync(new URL('coturn-quota.log', PASTED)),
			/\/stats$/,
			'Log of coturn'
		],
		['a Trickle ICE table on the SDP workbench', '/sdp', 'table.txt', TABLE, /\/stats$/, 'Candidate table of a Trickle ICE page'],
		['a description on the stats screen', '/stats', 'offer.sdp', SDP, /\/sdp$/, 'has no a=fingerprint']
	])('%s', async (_, from, name, content, to, seen) => {
		await withWatchedPage(browser, `${app.url}${from}`, {}, async (page) => {
			await drop(page, name, content);
			await page.waitForURL(to);
			await page.getByText(seen).first().waitFor();
			expect(new URL(page.url()).pathname).toMatch(to);
		});
	});
});
