import { ENGLISH } from '../lib/core/messages/en/english';
import { sentence } from '../lib/core/messages/en/sentence';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { toCsv } from '../lib/core/report/export/csv';
import { toHtml } from '../lib/core/report/export/html';
import { toJunit } from '../lib/core/report/export/junit';
import { toMarkdown } from '../lib/core/report/export/markdown';
import { headlineWords } from '../lib/core/report/headline-words';
import type { Change } from '../lib/core/report/compare';
import { judgeAgain } from '../lib/core/report/judge-again';
import { parseReport } from '../lib/core/report/parse';
import type { Report } from '../lib/core/report/report';
import { serverTone } from '../lib/core/report/tones';
import { ANSWER_WORDS } from '../lib/core/messages/en/vocabulary';
import { DEFAULT_LIMITS } from '../lib/core/plan/config';
import { conclude } from '../lib/core/verdict/conclude';
import { rootFindings } from '../lib/core/verdict/root-findings';
import { exitStatus } from './status';
import { changesText, reportText } from './text';

const folder = new URL('../../tests/golden/', import.meta.url);
const plain = { columns: 90, paint: (_: unknown, text: string) => text };

/** Reports of real browsers in known networks. */
const reports = readdirSync(folder)
	.filter((name) => name.endsWith('.report.json'))
	.map((name): [string, Report] => {
		const parsed = parseReport(readFileSync(new URL(name, folder), 'utf8'));
		if (!parsed.ok) throw new Error(`${name}: ${parsed.error.message}`);
		return [name, judgeAgain(parsed.value)];
	});

const words = (text: string) => text.replace(/\s+/g, ' ');

describe.each(reports)('%s', (_, report) => {
	const text = reportText(report, ENGLISH, plain);

	test('leads with the verdict and holds every answer, server and finding', () => {
		const verdict = sentence(report.conclusions.headline);
		expect(words(text).startsWith(words(verdict))).toBe(true);
		for (const answer of report.conclusions.answers) {
			expect(words(text)).toContain(words(sentence(answer)));
			expect(text).toContain(ANSWER_WORDS[answer.question].question);
		}
		for (const { url, state, error } of report.conclusions.servers) {
			expect(text).toMatch(new RegExp(`${state}\\s+${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
			if (error) expect(words(text)).toContain(words(sentence(error.nextStep)));
		}
		for (const finding of rootFindings(report.conclusions.findings)) expect(words(text)).toContain(words(sentence(finding)));
	});

	test('says nothing undefined, and has no line beyond the width but for long addresses', () => {
		expect(text).not.toMatch(/undefined|NaN|\[object/);
		const long = text.split('\n').filter((line) => line.length > 90 && !/[a-z]+:\S{20,}/.test(line));
		expect(long).toEqual([]);
	});

	test('its exit status is 1 exactly when something asked for does not work', () => {
		const states = report.conclusions.servers.map(({ state }) => state);
		const bad = states.some((state) => !['works', 'not-tested', 'unknown'].includes(state));
		if (bad) expect(exitStatus(report.conclusions)).toBe(1);
		else if (report.conclusions.headline.verdict === 'direct') expect(exitStatus(report.conclusions)).toBe(0);
	});
});

test('bytes are counted in the same units as in the other documents: 65.5 kB, not 64 KiB', () => {
	const [, report] = reports.find(([, { conclusions }]) => conclusions.servers.some((server) => server.relayedBytes > 0))!;
	const relayed = structuredClone(report);
	for (const server of relayed.conclusions.servers) server.relayedBytes = 65_536;
	expect(reportText(relayed, ENGLISH, plain)).toContain('65.5 kB relayed');
	expect(toCsv(relayed)).toContain(',65.5 kB,');
});

test.each([
	['text', (report: Report) => reportText(report, ENGLISH, plain)],
	['JUnit', (report: Report) => toJunit(report)],
	['Markdown', (report: Report) => toMarkdown(report)],
	['HTML', (report: Report) => toHtml(report)]
])('%s names the user where one address stands in two rows', (_, write) => {
	const report = structuredClone(
		reports.find(([, { conclusions }]) => conclusions.servers.some(({ kind }) => kind === 'turn'))![1]
	);
	const row = report.conclusions.servers.find(({ kind }) => kind === 'turn')!;
	expect(write(report)).not.toContain('(user ');
	report.conclusions.servers.push({ ...row, username: 'bob' });
	row.username = 'alice';
	expect(write(report)).toContain(`${row.url} (user alice)`);
	expect(write(report)).toContain(`${row.url} (user bob)`);
});

test('the colours are those of the screen: green only for what is fine there', () => {
	const painted = { columns: 90, paint: (style: unknown, text: string) => `<${[style].flat().join()}>${text}` };
	const colours = { fine: 'green', normal: 'cyan', warning: 'yellow', problem: 'red', unknown: 'gray' };
	for (const [, report] of reports) {
		const lines = reportText(report, ENGLISH, painted).split('\n');
		expect(lines[0]).toMatch(new RegExp(`^<bold,${colours[headlineWords(report.conclusions).tone]}>`));
		for (const server of report.conclusions.servers)
			expect(lines.join('\n')).toContain(`<${colours[serverTone(server)]}>${server.state}`);
	}
	const needsTurn = structuredClone(reports[0]![1]);
	needsTurn.conclusions.headline.verdict = 'with-turn';
	for (const answer of needsTurn.conclusions.answers) if (answer.question === 'turn-works') answer.says = 'no';
	expect(reportText(needsTurn, ENGLISH, painted)).toMatch(/^<bold,yellow>/);
});

test('there are reports to read', () => {
	expect(reports.length).toBeGreaterThan(0);
});

test('what changed is said one by one, and that nothing did', () => {
	expect(changesText('0.1.0', [], ENGLISH, plain)).toBe('\nNothing changed against the saved conclusions (Icelens 0.1.0).\n');
	const change: Change = {
		where: 'nat.ipv4.mapping',
		before: 'unknown',
		after: 'none',
		rule: 'rejudged-nat-field',
		values: { family: 'ipv4', field: 'mapping', before: 'unknown', after: 'none' }
	};
	expect(changesText('0.1.0', [change], ENGLISH, plain)).toContain('  - IPv4 mapping: was unknown, is none.');
});

test('nothing that could be shown to work is a problem', () => {
	expect(exitStatus(conclude(DEFAULT_LIMITS, []))).toBe(1);
});
