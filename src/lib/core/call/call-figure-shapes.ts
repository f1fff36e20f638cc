/** What is concluded of a call, as a report holds it. Apart from what computes it, so that judging loads no schemas. */
import * as v from 'valibot';
import { listOf, number, object, openWord, recordOf, text } from '../base/schema';
import type { MosInput } from './mos';
import type { Outcome } from './outcome';
import { pageTime } from '../recording/page-time';
import { spread } from '../recording/spread-shape';

/** Ids of the connections at its ends; `OTHER_SIDE` for the one that was not recorded. */
export const callDirection = object({ from: text, to: text });
export type CallDirection = v.InferOutput<typeof callDirection>;

const machineLoad = object({
	page: pageTime,
	/** Mean time on the clock that a frame took, both ends together; null without video or where the browser does not report it. */
	encodeMs: v.nullable(number),
	decodeMs: v.nullable(number),
	/** Share of the time in which the encoder did less because of the processor (qualityLimitationReason `cpu`), the worse end. */
	limitedByCpu: v.nullable(number)
});
export type MachineLoad = v.InferOutput<typeof machineLoad>;

const measuredNumber = v.nullable(number);

const measuredSpread = v.nullable(spread);

const directionSummary = object({
	...callDirection.entries,
	/** Share of all packets that did not arrive, audio and video added up; null where nobody counted. */
	lossRatio: measuredNumber,
	/** Who counted: the receiving end itself, or the receiving end as RTCP reported it to the sender. */
	lossFrom: v.nullable(openWord<'receiver' | 'rtcp'>()),
	packetsLost: measuredNumber,
	packetsReceived: measuredNumber,
	/** Interarrival jitter (RFC 3550 §6.4.1), of audio where there is audio: video frames come in bursts of their own. */
	jitterMs: measuredSpread,
	/** By messages with a timestamp; null without them. */
	oneWayDelayMs: measuredSpread,
	/** Of the same messages: of the way alone, where that of media has the sender's own unevenness in it. */
	oneWayJitterMs: measuredSpread,
	audioBps: measuredSpread,
	videoBps: measuredSpread,
	/** What the sender's estimate allows. */
	availableBps: measuredSpread,
	framesPerSecond: measuredSpread,
	freezes: measuredNumber,
	/** Share of the time in which video was frozen. */
	freezeShare: measuredNumber,
	concealedRatio: measuredNumber,
	/** Mean delay by the jitter buffer of the audio. */
	jitterBufferMs: measuredNumber,
	/** Share of the time in which bandwidth limited the encoder. */
	limitedByBandwidth: measuredNumber
});
export type DirectionSummary = v.InferOutput<typeof directionSummary>;

export const callSummary = object({
	/** From the first to the last sample of media, s. */
	seconds: number,
	rttMs: measuredSpread,
	/** `pair`: connectivity checks; `rtcp`: receiver reports; `messages`: timestamped messages there and back. */
	rttFrom: v.nullable(openWord<'pair' | 'rtcp' | 'messages'>()),
	directions: listOf(directionSummary),
	/** What the machine of the recording page did to the call; null where that was not measured. */
	machine: v.nullable(machineLoad)
});
export type CallSummary = v.InferOutput<typeof callSummary>;

/** The counts of a direction: what is concluded of it. */
export const oneWayCounts = object({
	...callDirection.entries,
	packetsSent: v.nullable(number),
	packetsReceived: v.nullable(number),
	/** Sent and not received, over sent, in the time that both ends looked at; null where nothing was sent. */
	lossRatio: v.nullable(number),
	/** That time, ms. The shorter it is, the more do packets on their way and the uncertainty between two clocks weigh. */
	overMs: v.nullable(number),
	/** One-way delay, ms; null without timestamped messages. */
	delayMs: v.nullable(spread),
	/** Timestamped messages: expected and lost. */
	messagesLostRatio: v.nullable(number)
});
export type OneWayCounts = v.InferOutput<typeof oneWayCounts>;

export const mos = object({
	direction: callDirection,
	/** 1 to 4.5; null where an input is missing. */
	mos: v.nullable(number),
	/** Transmission rating factor R, before the clamp; null as the score. */
	r: v.nullable(number),
	/** What the end of the scale did: R under 0 is 1.0, over 100 is 4.5, and the formula's dip under 1 is 1.0 (G.107 Annex B). */
	clamp: openWord<'none' | 'low' | 'high'>(),
	/** One way; measured by messages with a timestamp, or half of a round trip. */
	networkDelayMs: v.nullable(number),
	networkDelayFrom: openWord<'messages' | 'round-trip' | 'rtcp-round-trip'>(),
	/** Mean of the call. */
	jitterBufferMs: v.nullable(number),
	codecMs: number,
	lossRatio: v.nullable(number),
	lossFrom: v.nullable(openWord<NonNullable<DirectionSummary['lossFrom']>>()),
	/** From mouth to ear (Ta), impairment by delay (Idd), and by codec and loss (Ie,eff); null as the score. */
	delayMs: v.nullable(number),
	delayImpairment: v.nullable(number),
	lossImpairment: v.nullable(number),
	/** Inputs that were not measured. */
	missing: listOf(openWord<MosInput>())
});
export type Mos = v.InferOutput<typeof mos>;

/** Forth is from `from` to `to`. */
export const directionDifference = object({
	...callDirection.entries,
	quantity: openWord<'loss' | 'delay' | 'jitter' | 'bitrate'>(),
	/** `both`: impaired both ways alike; `neither`: nothing to be seen; `unknown`: not measured both ways, or the machine explains it. */
	worse: openWord<'forth' | 'back' | 'both' | 'neither' | 'unknown'>(),
	/** The measured values: a ratio of lost packets, ms, or bit/s. */
	forth: v.nullable(number),
	back: v.nullable(number)
});
export type DirectionDifference = v.InferOutput<typeof directionDifference>;

export const endOverview = object({
	/** The source's id of the candidate. */
	id: text,
	type: text,
	protocol: v.nullable(text),
	address: v.nullable(text),
	port: v.nullable(number),
	/** How a relay is reached; null for others. */
	relayProtocol: v.nullable(text)
});
export type EndOverview = v.InferOutput<typeof endOverview>;

export const connectionOverview = object({
	id: text,
	label: text,
	url: v.nullable(text),
	outcome: openWord<Outcome>(),
	/** Pairs that were ever seen. */
	candidatePairs: number,
	/** How many pairs ended in each state; `unknown` where the source has none. */
	pairStates: recordOf(number),
	/** The last pair that carried media. */
	selectedPair: v.nullable(object({ id: text, local: v.nullable(endOverview), remote: v.nullable(endOverview) })),
	/** By transport; where the source has no transports, of all pairs together. */
	bytesSent: v.nullable(number),
	bytesReceived: v.nullable(number),
	/** Methods called and events fired. */
	events: number,
	/** Fields over time. */
	series: number,
	startMs: v.nullable(number),
	endMs: v.nullable(number)
});
export type ConnectionOverview = v.InferOutput<typeof connectionOverview>;
