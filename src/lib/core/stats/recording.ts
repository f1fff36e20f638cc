/**
 * A recording: what one or more connections did, from a call of this page or from any dump. Importers and the call fill it;
 * series, tables, charts and findings are computed from it and from nothing else, so they are the same for both.
 */
import type { HandshakeEvent } from '../sdp/handshake';
import type { PageTime } from './page-time';

/** A value as getStats (W3C webrtc-stats) or a dump holds it; null where the source had none at that time. */
export type RawValue = number | string | boolean | null;

/**
 * Whether the times of a column are those at which the values were taken: `approximate` where the source says only
 * between which two times they lie.
 */
export type Alignment = 'exact' | 'approximate';

/** One field of one statistics object over time. `tMs` and `v` have the same length. */
export interface Column {
	field: string;
	tMs: number[];
	v: RawValue[];
	alignment: Alignment;
}

/** One statistics object (RTCStats) over time, under the names of W3C webrtc-stats whatever the source called them. */
export interface StatsTrack {
	/** The source's id: opaque, unique within the connection. */
	id: string;
	/** RTCStatsType: `candidate-pair`, `inbound-rtp`, `local-candidate`, …; the source's own word where it has no standard one. */
	type: string;
	columns: Column[];
}

export interface RecordedConnection {
	/** The source's id, or `caller` and `callee` for a call of this page. */
	id: string;
	label: string;
	/** The page it ran on; null where the source does not say. */
	url: string | null;
	/** RTCConfiguration as the source has it, as text, without credentials; null where it has none. */
	configuration: string | null;
	/** First and last time known for it, on the recording's clock; null where nothing has a time. */
	startMs: number | null;
	endMs: number | null;
	/** Methods called and events fired, in time. `peer` is this connection's id. */
	events: HandshakeEvent[];
	tracks: StatsTrack[];
	/** Of the page it ran in, from connected on; absent where nobody measured it, as in every dump. */
	page?: PageTime;
}

/** getUserMedia or getDisplayMedia: what was asked for, and what came of it. */
export interface MediaRequest {
	atMs: number | null;
	method: 'getUserMedia' | 'getDisplayMedia';
	/** The constraints as the source has them. */
	audio: string | null;
	video: string | null;
	outcome: 'granted' | 'failed' | 'unknown';
	/** Name and message of the failure, or what was granted. */
	detail: string | null;
}

/** Something the reader of a recording has to know: lines that could not be read, times that are guesses, what is missing. */
export interface RecordingNote {
	/** kebab-case noun, for example `line-unreadable`, `clock-guessed`, `start-truncated`. */
	rule: string;
	/** One sentence with place and values. */
	text: string;
	/** `line 12` or a JSON path; empty where it concerns the whole. */
	where: string;
	/** On the recording's clock, for what happened at a moment. */
	atMs?: number;
}

export interface Recording {
	/** Id of the format it came from, or `call` for one made by this page. */
	format: string;
	/** The format in words, with its generation. */
	formatName: string;
	/**
	 * What `tMs` counts from: `epoch` milliseconds since 1970 UTC; `start` milliseconds since the recording began;
	 * `none` where the source has no usable clock and order is all that is known.
	 */
	clock: 'epoch' | 'start' | 'none';
	userAgent: string | null;
	connections: RecordedConnection[];
	media: MediaRequest[];
	notes: RecordingNote[];
}
