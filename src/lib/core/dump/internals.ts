/**
 * What chrome://webrtc-internals saves, in all its generations, and the older statistics of Chrome (`goog…`) in it. Read
 * piece by piece: a dump may be hundreds of megabytes.
 */
import { isRecord, parseJson, type JsonObject } from '../base/record';
import { eventOf } from './dump-events';
import type { RawValue } from '../recording/recording';
import { RecordingBuilder, type ConnectionBuilder } from './builder';
import { lastValue, placeLegacy, placeStandard, typeFromId, type RawSeries } from './internals-series';
import { legacyReport } from './goog-legacy';
import { JsonPieces, type Wish } from './json-pieces';
import { addMediaRequests } from './internals-media';
import { standardType } from '../recording/normalise';
import { guessClock, offsetText } from './update-log-clock';
import type { DumpReader } from './reader';

/** Chrome keeps this many samples of a series and drops the oldest. */
const MOST_SAMPLES = 1000;

interface RawConnection {
	builder: ConnectionBuilder;
	/** By the id of the statistics object, then by field. */
	series: Map<string, Map<string, RawSeries>>;
	types: Map<string, string>;
	/** Texts of the older logs, with the index of their event. */
	times: { event: number; text: string }[];
	newLog: boolean;
	truncated: boolean;
}

export class InternalsReader implements DumpReader {
	readonly #recording = new RecordingBuilder('webrtc-internals', 'webrtc-internals dump');
	readonly #pieces = new JsonPieces(
		wishFor,
		(path, text, line) => this.#take(path, text, line),
		({ line, message }, path) =>
			this.#recording.notes.add(
				'part-unreadable',
				`${message} ${path.length > 0 ? 'What is here was passed over.' : ''}`.trim(),
				`line ${line}`
			)
	);
	readonly #connections = new Map<string, RawConnection>();
	/** The one that is being read. */
	#current: RawConnection | null = null;
	readonly #media: JsonObject[] = [];
	#userAgentData: unknown = undefined;

	push(text: string): void {
		this.#pieces.push(text);
	}

	end(): RecordingBuilder {
		this.#pieces.end();
		if (this.#current) place(this.#current);
		for (const { truncated, builder } of this.#connections.values()) if (truncated) this.#noteTruncated(builder.id);
		this.#fitClock();
		addMediaRequests(this.#recording, this.#media);
		this.#recording.formatName = this.#generation();
		return this.#recording;
	}

	#take(path: readonly string[], text: string, line: () => number): void {
		const value = parseJson(text);
		if (value === undefined) {
			this.#recording.notes.add('part-unreadable', `${path.join(' / ')} is not JSON.`, `line ${line()}`);
			return;
		}
		if (path[0] === 'UserAgent' && typeof value === 'string') this.#recording.userAgent = value;
		else if (path[0] === 'UserAgentData') this.#userAgentData = value;
		else if (path[0] === 'getUserMedia' && isRecord(value)) this.#media.push(value);
		else if (path[0] === 'PeerConnections' && path.length >= 3) this.#takeOf(this.#enter(path[1]!), path, value, line);
	}

	/** The one before is complete with that: its text is turned into columns before the next one's is read. */
	#enter(id: string): RawConnection {
		const found = this.#connections.get(id) ?? this.#add(id);
		if (this.#current && this.#current !== found) place(this.#current);
		this.#current = found;
		return found;
	}

	#add(id: string): RawConnection {
		const builder = this.#recording.connection(id);
		const made: RawConnection = { builder, series: new Map(), types: new Map(), times: [], newLog: false, truncated: false };
		this.#connections.set(id, made);
		return made;
	}

	#takeOf(raw: RawConnection, path: readonly string[], value: unknown, line: () => number): void {
		const { builder } = raw;
		const [, , part, key] = path;
		if (part === 'url' && typeof value === 'string') builder.url = value;
		else if (part === 'rtcConfiguration') builder.setConfiguration(value);
		else if (part === 'updateLog' && isRecord(value)) takeEvent(raw, value);
		else if (part === 'stats' && key !== undefined && isRecord(value)) {
			const problem = takeSeries(raw, key, value);
			if (problem !== null) this.#recording.notes.add('part-unreadable', `The series ${key}: ${problem}`, `line ${line()}`);
		}
	}

	#noteTruncated(connection: string): void {
		const text = `Chrome keeps the last ${MOST_SAMPLES} samples: what came before is not in the dump.`;
		this.#recording.notes.add('start-truncated', text, connection);
	}

	/** Older logs: one reading for the whole dump, since one machine wrote it. */
	#fitClock(): void {
		const dated = [...this.#connections.values()].filter(({ times }) => times.length > 0);
		if (dated.length === 0) return;
		const { notes } = this.#recording;
		for (const { builder, times } of dated) {
			const { startMs, endMs } = builder.timeOfStats();
			const guess = guessClock(
				times.map(({ text }) => text),
				startMs,
				endMs
			);
			if (!guess) {
				const why =
					startMs <= endMs ? 'no time zone puts them into the time of the statistics' : 'there are no statistics to fit them to';
				notes.add(
					'clock-unknown',
					`The log of connection ${builder.id} has local times such as "${times[0]!.text}", and ${why}: its events are in order, but have no time.`,
					builder.id
				);
				continue;
			}
			times.forEach(({ event }, index) => (builder.events[event]!.atMs = guess.timesMs[index] ?? null));
			notes.add(
				'clock-guessed',
				`The log of connection ${builder.id} has local times such as "${times[0]!.text}". Read as ${guess.order} at ${offsetText(guess.offsetMinutes)}, which puts ${guess.inside} of ${times.length} events into the time of the statistics.`,
				builder.id
			);
		}
	}

	#generation(): string {
		const raws = [...this.#connections.values()];
		const chrome = chromeVersion(this.#recording.userAgent, this.#userAgentData);
		const by = chrome === null ? '' : ` of Chrome ${chrome}`;
		const hasTimes = raws.some(({ types }) => types.has('any timestamp'));
		const legacy = raws.some(({ builder }) =>
			[...builder.tracks.values()].some(({ type }) => type === 'goog-bandwidth' || /^goog/.test(type))
		);
		const kind =
			raws.length === 0
				? 'without connections'
				: raws.some(({ newLog }) => newLog)
					? 'with times in its log (since Chrome 142)'
					: hasTimes
						? 'with timestamps (Chrome 117 to 141)'
						: 'without timestamps (before Chrome 117)';
		return `webrtc-internals dump${by}, ${kind}${legacy ? ', with the statistics before the standard' : ''}`;
	}
}

