import { getByRole } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../../../tests/support/components/reports';
import { press, sessionOf, show, textOf, textsOf } from '../../../../tests/support/components/show';
import Evidence from './Evidence.svelte';
import Reasons from './Reasons.svelte';

const report = reportOf('symmetric-chromium.recorded');

describe('evidence', () => {
	test('links to each observation under the number and the title of its step', async () => {
		const session = await sessionOf(report);
		const page = show(Evidence, { observations: [0, 2] }, session);
		for (const index of [0, 2]) {
			const step = report.config.plan.find(({ id }) => id === report.observations[index]!.step)!;
			const link = getByRole(page, 'link', { name: `Evidence ${index + 1}: ${step.title}` });
			expect([link.getAttribute('href'), textOf(link)]).toEqual([`#evidence-${index + 1}`, String(index + 1)]);
		}
	});

	test('asks for its observation when followed, and leaves the address as it is', async () => {
		const session = await sessionOf(report);
		const page = show(Evidence, { observations: [3] }, session);
		await press(getByRole(page, 'link'));
		expect([session.focused, location.hash]).toEqual([3, '']);
	});

	test('is nothing where a sentence rests on nothing', () => {
		expect(show(Evidence, { observations: [] }).querySelector('.evidence')).toBeNull();
	});
});

test('each reason is a sentence of its own with its evidence, also where one rule speaks twice', () => {
	const because = [
		{ rule: 'same', values: {}, text: 'First.', observations: [0] },
		{ rule: 'same', values: {}, text: 'Second.', observations: [] }
	];
	expect(textsOf(show(Reasons, { because }), 'li')).toEqual(['First. 1', 'Second.']);
});
