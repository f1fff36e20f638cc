/**
 * The main promise, end to end: for each kind of server, good or broken, the servers table and the answers are right, in the
 * report and on the screen. Real browsers behind a real home NAT, coturn and our own server outside, nothing mocked.
 */
import { sentence } from '../../src/lib/core/messages/en/sentence';
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import type { IceServer } from '../../src/lib/core/ice/server';
import { parseReport } from '../../src/lib/core/report/parse';
import type { Question, QuestionAnswers, Report, ServerState } from '../../src/lib/core/report/report';
import { makeCertificate, type Certificate } from '../../src/lib/server/certificate';
import { startApp, type TestApp } from '../support/app';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { checkOnScreen, type CheckedScreen } from '../support/check-screen';
import { startCoturn, type Coturn } from '../support/coturn';
import { makeLab, PROV, STUN2, type Lab, type LabProcess } from '../support/namespace';
import { describeWith, testWith } from '../support/require';

const SECRET = 'a-secret-for-tests';
const DEADLINE_MS = 5000;
const [MAIN, SECOND] = PROV.ipv4 as [string, string];
const STUN = [`stun:${MAIN}:3478`, `stun:${STUN2.ipv4[0]}:3478`];

/** TURN REST credentials that expire so many seconds from now. */
function account(expiresInS = 3600): Pick<IceServer, 'username' | 'credential'> {
	const username = `${Math.floor(Date.now() / 1000) + expiresInS}:tester`;
	return { username, credential: createHmac('sha1', SECRET).update(username).digest('base64') };
}
const turn = (url: string, more: Partial<IceServer> = {}): IceServer => ({ urls: [url], ...account(), ...more });
const stun = (...urls: string[]): IceServer => ({ urls });

/** Servers that accept and then say nothing, in the middle of the network where everybody can reach them. */
const SILENT_SERVERS = `
	const udp = require('node:dgram').createSocket('udp4');
	udp.bind(4000, '${MAIN}');
	require('node:net').createServer((socket) => socket.on('error', () => {}).resume()).listen(4000, '${MAIN}', () => console.log('ready'));`;

interface Case {
	name: string;
	servers: () => IceServer[];
	/** The state of each URL asked, in the report; the state of every one of them when it is one word. */
	states: Record<string, ServerState | ServerState[]>;
	answers: Partial<QuestionAnswers>;
	/** Words that the screen must show. */
	shows: RegExp[];
	/** The run ends within this, by the page's own count of time, on a machine that does nothing else; twice that is let pass. */
	withinMs?: number;
	/** Another path than the home NAT in front of it all. */
	path?: 'tcp-dropped' | 'dualstack';
}

const UDP = `turn:${MAIN}:3478?transport=udp`;
const TCP = `turn:${MAIN}:3478?transport=tcp`;
const TLS = 'turns:prov.lab:5349?transport=tcp';

