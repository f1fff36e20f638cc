/** What the editor draws of each line in sight. */
import type { Tone } from '../../core/report/tones';
import type { EditorText } from './editor-text.svelte';
import type { Fold } from './folds';

export interface Mark {
	tone: Tone;
	title: string;
	/** Where its findings point, from 1. */
	columns: readonly number[];
}

export interface EditorRow {
	/** In the whole text, from 0. */
	line: number;
	/** The line's own; of a folded part the worst in it. */
	mark: Mark | undefined;
	/** The part that the line is the head of. */
	fold: Fold | undefined;
	folded: boolean;
}

const WORST_FIRST: readonly Tone[] = ['problem', 'warning', 'normal'];

/** `marks` by line from 1. */
export function rowsBetween(
	first: number,
	count: number,
	{ seen, foldsByHead, heads }: Pick<EditorText, 'seen' | 'foldsByHead' | 'heads'>,
	marks: ReadonlyMap<number, Mark>
): EditorRow[] {
	return Array.from({ length: count }, (_, index) => {
		const line = seen ? seen[first + index]! : first + index;
		const fold = foldsByHead.get(line);
		const folded = fold !== undefined && heads.includes(line);
		return { line, mark: folded ? worstOf(fold, marks) : marks.get(line + 1), fold, folded };
	});
}

function worstOf({ head, last }: Fold, marks: ReadonlyMap<number, Mark>): Mark | undefined {
	const found = Array.from({ length: last - head + 1 }, (_, index) => marks.get(head + index + 1)).filter(
		(mark) => mark !== undefined
	);
	const tone = WORST_FIRST.find((each) => found.some((mark) => mark.tone === each)) ?? found[0]?.tone;
	return tone === undefined ? undefined : { tone, title: found.map(({ title }) => title).join('\n'), columns: [] };
}
