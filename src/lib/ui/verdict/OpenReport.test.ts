/** Saved reports opened from text and from files: what is said of those that are none, and of those judged differently. */
import { getByLabelText, getByRole } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { reportOf, REPORTS } from '../../../../tests/support/components/reports';
import { press, sessionOf, show, textOf, until, write } from '../../../../tests/support/components/show';
import { toJson } from '../../core/report/export/json';
import type { Report } from '../../core/report/report';
import { Session } from '../session.svelte';
import { reportLink } from '../share';
import ChangesCard from './ChangesCard.svelte';
import OpenReport from './OpenReport.svelte';

const REPORT = reportOf('symmetric-chromium.recorded');
const TEXT = toJson(REPORT);

function panel() {
	const session = new Session();
	const onclose = vi.fn();
	const page = show(OpenReport, { onclose }, session);
	const field = getByLabelText<HTMLTextAreaElement>(page, 'Or paste the report or a link to one');
	const open = getByRole<HTMLButtonElement>(page, 'button', { name: 'Open' });
	const said = () => textOf(getByRole(page, 'status'));
	return { page, session, onclose, field, open, said };
}

test.each([
	['its text', () => Promise.resolve(TEXT)],
	['a link that holds it', () => reportLink('https://icelens.example/', JSON.stringify(REPORT))]
])('opens a report from %s, and closes', async (_, made) => {
	const { field, open, session, onclose } = panel();
	expect(open.disabled).toBe(true);
	await write(field, await made());
	await press(open);
	await until(() => expect(onclose).toHaveBeenCalledOnce());
	expect(session.opened).toEqual(REPORT);
});

describe('what is no report is refused with the place or the reason', () => {
	const text = TEXT;
	test.each([
		['half a report', text.slice(0, 5000), /^This is not JSON: .*position 5000/],
		['a page', '<!doctype html><title>x</title>', /^This is a page or an XML file/],
		['another JSON', JSON.stringify({ rows: [1, 2] }), /not an Icelens report/],
		[
			'an impossible value',
			text.replace('"port": ', '"port": -'),
			/observations\[\d+\]\.outcome\.data\.candidates\[0\]\.port is -\d+; it must be a whole number/
		],
		['a later schema', JSON.stringify({ ...REPORT, schema: 7000 }), /schema 7000; this version of Icelens reads up to \d+/],
		[
			'a link that was cut off',
			'https://icelens.example/#report=AAAA',
			/^The link holds no readable report\. It may have been cut off/
		]
	])('%s', async (_, given, why) => {
		const { field, open, session, said } = panel();
		await write(field, given);
		await press(open);
		await until(() => expect(said()).toMatch(why));
		expect(session.opened).toBeNull();
	});

	test('a file that is larger than any report, by its size alone', async () => {
		const { page, said } = panel();
		const file = new File([], 'huge.json');
		Object.defineProperty(file, 'size', { value: 51_000_000 });
		const read = vi.spyOn(file, 'text');
		const input = getByLabelText<HTMLInputElement>(page, /Choose a file/);
		Object.defineProperty(input, 'files', { value: [file], configurable: true });
		input.dispatchEvent(new Event('change', { bubbles: true }));
		await until(() => expect(said()).toMatch(/^huge\.json has 51 MB; a report has at most 20 MB\./));
		expect(read).not.toHaveBeenCalled();
	});
});

describe('how this version judges a saved report', () => {
	const cardOf = async (report: Report) => textOf(show(ChangesCard, {}, await sessionOf(report)));

	test.each(REPORTS.filter(({ name }) => /recorded|described/.test(name)))('$name: as it was judged', async ({ report }) => {
		expect(await cardOf(report)).toBe(`This version judges it as version ${report.tool.version} did when it was saved.`);
	});

	test('what changed is named, with both versions', async () => {
		const changed = structuredClone(REPORT);
		const answer = changed.conclusions.answers.find(({ question }) => question === 'turn-works')!;
		answer.says = 'no';
		const said = await cardOf({ ...changed, tool: { name: 'icelens', version: '0.0.1' } });
		expect(said).toMatch(new RegExp(`^Icelens 0\\.0\\.1 judged this report differently from Icelens ${__ICELENS_VERSION__}: .+`));
	});
});
