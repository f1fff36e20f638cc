/**
 * Adds what one getStats poll says to a recorded connection. Memory is bounded: only fields of the metric table are kept, what
 * only describes is stored when it changes, and a column that reaches COLUMN_AT_MOST samples loses every second one. Counters lose
 * nothing by that but resolution; gauges lose samples evenly, so that medians stay what they are.
 */
import { isDescription, isKeptField } from './kept-fields';
import { normaliseStats, type PlainStats } from './normalise';
import type { Column, RawValue, RecordedConnection, StatsTrack } from './recording';
import { thinned } from './thinning';

/** More than an hour at one a second. 200 columns of it are 13 MB in memory, which is as much as a call without end ever takes. */
export const COLUMN_AT_MOST = 4096;

/** A clock that is this far from the poll's own is another clock, and the poll's time is used. */
const SANE_MS = 60_000;

export interface Poll {
	/** When the poll was answered, on the recording's clock, ms. */
	atMs: number;
	/** What the objects' own timestamps have to be lessened by to be on the recording's clock; null: use `atMs` for all. */
	epochOffsetMs: number | null;
}

/** Changes `connection` in place: it is the growing record of a live call. */
export function appendPoll(connection: RecordedConnection, stats: readonly PlainStats[], poll: Poll): void {
	for (const object of normaliseStats(stats)) {
		const own = poll.epochOffsetMs === null || object.timestamp === undefined ? poll.atMs : object.timestamp - poll.epochOffsetMs;
		const tMs = Math.abs(own - poll.atMs) > SANE_MS ? poll.atMs : Math.round(own * 10) / 10;
		appendObject(connection, object, tMs);
	}
	connection.startMs ??= poll.atMs;
	connection.endMs = poll.atMs;
}

/** One object under standard names, at one time. A time at or before the last one of a column adds nothing to it. */
export function appendObject(
	connection: RecordedConnection,
	object: { id: string; type: string } & Record<string, RawValue>,
	tMs: number
): void {
	let track = connection.tracks.find(({ id }) => id === object.id);
	for (const [field, value] of Object.entries(object)) {
		if (!isKeptField(object.type, field)) continue;
		if (!track) connection.tracks.push((track = { id: object.id, type: object.type, columns: [] }));
		const column = columnOf(track, field);
		const last = column.tMs.at(-1);
		if (last !== undefined && tMs <= last) continue;
		if (last !== undefined && changesRarely(object.type, value) && column.v.at(-1) === value) continue;
		column.tMs.push(tMs);
		column.v.push(value);
		if (column.tMs.length >= COLUMN_AT_MOST) Object.assign(column, thinned(column, 2));
	}
}

/**
 * Marks a time in which nobody looked (frozen timers): every column of numbers gets a null there, so that the pause stays visible
 * whatever is thinned later.
 */
export function appendGap(connection: RecordedConnection, tMs: number): void {
	for (const track of connection.tracks) {
		if (isDescription(track.type)) continue;
		for (const column of track.columns) {
			const last = column.tMs.at(-1);
			if (last === undefined || tMs <= last || typeof column.v.at(-1) !== 'number') continue;
			column.tMs.push(tMs);
			column.v.push(null);
		}
	}
}

/** Words and flags, and everything of an object that only describes. */
function changesRarely(type: string, value: RawValue): boolean {
	return isDescription(type) || typeof value === 'string' || typeof value === 'boolean';
}

function columnOf(track: StatsTrack, field: string): Column {
	let column = track.columns.find((one) => one.field === field);
	if (!column) track.columns.push((column = { field, tMs: [], v: [], alignment: 'exact' }));
	return column;
}
