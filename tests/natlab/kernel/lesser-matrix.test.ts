/**
 * Every kind of network, in both browsers without functions that other browsers lack, one by one and all together: never a wrong class or
 * answer. Part of `npm run lab -- lesser-browsers` alone; it goes on where it stopped.
 */
import { describe, expect, it } from 'vitest';
import { ALL_LACKS, without } from '../../support/lesser-browsers';
import { patience } from '../../support/patience';
import { missing } from '../../support/require';
import { profile, type ProfileName } from '../profiles';
import { hostAt, inLabs } from './blueprint';
import { makeCheckLab, type CheckLab, type LabBrowser } from './browser-check';
import { hold, row, TABLE_HEAD, type Held } from './class-table';
import { keepRuns } from './kept-runs';
import { BUILDABLE, describeInLab } from './need';
import { makeSlots } from './slots';

const VARIANTS: [string, string][] = [
	...ALL_LACKS.map((lack): [string, string] => [lack, without(lack)]),
	['all of it', without(...ALL_LACKS)]
];
const CASES = (['chromium', 'firefox'] as LabBrowser[]).flatMap((browser) =>
	VARIANTS.map(([lack, before]) => ({ browser, lack, before }))
);
const AT_ONCE = 8;
const lacking = missing('root', 'coturn', 'chromium', 'firefox');

describe.skipIf(process.env.ICELENS_LESSER !== 'full')('browsers with less (npm run lab -- lesser-browsers)', () => {
	describeInLab(lacking === null ? 'in every network' : `[skipped: ${lacking}]`, () => {
		const kept = keepRuns<Held[]>('lesser');
		it.skipIf(lacking !== null).each(CASES)(
			'$browser without $lack',
			{ timeout: patience(1_800_000) },
			async ({ browser, lack, before }) => {
				const cell = (name: ProfileName) => [name, browser, lack].join(', ');
				for (const names of inLabs(BUILDABLE.filter((name) => !kept.has(cell(name), 1)))) {
					const lab = await makeCheckLab(names.map((profile) => ({ profile })));
					try {
						const slot = makeSlots(AT_ONCE);
						await Promise.all(
							names.map((name, i) =>
								kept.runs(cell(name), 1, () => slot(() => held(lab, hostAt(i), { name, browser, lack, before })))
							)
						);
					} finally {
						await lab.close();
					}
				}
				const all = (await Promise.all(BUILDABLE.map((name) => kept.runs(cell(name), 1, never)))).flat(2);
				process.stdout.write(`\n${TABLE_HEAD}\n${all.map((one) => row([one])).join('\n')}\n`);
				const wrong = all.flatMap((one) =>
					Object.entries(one.marks)
						.filter(([, mark]) => mark === 'wrong')
						.map(([aspect]) => ({ aspect, ...one }))
				);
				expect(wrong).toEqual([]);
			}
		);
	});
});

interface Wanted {
	name: ProfileName;
	browser: LabBrowser;
	lack: string;
	before: string;
}

async function held(lab: CheckLab, host: string, { name, browser, lack, before }: Wanted): Promise<Held[]> {
	const page = await lab.keep(host, browser, { before });
	try {
		const checked = await page.check();
		const families = (['ipv4', 'ipv6'] as const).filter((family) => profile(name)[family]);
		return families.flatMap((family) => hold(name, family, browser, `without ${lack}`, checked) ?? []);
	} finally {
		await page.close();
	}
}

function never(): never {
	throw new Error('Every network was measured before.');
}
