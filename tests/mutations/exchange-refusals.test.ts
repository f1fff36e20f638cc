/**
 * The linter against what Chromium and Firefox said of answers and later rounds with one change each, to an exchange that both accept: nothing
 * refused is passed over, and no browser is said to refuse what it took.
 */
import { describe, expect, test } from 'vitest';
import { confusionTable } from './refusals';
import { holdExchanges, readExchangeRefusals, RECORDED, type ExchangeRow } from './exchange-refusals';
import type { Shape } from './exchanges';

const rows = readExchangeRefusals();
const isOf = ({ base }: ExchangeRow, ...shapes: Shape[]) => shapes.some((shape) => base.includes(`, ${shape} of `));

test('both browsers were asked about pairs and about rounds, and refused some', () => {
	for (const browser of ['chromium', 'firefox']) {
		const own = rows.filter(({ base }) => base.startsWith(`${browser}, `));
		expect(own.filter((row) => isOf(row, 'answer')).length).toBeGreaterThan(300);
		expect(own.filter((row) => isOf(row, 'later-answer')).length).toBeGreaterThan(100);
		expect(own.filter((row) => isOf(row, 'later-offer')).length).toBeGreaterThan(100);
		expect(own.filter(({ said }) => said !== '').length).toBeGreaterThan(300);
	}
});

describe('the table', () => {
	const confusion = holdExchanges(rows, RECORDED);

	test('nothing refused is passed over', () => {
		process.stdout.write(`\n${confusionTable(confusion)}\n`);
		expect(confusion.missed).toEqual([]);
	});
	test('nobody is said to refuse what it took', () => expect(confusion.untrue).toEqual([]));
});
