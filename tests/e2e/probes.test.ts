/** The probes in real browsers, against coturn and against servers that do not serve. Facts only: judging is core's. */
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Observation, ProbeData, ProbeId } from '../../src/lib/core/observations/observation';
import type { CheckConfig, IceServer } from '../../src/lib/core/plan/config';
import { launchBrowser, type BrowserName, type TestBrowser } from '../support/browsers';
import { startCoturn, type Coturn } from '../support/coturn';
import { startDeadServers, type DeadServers } from '../support/dead-servers';
import { startProbePage, type ProbePage } from '../support/probe-page';
import { describeWith, testWith } from '../support/require';
import type { CancelWhen, RunRecord } from './harness/entry';

const USERS = 33;
const PASSWORD = 'not-to-be-seen-in-any-report';
const lan = Object.values(networkInterfaces())
	.flatMap((addresses) => addresses ?? [])
	.find(({ family, internal }) => family === 'IPv4' && !internal)?.address;

const account = (number = 1) => ({ username: `user${number}`, credential: PASSWORD });
const accounts = Array.from({ length: USERS }, (_, i) => `user=${account(i + 1).username}:${PASSWORD}`);

const config = (
	iceServers: IceServer[],
	limits: Partial<CheckConfig['limits']> = {},
	more: Partial<CheckConfig> = {}
): CheckConfig => ({
	iceServers,
	profile: 'full',
	limits: { deadlineMs: 5000, staggerMs: 40, relayBytes: 20_000, ...limits },
	mediaPermission: false,
	...more
});

function observed(record: RunRecord, step: string): Observation {
	const found = record.observations.filter((observation) => observation.step === step);
	expect(found, step).toHaveLength(1);
	return found[0]!;
}

function data<P extends ProbeId>(record: RunRecord, _probe: P, step: string): ProbeData[P] {
	const { outcome } = observed(record, step);
	if (outcome.state !== 'seen') throw new Error(`${step}: ${JSON.stringify(outcome)}`);
	return outcome.data as ProbeData[P];
}

