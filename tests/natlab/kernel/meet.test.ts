/**
 * Two devices on two networks, by the screen and the app's own signalling: outcome, prediction, chosen path and reasons have to
 * be right. `npm run lab -- meet` takes every pair of six kinds of network and more (see meet-full.test.ts).
 */
import { afterAll, beforeAll, describe, it } from 'vitest';
import { launchBrowser, type TestBrowser } from '../../support/browsers';
import { meet, untilShown } from '../../support/meet-screen';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import type { ProfileName } from '../profiles';
import { hostAt } from './blueprint';
import { makeLab, type Lab } from './lab';
import { callEachOther, expectTruth, MATRIX_HEAD, matrixRow, serve, truthOf, WEB_APP, withBrowsers } from './meet-cell';
import { describeInLab } from './need';

const NAMES: ProfileName[] = ['port-restricted', 'address-restricted', 'symmetric', 'udp-blocked'];
const PAIRS: [ProfileName, ProfileName][] = [
	['port-restricted', 'address-restricted'],
	['port-restricted', 'symmetric'],
	['symmetric', 'udp-blocked']
];
const lacking = missing('root', 'chromium');

const hostOf = (name: ProfileName) => hostAt(NAMES.indexOf(name));

describeInLab(`two devices${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null)('on two networks', () => {
		let lab: Lab;
		/** One a network, for all its meetings. */
		const browsers = new Map<ProfileName, TestBrowser>();
		const rows: string[] = [];
		beforeAll(async () => {
			lab = await makeLab(...NAMES.map((profile) => ({ profile })));
			await serve(lab, 'prov');
		}, patience(120_000));
		afterAll(async () => {
			await Promise.all([...browsers.values()].map((browser) => browser.close()));
			await lab?.close();
			if (rows.length > 0) process.stdout.write(`\n${MATRIX_HEAD}\n${rows.join('\n')}\n`);
		});

		async function browserIn(name: ProfileName): Promise<TestBrowser> {
			const browser = browsers.get(name) ?? (await launchBrowser('chromium', { namespace: lab.namespace(hostOf(name)) }));
			browsers.set(name, browser);
			return browser;
		}

		it.each(PAIRS)(
			'connects where it can and says why where not: %s invites %s',
			{ timeout: patience(240_000) },
			async (one, other) => {
				const met = await callEachOther(await browserIn(one), await browserIn(other));
				rows.push(matrixRow(one, other, met));
				expectTruth(met, truthOf(one, other, { host: /Host, Chromium \d+/, guest: /Guest, Chromium \d+/ }));
			}
		);
	});

	describe.skipIf(lacking !== null)('where only the web gets through', () => {
		let lab: Lab;
		beforeAll(async () => {
			lab = await makeLab({ profile: 'web-only' }, { profile: 'port-restricted' });
			await serve(lab, 'web');
		}, patience(120_000));
		afterAll(() => lab?.close());

		it('signals, and says that no path exists once both have been checked', { timeout: patience(240_000) }, async () => {
			await withBrowsers(lab, ['A', 'B'], {}, async (host, guest) => {
				await meet(WEB_APP, host, guest);
				const began = performance.now();
				await untilShown(host, 'both checks', /Judged from both checks[\s\S]*Direct, without a relay/, patience(90_000));
				const checkedMs = performance.now() - began;
				await Promise.all(
					[host, guest].map((browser) =>
						untilShown(browser, 'the verdict', /no path exists between these two networks/, patience(60_000))
					)
				);
				process.stdout.write(
					`web only: both checks ${(checkedMs / 1000).toFixed(1)} s, said ${((performance.now() - began - checkedMs) / 1000).toFixed(1)} s later\n`
				);
			});
		});
	});
});
