/** The figures of one connection, of each stream and of each path, as a report holds them. Null is what was not recorded: never 0. */
import * as v from 'valibot';
import { listOf, number, object, openWord, text } from '../base/schema';
import { endOverview } from './call-figure-shapes';

/** A quantity over time. The worst value is the most of loss, jitter and round-trip time, and the least of bitrates and frame rates. */
const measured = object({
	/** How many values were recorded. */
	count: number,
	median: number,
	worst: number,
	/** When the worst value was recorded first, on the recording's clock. */
	worstAtMs: number
});
export type Measured = v.InferOutput<typeof measured>;

const measuredOrNot = v.nullable(measured);
const numberOrNot = v.nullable(number);

const frameSize = object({ widthPx: number, heightPx: number });
export type FrameSize = v.InferOutput<typeof frameSize>;

/** One RTP stream that this end sent or received. What it sent is counted as lost by the other end, whose RTCP reports say so. */
export const streamFigures = object({
	/** The source's id of the statistics object. */
	id: text,
	direction: openWord<'in' | 'out'>(),
	kind: openWord<'audio' | 'video' | 'unknown'>(),
	ssrc: numberOrNot,
	mid: v.nullable(text),
	rid: v.nullable(text),
	/** `video/VP8`, the last one. */
	codec: v.nullable(text),
	/** The browser's name of the encoder of what is sent, or of the decoder of what is received: `libvpx`; the last one. */
	coder: v.nullable(text),
	/** Sent or received, since the stream began. */
	packets: numberOrNot,
	packetsLost: numberOrNot,
	/** Share of the packets of the whole stream that did not arrive. */
	lossRatio: numberOrNot,
	lossFrom: v.nullable(openWord<'receiver' | 'rtcp'>()),
	/** From one sample to the next, or from one RTCP report to the next. */
	lossOverTimeRatio: measuredOrNot,
	/** Interarrival jitter (RFC 3550 §6.4.1). */
	jitterMs: measuredOrNot,
	/** By RTCP; that of the path is by connectivity checks. */
	rttMs: measuredOrNot,
	/** Payload alone, without headers, as W3C webrtc-stats counts it. */
	bitrateBps: measuredOrNot,
	/** Decoded or encoded; where only one moment was recorded, what the browser says of it. */
	framesPerSecond: measuredOrNot,
	/** The last size, and the smallest and largest by their pixels. */
	frameSize: v.nullable(object({ last: frameSize, least: frameSize, most: frameSize })),
	freezes: numberOrNot,
	/** Share of the recorded time in which video was frozen. */
	freezeShare: numberOrNot,
	/** Of received audio (call/mos). */
	mos: numberOrNot
});
export type StreamFigures = v.InferOutput<typeof streamFigures>;

/** A candidate pair that was selected, while it was. */
export const pathFigures = object({
	/** The source's id of the pair. */
	id: text,
	local: v.nullable(endOverview),
	remote: v.nullable(endOverview),
	/** When it was selected first, and the last time that it was seen selected, on the recording's clock. */
	fromMs: number,
	untilMs: number,
	/** By connectivity checks. */
	rttMs: measuredOrNot,
	sentBps: measuredOrNot,
	receivedBps: measuredOrNot,
	/** What the sender's estimate allows. */
	availableBps: measuredOrNot,
	bytesSent: numberOrNot,
	bytesReceived: numberOrNot
});
export type PathFigures = v.InferOutput<typeof pathFigures>;

/** From both descriptions to connected, each time that the connection was established. */
const connectTime = object({ atMs: number, tookMs: number });
export type ConnectTime = v.InferOutput<typeof connectTime>;

export const connectionFigures = object({
	/** Empty where the recording does not show one from its beginning on. */
	connects: listOf(connectTime),
	streams: listOf(streamFigures),
	/** In the order in which they were selected. */
	paths: listOf(pathFigures)
});
export type ConnectionFigures = v.InferOutput<typeof connectionFigures>;
