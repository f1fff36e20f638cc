/**
 * Two devices on two networks, by the screen and the app's own signalling: outcome, prediction, chosen path and reasons have to
 * be right. `npm run test:natlab-full` takes every pair of seven kinds of network, and Firefox as the guest.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { concludePair, pairWords, type PairConclusion } from '../../../src/lib/core/verdict/pair';
import { launchBrowser, type TestBrowser } from '../../support/browsers';
import { meet, pairReport, shown, untilShown } from '../../support/meet-screen';
import { missing } from '../../support/require';
import type { ProfileName } from '../profiles';
import { COMMAND, type LabBrowser } from './browser-check';
import { makeLab, type Lab } from './lab';
import { describeInLab } from './need';
import { PROV, WEB } from './topology';

const FULL = process.env.ICELENS_NATLAB === 'full';
/** The port that every network lets through. With two addresses of its own the app can tell how a mapping depends on the destination. */
const APP = `http://${PROV.ipv4[0]}:443`;
/** The one address that is reached where only the web is. */
const WEB_APP = `http://${WEB.ipv4[0]}:443`;
const KINDS: ProfileName[] = [
	'full-cone',
	'address-restricted',
	'port-restricted',
	'symmetric',
	'address-dependent',
	'udp-blocked'
];
const QUICK: [ProfileName, ProfileName][] = [
	['port-restricted', 'address-restricted'],
	['port-restricted', 'symmetric'],
	['symmetric', 'udp-blocked']
];
const PAIRS: [ProfileName, ProfileName][] = FULL
	? KINDS.flatMap((a, i) => KINDS.slice(i + 1).map((b) => [a, b] as [ProfileName, ProfileName]))
	: QUICK;
const GUESTS: LabBrowser[] = FULL ? ['chromium', 'firefox'] : ['chromium'];
const lacking = missing('root', 'chromium', ...GUESTS);

/** Without a relay: the measured truth of these kinds of NAT (RFC 4787 §4 and §5). */
function connectsDirectly(a: ProfileName, b: ProfileName): boolean {
	if (a === 'udp-blocked' || b === 'udp-blocked') return false;
	const dependent = (name: ProfileName) => name === 'symmetric' || name === 'address-dependent';
	const strict = (name: ProfileName) => name === 'port-restricted' || dependent(name);
	return !((dependent(a) && strict(b)) || (dependent(b) && strict(a)));
}

