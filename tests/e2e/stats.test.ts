/** The stats screen in a real Chromium: dumps opened in its worker under the strict policy, looked at, searched, compared, saved. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { writeInternals } from '../bench/dump-bench/dumps';
import { sharedApp, type TestApp } from '../support/app';
import { sharedChromium } from '../support/browsers';
import { describeWith } from '../support/require';
import { withWatchedPage } from '../support/watched-page';

const FIXTURES = fileURLToPath(new URL('../fixtures/stats/', import.meta.url));
const INTERNALS = `${FIXTURES}chromium156-during-two-connections.json.gz`;

describeWith(['chromium'], 'the stats screen', () => {
	let app: TestApp;
	let browser: Browser;

	beforeAll(async () => {
		[app, browser] = await Promise.all([sharedApp(), sharedChromium()]);
	});

	const withPage = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) =>
		withWatchedPage(browser, `${app.url}/stats`, options, use);
	const open = (page: Page, ...files: string[]) => page.getByTestId('dump').setInputFiles(files);

	test('a dump of webrtc-internals, packed: connections, path, charts, procedure, raw values, search', async () => {
		await withPage({}, async (page) => {
			await open(page, INTERNALS);
			await page.getByRole('heading', { name: 'Calls', exact: true }).waitFor();
			expect(await page.getByText('webrtc-internals dump of Chrome 156').count()).toBe(1);
			expect(await page.getByRole('button', { name: /^Connection 8-[12] connected/ }).count()).toBe(2);
			await page.getByRole('heading', { name: 'Bitrate sent' }).waitFor();
			expect(await page.getByText('Both ends are on this machine.').count()).toBe(1);
			await expect.poll(() => page.getByText('Send answer').count()).toBe(1);
			await page.getByRole('button', { name: /^Connection 8-2/ }).click();
			await page.getByRole('heading', { name: 'Bitrate received' }).waitFor();
			await page.getByLabel('Object').selectOption({
				label: (await page.getByLabel('Object').locator('option', { hasText: 'inbound-rtp' }).first().textContent())!
			});
			await page.getByRole('cell', { name: 'packetsReceived', exact: true }).waitFor();
			await page.getByLabel(/^Search events/).fill('ice-ufrag');
			await page.getByText(/\d+ places?/).waitFor();
		});
	});

	test('a sample is opened from the empty screen, which says how to get a dump', async () => {
		await withPage({}, async (page) => {
			await page.getByText('How to get a dump').click();
			await page.getByText('chrome://webrtc-internals in a second tab').waitFor();
			await page.getByRole('button', { name: 'A call that failed' }).click();
			await page.getByText('The call did not connect').first().waitFor();
		});
	});

	test('a description opens in the SDP workbench', async () => {
		await withPage({}, async (page) => {
			await open(page, INTERNALS);
			await page.getByText('Send answer').first().click();
			const [opened] = await Promise.all([
				page.context().waitForEvent('page'),
				page
					.getByRole('button', { name: /SDP|workbench/i })
					.first()
					.click()
			]);
			await opened.waitForURL(/\/sdp/);
		});
	});

	test('a server dump is refused with a sentence; text can be pasted', async () => {
		await withPage({}, async (page) => {
			await page.getByTestId('dump').setInputFiles({
				name: 'x',
				mimeType: 'text/plain',
				buffer: Buffer.from('{"statsSessionId":"x","type":"identity","data":{}}\n')
			});
			await page
				.getByText(/a dump that a server wrote about itself/)
				.first()
				.waitFor();
			await page.getByRole('button', { name: 'Paste text' }).click();
			await page.getByLabel('Text of a dump').fill(readFileSync(`${FIXTURES}firefox-esr153-getstats.json`, 'utf8'));
			await page.getByRole('button', { name: 'Read this text' }).click();
			await page.getByText('One getStats report').waitFor();
		});
	});

	test('a finding leads to its moment; the report is saved with placeholders', async () => {
		const T0 = Date.UTC(2024, 0, 1);
		const lines = [
			JSON.stringify([
				'setLocalDescription',
				'PC_0',
				{
					type: 'offer',
					sdp: 'v=0\r\no=- 1 1 IN IP4 203.0.113.77\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 203.0.113.77\r\n'
				},
				T0
			]),
			...Array.from({ length: 60 }, (_, i) =>
				JSON.stringify([
					'getstats',
					'PC_0',
					{
						I: {
							type: 'inbound-rtp',
							kind: 'audio',
							ssrc: 5,
							packetsReceived: 50 * i,
							packetsLost: 5 * Math.min(10, Math.max(0, i - 20))
						},
						timestamp: T0 + 1000 * i
					},
					T0 + 1000 * i
				])
			)
		];
		await withPage({}, async (page) => {
			await page
				.getByTestId('dump')
				.setInputFiles({ name: 'call.txt', mimeType: 'text/plain', buffer: Buffer.from(lines.join('\n')) });
			const finding = page.getByRole('button', { name: /Show in the charts.*packets were lost/ });
			await finding.click();
			await page
				.getByRole('button', { name: /20\.0 s/ })
				.first()
				.waitFor();
			const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'JSON' }).click()]);
			const saved = readFileSync(await download.path(), 'utf8');
			expect(saved).toContain('loss-burst');
			expect(saved).not.toContain('203.0.113.77');
		});
	});

	test('two files side by side: the two ends of one call', async () => {
		await withPage({}, async (page) => {
			await open(page, INTERNALS, `${FIXTURES}chromium156-getstats.json`);
			await page.getByText(/These are the two ends of one call: \d+ streams? \(SSRC\)/).waitFor();
			await page.getByRole('heading', { name: 'Sent against received' }).waitFor();
		});
	});

	test('two files that hold one end each are judged together, and apart again when one is closed', async () => {
		const dump = JSON.parse(
			gunzipSync(readFileSync(`${FIXTURES}../calls/fingerprint-changed-both-ends.json.gz`)).toString('utf8')
		) as { PeerConnections: Record<string, object> };
		const files = Object.entries(dump.PeerConnections).map(([id, connection], i) => ({
			name: `end-${i}.json`,
			mimeType: 'application/json',
			buffer: Buffer.from(JSON.stringify({ ...dump, PeerConnections: { [id]: connection } }))
		}));
		await withPage({}, async (page) => {
			const input = page.getByTestId('dump');
			await input.setInputFiles(files[0]!);
			// One end alone cannot know what became of the fingerprint on its way.
			await page.getByText('ICE found a path, and the DTLS handshake failed').waitFor();
			await input.setInputFiles(files[1]!);
			const both = page.getByRole('button', { name: /^Both ends: end-0\.json and end-1\.json/ });
			await both.waitFor();
			await page.getByText('is not the one that the other end announced').waitFor();
			await expect.poll(() => both.getAttribute('aria-pressed')).toBe('true');
			await page.getByText(/^The call between Connection .* did not connect/).waitFor();
			await page.getByRole('button', { name: 'Close end-1.json' }).click();
			await expect.poll(() => both.count()).toBe(0);
			await page.getByText('ICE found a path, and the DTLS handshake failed').waitFor();
		});
	});

	test('a large dump: how far it is, cancelled in the middle, and opened with its lists in parts', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'icelens-large-'));
		try {
			const large = join(folder, 'large.json');
			writeInternals(large, 40 << 20);
			await withPage({}, async (page) => {
				// Pressed by the page itself, as soon as there is something to see: a quick machine would be done before the test is.
				await page.evaluate(() => {
					const seen: number[] = [];
					(window as unknown as { seen: number[] }).seen = seen;
					const watching = setInterval(() => {
						const value = document.querySelector('progress')?.value ?? 0;
						if (value === 0) return;
						seen.push(value);
						if (seen.length > 1) return;
						document.querySelector<HTMLButtonElement>('.reading ~ button')!.click();
						clearInterval(watching);
					}, 5);
				});
				await open(page, large);
				await page.waitForFunction(() => (window as unknown as { seen: number[] }).seen.length > 0);
				await page.locator('progress').waitFor({ state: 'detached' });
				expect(await page.evaluate(() => (window as unknown as { seen: number[] }).seen[0])).toBeLessThan(1);
				expect(await page.getByRole('heading', { name: 'Calls', exact: true }).count()).toBe(0);
				await open(page, large);
				await page.locator('#calls-title').waitFor();
				await page.locator('#stats-verdict').waitFor();
				await page.getByRole('heading', { name: 'Raw values' }).waitFor();
				const findings = page.locator('section[aria-labelledby="findings-title"] li');
				const before = await findings.count();
				await page
					.getByRole('button', { name: /^Show \d+( of \d+)? more$/ })
					.first()
					.click();
				await expect.poll(() => findings.count()).toBeGreaterThan(before);
			});
		} finally {
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
