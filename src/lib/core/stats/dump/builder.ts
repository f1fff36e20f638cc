/** What importers fill: connections with events and rows of statistics, turned into a `Recording` at the end. */
import { withoutCredentials } from '../../sdp/dump-events';
import type { HandshakeEvent } from '../../sdp/handshake';
import { standardField } from '../normalise';
import type {
	Alignment,
	Column,
	MediaRequest,
	RawValue,
	RecordedConnection,
	Recording,
	RecordingNote,
	StatsTrack
} from '../recording';
import { cleanReport } from './report-names';

/** A report that goes back further than this was not merely late: somebody set the clock. */
const CLOCK_JUMP_MS = 1000;
/** Of one kind of trouble this many places are named; the rest is counted. */
const MOST_NOTES = 5;

/** A column as it grows: values from row `start` on, without holes in the array. */
interface Growing {
	start: number;
	v: RawValue[];
}

/** Rows of one statistics object. Columns that begin and end together share their times. */
export class TrackBuilder {
	readonly id: string;
	type: string;
	readonly tMs: number[] = [];
	readonly #columns = new Map<string, Growing>();
	/** Columns whose times the source gave by themselves. */
	readonly #placed: Column[] = [];
	#shiftMs = 0;

	constructor(id: string, type: string) {
		this.id = id;
		this.type = type;
	}

	/** The clock went back by this much, where it did. */
	addRow(atMs: number, fields: Iterable<readonly [string, RawValue]>): number | null {
		const last = this.tMs.length > 0 ? this.tMs[this.tMs.length - 1]! : -Infinity;
		let t = atMs + this.#shiftMs;
		let jump: number | null = null;
		if (t < last) {
			// A report that is merely repeated from before adds nothing.
			if (last - t < CLOCK_JUMP_MS) return null;
			jump = last - t;
			this.#shiftMs += jump + 1;
			t = last + 1;
		}
		const row = t === last ? this.tMs.length - 1 : this.tMs.push(t) - 1;
		for (const [field, given] of fields) this.#set(field, row, given);
		return jump;
	}

	#set(field: string, row: number, given: RawValue): void {
		const column = this.#columns.get(field);
		if (!column) {
			this.#columns.set(field, { start: row, v: [given] });
			return;
		}
		const { start, v } = column;
		while (v.length < row - start) v.push(null);
		const before = v.length > 0 ? v[v.length - 1]! : null;
		// One text for all rows that say the same: a dump repeats codec lines and certificates every second.
		v[row - start] = typeof given === 'string' && given === before ? before : given;
	}

	addColumn(column: Column): void {
		this.#placed.push(column);
	}

	columns(): Column[] {
		const shared = new Map<string, number[]>();
		const times = (start: number, length: number) => {
			if (start === 0 && length === this.tMs.length) return this.tMs;
			const key = `${start} ${length}`;
			const found = shared.get(key) ?? this.tMs.slice(start, start + length);
			shared.set(key, found);
			return found;
		};
		const grown = [...this.#columns].map(([field, { start, v }]) => ({
			field,
			tMs: times(start, v.length),
			v,
			alignment: 'exact' as const
		}));
		return [...grown, ...this.#placed];
	}
}

export class ConnectionBuilder {
	readonly id: string;
	label: string;
	url: string | null = null;
	configuration: string | null = null;
	readonly events: HandshakeEvent[] = [];
	readonly tracks = new Map<string, TrackBuilder>();
	readonly #notes: NoteList;

	constructor(id: string, notes: NoteList) {
		this.id = id;
		this.label = `Connection ${id}`;
		this.#notes = notes;
	}

	track(id: string, type: string): TrackBuilder {
		const found = this.tracks.get(id);
		if (found) {
			if (found.type === '') found.type = type;
			return found;
		}
		const made = new TrackBuilder(id, type);
		this.tracks.set(id, made);
		return made;
	}

	/** One statistics object as getStats gives it, `timestamp` in it or not. */
	addReport(atMs: number, id: string, report: Readonly<Record<string, unknown>>): void {
		const { type, fields } = cleanReport(id, report);
		const jump = this.track(id, type).addRow(atMs, fields);
		if (jump !== null) {
			const text = `The recorder's clock was set back by ${(jump / 1000).toFixed(1)} s; what follows is shown as if it had not been.`;
			this.#notes.add('clock-jumped', text, id);
		}
	}

