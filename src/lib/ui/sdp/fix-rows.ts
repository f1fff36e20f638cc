/** A correction as rows to show: the lines that go and come, with what differs in them. */
import { entryOf } from '../../core/base/record';
import type { Fix } from '../../core/sdp/lint/fixes/fix';
import type { LineEnd, SdpLine } from '../../core/sdp/text/document';

export interface FixRow {
	kind: 'old' | 'new';
	/** Of the text as it is: the line that goes, or where the new one comes. */
	line: number;
	/** What both sides begin and end with, around what differs. */
	head: string;
	changed: string;
	tail: string;
}

/** So much of a long line around what changed. */
const MOST_AROUND = 60;
const MOST_CHANGED = 200;
/** In what changed, blanks are what it may be about. */
const VISIBLE: Readonly<Record<string, string>> = { ' ': '·', '\t': '→' };

export function fixRows({ edits }: Fix, lines: readonly SdpLine[]): FixRow[] {
	return [...edits]
		.sort((a, b) => a.line - b.line)
		.flatMap(({ line, remove, lines: fresh }) => {
			const old = lines.slice(line - 1, line - 1 + remove).map(({ raw }) => raw);
			return Array.from({ length: Math.max(old.length, fresh.length) }, (_, at) => rowsOf(line + at, old[at], fresh[at])).flat();
		});
}

/** The ends that lines are given, and how many. */
export function newEnds({ ends }: Fix): { end: LineEnd; lines: number }[] {
	const counts = new Map<LineEnd, number>();
	for (const { end } of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
	return [...counts].map(([end, lines]) => ({ end, lines }));
}

function rowsOf(line: number, old: string | undefined, fresh: string | undefined): FixRow[] {
	const [from, to] = [old ?? '', fresh ?? ''];
	const isPair = old !== undefined && fresh !== undefined;
	let head = 0;
	while (isPair && head < from.length && head < to.length && from[head] === to[head]) head++;
	let tail = 0;
	while (isPair && tail < from.length - head && tail < to.length - head && from.at(-1 - tail) === to.at(-1 - tail)) tail++;
	const row = (kind: FixRow['kind'], text: string): FixRow => ({
		kind,
		line,
		head: isPair ? shortened(text.slice(0, head), 'end') : '',
		changed: visible(isPair ? text.slice(head, text.length - tail) : text),
		tail: isPair ? shortened(text.slice(text.length - tail), 'start') : ''
	});
	return [...(old === undefined ? [] : [row('old', from)]), ...(fresh === undefined ? [] : [row('new', to)])];
}

function shortened(text: string, kept: 'start' | 'end'): string {
	if (text.length <= MOST_AROUND) return text;
	return kept === 'start' ? `${text.slice(0, MOST_AROUND)}…` : `…${text.slice(-MOST_AROUND)}`;
}

/** Blanks at the ends of a changed part, and a part of nothing else, are shown by signs. */
function visible(text: string): string {
	const clipped = text.length > MOST_CHANGED ? `${text.slice(0, MOST_CHANGED)}…` : text;
	return clipped.replace(/^[ \t]+|[ \t]+$|[ \t]{2,}|\t/g, (blanks) =>
		[...blanks].map((each) => entryOf(VISIBLE, each)!).join('')
	);
}