for (const name of ['chromium', 'firefox'] as BrowserName[]) {
	describeWith([name, 'coturn'], `probes in ${name}`, () => {
		let page: ProbePage;
		let coturn: Coturn;
		let dead: DeadServers;
		let browser: TestBrowser;
		const check = (checked: CheckConfig, cancelWhen: CancelWhen | null = null): Promise<RunRecord> =>
			browser.evaluate(`harness.check(${JSON.stringify(checked)}, ${JSON.stringify(cancelWhen)})`);

		beforeAll(async () => {
			[page, coturn, dead] = await Promise.all([
				startProbePage(),
				startCoturn({ addresses: ['127.0.0.1', '127.0.0.2'], extra: ['user=alice:secret', ...accounts] }),
				startDeadServers()
			]);
			browser = await launchBrowser(name);
			await browser.goto(page.url);
		});
		afterAll(async () => {
			await browser?.close();
			await Promise.all([page?.close(), coturn?.close()]);
			dead?.close();
		});

		testWith(
			[],
			'a working STUN and TURN server gives candidates, the mapping, and bytes both ways through each relay',
			async () => {
				const { stun, udp, tcp } = coturn.urls;
				const second = stun.replace('127.0.0.1', '127.0.0.2');
				const record = await check(config([{ urls: [stun, second] }, { urls: [udp, tcp], ...account() }]));
				expect(record.observations).toHaveLength(record.planned.length);
				expect(data(record, 'app-reachability', 'app-reachability')).toMatchObject({ status: 200, clientAddress: '127.0.0.1' });

				for (const url of [stun, second, udp, tcp]) {
					const gathered = data(record, 'server-gathering', `server-gathering ${url}`);
					expect(gathered).toMatchObject({ url, engine: name, endedBy: 'satisfied', errors: [] });
					const types = gathered.candidates.map(({ type }) => type);
					expect(types).toContain('host');
					expect(types.includes('srflx')).toBe(url !== tcp);
					expect(types.includes('relay')).toBe(url.startsWith('turn:'));
					const hosts = gathered.candidates.filter(({ type }) => type === 'host');
					expect(hosts.every(({ address }) => address!.endsWith('.local'))).toBe(true);
					// The machine has no NAT towards itself: the port that the server saw is the port of the socket.
					const reflexive = gathered.candidates.find(({ type }) => type === 'srflx');
					if (reflexive) expect(hosts.map(({ port }) => port)).toContain(reflexive.port);
				}

				// Done without an error after both were asked from one socket: the proof that both answered.
				const mapping = data(record, 'nat-mapping', 'nat-mapping early');
				expect(mapping.observers.toSorted()).toEqual([stun, second].toSorted());
				expect(mapping).toMatchObject({ endedBy: 'complete', errors: [] });
				expect(mapping.candidates.filter(({ type }) => type === 'srflx')).toHaveLength(1);
				expect(observed(record, 'nat-mapping late').outcome.state).toBe('skipped');

				for (const [url, other] of [
					[udp, tcp],
					[tcp, udp]
				] as const) {
					const proof = data(record, 'relay', `relay ${url}`);
					// Firefox keeps loopback and other addresses apart, so there the relay at 127.0.0.1 meets only another relay.
					const first = proof.runs.find(({ toward }) => toward === (name === 'firefox' ? 'self' : 'direct'))!;
					const cross = proof.runs.find(({ toward }) => toward === 'cross')!;
					expect(cross.peerUrl).toBe(other);
					for (const run of [first, cross]) {
						expect(run).toMatchObject({ state: 'carried', bytesOut: 20_000, bytesBack: 20_000, errors: [] });
						expect(run.connectMs).toBeGreaterThan(0);
						expect(run.rttMs).toBeLessThan(observed(record, `relay ${url}`).tookMs);
						expect(run.relayAddress).toMatch(/^127\.0\.0\.[12]$/);
						expect(run.remote!.type).toMatch(run.toward === 'direct' ? /^(srflx|prflx)$/ : /^relay$/);
					}
				}
				expect(JSON.stringify(record.observations)).not.toContain(PASSWORD);
				expect(record.openAfter).toBe(0);
			}
		);

		testWith(
			lan ? [] : ['root'],
			`${lan ? '' : '[no address but loopback here] '}the relay carries to an ordinary socket`,
			async () => {
				if (!lan) return;
				const server = await startCoturn({ addresses: [lan] });
				try {
					const { udp, tcp } = server.urls;
					const servers = [{ urls: [udp, tcp], username: 'alice', credential: 'secret' }];
					const record = await check(config(servers, {}, { profile: 'quick' }));
					for (const url of [udp, tcp]) {
						expect(data(record, 'relay', `relay ${url}`).runs).toEqual([
							expect.objectContaining({
								toward: 'direct',
								state: 'carried',
								bytesOut: 20_000,
								bytesBack: 20_000,
								relayAddress: lan
							})
						]);
					}
				} finally {
					await server.close();
				}
			}
		);

		testWith([], 'servers that fail are told apart by what was seen, and none holds up another', async () => {
			const { stun, udp, tcp } = coturn.urls;
			const silentUdp = `turn:127.0.0.1:${dead.silentUdpPort}?transport=udp`;
			const silentStun = `stun:127.0.0.1:${dead.silentUdpPort}`;
			const silentTcp = `turn:127.0.0.1:${dead.silentTcpPort}?transport=tcp`;
			const closedTcp = `turn:127.0.0.1:${dead.closedPort}?transport=tcp`;
			const malformed = 'stun:127.0.0.1:70000';
			const wrong = { username: 'user1', credential: 'wrong' };
			const record = await check(
				config(
					[
						{ urls: [stun, malformed, silentStun] },
						{ urls: [udp, tcp], ...wrong },
						{ urls: [silentUdp, silentTcp, closedTcp], ...account() },
						{ urls: ['turn:127.0.0.1:9?transport=udp'] }
					],
					{ deadlineMs: 1500 }
				)
			);
			// The silent ones are waited for at the same time.
			const silent = [silentUdp, silentStun, silentTcp].map((url) => observed(record, `server-gathering ${url}`));
			const lastStartMs = Math.max(...silent.map(({ startedMs }) => startedMs));
			expect(lastStartMs).toBeLessThan(Math.min(...silent.map(({ startedMs, tookMs }) => startedMs + tookMs)));
			expect(record.openAfter).toBe(0);
			expect(observed(record, `server-gathering ${stun}`)).toMatchObject({ outcome: { state: 'seen' } });
			expect(data(record, 'server-gathering', `server-gathering ${stun}`).endedBy).toBe('satisfied');

			for (const url of [udp, tcp]) {
				const { errors, candidates } = data(record, 'server-gathering', `server-gathering ${url}`);
				expect(errors.map(({ errorCode }) => errorCode)).toContain(401);
				expect(candidates.some(({ type }) => type === 'relay')).toBe(false);
				expect(observed(record, `relay ${url}`).outcome).toMatchObject({ state: 'skipped' });
			}
			for (const url of [silentUdp, silentStun, silentTcp]) {
				const gathered = data(record, 'server-gathering', `server-gathering ${url}`);
				expect(gathered).toMatchObject({ endedBy: 'deadline', completeMs: null });
				expect(gathered.candidates.every(({ type }) => type === 'host')).toBe(true);
				const { tookMs } = observed(record, `server-gathering ${url}`);
				expect(tookMs).toBeGreaterThan(1450);
				expect(tookMs).toBeLessThan(2 * (1500 + record.stoodStillMs));
			}
			const refused = data(record, 'server-gathering', `server-gathering ${closedTcp}`);
			expect(refused).toMatchObject({ endedBy: 'complete' });
			expect(refused.errors.map(({ errorCode }) => errorCode)).toContain(701);

			const refusal = observed(record, `server-gathering ${malformed}`).outcome;
			expect(refusal).toMatchObject({ state: 'failed', code: 'malformed' });
			expect((refusal as { message: string }).message.length).toBeGreaterThan(10);
			expect(observed(record, 'server-gathering turn:127.0.0.1:9?transport=udp').outcome).toMatchObject({
				state: 'failed',
				code: 'malformed'
			});
			// The malformed ones do not take the others with them.
			const all = data(record, 'ice-gathering', 'ice-gathering');
			expect(all.urls).not.toContain(malformed);
			expect(all.candidates.some(({ type }) => type === 'srflx')).toBe(true);
			// One observer is left, and comparing takes two.
			expect(observed(record, 'nat-mapping early').outcome).toMatchObject({ state: 'skipped' });
			expect(JSON.stringify(record.observations)).not.toContain(PASSWORD);
		});

		testWith([], 'TURN over TLS is refused with a certificate nobody vouches for, and carries with a trusted one', async () => {
			const server = await startCoturn({ tls: true });
			try {
				const byAddress = server.urls.tls!;
				const byName = byAddress.replace('127.0.0.1', 'localhost');
				const checked = config([{ urls: [byAddress, byName], username: 'alice', credential: 'secret' }], { deadlineMs: 30_000 });
				const record = await check(checked);
				for (const url of [byAddress, byName]) {
					const { candidates, errors, endedBy } = data(record, 'server-gathering', `server-gathering ${url}`);
					expect(candidates.some(({ type }) => type === 'relay')).toBe(false);
					expect(endedBy).toBe('complete');
					// Firefox does not even try TLS with an address instead of a name, and says nothing of it.
					const silent = name === 'firefox' && url === byAddress;
					expect(errors.some(({ errorCode }) => errorCode === 701)).toBe(!silent);
				}
				// Trust by a command line flag exists in Chromium only.
				if (name !== 'chromium') return;
				const trusting = await launchBrowser(name, { ignoreCertificateErrors: true });
				try {
					await trusting.goto(page.url);
					const trusted = await trusting.evaluate<RunRecord>(`harness.check(${JSON.stringify(checked)})`);
					const [run] = data(trusted, 'relay', `relay ${byAddress}`).runs;
					expect(run).toMatchObject({ toward: 'direct', state: 'carried', bytesBack: 20_000 });
				} finally {
					await trusting.close();
				}
			} finally {
				await server.close();
			}
		});

		testWith([], 'with one dead server among three the rest is known before its deadline', async () => {
			const { stun, udp } = coturn.urls;
			const second = stun.replace('127.0.0.1', '127.0.0.2');
			const silent = `turn:127.0.0.1:${dead.silentUdpPort}?transport=udp`;
			const record = await check(
				config([{ urls: [stun, second] }, { urls: [silent], ...account(2) }, { urls: [udp], ...account() }])
			);
			const deadMs = record.endedMs[`server-gathering ${silent}`]!;
			expect(deadMs).toBeGreaterThan(5000);
			const late = Object.entries(record.endedMs).filter(([, ms]) => ms >= deadMs);
			// What has to wait for the dead server, and nothing else.
			const waiting = [
				`server-gathering ${silent}`,
				`relay ${silent}`,
				'ice-gathering',
				'nat-mapping late',
				'nat-filtering late'
			];
			expect(waiting).toEqual(expect.arrayContaining(late.map(([step]) => step)));
			// The mapping is not fooled: it asked those that had answered, and both did again.
			expect(data(record, 'nat-mapping', 'nat-mapping early')).toMatchObject({ endedBy: 'complete', errors: [] });
			expect(record.openAfter).toBe(0);
		});

		testWith([], '33 servers are each gathered from and proven', async () => {
			const servers = Array.from({ length: USERS }, (_, i) => ({ urls: [coturn.urls.udp], ...account(i + 1) }));
			const record = await check(config(servers, { relayBytes: 4096, deadlineMs: 3000 }, { profile: 'quick' }));
			const gatherings = record.observations.filter(({ probe }) => probe === 'server-gathering');
			const relays = record.observations.filter(({ probe }) => probe === 'relay');
			expect([gatherings.length, relays.length]).toEqual([USERS, USERS]);
			for (const { outcome, step } of gatherings) {
				const types =
					outcome.state === 'seen' ? (outcome.data as ProbeData['server-gathering']).candidates.map(({ type }) => type) : [];
				expect(types, step).toContain('relay');
			}
			for (const { outcome, step } of relays) {
				const runs = outcome.state === 'seen' ? (outcome.data as ProbeData['relay']).runs : [];
				expect(
					runs.some(({ state, bytesBack }) => state === 'carried' && bytesBack === 4096),
					step
				).toBe(true);
			}
			expect(record.openAfter).toBe(0);
		});

		testWith([], 'a run that is cancelled in the middle ends, says so for every step and leaves nothing open', async () => {
			const { stun, udp, tcp } = coturn.urls;
			const silent = [`turn:127.0.0.1:${dead.silentUdpPort}?transport=udp`, `turn:127.0.0.1:${dead.silentTcpPort}?transport=tcp`];
			// Without the cancelling nothing would end the silent ones while the test lasts.
			const checked = config([{ urls: [stun] }, { urls: [udp, tcp, ...silent], ...account() }], { deadlineMs: 600_000 });
			const record = await check(checked, {
				started: silent.map((url) => `server-gathering ${url}`),
				seen: [`server-gathering ${stun}`]
			});
			expect(record.openAfter).toBe(0);
			expect(record.made).toBeGreaterThan(3);
			expect(record.observations).toHaveLength(record.planned.length);
			for (const url of silent) {
				expect(observed(record, `server-gathering ${url}`).outcome).toMatchObject({ state: 'failed', code: 'aborted' });
				expect(observed(record, `relay ${url}`).outcome).toMatchObject({ state: 'failed', code: 'aborted' });
			}
			expect(observed(record, `server-gathering ${stun}`).outcome.state).toBe('seen');
			// Nothing opens a connection afterwards: timers fire in the order of their times, and a step's is 40 ms behind the last.
			const later = await browser.evaluate<{ made: number; open: number }>(
				`new Promise((resolve) => setTimeout(() => resolve(harness.connections), ${40 * record.planned.length}))`
			);
			expect(later).toEqual({ made: record.made, open: 0 });
		});

		testWith([], 'without servers there are the host candidates alone, and the app as control', async () => {
			const record = await check(config([], { deadlineMs: 1500 }));
			expect(record.planned).toEqual(['server-list', 'app-reachability', 'ice-gathering']);
			const gathered = data(record, 'ice-gathering', 'ice-gathering');
			expect(gathered).toMatchObject({ mediaPermission: 'not-granted', urls: [], errors: [] });
			expect(gathered.candidates.map(({ type }) => type)).toEqual(gathered.candidates.map(() => 'host'));
		});

		testWith([], 'with the microphone allowed host addresses show, and the microphone is closed afterwards', async () => {
			const allowed = await launchBrowser(name, { fakeMedia: true });
			try {
				await allowed.goto(page.url);
				const checked = config([{ urls: [coturn.urls.stun] }], {}, { mediaPermission: true });
				const record = await allowed.evaluate<RunRecord>(`harness.check(${JSON.stringify(checked)})`);
				const gathered = data(record, 'ice-gathering', 'ice-gathering with-permission');
				expect(gathered.mediaPermission).toBe('granted');
				const hosts = gathered.candidates.filter(({ type }) => type === 'host');
				expect(hosts.length).toBeGreaterThan(0);
				expect(hosts.every(({ address }) => !address!.endsWith('.local'))).toBe(true);
				expect(record.tracks).toEqual(['ended']);
			} finally {
				await allowed.close();
			}
		});

		testWith([], 'tells which browser it is', async () => {
			const environment = await browser.evaluate<{ browser: string; engine: string; userAgent: string }>(
				'harness.readEnvironment()'
			);
			const major = browser.version.match(/\d+/)![0];
			expect(environment.browser).toMatch(new RegExp(`^${name}.* ${major}$`, 'i'));
			expect(await browser.evaluate('harness.readAbilities()')).toEqual({
				engine: name,
				mediaPermission: 'prompt',
				appOrigin: page.url.slice(0, -1),
				secureContext: true
			});
		});
	});
}
