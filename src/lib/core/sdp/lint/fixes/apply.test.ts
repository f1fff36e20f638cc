import { describe, expect, test } from 'vitest';
import { applyFixes } from './apply';
import { choice, safe, type Fix } from './fix';

const TEXT = 'v=0\r\ns= \na=x\rt=0 0';
const after = (...fixes: Fix[]) => applyFixes(TEXT, fixes).text;

describe('a correction', () => {
	test.each<[string, Fix, string]>([
		['replaces a line', safe({ line: 2, remove: 1, lines: ['s=-'] }), 'v=0\r\ns=-\na=x\rt=0 0'],
		['removes one', safe({ line: 3, remove: 1, lines: [] }), 'v=0\r\ns= \nt=0 0'],
		['puts lines before one', safe({ line: 2, remove: 0, lines: ['o=1', 'o=2'] }), 'v=0\r\no=1\r\no=2\r\ns= \na=x\rt=0 0'],
		['puts one at the end, and ends what was the last line', safe({ line: 5, remove: 0, lines: ['a=y'] }), `${TEXT}\r\na=y\r\n`],
		['makes several lines of several', safe({ line: 2, remove: 2, lines: ['a', 'b', 'c'] }), 'v=0\r\na\r\nb\r\nc\nt=0 0'],
		[
			'moves a line',
			safe({ line: 2, remove: 0, lines: ['t=0 0'] }, { line: 4, remove: 1, lines: [] }),
			'v=0\r\nt=0 0\r\ns= \na=x\r'
		],
		['ends lines otherwise', { safe: true, edits: [], ends: [{ line: 3, end: '\r\n' }] }, 'v=0\r\ns= \na=x\r\nt=0 0'],
		['leaves the text as it is where there is none', safe(), TEXT]
	])('%s', (_, fix, text) => expect(after(fix)).toBe(text));

	test('knows which lines stayed', () => {
		const { lines } = applyFixes(TEXT, [safe({ line: 2, remove: 1, lines: ['s=-', 's=x'] })]);
		expect(lines.map(({ from }) => from)).toEqual([1, null, null, 3, 4]);
	});
});

describe('of two corrections', () => {
	const first = safe({ line: 2, remove: 1, lines: ['s=1'] });

	test.each<[string, Fix]>([
		['the same line', choice({ line: 2, remove: 1, lines: ['s=2'] })],
		['lines around it', choice({ line: 1, remove: 3, lines: [] })]
	])('the first wins where both change %s, and the other is left whole', (_, second) => {
		const fixed = applyFixes(TEXT, [first, second]);
		expect(fixed).toMatchObject({ text: 'v=0\r\ns=1\na=x\rt=0 0', applied: [first], left: [second] });
	});

	test('both are applied where one stands before what the other changes', () =>
		expect(after(first, safe({ line: 2, remove: 0, lines: ['o=1'] }))).toBe('v=0\r\no=1\r\ns=1\na=x\rt=0 0'));

	test('one waits where both put lines at one place', () => {
		const put = safe({ line: 2, remove: 0, lines: ['o=1'] });
		expect(applyFixes(TEXT, [put, safe({ line: 2, remove: 0, lines: ['o=2'] })]).left).toHaveLength(1);
	});
});
