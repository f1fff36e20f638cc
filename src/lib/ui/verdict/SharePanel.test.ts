/** What the share panel offers of a report, and what leaves the device with it. */
import { findByText, getByLabelText, getByRole, getByText, queryByRole } from '@testing-library/dom';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { seededReport, SECRETS } from '../../../../tests/golden/generate-report';
import { reportOf } from '../../../../tests/support/components/reports';
import { press, sessionOf, show, textOf, textsOf, until } from '../../../../tests/support/components/show';
import { fail, ok } from '../../core/base/result';
import { parseReport } from '../../core/report/parse';
import type { Report } from '../../core/report/report';
import { unpack } from '../share';
import SharePanel from './SharePanel.svelte';

const REPORT = reportOf('symmetric-chromium.recorded');

afterEach(() => void vi.restoreAllMocks());

async function panelOf(report: Report) {
	const session = await sessionOf(report);
	const page = show(SharePanel, {}, session);
	// The link is measured while the rest is there already.
	await findByText(page, /^(The link has|This report does not fit)/);
	return { page, session };
}

/** What the browser was given to put on the clipboard. */
async function copied(page: HTMLElement, name: string): Promise<string> {
	const written = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
	await press(getByRole(page, 'button', { name }));
	await until(() => expect(written).toHaveBeenCalledOnce());
	const [text] = written.mock.calls[0]!;
	written.mockRestore();
	return text;
}

/** The file that the browser was told to save. */
async function saved(page: HTMLElement, name: string): Promise<{ name: string; type: string; text: string }> {
	const blobs: Blob[] = [];
	vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => (blobs.push(blob as Blob), 'blob:icelens'));
	const names: string[] = [];
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
		names.push(this.download);
	});
	await press(getByRole(page, 'button', { name }));
	await until(() => expect(names).toHaveLength(1));
	vi.restoreAllMocks();
	return { name: names[0]!, type: blobs[0]!.type, text: await blobs[0]!.text() };
}

async function reportIn(link: string): Promise<Report> {
	const text = await unpack(link.split('#report=')[1]!);
	if (!text.ok) throw new Error(text.error.message);
	const parsed = parseReport(text.value);
	if (!parsed.ok) throw new Error(parsed.error.message);
	return parsed.value;
}

test('offers the link, HTML and Markdown to share, and JSON, CSV, JUnit XML and print as complete data', async () => {
	const { page } = await panelOf(REPORT);
	expect(textsOf(page, '.group:nth-child(1) button').concat(textsOf(page, '.group:nth-child(2) button'))).toEqual([
		'Copy link to this result',
		'Download HTML',
		'Copy Markdown',
		'Download JSON',
		'Download CSV',
		'Download JUnit XML',
		'Print'
	]);
	expect(textsOf(page, 'h3')).toEqual(['To share', 'Complete data']);
});

test('says how long the link is, and while that is measured that it is', async () => {
	const page = show(SharePanel, {}, await sessionOf(REPORT));
	getByText(page, 'Measuring the link.');
	expect(queryByRole(page, 'button', { name: 'Copy link to this result' })).toBeNull();
	const said = textOf(await findByText(page, /^The link has/));
	const link = await copied(page, 'Copy link to this result');
	expect(said).toContain(`The link has ${link.length.toLocaleString('en')} characters.`);
});

describe('what is shared', () => {
	const secrets = ['address', 'host', 'username', 'device'].flatMap((kind) => SECRETS[kind as keyof typeof SECRETS]);
	const holdsAny = (text: string) => secrets.filter((secret) => text.includes(secret));

	test('is redacted unless that is switched off, and says which', async () => {
		const { page } = await panelOf(REPORT);
		getByText(page, 'What matters stays: which addresses are the same, whether they are private or public, ports, times.');
		expect(await reportIn(await copied(page, 'Copy link to this result'))).toMatchObject({ redacted: true });
		expect(await copied(page, 'Copy Markdown')).toContain('are placeholders');
		expect((await saved(page, 'Download HTML')).text).toContain('are placeholders');

		await press(getByLabelText(page, 'Replace addresses and names with placeholders'));
		getByText(page, 'Public addresses, server names and user names are readable in what you share.');
		await findByText(page, /^The link has/);
		const own = await reportIn(await copied(page, 'Copy link to this result'));
		expect(own.redacted).toBeUndefined();
		expect(own.conclusions).toEqual(REPORT.conclusions);
		expect(await copied(page, 'Copy Markdown')).not.toContain('are placeholders');
		expect((await saved(page, 'Download HTML')).text).not.toContain('are placeholders');
	});

	test('holds none of what was written into every place of a report', async () => {
		const { page } = await panelOf(seededReport(4));
		expect(holdsAny(await copied(page, 'Copy Markdown'))).toEqual([]);
		expect(holdsAny((await saved(page, 'Download HTML')).text)).toEqual([]);
	});
});

