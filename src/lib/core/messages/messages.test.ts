import { expect, test } from 'vitest';
import { CALL_CASES } from '../../../../tests/golden/calls-table';
import { DISCOVERY_CASES } from '../../../../tests/golden/discoveries-table';
import { generateReport } from '../../../../tests/golden/generate-report';
import { HEADLINE_CASES } from '../../../../tests/golden/headlines-table';
import { makeObservations } from '../../../../tests/golden/make-observations';
import { CASES } from '../../../../tests/golden/networks-table';
import { PAIR_CASES, pairObservations } from '../../../../tests/golden/pairs-table';
import { PATH_CASES } from '../../../../tests/golden/paths-table';
import { importObservation, RECORDING_CASES } from '../../../../tests/golden/recordings-table';
import { isRecord } from '../base/record';
import type { Said } from '../base/said';
import { judgeDiscovery } from '../nat/discovery';
import { DEFAULT_LIMITS } from '../plan/config';
import { conclude } from '../verdict/conclude';
import type { Conclusions } from '../verdict/conclusion';
import { everySentence as sentence } from './en/every-sentence';

const RUNS: readonly Conclusions[] = [
	...CASES.map(({ network }) => makeObservations(network)),
	...[PATH_CASES, CALL_CASES, HEADLINE_CASES].flatMap((table) => table.map(({ observations }) => observations)),
	...PAIR_CASES.map(pairObservations),
	...RECORDING_CASES.map(([, bad]) => [importObservation(bad)]),
	...Array.from({ length: 40 }, (_, i) => generateReport(i + 1).observations)
].map((observations) => conclude(DEFAULT_LIMITS, observations));

/** Whatever a rule said, anywhere in the conclusions, also inside of what another one said. */
function saidIn(value: unknown): Said[] {
	if (Array.isArray(value)) return value.flatMap(saidIn);
	if (!isRecord(value)) return [];
	const { rule, values } = value;
	const own = typeof rule === 'string' && isRecord(values) ? [{ rule, values }] : [];
	return [...own, ...Object.values(value).flatMap(saidIn)];
}

const said = [...RUNS, ...DISCOVERY_CASES.map(({ seen }) => judgeDiscovery(seen))].flatMap(saidIn);

test('no rule has a sentence among its values', () => {
	const spoken = said.filter(({ values }) => 'prose' in values);
	expect([...new Set(spoken.map(({ rule }) => rule))]).toEqual([]);
});

test('every sentence is one', () => {
	for (const one of said) {
		const text = sentence(one);
		expect([one.rule, text]).toEqual([one.rule, expect.stringMatching(/^\S.*\S$/s)]);
		expect(text).not.toMatch(/undefined|NaN|\[object/);
	}
});

test('conclude makes no sentences: they are added where a report is written', () => {
	for (const conclusions of RUNS) expect(saidTexts(conclusions)).toEqual([]);
});

function saidTexts(value: unknown): unknown[] {
	if (Array.isArray(value)) return value.flatMap(saidTexts);
	if (!isRecord(value)) return [];
	const own = typeof value.rule === 'string' && 'values' in value && 'text' in value ? [value.text] : [];
	return [...own, ...Object.values(value).flatMap(saidTexts)];
}

test('what a rule said that this version does not know is told as it was written', () => {
	expect(sentence({ rule: 'rule-of-the-future', values: { ms: 3 }, text: 'It took 3 ms.' })).toBe('It took 3 ms.');
	expect(sentence({ rule: 'toString', values: {}, text: 'Nothing.' })).toBe('Nothing.');
});
