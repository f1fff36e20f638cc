/**
 * rtcstats, line by line: file format 3 (Chrome's own export and rtcstats-js) and the protocol of 2015 to 2025 with the
 * dialects of Jitsi and GetStream. Statistics come whole or as differences to the report before.
 */
import { duration } from '../base/format';
import { isRecord, parseJson, type JsonObject } from '../base/record';
import { eventOf } from './dump-events';
import { RTCSTATS_MARK, RtcstatsLineReader, isStatsMethod, type RtcstatsLine } from './rtcstats-lines';
import { RecordingBuilder } from './builder';
import { LineSplitter, type DumpReader } from './reader';
import { addMediaLine } from './rtcstats-media';
import { RTCSTATS_PROPERTIES, RTCSTATS_TYPES } from './rtcstats-properties-table';

/** Lines are kept under a minute of disorder; a time before this is no time (one real file has a 1). */
const LEAST_TIME_MS = Date.UTC(2011, 0, 1);
/** A report's own time that is further than this from its line's was taken on another machine's clock. */
const MOST_DISTANCE_MS = 3_600_000;

export class RtcstatsReader implements DumpReader {
	readonly #recording = new RecordingBuilder('rtcstats', 'rtcstats dump');
	readonly #lines = new LineSplitter((line, number) => this.#line(line, number));
	#reader: RtcstatsLineReader | null = null;
	#head: JsonObject = {};
	#relative = false;
	/** By connection: the report before, whole. */
	readonly #reports = new Map<string, Map<string, Record<string, unknown>>>();
	/** Jitsi names every living object in each report; elsewhere an absent one has not changed. */
	readonly #namesAll = new Set<string>();
	#numeric = false;
	#delta = false;
	#dialect = '';

	push(text: string): void {
		this.#lines.push(text);
	}

	end(): RecordingBuilder {
		this.#lines.end();
		this.#recording.formatName = this.#name();
		return this.#recording;
	}

