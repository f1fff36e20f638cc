/** Two reports beside each other: what changed, in words and in a table; and the row of a kept one. */
import { getByLabelText, getByRole, getByText, queryByRole } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { headlineOf, reportOf, REPORTS, withNewParts } from '../../../../tests/support/components/reports';
import { press, show, textOf, textsOf, until, write } from '../../../../tests/support/components/show';
import { everySentence as sentence } from '../../core/messages/en/every-sentence';
import { compareReports } from '../../core/report/compare-reports';
import { toJson } from '../../core/report/export/json';
import { withText } from '../../core/report/with-text';
import ComparePanel from './ComparePanel.svelte';
import { entryOf } from './entry';
import { HistoryList } from './history-list.svelte';
import ReportItem from './ReportItem.svelte';

const BEFORE = reportOf('symmetric-chromium.recorded');
const AFTER = reportOf('udp-blocked-chromium.recorded');
const panel = (before = BEFORE, after = AFTER, onclose = () => undefined as void) =>
	show(ComparePanel, { before, after, onclose });

test('the changes are sentences, and the keyboard is at their heading', async () => {
	const page = panel();
	expect(textsOf(page, 'ul > li')).toEqual(compareReports(BEFORE, AFTER).changes.map(sentence));
	expect(textsOf(page, 'ul > li')[0]).toMatch(/^The verdict changed: /);
	await until(() => expect(document.activeElement).toBe(getByRole(page, 'heading', { name: 'What changed' })));
});

test('side by side only what differs, and everything when asked for', async () => {
	const page = panel();
	const { rows } = compareReports(BEFORE, AFTER);
	const shown = () => page.querySelectorAll('tbody tr:not(:has(.group))').length;
	expect(shown()).toBe(rows.filter(({ differs }) => differs).length);
	await press(getByLabelText(page, 'Only what differs'));
	expect(shown()).toBe(rows.length);
});

test('what one of them does not hold is said to be missing', () => {
	const other = reportOf('ipv6-only-firefox.recorded');
	const missing = compareReports(BEFORE, other).rows.filter(
		({ differs, before, after }) => differs && (before === null || after === null)
	);
	expect(missing.length).toBeGreaterThan(0);
	expect(textsOf(panel(BEFORE, other), 'td .muted').filter((text) => text === 'not in this report')).toHaveLength(
		missing.reduce((sum, { before, after }) => sum + Number(before === null) + Number(after === null), 0)
	);
});

test('two of the same say that nothing that matters changed', () => {
	const page = panel(BEFORE, BEFORE);
	getByText(page, 'Nothing that matters changed.');
	expect(queryByRole(page, 'table')).toBeNull();
});

test('closes when told to', async () => {
	const onclose = vi.fn();
	await press(getByRole(panel(BEFORE, AFTER, onclose), 'button', { name: 'Close the comparison' }));
	expect(onclose).toHaveBeenCalledOnce();
});

describe('the row of a kept report', () => {
	const rowOf = (report = BEFORE, label = '') => {
		const list = new HistoryList();
		const onopen = vi.fn();
		const entry = { ...entryOf(withText(report), toJson(report).length), label };
		return { list, entry, onopen, page: show(ReportItem, { entry, list, onopen }) };
	};

	test.each(withNewParts(REPORTS, (report) => [headlineOf(report).verdict]))(
		'$name: its network, verdict and browser',
		({ report }) => {
			const { page, entry } = rowOf(report);
			expect(textOf(page.querySelector('h3'))).toBe(entry.network || 'Unnamed network');
			const status = page.querySelector('.status')!;
			expect([textOf(status), status.classList[1]]).toEqual([entry.title, entry.tone]);
			expect(entry.text).toBe(headlineOf(report).text);
			expect(textOf(page)).toContain(report.environment.browser);
		}
	);

	test('has a name that the user gave, beside the addresses it is known by', () => {
		const { page, entry } = rowOf(BEFORE, 'Office');
		expect([textOf(page.querySelector('h3')), textOf(page.querySelector('.mono'))]).toEqual(['Office', entry.network]);
	});

	test('opens, and is chosen for a comparison', async () => {
		const { page, list, entry, onopen } = rowOf(BEFORE, 'Office');
		await press(getByRole(page, 'button', { name: /^Open Office, / }));
		expect(onopen).toHaveBeenCalledWith(entry.id);
		await press(getByRole(page, 'checkbox', { name: /^Compare Office, / }));
		expect(list.chosen).toEqual([entry.id]);
	});

	test.each([
		['Escape', (field: HTMLInputElement) => field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))],
		['Enter', (field: HTMLInputElement) => field.form!.requestSubmit()]
	])('is renamed in place; %s ends that and gives the keyboard back', async (_, end) => {
		const { page } = rowOf(BEFORE, 'Office');
		const rename = getByRole(page, 'button', { name: /^Rename Office/ });
		await press(rename);
		const field = getByLabelText<HTMLInputElement>(page, 'Name of the network');
		expect(field.value).toBe('Office');
		await write(field, 'Home');
		end(field);
		await until(() => expect(document.activeElement).toBe(rename));
	});
});
