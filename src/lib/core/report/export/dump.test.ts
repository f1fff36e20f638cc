/** What is said of dumps: the command line's text and JSON, the screen's parts and what is saved hold the same conclusions. */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDump } from '../../../../cli/dump-file';
import { dumpText } from '../../../../cli/dump-text';
import { lossyDumpText } from '../../../../../tests/support/stats-dumps';
import { escapeMarkdown, jsonDocument } from '../../base/escape';
import { importDump } from '../../dump/import';
import { connectionLines } from '../../messages/en/dumps';
import { ENGLISH } from '../../messages/en/english';
import { sentence } from '../../messages/en/sentence';
import { CALL_OUTCOME_WORDS, FINDING_WORDS } from '../../messages/en/vocabulary';
import type { Recording } from '../../recording/recording';
import { emptyConnection } from '../../recording/report-recording';
import { rootFindings } from '../../verdict/root-findings';
import { endsOf } from '../../verdict/call/recorded-ends';
import { headlineWords } from '../headline-words';
import { importedReport, judgeDump } from '../imported';
import { written } from '../with-text';
import { dumpDocument, exportDump } from './dump';

const FIXTURES = join(import.meta.dirname, '../../../../../tests/fixtures/stats');
/** Public dumps beside the project, where they are present: none is part of the repository. */
const SAMPLES = join(import.meta.dirname, '../../../../../../shared/samples/stats');
const files = [
	...readdirSync(FIXTURES).filter((name) => !name.endsWith('.md')),
	...(existsSync(SAMPLES) ? readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).map((name) => join(SAMPLES, name)) : [])
];

/** Null for what is no dump. */
async function opened(file: string): Promise<Recording | null> {
	const read = await readDump(file).catch(() => null);
	return read && 'recording' in read ? read.recording : null;
}

/** As wide as any sentence, so that no line is broken. */
const WIDE = { columns: 100_000, paint: (_: unknown, text: string) => text };
const onOneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function expectOneVoice(recording: Recording): void {
	const conclusions = judgeDump(recording);
	const { headline, calls, findings } = conclusions;
	const text = onOneLine(dumpText({ recording, conclusions, conditions: [] }, ENGLISH, WIDE));
	const markdown = exportDump(recording, conclusions, { format: 'markdown', redact: false });
	const json = JSON.parse(jsonDocument(dumpDocument(recording, conclusions))) as Record<string, unknown>;
	const saved = JSON.parse(exportDump(recording, conclusions, { format: 'json', redact: false })) as Record<string, unknown>;
	const same = JSON.parse(JSON.stringify(written({ headline, calls, findings }))) as Record<string, unknown>;
	const { title } = headlineWords(conclusions);
	for (const document of [json, saved]) expect(document).toMatchObject({ ...same, verdict: title });
	expect(text).toContain(title);
	expect(markdown).toContain(title);
	for (const end of endsOf(conclusions)) {
		expect(text).toContain(onOneLine(`${end.label}: ${CALL_OUTCOME_WORDS[end.outcome]}`));
		for (const line of [...connectionLines(end, recording.clock), ...end.path.map(sentence)])
			expect(text).toContain(onOneLine(line));
	}
	for (const score of calls.flatMap(({ mos }) => mos)) {
		expect(text).toContain(onOneLine(sentence(score)));
		expect(markdown).toContain(escapeMarkdown(sentence(score)));
	}
	for (const finding of findings) {
		expect(text).toContain(FINDING_WORDS[finding.severity]);
		expect(text).toContain(onOneLine(sentence(finding)));
	}
	const roots = rootFindings(findings).length;
	expect(markdown.match(/^- \*\*/gm) ?? []).toHaveLength(roots);
	expect(markdown.match(/^ +- Follows from it/gm) ?? []).toHaveLength(findings.length - roots);
	if (findings.length === 0) expect(text).toContain(onOneLine(sentence(headline)));
}

test.each(files)('%s is told in the same words everywhere', async (file) => {
	const recording = await opened(resolve(FIXTURES, file));
	if (recording) expectOneVoice(recording);
	else expect(file).toContain(SAMPLES);
});

test('a report that holds the dump concludes the same', () => {
	const read = importDump(lossyDumpText().text);
	if (!read.ok) throw new Error(read.error.message);
	expectOneVoice(read.value);
	const parts = { version: '0.1.0', id: 'x', createdAt: '2026-11-20T12:00:00.000Z', fileName: 'call.txt' };
	const report = importedReport({ recording: read.value, keptEvery: 1, leftOut: [] }, parts);
	expect(judgeDump(read.value)).toEqual(report.conclusions);
	expect(report.conclusions.findings.map(({ rule, moment }) => [rule, moment?.connection])).toContainEqual([
		'loss-burst',
		'PC_0'
	]);
});

describe('a hostile dump', () => {
	const HOSTILE = '<img src=//x> @user \u001b[2J';
	const recording: Recording = {
		format: 'internals',
		formatName: 'webrtc-internals',
		clock: 'none',
		userAgent: HOSTILE,
		connections: [emptyConnection('1', HOSTILE, HOSTILE)],
		media: [],
		notes: [{ rule: 'clock-jumped', text: HOSTILE, where: HOSTILE }]
	};
	const saved = (format: 'json' | 'markdown') => exportDump(recording, judgeDump(recording), { format, redact: false });

	test('becomes no markup, no mention and no control character in Markdown', () => {
		const text = saved('markdown');
		expect(text).toContain('&lt;img src=//x&gt;');
		for (const each of ['<img', '@user', '\u001b']) expect(text).not.toContain(each);
	});

	test('reads back from JSON as it was, with control characters as escapes', () => {
		const text = saved('json');
		expect(text).not.toContain('\u001b');
		expect(JSON.parse(text)).toMatchObject({ userAgent: HOSTILE });
	});
});

test('a dump without connections says so once', () => {
	const empty: Recording = {
		format: 'internals',
		formatName: 'webrtc-internals',
		clock: 'none',
		userAgent: null,
		connections: [],
		media: [],
		notes: []
	};
	const conclusions = judgeDump(empty);
	for (const text of [
		dumpText({ recording: empty, conclusions, conditions: [] }, ENGLISH, WIDE),
		exportDump(empty, conclusions, { format: 'markdown', redact: true })
	])
		expect(text.match(/There are no connections in this dump\./g)).toHaveLength(1);
});

test('a saved copy has placeholders for addresses, in sentences too', () => {
	const read = importDump(lossyDumpText().text);
	if (!read.ok) throw new Error(read.error.message);
	const copy = exportDump(read.value, judgeDump(read.value), { format: 'json', redact: true });
	expect(copy).toContain('loss-burst');
	expect(copy).not.toContain('203.0.113.77');
});
