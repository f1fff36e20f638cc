/**
 * A recording: what one or more connections did, from a call of this page or from any dump. Importers and the call fill it;
 * series, tables, charts and findings are computed from it and from nothing else, so they are the same for both.
 */
import * as v from 'valibot';
import { listOf, longListOf, number, object, oneOf, openWord, text, yesOrNo } from '../base/schema';
import { handshakeEvent } from './handshake-event';
import { pageTime } from './page-time';

/** A value as getStats (W3C webrtc-stats) or a dump holds it; null where the source had none at that time. */
const rawValue = v.union([number, text, yesOrNo, v.null()], 'a number, a text, true, false or null');
export type RawValue = v.InferOutput<typeof rawValue>;
const isRawValue = (value: unknown) =>
	Number.isFinite(value) || value === null || typeof value === 'string' || typeof value === 'boolean';

/**
 * Whether the times of a column are those at which the values were taken: `approximate` where the source says only
 * between which two times they lie.
 */
const alignment = oneOf('exact', 'approximate');
export type Alignment = v.InferOutput<typeof alignment>;

/** One field of one statistics object over time. Lists of two lengths would give every value another's time. */
export const column = v.pipe(
	object({ field: text, tMs: longListOf(number, Number.isFinite), v: longListOf(rawValue, isRawValue), alignment }),
	v.rawCheck(({ dataset, addIssue }) => {
		if (!dataset.typed) return;
		const { value } = dataset;
		if (value.tMs.length === value.v.length) return;
		const path: [v.ObjectPathItem] = [{ type: 'object', origin: 'value', input: { ...value }, key: 'v', value: value.v }];
		addIssue({ message: `a list of ${value.tMs.length}, one value for each time in tMs`, input: value.v, path });
	})
);
export type Column = v.InferOutput<typeof column>;

/** One statistics object (RTCStats) over time, under the names of W3C webrtc-stats whatever the source called them. */
const statsTrack = object({
	/** The source's id: opaque, unique within the connection. */
	id: text,
	/** RTCStatsType: `candidate-pair`, `inbound-rtp`, `local-candidate`, …; the source's own word where it has no standard one. */
	type: text,
	columns: listOf(column)
});
export type StatsTrack = v.InferOutput<typeof statsTrack>;

const recordedConnection = object({
	/** The source's id, or `caller` and `callee` for a call of this page. */
	id: text,
	/** Its name in the source or, in a call of two devices, the device's; in a call of this page the same as `id`. */
	label: text,
	/** The page it ran on; null where the source does not say. */
	url: v.nullable(text),
	/** RTCConfiguration as the source has it, as text, without credentials; null where it has none. */
	configuration: v.nullable(text),
	/** First and last time known for it, on the recording's clock; null where nothing has a time. */
	startMs: v.nullable(number),
	endMs: v.nullable(number),
	/** Methods called and events fired, in time. `peer` is this connection's id. */
	events: listOf(handshakeEvent),
	tracks: listOf(statsTrack),
	/** Of the page it ran in, from connected on; absent where nobody measured it, as in every dump. */
	page: v.optional(pageTime)
});
export type RecordedConnection = v.InferOutput<typeof recordedConnection>;

/** getUserMedia or getDisplayMedia: what was asked for, and what came of it. */
const mediaRequest = object({
	atMs: v.nullable(number),
	method: openWord<'getUserMedia' | 'getDisplayMedia'>(),
	/** The constraints as the source has them. */
	audio: v.nullable(text),
	video: v.nullable(text),
	outcome: openWord<'granted' | 'failed' | 'unknown'>(),
	/** Name and message of the failure, or what was granted. */
	detail: v.nullable(text)
});
export type MediaRequest = v.InferOutput<typeof mediaRequest>;

/** Something the reader of a recording has to know: lines that could not be read, times that are guesses, what is missing. */
const recordingNote = object({
	/** kebab-case noun, for example `line-unreadable`, `clock-guessed`, `start-truncated`. */
	rule: text,
	/** One sentence with place and values. */
	text,
	/** `line 12` or a JSON path; empty where it concerns the whole. */
	where: text,
	/** On the recording's clock, for what happened at a moment. */
	atMs: v.optional(number),
	/** How far a clock was set back. */
	byMs: v.optional(number),
	/** In how many places more the same is so, of which none has a note. */
	more: v.optional(number)
});
export type RecordingNote = v.InferOutput<typeof recordingNote>;

export const recording = object({
	/** Id of the format it came from, or `call` for one made by this page. */
	format: text,
	/** Of a dump: the format in words, with its generation. Of a call of Icelens: which kind of call; early versions have words there too. */
	formatName: text,
	/**
	 * What `tMs` counts from: `epoch` milliseconds since 1970 UTC; `start` milliseconds since the recording began;
	 * `none` where the source has no usable clock and order is all that is known.
	 */
	clock: oneOf('epoch', 'start', 'none'),
	userAgent: v.nullable(text),
	connections: listOf(recordedConnection),
	media: listOf(mediaRequest),
	notes: listOf(recordingNote)
});
export type Recording = v.InferOutput<typeof recording>;

/** The kinds of calls that Icelens records itself: words of a closed list, for which a language has names. */
export type OwnFormatName = 'loopback-call' | 'pair-call';
