/**
 * English that no message makes cannot be translated. Here every report of the tests is told in a language whose letters differ from
 * English ones (tests/support/pseudo-locale.ts): plain letters that are left are facts of the report, or stand in a list below. The
 * lists may only become shorter.
 */
import { expect, test } from 'vitest';
import { reportText } from '../../src/cli/text';
import { isRecord } from '../../src/lib/core/base/record';
import { toCsv } from '../../src/lib/core/report/export/csv';
import { toHtml } from '../../src/lib/core/report/export/html';
import { toJunit } from '../../src/lib/core/report/export/junit';
import { toMarkdown } from '../../src/lib/core/report/export/markdown';
import { judgeAgain } from '../../src/lib/core/report/judge-again';
import type { Report } from '../../src/lib/core/report/report';
import { REPORTS } from '../support/components/reports';
import { isSaid, isWord, pseudoSentence } from '../support/pseudo-locale';
import { CALL_CASES } from './calls-table';
import { generateReport } from './generate-report';
import { HEADLINE_CASES } from './headlines-table';
import { PAIR_CASES, pairObservations } from './pairs-table';
import { PATH_CASES } from './paths-table';
import { importObservation, RECORDING_CASES } from './recordings-table';

/** Fields of conclusions that hold English beside what a rule says. */
const ENGLISH_FIELDS: readonly string[] = ['calls.summary.directions.from', 'calls.summary.directions.to', 'peers.peer.about'];

/** How many different English words each kind of output has of its own: headings, names of columns, words for states. */
const OWN_WORDS = { text: 14, markdown: 117, csv: 113, junit: 12, html: 135 };

const TABLES = [PATH_CASES, CALL_CASES, HEADLINE_CASES].flatMap((table) => table.map(({ observations }) => observations));
const ALL: readonly Report[] = [
	...REPORTS.map(({ report }) => judgeAgain(report)),
	...[...TABLES, ...PAIR_CASES.map(pairObservations), ...RECORDING_CASES.map(([, bad]) => [importObservation(bad)])].map(
		(observations) => judgeAgain({ ...generateReport(1), observations })
	)
];

/** Every text below a value, with the names of the fields on the way, those of lists left out. */
function textsIn(value: unknown, path = ''): { path: string; text: string }[] {
	if (typeof value === 'string') return [{ path, text: value }];
	if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, path));
	if (!isRecord(value)) return [];
	return Object.entries(value).flatMap(([name, item]) => textsIn(item, below(path, name)));
}

function below(path: string, name: string): string {
	return path === '' ? name : `${path}.${name}`;
}

/** Two letters may be part of an address. */
const WORD = /[A-Za-z]{3,}/g;

/** What was measured, and the words of closed lists: the data of a report, in small letters. */
function factsOf({ conclusions, ...measured }: Report): string {
	const chosen = textsIn(conclusions).filter(({ text }) => isWord(text));
	return [...textsIn(measured), ...chosen].map(({ text }) => text.toLowerCase()).join('\n');
}

/** Words that are no data of the report; sources are cited by name in every language. */
function englishIn(text: string, facts: string): string[] {
	if (facts.includes(text.toLowerCase())) return [];
	return [...text.replace(/\bRFC \d+/g, '').matchAll(WORD)]
		.map(([word]) => word)
		.filter((word) => !facts.includes(word.toLowerCase()));
}

/** Conclusions whose rules are of a version that this one does not know, so that each is told in the text beside it. */
function inPseudo(conclusions: Report['conclusions']): Report['conclusions'] {
	return told(conclusions, '') as Report['conclusions'];
}

function told(value: unknown, path: string): unknown {
	if (typeof value === 'string') return ENGLISH_FIELDS.includes(path) ? '…' : value;
	if (Array.isArray(value)) return value.map((item) => told(item, path));
	if (!isRecord(value)) return value;
	const fields = Object.entries(value).map(([name, item]) => [name, told(item, below(path, name))]);
	const said = isSaid(value) ? { rule: `${value.rule}-in-pseudo`, values: {}, text: pseudoSentence(value) } : {};
	return { ...Object.fromEntries(fields), ...said };
}

test('values are facts, and conclusions hold English in listed fields only', () => {
	const english = ALL.flatMap((report) => {
		const facts = factsOf(report);
		return textsIn(report.conclusions).filter(({ text }) => englishIn(text, facts).length > 0);
	});
	const elsewhere = english.filter(({ path }) => !ENGLISH_FIELDS.includes(path)).map(({ path, text }) => `${path}: ${text}`);
	expect([...new Set(elsewhere)]).toEqual([]);
	const held = english.map(({ path }) => path);
	expect(ENGLISH_FIELDS.filter((path) => !held.includes(path))).toEqual([]);
});

test('a sentence has plain letters of its values alone', () => {
	const text = pseudoSentence({
		rule: 'udp-answered-from-outside',
		values: { urls: ['stun:a.example', 'stun:b.example'], quickestMs: 12 }
	});
	expect(text).toBe(
		'ＵＤＰ ｗｏｒｋｓ: stun:a.example ａｎｄ stun:b.example ａｎｓｗｅｒｅｄ ｆｒｏｍ ｏｕｔｓｉｄｅ ｉｎ 12 ｍｓ.'
	);
});

test.each(Object.entries(OWN_WORDS))('%s has no more English of its own than %d words', (kind, atMost) => {
	const words = new Set(
		ALL.flatMap((report) => {
			const pseudo = { ...report, conclusions: inPseudo(report.conclusions) };
			return englishIn(OUTPUTS[kind as keyof typeof OWN_WORDS](pseudo), factsOf(pseudo));
		})
	);
	expect(words.size, [...words].join(' ')).toBeLessThanOrEqual(atMost);
});

const PLAIN_TERMINAL = { columns: 90, paint: (_: unknown, text: string) => text };

const OUTPUTS: Record<keyof typeof OWN_WORDS, (report: Report) => string> = {
	text: (report) => reportText(report, PLAIN_TERMINAL),
	markdown: (report) => toMarkdown(report),
	csv: (report) => toCsv(report),
	junit: (report) => shown(toJunit(report)),
	html: (report) => shown(toHtml(report))
};

/** What people see of XML, with the names of pictures and tables. */
function shown(markup: string): string {
	const names = [...markup.matchAll(/(?<!<meta) (?:aria-label|title|name|message)="([^"]*)"/g)].map(([, name]) => name);
	return [markup.replace(/<style>.*?<\/style>/gs, '').replace(/<[^>]*>/g, ' '), ...names].join(' ');
}
