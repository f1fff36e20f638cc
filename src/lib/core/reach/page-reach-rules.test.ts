import { describe, expect, test } from 'vitest';
import { REACH_CASES, REACH_STOPPED } from '../../../../tests/golden/reach-table';
import { everySentence as sentence } from '../messages/en/every-sentence';
import { DEFAULT_LIMITS } from '../plan/config';
import { headlineWords } from '../report/headline-words';
import { conclude } from '../verdict/conclude';
import { BLOCKED_PORTS } from './blocked-ports';
import { PAGE_REACH_RULES } from './page-reach-rules';

describe.each(REACH_CASES)('$name', ({ observations, rule, reached, says }) => {
	const { headline, findings } = conclude(DEFAULT_LIMITS, observations);

	test('is one finding, by its rule', () => {
		expect(findings.map((each) => each.rule)).toEqual([rule]);
		expect(sentence(findings[0]!)).toMatch(says);
	});

	test('is the headline', () => {
		const verdicts = { yes: 'reached', partly: 'reached-partly', no: 'not-answered', unknown: 'unknown' };
		expect(headline.verdict).toBe(verdicts[reached]);
		expect(sentence(headline)).toBe(sentence(findings[0]!));
	});
});

test('what was stopped is not known, and nothing is found', () => {
	const conclusions = conclude(DEFAULT_LIMITS, REACH_STOPPED);
	expect(conclusions.findings).toEqual([]);
	expect(headlineWords(conclusions)).toEqual({ title: 'Cannot tell', tone: 'unknown' });
});

test('every rule has a case', () => {
	const spoken = new Set(REACH_CASES.map(({ rule }) => rule));
	expect(PAGE_REACH_RULES.map(({ id }) => id).filter((id) => !spoken.has(id))).toEqual([]);
});

test('no port of the web is blocked', () => {
	expect([80, 443, 8080, 8443].filter((port) => BLOCKED_PORTS.has(port))).toEqual([]);
});
