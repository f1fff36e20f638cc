/**
 * Records what real browsers see on real kernel NATs into tests/golden, where the judging part is held to it. Only with
 * RECORD=1 (`npm run lab -- record-reports`): a recording is looked at before it is kept.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, test } from 'vitest';
import { DEFAULT_LIMITS, type CheckConfig } from '../../src/lib/core/plan/config';
import { makePlan, type Abilities } from '../../src/lib/core/plan/plan';
import { toJson } from '../../src/lib/core/report/export/json';
import { makeReport } from '../../src/lib/core/report/make';
import { conclude } from '../../src/lib/core/verdict/conclude';
import type { Environment } from '../../src/lib/core/report/report';
import type { RunRecord } from '../e2e/harness/entry';
import { launchBrowser, type BrowserName } from '../support/browsers';
import { startCoturn } from '../support/coturn';
import { makeLab, PROV, STUN2, type ProfileName } from '../support/namespace';
import { writeProbePage } from '../support/probe-page';
import { describeWith } from '../support/require';
import { SERVER_NAMES, serveNames } from './kernel/names';

const GOLDEN = fileURLToPath(new URL('../golden/', import.meta.url));
/** The last word: servers given by address, or by names of each kind (kernel/names.ts). */
const RECORDINGS: [ProfileName, BrowserName, 'named'?][] = [
	['open', 'chromium'],
	['port-restricted', 'chromium'],
	['port-restricted', 'firefox'],
	['symmetric', 'chromium'],
	['symmetric', 'firefox'],
	['address-dependent', 'chromium'],
	['symmetric-sequential', 'chromium'],
	['carrier-grade', 'chromium'],
	['udp-blocked', 'chromium'],
	['udp-blocked', 'firefox'],
	['dualstack', 'chromium'],
	['full-cone', 'chromium'],
	['address-restricted', 'chromium'],
	['symmetric-pool', 'chromium'],
	['tcp-443', 'chromium'],
	['stun-rewritten', 'chromium'],
	['ipv6-only', 'firefox'],
	['dualstack-broken', 'chromium'],
	['port-restricted', 'chromium', 'named'],
	['port-restricted', 'firefox', 'named'],
	['udp-blocked', 'chromium', 'named'],
	['tcp-443', 'chromium', 'named'],
	['dualstack', 'chromium', 'named'],
	['ipv6-only', 'chromium', 'named']
];
const WANTED = process.env.RECORD ?? '';

/** STUN and TURN by each kind of name. */
function serversByName(turn: { username: string; credential: string }): CheckConfig['iceServers'] {
	const names = Object.values(SERVER_NAMES);
	return [
		{ urls: names.map((name) => `stun:${name}:3478`) },
		{ urls: names.flatMap((name) => [`turn:${name}:3478?transport=udp`, `turn:${name}:443?transport=tcp`]), ...turn }
	];
}

describeWith(['namespaces', 'root', 'coturn', 'chromium', 'firefox', 'dnsmasq'], 'recording', () => {
	let folder: string;
	let page: string;
	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'icelens-record-'));
		page = await writeProbePage(folder);
	});
	afterAll(() => rmSync(folder, { recursive: true }));

	const cases = RECORDINGS.map(([profile, browser, named]) => ({
		id: [profile, named, browser].filter(Boolean).join('-'),
		profile,
		browser,
		named
	}));
	test.skipIf(WANTED === '').each(cases)('$id (set RECORD=1 to record)', async ({ id, profile, browser: browserName, named }) => {
		if (WANTED !== '1' && WANTED !== id) return;
		const lab = await makeLab(profile);
		const closing: (() => Promise<void>)[] = [() => lab.close()];
		try {
			const account = { user: { name: 'ada', password: 'not-in-the-report' } };
			const dual = named !== undefined || profile.startsWith('dualstack') || profile.startsWith('ipv6');
			const addressesOf = (host: { ipv4: string[]; ipv6: string[] }) => [...host.ipv4, ...(dual ? host.ipv6 : [])];
			const prov = await startCoturn({ ...account, addresses: addressesOf(PROV), namespace: lab.namespace('prov') });
			closing.unshift(() => prov.close());
			if (named) {
				const web = await startCoturn({ ...account, addresses: addressesOf(PROV), port: 443, namespace: lab.namespace('prov') });
				closing.unshift(() => web.close());
			}
			const stun2 = await startCoturn({ ...account, addresses: addressesOf(STUN2), namespace: lab.namespace('stun2') });
			closing.unshift(() => stun2.close());
			if (named) await serveNames(lab, 'A');
			const browser = await launchBrowser(browserName, { namespace: lab.namespace('A') });
			closing.unshift(() => browser.close());
			await browser.goto(page);
			const [first] = PROV.ipv4;
			const turn = { username: 'ada', credential: 'not-in-the-report' };
			const config: CheckConfig = {
				iceServers: named
					? serversByName(turn)
					: [
							{ urls: [`stun:${first}:3478`, `stun:${first}:3479`, `stun:${STUN2.ipv4[0]}:3478`] },
							...(dual ? [{ urls: [`stun:[${PROV.ipv6[0]}]:3478`, `stun:[${STUN2.ipv6[0]}]:3478`] }] : []),
							{ urls: [`turn:${first}:3478?transport=udp`, `turn:${first}:3478?transport=tcp`], ...turn }
						],
				profile: 'full',
				limits: DEFAULT_LIMITS,
				mediaPermission: false
			};
			const abilities = await browser.evaluate<Abilities>('harness.readAbilities()');
			const environment = await browser.evaluate<Environment>('harness.readEnvironment()');
			const record = await browser.evaluate<RunRecord>(`harness.check(${JSON.stringify(config)}, null)`);
			const report = makeReport(
				{
					version: '0.1.0',
					id,
					createdAt: '2026-11-21T00:00:00.000Z',
					environment,
					config,
					plan: makePlan(config, abilities),
					observations: record.observations
				},
				conclude
			);
			writeFileSync(`${GOLDEN}${id}.recorded.report.json`, toJson(report));
		} finally {
			for (const close of closing) await close();
		}
	});
});
