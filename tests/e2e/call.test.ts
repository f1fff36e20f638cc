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
import type { CallRecord } from './harness/call';

/** What may be found where two encoders and whatever else runs share two cores. The path has no part in it. */
const OF_A_BUSY_MACHINE = ['call-freezes', 'call-jitter', 'call-directions-differ'];

interface Route {
	path: CallPath;
	servers: IceServer[];
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
		const call = (what: string, ...args: unknown[]) =>
			browser.evaluate<CallRecord>(`harness.calls.${what}(${args.map((arg) => JSON.stringify(arg)).join()})`);
		const start = async (route: Route, options = {}, media = {}) => {
			expect(
				await browser.evaluate(
					`harness.calls.start(${JSON.stringify(route)}, ${JSON.stringify(options)}, ${JSON.stringify(media)})`
				)
			).toBe('connected');
		};
		/** Nothing stays behind: no connection, no track, no exception that nobody caught. */
		const expectClean = async (record: CallRecord) => {
			expect(record.call.error).toBeNull();
			expect(record.liveTracks).toBe(0);
			expect(await browser.evaluate('harness.connections.open')).toBe(0);
		};
		const rises = (values: number[]) =>
			values.length > 2 && values.every((value, i) => i === 0 || value >= values[i - 1]!) && values.at(-1)! > values[0]! + 10;

		for (const who of ['embedded', 'coturn'] as const) {
			for (const transport of ['udp', 'tcp', 'tls'] as const) {
				testWith([], `goes through ${who} TURN over ${transport} and nothing else, with media both ways`, async () => {
					const record = await call('make', relay(who, transport), { durationMs: 1900, pollMs: 300 });
					expect(record.call).toMatchObject({ endedBy: 'duration', error: null, path: { kind: 'relay', transport } });
					expect(record.call.connectMs).toBeGreaterThan(0);
					expect(record.call.mediaMs).toBeGreaterThan(0);
					for (const end of [record.ends.caller, record.ends.callee]) {
						// Peer-reflexive where the other relay's first packet was quicker than word of its candidate: both ends have only a relay.
						expect(end.selected.length).toBeGreaterThan(0);
						for (const pair of end.selected) expect(pair).toMatch(new RegExp(`^relay/${transport} (relay|prflx)$`));
						expect(rises(end.framesDecoded), end.framesDecoded.join()).toBe(true);
						expect(rises(end.counters), end.counters.join()).toBe(true);
						const series = [...SERIES, ...(name === 'chromium' ? CHROMIUM_SERIES : [])];
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
					expect(record.findings.filter((rule) => !OF_A_BUSY_MACHINE.includes(rule))).toEqual([]);
					await expectClean(record);
				});
			}
		}

		testWith([], 'between host candidates: no STUN, no relay', async () => {
			const record = await call('make', plain('host'), { durationMs: 1800, pollMs: 400 });
			expect(record.call.endedBy).toBe('duration');
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
			const record = await call('make', dead, { deadlineMs: 1500 });
			expect(record.call).toMatchObject({ endedBy: 'not-connected', connectMs: null });
			expect(record.findings).toEqual(['call-not-connected']);
			expect(record.quality).not.toBe('good');
			await expectClean(record);
		});

		testWith([], 'ICE restart, another path and a lost camera in mid-call: the call goes on and tells of each', async () => {
			await start(relay('coturn', 'udp'), {}, { source: 'devices' });
			await pause(1000);
			await call('act', 'ice-restart');
			await pause(800);
			await call('act', 'lose-camera');
			await pause(800);
			await call('act', 'path-switch', relay('coturn', 'tcp'));
			await pause(1800);
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
			// The synthetic picture that took the camera's place was seen at the other end.
			expect(record.ends.callee.counters.length).toBeGreaterThan(0);
			await expectClean(record);
		});

		testWith([], 'a page that stood still shows a gap and no line', async () => {
			await start(plain('host'));
			await pause(1800);
			if (name === 'chromium') {
				const session = await browser.page!.context().newCDPSession(browser.page!);
				await session.send('Debugger.enable');
				await session.send('Debugger.pause');
				await pause(2200);
				await session.send('Debugger.resume');
				await session.detach();
			} else {
				// Timers stand still as well while a script runs.
				await browser.evaluate('(() => { const until = performance.now() + 2200; while (performance.now() < until); })()');
			}
			await pause(1500);
			const record = await call('finish');
			expect(record.call.marks.map(({ kind }) => kind)).toEqual(['connected', 'pause', 'ended']);
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
				await pause(1800);
			} finally {
				await other.close();
			}
			await expect
				.poll(() => browser.evaluate('harness.calls.state()'), { timeout: 8000, interval: 250 })
				.toMatch(/interrupted|ended/);
			const record = await call('finish');
			expect(record.call.marks.map(({ kind }) => kind)).toContain('interrupted');
			expect(record.ends.callee.framesDecoded.at(-1)).toBeGreaterThan(8);
			expect(record.samples).toBeGreaterThan(500);
			await expectClean(record);
		});

		testWith([], 'the load test: data both ways, pings beside them, every connection closed', async () => {
			const load = await browser.evaluate<Throughput>(
				`harness.calls.load(${JSON.stringify(relay('coturn', 'udp'))}, { secondsEach: 1, bytesAtMost: 30000000 })`
			);
			expect(load.endedBy).toBe('done');
			for (const run of load.loads) {
				expect(run.bitrateBps).toBeGreaterThan(1e6);
				expect(run.forth.received).toBeGreaterThan(5);
				expect(run.back.received).toBeGreaterThan(5);
			}
			expect(load.idle.forth.delayMs!.median).toBeLessThan(500);
			expect(await browser.evaluate('harness.connections.open')).toBe(0);
		});

		testWith([], 'the same call over several paths in turn', async () => {
			const dead = relay('coturn', 'tcp');
			dead.path = { ...dead.path, url: `turn:127.0.0.1:${closedPort}?transport=tcp` };
			const compared = await browser.evaluate<{ ended: string[]; connectMs: (number | null)[]; kinds: string[] }>(
				`harness.calls.compare(${JSON.stringify([plain('host'), relay('embedded', 'udp'), { ...dead, servers: [{ ...account, urls: [dead.path.url] }] }])})`
			);
			expect(compared.ended).toEqual(['duration', 'duration', 'not-connected']);
			expect(compared.kinds).toEqual(['host', 'udp', 'tcp']);
			expect(await browser.evaluate('harness.connections.open')).toBe(0);
		});

		// Last: it leaves the page.
		testWith([], 'a page that is left closes its call first, with what was measured', async () => {
			await start(relay('coturn', 'udp'));
			await pause(2000);
			await browser.goto(`${page.url}?elsewhere`);
			const record = (await call('kept'))!;
			expect(record.call.endedBy).toBe('page-left');
			expect(record.ends.callee.framesDecoded.at(-1)).toBeGreaterThan(15);
			await expectClean(record);
		});
	});
}
