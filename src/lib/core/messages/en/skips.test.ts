import { expect, test } from 'vitest';
import { skipSaid } from '../../plan/skip-values';
import { sentence } from './sentence';

const BECAUSE = { rule: 'skip-mapping-needs-two-observers', values: { answered: 0 } };

test.each([
	[{ because: BECAUSE }, 'No server answered over UDP; comparing takes two.'],
	[{ because: BECAUSE, why: 'As an earlier version said it.' }, 'No server answered over UDP; comparing takes two.'],
	[{ why: 'As an earlier version said.' }, 'As an earlier version said.'],
	[{ because: { rule: 'skip-no-prober', values: { because: null, family: 'ipv6' } } }, 'This server has no prober.']
])('%j is told as: %s', (skipped, text) => {
	expect(sentence(skipSaid({ state: 'skipped', ...skipped }))).toBe(text);
});
