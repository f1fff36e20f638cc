/** What is worth knowing besides: worst first, no consequence beside its cause, and nothing that the servers table has said. */
import { getByText } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { findingsOf, reportOf, REPORTS, serversOf, withNewParts } from '../../../../tests/support/components/reports';
import { show, textOf, textsOf } from '../../../../tests/support/components/show';
import type { Finding, Report } from '../../core/report/report';
import FindingsCard from './FindingsCard.svelte';

const WORDS = { problem: 'Problem', warning: 'Warning', normal: 'Normal', info: 'Note' };
const TONES = { problem: 'problem', warning: 'warning', normal: 'normal', info: 'normal' };

const cardOf = (report: Report) => show(FindingsCard, { findings: findingsOf(report), servers: serversOf(report) });
const isNotInServersTable = (report: Report) => {
	// A row says what rests on the same test; what was wrong with the list before stands in no row.
	const said = serversOf(report).filter(({ error }) => error !== null);
	const explained = new Set(findingsOf(report).flatMap(({ explains }) => explains));
	return findingsOf(report).filter(
		({ id, subject, observations }) =>
			!explained.has(id) &&
			!said.some(
				(row) => subject.kind === 'server' && subject.url === row.url && observations.some((i) => row.observations.includes(i))
			)
	);
};

const DISTINCT = withNewParts(REPORTS, (report) => findingsOf(report).map(({ rule, severity }) => `${rule} ${severity}`));

test.each(DISTINCT)('$name: each finding once, worst first, in its words and tone', ({ report }) => {
	const page = cardOf(report);
	const items = [...page.querySelectorAll('li')];
	const expected = isNotInServersTable(report);
	if (expected.length === 0) return void getByText(page, 'Nothing else stands out.');
	const ranks = items.map((item) => Object.values(WORDS).indexOf(textOf(item.querySelector('.status'))));
	expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
	for (const { text, severity } of expected) {
		const item = items.find((one) => textOf(one).includes(text.replace(/\s+/g, ' ').trim()));
		expect(textOf(item?.querySelector('.status')), text).toBe(WORDS[severity]);
		expect(item!.querySelector('.status')!.classList.contains(TONES[severity])).toBe(true);
	}
	expect(items).toHaveLength(expected.length);
});

describe('where a finding is about an address', () => {
	const report = reportOf('full cone');
	const finding = {
		id: 'r@turn:a.example:3478',
		rule: 'r',
		values: {},
		text: 'A server is old.',
		subject: { kind: 'server', url: 'turn:a.example:3478' },
		severity: 'warning',
		explains: [],
		observations: []
	} satisfies Finding & { text: string };
	test.each([
		['it is named once, behind the sentence', finding, 'A server is old. turn:a.example:3478'],
		[
			'it is not named again after its sentence has',
			{ ...finding, text: 'turn:a.example:3478 is old.' },
			'turn:a.example:3478 is old.'
		],
		[
			'a place that is no address is left out',
			{ ...finding, subject: { kind: 'network', family: null } satisfies Finding['subject'] },
			'A server is old.'
		]
	])('%s', (_, one, said) => {
		const page = show(FindingsCard, { findings: [one], servers: serversOf(report) });
		expect(textsOf(page, 'li > p')).toEqual([said]);
	});
});

test('a server that the table explains is not explained again', () => {
	const report = reportOf('one dead server among three');
	const dead = serversOf(report).find(({ error }) => error !== null)!;
	const about = findingsOf(report).filter(({ subject }) => subject.kind === 'server' && subject.url === dead.url);
	expect(about.length).toBeGreaterThan(0);
	for (const { text } of about) expect(textOf(cardOf(report))).not.toContain(text);
});

test('without any it says that nothing else stands out', () => {
	expect(textOf(show(FindingsCard, { findings: [], servers: [] }))).toBe('Worth knowing Nothing else stands out.');
});
