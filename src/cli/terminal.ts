/** Text for terminals: colours where they are wanted, words wrapped, columns that line up. */
import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

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
		paint: (style, text) => (colours ? styleText(style, text, { validateStream: false }) : text)
	};
}

/** Breaks at spaces; the first line starts with `first`, the others with as many spaces. A word longer than a line stays whole. */
export function wrap(text: string, columns: number, first: string): string {
	const indent = ' '.repeat(first.length);
	const lines: string[] = [];
	let line = first;
	let empty = true;
	for (const word of text.split(/\s+/).filter(Boolean)) {
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
	const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
	return rows.map((row) =>
		row
			.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i]!)))
			.join('  ')
			.trimEnd()
	);
}
