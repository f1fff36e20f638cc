/** The figures of a connection of a dump in blocks, for whatever prints them: lines, and a table for each direction. */
import type { ConnectionFigures } from '../../call/connection-figure-shapes';
import type { ConditionResult } from '../../call/figure-conditions';
import type { DumpLanguage } from '../../messages/language';
import type { Recording } from '../../recording/recording';
import type { RecordedEnd } from '../../verdict/call/call-conclusion';
import { endsOf } from '../../verdict/call/recorded-ends';
import type { Conclusions } from '../../verdict/conclusion';

export interface FigureBlock {
	title: string;
	/** The first row has the titles, the first column the names. */
	rows: string[][];
	/** Below the table. */
	lines: string[];
}

/** Above the tables. */
export function figureLines(
	{ figures, startMs }: RecordedEnd,
	clock: Recording['clock'],
	{ dump: words }: DumpLanguage
): string[] {
	const { paths } = figures;
	const fromMs = clock === 'none' ? null : startMs;
	const named = (path: ConnectionFigures['paths'][number]) =>
		paths.length > 1 ? words.pathName({ selectedPair: { id: path.id, local: path.local, remote: path.remote } }) : null;
	return [words.figures.connectLine(figures), ...paths.map((path) => words.figures.pathLine(path, fromMs, named(path)))].filter(
		(line) => line !== null
	);
}

export function figureBlocks(
	{ figures: { streams }, startMs }: RecordedEnd,
	clock: Recording['clock'],
	{ dump: { figures: words } }: DumpLanguage
): FigureBlock[] {
	return (['in', 'out'] as const).flatMap((direction): FigureBlock[] => {
		const own = streams.filter((stream) => stream.direction === direction);
		const rows = words.streamTable(own);
		const silent = own.filter(({ packets }) => packets === 0).length;
		if (rows.length === 0 && silent === 0) return [];
		const worst = words.worstLine(own, clock === 'none' ? null : startMs);
		const lines = [...(worst === null ? [] : [worst]), ...(silent > 0 ? [words.silent(silent)] : [])];
		return [{ title: direction === 'in' ? words.received : words.sent, rows, lines }];
	});
}

/** The name of the connection that decided a condition, where there are several. */
export function decidedWhere(
	{ decidedBy }: ConditionResult,
	conclusions: Conclusions,
	words: DumpLanguage['dump']
): string | null {
	const ends = endsOf(conclusions);
	const end = ends.length > 1 ? ends.find(({ id }) => id === decidedBy?.connection) : undefined;
	return end ? words.connection(end) : null;
}
