/**
 * Real browsers behind real NATs name the NAT they are behind, by both methods: `icelens check` once in each host and browser.
 * `npm run test:natlab-full` does it ten times, and over links that lose and delay (class-matrix.test.ts).
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../support/require';
import { PROFILE_NAMES, type ProfileName } from '../profiles';
import { makeCheckLab, type CheckLab, type LabBrowser } from './browser-check';
import { ASPECTS, hold, mayStayUnknown, row, TABLE_HEAD, type Held } from './class-table';
import { describeInLab } from './need';
import { makeSlots } from './slots';

/** A lab holds eleven clients. */
const PER_LAB = 10;
const GROUPS: ProfileName[][] = Array.from({ length: Math.ceil(PROFILE_NAMES.length / PER_LAB) }, (_, i) =>
	PROFILE_NAMES.slice(PER_LAB * i, PER_LAB * (i + 1))
);
/** One of each kind; the variants are left to the full command. */
const IN_FIREFOX: ProfileName[] = [
	'open',
	'firewall',
	'full-cone',
	'address-restricted',
	'port-restricted',
	'symmetric',
	'address-dependent',
	'symmetric-pool',
	'carrier-grade',
	'udp-blocked',
	'ipv6-only',
	'dualstack'
];
const browsersFor = (name: ProfileName): LabBrowser[] => (IN_FIREFOX.includes(name) ? ['chromium', 'firefox'] : ['chromium']);
const AT_ONCE = 3;
/** UDP blocked is said well before the servers' own deadline of 5 s. */
const BLOCKED_WITHIN_MS = 4000;

const lacking = missing('root', 'coturn', 'chromium', 'firefox');
const rows: string[] = [];

describeInLab(`the check in a browser${lacking === null ? '' : ` [skipped: ${lacking}]`}`, () => {
	describe.skipIf(lacking !== null).each(GROUPS.map((names) => ({ names })))('behind $names.0 and others', ({ names }) => {
		const slot = makeSlots(AT_ONCE);
		let lab: CheckLab;
		beforeAll(async () => {
			lab = await makeCheckLab(names.map((profile) => ({ profile })));
		});
		afterAll(() => lab?.close());

		const cases = names.flatMap((name, i) => browsersFor(name).map((browser) => ({ name, browser, host: hostAt(i) })));
		/** Checks that left something unknown or were late: a machine that is too busy loses packets and time. */
		const again: (typeof cases)[number][] = [];

		/** What stayed unknown, or was known late; anything wrong fails at once. */
		async function unknownIn({ name, host, browser }: (typeof cases)[number]): Promise<string[]> {
			const checked = await lab.check(host, browser);
			const held = (['ipv4', 'ipv6'] as const).flatMap((family) => hold(name, family, browser, 'clean', checked) ?? []);
			const said = (which: (one: Held, aspect: (typeof ASPECTS)[number]) => boolean) =>
				held.flatMap((one) =>
					ASPECTS.filter((aspect) => which(one, aspect)).map(
						(aspect) => `${name} ${browser} ${one.family} ${aspect}: ${one.said[aspect]}`
					)
				);
			expect(said((one, aspect) => one.marks[aspect] === 'wrong')).toEqual([]);
			const unknown = said((one, aspect) => !mayStayUnknown(one, aspect));
			for (const { blockedMs } of held)
				if (blockedMs !== null && blockedMs >= BLOCKED_WITHIN_MS) unknown.push(`UDP blocked, said after ${blockedMs} ms`);
			if (unknown.length > 0) return unknown;
			rows.push(...held.map((one) => row([one])));
			return [];
		}

		it.concurrent.each(cases)('$name in $browser', { timeout: 240_000 }, async (one) => {
			if ((await slot(() => unknownIn(one))).length > 0) again.push(one);
		});

		it('what stayed unknown among many is known alone', { timeout: 240_000 }, async () => {
			for (const one of again) {
				for (let left = 2; left >= 0; left--) {
					const unknown = await unknownIn(one);
					if (unknown.length === 0) break;
					if (left === 0) expect(unknown).toEqual([]);
				}
			}
		});
	});
	afterAll(() => void process.stdout.write(`\n${TABLE_HEAD}\n${rows.join('\n')}\n`));
});

function hostAt(i: number): string {
	return String.fromCharCode(65 + i);
}
