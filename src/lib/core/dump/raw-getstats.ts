/**
 * What getStats returned, printed by some page: a list of objects, an object by id, a list of `{key, value}`, Map entries,
 * once or as a series of these.
 */
import { isRecord, parseJson, type JsonObject } from '../base/record';
import { RecordingBuilder } from './builder';
import { JsonPieces } from './json-pieces';

type Report = readonly (readonly [id: string, object: JsonObject])[];

/** Past this a time is in microseconds (very old Safari): in milliseconds it would be the year 5138. */
const MICROSECONDS_FROM = 1e14;
/** Before this a time counts from the page's beginning, not from 1970. */
const EPOCH_FROM = Date.UTC(2001, 0, 1);
/** Pages wrap what getStats gave in an object of their own; deeper than this nobody has. */
const MOST_DEPTH = 3;

/** null where the JSON is nothing of the kind. */
export function readRawStats(value: unknown): RecordingBuilder | null {
	const series = seriesIn(value, 0);
	if (!series) return null;
	const recording = new RecordingBuilder(
		'raw-getstats',
		series.length === 1 ? 'One getStats report' : `${series.length} getStats reports`
	);
	const builder = recording.connection('1');
	let fromStart = false;
	let untimed = 0;
	series.forEach((report, index) => {
		const times = report.map(([, object]) => timeOf(object.timestamp)).filter((time) => time !== null);
		const common = times.length > 0 ? times.reduce((most, time) => Math.max(most, time), -Infinity) : null;
		if (common === null) untimed++;
		if (common !== null && common < EPOCH_FROM) fromStart = true;
		for (const [id, object] of report) builder.addReport(timeOf(object.timestamp) ?? common ?? index, id, object);
	});
	if (untimed === series.length) {
		recording.clock = 'none';
		recording.notes.add('time-missing', 'The reports have no times: their order is all that is known.');
	} else if (fromStart) recording.clock = 'start';
	return recording;
}

function timeOf(value: unknown): number | null {
	const time = typeof value === 'string' ? Date.parse(value) : value;
	if (typeof time !== 'number' || !Number.isFinite(time)) return null;
	return time > MICROSECONDS_FROM ? time / 1000 : time;
}

function seriesIn(value: unknown, depth: number): Report[] | null {
	const one = reportIn(value);
	if (one) return [one];
	if (depth >= MOST_DEPTH) return null;
	if (Array.isArray(value)) {
		const reports = value.flatMap((each) => seriesIn(each, depth + 1) ?? []);
		return reports.length > 0 ? reports : null;
	}
	if (!isRecord(value)) return null;
	for (const each of Object.values(value)) {
		if (typeof each !== 'object' || each === null) continue;
		const inner = seriesIn(each, depth + 1);
		if (inner) return inner;
	}
	return null;
}

/** One report, in any of the ways it is written. */
function reportIn(value: unknown): Report | null {
	if (Array.isArray(value)) {
		const entries = value.flatMap((each: unknown, index): [string, JsonObject][] => {
			if (Array.isArray(each) && each.length === 2 && typeof each[0] === 'string' && isRecord(each[1]))
				return [[each[0], each[1]]];
			if (!isRecord(each)) return [];
			if (isRecord(each.value) && each.type === undefined) return [[String(each.key ?? each.value.id ?? index), each.value]];
			return [[typeof each.id === 'string' ? each.id : `object ${index}`, unwrapped(each)]];
		});
		return mostlyStats(entries) ? entries : null;
	}
	if (!isRecord(value)) return null;
	if (isOne(value)) return [[value.id as string, unwrapped(value)]];
	const entries = Object.entries(value).flatMap(([id, each]): [string, JsonObject][] =>
		isRecord(each) ? [[id, unwrapped(each)]] : []
	);
	return mostlyStats(entries) ? entries : null;
}

/** An object of statistics by itself, and no wrapper around others that has the same fields. */
function isOne({ id, type, timestamp, values, ...rest }: JsonObject): boolean {
	if (typeof id !== 'string' || typeof type !== 'string' || timestamp === undefined) return false;
	return isRecord(values) || !Object.values(rest).some((each) => isRecord(each) && 'type' in each);
}

/** Native libraries keep the fields of an object in one of their own, `values`; old ones as a list of objects with one field each. */
function unwrapped(object: JsonObject): JsonObject {
	const { values, ...rest } = object;
	if (typeof object.type !== 'string') return object;
	if (isRecord(values)) return { ...values, ...rest };
	return Array.isArray(values) && values.every(isRecord) ? Object.assign({}, ...values, rest) : object;
}

/** Most have a type, and what all statistics have besides; an object that a page added does not spoil the rest. */
function mostlyStats(entries: Report): boolean {
	const typed = entries.filter(
		([, { type, timestamp, id }]) => typeof type === 'string' && (timestamp !== undefined || id !== undefined)
	);
	return typed.length > 0 && typed.length * 2 > entries.length;
}

/** A report a line. null where the first line is none. */
export function readRawLines(text: string): RecordingBuilder | null {
	const lines = text.split('\n').filter((line) => line.trim() !== '');
	const values = lines.map((line) => parseJson(line));
	if (lines.length < 2 || values[0] === undefined || !seriesIn(values[0], 0)) return null;
	const recording = readRawStats(values.filter((value) => value !== undefined));
	values.forEach((value, index) => {
		if (value === undefined) recording?.notes.add('line-unreadable', 'The line is not JSON.', `line ${index + 1}`);
	});
	return recording;
}

/** A list or an object that is broken somewhere or was cut off: the members that can be read. */
export function salvageRawStats(text: string): RecordingBuilder | null {
	const notes: [string, string][] = [];
	const members: [string, unknown][] = [];
	const pieces = new JsonPieces(
		() => 'whole',
		(path, member, line) => {
			const value = parseJson(member);
			if (value === undefined) notes.push(['It is not JSON.', `line ${line()}`]);
			else members.push([path[0]!, value]);
		},
		({ line, message }) => notes.push([message, `line ${line}`])
	);
	pieces.push(text);
	pieces.end();
	const recording = readRawStats(text.startsWith('[') ? members.map(([, value]) => value) : Object.fromEntries(members));
	for (const [message, where] of notes) recording?.notes.add('part-unreadable', message, where);
	return recording;
}
