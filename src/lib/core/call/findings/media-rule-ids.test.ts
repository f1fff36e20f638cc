import { expect, test } from 'vitest';
import { CODING_RULES } from './coding-rules';
import { MEDIA_RULES } from './media-findings-rules';
import { CARRIED_MEDIA_RULES } from './carried-media-rules';
import { STREAM_RULES } from './stream-rules';
import { MEDIA_RULE_IDS } from './media-rule-ids';

test('are the ids of the table', () => {
	expect([...CARRIED_MEDIA_RULES, ...STREAM_RULES, ...CODING_RULES, ...MEDIA_RULES].map(({ id }) => id)).toEqual(MEDIA_RULE_IDS);
});