const CASES: Case[] = [
	{
		name: 'says that TURN works over UDP, TCP and TLS',
		servers: () => [stun(...STUN), turn(UDP), turn(TCP), turn(TLS)],
		states: { [STUN[0]!]: 'works', [STUN[1]!]: 'works', [UDP]: 'works', [TCP]: 'works', [TLS]: 'works' },
		answers: { 'udp-usable': 'yes', 'turn-works': 'yes', 'calls-will-work': 'with-turn' },
		shows: [/carried/i, /TURN/],
		withinMs: DEADLINE_MS
	},
	{
		name: 'names a wrong password',
		servers: () => [
			stun(...STUN),
			turn(UDP, { credential: 'not-this-password' }),
			turn(TCP, { credential: 'not-this-password' })
		],
		states: { [STUN[0]!]: 'works', [UDP]: 'unauthorized', [TCP]: 'unauthorized' },
		answers: { 'udp-usable': 'yes', 'turn-works': 'no' },
		shows: [/user ?name|password|credential/i]
	},
	{
		name: 'names an expired credential',
		servers: () => [stun(...STUN), turn(UDP, account(-60))],
		states: { [UDP]: 'unauthorized' },
		answers: { 'turn-works': 'no' },
		shows: [/expired/i]
	},
	{
		name: 'says that nobody listens on a closed port',
		servers: () => [stun(...STUN), turn(`turn:${MAIN}:4001?transport=tcp`), turn(`turn:${MAIN}:4001?transport=udp`)],
		states: {
			[`turn:${MAIN}:4001?transport=tcp`]: 'unreachable',
			[`turn:${MAIN}:4001?transport=udp`]: 'unreachable'
		},
		answers: { 'udp-usable': 'yes', 'turn-works': 'no' },
		shows: [/port/i],
		withinMs: DEADLINE_MS + 1500
	},
	{
		name: 'says that a silent UDP port, and a TCP port that accepts and stays silent, give no answer',
		servers: () => [stun(...STUN), turn(`turn:${MAIN}:4000?transport=udp`), turn(`turn:${MAIN}:4000?transport=tcp`)],
		states: {
			[STUN[0]!]: 'works',
			[`turn:${MAIN}:4000?transport=udp`]: 'unreachable',
			[`turn:${MAIN}:4000?transport=tcp`]: 'unreachable'
		},
		answers: { 'udp-usable': 'yes', 'turn-works': 'no' },
		shows: [/no answer|silent|nothing/i],
		withinMs: DEADLINE_MS + 1500
	},
	{
		name: 'names a certificate that nobody trusts',
		servers: () => [stun(...STUN), turn(UDP), turn(`turns:prov-b.lab:5349?transport=tcp`)],
		states: { [UDP]: 'works', 'turns:prov-b.lab:5349?transport=tcp': 'tls-failed' },
		answers: { 'turn-works': 'partly', 'calls-will-work': 'with-turn' },
		shows: [/certificate/i]
	},
	{
		name: 'says that only UDP works where the path drops TCP without a word',
		servers: () => [stun(...STUN), turn(UDP), turn(TCP), turn(TLS)],
		states: { [UDP]: 'works', [TCP]: 'unreachable', [TLS]: ['unreachable', 'tls-failed'] },
		answers: { 'udp-usable': 'yes', 'turn-works': 'partly', 'calls-will-work': 'with-turn' },
		shows: [/TCP/],
		withinMs: DEADLINE_MS + 1500,
		path: 'tcp-dropped'
	},
	{
		name: 'says that a relay cannot be reached from outside',
		servers: () => [stun(...STUN), turn(`turn:${SECOND}:3500?transport=udp`)],
		states: { [`turn:${SECOND}:3500?transport=udp`]: 'allocates-only' },
		answers: { 'udp-usable': 'yes', 'turn-works': 'no' },
		shows: [/relay/i]
	},
	{
		name: 'names external-ip where a relay hands out an inner address',
		servers: () => [stun(...STUN), turn(`turn:${SECOND}:3600?transport=udp`)],
		states: { [`turn:${SECOND}:3600?transport=udp`]: 'misconfigured' },
		answers: { 'turn-works': 'no' },
		shows: [/external-ip/]
	},
	{
		name: 'says that no TURN is configured where there is STUN only',
		servers: () => [stun(...STUN)],
		states: { [STUN[0]!]: 'works', [STUN[1]!]: 'works' },
		answers: { 'udp-usable': 'yes', 'turn-works': 'no-turn-configured' },
		shows: [/TURN/],
		withinMs: 2500
	},
	{
		name: 'says that it cannot tell without any server',
		servers: () => [],
		states: {},
		answers: {
			'udp-usable': 'unknown',
			'needs-turn': 'unknown',
			'turn-works': 'no-turn-configured',
			'calls-will-work': 'unknown'
		},
		shows: [/cannot tell/i]
	},
	{
		name: 'says that STUN and TURN work over IPv6',
		servers: () => [stun(...STUN, `stun:[${PROV.ipv6[0]}]:3478`), turn(`turn:[${PROV.ipv6[0]}]:3478?transport=udp`)],
		states: { [`stun:[${PROV.ipv6[0]}]:3478`]: 'works', [`turn:[${PROV.ipv6[0]}]:3478?transport=udp`]: 'works' },
		answers: { 'ipv6-usable': 'yes', 'turn-works': 'yes' },
		shows: [/IPv6/],
		path: 'dualstack'
	},
	{
		name: 'tells which of 33 servers live',
		servers: () => Array.from({ length: 33 }, (_, i) => stun(`stun:${i % 2 ? MAIN : SECOND}:${i < 2 ? 3478 : 4100 + i}`)),
		// Two of them live: both addresses on the usual port.
		states: { [`stun:${MAIN}:3478`]: 'works', [`stun:${SECOND}:3478`]: 'works', [`stun:${SECOND}:4132`]: 'unreachable' },
		answers: { 'udp-usable': 'yes', 'turn-works': 'no-turn-configured' },
		shows: [/:4132/],
		withinMs: DEADLINE_MS + 4000
	},
	{
		name: 'says that our own server works over UDP and TCP',
		servers: () => [
			stun(...STUN),
			turn(`turn:${STUN2.ipv4[0]}:3478?transport=udp`),
			turn(`turn:${STUN2.ipv4[0]}:3478?transport=tcp`)
		],
		states: {
			[STUN[1]!]: 'works',
			[`turn:${STUN2.ipv4[0]}:3478?transport=udp`]: 'works',
			[`turn:${STUN2.ipv4[0]}:3478?transport=tcp`]: 'works'
		},
		answers: { 'udp-usable': 'yes', 'turn-works': 'yes', 'calls-will-work': 'with-turn' },
		shows: [/carried/i]
	}
];

/** Everything outside: coturn good and bad, our own server, and servers that do not serve. */
interface Outside {
	certificate: Certificate;
	close(): Promise<void>;
}

