/**
 * Every kind of network, in both browsers, many times, over links that are clean, lose and delay: never a wrong class. Part of
 * `npm run lab -- networks` alone. One part of it: `npm run lab -- networks -- class-matrix -t "5 % loss in firefox"`.
 */
import { describe, expect, it } from 'vitest';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import { PROFILE_NAMES, profile, type ProfileName } from '../profiles';
import { makeCheckLab, type LabBrowser } from './browser-check';
import { hold, mayStayUnknown, row, TABLE_HEAD, type Held } from './class-table';
import { describeInLab } from './need';
import type { Link } from './wire';

const FULL = process.env.ICELENS_NATLAB === 'full';
const RUNS = Number(process.env.ICELENS_NATLAB_RUNS ?? 10);
const LINKS: { name: string; link: Link | null; networks: ProfileName[] }[] = [
	{ name: 'a clean link', link: null, networks: PROFILE_NAMES },
	{ name: '5 % loss', link: { lossRatio: 0.05 }, networks: PROFILE_NAMES },
	{ name: '150 ms each way', link: { delayMs: 150 }, networks: PROFILE_NAMES },
	// Slower than any wait of ours expects: what it must never be called is blocked.
	{
		name: 'a satellite',
		link: { delayMs: 300, lossRatio: 0.01 },
		networks: ['full-cone', 'port-restricted', 'symmetric', 'udp-blocked']
	}
];
const BROWSERS: LabBrowser[] = ['chromium', 'firefox'];

const lacking = missing('root', 'coturn', 'chromium', 'firefox');

describe.skipIf(!FULL)('all classes, many times (npm run lab -- networks)', () => {
	describeInLab(lacking === null ? 'from real browsers' : `[skipped: ${lacking}]`, () => {
		const cases = LINKS.flatMap(({ name, link, networks }) =>
			BROWSERS.map((browser) => [name, browser, link, networks] as const)
		);
		describe.skipIf(lacking !== null).each(cases)('over %s in %s', (linkName, browser, link, networks) => {
			it('prints the head of the table', () => void process.stdout.write(`\n${TABLE_HEAD}\n`));

			it.concurrent.each(networks)('%s', { timeout: patience(RUNS * 60_000) }, async (name) => {
				const lab = await makeCheckLab([link ? { profile: name, link } : { profile: name }]);
				const held: Held[] = [];
				try {
					const page = await lab.keep('A', browser);
					try {
						for (let run = 1; run <= RUNS; run++) {
							const checked = await page.check();
							held.push(...(['ipv4', 'ipv6'] as const).flatMap((family) => hold(name, family, browser, linkName, checked) ?? []));
						}
					} finally {
						await page.close();
					}
				} finally {
					await lab.close();
				}
				for (const family of ['ipv4', 'ipv6'] as const) {
					if (profile(name)[family]) process.stdout.write(`${row(held.filter((one) => one.family === family))}\n`);
				}
				const wrong = held.flatMap((one) =>
					Object.entries(one.marks)
						.filter(([, mark]) => mark === 'wrong')
						.map(([aspect]) => ({ aspect, ...one }))
				);
				expect(wrong).toEqual([]);
				// Loss may take the evidence; it must never take its place.
				const unknown = link
					? []
					: held.filter((one) => !(['mapping', 'filtering', 'udp'] as const).every((aspect) => mayStayUnknown(one, aspect)));
				expect(unknown).toEqual([]);
			});
		});
	});
});
