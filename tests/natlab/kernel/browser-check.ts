/** The whole check in a real browser inside a lab host: the app and its prober on `prov`, coturn beside them, STUN elsewhere. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filteringEvidence, judgeFiltering } from '../../../src/lib/core/nat/filtering-rules';
import { indexObservations } from '../../../src/lib/core/observations/observation-index';
import type { Filtering } from '../../../src/lib/core/nat/conclusion';
import type { Observation } from '../../../src/lib/core/observations/observation';
import type { Report } from '../../../src/lib/core/report/report';
import { launchBrowser, type BrowserOptions, type TestBrowser } from '../../support/browsers';
import { startCoturn, type Coturn } from '../../support/coturn';
import { patience } from '../../support/patience';
import { PROFILES, profile, type FilteringKind, type MappingKind, type Profile, type ProfileName } from '../profiles';
import { makeLab, type ClientSpec, type Lab } from './lab';
import { OTHER_NAMES, SERVER_NAMES, serveNames, type NameKind } from './names';
import { PROV, STUN2 } from './topology';

export const COMMAND = fileURLToPath(new URL('../../../dist/icelens.mjs', import.meta.url));
export type LabBrowser = 'chromium' | 'firefox';
/** How the list gives its servers: by literal addresses of the device's families, or by one kind of name. */
export type Addressing = 'address' | NameKind;

const APP_PORT = 8478;
/** Where clients with IPv4 open it. */
export const APP_ORIGIN = `http://${PROV.ipv4[0]}:${APP_PORT}`;
export const COTURN_PORT = 4478;

export interface Checked {
	report: Report;
	tookMs: number;
}

/** A browser that stays open in a host, with the app's page in it. */
export interface KeptPage {
	browser: TestBrowser;
	/** With the full profile and servers by address; what is given goes before. */
	check(
		config?: { hairpin?: boolean; profile?: 'quick'; iceServers?: RTCIceServer[]; mediaPermission?: boolean },
		by?: Addressing
	): Promise<Checked>;
	close(): Promise<void>;
}

export interface CheckLab {
	lab: Lab;
	hosts: string[];
	/** Runs `icelens check` in a host; rejects with what it printed when there is no report. */
	check(host: string, browser: LabBrowser): Promise<Checked>;
	/** The same check by the same page, for those who want it many times: a browser is started once. */
	keep(host: string, browser: LabBrowser, options?: Pick<BrowserOptions, 'before' | 'fakeMedia' | 'args'>): Promise<KeptPage>;
	close(): Promise<void>;
}

export const ACCOUNT = { username: 'alice', credential: 'secret' };
/** What is offered where UDP does not get out: TURN over TCP on the web's port. */
const webPortTurn = (host: string) => ({ urls: [`turn:${host}:443?transport=tcp`], ...ACCOUNT });
const SERVERS = {
	ipv4: [
		{ urls: [`stun:${STUN2.ipv4[0]}:3478`, `stun:${PROV.ipv4[0]}:${COTURN_PORT + 1}`] },
		{ urls: ['udp', 'tcp'].map((transport) => `turn:${PROV.ipv4[0]}:${COTURN_PORT}?transport=${transport}`), ...ACCOUNT }
	],
	ipv6: [
		{ urls: [`stun:[${STUN2.ipv6[0]}]:3478`] },
		{ urls: [`turn:[${PROV.ipv6[0]}]:${COTURN_PORT}?transport=udp`], ...ACCOUNT }
	]
};

/** The same machines, by name. */
function serversByName(kind: NameKind) {
	const [name, other] = [SERVER_NAMES[kind], OTHER_NAMES[kind]];
	return [
		{ urls: [`stun:${other}:3478`, `stun:${name}:${COTURN_PORT + 1}`] },
		{ urls: ['udp', 'tcp'].map((transport) => `turn:${name}:${COTURN_PORT}?transport=${transport}`), ...ACCOUNT }
	];
}

