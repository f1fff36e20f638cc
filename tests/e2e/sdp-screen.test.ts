/** The SDP workbench in a real Chromium against the built app: nothing lost, nothing dropped, by keyboard, on every width. */
import { createSocket, type Socket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { sharedApp, type TestApp } from '../support/app';
import { launchBrowser, sharedChromium } from '../support/browsers';
import { describeWith } from '../support/require';
import { expectGoodLooks, openPage, withWatchedPage } from '../support/watched-page';

/** The label of the box for a description. */
const EDITOR = /, as text$/;
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

describeWith(['chromium'], 'the SDP workbench', () => {
	let app: TestApp;
	let browser: Browser;
	/** Written by this Chromium: an offer of audio, video and data with its answer, and one of 35 sections. */
	let offer: string;
	let answer: string;
	let long: string;

	beforeAll(async () => {
		[app, browser] = await Promise.all([sharedApp(), sharedChromium()]);
		await withPage({}, async (page) => {
			[offer, answer, long] = await page.evaluate(async () => {
				const [a, b, many] = [new RTCPeerConnection(), new RTCPeerConnection(), new RTCPeerConnection()];
				a.addTransceiver('audio');
				a.addTransceiver('video');
				a.createDataChannel('');
				await a.setLocalDescription();
				await b.setRemoteDescription(a.localDescription!);
				await b.setLocalDescription();
				for (let i = 0; i < 35; i++) many.addTransceiver(i % 8 === 0 ? 'audio' : 'video');
				const texts = [a.localDescription!.sdp, b.localDescription!.sdp, (await many.createOffer()).sdp!];
				for (const connection of [a, b, many]) connection.close();
				return texts as [string, string, string];
			});
		});
	});

	const withPage = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) =>
		withWatchedPage(browser, `${app.url}/sdp`, options, use);
	const box = (page: Page) => page.locator('.editor textarea');
	const view = (page: Page, name: string) => page.getByRole('tab', { name }).click();

	/** As a person pastes: Playwright's own `fill` types, which takes a browser minutes for thousands of lines. */
	async function paste(page: Page, text: string): Promise<void> {
		await page.evaluate((content) => navigator.clipboard.writeText(content), text);
		await box(page).focus();
		await page.keyboard.press('Control+A');
		await page.keyboard.press('Control+V');
	}

	const found = (page: Page, words: RegExp) => page.locator('.counts').getByText(words).waitFor();

	test('every view is accessible and as wide as the page', async () => {
		await withPage(CLIPBOARD, async (page) => {
			await expectGoodLooks(page, 'empty');
			const more = 'a=rid:h send\r\na=simulcast:send h\r\na=candidate:1 1 udp 2122194687 192.168.1.4 50000 typ host\r\n';
			await paste(
				page,
				offer
					.replace('a=group:BUNDLE 0', 'a=group:BUNDLE 9 0')
					.replace(/^a=setup:.*\r\n/m, 'a=sendonly\r\n')
					.replace(/^a=mid:1\r\n/m, `$&${more}`)
			);
			await found(page, /problem/);
			await page.getByRole('button', { name: 'Add the answer' }).click();
			await paste(page, answer);
			await page.getByText(/refuses it|was not asked/).waitFor();
			await page.getByText('Share', { exact: true }).click();
			await expectGoodLooks(page, 'findings');
			await page.getByRole('button', { name: 'Fold sections' }).click();
			await expectGoodLooks(page, 'folded');
			await page.getByRole('button', { name: 'Unfold sections' }).click();
			for (const name of ['Explained', 'Candidates', 'Negotiated', 'Changes', 'Simulcast', 'Structured']) {
				await view(page, name);
				await page.getByRole('tabpanel', { name }).locator('ul, table').first().waitFor();
				await expectGoodLooks(page, name);
			}
			await view(page, 'Capabilities');
			await page.getByRole('button', { name: 'Copy the line for the other browser’s console' }).click();
			const line = await page.evaluate(() => navigator.clipboard.readText());
			// The console's own `copy` is there for people alone.
			const said = await page.evaluate(`new Promise((copy) => ${line})`);
			await page.getByLabel('getCapabilities of the other browser').fill(String(said));
			await page.getByRole('columnheader', { name: 'It receives' }).first().waitFor();
			await expectGoodLooks(page, 'Capabilities');
			await page.getByRole('button', { name: 'Clear' }).click();
			await page
				.locator('input[type=file]')
				.setInputFiles({ name: 'dump.txt', mimeType: 'text/plain', buffer: Buffer.from(dump()) });
			await page.getByText(/^A webrtc-internals dump/).waitFor();
			await view(page, 'Handshake');
			await page.getByRole('button', { name: /Create offer/ }).click();
			await expectGoodLooks(page, 'Handshake');
		});
	});

	/** What webrtc-internals would have written down of the two ends, with a video section added by hand before setting. */
	function dump(): string {
		const event = (type: string, value: string, timestamp: number) => ({ type, value, timestamp });
		const said = (type: string, sdp: string) => `type: ${type}, sdp: ${sdp}`;
		return JSON.stringify({
			getUserMedia: [],
			PeerConnections: {
				'1-1': {
					updateLog: [
						event('createOffer', '', 0),
						event('createOfferOnSuccess', said('offer', offer), 3),
						event('setLocalDescription', said('offer', offer.replace('useinbandfec=1', 'useinbandfec=1;stereo=1')), 5),
						event('setLocalDescriptionOnSuccess', '', 9),
						event('signalingstatechange', 'have-local-offer', 9),
						event('setRemoteDescription', said('answer', answer), 4000),
						event('setRemoteDescriptionOnSuccess', '', 4003),
						event('iceconnectionstatechange', 'failed', 19_000)
					]
				}
			},
			UserAgentData: []
		});
	}

	test('a dump offers its descriptions, its handshake, and what its program changed', async () => {
		await withPage({}, async (page) => {
			await page
				.locator('input[type=file]')
				.setInputFiles({ name: 'dump.txt', mimeType: 'text/plain', buffer: Buffer.from(dump()) });
			await page.getByText('with one connection and 2 descriptions').waitFor();
			await page.getByRole('combobox', { name: 'Description' }).first().selectOption({ index: 1 });
			expect(await box(page).inputValue()).toBe(answer.replaceAll('\r\n', '\n'));
			await view(page, 'Changes');
			await page.getByText('was changed between creating and setting it').waitFor();
			await page
				.getByText(/stereo/i)
				.first()
				.waitFor();
			await view(page, 'Handshake');
			await page.getByText('ICE: failed').waitFor();
			await page.getByRole('button', { name: /Send answer/ }).click();
			await page.getByRole('button', { name: 'Open in the SDP workbench' }).click();
			expect(await page.getByRole('tab', { name: 'Explained' }).getAttribute('aria-selected')).toBe('true');
		});
	});

	test('no key is dropped in 35 sections', async () => {
		await withPage(CLIPBOARD, async (page) => {
			const lines = long.split('\n').length;
			expect(lines).toBeGreaterThan(3400);
			await paste(page, long);
			await found(page, /./);
			await view(page, 'Explained');
			const at = await box(page).evaluate((element) => {
				const area = element as HTMLTextAreaElement;
				const at = area.value.indexOf('a=mid:17') + 'a=mid:'.length;
				area.focus();
				area.setSelectionRange(at, at);
				const tasks: number[] = ((window as unknown as { tasks: number[] }).tasks = []);
				new PerformanceObserver((list) => list.getEntries().forEach((entry) => tasks.push(entry.duration))).observe({
					entryTypes: ['longtask']
				});
				return at;
			});
			const typed = Array.from({ length: 50 }, (_, i) => String.fromCharCode(97 + (i % 26))).join('');
			const startedMs = performance.now();
			await page.keyboard.type(typed);
			const tookMs = performance.now() - startedMs;
			const value = await box(page).inputValue();
			expect(value.slice(at, at + typed.length)).toBe(typed);
			expect(value.length).toBe(long.replaceAll('\r\n', '\n').length + typed.length);
			// The rules see it too, once the keys rest.
			await view(page, 'Findings');
			await page.getByText('The mid has 52 characters').first().waitFor();
			const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks.map(Math.round));
			process.stdout.write(`${lines} lines: 50 keys in ${Math.round(tookMs)} ms, longest task ${Math.max(0, ...tasks)} ms\n`);
		});
	});

	test('by keyboard alone: type, read, go to the line', async () => {
		await withPage({}, async (page) => {
			const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() || document.activeElement?.tagName);
			const tabTo = async (name: RegExp) => {
				for (let i = 0; i < 40; i++) {
					if (name.test((await focused()) ?? '')) return;
					await page.keyboard.press('Tab');
				}
				throw new Error(`Tab does not reach ${name}`);
			};
			await tabTo(/^TEXTAREA$/);
			await page.keyboard.type('v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0\nm=audio 99999 UDP/TLS/RTP/SAVPF 0\n');
			await found(page, /problem/);
			await tabTo(/^Findings$/);
			await page.keyboard.press('ArrowRight');
			expect(await focused()).toBe('Explained');
			await page.keyboard.press('Home');
			expect(await focused()).toBe('Findings');
			await tabTo(/^Line 5/);
			await page.keyboard.press('Enter');
			await expect.poll(focused).toBe('TEXTAREA');
			const selected = await box(page).evaluate((element) => {
				const { value, selectionStart, selectionEnd } = element as HTMLTextAreaElement;
				return value.slice(selectionStart, selectionEnd);
			});
			expect(selected).toMatch(/99999/);
		});
	});

	test('nothing that was given is lost or rewritten unseen', async () => {
		await withPage(CLIPBOARD, async (page) => {
			const wrapped = JSON.stringify({ type: 'offer', sdp: offer });
			await paste(page, wrapped);
			await page.getByText('An offer as JSON, type and sdp.').waitFor();
			expect(await box(page).inputValue()).toBe(wrapped);
			await page.getByRole('button', { name: 'Extract the description' }).click();
			await expect.poll(() => box(page).inputValue()).toBe(offer.replaceAll('\r\n', '\n'));
			await page.getByRole('button', { name: 'Back to the original' }).click();
			await expect.poll(() => box(page).inputValue()).toBe(wrapped);
			await page.getByRole('button', { name: 'Clear' }).click();
			await expect.poll(() => box(page).inputValue()).toBe('');
			await page.getByRole('button', { name: 'Undo clearing' }).click();
			await expect.poll(() => box(page).inputValue()).toBe(wrapped);
			// A second text stands beside the first, not in its place.
			await page
				.locator('input[type=file]')
				.setInputFiles({ name: 'answer.sdp', mimeType: 'text/plain', buffer: Buffer.from(answer) });
			await page.getByRole('button', { name: 'answer.sdp', exact: false }).first().waitFor();
			await page.getByRole('button', { name: /^1\s*Offer/ }).click();
			await expect.poll(() => box(page).inputValue()).toBe(wrapped);
		});
	});

	test('a link brings the same texts, and by default nothing private', async () => {
		await withPage(CLIPBOARD, async (page) => {
			const candidate = 'a=candidate:1 1 udp 2122260223 203.0.113.7 50000 typ host\r\n';
			await paste(page, offer + candidate);
			await found(page, /./);
			await page.getByText('Share', { exact: true }).click();
			const links: string[] = [];
			for (const redacted of [true, false]) {
				if (!redacted) await page.getByRole('checkbox').uncheck();
				await page.getByRole('button', { name: 'Copy link' }).click();
				await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/#sdp=/);
				await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).not.toBe(links[0]);
				links.push(await page.evaluate(() => navigator.clipboard.readText()));
			}
			for (const [index, link] of links.entries()) {
				await page.goto('about:blank');
				await openPage(page, link);
				await found(page, /./);
				const value = await box(page).inputValue();
				if (index === 1) expect(value).toBe((offer + candidate).replaceAll('\r\n', '\n'));
				else expect(value).not.toContain('203.0.113.7');
				expect(value).toContain('a=rtpmap:111 opus/48000/2');
				// What is edited from now on is not in the address any more.
				expect(new URL(page.url()).hash).toBe('');
			}
		});
	});

	test('this browser is asked, its words are explained beside the rule, and nothing is sent', async () => {
		const socket: Socket = createSocket('udp4');
		await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
		const packets: string[] = [];
		socket.on('message', (packet) => packets.push(packet.toString('latin1')));
		const candidate = `a=candidate:1 1 udp 2122260223 127.0.0.1 ${(socket.address() as AddressInfo).port} typ host\r\n`;
		const reachable = (text: string) => text.replace(/^a=mid:0\r\n/m, `$&${candidate}`);
		try {
			await withPage(CLIPBOARD, async (page) => {
				await paste(page, reachable(offer));
				await page.getByText('accepts it as a remote offer').waitFor();
				await page.getByRole('button', { name: 'Add the answer' }).click();
				await paste(page, reachable(answer));
				await page.getByText('accepts it as a remote answer').waitFor();
				await paste(page, reachable(answer).replaceAll(/^a=ice-(ufrag|pwd).*\r\n/gm, ''));
				await page.getByText('Called with SDP without ice-ufrag and ice-pwd').waitFor();
				await page.getByRole('status').getByRole('link', { name: 'ICE-01' }).waitFor();
				// The control: a usual connection with such a candidate sends checks there, whose user name begins with the other
				// side's fragment (RFC 8445 §7.2.2), and they are all that came.
				await page.evaluate(
					async (sdp) => {
						const connection = new RTCPeerConnection();
						await connection.setRemoteDescription({ type: 'offer', sdp });
						await connection.setLocalDescription();
					},
					reachable(offer).replaceAll(/^a=ice-ufrag:.*$/gm, 'a=ice-ufrag:CTRL')
				);
				const [checks, others] = [true, false].map((wanted) => () => packets.filter((one) => one.includes('CTRL:') === wanted));
				await expect.poll(() => checks!().length).toBeGreaterThan(0);
				expect(others!()).toEqual([]);
			});
		} finally {
			socket.close();
		}
	});

	test('what this browser refuses and no rule finds a reason for is said to be unknown, and noted without anything private', async () => {
		await withPage(CLIPBOARD, async (page) => {
			// Of a draft that only this browser still reads: no rule knows the attribute.
			await paste(page, `${offer}a=sctp-init:x\r\n`);
			await page.getByText('refuses it as a remote offer').waitFor();
			await page.getByText('Icelens does not know why').waitFor();
			await page.getByRole('button', { name: /^The message quotes line \d+ a=sctp-init:x/ }).waitFor();
			expect(await page.getByText('No problems').count()).toBe(0);
			await expectGoodLooks(page, 'refused for an unknown reason');
			const saving = page.waitForEvent('download');
			await page.getByRole('button', { name: 'Save a note for a bug report' }).click();
			const note = readFileSync((await (await saving).path())!, 'utf8');
			expect(note).toMatch(/Browser: Chromium[^]*Message: [^\n]*a=sctp-init:x[^]*--- offer\nv=0\n/);
			const password = /^a=ice-pwd:(\S+)/m.exec(offer)![1]!;
			expect(note).not.toContain(password);
		});
	});

	test('messages beside a description come first, and what looks like plain SIP is offered to be judged so', async () => {
		await withPage(CLIPBOARD, async (page) => {
			await paste(
				page,
				`call.js:7 InvalidStateError: Failed to set remote answer sdp: Called in wrong state: stable\n\n${offer}`
			);
			await page.getByText('An answer was set while the connection was in the state').waitFor();
			await found(page, /No rule finds a problem in the description/);
			await expectGoodLooks(page, 'message beside a description');
			await paste(page, 'v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n');
			await page.getByRole('button', { name: 'Judge it as SIP' }).click();
			await found(page, /^No problems/);
		});
	});

	test('an error message by itself is explained', async () => {
		await withPage(CLIPBOARD, async (page) => {
			await page.getByText('Explain an error message').click();
			await page
				.getByLabel('Error message')
				.fill("The order of m-lines in answer doesn't match order in offer. Rejecting answer.");
			await page.getByText('The answer does not have the m= lines of the offer').waitFor();
			await page.getByRole('link', { name: 'OA-02' }).waitFor();
		});
	});

	describeWith(['firefox'], 'in Firefox', () => {
		test('its own offer is read, a mistake in it is found, and the cursor goes to the line', async () => {
			const firefox = await launchBrowser('firefox');
			try {
				const { evaluate, screen } = firefox;
				await screen.open(`${app.url}/sdp`);
				const sdp = await evaluate(async () => {
					const connection = new RTCPeerConnection();
					connection.addTransceiver('audio');
					const { sdp } = await connection.createOffer();
					connection.close();
					return sdp!;
				});
				const counts = { selector: '.counts' };
				await screen.fill(EDITOR, sdp);
				await screen.see(/no problem/i, counts);
				await screen.fill(EDITOR, sdp.replace(/^a=ice-pwd:.*$/gm, 'a=ice-pwd:short'));
				await screen.see(/[1-9]\d* problem/, counts);
				const line = Number(/\d+/.exec(await screen.see(/^Line \d+/, { selector: 'button.place' }))![0]);
				await screen.press('button', new RegExp(`^Line ${line}\\b`));
				const at = () =>
					evaluate(() => {
						const area = document.activeElement;
						if (!(area instanceof HTMLTextAreaElement)) return null;
						const line = area.value.slice(0, area.selectionStart).split('\n').length;
						return { line, text: area.value.split('\n')[line - 1] };
					});
				await expect.poll(at).toEqual({ line, text: 'a=ice-pwd:short' });
			} finally {
				await firefox.close();
			}
		});
	});
});
