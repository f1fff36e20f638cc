/** The editor's text: nothing given is changed but what somebody changes, folded or not. */
import { expect, test } from 'vitest';
import { EditorText } from './editor-text.svelte';
import { rowsBetween } from './editor-rows';
import { boxText } from './text-edit';

const GIVEN = 'v=0\r\ns=-\r\nm=audio 9\r\na=x\0\ty\r\nm=video 9\ra=mid:1\na=z\r\n';

function editor(text = GIVEN, exact = true) {
	const content = new EditorText();
	content.take(text, exact, boxText(text));
	const box = { value: boxText(text), caret: 0 };
	const hold = (state: { value: string; caret: number } | null) => void (state && Object.assign(box, state));
	return {
		content,
		box,
		/** Replaces what is found in the box, as typing over a selection does. */
		type(taken: string, inserted: string, pasted: string | null = null) {
			const at = box.value.indexOf(taken);
			box.value = box.value.slice(0, at) + boxText(inserted) + box.value.slice(at + taken.length);
			box.caret = at + boxText(inserted).length;
			const { text, exact, box: next } = content.write(box.value, box.caret, pasted);
			hold(next);
			return { text, exact };
		},
		fold: (...heads: number[]) => hold(content.fold(heads, box.caret))
	};
}

test('typing keeps line ends, tabs and NULs of every other line, and what is said of them', () => {
	const { type } = editor();
	expect(type('a=z', 'a=zz')).toEqual({ text: GIVEN.replace('a=z', 'a=zz'), exact: true });
	expect(type('s=-', 's=x\nt=0 0')).toEqual({ text: GIVEN.replace('a=z', 'a=zz').replace('s=-', 's=x\r\nt=0 0'), exact: true });
});

test('what was typed into an empty box has unknown line ends, and pasted whole it has its own', () => {
	expect(editor('').type('', 'v=0\n')).toEqual({ text: 'v=0\n', exact: false });
	const { type, content } = editor('');
	expect(type('', GIVEN, GIVEN)).toEqual({ text: GIVEN, exact: true });
	expect(content.lines).toHaveLength(8);
	expect(editor(GIVEN, false).type('a=z', 'a=y').exact).toBe(false);
});

test('a box that changes more than line ends is believed', () => {
	const content = new EditorText();
	content.take('a\0b', true, 'ab');
	expect(content.write('abc', 3, null)).toEqual({ text: 'abc', exact: false, box: null });
});

test('folded parts are left out of the box and stay in the text', () => {
	const { content, box, type, fold } = editor();
	fold(2, 4);
	expect(box.value).toBe('v=0\ns=-\nm=audio 9\nm=video 9\n');
	expect(content.lineAt(box.value.indexOf('m=video'))).toBe(4);
	expect(type('s=-', 's=name')).toEqual({ text: GIVEN.replace('s=-', 's=name'), exact: true });
	expect(box.value).toBe('v=0\ns=name\nm=audio 9\nm=video 9\n');
	// Cut in two, the part opens; the caret stays where it was typed.
	expect(type('m=video 9', 'm=video\n9').text).toBe(GIVEN.replace('s=-', 's=name').replace('m=video 9', 'm=video\r\n9'));
	expect(box.value).toBe('v=0\ns=name\nm=audio 9\nm=video\n9\na=mid:1\na=z\n');
	expect(box.value.slice(0, box.caret)).toBe('v=0\ns=name\nm=audio 9\nm=video\n9');
	fold();
	expect(box.value).toBe(boxText(GIVEN).replace('s=-', 's=name').replace('m=video 9', 'm=video\n9'));
});

test('a caret inside of what is folded goes to its head, and back to no other line', () => {
	const { content, box, fold } = editor();
	box.caret = box.value.indexOf('mid:1');
	fold(4);
	expect(box.value.slice(0, box.caret).split('\n').at(-1)).toBe('m=video 9');
	expect(content.rowOf(5)).toBe(4);
	fold();
	expect(content.lineAt(box.caret)).toBe(4);
});

test('the head of a folded part shows the worst that was found in it', () => {
	const { content, fold } = editor();
	fold(4);
	const mark = (tone: 'normal' | 'problem' | 'warning') => ({ tone, title: tone, columns: [1] });
	const marks = new Map([
		[4, mark('problem')],
		[6, mark('normal')],
		[7, mark('warning')]
	]);
	const rows = rowsBetween(0, content.count, content, marks);
	expect(rows.map(({ line, mark, folded }) => [line, mark?.tone, folded])).toEqual([
		[0, undefined, false],
		[1, undefined, false],
		[2, undefined, false],
		[3, 'problem', false],
		[4, 'warning', true],
		[7, undefined, false]
	]);
	expect(rows[4]!.mark!.title).toBe('normal\nwarning');
});

test('long lines are left to the box', () => {
	expect(editor().content.isColoured).toBe(true);
	expect(editor('x'.repeat(5000)).content.isColoured).toBe(false);
});
