/** What corrections changed in a file, as `diff -u` and `git apply` have it. */
import type { FixedLine } from './apply';

const CONTEXT = 3;

interface Row {
	mark: ' ' | '-' | '+';
	text: string;
}

/** `lines`: where those of the new text come from; null where that is not known. Empty where nothing changed. */
export function unifiedDiff(file: string, before: string, after: string, lines: readonly FixedLine[] | null): string {
	if (before === after) return '';
	const [old, fresh] = [linesOf(before), linesOf(after)];
	// A lone carriage return ends a line of a description, and none of a diff.
	const origins = lines?.map(({ from }) => from) ?? [];
	const isPlain = origins.length === fresh.length && origins.every((from, at) => from === null || old[from - 1] === fresh[at]);
	const rows = rowsOf(old, fresh, isPlain ? origins : originsByEnds(old, fresh));
	return `--- a/${file}\n+++ b/${file}\n${hunksOf(rows).join('')}`;
}

const linesOf = (text: string) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** What both texts begin and end with is the same. */
function originsByEnds(old: readonly string[], fresh: readonly string[]): (number | null)[] {
	let head = 0;
	while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
	let tail = 0;
	while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
	return fresh.map((_, at) => (at < head ? at + 1 : at >= fresh.length - tail ? at + 1 + old.length - fresh.length : null));
}

function rowsOf(old: readonly string[], fresh: readonly string[], origins: readonly (number | null)[]): Row[] {
	const rows: Row[] = [];
	let next = 1;
	let added: Row[] = [];
	const removeUntil = (number: number) => {
		while (next < number) rows.push({ mark: '-', text: old[next++ - 1]! });
		rows.push(...added);
		added = [];
	};
	fresh.forEach((text, at) => {
		const from = origins[at];
		if (from === null || from === undefined) added.push({ mark: '+', text });
		else {
			removeUntil(from);
			rows.push({ mark: ' ', text });
			next = from + 1;
		}
	});
	removeUntil(old.length + 1);
	return rows;
}

function hunksOf(rows: readonly Row[]): string[] {
	const hunks: string[] = [];
	let [oldLine, newLine] = [1, 1];
	for (let at = 0; at < rows.length;) {
		const change = rows.findIndex(({ mark }, index) => index >= at && mark !== ' ');
		if (change < 0) break;
		const start = Math.max(at, change - CONTEXT);
		oldLine += start - at;
		newLine += start - at;
		let end = change + 1;
		for (let index = change + 1; index < rows.length && index <= end + 2 * CONTEXT; index++)
			if (rows[index]!.mark !== ' ') end = index + 1;
		const hunk = rows.slice(start, Math.min(rows.length, end + CONTEXT));
		const count = (mark: '-' | '+') => hunk.filter((row) => row.mark === ' ' || row.mark === mark).length;
		const [removed, added] = [count('-'), count('+')];
		const body = hunk.map(({ mark, text }) => mark + (text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`));
		// A hunk without lines of one side is numbered by the line before it.
		hunks.push(
			`@@ -${removed === 0 ? oldLine - 1 : oldLine},${removed} +${added === 0 ? newLine - 1 : newLine},${added} @@\n${body.join('')}`
		);
		oldLine += removed;
		newLine += added;
		at = start + hunk.length;
	}
	return hunks;
}
