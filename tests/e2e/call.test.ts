/** Calls in real browsers: over the path that was chosen and no other, with media both ways; and every way a call may end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import type { IceServer } from '../../src/lib/core/ice/server';
import type { CallPath, Throughput } from '../../src/lib/core/observations/observation';
import { makeCertificate } from '../../src/lib/server/certificate';
import { startApp, type TestApp } from '../support/app';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { freePort, startCoturn, type Coturn } from '../support/coturn';
import { startProbePage, type ProbePage } from '../support/probe-page';
import { describeWith, testWith } from '../support/require';
import { patience } from '../support/patience';
import type { CallRecord, Wanted } from './harness/call';

interface Route {
	path: CallPath;
	servers: IceServer[];
}

/** All six pairs of server and transport; else each transport once, by both servers. */
const FULL = process.env.ICELENS_CALLS === 'full';
const RELAYS = (
	[
		['embedded', 'udp'],
		['coturn', 'tcp'],
		['embedded', 'tls'],
		['embedded', 'tcp'],
		['coturn', 'udp'],
		['coturn', 'tls']
	] as const
).slice(0, FULL ? 6 : 3);
/** At a poll every 200 ms: longer than the two and a half after which a time without one is a pause. */
const STILL_MS = 1000;

/** Series that both browsers must fill in a call with sound and picture; what only one of them knows stands apart. */
const SERIES = [
	'one-way-delay',
	'one-way-jitter',
	'one-way-loss',
	'round-trip-time',
	'path-bitrate-out',
	'path-bitrate-in',
	'bitrate-in',
	'bitrate-out',
	'packet-rate-in',
	'packet-rate-out',
	'loss-in',
	'jitter-in',
	'jitter-buffer-delay',
	'frames-decoded',
	'frames-encoded',
	'freezes',
	'freeze-share',
	'width-in',
	'nack-sent',
	'pli-received',
	'concealment',
	'data-bitrate-in',
	'picture-delay'
];
const CHROMIUM_SERIES = ['available-outgoing-bitrate', 'limited-by-bandwidth', 'target-bitrate', 'send-delay'];

