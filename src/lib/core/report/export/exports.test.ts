import { describe, expect, test } from 'vitest';
import { generateReport, seededReport } from '../../../../../tests/golden/generate-report';
import { goldenReports } from '../../../../../tests/golden/golden-reports';
import { HEADLINE_CASES } from '../../../../../tests/golden/headlines-table';
import { judgeAgain } from '../judge-again';
import { ENGLISH } from '../../messages/en/english';
import { redactReport } from '../redact';
import type { Report } from '../report';
import { trimmed, TRIM_STEPS } from '../trim';
import { withText, type WrittenReport } from '../with-text';
import { chartLabel, chartSvg } from './chart-svg';
import { toCsv } from './csv';
import { headlineWords } from '../headline-words';
import { documentOf } from './document';
import { csvField, escapeMarkdown, escapeXml } from '../../base/escape';
import { toHtml } from './html';
import { toJson } from './json';
import { toJunit } from './junit';
import { toMarkdown } from './markdown';

const home = goldenReports().find(({ name }) => name.startsWith('symmetric-chromium'))!.report;

/** One report for each rule of the headline that speaks of more than a check, and the golden ones. */
const HEADLINE_REPORTS: [string, Report][] = [
	...HEADLINE_CASES.map(({ name, observations }): [string, Report] => [name, judgeAgain({ ...generateReport(1), observations })]),
	...goldenReports().map(({ name, report }): [string, Report] => [name, report])
];

describe('trimming', () => {
	test('what is judged of a network survives every step of trimming', () => {
		for (const { report } of goldenReports()) {
			const before = judgeAgain(report).conclusions;
			expect(trimmed(report, TRIM_STEPS.length).conclusions).toEqual(before);
		}
	});
});

test('a trimmed call: fewer samples first, then no descriptions, then no statistics', () => {
	const size = (steps: number) => JSON.stringify(trimmed(seededReport(1), steps)).length;
	expect(size(2)).toBeLessThan(size(0));
	expect(size(3)).toBeLessThan(size(2));
	expect(JSON.stringify(trimmed(seededReport(1), 2))).not.toContain('a=ice-ufrag');
	expect(JSON.stringify(trimmed(seededReport(1), 3))).not.toContain('currentRoundTripTime');
});

describe.each(HEADLINE_REPORTS)('the headline of %s is the same everywhere', (_, report) => {
	const { text, causes, nextSteps } = withText(report).conclusions.headline;
	const { title } = headlineWords(report.conclusions);

	test('in JSON with its rule, its values and what it rests on', () => {
		const { headline } = (JSON.parse(toJson(report)) as WrittenReport).conclusions;
		expect(headline).toEqual(JSON.parse(JSON.stringify(withText(report).conclusions.headline)));
		expect(Object.keys(headline).toSorted()).toEqual(['about', 'causes', 'nextSteps', 'rule', 'text', 'values', 'verdict']);
	});

	test('in the documents with what to do', () => {
		expect(toHtml(report)).toContain(`${escapeXml(title)}</h2><p>${escapeXml(text)}</p>`);
		expect(toMarkdown(report)).toContain(`**${escapeMarkdown(title)}.** ${text === title ? '' : escapeMarkdown(text)}`.trim());
		expect(toCsv(report)).toContain(csvField(text));
		for (const step of nextSteps) expect(toHtml(report)).toContain(escapeXml(step.text));
		for (const cause of causes) if (cause.text !== text) expect(toHtml(report)).toContain(escapeXml(cause.text));
	});

	test('in JUnit', () => {
		expect(toJunit(report)).toContain(`<property name="verdict" value="${escapeXml(text)}"/>`);
	});
});

