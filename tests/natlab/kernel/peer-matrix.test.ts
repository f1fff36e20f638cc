/**
 * The peer matrix against truth, part of `npm run lab -- networks` alone: two real browsers behind every pair of networks really
 * try to connect, with STUN alone and with TURN, each with another of its own kind too, in both browsers; what each side's own
 * report predicts has to agree with what happens. Four networks stand for them in networks.test.ts.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { missing } from '../../support/require';
import type { ProfileName } from '../profiles';
import { makeCheckLab, type CheckLab, type KeptPage, type LabBrowser } from './browser-check';
import { describeInLab } from './need';
import { agrees, callAll, matrix, sideOf, type Cell, type Side } from './peer-calls';

const FULL = process.env.ICELENS_NATLAB === 'full';
const KINDS: ProfileName[] = [
	'open',
	'firewall',
	'full-cone',
	'address-restricted',
	'port-restricted',
	'symmetric',
	'address-dependent',
	'udp-blocked'
];
const twins = (names: ProfileName[]) => names.flatMap((name) => [name, name]);
/** In a lab of twins only the two of a kind call each other. */
const LABS: { names: ProfileName[]; twins: boolean }[] = [
	{ names: KINDS, twins: false },
	{ names: twins(KINDS.slice(0, 4)), twins: true },
	{ names: twins(KINDS.slice(4)), twins: true }
];
const BROWSERS: LabBrowser[] = ['chromium', 'firefox'];
const lacking = missing('root', 'coturn', ...BROWSERS);

describe.skipIf(!FULL)('calls between all pairs (npm run lab -- networks)', () => {
	describeInLab(lacking === null ? 'between real browsers' : `[skipped: ${lacking}]`, () => {
		describe.skipIf(lacking !== null).each(BROWSERS)('in %s', (browser) => {
			const cells: Cell[] = [];
			afterAll(() => {
				for (const withTurn of [false, true]) {
					const of = cells.filter((cell) => cell.withTurn === withTurn);
					process.stdout.write(`\n${matrix(browser, withTurn, of)}\n`);
				}
			});

			describe.each(LABS)('behind $names.0, $names.1 and others (of a kind: $twins)', ({ names, twins }) => {
				let lab: CheckLab;
				const pages: KeptPage[] = [];
				const sides: Side[] = [];
				beforeAll(async () => {
					lab = await makeCheckLab(names.map((profile) => ({ profile })));
					for (const [i, host] of lab.hosts.entries()) {
						const page = await lab.keep(host, browser);
						pages.push(page);
						sides.push(sideOf(names[i]!, page.browser, (await page.check()).report));
					}
				}, 300_000);
				afterAll(async () => {
					await Promise.all(pages.map((page) => page.close()));
					await lab?.close();
				});

				it.each([false, true])('connect as both reports say (with TURN: %s)', { timeout: 300_000 }, async (withTurn) => {
					const pairs = sides.flatMap((a, i) => sides.slice(i + 1).map((b) => [a, b] as const));
					const found = await callAll(twins ? pairs.filter(([a, b]) => a.name === b.name) : pairs, withTurn);
					cells.push(...found);
					expect(found.filter((cell) => !agrees(cell))).toEqual([]);
				});
			});
		});
	});
});
