import { getByRole } from '@testing-library/dom';
import { tick } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { press, show, textOf, until } from '../../../../tests/support/components/show';
import CopyButton from './CopyButton.svelte';

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
