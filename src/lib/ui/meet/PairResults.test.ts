/** What two devices found: both networks, what their checks say about each path, what was tried, and why it went so. */
import { getAllByRole, getByText, queryByText } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { PAIR_CASES, pairObservations, type PairCase } from '../../../../tests/golden/pairs-table';
import { show, textOf, textsOf } from '../../../../tests/support/components/show';
import { sentence } from '../../core/messages/en/sentence';
import { DEFAULT_LIMITS } from '../../core/plan/config';
import { conclude } from '../../core/verdict/conclude';
import type { PairOutcome } from '../../core/verdict/pair/pair-conclusion';
import PairResults from './PairResults.svelte';
import Predictions from './Predictions.svelte';

const pairOf = (one: PairCase) => {
	const observations = pairObservations(one);
	return { observations, pair: conclude(DEFAULT_LIMITS, observations).pair! };
};
const WORKS = { yes: ['fine', 'yes'], no: ['problem', 'no'], unknown: ['unknown', 'not known'] };

test.each(PAIR_CASES)(
	'$name: both networks, each path as predicted and as tried, each attempt with what became of its pairs',
	(one) => {
		const { observations, pair } = pairOf(one);
		const page = show(PairResults, { observations, pair });
		const sides = [...page.querySelectorAll('.sides > div')];
		expect(sides.map((side) => textOf(side.querySelector('h3')).replace(/\(.*/, ''))).toEqual([
			pair.sides.host.name,
			pair.sides.guest.name
		]);
		for (const side of sides) expect(textsOf(side, 'dt')).toEqual(['Mapping', 'Filtering', 'Public addresses', 'UDP', 'TURN']);

		const rows = [...page.querySelectorAll('[aria-label="What the two checks say, table"] tbody tr')];
		expect(rows).toHaveLength(pair.predictions.length);
		for (const [i, prediction] of pair.predictions.entries()) {
			const { path, works } = prediction;
			const [said, tried] = [...rows[i]!.querySelectorAll('td')];
			expect(textOf(rows[i]!.querySelector('th'))).toBe(path.kind === 'direct' ? 'Direct, without a relay' : path.url);
			expect([said!.querySelector('.status')!.classList[1], textOf(said)]).toEqual(WORKS[works]);
			expect(textOf(rows[i]!.querySelector('.why'))).toBe(sentence(prediction));
			const call = one.calls.findLast((each) => each.path.kind === path.kind && each.path.url === path.url);
			expect(textOf(tried)).toBe(call ? (call.connects ? 'Connected' : 'Not connected') : '');
		}

		const attempts = [...page.querySelectorAll<HTMLElement>('details.panel')];
		expect(attempts).toHaveLength(pair.outcomes.length);
		for (const [i, outcome] of pair.outcomes.entries()) expectTold(attempts[i]!, i + 1, outcome);
	}
);

function expectTold(attempt: HTMLElement, number: number, outcome: PairOutcome): void {
	const { agrees, ends } = outcome;
	expect(textOf(attempt.querySelector('h2'))).toMatch(new RegExp(`^Attempt ${number}: `));
	expect(textOf(attempt.querySelector('.said'))).toBe(sentence(outcome));
	const said = textsOf(attempt, 'p');
	expect(said.join(' ')).toContain('The clocks of the two devices differ by 3.0 ms, known to within 4.0 ms');
	const differs = 'This is not what the two checks said: that was wrong, or something changed since.';
	expect(said.includes('This is what the two checks said.')).toBe(agrees === true);
	expect(said.includes(differs)).toBe(agrees === false);
	expect(textsOf(attempt, '.local')).toEqual(outcome.local ? [sentence(outcome.local)] : []);
	const pairs = [...ends.host.pairs, ...ends.guest.pairs];
	expect(textsOf(attempt, 'td.why .muted')).toEqual(pairs.map((each) => sentence(each).replace(/\s+/g, ' ').trim()));
	expect(said.includes('No end had a pair to try.')).toBe(pairs.length === 0);
}

test('loss is told by direction, each with its share', () => {
	const lossy = PAIR_CASES.find(({ name }) => name === 'loss on the way to the guest only')!;
	const page = show(PairResults, pairOf(lossy));
	const ways = [...page.querySelectorAll('.directions > div')].map(textOf);
	expect(ways).toEqual([
		expect.stringMatching(/^Desk to Phone 3\.0 % of \d+ packets lost$/),
		expect.stringMatching(/^Phone to Desk 0 % of \d+ packets lost$/)
	]);
});

describe('a saved report', () => {
	test('has nothing to try', () => {
		const { pair } = pairOf(PAIR_CASES[0]!);
		const page = show(Predictions, { pair });
		expect([page.querySelector('button'), page.querySelector('select')]).toEqual([null, null]);
		expect(getAllByRole(page, 'columnheader').map(textOf)).toEqual(['Path', 'Connects', 'Tried', 'Why']);
	});

	test('of two that no path connects says so', () => {
		const own = 'symmetric NAT, two addresses only';
		const direct = { kind: 'direct', url: null, transport: null } as const;
		const inVain = pairOf({ ...PAIR_CASES[0]!, own, peer: own, calls: [{ path: direct, connects: false }] });
		getByText(show(Predictions, { pair: inVain.pair }), /^By both checks and by what was tried, no path exists/);
		const { pair } = pairOf(PAIR_CASES[0]!);
		expect(queryByText(show(Predictions, { pair }), /no path exists/)).toBeNull();
	});
});
