/**
 * The ICE screen and the check on the same lists of servers: one judgement of each server and user. In Chromium, since it holds back
 * every error of a connection while one of its servers is silent. Real coturn, and servers that do not serve.
 */
import { afterAll, beforeAll, describe, expect } from 'vitest';
import type { IceServer } from '../../src/lib/core/ice/server';
import type { WrittenReport } from '../../src/lib/core/report/with-text';
import { stateWord } from '../../src/lib/ui/ice/server-answers';
import { sharedApp } from '../support/app';
import { launchBrowser, type TestBrowser } from '../support/browsers';
import { gatherOnScreen, type GatheredScreen } from '../support/ice-screen';
import { describeWith, testWith } from '../support/require';
import { BOB, listNamed, SERVER_LISTS, startLoopbackServers, turn, type ServerUrls } from '../support/server-lists';

/** In Firefox, here; all of them by `npm run lab -- browsers-agree`, which compares the two browsers as well. */
const IN_FIREFOX = [
	'STUN and TURN over UDP and TCP',
	'a good and a bad user of one URL',
	'a closed TCP port beside a server that works',
	'an untrusted certificate and a wrong password',
	'TURN without credentials'
];

describeWith(['chromium', 'coturn'], 'the ICE screen and the check on one list', () => {
	let app: { url: string };
	let started: Awaited<ReturnType<typeof startLoopbackServers>>;
	let servers: ServerUrls;
	let browser: TestBrowser;

	beforeAll(async () => {
		[app, started] = await Promise.all([sharedApp(), startLoopbackServers()]);
		servers = started.urls;
		browser = await launchBrowser('chromium');
	});
	afterAll(async () => {
		await browser?.close();
		await started?.close();
	});

	/** Both at once, each with its own connections. */
	async function both(iceServers: IceServer[], where = browser): Promise<{ gathered: GatheredScreen; report: WrittenReport }> {
		await where.screen.open(`${app.url}/ice`);
		const [gathered, report] = await Promise.all([
			gatherOnScreen(where, iceServers),
			where.evaluate((list: IceServer[]) => window.icelens!.check({ iceServers: list }), iceServers)
		]);
		expect(gathered.servers.map(({ url, state }) => [url, state])).toEqual(
			report.conclusions.servers.map((server) => [server.url, stateWord(server)])
		);
		expect(gathered.text).not.toMatch(/secret|not-his-password/);
		return { gathered, report };
	}

	const byName = (url: string) => url.replace('127.0.0.1', 'localhost');

	describe('never disagree', () => {
		for (const [name, list] of SERVER_LISTS) testWith([], name, async () => void (await both(list(servers, byName))));
	});

	testWith(['firefox'], 'never disagree in Firefox', async () => {
		const firefox = await launchBrowser('firefox');
		try {
			for (const name of IN_FIREFOX) await both(listNamed(name)(servers, byName), firefox);
		} finally {
			await firefox.close();
		}
	});

	testWith([], 'tells silent, refused and untrusted apart, which one connection holds back', async () => {
		const { gathered } = await both([turn(servers.silentUdp), turn(servers.closed), turn(servers.untrusted)]);
		expect(gathered.servers.map(({ state }) => state)).toEqual(['Unreachable', 'Unreachable', 'TLS failed']);
		const [silent, closed, untrusted] = gathered.servers.map(({ note }) => note);
		expect(silent).toMatch(/^No answer from UDP .* within 5\.\d s/);
		expect(closed).toMatch(/^No connection to TCP .*: it failed after/);
		expect(untrusted).toMatch(/certificate is not trusted/);
		expect(gathered.text).toContain('In one connection silence proves nothing');
		expect(gathered.missing.at(-1)).toMatch(
			/^No relay candidate\. The servers that can give one, asked alone: 2 servers whose connection failed; 1 server silent\.$/
		);
	});

	testWith([], 'has a row for each user of a URL, with what each was answered', async () => {
		const { gathered } = await both(
			[turn([servers.udp, servers.tcp]), turn(servers.udp, BOB), turn(servers.closed), turn(servers.untrusted)],
			browser
		);
		const rows = gathered.servers.map(({ about, state }) => [/user \w+/.exec(about)?.[0] ?? '', state]);
		expect(rows).toEqual([
			['user alice', 'Works'],
			['', 'Works'],
			['user bob', 'Authentication failed'],
			['', 'Unreachable'],
			['', 'TLS failed']
		]);
		expect(gathered.servers[2]!.note).toMatch(/with error 401/);
		expect(gathered.missing.join()).not.toMatch(/relay/);
	});

	testWith([], 'says of a server without credentials that it was not asked, and nothing of an answer', async () => {
		const { gathered } = await both([turn('turn:203.0.113.5:3478', {})]);
		const [row] = gathered.servers;
		expect(row!.note).not.toMatch(/answer|reach|silent|refuse[sd] this user/i);
		expect(gathered.text).toMatch(/Nothing was gathered from all servers in one connection:/);
		expect(gathered.missing).toEqual([]);
	});
});
