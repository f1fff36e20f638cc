/** Reports come from strangers: whatever passes the reading must be judged without an exception. Seeded, so that it repeats. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { headline } from '../verdict/headline';
import { compareConclusions } from './compare';
import { toJson } from './export/json';
import { judgeAgain } from './make';
import { parseReport } from './parse';

const FOLDER = new URL('../../../../tests/golden/', import.meta.url);
const REPORTS = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.report.json'))
	.map((file) => readFileSync(new URL(file, FOLDER), 'utf8'));

const STRANGE = [
	null,
	'',
	'x',
	'::',
	'0.0.0.0',
	'255.255.255.255',
	'fe80::1',
	'::ffff:1.2.3.4',
	'stun:',
	'turn:[',
	'turns:a:443',
	'stun:\u0000',
	'constructor',
	'__proto__',
	'a'.repeat(10_000),
	0,
	-1,
	1e308,
	65_536,
	true,
	[],
	{},
	[null],
	{ state: 'seen', data: {} },
	{ state: 'failed', code: 'timeout', message: '' },
	{ state: 'skipped', why: '' }
];

/** Linear congruential (Numerical Recipes): the choice need not be good, only the same each time. */
function chooser(seed: number): (below: number) => number {
	let state = seed >>> 0;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 4_294_967_296) * below);
	};
}

/** Changes, removes or repeats something somewhere below `value`. */
function disturb(value: unknown, choose: (below: number) => number): unknown {
	if (typeof value !== 'object' || value === null || choose(12) === 0) return STRANGE[choose(STRANGE.length)];
	if (Array.isArray(value)) {
		const at = choose(value.length || 1);
		const kind = choose(5);
		if (kind === 0) return value.filter((_, i) => i !== at);
		if (kind === 1) return [...value, ...value.slice(at)];
		return value.map((item, i) => (i === at ? disturb(item, choose) : item));
	}
	const keys = Object.keys(value);
	const key = keys[choose(keys.length)];
	return key === undefined ? value : { ...value, [key]: disturb((value as Record<string, unknown>)[key], choose) };
}

test('disturbed reports are refused with a place or judged without an exception', () => {
	let judged = 0;
	let refused = 0;
	for (let seed = 1; seed <= 300; seed++) {
		const choose = chooser(seed);
		const report = JSON.parse(REPORTS[choose(REPORTS.length)]!) as { observations: unknown };
		for (let times = 1 + choose(3); times > 0; times--) report.observations = disturb(report.observations, choose);
		const parsed = parseReport(JSON.stringify(report));
		if (!parsed.ok) {
			refused++;
			expect(parsed.error.message).toMatch(/\S/);
			continue;
		}
		judged++;
		const fresh = judgeAgain(parsed.value);
		expect(headline(fresh.conclusions).text).not.toMatch(/undefined|NaN|\[object/);
		compareConclusions(parsed.value.conclusions, fresh.conclusions);
		expect(parseReport(toJson(fresh)).ok).toBe(true);
	}
	expect([judged > 40, refused > 40]).toEqual([true, true]);
}, 30_000);
