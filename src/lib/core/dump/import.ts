/**
 * Any dump to a recording: what kind it is is recognised by its content, never by its name. Text comes whole or in pieces; what
 * is read line by line or piece by piece never stands in memory as a whole.
 */
import { fail, ok, type Result } from '../base/result';
import { isRecord, parseJson, type JsonObject } from '../base/record';
import { concatBytes } from '../stun/bytes';
import { RTCSTATS_MARK } from './rtcstats-lines';
import type { Recording } from '../recording/recording';
import { CaptureReader, looksLikeCapture } from './capture/capture-reader';
import { readFirefoxPage } from './firefox-page';
import { readFirefoxReport } from './firefox-report';
import { InternalsReader } from './internals';
import { looksLikeNatCheck, looksLikeNetcheck, readNatCheck, readNetcheck } from './netcheck';
import { readRawLines, readRawStats, salvageRawStats } from './raw-getstats';
import type { DumpReader } from './reader';
import type { RecordingBuilder } from './builder';
import { refusalOf } from './refusals';
import { readRtcstats2016 } from './rtcstats-2016';
import { RtcstatsReader } from './rtcstats';
import { readText } from './text-readers';
import { mostUnpackedBytes, UNPACKS_TOO_FAR } from './unpacked-size';

/** Pieces of this length go to readers, also where the whole text is there: what is read is freed early. */
const PIECE = 1 << 20;
/** As much is looked at before the kind of a JSON text is decided. getUserMedia stands before the connections, so not too little. */
const MOST_HEAD = 8 << 20;
/** What has to be read as a whole can be no longer: a text of V8 holds half a billion characters. */
const MOST_WHOLE = 400 << 20;

export interface DumpImport {
	/** The next piece of text. False once it is certain that nothing more is needed: the file is refused. */
	push(text: string): boolean;
	end(): Result<Recording>;
}

/** Bytes to text, as the place has it: one decision for the whole file. */
export interface TextOfBytes {
	push(bytes: Uint8Array): string;
	end(): string;
}

export interface FileImport {
	push(bytes: Uint8Array): boolean;
	end(): Result<Recording>;
}

/**
 * A file, unpacked: a packet capture by its bytes, anything else by its text. `bytesRead` tells how much of the file itself was read so
 * far. Fault besides those of `importDump`: `unpacks-too-far`.
 */
export function openFile(decoder: TextOfBytes, bytesRead: () => number): FileImport {
	let unpackedBytes = 0;
	let tooFar = false;
	let head: Uint8Array = new Uint8Array(0);
	let reader: FileImport | null = null;
	const open = (first: Uint8Array): FileImport => {
		if (looksLikeCapture(first)) return new CaptureReader();
		const dump = openDump();
		return {
			push: (bytes) => dump.push(decoder.push(bytes)),
			end() {
				dump.push(decoder.end());
				return dump.end();
			}
		};
	};
	return {
		push(bytes) {
			unpackedBytes += bytes.length;
			tooFar ||= unpackedBytes > mostUnpackedBytes(bytesRead());
			if (tooFar) return false;
			if (reader) return reader.push(bytes);
			head = head.length === 0 ? bytes : concatBytes(head, bytes);
			// Captures are told by their first four bytes.
			if (head.length < 4) return true;
			reader = open(head);
			return reader.push(head);
		},
		end() {
			if (tooFar) return { ok: false, error: UNPACKS_TOO_FAR };
			if (reader) return reader.end();
			const short = open(head);
			short.push(head);
			return short.end();
		}
	};
}

/** A dump as text: whole, or in pieces. Errors: one of `refusals.ts`, with a sentence that says what it looks like. */
export function importDump(input: string | Iterable<string>): Result<Recording> {
	const dump = openDump();
	const pieces = typeof input === 'string' ? piecesOf(input) : input;
	for (const piece of pieces) if (!dump.push(piece)) break;
	return dump.end();
}

function* piecesOf(text: string): Iterable<string> {
	for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}

