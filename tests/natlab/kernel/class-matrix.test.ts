/**
 * Every kind of network, in both browsers, many times, its servers by address and by each kind of name, and by address over links that
 * lose and delay: never a wrong class or answer. Part of `npm run lab -- networks` alone; a second start goes on where the first one was
 * stopped (kept-runs.ts). One part of it: `npm run lab -- networks class-matrix -t "by ipv4 over a clean link in firefox"`.
 */
import { describe, expect, it } from 'vitest';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import { profile, type ProfileName } from '../profiles';
import { makeCheckLab, type Addressing, type Checked, type LabBrowser } from './browser-check';
import { hold, mayStayUnknown, row, TABLE_HEAD, type Held } from './class-table';
import { keepRuns } from './kept-runs';
import { NAME_KINDS } from './names';
import { BUILDABLE, describeInLab } from './need';
import type { Link } from './wire';

const FULL = process.env.ICELENS_NATLAB === 'full';
const RUNS = Number(process.env.ICELENS_NATLAB_RUNS ?? 10);
/** By address and by names without an AAAA record, which most are, as often as that; by the others so often. */
const RUNS_BY_OTHERS = Math.min(RUNS, 3);

interface Way {
	name: string;
	link: Link | null;
	by: Addressing;
	networks: ProfileName[];
	runs: number;
}

const CLEAN = { name: 'a clean link', link: null, networks: BUILDABLE };
const BY_ADDRESS = { by: 'address', runs: RUNS } as const;
const WAYS: Way[] = [
	{ ...CLEAN, ...BY_ADDRESS },
	...NAME_KINDS.map((by) => ({ ...CLEAN, by, runs: by === 'ipv4' ? RUNS : RUNS_BY_OTHERS })),
	{ name: '5 % loss', link: { lossRatio: 0.05 }, networks: BUILDABLE, ...BY_ADDRESS },
	{ name: '150 ms each way', link: { delayMs: 150 }, networks: BUILDABLE, ...BY_ADDRESS },
	// Slower than any wait of ours expects: what it must never be called is blocked.
	{
		name: 'a satellite',
		link: { delayMs: 300, lossRatio: 0.01 },
		networks: ['full-cone', 'port-restricted', 'symmetric', 'udp-blocked'],
		...BY_ADDRESS
	}
];
const BROWSERS: LabBrowser[] = ['chromium', 'firefox'];

const lacking = missing('root', 'coturn', 'chromium', 'firefox', 'dnsmasq');

describe.skipIf(!FULL)('all classes, many times (npm run lab -- networks)', () => {
	describeInLab(lacking === null ? 'from real browsers' : `[skipped: ${lacking}]`, () => {
		const kept = keepRuns<Held[]>('networks');
		const cases = WAYS.flatMap((way) => BROWSERS.map((browser) => [way.by, way.name, browser, way] as const));
		describe.skipIf(lacking !== null).each(cases)('by %s over %s in %s', (by, linkName, browser, { link, networks, runs }) => {
			it('prints the head of the table', () => void process.stdout.write(`\n${TABLE_HEAD}\n`));

			it.concurrent.each(networks)('%s', { timeout: patience(runs * 60_000) }, async (name) => {
				const cell = [name, browser, by, linkName].join(', ');
				const held = (kept.has(cell, runs) ? await kept.runs(cell, runs, never) : await makeRuns(cell, name)).flat();
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
				const asked = ['mapping', 'filtering', 'udp', 'needs', 'calls'] as const;
				const unknown = link ? [] : held.filter((one) => !asked.every((aspect) => mayStayUnknown(one, aspect)));
				expect(unknown).toEqual([]);
			});

			async function makeRuns(cell: string, name: ProfileName): Promise<Held[][]> {
				const lab = await makeCheckLab([link ? { profile: name, link } : { profile: name }]);
				try {
					const page = await lab.keep('A', browser);
					try {
						return await kept.runs(cell, runs, async () => {
							const checked = await page.check({}, by);
							await proberRests(checked);
							return (['ipv4', 'ipv6'] as const).flatMap((family) => hold(name, family, browser, linkName, checked, by) ?? []);
						});
					} finally {
						await page.close();
					}
				} finally {
					await lab.close();
				}
			}
		});
	});
});

/** The prober opens one session a second for one address: checks that are done sooner would find it busy. */
async function proberRests({ report, tookMs }: Checked): Promise<void> {
	const sessions = report.observations.filter(
		({ probe, step, outcome }) =>
			outcome.state !== 'skipped' && (probe === 'prober-mapping' || step.startsWith('nat-filtering prober'))
	);
	await new Promise((resolve) => setTimeout(resolve, sessions.length * 1000 - tookMs));
}

function never(): Promise<Held[]> {
	throw new Error('All runs of this cell are kept.');
}
