import { sentence } from '../../messages/en/sentence';
import { expect, test } from 'vitest';
import { PATH_CASES } from '../../../../../tests/golden/paths-table';
import { DEFAULT_LIMITS } from '../../plan/config';
import { conclude } from '../conclude';
import { rootFindings } from '../root-findings';

test.each(PATH_CASES)('$name: finds $finds', ({ observations, finds, findsNot = [] }) => {
	const { findings } = conclude(DEFAULT_LIMITS, observations);
	const rules = rootFindings(findings).map(({ rule }) => rule);
	for (const rule of finds) expect(rules).toContain(rule);
	for (const rule of findsNot) expect(rules).not.toContain(rule);
	for (const finding of findings) expect(sentence(finding)).toMatch(/^\S.*\.$/s);
});
