/**
 * What stands before a TURN server changes what the server sees, and not what this network does: the check in real browsers through a
 * port forwarded, a source NAT, and balancers. `npm run lab -- networks` takes all of them in both browsers.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../support/require';
import { patience } from '../../support/patience';
import { makeCheckLab, type CheckLab, type LabBrowser } from './browser-check';
import { hold } from './class-table';
import { describeInLab } from './need';
import { startServerSide, type ServerBehind, type ServerSide } from './server-side';

const FULL = process.env.ICELENS_NATLAB === 'full';
/**
 * The states that rows may have. Behind a source NAT the address that STUN tells is of no use to anybody; the relay lets in what it
 * wrote to first, and drops what came first, so that data gets through or not by who was quicker. Nor does a page know it from a
 * server of its own company's network, whose relays nobody outside may reach: whether calls will work stays unknown.
 */
const SIDES: Record<ServerSide, { stun: string[]; turn: string[]; calls: string }> = {
	'port-forward': { stun: ['works'], turn: ['works'], calls: 'with-turn' },
	'source-nat': { stun: ['unknown'], turn: ['works', 'allocates-only'], calls: 'unknown' },
	'tcp-balancer': { stun: [], turn: ['works'], calls: 'with-turn' },
	'proxy-protocol': { stun: [], turn: ['works'], calls: 'with-turn' },
	'udp-balancer': { stun: ['works'], turn: ['works'], calls: 'with-turn' }
};
const CASES: [ServerSide, LabBrowser][] = FULL
	? (Object.keys(SIDES) as ServerSide[]).flatMap((side): [ServerSide, LabBrowser][] => [
			[side, 'chromium'],
			[side, 'firefox']
		])
	: [
			['source-nat', 'chromium'],
			['tcp-balancer', 'firefox']
		];
const lacking = missing('root', 'coturn', 'chromium', 'firefox', 'haproxy');

describeInLab(`a server behind something${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null)('asked by real browsers', () => {
		let lab: CheckLab;
		let behind: ServerBehind | null = null;
		beforeAll(async () => {
			lab = await makeCheckLab([{ profile: 'port-restricted' }]);
		}, patience(120_000));
		afterEach(async () => {
			await behind?.close();
			behind = null;
		});
		afterAll(() => lab?.close());

		it.each(CASES)('%s in %s', { timeout: patience(120_000) }, async (side, browser) => {
			behind = await startServerSide(lab.lab, side);
			const page = await lab.keep('A', browser);
			try {
				const checked = await page.check({ iceServers: behind.iceServers });
				const { servers } = checked.report.conclusions;
				for (const { url, kind, state } of servers) expect([url, ...SIDES[side][kind]]).toContain(state);
				expect(servers.length).toBe(side.startsWith('tcp') || side.startsWith('proxy') ? 1 : 3);
				const { marks, said } = hold('port-restricted', 'ipv4', browser, 'clean', checked)!;
				expect(Object.entries(marks).filter(([, mark]) => mark === 'wrong')).toEqual([]);
				expect(said.calls).toBe(SIDES[side].calls);
			} finally {
				await page.close();
			}
		});
	});
});
