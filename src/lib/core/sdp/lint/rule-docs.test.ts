import { expect, test } from 'vitest';
import { ruleDocs } from './rule-docs';

// After a change to the rules: npx vitest run --project unit src/lib/core/sdp/lint/rule-docs --update
test('docs/sdp-rules.md is what the tables say', async () => {
	await expect(ruleDocs()).toMatchFileSnapshot('../../../../../docs/sdp-rules.md');
});
