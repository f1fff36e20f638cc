/** Text for terminals: colours where they are wanted, words wrapped, columns that line up, and nobody else's control characters. */
import { styleText } from 'node:util';
import { withoutControls } from '../lib/core/base/escape';
import type { Tone } from '../lib/core/report/tones';

type Style = Parameters<typeof styleText>[0];

/** Of what is shown with a word beside it: colour alone says nothing. */
export const TONE_COLOURS = {
	fine: 'green',
	normal: 'cyan',
	warning: 'yellow',
	problem: 'red',
	unknown: 'gray'
} as const satisfies Record<Tone, Style>;

export interface Terminal {
	columns: number;
	paint(style: Style, text: string): string;
}

/** Narrow enough to read, also on a wide screen or in a log. */
const COLUMNS_AT_MOST = 110;

/** What standard output is; NO_COLOR (no-color.org) and pipes get plain text. */
export function terminalOf(stream: NodeJS.WriteStream, env: Record<string, string | undefined>): Terminal {
	const colours = stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
	return {
		columns: Math.max(40, Math.min(stream.columns || COLUMNS_AT_MOST, COLUMNS_AT_MOST)),
		// Without stream validation: which stream it is was decided above.
		paint: (style, text) => {
			const safe = withoutControls(text);
			return colours ? styleText(style, safe, { validateStream: false }) : safe;
		}
	};
}

/** Colours, and the line ends of CSV: all that is written besides plain text. Without a terminal nobody wants colours. */
const OWN_CONTROLS = new RegExp(`(\\r\\n|${'\u001b'}\\[\\d+(?:;\\d+)*m)`);

/** Every output of the command line: control characters come from a dump, a report or a server, and could forge what is read. */
export function print(text: string, stream: Pick<NodeJS.WriteStream, 'write'> = process.stdout): void {
	const parts = text.split(OWN_CONTROLS);
	stream.write(parts.map((part, i) => (i % 2 === 1 ? part : withoutControls(part))).join(''));
}

/** Breaks at spaces; the first line starts with `first`, the others with as many spaces. A word longer than a line stays whole. */
export function wrap(text: string, columns: number, first: string): string {
	const indent = ' '.repeat(first.length);
	const lines: string[] = [];
	let line = first;
	let empty = true;
	for (const word of withoutControls(text).split(/\s+/).filter(Boolean)) {
		if (!empty && line.length + 1 + word.length > columns) {
			lines.push(line);
			line = indent;
			empty = true;
		}
		line += empty ? word : ` ${word}`;
		empty = false;
	}
	return [...lines, line].join('\n');
}

/** Rows of cells as lines, each column as wide as its widest cell; the last one is not padded. */
export function columnsOf(rows: readonly (readonly string[])[]): string[] {
	const safe = rows.map((row) => row.map(withoutControls));
	const widths = (rows[0] ?? []).map((_, i) => Math.max(...safe.map((row) => row[i]!.length)));
	return safe.map((row) =>
		row
			.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!)))
			.join('  ')
			.trimEnd()
	);
}

/** Columns as `columnsOf`; those that would reach beyond the width follow in a second block, below the first column again. */
export function foldedColumns(rows: readonly (readonly string[])[], columns: number, indent: string): string[] {
	const lines: string[] = [];
	const count = rows[0]?.length ?? 0;
	for (let from = 1; from < count;) {
		let until = count;
		const block = () => columnsOf(rows.map((row) => [row[0]!, ...row.slice(from, until)])).map((line) => indent + line);
		while (until > from + 1 && block().some((line) => line.length > columns)) until--;
		lines.push(...block());
		from = until;
	}
	return lines;
}
