/**
 * Real browsers behind real NATs, in one lab of fifteen networks: the check names the NAT of each by both methods, and calls
 * between four of them connect as both reports predict. `npm run lab -- networks` takes all thirty networks in both browsers,
 * many times and over links that lose and delay (class-matrix.test.ts), and calls between eight (peer-matrix.test.ts).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { judgeProberMapping } from '../../../src/lib/core/nat/path-sources';
import { seen } from '../../../src/lib/core/observations/observation';
import { indexObservations } from '../../../src/lib/core/observations/observation-index';
import type { ServerCauseId } from '../../../src/lib/core/verdict/check/server-values';
import { missing } from '../../support/require';
import { patience } from '../../support/patience';
import { profile, type ProfileName } from '../profiles';
import { hostAt } from './blueprint';
import { makeCheckLab, type Checked, type CheckLab, type KeptPage, type LabBrowser } from './browser-check';
import { ASPECTS, hold, mayStayUnknown, row, TABLE_HEAD } from './class-table';
import { describeInLab } from './need';
import { agrees, callAll, matrix, sideOf, type Cell } from './peer-calls';
import { makeSlots } from './slots';

/** One for each rule that a check can come to; the others differ from one of these in what no rule reads. */
const NETWORKS: ProfileName[] = [
	'open',
	'firewall',
	'full-cone-hairpin',
	'address-restricted',
	'port-restricted',
	'symmetric',
	'address-dependent',
	'symmetric-pool',
	'carrier-grade',
	'udp-blocked',
	'udp-3478-blocked',
	'tcp-443',
	'stun-rewritten',
	'ipv6-only',
	'dualstack-broken'
];
/** Firefox names no observers, hides other things, and has an ICE of its own. */
const IN_FIREFOX: ProfileName[] = ['port-restricted', 'symmetric', 'address-dependent', 'udp-blocked', 'ipv6-only'];
const HAIRPIN_ASKED: ProfileName[] = ['full-cone-hairpin', 'port-restricted', 'symmetric'];
const CALLERS: ProfileName[] = ['address-restricted', 'port-restricted', 'symmetric', 'udp-blocked'];
const BY_COMMAND: ProfileName = 'full-cone-hairpin';
const RELAYS_BLAMED: ReadonlySet<string> = new Set<ServerCauseId>([
	'relay-proof-needs-two',
	'relay-address-is-the-inner-one',
	'relay-not-reached-from-outside',
	'relay-lets-nothing-through'
]);
/** Most of a check is waiting, but more browsers at once than this slow each other down on two cores. */
const AT_ONCE = 3;

interface Visit {
	page: KeptPage;
	checked: Checked;
}

const hostOf = (name: ProfileName) => hostAt(NETWORKS.indexOf(name));
const lacking = missing('root', 'coturn', 'chromium', 'firefox');

