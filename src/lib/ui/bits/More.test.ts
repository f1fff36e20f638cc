import { getByRole, getByText, queryByRole } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { press, show, textOf } from '../../../../tests/support/components/show';
import More from './More.svelte';

describe('the next part of a long list', () => {
	test.each([
		[120, 50, 'Show 50 of 70 more'],
		[100, 50, 'Show 50 more'],
		[53, 50, 'Show 3 more']
	])('labels the button for %i entries of which %i are shown: "%s"', (total, shown, label) => {
		getByText(show(More, { total, shown }), label);
	});

	test('shows 50 more per press and disappears at the end', async () => {
		const page = show(More, { total: 120, shown: 50 });
		await press(getByRole(page, 'button'));
		expect(textOf(page)).toBe('Show 20 more');
		await press(getByRole(page, 'button'));
		expect(queryByRole(page, 'button')).toBeNull();
	});
});
