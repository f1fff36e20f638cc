import { expect, test } from 'vitest';
import { ENDING_RULE_IDS } from './ending-rule-ids';
import { ENDING_RULES } from './ending-rules';

test('are the ids of the table', () => {
	expect(ENDING_RULES.map(({ id }) => id)).toEqual(ENDING_RULE_IDS);
});