describeInLab(`the check in real browsers${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null)('behind fifteen networks', () => {
		const slot = makeSlots(AT_ONCE);
		const visits = new Map<string, Promise<Visit>>();
		const rows: string[] = [];
		const cells: Cell[] = [];
		let lab: CheckLab;
		beforeAll(async () => {
			lab = await makeCheckLab(NETWORKS.map((profile) => ({ profile })));
		}, patience(120_000));
		afterAll(async () => {
			for (const visit of await Promise.allSettled(visits.values()))
				if (visit.status === 'fulfilled') await visit.value.page.close();
			await lab?.close();
			const calls = [false, true].map((withTurn) =>
				matrix(
					'chromium',
					withTurn,
					cells.filter((one) => one.withTurn === withTurn)
				)
			);
			process.stdout.write(`\n${TABLE_HEAD}\n${rows.join('\n')}\n\n${calls.join('\n\n')}\n`);
		});

		/** A browser of its own in the network, and one check by it. Who calls later stays. */
		function visit(name: ProfileName, browser: LabBrowser): Promise<Visit> {
			const key = `${name} ${browser}`;
			const known = visits.get(key);
			if (known) return known;
			const made = slot(async () => {
				const page = await lab.keep(hostOf(name), browser);
				try {
					return { page, checked: await page.check({ hairpin: HAIRPIN_ASKED.includes(name) }) };
				} finally {
					if (browser !== 'chromium' || !CALLERS.includes(name)) await page.close();
				}
			});
			visits.set(key, made);
			return made;
		}

		/** For whoever reads a failure. */
		const whatWasSeen = ({ report }: Checked) =>
			report.observations
				.filter(({ probe }) => ['nat-filtering', 'prober-mapping', 'udp-first-answer', 'relay'].includes(probe))
				.map((observation) => JSON.stringify(observation))
				.join('\n');

		/** Nothing wrong, and nothing unknown that can be known; the relays of this lab are as they should be. */
		function expectTrue(name: ProfileName, browser: LabBrowser, checked: Checked): void {
			const blamed = checked.report.conclusions.servers.filter(
				({ error }) => error !== null && RELAYS_BLAMED.has(error.explanation.rule)
			);
			expect(blamed, whatWasSeen(checked)).toEqual([]);
			for (const family of ['ipv4', 'ipv6'] as const) {
				const held = hold(name, family, browser, 'clean', checked);
				if (!held) continue;
				rows.push(row([held]));
				const said = (which: (aspect: (typeof ASPECTS)[number]) => boolean) =>
					ASPECTS.filter(which).map((aspect) => `${family} ${aspect}: ${held.said[aspect]}`);
				expect(
					{
						wrong: said((aspect) => held.marks[aspect] === 'wrong'),
						unknown: said((aspect) => !mayStayUnknown(held, aspect)),
						blockedSaidLate: held.blockedSaidLate
					},
					whatWasSeen(checked)
				).toEqual({ wrong: [], unknown: [], blockedSaidLate: false });
			}
		}

		const cases = NETWORKS.flatMap((name) =>
			(IN_FIREFOX.includes(name) ? (['chromium', 'firefox'] as const) : (['chromium'] as const)).map(
				(browser) => [name, browser] as const
			)
		);
		it.concurrent.each(cases)('names the NAT of %s in %s', { timeout: patience(240_000) }, async (name, browser) => {
			expectTrue(name, browser, (await visit(name, browser)).checked);
		});

		it('names it by the command `icelens check`', { timeout: patience(120_000) }, async () => {
			expectTrue(BY_COMMAND, 'chromium', await lab.check(hostOf(BY_COMMAND), 'chromium'));
		});

		it.each(HAIRPIN_ASKED)(
			'knows hairpinning, and the mapping from where the prober sees it, of %s',
			{ timeout: patience(120_000) },
			async (name) => {
				const { report } = (await visit(name, 'chromium')).checked;
				const { hairpin, mapping, publicAddresses } = report.conclusions.nat.ipv4!;
				const byProber = judgeProberMapping(indexObservations(report.observations), 'ipv4')?.mapping;
				const truth = profile(name).ipv4!;
				expect({ hairpin, mapping, byProber }).toEqual({
					hairpin: truth.hairpin,
					mapping: truth.mapping,
					byProber: truth.mapping
				});
				const sources = seen(report.observations, 'prober-mapping').flatMap(({ data }) =>
					data.seen.map(({ from }) => from?.address)
				);
				expect(new Set(sources)).toEqual(new Set(publicAddresses));
			}
		);

		it.each([false, true])(
			'connects calls as both reports predict (with TURN: %s)',
			{ timeout: patience(180_000) },
			async (withTurn) => {
				const sides = await Promise.all(
					CALLERS.map(async (name) => {
						const { page, checked } = await visit(name, 'chromium');
						return sideOf(name, page.browser, checked.report);
					})
				);
				const found = await callAll(
					sides.flatMap((a, i) => sides.slice(i + 1).map((b) => [a, b] as const)),
					withTurn
				);
				cells.push(...found);
				expect(found.filter((cell) => !agrees(cell))).toEqual([]);
			}
		);

		it('says that UDP is blocked before the servers’ deadline, also in a page that stands still again and again', async () => {
			const { page } = await visit('udp-blocked', 'chromium');
			await page.browser.evaluate(() => {
				const standStill = () => {
					for (const end = performance.now() + 120; performance.now() < end;);
				};
				Object.assign(window, { standing: setInterval(standStill, 600) });
			});
			const checked = await page.check();
			await page.browser.evaluate(() => clearInterval((window as unknown as { standing: number }).standing));
			const { said, blockedSaidLate } = hold('udp-blocked', 'ipv4', 'chromium', 'clean', checked)!;
			const silence = checked.report.observations.find(({ probe }) => probe === 'udp-first-answer')!;
			expect(silence.pausedMs!.stalled).toBeGreaterThan(100);
			expect({ udp: said.udp, blockedSaidLate }, whatWasSeen(checked)).toEqual({ udp: 'no', blockedSaidLate: false });
		});

		it('names a tunnel that carries the web alone', { timeout: patience(120_000) }, async () => {
			const router = `r${hostOf('port-restricted')}`;
			const elsewhere = '198.51.100.190';
			const { page } = await visit('port-restricted', 'chromium');
			await lab.lab.exec('core', ['ip', 'route', 'add', `${elsewhere}/32`, 'dev', `to-${router}`]);
			await lab.lab.exec(router, ['ip', 'addr', 'add', `${elsewhere}/32`, 'dev', 'wan']);
			const rule = `insert rule ip nat source oifname wan meta l4proto tcp snat to ${elsewhere}`;
			expect(await lab.lab.exec(router, ['nft', ...rule.split(' ')])).toMatchObject({ status: 0 });
			const { conclusions } = (await page.check({ profile: 'quick' })).report;
			const found = conclusions.findings.find(({ rule }) => rule === 'web-and-udp-leave-apart');
			expect(sentence(found!)).toContain(elsewhere);
		});
	});
});