test.each([
	['Download JSON', 'json', 'application/json', /^\{/],
	['Download CSV', 'csv', 'text/csv', /^report,Report\r\nname,value\r\n/],
	['Download JUnit XML', 'xml', 'application/xml', /^<\?xml version="1\.0"/],
	['Download HTML', 'html', 'text/html', /^<!doctype html>/]
])('"%s" saves a file of that kind, named by the time of the report', async (name, ending, type, begins) => {
	const { page } = await panelOf(REPORT);
	const file = await saved(page, name);
	const time = REPORT.createdAt.slice(0, 19).replaceAll(':', '');
	expect([file.name, file.type]).toEqual([`icelens-${time}.${ending}`, type]);
	expect(file.text).toMatch(begins);
});

test('the JSON is the report as it was saved', async () => {
	const { page } = await panelOf(REPORT);
	expect(JSON.parse((await saved(page, 'Download JSON')).text)).toEqual(REPORT);
});

describe('what is replaced', () => {
	test('is counted, and listed by kind when opened, each value with its placeholder', async () => {
		const { page } = await panelOf(seededReport(4));
		const preview = [...page.querySelectorAll('details')].find((one) => /^What is replaced/.test(textOf(one)))!;
		const count = Number(/\((\d+)\)/.exec(textOf(preview.querySelector('summary')))![1]);
		expect(preview.querySelector('table')).toBeNull();
		preview.open = true;
		preview.dispatchEvent(new Event('toggle'));
		await until(() => expect(preview.querySelector('table')).not.toBeNull());
		const rows = [...preview.querySelectorAll('tbody tr')].map((row) => textsOf(row, 'td'));
		const kinds = [...new Set(rows.map(([kind]) => kind))];
		expect(kinds).toEqual(['Addresses', 'Host names', 'User names', 'Devices', 'Paths of web addresses']);
		expect(rows.map(([, from]) => from)).toEqual(expect.arrayContaining([...SECRETS.username, SECRETS.address[0]]));
		for (const [, from, to] of rows) expect(from === to).toBe(false);
		const also = textOf(getByText(preview, /^Also replaced:/));
		const counted = [...also.matchAll(/\d+/g)].reduce((sum, [n]) => sum + Number(n), 0);
		expect(rows.length + counted).toBe(count);
		getByText(preview, 'Credentials of servers are never in a report, redacted or not.');
	});

	test('is not shown where nothing is', async () => {
		const { page } = await panelOf(REPORT);
		expect(textOf(page)).toContain('What is replaced');
		await press(getByLabelText(page, 'Replace addresses and names with placeholders'));
		expect(textOf(page)).not.toContain('What is replaced');
	});
});

describe('where the report is kept', () => {
	test.each([
		['on this device', ok(null), /^Kept on this device\. All reports$/],
		['nowhere, with the reason', fail('full', 'There is no room.'), /^Not kept on this device\. There is no room\. All reports$/],
		['nothing is said while it is not known', null, /^All reports$/]
	])('%s', async (_, kept, said) => {
		const session = await sessionOf(REPORT);
		session.kept = kept;
		expect(textOf(show(SharePanel, {}, session).querySelector('header p'))).toMatch(said);
	});
});

test('a report that cannot be made into a file says why', async () => {
	const { page } = await panelOf(REPORT);
	vi.spyOn(URL, 'createObjectURL').mockImplementation(() => {
		throw new Error('The disk is full.');
	});
	await press(getByRole(page, 'button', { name: 'Download CSV' }));
	await until(() => expect(textOf(getByRole(page, 'alert'))).toBe('The disk is full.'));
});
