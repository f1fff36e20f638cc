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
import { startCoturn, type Coturn } from '../support/coturn';
import { startDeadServers, type DeadServers } from '../support/dead-servers';
import { gatherOnScreen, type GatheredScreen } from '../support/ice-screen';
import { describeWith, testWith } from '../support/require';

const ALICE = { username: 'alice', credential: 'secret' };
const BOB = { username: 'bob', credential: 'not-his-password' };
const turn = (urls: string | string[], login: Partial<IceServer> = ALICE): IceServer => ({ urls: [urls].flat(), ...login });

/** The URLs that the lists name. */
interface Servers {
	stun: string;
	udp: string;
	tcp: string;
	/** Its certificate is its own. */
	untrusted: string;
	silentStun: string;
	silentUdp: string;
	silentTcp: string;
	closed: string;
}

const LISTS: [name: string, list: (s: Servers) => IceServer[]][] = [
	['no server', () => []],
	['STUN', (s) => [{ urls: [s.stun] }]],
	['TURN over UDP', (s) => [turn(s.udp)]],
	['TURN over TCP', (s) => [turn(s.tcp)]],
	['TURN by a name', (s) => [turn(s.udp.replace('127.0.0.1', 'localhost'))]],
	['STUN and TURN over UDP and TCP', (s) => [{ urls: [s.stun] }, turn([s.udp, s.tcp])]],
	['a wrong password over UDP', (s) => [turn(s.udp, BOB)]],
	['a wrong password over TCP', (s) => [turn(s.tcp, BOB)]],
	['a good and a bad user of one URL', (s) => [turn(s.udp), turn(s.udp, BOB)]],
	['a bad and a good user of one URL, and a silent server', (s) => [turn(s.tcp, BOB), turn(s.tcp), turn(s.silentUdp)]],
	['one entry twice', (s) => [turn(s.udp), turn(s.udp)]],
	['a silent STUN server', (s) => [{ urls: [s.silentStun] }]],
	['a silent STUN server beside one that answers', (s) => [{ urls: [s.silentStun, s.stun] }]],
	['silent TURN over UDP', (s) => [turn(s.silentUdp)]],
	['silent TURN over TCP beside a wrong password', (s) => [turn(s.silentTcp), turn(s.udp, BOB)]],
	['a closed port', (s) => [turn(s.closed)]],
	['an untrusted certificate', (s) => [turn(s.untrusted)]],
	['an untrusted certificate and a wrong password', (s) => [turn(s.untrusted), turn(s.tcp, BOB)]],
	['a port that Chromium leaves alone', () => [turn('turn:127.0.0.1:25?transport=tcp')]],
	['an entry without a credential beside one that works', (s) => [turn(s.udp), turn(s.tcp, { username: 'alice' })]],
	['a URL that no browser reads beside one that works', (s) => [turn(s.udp), { urls: ['stun:127.0.0.1?transport='] }]],
	['stuns:, which Chromium takes for stun:', (s) => [{ urls: [s.stun.replace('stun:', 'stuns:')] }]]
];

describeWith(['chromium', 'coturn'], 'the ICE screen and the check on one list', () => {
	let app: { url: string };
	let coturn: Coturn;
	let dead: DeadServers;
	let browser: TestBrowser;
	let servers: Servers;

	beforeAll(async () => {
		[app, coturn, dead] = await Promise.all([sharedApp(), startCoturn({ tls: true }), startDeadServers()]);
		const { stun, udp, tcp, tls } = coturn.urls;
		const at = '127.0.0.1';
		servers = {
			...{ stun, udp, tcp, untrusted: tls! },
			silentStun: `stun:${at}:${dead.silentUdpPort}`,
			silentUdp: `turn:${at}:${dead.silentUdpPort}?transport=udp`,
			silentTcp: `turn:${at}:${dead.silentTcpPort}?transport=tcp`,
			closed: `turn:${at}:${dead.closedPort}?transport=tcp`
		};
		browser = await launchBrowser('chromium');
	});
	afterAll(async () => {
		await browser?.close();
		await coturn?.close();
		dead?.close();
	});

	/** Both at once, each with its own connections. */
	async function both(iceServers: IceServer[]): Promise<{ gathered: GatheredScreen; report: WrittenReport }> {
		await browser.screen.open(`${app.url}/ice`);
		const [gathered, report] = await Promise.all([
			gatherOnScreen(browser, iceServers),
			browser.evaluate((list: IceServer[]) => window.icelens!.check({ iceServers: list }), iceServers)
		]);
		expect(gathered.servers.map(({ url, state }) => [url, state])).toEqual(
			report.conclusions.servers.map((server) => [server.url, stateWord(server)])
		);
		expect(gathered.text).not.toMatch(/secret|not-his-password/);
		return { gathered, report };
	}

	describe('never disagree', () => {
		for (const [name, list] of LISTS) testWith([], name, async () => void (await both(list(servers))));
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
		const { gathered } = await both([
			turn([servers.udp, servers.tcp]),
			turn(servers.udp, BOB),
			turn(servers.closed),
			turn(servers.untrusted)
		]);
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
