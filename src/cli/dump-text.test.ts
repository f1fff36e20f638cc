/** What `icelens stats` prints for people: the verdict first, then what was found, then figures in tables that fit the width. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importDump } from '../lib/core/dump/import';
import { ENGLISH } from '../lib/core/messages/en/english';
import { headlineWords } from '../lib/core/report/headline-words';
import { judgeDump } from '../lib/core/report/imported';
import type { Recording } from '../lib/core/recording/recording';
import { NETWORK_CHECKS, networkCheckRecording } from '../../tests/golden/network-checks-table';
import { lossyDumpText } from '../../tests/support/stats-dumps';
import { readDump } from './dump-file';
import { dumpText } from './dump-text';
import { foldedColumns } from './terminal';

const FIXTURES = join(import.meta.dirname, '../../tests/fixtures/stats');
const narrow = { columns: 80, paint: (_: unknown, text: string) => text };
const textOf = (recording: Recording, conclusions = judgeDump(recording)) =>
	dumpText({ recording, conclusions, conditions: [] }, ENGLISH, narrow);

describe.each(readdirSync(FIXTURES).filter((name) => name.includes('.') && !name.endsWith('.md')))('%s', (name) => {
	test('begins with the verdict and stays within 80 columns', async () => {
		const read = await readDump(join(FIXTURES, name));
		if ('refusal' in read) throw new Error(read.refusal.message);
		const conclusions = judgeDump(read.recording);
		const lines = textOf(read.recording, conclusions).split('\n');
		expect(lines[0]).toBe(headlineWords(conclusions, ENGLISH.headlineTitle).title);
		// A word that is longer than a line stays whole.
		expect(lines.filter((line) => line.length > 80 && /\S\s+\S+$/.test(line.slice(0, 80).trimStart()))).toEqual([]);
		expect(lines.join('\n')).not.toMatch(/undefined|null|NaN|\[object/);
	});
});

test('figures are a table for each direction; what was not recorded has no column', () => {
	const read = importDump(lossyDumpText().text);
	if (!read.ok) throw new Error(read.error.message);
	const lines = textOf(read.value).split('\n');
	const at = lines.findIndex((line) => line.startsWith('  Received'));
	expect(lines.slice(at, at + 3)).toEqual([
		'  Received  lost   jitter  bitrate',
		'    audio   1.7 %  4.0 ms  40 kbit/s',
		'    Worst: lost 9.1 % at 21.0 s'
	]);
});

test.each(NETWORK_CHECKS)('no call is told of in $name', ({ text }) => {
	const said = textOf(networkCheckRecording(text));
	expect(said).not.toMatch(/\d candidate pairs?\b|no record of its state/);
});

test('columns that do not fit follow below, with their names again', () => {
	const rows = [
		['', 'codec', 'lost', 'jitter'],
		['audio', 'opus', '0 %', '5.0 ms']
	];
	expect(foldedColumns(rows, 40, '')).toEqual(['       codec  lost  jitter', 'audio  opus   0 %   5.0 ms']);
	expect(foldedColumns(rows, 18, '')).toEqual(['       codec  lost', 'audio  opus   0 %', '       jitter', 'audio  5.0 ms']);
	expect(foldedColumns(rows, 1, '')).toHaveLength(6);
	expect(foldedColumns([], 80, '')).toEqual([]);
});