	#line(text: string, number: number): void {
		if (number === 1 && text.startsWith(RTCSTATS_MARK)) {
			this.#relative = true;
			return;
		}
		this.#reader ??= new RtcstatsLineReader(this.#relative);
		if (this.#relative && number === 2 && text.startsWith('{')) {
			const head = parseJson(text);
			if (isRecord(head)) this.#setHead(head);
			else this.#recording.notes.add('line-unreadable', 'The line with the description of the file is not JSON.', 'line 2');
			return;
		}
		if (text.trim() === '') return;
		const line = this.#reader.read(text);
		if (line) this.#take(line, number);
		else
			this.#recording.notes.add(
				'line-unreadable',
				`It is not a line of an rtcstats dump: ${text.slice(0, 60)}`,
				`line ${number}`
			);
	}

	#setHead(head: JsonObject): void {
		this.#head = { ...this.#head, ...head };
		const { userAgent } = head;
		if (typeof userAgent === 'string') this.#recording.userAgent = userAgent;
	}

	#take(line: RtcstatsLine, number: number): void {
		const { method, value, connection } = line;
		const atMs = line.atMs !== null && line.atMs >= LEAST_TIME_MS ? line.atMs : null;
		if (line.atMs !== null && atMs === null)
			this.#recording.notes.add('time-unusable', `The time ${line.atMs} lies before there was WebRTC.`, `line ${number}`);
		if (method === 'connectionInfo' && isRecord(value)) return this.#setHead(value);
		if (addMediaLine(this.#recording, line, atMs)) return;
		// Chrome before 145 wrote this for some events of pages that were going away.
		if (connection === null || connection === 'undefined-undefined') return;
		if (isStatsMethod(method)) {
			if (isRecord(value)) this.#takeStats(connection, value, atMs);
			return;
		}
		const builder = this.#recording.connection(connection);
		if (method === 'create') {
			builder.setConfiguration(value);
			const url = line.extra.find((each) => typeof each === 'string' && /^https?:/.test(each));
			if (typeof url === 'string') builder.url = url;
		}
		if (line.numbered || (method === 'constraints' && /rtcStatsSFUP2P/.test(JSON.stringify(value ?? null))))
			this.#dialect = 'Jitsi';
		if (/^\d+-(pub|sub)$/.test(connection)) this.#dialect = 'GetStream';
		builder.events.push(eventOf(connection, method, value, atMs));
	}

	#takeStats(connection: string, value: JsonObject, lineMs: number | null): void {
		const before = this.#reports.get(connection) ?? new Map<string, Record<string, unknown>>();
		this.#reports.set(connection, before);
		const common = timeIn(value.timestamp) ?? timeIn(value.t);
		// A time of the whole report is written where reports without a change of their own are left out.
		if (common !== null) this.#delta = true;
		const seen = new Set<string>();
		for (const [id, given] of Object.entries(value)) {
			if (id === 'timestamp' || id === 't') continue;
			if (given === null) {
				before.delete(id);
				continue;
			}
			if (!isRecord(given)) continue;
			seen.add(id);
			const report = this.#expand(given);
			const known = before.get(id);
			const keys = Object.keys(report);
			if (known && (keys.length === 0 || (keys.length === 1 && keys[0] === 'timestamp'))) {
				this.#delta = true;
				if (keys.length === 1) this.#namesAll.add(connection);
			}
			if (known && report.type === undefined) this.#delta = true;
			// A report that names its type is whole: what it lacks is gone.
			before.set(id, known && report.type === undefined ? merged(known, report) : report);
		}
		const whole = !this.#delta;
		for (const [id, report] of before) {
			if (!seen.has(id) && (whole || this.#namesAll.has(connection))) {
				before.delete(id);
				continue;
			}
			const own = seen.has(id) ? timeIn(report.timestamp) : null;
			const atMs = this.#timeOf(own, common, lineMs);
			if (atMs !== null) this.#recording.connection(connection).addReport(atMs, id, report);
		}
	}

	#timeOf(own: number | null, common: number | null, line: number | null): number | null {
		const shared = common ?? line;
		if (own === null || own < LEAST_TIME_MS) return shared;
		if (shared !== null && Math.abs(own - shared) > MOST_DISTANCE_MS) {
			this.#recording.notes.add(
				'clock-differs',
				`A report has a time ${duration(Math.abs(own - shared))} from that of its line; the line's is taken.`
			);
			return shared;
		}
		return own;
	}

	/** Property names and type that were written as numbers. */
	#expand(given: JsonObject): Record<string, unknown> {
		const report: Record<string, unknown> = {};
		for (const key in given) {
			const code = key.charCodeAt(0);
			const short = key === 't' || (code >= 48 && code <= 57);
			if (short) this.#numeric = true;
			report[short ? (RTCSTATS_PROPERTIES.get(key) ?? key) : key] = given[key];
		}
		if (typeof report.type === 'number') report.type = RTCSTATS_TYPES.get(report.type) ?? String(report.type);
		// Its own time must be asked for anew in each report.
		if (report.timestamp === 0) delete report.timestamp;
		return report;
	}

	#name(): string {
		const { fileFormat, clientProtocol, statsFormat } = this.#head;
		const protocol = typeof clientProtocol === 'string' ? clientProtocol : '';
		if (this.#relative) {
			const by = this.#numeric || this.#delta || protocol !== '' ? 'rtcstats-js' : 'Chrome';
			return `RTCStatsDump, file format ${typeof fileFormat === 'number' ? fileFormat : 'not named'}, of ${by}`;
		}
		const legacy = statsFormat === 'chrome_legacy' ? ', with the statistics before the standard' : '';
		return `rtcstats dump, one line an event${protocol ? `, protocol ${protocol}` : ''}${this.#dialect && `, of ${this.#dialect}`}${legacy}`;
	}
}

function timeIn(value: unknown): number | null {
	return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : null;
}

/** Lists are replaced, objects are merged. The time of the one before is no longer true. */
function merged(before: Record<string, unknown>, report: Record<string, unknown>): Record<string, unknown> {
	const whole: Record<string, unknown> = { ...before, ...report };
	if (report.timestamp === undefined) delete whole.timestamp;
	for (const [key, value] of Object.entries(report)) {
		const old = before[key];
		if (isRecord(value) && isRecord(old)) whole[key] = { ...old, ...value };
	}
	return whole;
}
