import { expect, test } from 'vitest';
import { applyFixes } from './apply';
import { safe, type LineEdit } from './fix';
import { unifiedDiff } from './unified-diff';

const TEXT = Array.from({ length: 20 }, (_, at) => `a=${at + 1}\r\n`).join('');

function diffOf(text: string, ...edits: LineEdit[]): string {
	const fixed = applyFixes(text, [safe(...edits)]);
	return unifiedDiff('offer.sdp', text, fixed.text, fixed.lines);
}

test('changes far apart are hunks of their own, with three lines around', () =>
	expect(diffOf(TEXT, { line: 2, remove: 1, lines: ['b=2'] }, { line: 15, remove: 2, lines: [] })).toBe(
		[
			'--- a/offer.sdp\n+++ b/offer.sdp\n@@ -1,5 +1,5 @@\n a=1\r\n-a=2\r\n+b=2\r\n a=3\r\n a=4\r\n a=5\r\n',
			'@@ -12,8 +12,6 @@\n a=12\r\n a=13\r\n a=14\r\n-a=15\r\n-a=16\r\n a=17\r\n a=18\r\n a=19\r\n'
		].join('')
	));

test('changes close by are one hunk', () =>
	expect(diffOf(TEXT, { line: 2, remove: 1, lines: [] }, { line: 9, remove: 0, lines: ['b=8'] })).toContain(
		'@@ -1,11 +1,11 @@\n'
	));

test('a missing last line end is told', () =>
	expect(diffOf('a=1', { line: 1, remove: 1, lines: ['b=1'] })).toBe(
		'--- a/offer.sdp\n+++ b/offer.sdp\n@@ -1,1 +1,1 @@\n-a=1\n\\ No newline at end of file\n+b=1\n\\ No newline at end of file\n'
	));

test('a text of which nothing is known is compared from both ends', () =>
	expect(unifiedDiff('x', 'a\nb\nc\nd\n', 'a\nB\nc\nd\n', null)).toBe('--- a/x\n+++ b/x\n@@ -1,4 +1,4 @@\n a\n-b\n+B\n c\n d\n'));

test('a lone carriage return is no line of a diff', () =>
	expect(
		unifiedDiff(
			'x',
			'a\rb\n',
			'a\r\nb\n',
			applyFixes('a\rb\n', [{ safe: true, edits: [], ends: [{ line: 1, end: '\r\n' }] }]).lines
		)
	).toBe('--- a/x\n+++ b/x\n@@ -1,1 +1,2 @@\n-a\rb\n+a\r\n+b\n'));

test('nothing is nothing', () => expect(unifiedDiff('x', 'a\n', 'a\n', null)).toBe(''));
