import { describe, expect, test } from 'vitest';
import { applyEdit, boxText, editBetween, editOriginal } from './text-edit';

describe('editBetween', () => {
	test.each([
		['one two', 'one x two', 6, { from: 4, to: 4, inserted: 'x ' }],
		['a=1\na=1\na=1\n', 'a=1\na=1\na=1\na=1\n', 8, { from: 4, to: 4, inserted: 'a=1\n' }],
		['a=1\na=1\na=1\n', 'a=1\na=1\n', 4, { from: 4, to: 8, inserted: '' }],
		['aaa', 'aa', 1, { from: 1, to: 2, inserted: '' }],
		['abc', 'xyz', 3, { from: 0, to: 3, inserted: 'xyz' }],
		['same', 'same', 2, { from: 2, to: 2, inserted: '' }]
	])('%j becomes %j with the caret at %d', (before, after, caret, edit) => {
		expect(editBetween(before, after, caret)).toEqual(edit);
		expect(applyEdit(before, edit)).toBe(after);
	});

	test('a caret that stands elsewhere, as after undoing, changes nothing of the result', () => {
		for (let caret = 0; caret <= 9; caret++)
			expect(applyEdit('hello you', editBetween('hello you', 'help you!', caret))).toBe('help you!');
	});
});

describe('editOriginal', () => {
	const GIVEN = 'v=0\r\ns=-\na=x\0y\rt=0\t0\r\n';
	const type = (original: string, at: number, text: string, pasted: string | null = null) => {
		const edit = { from: at, to: at, inserted: text };
		return editOriginal(original, edit, applyEdit(boxText(original), edit), pasted);
	};

	test('typing anywhere keeps every other byte', () => {
		const boxed = boxText(GIVEN);
		for (let at = 0; at <= boxed.length; at++) {
			const result = type(GIVEN, at, 'Q')!;
			expect(result.replace('Q', '')).toBe(GIVEN);
			expect(boxText(result)).toBe(`${boxed.slice(0, at)}Q${boxed.slice(at)}`);
		}
	});

	test('every deletion takes out what was seen, or is told to part', () => {
		const boxed = boxText(GIVEN);
		for (let from = 0; from <= boxed.length; from++) {
			for (let to = from; to <= boxed.length; to++) {
				const edit = { from, to, inserted: '' };
				const wanted = applyEdit(boxed, edit);
				const result = editOriginal(GIVEN, edit, wanted);
				if (result !== null) expect(boxText(result)).toBe(wanted);
			}
		}
		expect(editOriginal(GIVEN, { from: 4, to: 8, inserted: '' }, 'v=0\na=x\0y\nt=0\t0\n')).toBe('v=0\r\na=x\0y\rt=0\t0\r\n');
	});

	test('a new line ends as those around it', () => {
		expect(type('v=0\r\ns=-\r\n', 7, '\na=y')).toBe('v=0\r\ns=-\r\na=y\r\n');
		expect(type('v=0\ns=-\n', 7, '\na=y')).toBe('v=0\ns=-\na=y\n');
		expect(type('v=0', 3, '\n')).toBe('v=0\n');
		expect(type('v=0\r\n', 0, 'x\n')).toBe('x\r\nv=0\r\n');
	});

	test('what was pasted keeps its own ends', () => {
		expect(type('v=0\r\ns=-\r\n', 4, 'o=x\n', 'o=x\r')).toBe('v=0\r\no=x\rs=-\r\n');
		expect(type('v=0\r\ns=-\r\n', 4, 'o=x\n', 'another paste')).toBe('v=0\r\no=x\r\ns=-\r\n');
	});

	test('a return that meets a line feed is told to part', () => {
		expect(editOriginal('a\rX\nb', { from: 2, to: 3, inserted: '' }, 'a\n\nb')).toBeNull();
	});
});
