/**
 * Chromium and Firefox without what other browsers lack: every screen works or says which function is lacking, and nothing throws. The
 * check against real servers says nothing that is not so. Each lack alone over all lists is `npm run lab -- lesser-browsers`.
 */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { WrittenReport } from '../../src/lib/core/report/with-text';
import { sharedApp } from '../support/app';
import { launchBrowser, type BrowserName, type BrowserOptions, type TestBrowser } from '../support/browsers';
import { ALL_LACKS, WATCH_FAULTS, WITHOUT_WEBRTC, without } from '../support/lesser-browsers';
import { describeWith, testWith } from '../support/require';
import { listNamed, SERVER_LISTS, startLoopbackServers } from '../support/server-lists';

const FULL = process.env.ICELENS_LESSER === 'full';
const SCREENS = ['/', '/ice', '/call', '/meet', '/reach', '/stats', '/sdp', '/reports', '/rules'];
const BROWSERS: BrowserName[] = ['chromium', 'firefox'];

/** Of lists whose servers all answered, or none of them: what no browser may say of them, whatever it lacks. */
const NOT_SO: Record<string, RegExp> = {
	'STUN and TURN over UDP and TCP': /cannot be reached|no answer from|refuses/i,
	'a wrong password over UDP': /\bworks\b|not to have tried|no answer from|answers STUN, but/i,
	'a closed TCP port': /\bworks\b|not to have tried|answered (with)?in|dropped on the path/i,
	'an untrusted certificate by a name': /\bworks\b|not to have tried|answered (with)?in/i
};

const lists = FULL ? SERVER_LISTS.map(([name]) => name) : Object.keys(NOT_SO);
const VARIANTS: [string, string][] = [
	...(FULL ? ALL_LACKS.map((lack): [string, string] => [`without ${lack}`, without(lack)]) : []),
	['without all of it', without(...ALL_LACKS)]
];

describeWith(['chromium', 'firefox', 'coturn'], 'a browser with less', () => {
	let app: { url: string };
	let servers: Awaited<ReturnType<typeof startLoopbackServers>>;
	beforeAll(async () => {
		[app, servers] = await Promise.all([sharedApp(), startLoopbackServers()]);
	});
	afterAll(() => servers?.close());

	async function using(name: BrowserName, options: BrowserOptions, use: (browser: TestBrowser) => Promise<void>): Promise<void> {
		const browser = await launchBrowser(name, { ...options, before: `${WATCH_FAULTS}\n${options.before ?? ''}` });
		try {
			await use(browser);
		} finally {
			await browser.close();
		}
	}

	async function expectNoFault({ evaluate }: TestBrowser, where: string): Promise<void> {
		expect(await evaluate<string[]>('window.faults'), where).toEqual([]);
	}

	describe.each(BROWSERS)('%s', (name) => {
		for (const [title, before] of VARIANTS) {
			testWith([], `${title}: says nothing that is not so, and no screen fails`, () =>
				using(name, { before, fakeMedia: true }, async (browser) => {
					for (const screen of SCREENS) {
						await browser.screen.open(`${app.url}${screen}`);
						await expectNoFault(browser, screen);
					}
					await browser.screen.open(`${app.url}/`);
					for (const list of lists) {
						const iceServers = listNamed(list)(servers.urls, (url) => url.replace('127.0.0.1', 'localhost'));
						const config = JSON.stringify({ iceServers, mediaPermission: true, usesLoopback: name === 'firefox' });
						const { conclusions } = await browser.evaluate<WrittenReport>(`window.icelens.check(${config})`);
						const said = conclusions.servers.map(({ text, error }) => `${text} ${error?.explanation.text ?? ''}`).join('\n');
						if (NOT_SO[list]) expect.soft(said, `${name} ${title}: ${list}`).not.toMatch(NOT_SO[list]);
						await expectNoFault(browser, list);
					}
				})
			);
		}
	});

	/** On a press of it, an offer is made. */
	const SAMPLE = 'Make one in this browser';

	testWith([], 'without WebRTC every screen that needs it says so, and what helps', async () => {
		const switchedOff: [BrowserName, BrowserOptions][] = [
			['chromium', { before: WITHOUT_WEBRTC }],
			['firefox', { firefoxPrefs: { 'media.peerconnection.enabled': false } }]
		];
		for (const [name, options] of switchedOff) {
			await using(name, options, async (browser) => {
				const { screen, evaluate } = browser;
				for (const path of ['/', '/ice', '/call', '/meet']) {
					await screen.open(`${app.url}${path}`);
					await screen.see(
						/This browser has no WebRTC, or it is switched off, so nothing can be measured\. Look for an extension/
					);
					await expectNoFault(browser, path);
				}
				await screen.open(`${app.url}/sdp`);
				await screen.press('button', SAMPLE);
				await screen.see('This browser has no WebRTC, or it is switched off.');
				await expectNoFault(browser, '/sdp');
				const iceServers = JSON.stringify([{ urls: [servers.urls.stun] }]);
				const { conclusions } = await evaluate<WrittenReport>(`window.icelens.check({ iceServers: ${iceServers} })`);
				expect(conclusions.headline.rule).toBe('headline-webrtc-missing');
				expect(conclusions.servers.map(({ state }) => state)).toEqual(['not-tested']);
			});
		}
	});

	testWith([], 'without RTCRtpSender a call is made all the same', () =>
		using('chromium', { before: 'delete window.RTCRtpSender; delete window.RTCRtpReceiver;' }, async (browser) => {
			await browser.screen.open(`${app.url}/call`);
			await browser.screen.press('button', 'Start the call');
			await browser.screen.see('Connected.', { selector: '[role=status]' });
			await expectNoFault(browser, '/call');
		})
	);

	testWith([], 'Firefox as it comes says why none of the own servers was asked', () =>
		using('firefox', { firefoxPrefs: { 'media.peerconnection.ice.loopback': false } }, async (browser) => {
			await browser.screen.open(`${app.url}/call`);
			await browser.screen.see(/Firefox asks no server on this machine itself.*media\.peerconnection\.ice\.loopback/);
			await browser.screen.open(`${app.url}/`);
			await browser.screen.press('button', 'Check this network');
			await browser.screen.see(/Cannot tell: Firefox asked no server/);
		})
	);
});
