import { expect, test } from 'vitest';
import { sdpRuleBookMarkdown } from './sdp-rule-book';

// After a change to the rules: npx vitest run --project unit src/lib/core/report/sdp-rule-book --update
test('docs/sdp-rules.md is what the tables say', async () => {
	await expect(sdpRuleBookMarkdown()).toMatchFileSnapshot('../../../../docs/sdp-rules.md');
});
