import { expect, test } from 'vitest';
import { MEDIA_RULES } from './media-findings-rules';
import { MEDIA_RULE_IDS } from './media-rule-ids';

test('are the ids of the table', () => {
	expect(MEDIA_RULES.map(({ id }) => id)).toEqual(MEDIA_RULE_IDS);
});
