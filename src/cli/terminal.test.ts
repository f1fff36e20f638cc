import { describe, expect, test } from 'vitest';
import { columnsOf, terminalOf, wrap } from './terminal';

const stream = (over: Partial<NodeJS.WriteStream>) => over as NodeJS.WriteStream;

describe('terminalOf', () => {
	test.each([
		['a terminal', { isTTY: true, columns: 90 }, {}, true, 90],
		['a wide terminal', { isTTY: true, columns: 400 }, {}, true, 110],
		['a pipe', {}, {}, false, 110],
		['NO_COLOR', { isTTY: true, columns: 80 }, { NO_COLOR: '1' }, false, 80],
		['a dumb terminal', { isTTY: true, columns: 80 }, { TERM: 'dumb' }, false, 80],
		['a terminal of 5 columns', { isTTY: true, columns: 5 }, {}, true, 40]
	])('chooses colour and width for %s', (_, over, env, coloured, columns) => {
		const terminal = terminalOf(stream(over), env);
		expect(terminal.columns).toBe(columns);
		expect(terminal.paint('red', 'x') !== 'x').toBe(coloured);
	});
});

describe('wrap', () => {
	test.each([
		['one two three', 8, '', 'one two\nthree'],
		['one two three', 10, '  - ', '  - one\n    two\n    three'],
		['a-word-that-is-longer-than-the-line next', 10, '  ', '  a-word-that-is-longer-than-the-line\n  next'],
		['', 10, '- ', '- '],
		['  spaces   between ', 40, '', 'spaces between']
	])('wraps %j at %i columns', (text, columns, first, expected) => {
		expect(wrap(text, columns, first)).toBe(expected);
	});
});

test('columns line up, and lines end without blanks', () => {
	expect(
		columnsOf([
			['works', 'stun:a', ''],
			['unreachable', 'turn:example', '12 ms']
		])
	).toEqual(['works        stun:a', 'unreachable  turn:example  12 ms']);
});
