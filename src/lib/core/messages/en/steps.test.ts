import { expect, test } from 'vitest';
import { stepTitle } from './steps';

test.each([
	[{ does: { rule: 'step-ask-server', values: { url: 'stun:a.example' } } }, 'Ask stun:a.example'],
	[{ does: { rule: 'step-nat-filtering', values: { servers: 'slow-too' } } }, 'Test NAT filtering with the slow servers too'],
	[{ does: { rule: 'step-hairpin', values: {} }, title: 'Send packets to oneself' }, 'Test NAT hairpinning'],
	[{ title: 'As an earlier version said' }, 'As an earlier version said'],
	[{ does: { rule: 'step-of-the-future', values: {} }, title: 'As a later version says' }, 'As a later version says'],
	[{ does: { rule: 'step-of-the-future', values: {} } }, 'relay turn:a.example']
])('%j is titled: %s', (step, title) => {
	expect(stepTitle({ id: 'relay turn:a.example', ...step })).toBe(title);
});
