/** The whole check in a real browser inside a lab host: the app and its prober on `prov`, coturn beside them, STUN elsewhere. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { filteringEvidence, judgeFiltering } from '../../../src/lib/core/nat/filtering-rules';
import type { Filtering } from '../../../src/lib/core/nat/conclusion';
import type { Observation } from '../../../src/lib/core/observations/observation';
import type { Report } from '../../../src/lib/core/report/report';
import { startCoturn, type Coturn } from '../../support/coturn';
import { PROFILES, type FilteringKind, type MappingKind, type Profile } from '../profiles';
import { makeLab, type ClientSpec, type Lab } from './lab';
import { PROV, STUN2 } from './topology';

export const COMMAND = fileURLToPath(new URL('../../../dist/icelens.mjs', import.meta.url));
export type LabBrowser = 'chromium' | 'firefox';

const APP_PORT = 8478;
const COTURN_PORT = 4478;

export interface CheckLab {
	lab: Lab;
	hosts: string[];
	/** Runs `icelens check` in a host; rejects with what it printed when there is no report. */
	check(host: string, browser: LabBrowser): Promise<{ report: Report; tookMs: number }>;
	close(): Promise<void>;
}

export async function makeCheckLab(clients: readonly ClientSpec[]): Promise<CheckLab> {
	const lab = await makeLab(...clients);
	const folder = await mkdtemp(join(tmpdir(), 'icelens-servers-'));
	const file = (...families: ('ipv4' | 'ipv6')[]) => join(folder, `${families.join('-')}.json`);
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
		await app.printed(new RegExp(`:${APP_PORT}`), 30_000);
		servers.push(await startCoturn({ namespace: await lab.namespace('prov'), addresses, port: COTURN_PORT }));
		servers.push(await startCoturn({ namespace: await lab.namespace('stun2'), addresses: [...STUN2.ipv4, ...STUN2.ipv6] }));
		const account = { username: 'alice', credential: 'secret' };
		const list = {
			ipv4: [
				{ urls: [`stun:${STUN2.ipv4[0]}:3478`, `stun:${PROV.ipv4[0]}:${COTURN_PORT + 1}`] },
				{ urls: ['udp', 'tcp'].map((transport) => `turn:${PROV.ipv4[0]}:${COTURN_PORT}?transport=${transport}`), ...account }
			],
			ipv6: [
				{ urls: [`stun:[${STUN2.ipv6[0]}]:3478`] },
				{ urls: [`turn:[${PROV.ipv6[0]}]:${COTURN_PORT}?transport=udp`], ...account }
			]
		};
		await writeFile(file('ipv4'), JSON.stringify(list.ipv4));
		await writeFile(file('ipv6'), JSON.stringify(list.ipv6));
		await writeFile(file('ipv4', 'ipv6'), JSON.stringify([...list.ipv4, ...list.ipv6]));
	} catch (error) {
		await close();
		throw error;
	}
	return {
		lab,
		hosts: clients.map((_, i) => String.fromCharCode(65 + i)),
		close,
		async check(host, browser) {
			const i = host.charCodeAt(0) - 65;
			const { egress } = (PROFILES[clients[i]!.profile] as Profile).routers[0]!;
			const has = (['ipv4', 'ipv6'] as const).filter((family) => lab.hosts[host]![family].length > 0);
			const app = has[0] === 'ipv4' ? PROV.ipv4[0] : `[${PROV.ipv6[0]}]`;
			// Where the network lets nobody reach the app, the command serves it itself.
			const url = egress === 'tcp-443' || egress === 'web' || egress === 'no-tcp' ? [] : ['--url', `http://${app}:${APP_PORT}`];
			const argv = ['check', ...url, '--servers', file(...has), '--browser', browser, '--format', 'json'];
			const began = performance.now();
			const ran = await lab.exec(host, [process.execPath, COMMAND, ...argv], { timeoutMs: 90_000 });
			try {
				return { report: JSON.parse(ran.stdout) as Report, tookMs: performance.now() - began };
			} catch {
				throw new Error(`icelens check in ${host} gave no report (status ${ran.status}): ${ran.stderr}`);
			}
		}
	};
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
	const { filtering } = judgeFiltering(filteringEvidence(own, family, mapping));
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