async function startOutside(lab: Lab): Promise<Outside> {
	const prov = lab.namespace('prov');
	const certificate = await makeCertificate(['prov.lab']);
	const started: (Coturn | TestApp | LabProcess)[] = [];
	const coturn = (options: Parameters<typeof startCoturn>[0]) =>
		startCoturn({ namespace: prov, secret: SECRET, ...options }).then((server) => started.push(server));
	const silent = lab.spawn('prov', [process.execPath, '-e', SILENT_SERVERS]);
	started.push(silent);
	await Promise.all([
		silent.printed(/ready/),
		coturn({ addresses: [MAIN, PROV.ipv6[0]!], tls: { certificate } }),
		// The certificate names another host than the one that is asked for.
		coturn({ addresses: [SECOND], tls: { certificate: await makeCertificate(['elsewhere.lab']) } }),
		// What it relays goes out and comes in by ports that the firewall below closes.
		coturn({ addresses: [SECOND], port: 3500, extra: ['min-port=30000', 'max-port=30100'] }),
		coturn({ addresses: [SECOND], port: 3600, extra: ['external-ip=10.1.2.3', 'min-port=31000', 'max-port=31100'] }),
		startApp(
			{
				ICELENS_STUN_PORT: '3478',
				ICELENS_TLS_PORT: '5349',
				ICELENS_ADDRESSES: STUN2.ipv4[0]!,
				ICELENS_TURN_SECRET: SECRET,
				HOST: '0.0.0.0'
			},
			{ namespace: lab.namespace('stun2') }
		).then((app) => started.push(app))
	]);
	const firewall =
		'add table inet closed; add chain inet closed in { type filter hook input priority 0; }; add rule inet closed in iifname != "lo" udp dport 30000-30100 drop';
	const closed = await lab.exec('prov', ['nft', firewall]);
	if (closed.status !== 0) throw new Error(`The relay ports could not be closed: ${closed.stderr}`);
	return {
		certificate,
		close: async () => void (await Promise.all(started.map((one) => ('close' in one ? one.close() : one.stop()))))
	};
}

function answerTo<Q extends Question>(report: Report, question: Q): string {
	return report.conclusions.answers.find((answer) => answer.question === question)!.says;
}

function expectCase(wanted: Case, screen: CheckedScreen): void {
	const { report } = screen;
	const parsed = parseReport(JSON.stringify(report));
	expect(parsed.ok, parsed.ok ? '' : parsed.error.message).toBe(true);
	for (const [url, states] of Object.entries(wanted.states)) {
		const rows = report.conclusions.servers.filter((server) => server.url === url);
		expect(rows.length, `a row for ${url}`).toBeGreaterThan(0);
		for (const row of rows) expect([states].flat(), `${url}: ${sentence(row)}`).toContain(row.state);
		expect(screen.servers[url], `${url} on the screen`).toBeTruthy();
		for (const row of rows.filter(({ error }) => error)) expect(screen.servers[url]).toContain(sentence(row.error!.nextStep));
	}
	for (const [question, says] of Object.entries(wanted.answers)) {
		expect(answerTo(report, question as Question), `${question}: ${JSON.stringify(report.conclusions.answers, null, 1)}`).toBe(
			says
		);
	}
	for (const words of wanted.shows) expect(screen.text).toMatch(words);
	expect(screen.livedMs).toBeGreaterThan(0);
	if (wanted.withinMs) expect(screen.livedMs).toBeLessThan(2 * wanted.withinMs);
	expect(JSON.stringify(report)).not.toContain('"credential"');
	for (const { credential } of wanted.servers()) if (credential) expect(JSON.stringify(report)).not.toContain(credential);
}

for (const name of ['chromium', 'firefox'] as BrowserName[]) {
	for (const path of [undefined, 'tcp-dropped', 'dualstack'] as Case['path'][]) {
		const cases = CASES.filter((one) => one.path === path);
		describeWith(
			[name, 'coturn', 'namespaces', 'nftables', 'certutil'],
			`servers seen by ${name} through ${path ?? 'a home NAT'}`,
			() => {
				let lab: Lab;
				let outside: Outside;
				let app: TestApp;
				let browser: TestBrowser;

				beforeAll(async () => {
					lab = await makeLab(path ?? 'port-restricted');
					outside = await startOutside(lab);
					const namespace = lab.namespace('A');
					app = await startApp({}, { namespace });
					browser = await launchBrowser(name, { namespace, trustedCertificates: [outside.certificate] });
				});
				afterAll(async () => {
					await browser?.close();
					await app?.close();
					await outside?.close();
					await lab?.close();
				});

				for (const one of cases) {
					testWith([], one.name, async () => {
						const screen = await checkOnScreen(browser, app.url, one.servers());
						expectCase(one, screen);
					});
				}
			}
		);
	}
}
