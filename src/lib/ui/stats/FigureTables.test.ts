/** The figures of a connection on the screen: the same as in the command line, in tables. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { getByRole } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { show, textsOf } from '../../../../tests/support/components/show';
import { importDump } from '../../core/dump/import';
import { ENGLISH_OF_DUMPS } from '../../core/messages/en/dumps';
import { figureBlocks, figureLines } from '../../core/report/export/figure-blocks';
import { judgeDump } from '../../core/report/imported';
import { endsOf } from '../../core/verdict/call/recorded-ends';
import FigureTables from './FigureTables.svelte';

const FIXTURE = join(import.meta.dirname, '../../../../tests/fixtures/stats/chromium156-simulcast.json.gz');
const read = importDump(gunzipSync(readFileSync(FIXTURE)).toString('utf8'));
if (!read.ok) throw new Error(read.error.message);
const [sender, receiver] = endsOf(judgeDump(read.value));

test('each direction is a table with a row for each stream that carried packets', () => {
	const page = show(FigureTables, { end: sender!, clock: 'epoch' });
	const { rows, lines } = figureBlocks(sender!, 'epoch', ENGLISH_OF_DUMPS)[0]!;
	const table = getByRole(page, 'table');
	expect(textsOf(table, 'thead th')).toEqual(['Sent', ...rows[0]!.slice(1)]);
	expect(textsOf(table, 'tbody th')).toEqual(['video (l)']);
	expect(textsOf(table, 'tbody td')).toEqual(rows[1]!.slice(1));
	expect(textsOf(page, 'p')).toEqual([...figureLines(sender!, 'epoch', ENGLISH_OF_DUMPS), ...lines]);
	expect(lines.at(-1)).toBe('1 stream without a packet');
});

test('a connection without any figure has no panel', () => {
	const page = show(FigureTables, { end: { ...receiver!, figures: { connects: [], streams: [], paths: [] } }, clock: 'epoch' });
	expect(page.querySelector('section')).toBeNull();
});
