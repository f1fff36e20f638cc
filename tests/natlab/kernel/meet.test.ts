/**
 * Two devices on two networks, by the screen and the app's own signalling: outcome, prediction, chosen path and reasons have to
 * be right. `npm run test:meet-full` takes every pair of six kinds of network and more (see meet-full.test.ts).
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { meet, untilShown } from '../../support/meet-screen';
import { missing } from '../../support/require';
import type { ProfileName } from '../profiles';
import { makeLab, type Lab } from './lab';
import { callEachOther, expectTruth, MATRIX_HEAD, matrixRow, serve, truthOf, WEB_APP, withBrowsers } from './meet-cell';
import { describeInLab } from './need';

/** A machine that does other things too gets more time to say it. */
const SAID_MS = process.env.ICELENS_MEET === 'full' ? 15_000 : 25_000;
const NAMES: ProfileName[] = ['port-restricted', 'address-restricted', 'symmetric', 'udp-blocked'];
const PAIRS: [ProfileName, ProfileName][] = [
	['port-restricted', 'address-restricted'],
	['port-restricted', 'symmetric'],
	['symmetric', 'udp-blocked']
];
const lacking = missing('root', 'chromium');

describeInLab(`two devices${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null)('on two networks', () => {
		let lab: Lab;
		const rows: string[] = [];
		beforeAll(async () => {
			lab = await makeLab(...NAMES.map((profile) => ({ profile })));
			await serve(lab, 'prov');
		}, 120_000);
		afterAll(async () => {
			await lab?.close();
			if (rows.length > 0) process.stdout.write(`\n${MATRIX_HEAD}\n${rows.join('\n')}\n`);
		});

		it.each(PAIRS)('%s invites %s', { timeout: 180_000 }, async (one, other) => {
			const hosts = [one, other].map((name) => String.fromCharCode(65 + NAMES.indexOf(name))) as [string, string];
			await withBrowsers(lab, hosts, {}, async (host, guest) => {
				const met = await callEachOther(host, guest);
				rows.push(matrixRow(one, other, met));
				expectTruth(met, truthOf(one, other, { host: /Host, Chromium \d+/, guest: /Guest, Chromium \d+/ }));
			});
		});
	});

	describe.skipIf(lacking !== null)('where only the web gets through', () => {
		let lab: Lab;
		beforeAll(async () => {
			lab = await makeLab({ profile: 'web-only' }, { profile: 'port-restricted' });
			await serve(lab, 'web');
		}, 120_000);
		afterAll(() => lab?.close());

		it(`signalling works, the call cannot: said within ${SAID_MS / 1000} s of both checks`, { timeout: 180_000 }, async () => {
			await withBrowsers(lab, ['A', 'B'], {}, async (host, guest) => {
				await meet(WEB_APP, host, guest);
				const began = performance.now();
				await untilShown(host, 'both checks', /Judged from both checks[\s\S]*Direct, without a relay/, 90_000);
				const checkedMs = performance.now() - began;
				await Promise.all(
					[host, guest].map((browser) => untilShown(browser, 'the verdict', /no path exists between these two networks/, SAID_MS))
				);
				process.stdout.write(
					`web only: both checks ${(checkedMs / 1000).toFixed(1)} s, said ${((performance.now() - began - checkedMs) / 1000).toFixed(1)} s later\n`
				);
			});
		});
	});
});