describe('HTML', () => {
	test('holds the picture, every table and no script', () => {
		const html = toHtml(home);
		expect(html).toContain('<svg class="picture"');
		for (const { title } of documentOf(home).tables) expect(html).toContain(`<h2>${title}</h2>`);
		expect(html).not.toMatch(/<script|<link|<img|<iframe| src=| href=|url\(/i);
		expect(html).toContain('default-src &#39;none&#39;');
	});

	test('draws the series of a call', () => {
		const html = toHtml(seededReport(1));
		expect(html).toContain('<figcaption>Round-trip time</figcaption><svg class="chart"');
		expect(html).toContain('median 25 ms, from 20 ms to 30 ms');
	});
});

describe('a chart', () => {
	const chart = (v: (number | null)[]) => ({
		title: 'Loss',
		unit: 'share' as const,
		lines: [{ label: 'video', series: { tMs: v.map((_, i) => i * 1000), v } }]
	});

	test('breaks its line where nothing was measured', () => {
		const path = /class="series l1" d="([^"]*)"/.exec(chartSvg(chart([0.1, 0.2, null, 0.1, 0.2]), ENGLISH))![1]!;
		expect(path.match(/M/g)).toHaveLength(2);
		expect(path.match(/L/g)).toHaveLength(2);
	});

	test('a single value between gaps is a short stroke, not nothing', () => {
		expect(chartSvg(chart([null, 0.2, null]), ENGLISH)).toMatch(/d="M[\d.]+ [\d.]+h1\.5"/);
	});

	test('of nothing is nothing, and says so', () => {
		expect(chartSvg({ title: 'x', unit: 'ms', lines: [{ label: 'a', series: { tMs: [], v: [] } }] }, ENGLISH)).toBe('');
		expect(chartLabel(chart([null]), ENGLISH)).toBe('Loss. video: nothing measured.');
	});

	test('of ten thousand points stays small', () => {
		const many = Array.from({ length: 10_000 }, (_, i) => i % 100);
		expect(chartSvg(chart(many), ENGLISH).length).toBeLessThan(20_000);
	});
});

describe('Markdown', () => {
	test('has each table, and fits an issue', () => {
		const markdown = toMarkdown(home);
		expect(markdown.length).toBeLessThan(65_536);
		expect(markdown).toContain('### Servers\n\n| Server | Family |');
		expect(markdown).toMatch(/\n<details><summary>How this was measured<\/summary>\n\n\| No\. \|/);
		const rows = markdown.split('\n').filter((line) => line.startsWith('| '));
		for (const row of rows) expect(row.replace(/\\\|/g, '').match(/ \|/g)!.length).toBeGreaterThan(1);
	});

	test('leaves out whole tables from the end where it would be too long, and says which', () => {
		const short = toMarkdown(home, ENGLISH, 6000);
		expect(short.length).toBeLessThanOrEqual(6000);
		expect(short).toMatch(/Left out, since the text would be too long: .*How this was measured/);
		expect(short).toContain('### Questions and answers');
	});
});

describe('CSV', () => {
	/** A reader of RFC 4180. */
	function read(csv: string): string[][] {
		const rows: string[][] = [[]];
		const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/g;
		for (const [all, field, end] of csv.matchAll(pattern)) {
			if (all === '' && end === '') break;
			rows.at(-1)!.push(field!.startsWith('"') ? field!.slice(1, -1).replaceAll('""', '"') : field!);
			if (end === '\r\n') rows.push([]);
		}
		return rows;
	}

	test('every table and every value of a call can be read back', () => {
		const report = seededReport(1);
		const rows = read(toCsv(report));
		const at = rows.findIndex(([id]) => id === 'servers');
		const servers = documentOf(report).tables.find(({ id }) => id === 'servers')!;
		expect(rows[at + 1]).toEqual(servers.columns);
		expect(rows.slice(at + 2, at + 2 + servers.rows.length).every((row) => row.length === servers.columns.length)).toBe(true);
		const values = rows.filter(([, metric]) => metric === 'round-trip-time').map((row) => Number(row[6]));
		expect(values).toEqual([20, 30, 25]);
	});
});

describe('JUnit XML', () => {
	test('text from outside stays text', () => {
		const report = structuredClone(home) as Report;
		report.conclusions.servers[0]!.url = `turn:"><x>&'\u0000\uD800`;
		const xml = toJunit(report);
		expect(xml).toContain('turn:&quot;&gt;&lt;x&gt;&amp;&#39;\uFFFD\uFFFD');
	});
});

test('a redacted copy says so in every document for people', () => {
	const { report } = redactReport(home);
	for (const make of [toHtml, toMarkdown, toCsv]) expect(make(report)).toContain('are placeholders');
	for (const make of [toHtml, toMarkdown, toCsv]) expect(make(home)).not.toContain('are placeholders');
});
