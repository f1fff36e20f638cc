/** What importers fill: connections with events and rows of statistics, turned into a `Recording` at the end. */
import { duration } from '../base/format';
import { withoutSecretText } from '../base/secrets';
import type { HandshakeEvent } from '../recording/handshake';
import { standardField } from '../recording/normalise';
import type {
	Alignment,
	MediaRequest,
	RawValue,
	RecordedConnection,
	Recording,
	RecordingNote,
	StatsTrack
} from '../recording/recording';
import {
	firstOf,
	GrowingColumn,
	lastOf,
	pack,
	unpack,
	unpackTracks,
	type Packed,
	type PackedColumn,
	type PackedTrack
} from './packed';
import { cleanReport } from './report-names';

/** A report that goes back further than this was not merely late: somebody set the clock. */
const CLOCK_JUMP_MS = 1000;
/** Of one kind of trouble this many places are named; the rest is counted. */
const MOST_NOTES = 5;

/** A column as it grows: its values from row `start` on. */
interface Growing {
	start: number;
	values: GrowingColumn;
}

/** Rows of one statistics object. Columns that begin and end together share their times. */
export class TrackBuilder {
	readonly id: string;
	type: string;
	readonly #times = new GrowingColumn();
	readonly #columns = new Map<string, Growing>();
	/** Columns whose times the source gave by themselves. */
	readonly #placed: PackedColumn[] = [];
	readonly #placedTimes = new Map<readonly number[], Packed>();
	#shiftMs = 0;

	constructor(id: string, type: string) {
		this.id = id;
		this.type = type;
	}

	/** The clock went back by this much, where it did, at a moment that is told as if it had not. */
	addRow(atMs: number, fields: Iterable<readonly [string, RawValue]>): { byMs: number; atMs: number } | null {
		const last = (this.#times.last as number | null) ?? -Infinity;
		let t = atMs + this.#shiftMs;
		let jump: number | null = null;
		if (t < last) {
			// A report that is merely repeated from before adds nothing.
			if (last - t < CLOCK_JUMP_MS) return null;
			jump = last - t;
			this.#shiftMs += jump + 1;
			t = last + 1;
		}
		const row = t === last ? this.#times.length - 1 : this.#times.length;
		this.#times.set(row, t);
		for (const [field, value] of fields) {
			let column = this.#columns.get(field);
			if (!column) this.#columns.set(field, (column = { start: row, values: new GrowingColumn() }));
			column.values.set(row - column.start, value);
		}
		return jump === null ? null : { byMs: jump, atMs: t };
	}

	/** A column with times of its own. Columns that are given the same list of times share it. */
	addColumn(field: string, tMs: readonly number[], values: readonly RawValue[], alignment: Alignment): void {
		const times = this.#placedTimes.get(tMs) ?? pack(tMs);
		this.#placedTimes.set(tMs, times);
		this.#placed.push({ field, tMs: times, v: pack(values), alignment });
	}

	/** No more columns with these times are to come: the lists are free again. */
	settle(): void {
		this.#placedTimes.clear();
	}

	columns(): PackedColumn[] {
		const all = this.#times.packed();
		const shared = new Map([[`0 ${this.#times.length}`, all]]);
		const times = (start: number, length: number) => {
			const key = `${start} ${length}`;
			const found = shared.get(key) ?? pack(unpack(all).slice(start, start + length));
			shared.set(key, found);
			return found;
		};
		const grown = [...this.#columns].map(([field, { start, values }]) => ({
			field,
			tMs: times(start, values.length),
			v: values.packed(),
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
			const text = `The recorder's clock was set back by ${duration(jump.byMs)}; what follows is shown as if it had not been.`;
			this.#notes.add('clock-jumped', text, id, jump);
		}
	}

	setConfiguration(value: unknown): void {
		if (value === null || value === undefined || value === '') return;
		const text = typeof value === 'string' ? value : JSON.stringify(value, null, 1);
		this.configuration = withoutSecretText(text);
	}

	/** First and last time of the statistics so far; Infinity and -Infinity where there is none. */
	timeOfStats(tracks = this.#packedTracks()): { startMs: number; endMs: number } {
		let [startMs, endMs] = [Infinity, -Infinity];
		for (const { columns } of tracks)
			for (const { tMs } of columns) {
				startMs = Math.min(startMs, (firstOf(tMs) as number | null) ?? Infinity);
				endMs = Math.max(endMs, (lastOf(tMs) as number | null) ?? -Infinity);
			}
		return { startMs, endMs };
	}

	#packedTracks(): PackedTrack[] {
		return [...this.tracks.values()].map((track) => ({ id: track.id, type: track.type, columns: track.columns() }));
	}

