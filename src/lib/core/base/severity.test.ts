import { expect, test } from 'vitest';
import { isSeverity, worstFirst } from './severity';

test('the worst comes first, and equal ones stay in their order', () => {
	const found = [
		{ severity: 'info', n: 1 },
		{ severity: 'problem', n: 2 },
		{ severity: 'normal', n: 3 },
		{ severity: 'warning', n: 4 },
		{ severity: 'problem', n: 5 }
	] as const;
	expect(found.toSorted(worstFirst).map(({ n }) => n)).toEqual([2, 5, 4, 3, 1]);
});

test('a word of a later version is no severity', () => {
	expect(['problem', 'info', 'catastrophe', 'toString'].map(isSeverity)).toEqual([true, true, false, false]);
});