describeInLab(`two devices${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null).each(GUESTS)('a guest in %s', (guestBrowser) => {
		const names = [...new Set(PAIRS.flat())];
		let lab: Lab;
		const rows: string[] = [];
		beforeAll(async () => {
			lab = await makeLab(...names.map((profile) => ({ profile })));
			await serve(lab, 'prov');
		}, 120_000);
		afterAll(async () => {
			await lab?.close();
			process.stdout.write(
				`\n| host | guest (${guestBrowser}) | predicted | direct | then | over |\n|---|---|---|---|---|---|\n${rows.join('\n')}\n`
			);
		});

		it.each(PAIRS)('%s invites %s', { timeout: 120_000 }, async (one, other) => {
			const host = await launchBrowser('chromium', { namespace: await lab.namespace(hostName(names, one)) });
			const guest = await launchBrowser(guestBrowser, { namespace: await lab.namespace(hostName(names, other)) });
			try {
				const pair = await callEachOther(host, guest);
				const direct = pair.outcomes[0]!;
				const last = pair.outcomes.at(-1)!;
				const chosen = last.ends.host.chosen;
				rows.push(
					`| ${one} | ${other} | ${direct.prediction?.works} | ${direct.connected ? 'connects' : 'no path'} | ${last.data.path.url ?? 'direct'} | ${chosen ? pairWords(chosen) : '–'} |`
				);
				expect(direct.connected).toBe(connectsDirectly(one, other));
				expect(direct.prediction!.works).toBe(direct.connected ? 'yes' : 'no');
				expect(last.connected).toBe(true);
				if (direct.connected) return;
				// What did not connect has a reason at every pair, and the relay is what connected.
				const reasons = [direct.ends.host, direct.ends.guest].flatMap(({ pairs }) => pairs.map(({ reason }) => reason));
				expect(reasons.every((reason) => reason !== 'chosen' && reason !== 'worked')).toBe(true);
				expect(last.data.path).toMatchObject({
					kind: 'relay',
					transport: one === 'udp-blocked' || other === 'udp-blocked' ? 'tcp' : 'udp'
				});
				expect([chosen?.local?.type, chosen?.remote?.type]).toEqual(['relay', 'relay']);
			} finally {
				await Promise.all([host.close(), guest.close()]);
			}
		});
	});

	describe.skipIf(lacking !== null || !FULL)('in one home (npm run test:natlab-full)', () => {
		let lab: Lab;
		beforeAll(async () => {
			lab = await makeLab({ profile: 'symmetric' }, { profile: 'symmetric', sameHomeAs: 'A' });
			await serve(lab, 'prov');
		}, 120_000);
		afterAll(() => lab?.close());

		it('two devices meet inside, though by the matrix two such NATs could not', { timeout: 120_000 }, async () => {
			// Without a permission browsers hide their addresses behind names that only multicast resolves.
			const args = ['--disable-features=WebRtcHideLocalIpsWithMdns'];
			const host = await launchBrowser('chromium', { namespace: await lab.namespace('A'), args });
			const guest = await launchBrowser('chromium', { namespace: await lab.namespace('B'), args });
			try {
				const pair = await callEachOther(host, guest);
				const direct = pair.outcomes[0]!;
				expect(direct.prediction).toMatchObject({ works: 'yes', rule: 'pair-same-network' });
				expect(direct.connected).toBe(true);
				expect(direct.ends.host.chosen?.local?.type).toBe('host');
			} finally {
				await Promise.all([host.close(), guest.close()]);
			}
		});
	});

	describe.skipIf(lacking !== null || !FULL)('over a link that loses 3 % on the way up (npm run test:natlab-full)', () => {
		let lab: Lab;
		beforeAll(async () => {
			lab = await makeLab({ profile: 'full-cone', link: { up: { lossRatio: 0.03 } } }, { profile: 'full-cone' });
			await serve(lab, 'prov');
		}, 120_000);
		afterAll(() => lab?.close());

		it('both screens name the direction, within a point over 60 s', { timeout: 240_000 }, async () => {
			const host = await launchBrowser('chromium', { namespace: await lab.namespace('A') });
			const guest = await launchBrowser('chromium', { namespace: await lab.namespace('B') });
			try {
				await callEachOther(host, guest);
				await new Promise((resolve) => setTimeout(resolve, 60_000));
				for (const browser of [host, guest]) {
					const report = await pairReport(browser);
					const [there, back] = concludePair(report.config.limits, report.observations)!.outcomes[0]!.directions;
					process.stdout.write(
						`seen by the ${browser === host ? 'host' : 'guest'}: there ${((there!.lossRatio ?? NaN) * 100).toFixed(2)} % of ${there!.packetsSent}, back ${((back!.lossRatio ?? NaN) * 100).toFixed(2)} % of ${back!.packetsSent}\n`
					);
					expect(Math.abs(there!.lossRatio! - 0.03)).toBeLessThan(0.01);
					expect(back!.lossRatio!).toBeLessThan(0.01);
					const named = report.conclusions.findings.filter(({ rule }) => rule === 'pair-loss-direction');
					expect(named.map(({ text }) => text)).toEqual([
						expect.stringMatching(/^From Host, Chromium 156 to Guest, Chromium 156 /)
					]);
				}
			} finally {
				await Promise.all([host.close(), guest.close()]);
			}
		});
	});

	describe.skipIf(lacking !== null)('where only the web gets through', () => {
		let lab: Lab;
		beforeAll(async () => {
			lab = await makeLab({ profile: 'web-only' }, { profile: 'port-restricted' });
			await serve(lab, 'web');
		}, 120_000);
		afterAll(() => lab?.close());

		it('signalling works, the call cannot: said within 15 s of both checks', { timeout: 120_000 }, async () => {
			const host = await launchBrowser('chromium', { namespace: await lab.namespace('A') });
			const guest = await launchBrowser('chromium', { namespace: await lab.namespace('B') });
			try {
				await meet(WEB_APP, host, guest);
				const began = performance.now();
				await untilShown(host, 'both checks', /Judged from both checks[\s\S]*Direct, without a relay/, 60_000);
				const checkedMs = performance.now() - began;
				await untilShown(guest, 'the verdict', /no path exists between these two networks/, 15_000);
				process.stdout.write(
					`web only: both checks ${(checkedMs / 1000).toFixed(1)} s, said ${((performance.now() - began - checkedMs) / 1000).toFixed(1)} s later\n`
				);
			} finally {
				await Promise.all([host.close(), guest.close()]);
			}
		});
	});
});

function hostName(names: readonly ProfileName[], name: ProfileName): string {
	return String.fromCharCode(65 + names.indexOf(name));
}

async function serve(lab: Lab, server: 'prov' | 'web'): Promise<void> {
	const addresses = { prov: PROV, web: WEB }[server].ipv4.join(',');
	const app = lab.spawn(server, [process.execPath, COMMAND, 'serve', '--host', '::', '--port', '443'], {
		env: { ICELENS_ADDRESSES: addresses }
	});
	await app.printed(/:443/, 30_000);
}

/** Both are checked, then the paths are tried one by one until one connects. */
async function callEachOther(host: TestBrowser, guest: TestBrowser): Promise<PairConclusion> {
	await meet(APP, host, guest);
	await untilShown(host, 'the first attempt', /Attempt 1:/, 60_000);
	const end = Date.now() + 60_000;
	for (;;) {
		const text = await shown(host);
		// The newest attempt stands first.
		const newest = /Attempt (\d+):[^\n]*\n+\s*(Connected|Not connected|Trying|Ended)/.exec(text);
		if (newest?.[2] === 'Connected') break;
		if (Date.now() > end) throw new Error(`No attempt connected:\n${text}`);
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
	// Statistics of both ends come once a second.
	await new Promise((resolve) => setTimeout(resolve, 2500));
	const report = await pairReport(host);
	return concludePair(report.config.limits, report.observations)!;
}