	finish(cache: UnpackedCache): RecordedConnection {
		const tracks = this.#packedTracks();
		addTrackColumns(tracks);
		let { startMs, endMs } = this.timeOfStats(tracks);
		for (const { atMs } of this.events) {
			startMs = Math.min(startMs, atMs ?? Infinity);
			endMs = Math.max(endMs, atMs ?? -Infinity);
		}
		const { id, label, url, configuration } = this;
		const known = startMs <= endMs;
		const events = this.events.every(({ atMs }) => atMs !== null)
			? [...this.events].sort((a, b) => a.atMs! - b.atMs!)
			: this.events;
		return {
			id,
			label,
			url,
			configuration,
			startMs: known ? startMs : null,
			endMs: known ? endMs : null,
			events,
			get tracks() {
				return cache.unpacked(tracks);
			}
		};
	}
}

/** Keeps only the connection asked for last unpacked: people and rules read connections one after another. */
class UnpackedCache {
	#packed: readonly PackedTrack[] | null = null;
	#unpacked: StatsTrack[] = [];

	unpacked(packed: readonly PackedTrack[]): StatsTrack[] {
		if (this.#packed !== packed) {
			this.#packed = packed;
			this.#unpacked = unpackTracks(packed);
		}
		return this.#unpacked;
	}
}

/** Notes with the first places of each kind, and how many more there were. */
export class NoteList {
	readonly #byRule = new Map<string, { notes: RecordingNote[]; more: number }>();

	add(rule: string, text: string, where = '', measured: Pick<RecordingNote, 'atMs' | 'byMs'> = {}): void {
		const kind = this.#byRule.get(rule) ?? { notes: [], more: 0 };
		this.#byRule.set(rule, kind);
		if (kind.notes.length < MOST_NOTES) kind.notes.push({ rule, text, where, ...measured });
		else kind.more++;
	}

	drop(rule: string): void {
		this.#byRule.delete(rule);
	}

	all(): RecordingNote[] {
		return [...this.#byRule].flatMap(([rule, { notes, more }]) =>
			more === 0 ? notes : [...notes, { rule, text: `The same in ${more} more places.`, where: '', more }]
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
		const cache = new UnpackedCache();
		const connections = [...this.connections.values()].map((each) => each.finish(cache));
		const timed = connections.some(({ startMs }) => startMs !== null) || media.some(({ atMs }) => atMs !== null);
		const notes = this.notes.all();
		return { format, formatName, clock: timed ? clock : 'none', userAgent, connections, media, notes };
	}
}

/** Browsers used to keep much of a stream in an object of its own, `track`: it goes to the stream, where the standard has it now. */
function addTrackColumns(tracks: readonly PackedTrack[]): void {
	const byId = new Map(tracks.filter(({ type }) => type === 'track').map((track) => [track.id, track]));
	if (byId.size === 0) return;
	for (const stream of tracks) {
		if (!stream.type.endsWith('-rtp')) continue;
		const id = lastOf(stream.columns.find(({ field }) => field === 'trackId')?.v ?? []);
		const track = byId.get(String(id ?? ''));
		const has = new Set(stream.columns.map(({ field }) => field));
		for (const column of track?.columns ?? []) {
			const field = standardField(stream.type, column.field);
			if (!has.has(field)) stream.columns.push({ ...column, field });
		}
	}
}