export function openDump(): DumpImport {
	let head = '';
	/** What came after the head was last looked at: put to it, and looked at again, when it has doubled, so that all takes linear time. */
	let rest: string[] = [];
	let restLength = 0;
	let reader: DumpReader | null = null;
	let refused = false;
	const lookAtAll = () => {
		head = (head + rest.join('')).replace(/^\ufeff/, '');
		rest = [];
		restLength = 0;
	};
	return {
		push(text) {
			if (refused) return false;
			if (reader) {
				for (const piece of text.length > PIECE ? piecesOf(text) : [text]) reader.push(piece);
				return true;
			}
			rest.push(text);
			restLength += text.length;
			if (head.length >= MOST_HEAD) {
				refused = head.length + restLength > MOST_WHOLE;
				return !refused;
			}
			if (restLength < head.length) return true;
			lookAtAll();
			const decided = streamOf(head);
			if (decided === 'refuse') refused = true;
			else if (decided) {
				reader = decided;
				for (const piece of piecesOf(head)) reader.push(piece);
				head = '';
			} else if (head.length >= MOST_HEAD && !/^\s*[[{]/.test(head)) refused = wholeOf(head) === null;
			return !refused;
		},
		end() {
			if (!reader && !refused) lookAtAll();
			const recording = reader ? reader.end() : refused ? null : wholeOf(head);
			if (recording) return ok(recording.finish());
			const { code, message } = refusalOf(head);
			return fail(code, message);
		}
	};
}

/** A reader that takes pieces, once the head tells which; null while it does not, or where the text has to be read as a whole. */
function streamOf(head: string): DumpReader | 'refuse' | null {
	if (head.startsWith(RTCSTATS_MARK) && /^RTCStatsDump\r?\n/.test(head)) return new RtcstatsReader();
	const start = head.slice(0, 4000).trimStart();
	if (start === '') return null;
	if (start[0] === '{') {
		if (/^\{\s*"statsSessionId"/.test(start)) return 'refuse';
		// The JSON of 2016 has an empty one beside its own.
		const match = /(?<!\\)"PeerConnections"\s*:\s*\{\s*"/.exec(head.slice(0, MOST_HEAD));
		return match ? new InternalsReader() : null;
	}
	if (start[0] === '[') {
		const end = head.indexOf('\n');
		const first = end > 0 ? parseJson(head.slice(0, end)) : undefined;
		return isRtcstatsLine(first) ? new RtcstatsReader() : null;
	}
	return null;
}

function isRtcstatsLine(first: unknown): boolean {
	if (!Array.isArray(first) || first.length < 4) return false;
	const [method, connection] = first as unknown[];
	return typeof method === 'string' && (connection === null || typeof connection === 'string' || typeof connection === 'number');
}

/** Formats that are read as a whole. */
function wholeOf(text: string): RecordingBuilder | null {
	const trimmed = text.trim();
	if (trimmed.startsWith('{') || trimmed.startsWith('[')) {
		const value = parseJson(trimmed);
		if (isRecord(value)) return fromObject(value, trimmed);
		if (value !== undefined)
			return isRtcstatsLine(value) ? read(new RtcstatsReader(), trimmed) : (readRawStats(value) ?? copiedIn(value, text));
		// Not JSON as a whole: lines, or a file that was cut off.
		if (/^\[\s*(?:"|\d+\s*,)/.test(trimmed)) return read(new RtcstatsReader(), trimmed);
		if (/"PeerConnections"\s*:/.test(trimmed.slice(0, MOST_HEAD)) && trimmed.startsWith('{'))
			return read(new InternalsReader(), trimmed);
		return readRawLines(trimmed) ?? salvageRawStats(trimmed) ?? readText(text);
	}
	if (/<div id="content"|about-webrtc-|id="(ice|rtp)-stats:/.test(text)) return readFirefoxPage(text);
	const page = /<(html|div|table|pre)\b/i.test(text.slice(0, 4000)) ? readFirefoxPage(text) : null;
	if (page) return page;
	return readText(text);
}

function read(reader: DumpReader, text: string): RecordingBuilder {
	for (const piece of piecesOf(text)) reader.push(piece);
	return reader.end();
}

function fromObject(value: JsonObject, text: string): RecordingBuilder | null {
	if (isRecord(value.peerConnections) && isRecord(value.PeerConnections)) return readRtcstats2016(value);
	if (isRecord(value.PeerConnections)) return read(new InternalsReader(), text);
	if (Array.isArray(value.reports) || Array.isArray(value.sdpHistories) || typeof value.pcid === 'string')
		return readFirefoxReport(value);
	if (looksLikeNetcheck(value)) return readNetcheck(value);
	if (typeof value.statsSessionId === 'string' || ('schema' in value && 'observations' in value)) return null;
	return readRawStats(value) ?? (looksLikeNatCheck(value) ? readNatCheck(value) : copiedIn(value, text));
}

/** Candidates and error events that a page printed as JSON. Descriptions, and files that hold what others sent, are none of these. */
function copiedIn(value: unknown, text: string): RecordingBuilder | null {
	if (isRecord(value) && ['sdp', 'log', 'constants'].some((name) => name in value)) return null;
	if (!/\bcandidate:|errorCode/.test(text.slice(0, MOST_HEAD)) || /v=0(?:\\r)?\\n/.test(text)) return null;
	const recording = readText(JSON.stringify(value, null, 1));
	// Its lines are not those of the text, and brackets are no lines that anybody misses.
	recording?.notes.drop('lines-not-read');
	return recording;
}
