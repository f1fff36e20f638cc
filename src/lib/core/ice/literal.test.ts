import { describe, expect, test } from 'vitest';
import { growth } from '../../../../tests/support/work';
import { placeAt, readLiteral, readMembers, type Literal } from './literal';

/** The plain value, members as an array of pairs so that a key such as __proto__ shows. */
function plain(literal: Literal): unknown {
	if (literal.kind === 'null') return null;
	if (literal.kind === 'array') return literal.items.map(plain);
	if (literal.kind === 'object') return literal.members.map(({ key, value }) => [key, plain(value)]);
	return literal.value;
}

describe('readLiteral', () => {
	test.each<[string, unknown]>([
		[
			'{"a": [1, -2.5e3, 0x1F, .5], "b": {}}',
			[
				['a', [1, -2500, 31, 0.5]],
				['b', []]
			]
		],
		[
			"{ a: 'it\\'s', $b_1: \"q\", 3: `t` , }",
			[
				['a', "it's"],
				['$b_1', 'q'],
				['3', 't']
			]
		],
		['[true, false, null, undefined,]', [true, false, null, null]],
		['"\\u00e9\\x41\\u{1F600}\\n\\/"', 'éA😀\n/'],
		['// note\n/* and\nmore */ ["stun:a" // why\n]', ['stun:a']],
		[
			'{"__proto__": 1, constructor: 2}',
			[
				['__proto__', 1],
				['constructor', 2]
			]
		],
		["'a \\\n b'", 'a  b']
	])('reads %s', (text, expected) => {
		const result = readLiteral(text);
		expect(result.ok && plain(result.value.value)).toEqual(expected);
		expect(result.ok && result.value.end).toBe(text.length);
	});

	test.each([
		['', 'unfinished', 'line 1, column 1'],
		['{ a: 1', 'unfinished', 'line 1, column 7'],
		['[1, 2', 'unfinished', 'line 1, column 6'],
		['{ a 1 }', 'colon', 'line 1, column 5'],
		['{ a: 1\n  b: 2 }', 'separator', 'line 2, column 3'],
		['{ , }', 'key', 'line 1, column 3'],
		["{ a: 'x }", 'string', 'line 1, column 6'],
		["['x\n']", 'string', 'line 1, column 2'],
		['{ a: host }', 'expression', 'line 1, column 6'],
		['{ a: process.env.TURN }', 'expression', 'line 1, column 6'],
		['{ a: make(1) }', 'expression', 'line 1, column 6'],
		['{ a: `x${b}` }', 'expression', 'line 1, column 8'],
		["{ a: 'x' + b }", 'separator', 'line 1, column 10'],
		['{ a: => }', 'value', 'line 1, column 6'],
		['[12abc]', 'value', 'line 1, column 2'],
		['"\\u{FFFFFF}"', 'string', 'line 1, column 12'],
		['['.repeat(100_000), 'too-deep', 'line 1, column 26']
	])('%.30s is refused as %s at %s', (text, code, where) => {
		const result = readLiteral(text);
		expect(result.ok ? 'read' : [result.error.code, result.error.where]).toEqual([code, where]);
	});

	test('half a million comment marks take time that grows with their number', () => {
		expect(growth('/*'.repeat(500_000), readLiteral)).toBeLessThan(40);
		expect(readLiteral('/*'.repeat(500_000)).ok).toBe(false);
	});
});

test('reads members without braces up to the end or to the brace of what was around them', () => {
	for (const text of ["iceServers: [], b: 'x'", "iceServers: [], b: 'x',\n}"]) {
		const result = readMembers(text);
		expect(result.ok && plain(result.value.value)).toEqual([
			['iceServers', []],
			['b', 'x']
		]);
	}
});

test('places count lines and columns from 1', () => {
	expect([placeAt('ab\ncd', 0), placeAt('ab\ncd', 3), placeAt('ab\ncd', 4)]).toEqual([
		'line 1, column 1',
		'line 2, column 1',
		'line 2, column 2'
	]);
});