export async function makeCheckLab(clients: readonly ClientSpec[]): Promise<CheckLab> {
	const lab = await makeLab(...clients);
	const folder = await mkdtemp(join(tmpdir(), 'icelens-servers-'));
	const servers: Coturn[] = [];
	const close = async () => {
		await Promise.all(servers.map((server) => server.close()));
		await rm(folder, { recursive: true, force: true });
		await lab.close();
	};
	try {
		const addresses = [...PROV.ipv4, ...PROV.ipv6];
		const app = lab.spawn('prov', [process.execPath, COMMAND, 'serve', '--host', '::', '--port', String(APP_PORT)], {
			env: { ICELENS_ADDRESSES: addresses.join(',') }
		});
		await app.printed(new RegExp(`:${APP_PORT}`), patience(30_000));
		servers.push(await startCoturn({ namespace: lab.namespace('prov'), addresses, port: COTURN_PORT }));
		const stun2 = { namespace: lab.namespace('stun2'), addresses: [...STUN2.ipv4, ...STUN2.ipv6] };
		servers.push(await startCoturn(stun2));
		if (clients.some(({ profile }) => withoutUdp(profile))) servers.push(await startCoturn({ ...stun2, port: 443 }));
	} catch (error) {
		await close();
		throw error;
	}
	const named = new Map<string, Promise<void>>();
	const resolveNames = (host: string) => {
		const dns64 = (PROFILES[clients[host.charCodeAt(0) - 65]!.profile] as Profile).routers[0]!.nat64;
		if (!named.has(host)) named.set(host, serveNames(lab, host, { dns64 }));
		return named.get(host)!;
	};
	const settingOf = (host: string, by: Addressing = 'address') => {
		const { profile } = clients[host.charCodeAt(0) - 65]!;
		const { egress } = (PROFILES[profile] as Profile).routers[0]!;
		const has = (['ipv4', 'ipv6'] as const).filter((family) => lab.hosts[host]![family].length > 0);
		return {
			iceServers: [
				...(by === 'address' ? has.flatMap((family) => SERVERS[family]) : serversByName(by)),
				...(withoutUdp(profile) ? [webPortTurn(by === 'address' ? STUN2.ipv4[0]! : OTHER_NAMES[by])] : [])
			],
			/** Null where the network lets nobody reach the app: then the host serves it to itself. */
			url:
				egress === 'tcp-443' || egress === 'web' || egress === 'no-tcp'
					? null
					: `http://${has[0] === 'ipv4' ? PROV.ipv4[0] : `[${PROV.ipv6[0]}]`}:${APP_PORT}`
		};
	};
	return {
		lab,
		hosts: clients.map((_, i) => String.fromCharCode(65 + i)),
		close,
		async check(host, browser) {
			const { iceServers, url } = settingOf(host);
			const file = join(folder, `${host}.json`);
			await writeFile(file, JSON.stringify(iceServers));
			const argv = ['check', ...(url ? ['--url', url] : []), '--servers', file, '--browser', browser, '--format', 'json'];
			const began = performance.now();
			const ran = await lab.exec(host, [process.execPath, COMMAND, ...argv], { timeoutMs: patience(90_000) });
			try {
				return { report: JSON.parse(ran.stdout) as Report, tookMs: performance.now() - began };
			} catch {
				throw new Error(`icelens check in ${host} gave no report (status ${ran.status}): ${ran.stderr}`);
			}
		},
		async keep(host, name, options = {}) {
			const { url } = settingOf(host);
			const own = url === null ? await serveIn(lab, host) : null;
			const browser = await launchBrowser(name, { namespace: lab.namespace(host), ...options });
			const close = async () => {
				await browser.close();
				await own?.stop();
			};
			try {
				await browser.screen.open(`${url ?? `http://127.0.0.1:${APP_PORT}`}/`);
			} catch (error) {
				await close();
				throw error;
			}
			return {
				browser,
				async check(config = {}, by = 'address') {
					if (by !== 'address') await resolveNames(host);
					const { iceServers } = settingOf(host, by);
					const call = `window.icelens.check(${JSON.stringify({ iceServers, profile: 'full', ...config })})`;
					const began = performance.now();
					return { report: await browser.evaluate<Report>(call), tookMs: performance.now() - began };
				},
				close
			};
		}
	};
}

async function serveIn(lab: Lab, host: string) {
	const app = lab.spawn(host, [process.execPath, COMMAND, 'serve', '--host', '127.0.0.1', '--port', String(APP_PORT)]);
	await app.printed(new RegExp(`:${APP_PORT}`), patience(30_000));
	return app;
}

function withoutUdp(name: ProfileName): boolean {
	return ['no-udp', 'tcp-443', 'web'].includes(profile(name).routers[0]!.egress);
}

/** What one method says by itself, and how long after the start of its step that was known. */
export function byMethod(
	report: Report,
	method: 'turn' | 'prober',
	family: 'ipv4' | 'ipv6'
): { filtering: Filtering; tookMs: number | null } {
	const own = report.observations.filter(
		(one) => one.probe !== 'nat-filtering' || (one.outcome.state === 'seen' && one.outcome.data.method === method)
	);
	const mapping = report.conclusions.nat[family]?.mapping ?? 'unknown';
	const steps = own.filter(
		(one): one is Observation & { probe: 'nat-filtering' } =>
			one.probe === 'nat-filtering' && one.outcome.state === 'seen' && one.outcome.data.family === family
	);
	const { filtering } = judgeFiltering(filteringEvidence(indexObservations(own), family, mapping));
	return { filtering, tookMs: steps.length > 0 ? Math.round(Math.min(...steps.map(({ tookMs }) => tookMs))) : null };
}

/**
 * Whether a mapping is right. A page that may not see host addresses cannot tell a public address from a NAT that keeps
 * ports; observers that a browser does not name cannot split the two kinds of dependence.
 */
export function rightMapping(truth: MappingKind | 'blocked', said: string): boolean {
	if (truth === 'blocked') return said === 'unknown';
	if (truth === 'none') return said === 'none' || said === 'endpoint-independent';
	if (truth === 'endpoint-independent') return said === truth;
	return said === truth || said === 'endpoint-dependent';
}

export function rightFiltering(truth: FilteringKind | 'blocked', said: string): boolean {
	return truth === 'blocked' ? said === 'unknown' : said === truth;
}

/** When, ms after the run began, the last of the facts came that a judgement rests on. */
export function knownAfterMs(report: Report, known: (observations: readonly Observation[]) => boolean): number | null {
	const ordered = report.observations.toSorted((a, b) => a.startedMs + a.tookMs - (b.startedMs + b.tookMs));
	for (let n = 0; n <= ordered.length; n++) {
		if (!known(ordered.slice(0, n))) continue;
		const last = ordered[n - 1];
		return last ? Math.round(last.startedMs + last.tookMs) : 0;
	}
	return null;
}
