import { describe, expect, test } from 'vitest';
import { ALL_RULES } from '../lint/rules/all-rules';
import { BROWSER_ERRORS } from './browser-errors-table';
import { decodeBrowserError } from './decode';

describe.each(BROWSER_ERRORS)('$id', (entry) => {
	test('its example is read as it, and names rules that exist', () => {
		const decoded = decodeBrowserError(entry.example);
		expect(decoded).toMatchObject({ id: entry.id, engine: entry.engine });
		expect(decoded!.means).not.toMatch(/[{}]|"\?"/);
		expect(decoded!.means).toMatch(/\.$/);
		if (entry.rules.length === 0) expect(decoded!.remedy).toMatch(/\.$/);
		for (const rule of entry.rules) expect(ALL_RULES.map(({ id }) => id)).toContain(rule);
	});
});

test('ids are unique; other messages are not decoded', () => {
	expect(new Set(BROWSER_ERRORS.map(({ id }) => id)).size).toBe(BROWSER_ERRORS.length);
	for (const text of ['', 'Failed to fetch', 'x'.repeat(100_000)]) expect(decodeBrowserError(text)).toBeNull();
});
