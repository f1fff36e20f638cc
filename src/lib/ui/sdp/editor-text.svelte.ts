/**
 * The text of an editor: as it was given and edited, to the last line end, and what of it a text box holds, where every line end is a line
 * feed and folded parts are left out.
 */
import { byHead, editWhole, foldsIn, headsAfter, seenLines, type Fold } from './folds';
import { applyEdit, boxText, editBetween, editOriginal } from './text-edit';

/** A JSON of one line is shown by the box alone: a browser takes its time for such a line, and would twice. */
const LONG_LINE = 4000;

/** What the box has to hold from now on, and where its caret stands. */
export interface BoxState {
	value: string;
	caret: number;
}

export class EditorText {
	lines: readonly string[] = $state.raw(['']);
	/** Lines from 0 whose part is folded. */
	heads: readonly number[] = $state.raw([]);
	folds: readonly Fold[] = $derived(foldsIn(this.lines));
	foldsByHead: ReadonlyMap<number, Fold> = $derived(byHead(this.folds));
	/** Lines that the box holds; null for all. */
	seen: readonly number[] | null = $derived(
		seenLines(
			this.lines,
			this.folds.filter(({ head }) => this.heads.includes(head))
		)
	);
	count: number = $derived(this.seen?.length ?? this.lines.length);
	isColoured: boolean = $derived(this.lines.every((line) => line.length <= LONG_LINE));

	#original = '';
	#isExact = true;
	#whole = '';
	#shown = '';

	/** Another text, and what the box made of it: where that is more than other line ends, the first edit tells (`editOriginal`). */
	take(text: string, exact: boolean, boxed: string): void {
		[this.#original, this.#isExact] = [text, exact];
		this.heads = [];
		this.#setWhole(boxed);
		this.#shown = boxed;
	}

	/** What somebody wrote: the text now, whether its line ends are known, and what the box has to hold instead, if anything. */
	write(value: string, caret: number, pasted: string | null): { text: string; exact: boolean; box: BoxState | null } {
		if (pasted !== null && value === boxText(pasted)) {
			this.take(pasted, true, value);
			return { text: pasted, exact: true, box: null };
		}
		const typed = editBetween(this.#shown, value, caret);
		const change = this.seen ? editWhole(this.lines, this.seen, typed) : null;
		const edit = change?.edit ?? typed;
		const before = this.lines.length;
		this.#setWhole(applyEdit(this.#whole, edit));
		// Nobody knows what line ends a text has that was typed into an empty box.
		const kept = this.#isExact && this.#original !== '' ? editOriginal(this.#original, edit, this.#whole, pasted) : null;
		[this.#original, this.#isExact] = [kept ?? this.#whole, kept !== null];
		this.#shown = value;
		if (change) this.heads = headsAfter(this.heads, change, this.lines, this.lines.length - before);
		const box = change ? this.#shownWith(edit.from + edit.inserted.length) : null;
		return { text: this.#original, exact: this.#isExact, box };
	}

	/** Folds the parts with these heads and no others. `caret` is a place in the box. */
	fold(heads: readonly number[], caret: number): BoxState | null {
		const line = this.lineAt(caret);
		const column = caret - this.startOf(line);
		this.heads = heads;
		return this.#shownWith(startIn(this.lines, null, line) + column);
	}

	/** The part that a line is in. */
	foldAt(line: number): Fold | null {
		return this.folds.find(({ head, last }) => line >= head && line <= last) ?? null;
	}

	/** The line, from 0, at a place in the box. */
	lineAt(place: number): number {
		let row = 0;
		for (let at = this.#shown.indexOf('\n'); at >= 0 && at < place; at = this.#shown.indexOf('\n', at + 1)) row++;
		return this.seen ? (this.seen[row] ?? 0) : row;
	}

	/** Where a line begins in the box. */
	startOf(line: number): number {
		return startIn(this.lines, this.seen, line);
	}

	/** Which of the lines of the box it is; of a folded one its head. */
	rowOf(line: number): number {
		return this.seen ? this.seen.findLastIndex((each) => each <= line) : line;
	}

	/** Null where the box holds it already. `caret` is a place in the whole text; folded, it stands at the end of the head. */
	#shownWith(caret: number): BoxState | null {
		const value = this.seen ? this.seen.map((line) => this.lines[line]).join('\n') : this.#whole;
		if (value === this.#shown) return null;
		this.#shown = value;
		const before = this.#whole.slice(0, caret).split('\n');
		const line = before.length - 1;
		const head = this.seen ? this.seen[this.rowOf(line)]! : line;
		const column = head === line ? before[line]!.length : this.lines[head]!.length;
		return { value, caret: this.startOf(head) + column };
	}

	#setWhole(value: string): void {
		this.#whole = value;
		this.lines = value.split('\n');
	}
}

function startIn(lines: readonly string[], seen: readonly number[] | null, line: number): number {
	let at = 0;
	for (const each of seen ?? lines.keys()) {
		if (each >= line) break;
		at += lines[each]!.length + 1;
	}
	return at;
}
