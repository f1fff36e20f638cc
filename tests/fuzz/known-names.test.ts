/**
 * Names that every object knows, in place of every name and word of what people bring: `constructor` looked up in a table that is a
 * plain object is a function, and no text.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, test } from 'vitest';
import { importDump } from '../../src/lib/core/dump/import';
import { recognise } from '../../src/lib/core/dump/recognise';
import { analyse } from '../../src/lib/core/inspection/analysis';
import { exportDump } from '../../src/lib/core/report/export/dump';
import { toHtml } from '../../src/lib/core/report/export/html';
import { judgeAgain } from '../../src/lib/core/report/judge-again';
import { judgeDump } from '../../src/lib/core/report/imported';
import { parseReport } from '../../src/lib/core/report/parse';
import { redactReport } from '../../src/lib/core/report/redact';
import { sdpRuleBook } from '../../src/lib/core/report/sdp-rule-book';
import { exampleParts } from '../../src/lib/core/sdp/lint/rules/rule';
import { goldenReports } from '../golden/golden-reports';

const KNOWN_NAMES = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
/** Of one file, the first of each kind; the rest is the same again. */
const MOST_WORDS = 250;

const fixtures = (folder: string) => {
	const path = fileURLToPath(new URL(`../fixtures/${folder}/`, import.meta.url));
	return readdirSync(path)
		.filter((name) => /\.(json|json\.gz|html|txt|log)$/.test(name))
		.map((name): [string, string] => {
			const bytes = readFileSync(path + name);
			return [name, (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString()];
		});
};

/** The texts with one word replaced wherever it stands: names in quotation marks, and words of lines. */
function* replaced(text: string): Iterable<string> {
	const quoted = [...new Set(text.match(/"[A-Za-z_][\w-]*"/g) ?? [])];
	const words = quoted.length > 20 ? quoted : [...new Set(text.match(/[A-Za-z_][\w-]{2,}/g) ?? [])];
	for (const [i, word] of words.slice(0, MOST_WORDS).entries()) {
		const name = KNOWN_NAMES[i % KNOWN_NAMES.length]!;
		yield text.replaceAll(word, word.startsWith('"') ? `"${name}"` : name);
	}
}

/** Everything at once that is made of a dump. */
function useDump(text: string): void {
	const read = importDump(text);
	if (!read.ok) return;
	const conclusions = judgeDump(read.value);
	exportDump(read.value, conclusions, { format: 'json', redact: true });
	exportDump(read.value, conclusions, { format: 'markdown', redact: false });
}

describe.each(['stats', 'pasted'])('dumps of fixtures/%s', (folder) => {
	test.each(fixtures(folder))('%s', (_, text) => {
		for (const changed of replaced(text)) useDump(changed);
	});
});

test('reports', () => {
	for (const { text } of goldenReports().slice(0, 12))
		for (const changed of replaced(text)) {
			const read = parseReport(changed);
			if (read.ok) toHtml(redactReport(judgeAgain(read.value)).report);
		}
});

test('descriptions', () => {
	for (const rule of sdpRuleBook())
		for (const example of [...rule.bad, ...rule.good].slice(0, 2))
			for (const { text } of exampleParts(example))
				for (const changed of replaced(text)) analyse(recognise(changed).descriptions);
});
