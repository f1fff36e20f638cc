/**
 * One change each to one line of a description: deleted, doubled, moved, retyped, out of range, in another case, with blanks, with
 * other line ends. Operators have stable names, so that a table of what browsers said of them can be read years later.
 */

export interface Mutation {
	/** 1-based, of the line that was changed. */
	line: number;
	operator: string;
	text: string;
}

/** Line with its end. */
type Lines = string[];

const END = '\r\n';

/** Values that are a little, or far, outside what numbers in descriptions may be. */
const NUMBERS = ['0', '-1', '256', '65536', '2147483648', '4294967296', '18446744073709551616', '1.5', '007', '+1'];

/** What stands in for a word: nothing the grammar knows, a character it has not, and a long one. */
const WORDS = ['x', 'x_y', 'é', 'x'.repeat(300)];

type Edit = (raw: string) => string | null;

const BLANKS: Record<string, Edit> = {
	'trailing-blank': (raw) => `${raw} `,
	'trailing-tab': (raw) => `${raw}\t`,
	'leading-blank': (raw) => ` ${raw}`,
	'blank-before-equals': (raw) => `${raw[0]} ${raw.slice(1)}`,
	'blank-after-equals': (raw) => `${raw.slice(0, 2)} ${raw.slice(2)}`,
	'blank-after-colon': (raw) => replaced(raw, ':', ': '),
	'blank-before-colon': (raw) => replaced(raw, ':', ' :'),
	'doubled-blank': (raw) => replaced(raw, ' ', '  '),
	'tab-for-blank': (raw) => replaced(raw, ' ', '\t'),
	'last-blank-doubled': (raw) => (raw.includes(' ') ? raw.replace(/ (?=[^ ]*$)/, '  ') : null)
};

const VALUES: Record<string, Edit> = {
	'empty-line-value': (raw) => raw.slice(0, 2),
	'empty-argument': (raw) => (raw.includes(':') ? raw.slice(0, raw.indexOf(':') + 1) : null),
	'no-argument': (raw) => (raw.includes(':') ? raw.slice(0, raw.indexOf(':')) : null),
	'argument-added': (raw) => (raw.includes(':') ? null : `${raw}:x`),
	'word-added': (raw) => `${raw} x`,
	remark: (raw) => `${raw} // changed`,
	'upper-case': (raw) => raw.slice(0, 2) + raw.slice(2).toUpperCase(),
	'lower-case': (raw) => raw.slice(0, 2) + raw.slice(2).toLowerCase(),
	'upper-case-name': (raw) => raw.replace(/^a=[^:]+/, (name) => `a=${name.slice(2).toUpperCase()}`),
	'upper-case-type': (raw) => raw[0]!.toUpperCase() + raw.slice(1),
	'no-equals': (raw) => raw[0] + raw.slice(2),
	quoted: (raw) => `${raw.slice(0, 2)}"${raw.slice(2)}"`,
	'last-word-gone': (raw) => (raw.includes(' ') ? raw.slice(0, raw.lastIndexOf(' ')) : null),
	'first-word-gone': (raw) => (raw.includes(' ') ? raw.slice(0, 2) + raw.slice(raw.indexOf(' ') + 1) : null),
	'words-turned': (raw) => {
		const words = raw.slice(2).split(' ');
		return words.length > 1 ? raw.slice(0, 2) + [words[1], words[0], ...words.slice(2)].join(' ') : null;
	},
	'comma-for-blank': (raw) => replaced(raw, ' ', ',')
};

const ENDS: Record<string, string> = { 'lf-alone': '\n', 'cr-alone': '\r', 'two-line-ends': END + END, 'no-line-end': '' };

function replaced(raw: string, from: string, to: string): string | null {
	const changed = raw.replace(from, to);
	return changed === raw ? null : changed;
}

