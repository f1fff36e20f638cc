/** The reports kept on this device: listed, found, compared, deleted and brought back; and what is said where none can be kept. */
import 'fake-indexeddb/auto';
import { findByText, getByLabelText, getByRole, getByText, queryByText } from '@testing-library/dom';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { headlineOf, reportOf, REPORTS, withNewParts } from '../../../../tests/support/components/reports';
import { press, sessionOf, show, takeAway, textOf, textsOf, until, write } from '../../../../tests/support/components/show';
import { redactReport } from '../../core/report/redact';
import { Session } from '../session.svelte';
import { DATABASE, keepReport } from './history';
import { HISTORY_KEY } from './history-switch';
import ReportsScreen from './ReportsScreen.svelte';

const SYMMETRIC = reportOf('symmetric-chromium.recorded');
const BLOCKED = reportOf('udp-blocked-firefox.recorded');

beforeEach(() => void (globalThis.indexedDB = new IDBFactory()));
afterEach(() => void vi.restoreAllMocks());

async function screen(session = new Session()) {
	const page = show(ReportsScreen, {}, session);
	const rows = () => textsOf(page, '.entries h3');
	const count = (n: number) => until(() => expect(rows()).toHaveLength(n));
	// The list is read before anything is said of it.
	const said = () => textsOf(page, 'header [role="status"], [role="alert"]').join('');
	if (session.opened === null) await until(() => expect(said()).not.toBe(''));
	return { page, rows, count, session };
}

async function withTwo() {
	for (const report of [SYMMETRIC, BLOCKED]) await keepReport(report);
	return screen();
}

describe('the list', () => {
	test('is empty until something is kept, and says what will be there', async () => {
		const { page } = await screen();
		await findByText(page, 'Nothing is kept yet. Every finished check and call, and every opened dump, will be listed here.');
	});

	test('has what was kept, the newest first, and is searched by all words', async () => {
		const { page, count, rows } = await withTwo();
		await count(2);
		getByText(page, '2 reports');
		await write(getByLabelText<HTMLInputElement>(page, 'Search'), 'firefox NEED');
		await count(1);
		getByText(page, '1 of 2 reports');
		expect(textOf(page.querySelector('.entries'))).toContain('Nothing over UDP: calls need TURN');
		await write(getByLabelText<HTMLInputElement>(page, 'Search'), 'nothing like it');
		getByText(page, 'No kept report matches.');
		expect(rows()).toEqual([]);
	});

	test('shows the first fifty of many, and the rest when asked for', async () => {
		await Promise.all(Array.from({ length: 53 }, (_, i) => keepReport({ ...reportOf('no server at all'), id: `copy ${i}` })));
		const { page, count } = await screen();
		await count(50);
		await press(getByRole(page, 'button', { name: 'Show 3 more' }));
		await count(53);
	});
});

describe('a kept report', () => {
	test('gets a name, which it is found by', async () => {
		const { page, count, rows } = await withTwo();
		await count(2);
		await press(page.querySelector<HTMLElement>('.entries [aria-label^="Rename"]')!);
		const field = getByLabelText<HTMLInputElement>(page, 'Name of the network');
		await write(field, 'Office, third floor');
		field.form!.requestSubmit();
		await until(() => expect(rows()[0]).toBe('Office, third floor'));
		await write(getByLabelText<HTMLInputElement>(page, 'Search'), 'third OFFICE');
		await count(1);
	});

	test('is deleted, brought back, and deleted with all others only after a question', async () => {
		const { page, count } = await withTwo();
		await count(2);
		await press(page.querySelector<HTMLElement>('.entries [aria-label^="Delete"]')!);
		await count(1);
		await press(getByRole(page, 'button', { name: 'Undo' }));
		await count(2);
		await press(getByRole(page, 'button', { name: 'Delete all' }));
		getByText(page, 'Delete all 2 kept reports? This cannot be undone.');
		await press(getByRole(page, 'button', { name: 'Cancel' }));
		await count(2);
		await press(getByRole(page, 'button', { name: 'Delete all' }));
		await press(getByRole(page, 'button', { name: 'Delete all of them' }));
		await findByText(page, /^Nothing is kept yet\./);
	});

	test('is compared with another one once both are ticked, the older one first', async () => {
		const { page, count } = await withTwo();
		await count(2);
		const [first, second] = page.querySelectorAll<HTMLInputElement>('.entries input[type="checkbox"]');
		const compare = getByRole<HTMLButtonElement>(page, 'button', { name: 'Compare the two' });
		getByText(page, 'Tick two reports to compare them.');
		await press(first!);
		getByText(page, 'Tick one more to compare.');
		expect(compare.disabled).toBe(true);
		await press(second!);
		await press(compare);
		await findByText(page, 'What changed');
		expect(textOf(page)).toMatch(/The verdict changed: /);
	});

	test('opens as the report that it was', async () => {
		await keepReport(BLOCKED);
		const { page, count, session } = await screen();
		await count(1);
		await press(getByRole(page, 'button', { name: /^Open \S/ }));
		await until(() => expect(session.opened).toEqual(BLOCKED));
		expect(queryByText(page, 'Keep on this device')).toBeNull();
	});
});

