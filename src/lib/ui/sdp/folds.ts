/** Sections of a text that can be folded away, and what is seen of the text while some are. Lines count from 0. */
import type { Edit } from './text-edit';

export interface Fold {
	/** The line that stays: an m=, or the v= above the session part. */
	head: number;
	/** The last line that goes. */
	last: number;
}

/** Every part of every description in the lines: as far as lines of the form `letter=value` go. */
export function foldsIn(lines: readonly string[]): Fold[] {
	const folds: Fold[] = [];
	let head = -1;
	for (let at = 0; at <= lines.length; at++) {
		const line = lines[at] ?? '';
		const begins = line.startsWith('m=') || line.startsWith('v=');
		if (!begins && /^[a-z]=/.test(line)) continue;
		if (head >= 0 && at - 1 > head) folds.push({ head, last: at - 1 });
		head = begins ? at : -1;
	}
	return folds;
}

export function byHead(folds: readonly Fold[]): ReadonlyMap<number, Fold> {
	return new Map(folds.map((fold) => [fold.head, fold]));
}

/** The lines that are seen; null for all. */
export function seenLines(lines: readonly string[], folded: readonly Fold[]): number[] | null {
	if (folded.length === 0) return null;
	const heads = byHead(folded);
	const seen: number[] = [];
	for (let at = 0; at < lines.length; at++) {
		seen.push(at);
		const fold = heads.get(at);
		if (fold) at = fold.last;
	}
	return seen;
}

export interface WholeEdit {
	edit: Edit;
	/** The lines that it begins and ends on. */
	first: number;
	last: number;
}

/** An edit of what is seen, as an edit of the whole text: what is folded between its ends goes with them. */
export function editWhole(lines: readonly string[], seen: readonly number[], { from, to, inserted }: Edit): WholeEdit {
	const starts = startsOf(lines);
	let [start, first, stop, last] = [0, 0, 0, 0];
	let at = 0;
	for (const line of seen) {
		const end = at + lines[line]!.length;
		if (at <= from) [start, first] = [starts[line]! + from - at, line];
		if (at <= to) [stop, last] = [starts[line]! + to - at, line];
		at = end + 1;
		if (at > to) break;
	}
	return { edit: { from: start, to: stop, inserted }, first, last };
}

function startsOf(lines: readonly string[]): number[] {
	let at = 0;
	return lines.map((line) => {
		const start = at;
		at += line.length + 1;
		return start;
	});
}

/** Heads that are still folded after an edit: those above and below it; the one that it changes only while it stays one line and a head. */
export function headsAfter(
	heads: readonly number[],
	{ first, last, edit }: WholeEdit,
	lines: readonly string[],
	grown: number
): number[] {
	return heads.flatMap((head) => {
		if (head < first) return [head];
		if (head > last) return [head + grown];
		return first === last && !edit.inserted.includes('\n') && /^[mv]=/.test(lines[head] ?? '') ? [head] : [];
	});
}
