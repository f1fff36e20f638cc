/**
 * Two Icelens servers with one address each, partners of each other, and a real browser behind real NATs that opens a page of
 * the first: its filter is named, and never wrongly when the second's packets do not leave it. `npm run lab -- networks` takes
 * Firefox too, and more ways to lose the second's packets.
 */
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seen, type ProberFiltering } from '../../../src/lib/core/observations/observation';
import { indexObservations } from '../../../src/lib/core/observations/observation-index';
import { judgeProberMapping } from '../../../src/lib/core/nat/path-sources';
import type { Report } from '../../../src/lib/core/report/report';
import { launchBrowser, type TestBrowser } from '../../support/browsers';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import type { ProfileName } from '../profiles';
import { COMMAND, type LabBrowser } from './browser-check';
import { hostAt } from './blueprint';
import { makeLab, type Lab } from './lab';
import { describeInLab } from './need';
import { PROV, STUN2 } from './topology';

const FULL = process.env.ICELENS_NATLAB === 'full';
const BROWSERS: LabBrowser[] = FULL ? ['chromium', 'firefox'] : ['chromium'];
const [HOME, PARTNER] = [PROV.ipv4[0]!, STUN2.ipv4[0]!];
const PORT = 8478;
const SECRET = 'a secret of the laboratory';
const CASES = [
	{ profile: 'full-cone', filtering: 'endpoint-independent', rule: 'filtering-prober-let-in' },
	{ profile: 'address-restricted', filtering: 'address-dependent', rule: 'filtering-prober-by-address' },
	{ profile: 'port-restricted', filtering: 'address-and-port-dependent', rule: 'filtering-prober-by-address-and-port' }
] satisfies { profile: ProfileName; filtering: string; rule: string }[];
/** Rules of the second server's own firewall; `sport` are its prober's. */
const LOST = [
	{ what: 'dropped', rules: ['udp sport 3488-3489 drop'] },
	// The most deceptive: what the page has written to may answer.
	{ what: 'let out only as answers', rules: ['ct state established,related accept', 'udp sport 3488-3489 drop'] },
	{ what: 'dropped towards this network', rules: ['ip daddr 198.51.100.0/24 udp sport 3488-3489 drop'] }
];

const lacking = missing('root', ...BROWSERS);

describeInLab(`two servers as partners${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null).each(BROWSERS)('seen from %s', (browserName) => {
		let lab: Lab;
		const pages = new Map<number, TestBrowser>();
		const rows: string[] = [];
		beforeAll(async () => {
			lab = await makeLab(...CASES.map(({ profile }) => profile));
			await Promise.all([serve('prov', HOME, PARTNER), serve('stun2', PARTNER, HOME)]);
		});
		afterAll(async () => {
			await Promise.all([...pages.values()].map((page) => page.close()));
			await lab?.close();
			process.stdout.write(
				`\n| network (${browserName}) | the second server's packets | filtering | rule | prober, ms |\n|---|---|---|---|---|\n${rows.join('\n')}\n`
			);
		});

		async function serve(host: string, address: string, partner: string): Promise<void> {
			const app = lab.spawn(host, [process.execPath, COMMAND, 'serve', '--host', address, '--port', String(PORT)], {
				env: {
					ICELENS_ADDRESSES: address,
					ICELENS_PARTNER: `http://${partner}:${PORT}`,
					ICELENS_PARTNER_SECRET: SECRET
				}
			});
			await app.printed(new RegExp(`:${PORT}`), patience(60_000));
		}

		async function openPage(i: number): Promise<TestBrowser> {
			const known = pages.get(i);
			if (known) return known;
			const page = await launchBrowser(browserName, { namespace: lab.namespace(hostAt(i)) });
			pages.set(i, page);
			await page.goto(`http://${HOME}:${PORT}/`);
			await expect
				.poll(() => page.evaluate<boolean>('typeof window.icelens === "object"'), { timeout: patience(60_000) })
				.toBe(true);
			return page;
		}

		async function check(page: TestBrowser, network: string, packets: string) {
			const iceServers = [{ urls: [`stun:${HOME}:3478`] }];
			const report = await page.evaluate<Report>(`window.icelens.check(${JSON.stringify({ iceServers, profile: 'quick' })})`);
			const data = seen(report.observations, 'nat-filtering').find(({ data }) => data.method === 'prober')
				?.data as ProberFiltering;
			const nat = report.conclusions.nat.ipv4!;
			const { filtering } = nat.evidence;
			const { rule } = filtering!;
			rows.push(`| ${network} | ${packets} | ${nat.filtering} | ${rule} | ${Math.round(data.tookMs)} |`);
			const mapping = judgeProberMapping(indexObservations(report.observations), 'ipv4');
			return { data, filtering: nat.filtering, rule, text: sentence(filtering!), mapping };
		}

		it.each(CASES.map((one, i) => ({ ...one, i })))(
			'tells the filter of $profile with the help of the second server',
			{ timeout: patience(120_000) },
			async ({ profile, filtering, rule, i }) => {
				const page = await openPage(i);
				// On a busy machine the servers may come to know each other after the page has asked, and then all is unknown.
				let said = await check(page, profile, 'arrive');
				while (said.filtering === 'unknown' || said.mapping === null) said = await check(page, profile, 'arrive');
				expect({ filtering: said.filtering, rule: said.rule }).toEqual({ filtering, rule });
				const { data, mapping } = said;
				if (filtering === 'address-and-port-dependent') expect(data.partner).toBeUndefined();
				else {
					expect(said.text).toContain(`second Icelens server ${PARTNER}`);
					expect(data.probes.map(({ from }) => from.address)).toEqual([HOME, HOME, PARTNER, PARTNER]);
				}
				expect(mapping).toMatchObject({
					mapping: 'endpoint-independent',
					because: { rule: 'mapping-prober-two-addresses-agree' }
				});
				expect(sentence(mapping.because)).toContain(`of the second Icelens server ${PARTNER}`);
			}
		);

		it.each(FULL ? LOST : LOST.slice(0, 2))(
			'leaves the filter unknown when packets of the second server are $what',
			{ timeout: patience(120_000) },
			async ({ what, rules }) => {
				await lab.exec('stun2', ['nft', 'flush', 'ruleset']);
				const lines = ['table ip lost {', 'chain out {', 'type filter hook output priority filter;', ...rules, '}', '}', ''];
				expect(await lab.exec('stun2', ['nft', '-f', '-'], { input: lines.join('\n') })).toMatchObject({ status: 0 });
				for (const i of FULL ? [0, 1] : [0]) {
					const said = await check(await openPage(i), CASES[i]!.profile, what);
					expect({ filtering: said.filtering, rule: said.rule, why: said.data.partner!.why }).toEqual({
						filtering: 'unknown',
						rule: 'filtering-prober-partner-tells-nothing',
						why: 'not-answered'
					});
				}
			}
		);
	});
});
