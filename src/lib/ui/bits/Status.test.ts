import { expect, test } from 'vitest';
import { show, textOf } from '../../../../tests/support/components/show';
import type { Tone } from '../../core/report/tones';
import Icon from './Icon.svelte';
import Status from './Status.svelte';

test.each<Tone>(['fine', 'normal', 'warning', 'problem', 'unknown'])(
	'the status %s has a word, and an icon of its own',
	(tone) => {
		const page = show(Status, { tone, word: 'The word' });
		expect(textOf(page)).toBe('The word');
		const own = page.querySelector('path')!.getAttribute('d');
		const others = (['fine', 'normal', 'warning', 'problem', 'unknown'] as const).filter((other) => other !== tone);
		for (const other of others) expect(show(Icon, { name: other }).querySelector('path')!.getAttribute('d')).not.toBe(own);
	}
);

test('an icon is no word for those who listen', () => {
	expect(show(Icon, { name: 'running' }).querySelector('svg')!.getAttribute('aria-hidden')).toBe('true');
});
