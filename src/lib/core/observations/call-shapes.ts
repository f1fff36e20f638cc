/** What is seen of a call: of this page with itself, or of two devices. */
import * as v from 'valibot';
import { listOf, number, object, oneOf, openWord, recordOf, text, whole, yesOrNo } from '../base/schema';
import { recording } from '../recording/recording';
import type { CallMarkValues } from './call-mark-values';
import { candidateErrorRecord, serverTransport } from './gathering-shapes';

/** The path that a call of this page was confined to. */
export const callPath = object({
	/** `any`: whatever ICE chooses. `host`, `srflx`: only candidates of this type were given to the other end. */
	kind: oneOf('any', 'host', 'srflx', 'relay'),
	/** The TURN URL; null for the other kinds. */
	url: v.nullable(text),
	/** How the relay is reached; null for the other kinds. */
	transport: v.nullable(serverTransport),
	/** Whether the callee was behind a relay too, or met the caller's relay by its own sockets. */
	far: v.nullable(oneOf('relay', 'direct')),
	/** The callee's TURN URL where it is another one than the caller's: then the two directions take different ways. */
	farUrl: v.optional(v.nullable(text))
});
export type CallPath = v.InferOutput<typeof callPath>;

/** Something that was done during a call, or happened to it. */
const callMark = object({
	/** On the recording's clock, ms. */
	atMs: number,
	kind: openWord<keyof CallMarkValues>(),
	/** By kind (call-mark-values.ts); absent in files of earlier versions. */
	values: v.optional(recordOf(v.unknown())),
	/** A sentence in English, in files of earlier versions alone. */
	text: v.optional(text)
});
export type CallMark = v.InferOutput<typeof callMark>;

/** A call between two connections of this page, with everything that its statistics said. */
export const loopbackCall = object({
	/** `comparison`: a short call among several, one for each path. */
	purpose: oneOf('call', 'comparison'),
	/** The path it began with; a switch is a mark and in `paths`. */
	path: callPath,
	/** Every path it was confined to, in time. */
	paths: listOf(object({ atMs: number, path: callPath })),
	media: object({
		source: oneOf('devices', 'synthetic'),
		audioOnly: yesOrNo,
		width: number,
		height: number,
		frameRate: number,
		/** `VP8`, `VP9`, `H264`, `AV1`; null: the browser's choice. */
		codec: v.nullable(text),
		bitrateCapBps: v.nullable(number)
	}),
	/** From the start to both ends connected, ms; null when they never were. */
	connectMs: v.nullable(number),
	/** From the start to the first decoded frame (first audio packet without video) at the callee, ms. */
	mediaMs: v.nullable(number),
	endedBy: oneOf('running', 'stopped', 'duration', 'not-connected', 'path-lost', 'page-left', 'failed'),
	/** The browser's words, where it failed. */
	error: v.nullable(text),
	errors: listOf(candidateErrorRecord),
	marks: listOf(callMark),
	/** Of the connections `caller` and `callee`: fields of the metric table only. */
	recording,
	/** Every n-th sample is in the recording; 1 when all are. */
	keptEvery: whole
});
export type LoopbackCall = v.InferOutput<typeof loopbackCall>;

/** Small messages with a number and a timestamp, sent at a steady pace on a channel that repeats nothing. */
const pingRun = object({
	sent: whole,
	received: whole,
	/** Of the messages that arrived, each way alone: both ends share one clock. */
	delayMs: v.nullable(object({ median: number, p95: number }))
});
export type PingRun = v.InferOutput<typeof pingRun>;

/** One direction loaded with data as fast as it takes them. */
const loadRun = object({
	direction: oneOf('forth', 'back'),
	seconds: number,
	bytes: whole,
	/** Payload that arrived, over the time from the first to the last arrival; null when nothing came. */
	bitrateBps: v.nullable(number),
	/** Pings sent during the load, in both directions. */
	forth: pingRun,
	back: pingRun
});
export type LoadRun = v.InferOutput<typeof loadRun>;

export const throughput = object({
	path: callPath,
	connectMs: number,
	idle: object({ forth: pingRun, back: pingRun }),
	loads: listOf(loadRun),
	endedBy: oneOf('done', 'stopped', 'path-lost')
});
export type Throughput = v.InferOutput<typeof throughput>;

export const meetingSeat = oneOf('host', 'guest');
export type MeetingSeat = v.InferOutput<typeof meetingSeat>;

/** The path that two devices were confined to: without a relay, both over one TURN URL, or whatever ICE chooses. */
export const meetingPath = object({
	kind: oneOf('direct', 'relay', 'any'),
	/** The TURN URL; null for the other kinds. */
	url: v.nullable(text),
	transport: v.nullable(serverTransport),
	/** The one end that was held to the relay, while the other used its own sockets; null or absent: both were. */
	relayAt: v.optional(v.nullable(meetingSeat))
});
export type MeetingPath = v.InferOutput<typeof meetingPath>;

/** A call between this device and another one, as both ends recorded it. */
export const pairCall = object({
	/** This device's seat in the room. */
	own: meetingSeat,
	names: object({ host: text, guest: text }),
	path: meetingPath,
	endedBy: oneOf('running', 'stopped', 'not-connected', 'path-lost', 'peer-left', 'failed'),
	/** The browser's words, where it failed. */
	error: v.nullable(text),
	/** What has to be added to the other device's clock, ms, and by how much that may be wrong; it is in the recording already. */
	clock: v.nullable(object({ offsetMs: number, uncertaintyMs: number })),
	/** When each end decoded its first frame, ms since the start; null when it never did. */
	firstFrameMs: object({ host: v.nullable(number), guest: v.nullable(number) }),
	/** Of the connections `caller` (the host's) and `callee` (the guest's): fields of the metric table only. */
	recording,
	keptEvery: whole
});
export type PairCall = v.InferOutput<typeof pairCall>;
