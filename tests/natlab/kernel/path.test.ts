/**
 * Hairpinning, the mapping as the prober sees it, and a tunnel for the web, in both browsers: part of `npm run lab -- networks`
 * alone. networks.test.ts asks the same of Chromium.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { seen } from '../../../src/lib/core/observations/observation';
import { indexObservations } from '../../../src/lib/core/observations/observation-index';
import { judgeProberMapping } from '../../../src/lib/core/nat/path-sources';
import type { Report } from '../../../src/lib/core/report/report';
import { launchBrowser, type BrowserName } from '../../support/browsers';
import { startCoturn, type Coturn } from '../../support/coturn';
import { patience } from '../../support/patience';
import { describeWith, type Need } from '../../support/require';
import type { ProfileName } from '../profiles';
import { hostAt } from './blueprint';
import { COMMAND } from './browser-check';
import { makeLab, type Lab } from './lab';
import { PROV, STUN2 } from './topology';

const FULL = process.env.ICELENS_NATLAB === 'full';
const URL = `http://${PROV.ipv4[0]}:8478`;
const ACCOUNT = { username: 'ada', credential: 'secret' };
const SERVERS = [
	{ urls: [`stun:${STUN2.ipv4[0]}:3478`, `stun:${PROV.ipv4[0]}:4479`] },
	{ urls: [`turn:${PROV.ipv4[0]}:4478?transport=udp`], ...ACCOUNT }
];
const PROFILES: { profile: ProfileName; hairpin: string; mapping: string; prober: string | null }[] = [
	{ profile: 'full-cone-hairpin', hairpin: 'yes', mapping: 'endpoint-independent', prober: 'endpoint-independent' },
	{ profile: 'port-restricted', hairpin: 'no', mapping: 'endpoint-independent', prober: 'endpoint-independent' },
	{ profile: 'symmetric', hairpin: 'no', mapping: 'address-and-port-dependent', prober: 'address-and-port-dependent' }
];

const needs: Need[] = ['root', 'namespaces', 'coturn', 'chromium', 'firefox'];

describe.skipIf(!FULL)('the way out, in both browsers (npm run lab -- networks)', () => {
	describeWith(needs, 'behind three networks', theWayOut);
});

function theWayOut() {
	let lab: Lab;
	const servers: Coturn[] = [];
	beforeAll(async () => {
		lab = await makeLab(...PROFILES.map(({ profile }) => profile));
		const app = lab.spawn('prov', [process.execPath, COMMAND, 'serve', '--host', '::', '--port', '8478'], {
			env: { ICELENS_ADDRESSES: PROV.ipv4.join(',') }
		});
		await app.printed(/:8478/, patience(60_000));
		const user = { user: { name: 'ada', password: 'secret' } };
		servers.push(await startCoturn({ ...user, namespace: lab.namespace('prov'), addresses: PROV.ipv4, port: 4478 }));
		servers.push(await startCoturn({ ...user, namespace: lab.namespace('stun2'), addresses: STUN2.ipv4 }));
	});
	afterAll(async () => {
		for (const server of servers) await server.close();
		await lab?.close();
	});

	async function check(host: string, name: BrowserName): Promise<Report> {
		const browser = await launchBrowser(name, { namespace: lab.namespace(host) });
		try {
			await browser.goto(`${URL}/`);
			await expect
				.poll(() => browser.evaluate<boolean>('typeof window.icelens === "object"'), { timeout: patience(60_000) })
				.toBe(true);
			return await browser.evaluate<Report>(
				`window.icelens.check(${JSON.stringify({ iceServers: SERVERS, profile: 'quick', hairpin: true })})`
			);
		} finally {
			await browser.close();
		}
	}

	const cases = PROFILES.flatMap((one, i) =>
		(['chromium', 'firefox'] as const).map((browser) => ({
			...one,
			browser,
			host: hostAt(i)
		}))
	);
	it.each(cases)(
		'knows hairpinning and the mapping of $profile in $browser',
		async ({ host, browser, hairpin, mapping, prober }) => {
			const report = await check(host, browser);
			const nat = report.conclusions.nat.ipv4!;
			expect({
				hairpin: nat.hairpin,
				mapping: nat.mapping,
				prober: judgeProberMapping(indexObservations(report.observations), 'ipv4')?.mapping
			}).toEqual({
				hairpin,
				mapping,
				prober
			});
			const sources = seen(report.observations, 'prober-mapping').flatMap(({ data }) =>
				data.seen.map(({ from }) => from?.address)
			);
			expect(new Set(sources)).toEqual(new Set(nat.publicAddresses));
		}
	);

	it.each(['chromium', 'firefox'] as const)('names a tunnel that carries the web alone, in %s', async (browser) => {
		const elsewhere = '198.51.100.250';
		const nft = (rule: string) => lab.exec('rB', ['nft', ...rule.split(' ')]);
		await lab.exec('core', ['ip', 'route', 'add', `${elsewhere}/32`, 'dev', 'to-rB']);
		await lab.exec('rB', ['ip', 'addr', 'add', `${elsewhere}/32`, 'dev', 'wan']);
		expect((await nft(`insert rule ip nat source oifname wan meta l4proto tcp snat to ${elsewhere}`)).status).toBe(0);
		const { conclusions } = await check('B', browser);
		const found = conclusions.findings.find(({ rule }) => rule === 'web-and-udp-leave-apart');
		expect(sentence(found!)).toContain(elsewhere);
	});
}