	setConfiguration(value: unknown): void {
		if (value === null || value === undefined || value === '') return;
		const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
		this.configuration = withoutCredentials(text);
	}

	finish(): RecordedConnection {
		let startMs = Infinity;
		let endMs = -Infinity;
		const see = (t: number | undefined | null) => {
			if (t === undefined || t === null) return;
			startMs = Math.min(startMs, t);
			endMs = Math.max(endMs, t);
		};
		const tracks = [...this.tracks.values()].map((track) => ({ id: track.id, type: track.type, columns: track.columns() }));
		addTrackColumns(tracks);
		for (const { columns } of tracks)
			for (const { tMs } of columns) {
				see(tMs[0]);
				see(tMs[tMs.length - 1]);
			}
		for (const { atMs } of this.events) see(atMs);
		const { id, label, url, configuration } = this;
		const known = startMs <= endMs;
		const events = this.events.every(({ atMs }) => atMs !== null)
			? [...this.events].sort((a, b) => a.atMs! - b.atMs!)
			: this.events;
		return { id, label, url, configuration, startMs: known ? startMs : null, endMs: known ? endMs : null, events, tracks };
	}
}

/** Notes with the first places of each kind, and how many more there were. */
export class NoteList {
	readonly #byRule = new Map<string, { notes: RecordingNote[]; more: number }>();

	add(rule: string, text: string, where = ''): void {
		const kind = this.#byRule.get(rule) ?? { notes: [], more: 0 };
		this.#byRule.set(rule, kind);
		if (kind.notes.length < MOST_NOTES) kind.notes.push({ rule, text, where });
		else kind.more++;
	}

	all(): RecordingNote[] {
		return [...this.#byRule].flatMap(([rule, { notes, more }]) =>
			more === 0 ? notes : [...notes, { rule, text: `The same in ${more} more places.`, where: '' }]
		);
	}
}

export class RecordingBuilder {
	readonly format: string;
	formatName: string;
	clock: Recording['clock'] = 'epoch';
	userAgent: string | null = null;
	readonly notes = new NoteList();
	readonly media: MediaRequest[] = [];
	readonly connections = new Map<string, ConnectionBuilder>();

	constructor(format: string, formatName: string) {
		this.format = format;
		this.formatName = formatName;
	}

	connection(id: string): ConnectionBuilder {
		const found = this.connections.get(id) ?? new ConnectionBuilder(id, this.notes);
		this.connections.set(id, found);
		return found;
	}

	finish(): Recording {
		const { format, formatName, clock, userAgent, media } = this;
		const connections = [...this.connections.values()].map((each) => each.finish());
		const timed = connections.some(({ startMs }) => startMs !== null) || media.some(({ atMs }) => atMs !== null);
		const notes = this.notes.all();
		return { format, formatName, clock: timed ? clock : 'none', userAgent, connections, media, notes };
	}
}

/** Browsers used to keep much of a stream in an object of its own, `track`: it goes to the stream, where the standard has it now. */
function addTrackColumns(tracks: readonly StatsTrack[]): void {
	const byId = new Map(tracks.filter(({ type }) => type === 'track').map((track) => [track.id, track]));
	if (byId.size === 0) return;
	for (const stream of tracks) {
		if (!stream.type.endsWith('-rtp')) continue;
		const id = stream.columns.find(({ field }) => field === 'trackId')?.v.at(-1);
		const track = byId.get(String(id ?? ''));
		const has = new Set(stream.columns.map(({ field }) => field));
		for (const column of track?.columns ?? []) {
			const field = standardField(stream.type, column.field);
			if (!has.has(field)) stream.columns.push({ ...column, field });
		}
	}
}

/** A column whose times are known one by one. All-equal texts become one text. */
export function columnOf(field: string, tMs: number[], values: RawValue[], alignment: Alignment): Column {
	const [first] = values;
	const same = typeof first === 'string' && values.every((value) => value === first);
	return { field, tMs, v: same ? new Array<RawValue>(values.length).fill(first) : values, alignment };
}
