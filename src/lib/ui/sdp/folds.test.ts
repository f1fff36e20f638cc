import { describe, expect, test } from 'vitest';
import { editWhole, foldsIn, headsAfter, seenLines } from './folds';
import { applyEdit } from './text-edit';

const TEXT = 'log\nv=0\ns=-\nm=audio\na=1\na=2\nm=video\nm=text\na=3\n\nend';
const LINES = TEXT.split('\n');

test('each part of a description can be folded as far as its lines go', () => {
	expect(foldsIn(LINES)).toEqual([
		{ head: 1, last: 2 },
		{ head: 3, last: 5 },
		{ head: 7, last: 8 }
	]);
	expect(foldsIn([])).toEqual([]);
	expect(foldsIn(['{"sdp":"v=0"}'])).toEqual([]);
});

test('what is folded is not seen', () => {
	expect(seenLines(LINES, [])).toBeNull();
	expect(seenLines(LINES, [foldsIn(LINES)[1]!])).toEqual([0, 1, 2, 3, 6, 7, 8, 9, 10]);
});

describe('editing while parts are folded', () => {
	const folded = foldsIn(LINES).filter(({ head }) => head === 3 || head === 7);
	const seen = seenLines(LINES, folded)!;
	const shown = seen.map((line) => LINES[line]).join('\n');
	const heads = [3, 7];

	function edit(taken: string, inserted: string) {
		const from = shown.indexOf(taken);
		const whole = editWhole(LINES, seen, { from, to: from + taken.length, inserted });
		const text = applyEdit(TEXT, whole.edit);
		const lines = text.split('\n');
		return { text, heads: headsAfter(heads, whole, lines, lines.length - LINES.length) };
	}

	test('nothing of what is folded is lost', () => {
		expect(edit('s=-', 's=x')).toEqual({ text: TEXT.replace('s=-', 's=x'), heads: [3, 7] });
		expect(edit('s=-', 's=-\nt=0')).toEqual({ text: TEXT.replace('s=-', 's=-\nt=0'), heads: [4, 8] });
		expect(edit('end', '')).toEqual({ text: TEXT.replace('end', ''), heads: [3, 7] });
		expect(edit('m=audio', 'm=audio 9')).toEqual({ text: TEXT.replace('m=audio', 'm=audio 9'), heads: [3, 7] });
	});

	test('a head that is cut in two or is none any more opens', () => {
		expect(edit('m=audio', 'm=au\ndio')).toEqual({ text: TEXT.replace('m=audio', 'm=au\ndio'), heads: [8] });
		expect(edit('m=audio', 'x=audio')).toEqual({ text: TEXT.replace('m=audio', 'x=audio'), heads: [7] });
	});

	test('what is taken out around a fold takes the fold with it', () => {
		expect(edit('m=audio\nm=video', 'm=one')).toEqual({
			text: TEXT.replace('m=audio\na=1\na=2\nm=video', 'm=one'),
			heads: [4]
		});
	});

	test('every edit of what is seen is the same edit of the whole', () => {
		for (let from = 0; from <= shown.length; from++) {
			for (let to = from; to <= shown.length; to++) {
				const { edit } = editWhole(LINES, seen, { from, to, inserted: '' });
				const taken = TEXT.slice(edit.from, edit.to);
				expect(taken.replace('\na=1\na=2', '').replace('\na=3', '')).toBe(shown.slice(from, to));
			}
		}
	});
});
