/**
 * Servers by name, in real browsers: a name without AAAA where Chromium tells half of it, behind NAT64 and DNS64, and on devices that
 * cannot ask it. Every network with every kind of name is `npm run lab -- networks`.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sentence } from '../../../src/lib/core/messages/en/sentence';
import { missing } from '../../support/require';
import { patience } from '../../support/patience';
import type { ProfileName } from '../profiles';
import { hostAt } from './blueprint';
import { makeCheckLab, type Addressing, type Checked, type CheckLab, type LabBrowser } from './browser-check';
import { ASPECTS, hold, mayStayUnknown } from './class-table';
import { describeInLab, whyNoNat64 } from './need';
import { makeSlots } from './slots';

const NETWORKS: ProfileName[] = ['port-restricted', 'udp-blocked', 'ipv6-only', 'nat64', '464xlat'];
const CASES: [ProfileName, Addressing, LabBrowser][] = [
	['port-restricted', 'ipv4', 'chromium'],
	['port-restricted', 'neither', 'firefox'],
	['udp-blocked', 'ipv4', 'chromium'],
	['ipv6-only', 'ipv4', 'chromium'],
	['ipv6-only', 'ipv6', 'chromium'],
	['nat64', 'ipv4', 'chromium'],
	['nat64', 'ipv4', 'firefox'],
	['464xlat', 'ipv4', 'chromium']
];
const AT_ONCE = 3;
const lacking = missing('root', 'coturn', 'chromium', 'firefox', 'dnsmasq') ?? whyNoNat64;

describeInLab(`servers by name${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null)('in real browsers', () => {
		const slot = makeSlots(AT_ONCE);
		let lab: CheckLab;
		beforeAll(async () => {
			lab = await makeCheckLab(NETWORKS.map((profile) => ({ profile })));
		}, patience(120_000));
		afterAll(() => lab?.close());

		async function check(name: ProfileName, by: Addressing, browser: LabBrowser): Promise<Checked> {
			const page = await lab.keep(hostAt(NETWORKS.indexOf(name)), browser);
			try {
				return await page.check({}, by);
			} finally {
				await page.close();
			}
		}

		it.concurrent.each(CASES)('%s by %s in %s', { timeout: patience(240_000) }, async (name, by, browser) => {
			const checked = await slot(() => check(name, by, browser));
			const { conclusions } = checked.report;
			const held = (['ipv4', 'ipv6'] as const).flatMap((family) => hold(name, family, browser, 'clean', checked, by) ?? []);
			const said = (which: (one: (typeof held)[number], aspect: (typeof ASPECTS)[number]) => boolean) =>
				held.flatMap((one) =>
					ASPECTS.filter((aspect) => which(one, aspect)).map((aspect) => `${one.family} ${aspect}: ${one.said[aspect]}`)
				);
			// One method may have nothing to say; what it adds up to may not.
			const asked = ['mapping', 'filtering', 'udp', 'needs', 'calls'];
			expect({
				wrong: said((one, aspect) => one.marks[aspect] === 'wrong'),
				unknown: said((one, aspect) => asked.includes(aspect) && !mayStayUnknown(one, aspect))
			}).toEqual({ wrong: [], unknown: [] });
			// Where IPv4 is made by a translator alone, no IPv4 peer can be written to.
			if (name === 'nat64') {
				const direct = conclusions.peers.filter(({ direct, peer }) => direct === 'yes' && peer.families.includes('ipv4'));
				expect(direct.map(sentence)).toEqual([]);
				expect(conclusions.findings.map(({ rule }) => rule)).toContain('nat64-signs');
			}
		});
	});
});