describe('an opened report', () => {
	test('that is not kept can be, and leads back to the list', async () => {
		const { page, count } = await screen(await sessionOf(SYMMETRIC));
		getByText(page, /^A saved report from \d+ \w+ \d{4}, \d\d:\d\d, measured with Chromium/);
		await press(await findByText(page, 'Keep on this device'));
		await findByText(page, 'Kept.');
		await press(getByRole(page, 'button', { name: 'Back to the list' }));
		await count(1);
	});

	test('says that addresses and names are placeholders, and what was left out', async () => {
		const report = {
			...redactReport(SYMMETRIC).report,
			leftOut: [{ rule: 'left-out-of-link-statistics', values: {} }],
			trimmed: ['The raw candidates were left out.']
		};
		const { page } = await screen(await sessionOf(report));
		getByText(page, 'Addresses and names in this report are placeholders.');
		getByText(page, 'The raw candidates were left out.');
		getByText(page, 'To fit into a link, the statistics of the call were left out.');
	});
});

test('where keeping is switched off nothing is kept, and it is said', async () => {
	const { page } = await screen();
	await press(getByLabelText(page, /^Keep finished checks and calls on this device/));
	getByText(page, 'Nothing is kept: keeping is switched off.');
	expect(localStorage.getItem(HISTORY_KEY)).toBe('off');
	expect(await keepReport(SYMMETRIC)).toBeNull();
	await takeAway();
	const again = await screen();
	await findByText(again.page, 'Nothing is kept: keeping is switched off.');
});

describe('where the browser does not do as told, it is a sentence', () => {
	test('a private window', async () => {
		vi.spyOn(indexedDB, 'open').mockImplementation(() => {
			throw new DOMException('no', 'SecurityError');
		});
		const { page } = await screen();
		getByText(page, /^This browser keeps nothing for this page: a private window, or storage is switched off\./);
	});

	test('a full disk', async () => {
		vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
			throw new DOMException('full', 'QuotaExceededError');
		});
		const { page } = await screen(await sessionOf(SYMMETRIC));
		await press(await findByText(page, 'Keep on this device'));
		await press(getByRole(page, 'button', { name: 'Back to the list' }));
		await findByText(page, /^The browser has no room left for reports\./);
	});

	/** What a later version of the app does with the database. */
	const upgrade = () =>
		new Promise<void>((resolve, reject) => {
			const request = indexedDB.open(DATABASE, 99);
			request.onsuccess = () => (request.result.close(), resolve());
			request.onerror = () => reject(request.error!);
		});

	test('a newer version in another tab, which gets the database at once', async () => {
		const { page } = await screen();
		await upgrade();
		await findByText(page, /^A newer version of Icelens was opened in another tab\./);
	});

	test('a newer version was here before', async () => {
		await upgrade();
		const { page } = await screen();
		getByText(page, /^A newer version of Icelens has kept reports on this device\./);
	});
});

const VERDICTS = withNewParts(REPORTS, (report) => [headlineOf(report).verdict]);

test.each(VERDICTS)('$name is kept and found by its verdict', async ({ report }) => {
	const kept = await keepReport(report);
	if (!kept?.ok) throw new Error('It was not kept.');
	const { page, count } = await screen();
	await write(getByLabelText<HTMLInputElement>(page, 'Search'), kept.value.title);
	await count(1);
});