for (const name of ['chromium', 'firefox'] as BrowserName[]) {
	// Firefox tries no `turns:` with an address, and trusts a certificate only from its own store.
	describeWith([name, 'coturn', ...(name === 'firefox' ? (['certutil'] as const) : [])], `a call in ${name}`, () => {
		const folder = mkdtempSync(join(tmpdir(), 'icelens-call-'));
		let page: ProbePage;
		let app: TestApp;
		let coturn: Coturn;
		let browser: TestBrowser;
		let embedded: IceServer;
		/** Nothing listens there. */
		let closedPort: number;
		const account = { username: 'alice', credential: 'secret' };

		beforeAll(async () => {
			const certificate = await makeCertificate(['localhost', '127.0.0.1']);
			writeFileSync(join(folder, 'cert.pem'), certificate.cert);
			writeFileSync(join(folder, 'key.pem'), certificate.key);
			[page, app, coturn, browser] = await Promise.all([
				startProbePage(),
				startApp({ ICELENS_TLS_CERT: join(folder, 'cert.pem'), ICELENS_TLS_KEY: join(folder, 'key.pem') }),
				startCoturn({ tls: { certificate } }),
				launchBrowser(name, {
					fakeMedia: true,
					trustedCertificates: [certificate],
					args: name === 'chromium' ? ['--autoplay-policy=no-user-gesture-required'] : [],
					firefoxPrefs: { 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 }
				})
			]);
			const servers = (await (await fetch(`${app.url}/api/ice-servers`)).json()) as { iceServers: IceServer[] } | IceServer[];
			embedded = (Array.isArray(servers) ? servers : servers.iceServers).find(({ urls }) => urls[0]!.startsWith('turn'))!;
			closedPort = await freePort('127.0.0.1');
			await browser.goto(page.url);
			await browser.evaluate('harness.countConnections()');
		});
		afterAll(async () => {
			await browser?.close();
			await Promise.all([page?.close(), app?.close(), coturn?.close()]);
			rmSync(folder, { recursive: true, force: true });
		});

		const relay = (who: 'embedded' | 'coturn', transport: 'udp' | 'tcp' | 'tls', far: 'relay' | 'direct' = 'relay'): Route => {
			const urls = who === 'embedded' ? embedded.urls : Object.values(coturn.urls).filter((url) => url !== null);
			const found = urls.find((url) =>
				transport === 'tls' ? url.startsWith('turns:') : url.startsWith('turn:') && url.endsWith(transport)
			)!;
			// Both servers listen on 127.0.0.1; only by the name will Firefox try TLS.
			const url = transport === 'tls' && name === 'firefox' ? found.replace('127.0.0.1', 'localhost') : found;
			const credentials = who === 'embedded' ? embedded : account;
			return { path: { kind: 'relay', url, transport, far }, servers: [{ ...credentials, urls: [url] }] };
		};
		const plain = (kind: 'any' | 'host' | 'srflx'): Route => ({
			path: { kind, url: null, transport: null, far: null },
			servers: [{ urls: [coturn.urls.stun] }]
		});
		const call = <R = CallRecord>(what: string, ...args: unknown[]) =>
			browser.evaluate<R>(`harness.calls.${what}(${args.map((arg) => JSON.stringify(arg)).join()})`);
		const start = async (route: Route, options = {}, media = {}) =>
			expect(await call('start', route, options, media)).toBe('connected');
		/** Waits until both ends have seen this more than now; what is missing afterwards is in the call's record. */
		const until = (wanted: Wanted) => call('until', wanted, patience(30_000));
		/** Nothing stays behind: no connection, no track, no exception that nobody caught. */
		const expectClean = async (record: CallRecord) => {
			expect(record.call.error).toBeNull();
			expect(record.liveTracks).toBe(0);
			expect(await browser.evaluate('harness.connections.open')).toBe(0);
		};
		const rises = (values: number[]) =>
			values.length > 2 && values.every((value, i) => i === 0 || value >= values[i - 1]!) && values.at(-1)! > values[0]! + 10;

		/** How long a relayed call took to connect here: what a deadline is measured by. */
		let connectMs = 0;

		for (const [who, transport] of RELAYS) {
			testWith([], `goes through ${who} TURN over ${transport} and nothing else, with media both ways`, async () => {
				const series = [...SERIES, ...(name === 'chromium' ? CHROMIUM_SERIES : [])];
				const wanted: Wanted = { frames: 12, counters: 12, series };
				const record = await call('makeUntil', wanted, patience(30_000), relay(who, transport), { pollMs: 300 });
				expect(record.call).toMatchObject({ endedBy: 'stopped', error: null, path: { kind: 'relay', transport } });
				expect(record.call.connectMs).toBeGreaterThan(0);
				expect(record.call.mediaMs).toBeGreaterThan(0);
				connectMs = Math.max(connectMs, record.call.connectMs!);
				for (const end of [record.ends.caller, record.ends.callee]) {
					// Peer-reflexive where the other relay's first packet was quicker than word of its candidate: both ends have only a relay.
					expect(end.selected.length).toBeGreaterThan(0);
					for (const pair of end.selected) expect(pair).toMatch(new RegExp(`^relay/${transport} (relay|prflx)$`));
					expect(rises(end.framesDecoded), end.framesDecoded.join()).toBe(true);
					expect(rises(end.counters), end.counters.join()).toBe(true);
					expect(series.filter((id) => (end.series[id] ?? 0) < 3)).toEqual([]);
				}
				for (const step of [
					'caller create-offer called',
					'callee set-remote done',
					'callee create-answer done',
					'caller connection-state connected'
				]) {
					expect(record.eventCalls).toContain(step);
				}
				// Whatever else this machine does meanwhile: that it was busy is said of the machine.
				expect(record.findings).toEqual([]);
				await expectClean(record);
			});
		}

		testWith([], 'between host candidates: no STUN, no relay', async () => {
			const record = await call('makeUntil', { frames: 12 }, patience(30_000), plain('host'), { pollMs: 300 });
			expect(record.call.endedBy).toBe('stopped');
			for (const end of [record.ends.caller, record.ends.callee]) {
				for (const pair of end.selected) expect(pair).toMatch(/^(host|prflx) (host|prflx)$/);
				expect(rises(end.framesDecoded)).toBe(true);
			}
			await expectClean(record);
		});

		testWith([], 'a path that leads nowhere ends within its deadline, and says so', async () => {
			const dead = { ...relay('coturn', 'tcp') };
			dead.path = { ...dead.path, url: `turn:127.0.0.1:${closedPort}?transport=tcp` };
			dead.servers = [{ ...account, urls: [dead.path.url!] }];
			const record = await call('make', dead, { deadlineMs: 800 });
			expect(record.call).toMatchObject({ endedBy: 'not-connected', connectMs: null });
			expect(record.findings).toEqual(['call-not-connected']);
			expect(record.quality).not.toBe('good');
			await expectClean(record);
		});

		testWith([], 'ICE restart, another path and a lost camera in mid-call: the call goes on and tells of each', async () => {
			await start(relay('coturn', 'udp'), { pollMs: 300 }, { source: 'devices' });
			await until({ frames: 13 });
			await call('act', 'ice-restart');
			await until({ frames: 5 });
			await call('act', 'lose-camera');
			// The synthetic picture that took the camera's place was seen at the other end.
			await until({ frames: 5, counters: 3 });
			await call('act', 'path-switch', relay('coturn', 'tcp'));
			await until({ frames: 11 });
			const record = await call('finish');
			expect(record.call.media.source).toBe('devices');
			expect(record.call.marks.map(({ kind }) => kind)).toEqual([
				'connected',
				'ice-restart',
				'device-lost',
				'path-switch',
				'ended'
			]);
			expect(record.call.paths.map(({ path }) => path.transport)).toEqual(['udp', 'tcp']);
			expect(record.ends.caller.selected.at(0)).toMatch(/^relay\/udp (relay|prflx)$/);
			expect(record.ends.caller.selected.at(-1)).toMatch(/^relay\/tcp (relay|prflx)$/);
			// Each path has streams of its own, counted from 0.
			const frames = record.ends.callee.framesDecoded;
			const second = frames.findIndex((count, k) => k > 0 && count < frames[k - 1]!);
			expect(second, frames.join()).toBeGreaterThan(0);
			expect(frames[second - 1], frames.join()).toBeGreaterThan(12);
			expect(frames.at(-1), frames.join()).toBeGreaterThan(10);
			expect(record.ends.callee.counters.length).toBeGreaterThan(0);
			await expectClean(record);
		});

		testWith([], 'a page that stood still shows a gap and no line', async () => {
			await start(plain('host'), { pollMs: 200 });
			await until({ frames: 5 });
			if (name === 'chromium') {
				const session = await browser.page!.context().newCDPSession(browser.page!);
				await session.send('Debugger.enable');
				await session.send('Debugger.pause');
				await new Promise((resolve) => setTimeout(resolve, STILL_MS));
				await session.send('Debugger.resume');
				await session.detach();
			} else {
				// Timers stand still as well while a script runs.
				await browser.evaluate(`(() => { const until = performance.now() + ${STILL_MS}; while (performance.now() < until); })()`);
			}
			await until({ frames: 5 });
			const record = await call('finish');
			// A machine that is busy may hold the page still more than once.
			expect([...new Set(record.call.marks.map(({ kind }) => kind))]).toEqual(['connected', 'pause', 'ended']);
			expect(record.summary!.machine!.page.pausedMs.stalled).toBeGreaterThan(0.9 * STILL_MS);
			expect(record.aboutMachine).toEqual(['call-machine-busy']);
			expect(record.findings).toEqual([]);
			expect(record.gaps).toBeGreaterThan(0);
			expect(record.states).not.toContain('interrupted');
			await expectClean(record);
		});

		testWith([], 'a TURN server that goes away in mid-call: said at once, and what was measured stays', async () => {
			const other = await startCoturn();
			try {
				await start({
					path: { kind: 'relay', url: other.urls.udp, transport: 'udp', far: 'relay' },
					servers: [{ ...account, urls: [other.urls.udp] }]
				});
				await until({ frames: 9 });
			} finally {
				await other.close();
			}
			await expect
				.poll(() => browser.evaluate('harness.calls.state()'), { timeout: patience(60_000), interval: 250 })
				.toMatch(/interrupted|ended/);
			const record = await call('finish');
			expect(record.call.marks.map(({ kind }) => kind)).toContain('interrupted');
			expect(record.ends.callee.framesDecoded.at(-1)).toBeGreaterThan(8);
			expect(record.samples).toBeGreaterThan(100);
			await expectClean(record);
		});

		testWith([], 'the load test: data both ways, pings beside them, every connection closed', async () => {
			const load = await browser.evaluate<Throughput>(
				`harness.calls.load(${JSON.stringify(relay('coturn', 'udp'))}, { secondsEach: 0.5, bytesAtMost: 30000000 })`
			);
			expect(load.endedBy).toBe('done');
			for (const run of load.loads) {
				expect(run.bitrateBps).toBeGreaterThan(0);
				// What was loaded, and not the pings beside it.
				expect(run.bytes).toBeGreaterThan(10_000);
				expect(run.forth.received).toBeGreaterThan(0);
				expect(run.back.received).toBeGreaterThan(0);
			}
			expect(load.idle.forth.delayMs!.median).toBeGreaterThan(0);
			expect(await browser.evaluate('harness.connections.open')).toBe(0);
		});

		testWith([], 'the same call over several paths in turn', async () => {
			const dead = relay('coturn', 'tcp');
			dead.path = { ...dead.path, url: `turn:127.0.0.1:${closedPort}?transport=tcp` };
			dead.servers = [{ ...account, urls: [dead.path.url!] }];
			const deadlineMs = connectMs === 0 ? 5000 : Math.max(1500, 8 * connectMs);
			const compared = await call<{ ended: string[]; kinds: string[] }>(
				'compare',
				[plain('host'), relay('embedded', 'udp'), dead],
				deadlineMs
			);
			expect(compared.ended).toEqual(['duration', 'duration', 'not-connected']);
			expect(compared.kinds).toEqual(['host', 'udp', 'tcp']);
			expect(await browser.evaluate('harness.connections.open')).toBe(0);
		});

		// Last: it leaves the page.
		testWith([], 'a page that is left closes its call first, with what was measured', async () => {
			await start(relay('coturn', 'udp'));
			await until({ frames: 16 });
			await browser.goto(`${page.url}?elsewhere`);
			const record = (await call('kept'))!;
			expect(record.call.endedBy).toBe('page-left');
			expect(record.ends.callee.framesDecoded.at(-1)).toBeGreaterThan(15);
			await expectClean(record);
		});
	});
}