/** Every change to the first line of each kind in each part of a description. */
export function mutationsOf(text: string): Mutation[] {
	const lines = text.split(/(?<=\r\n)/);
	const found: Mutation[] = [];
	const add = (index: number, operator: string, changed: Lines | null) => {
		const made = changed?.join('');
		if (made !== undefined && made !== text) found.push({ line: index + 1, operator, text: made });
	};
	for (const index of representatives(lines)) {
		const raw = lines[index]!.slice(0, -END.length);
		const edited = (operator: string, edit: Edit) => {
			const changed = edit(raw);
			add(index, operator, changed === null ? null : withLines(lines, index, 1, [changed + END]));
		};
		for (const [operator, edit] of Object.entries({ ...BLANKS, ...VALUES })) edited(operator, edit);
		for (const [operator, end] of Object.entries(ENDS)) add(index, operator, withLines(lines, index, 1, [raw + end]));
		for (const [operator, changed] of moved(lines, index)) add(index, operator, changed);
		for (const [operator, edit] of retyped(raw)) edited(operator, edit);
	}
	return found;
}

/** Of each part the first line of each type and attribute name: a second `a=rtpmap` would only say the same again. */
function representatives(lines: Lines): number[] {
	const seen = new Set<string>();
	let part = 'session';
	return lines.flatMap((line, index) => {
		if (line.startsWith('m=')) part = `${index} ${line.split(' ', 1)[0]}`;
		const kind = `${part} ${/^a=[^:\r]+/.exec(line)?.[0] ?? line[0]}`;
		if (line === '' || seen.has(kind)) return [];
		seen.add(kind);
		return [index];
	});
}

const withLines = (lines: Lines, at: number, gone: number, put: Lines): Lines => lines.toSpliced(at, gone, ...put);

function moved(lines: Lines, index: number): [string, Lines | null][] {
	const line = lines[index]!;
	const sections = lines.flatMap((each, at) => (each.startsWith('m=') ? [at] : []));
	const inSession = index < sections[0]!;
	const next = sections.find((at) => at > index);
	const without = withLines(lines, index, 1, []);
	return [
		['deleted', without],
		['doubled', withLines(lines, index, 0, [line])],
		['swapped-with-next', index + 1 < lines.length ? withLines(lines, index, 2, [lines[index + 1]!, line]) : null],
		['blank-line-before', withLines(lines, index, 0, [END])],
		['junk-line-before', withLines(lines, index, 0, [`this is no line of a description${END}`])],
		['unknown-type-before', withLines(lines, index, 0, [`y=0100000001${END}`])],
		['moved-to-session', inSession || line.startsWith('m=') ? null : withLines(without, sections[0]!, 0, [line])],
		['moved-to-next-section', next === undefined || line.startsWith('m=') ? null : withLines(without, next, 0, [line])],
		['copied-to-next-section', next === undefined || line.startsWith('m=') ? null : withLines(lines, next + 1, 0, [line])],
		['moved-to-end', withLines(without, without.length, 0, [line])]
	];
}

/** Each word of a line as another one: numbers out of range, words that nobody knows, the last letter gone. */
function retyped(raw: string): [string, Edit][] {
	const words = [...raw.slice(2).matchAll(/[^\s:;/=,]+/g)];
	return words.flatMap(({ 0: word, index }, at) => {
		const name = `word-${at + 1}`;
		const as = (to: string) => (line: string) => line.slice(0, 2 + index) + to + line.slice(2 + index + word.length);
		const edits: [string, Edit][] = [
			[`${name}-gone`, as('')],
			[`${name}-cut`, as(word.slice(0, -1))],
			[`${name}-longer`, as(`${word}x`)]
		];
		for (const [kind, values] of [
			['number', /^\d+$/.test(word) ? NUMBERS : []],
			['text', WORDS]
		] as const)
			values.forEach((value, i) => edits.push([`${name}-${kind}-${i + 1}`, as(value)]));
		return edits;
	});
}
