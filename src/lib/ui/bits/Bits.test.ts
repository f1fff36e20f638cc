/** The small parts that every screen is made of. */
import { getByRole, getByText, queryByRole } from '@testing-library/dom';
import { createRawSnippet, tick } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { goldenReports } from '../../../../tests/golden/golden-reports';
import { press, sessionOf, show, textOf, textsOf, until } from '../../../../tests/support/components/show';
import type { Tone } from '../tones';
import CopyButton from './CopyButton.svelte';
import Evidence from './Evidence.svelte';
import Icon from './Icon.svelte';
import More from './More.svelte';
import Reasons from './Reasons.svelte';
import ScrollTable from './ScrollTable.svelte';
import Status from './Status.svelte';

const { report } = goldenReports().find(({ name }) => name.startsWith('symmetric-chromium'))!;

afterEach(() => {
	vi.restoreAllMocks();
	vi.useRealTimers();
});

describe('a copy button', () => {
	const writeText = () => vi.spyOn(navigator.clipboard, 'writeText');

	test('copies what is made when it is pressed, says so, and falls silent after four seconds', async () => {
		vi.useFakeTimers();
		const written = writeText().mockResolvedValue();
		const make = vi.fn(() => Promise.resolve('the text'));
		const page = show(CopyButton, { label: 'Copy it', text: make, done: 'Copied. Paste it.' });
		expect(make).not.toHaveBeenCalled();
		expect(textOf(getByRole(page, 'status'))).toBe('');
		await press(getByRole(page, 'button', { name: 'Copy it' }));
		await vi.advanceTimersByTimeAsync(0);
		await tick();
		expect(written.mock.calls).toEqual([['the text']]);
		expect(textOf(getByRole(page, 'status'))).toBe('Copied. Paste it.');
		await vi.advanceTimersByTimeAsync(4000);
		await tick();
		expect(textOf(getByRole(page, 'status'))).toBe('');
	});

	test.each([
		['the browser refuses', () => writeText().mockRejectedValue(new DOMException('no', 'NotAllowedError')), () => 'x'],
		['the text cannot be made', () => writeText().mockResolvedValue(), () => Promise.reject(new Error('no'))]
	])('says what to do instead where %s', async (_, prepare, text: () => string | Promise<string>) => {
		prepare();
		const page = show(CopyButton, { label: 'Copy', text });
		await press(getByRole(page, 'button'));
		await until(() =>
			expect(textOf(getByRole(page, 'status'))).toBe('The browser refused. Select the text and copy it by hand.')
		);
	});
});

describe('evidence', () => {
	test('links to each observation under the number and the title of its step', async () => {
		const session = await sessionOf(report);
		const page = show(Evidence, { observations: [0, 2] }, session);
		for (const index of [0, 2]) {
			const step = report.config.plan.find(({ id }) => id === report.observations[index]!.step)!;
			const link = getByRole(page, 'link', { name: `Evidence ${index + 1}: ${step.title}` });
			expect([link.getAttribute('href'), textOf(link)]).toEqual([`#evidence-${index + 1}`, String(index + 1)]);
		}
	});

	test('asks for its observation when followed, and leaves the address as it is', async () => {
		const session = await sessionOf(report);
		const page = show(Evidence, { observations: [3] }, session);
		await press(getByRole(page, 'link'));
		expect([session.focused, location.hash]).toEqual([3, '']);
	});

	test('is nothing where a sentence rests on nothing', () => {
		expect(show(Evidence, { observations: [] }).querySelector('.evidence')).toBeNull();
	});
});

test('each reason is a sentence of its own with its evidence, also where one rule speaks twice', () => {
	const because = [
		{ rule: 'same', text: 'First.', observations: [0] },
		{ rule: 'same', text: 'Second.', observations: [] }
	];
	expect(textsOf(show(Reasons, { because }), 'li')).toEqual(['First. 1', 'Second.']);
});

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

test('a table that scrolls is a named region that the keyboard reaches', () => {
	const children = createRawSnippet(() => ({ render: () => '<table><tbody><tr><td>inside</td></tr></tbody></table>' }));
	const region = getByRole(show(ScrollTable, { label: 'Servers', children }), 'region', { name: 'Servers, table' });
	expect([region.tabIndex, textOf(region)]).toEqual([0, 'inside']);
});

describe('the next part of a long list', () => {
	test.each([
		[120, 50, 'Show 50 of 70 more'],
		[100, 50, 'Show 50 more'],
		[53, 50, 'Show 3 more']
	])('of %i, %i shown: "%s"', (total, shown, label) => {
		getByText(show(More, { total, shown }), label);
	});

	test('counts on when pressed, until nothing is left', async () => {
		const page = show(More, { total: 120, shown: 50 });
		await press(getByRole(page, 'button'));
		expect(textOf(page)).toBe('Show 20 more');
		await press(getByRole(page, 'button'));
		expect(queryByRole(page, 'button')).toBeNull();
	});
});
