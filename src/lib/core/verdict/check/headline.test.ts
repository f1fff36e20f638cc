import { sentence } from '../../messages/en/sentence';
import { describe, expect, test } from 'vitest';
import { HEADLINE_CASES } from '../../../../../tests/golden/headlines-table';
import { makeObservations } from '../../../../../tests/golden/make-observations';
import { CASES } from '../../../../../tests/golden/networks-table';
import { DEFAULT_LIMITS } from '../../plan/config';
import { conclude } from '../conclude';

describe.each(HEADLINE_CASES)('$name', ({ observations, expect: expected }) => {
	const { headline } = conclude(DEFAULT_LIMITS, observations);

	test(`is ${expected.verdict}, about ${expected.about}`, () => {
		expect(headline).toMatchObject(expected);
		expect(sentence(headline)).toMatch(/^\S.*[.]$/s);
	});

	test('rests on observations that exist', () => {
		for (const cause of headline.causes) {
			expect(sentence(cause)).toMatch(/^\S/);
			expect(cause.observations.length).toBeGreaterThan(0);
			expect(cause.observations.every((i) => i in observations)).toBe(true);
		}
	});
});

test.each(CASES)('of a check it rests on reasons, each said once: $name', ({ network }) => {
	const { headline } = conclude(DEFAULT_LIMITS, makeObservations(network));
	expect(headline.about).toBe('check');
	const texts = headline.causes.map(sentence);
	expect(texts.length).toBeGreaterThan(0);
	expect(new Set(texts).size).toBe(texts.length);
	for (const step of headline.nextSteps) expect(step.rule).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
});
