/**
 * One report of every schema there ever was, as the version of its time wrote it, kept for ever: each must open in this one.
 * A new schema number needs a new file here and a line below; a file that is here is never changed.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everySentence as sentence } from '../../src/lib/core/messages/en/every-sentence';
import { compareConclusions } from '../../src/lib/core/report/compare';
import { documentOf } from '../../src/lib/core/report/export/document';
import { toJson } from '../../src/lib/core/report/export/json';
import { judgeAgain } from '../../src/lib/core/report/judge-again';
import { parseReport } from '../../src/lib/core/report/parse';
import { SCHEMA } from '../../src/lib/core/report/report';

/** SHA-256 of each file, by schema number, and the verdict that its observations give. */
const FILES: Record<number, { sha256: string; verdict: string }> = {
	1: { sha256: 'a230e580092c03b9a7d60f973cbbc7076799c84c36d51b0c2b999ef3de15ee3a', verdict: 'with-turn' },
	2: { sha256: 'ebe82d00226cf475c9712650056d2c105453d9c37a469943d586f31146ac4c99', verdict: 'with-turn' }
};

/** The first reports of schema 2 hold four fields under other names, which this version does not write. */
function withNamesOfNow(text: string): string {
	return text.replaceAll('"knocks":', '"probes":').replaceAll('"knockMs":', '"probingMs":');
}

test('there is a file for every schema up to this one', () => {
	expect(Object.keys(FILES).map(Number)).toEqual(Array.from({ length: SCHEMA }, (_, i) => i + 1));
});

test.each(Object.entries(FILES))(
	'schema %s opens, nothing is lost, and it is judged as it was',
	(schema, { sha256, verdict }) => {
		const text = readFileSync(new URL(`schemas/schema-${schema}.json`, import.meta.url), 'utf8');
		expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
		const parsed = parseReport(text);
		if (!parsed.ok) throw new Error(parsed.error.message);
		expect(parsed.value.schema).toBe(SCHEMA);
		expect(parsed.value.observations.length).toBe((JSON.parse(text) as { observations: unknown[] }).observations.length);
		if (Number(schema) === SCHEMA) expect(toJson(parsed.value)).toBe(withNamesOfNow(text));
		// What the file concluded is still there, to be held against what this version concludes.
		expect(compareConclusions(parsed.value.conclusions, judgeAgain(parsed.value).conclusions)).toEqual([]);
		expect(judgeAgain(parsed.value).conclusions.headline.verdict).toBe(verdict);
	}
);

test.each(Object.keys(FILES))('steps of a report of schema %s are titled in the words of its time', (schema) => {
	const parsed = parseReport(readFileSync(new URL(`schemas/schema-${schema}.json`, import.meta.url), 'utf8'));
	if (!parsed.ok) throw new Error(parsed.error.message);
	const { plan } = parsed.value.config;
	expect(plan.filter(({ does }) => does !== undefined)).toEqual([]);
	const tests = documentOf(judgeAgain(parsed.value)).tables.find(({ id }) => id === 'tests')!;
	const titles = parsed.value.observations.map(({ step }) => plan.find(({ id }) => id === step)!.title);
	expect(tests.rows.map(([, title]) => title)).toEqual(titles);
});

test('what schema 1 concluded otherwise than this version is told apart', () => {
	const old = JSON.parse(readFileSync(new URL('schemas/schema-1.json', import.meta.url), 'utf8')) as {
		conclusions: {
			answers: { question: string; says: string }[];
			findings: { rule: string; severity: string; text: string; where: string }[];
		};
	};
	old.conclusions.answers.find(({ question }) => question === 'needs-turn')!.says = 'never';
	old.conclusions.findings.push({
		rule: 'rule-of-the-past',
		severity: 'warning',
		text: 'Something was there.',
		where: 'stun:192.0.2.1'
	});
	const parsed = parseReport(JSON.stringify(old));
	if (!parsed.ok) throw new Error(parsed.error.message);
	const { findings, headline, calls, pair } = parsed.value.conclusions;
	expect(findings.at(-1)).toMatchObject({
		rule: 'rule-of-the-past',
		subject: { kind: 'server', url: 'stun:192.0.2.1' },
		explains: []
	});
	expect([headline.verdict, calls, pair]).toEqual(['with-turn', [], null]);
	expect(compareConclusions(parsed.value.conclusions, judgeAgain(parsed.value).conclusions).map(sentence)).toEqual([
		'“Does this network need TURN?”: was never, is for-some-peers.',
		'No longer found: Something was there.'
	]);
});