/** Turns the series of one connection into columns. */
function place(raw: RawConnection): void {
	for (const [id, fields] of raw.series) {
		const given = raw.types.get(id) ?? typeFromId(id, fields, raw.series);
		const timestamps = numbersOf(fields.get('timestamp'));
		const longest = timestamps?.length ?? Math.max(0, ...[...fields.values()].map(({ values }) => values.length));
		if (longest >= MOST_SAMPLES) raw.truncated = true;
		const type = standardType(given, lastValue(fields.get('isRemote')) === true);
		const track = raw.builder.track(id, type);
		const asReport = Object.fromEntries([...fields].map(([field, { values }]) => [field, values[values.length - 1] ?? null]));
		if (legacyReport(id, given, asReport)) placeLegacy(track, id, given, fields, timestamps);
		else placeStandard(track, type, fields, timestamps);
		track.settle();
	}
	raw.series.clear();
}

function wishFor(path: readonly string[]): Wish {
	const [top, , part] = path;
	if (top === 'getUserMedia') return path.length === 1 ? 'open' : 'whole';
	if (top !== 'PeerConnections') return top === 'UserAgent' || top === 'UserAgentData' ? 'whole' : 'skip';
	if (path.length <= 2) return 'open';
	if (path.length === 3) return part === 'stats' || part === 'updateLog' ? 'open' : 'whole';
	return path.length === 4 && isComputed(path[3]!, part!) ? 'skip' : 'whole';
}

/** `[bytesSent_in_bits/s]` and the like: computed by the page, and computed again here. */
function isComputed(key: string, part: string): boolean {
	return part === 'stats' && key.endsWith(']') && key.includes('-[');
}

/** Id and field: ids contain dashes, fields do not. */
function splitKey(key: string): [id: string, field: string] | null {
	const at = key.lastIndexOf('-');
	return at <= 0 ? null : [key.slice(0, at), key.slice(at + 1)];
}

function takeSeries(raw: RawConnection, key: string, value: JsonObject): string | null {
	const split = splitKey(key);
	if (!split) return 'its name has no field.';
	const [id, field] = split;
	// A series that never got a value is an empty object.
	if (value.values === undefined) return null;
	const values = typeof value.values === 'string' ? parseJson(value.values) : value.values;
	if (!Array.isArray(values)) return 'its values are not a list.';
	if (typeof value.statsType === 'string') raw.types.set(id, value.statsType);
	if (field === 'timestamp') raw.types.set('any timestamp', '');
	const fields = raw.series.get(id) ?? new Map<string, RawSeries>();
	raw.series.set(id, fields);
	fields.set(field, { startMs: dateOf(value.startTime), endMs: dateOf(value.endTime), values: values as RawValue[] });
	return null;
}

function dateOf(value: unknown): number {
	return typeof value === 'string' ? Date.parse(value) : typeof value === 'number' ? value : NaN;
}

function takeEvent(raw: RawConnection, entry: JsonObject): void {
	if (typeof entry.type !== 'string') return;
	const atMs = typeof entry.timestamp === 'number' ? entry.timestamp : null;
	if (atMs !== null) raw.newLog = true;
	else if (typeof entry.time === 'string') raw.times.push({ event: raw.builder.events.length, text: entry.time });
	raw.builder.events.push(eventOf(raw.builder.id, entry.type, entry.value, atMs));
}

function numbersOf(series: RawSeries | undefined): number[] | null {
	if (!series || series.values.length === 0) return null;
	return series.values.every((value) => Number.isFinite(value)) ? (series.values as number[]) : null;
}

function chromeVersion(userAgent: string | null, data: unknown): string | null {
	const brands = isRecord(data) ? data.brands : data;
	if (Array.isArray(brands)) {
		const chromium = brands.find((brand) => isRecord(brand) && brand.brand === 'Chromium') as JsonObject | undefined;
		if (typeof chromium?.version === 'string') return chromium.version.split('.')[0]!;
	}
	return /Chrom(?:e|ium)\/(\d+)/.exec(userAgent ?? '')?.[1] ?? null;
}
