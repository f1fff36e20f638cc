/**
 * What a call of several people asks of each line and of a server: arithmetic over streams (the topologies of RFC 7667), with
 * every assumption a number that can be changed. A plan, not a measurement.
 */
import * as v from 'valibot';
import { number, object } from '../../base/schema';

/** Full mesh (§3.4), forwarding middlebox without and with simulcast (§3.7), mixing middlebox (§3.6). */
export const TOPOLOGIES = ['mesh', 'sfu', 'sfu-simulcast', 'mcu'] as const;
export type Topology = (typeof TOPOLOGIES)[number];

export interface CapacityAssumptions {
	/** What one camera is encoded at, bit/s of payload. */
	videoBps: number;
	audioBps: number;
	/** The smaller copies that are sent beside it with simulcast, bit/s of payload. */
	simulcastBps: readonly number[];
	/** How many of the others are shown large with simulcast; the rest in the smallest copy. */
	shownLarge: number;
	/** The mixed video of a mixing server, bit/s of payload. */
	mixedBps: number;
	/** How much of a line's capacity may be planned with, 0 to 1. */
	usableRatio: number;
	/** Capturing, coding, the jitter buffer and playing, at both ends together, ms. */
	endDelayMs: number;
	/** What decoding, mixing and coding again add in a mixing server, ms. */
	mixDelayMs: number;
}

/**
 * 1.2 Mbit/s is 1280 × 720 at 30 frames/s in a call, 32 kbit/s is Opus for speech (RFC 7587 §3.1.1); the copies of a quarter
 * and a sixteenth of the pixels take about a third and a tenth. A quarter of a line is left to congestion control and to
 * whatever else uses it. Frames of 20 ms, a jitter buffer of some 40 ms and a sound card take about 80 ms together; a mixer
 * has a jitter buffer and a frame of its own.
 */
export const CAPACITY_ASSUMPTIONS: CapacityAssumptions = {
	videoBps: 1_200_000,
	audioBps: 32_000,
	simulcastBps: [400_000, 120_000],
	shownLarge: 1,
	mixedBps: 1_500_000,
	usableRatio: 0.75,
	endDelayMs: 80,
	mixDelayMs: 60
};

/** What is known of a line; null for what is not. */
export const line = object({
	upBps: v.nullable(number),
	downBps: v.nullable(number),
	/** From one participant to another and back, by way of the server where there is one. */
	rttMs: v.nullable(number),
	/** Of what one participant sends, the share that does not reach another, 0 to 1. */
	lossRatio: v.nullable(number)
});
export type Line = v.InferOutput<typeof line>;

/** Above this a sender lowers its rate again and again, whatever the line could carry (draft-ietf-rmcat-gcc-02 §6). */
export const LOSS_STOPS = 0.1;
/** Above this it raises its rate no more (the same). */
export const LOSS_HOLDS = 0.02;
/** One-way delay from mouth to ear that most people do not notice, and that no network should exceed (ITU-T G.114 §4). */
export const DELAY_GOOD_MS = 150;
export const DELAY_MOST_MS = 400;

export interface Load {
	/** On the wire, headers included, bit/s. */
	upBps: number;
	downBps: number;
	/** Media streams, audio and video counted apart. */
	streamsUp: number;
	streamsDown: number;
	/** Videos to encode and to decode at the same time. */
	encodes: number;
	decodes: number;
}

export interface CapacityRow {
	participants: number;
	client: Load;
	/** null for a mesh, which has none. `upBps` is what it sends. */
	server: Load | null;
	fits: 'yes' | 'no' | 'unknown';
	/** The side of the line that is too small, or unknown, or a loss that no rate helps against; null where it fits. */
	limit: 'up' | 'down' | 'loss' | null;
	/** From mouth to ear, ms; null where the round trip is not known. */
	delayMs: number | null;
	/** The delay in the words of ITU-T G.114: not noticed, noticed, too long to talk. */
	delay: 'good' | 'fair' | 'poor' | 'unknown';
}

/** RTP 12 (RFC 3550 §5.1), header extensions 8 (RFC 8285), SRTP tag 10 (RFC 3711 §4.2), UDP 8, IPv4 20: bytes a packet. */
export const HEADER_BYTES = 58;
/** What a video packet carries, bytes: below 1,200 with its headers, as browsers send them. */
const VIDEO_PAYLOAD_BYTES = 1100;
/** One audio packet each 20 ms, the usual packet of Opus. */
const AUDIO_PACKETS_PER_S = 50;

/** The numbers that the formulas are shown with (messages/en/capacity-words.ts). */
export const CAPACITY_CONSTANTS = {
	headerBytes: HEADER_BYTES,
	videoPayloadBytes: VIDEO_PAYLOAD_BYTES,
	audioPacketsPerSecond: AUDIO_PACKETS_PER_S,
	lossStopsRatio: LOSS_STOPS
};
export type CapacityConstants = typeof CAPACITY_CONSTANTS;

/** Bit/s on the wire for a video stream of this payload. */
export function videoWireBps(payloadBps: number): number {
	return payloadBps * (1 + HEADER_BYTES / VIDEO_PAYLOAD_BYTES);
}

export function audioWireBps(payloadBps: number): number {
	return payloadBps + AUDIO_PACKETS_PER_S * HEADER_BYTES * 8;
}

/** Lost video packets are retransmitted (RFC 4588), and some of those again; audio packets are not. */
export function resendFactor(lossRatio: number | null): number {
	return lossRatio === null ? 1 : 1 / (1 - Math.min(LOSS_STOPS, lossRatio));
}

export function capacityRow(topology: Topology, participants: number, line: Line, assumed: CapacityAssumptions): CapacityRow {
	const client = clientLoad(topology, participants, line.lossRatio, assumed);
	const lossy = line.lossRatio !== null && line.lossRatio > LOSS_STOPS;
	const room = (bps: number | null) => (bps === null ? null : bps * assumed.usableRatio);
	const up = room(line.upBps);
	const down = room(line.downBps);
	// One side that is too small decides, whatever the other is.
	const limit = lossy
		? 'loss'
		: up !== null && client.upBps > up
			? 'up'
			: down !== null && client.downBps > down
				? 'down'
				: up === null
					? 'up'
					: down === null
						? 'down'
						: null;
	const fits = limit === null ? 'yes' : limit !== 'loss' && (limit === 'up' ? up : down) === null ? 'unknown' : 'no';
	const delayMs =
		line.rttMs === null ? null : line.rttMs / 2 + assumed.endDelayMs + (topology === 'mcu' ? assumed.mixDelayMs : 0);
	const server = serverLoad(topology, participants, client);
	return { participants, client, server, fits, limit, delayMs, delay: delayWord(delayMs) };
}

/** The largest call that fits, up to `most`; null where the line is not known well enough, 1 where not even two fit. */
export function participantsAtMost(topology: Topology, line: Line, assumed: CapacityAssumptions, most = 50): number | null {
	for (let participants = 2; participants <= most; participants++) {
		const { fits } = capacityRow(topology, participants, line, assumed);
		if (fits === 'unknown') return null;
		if (fits === 'no') return participants - 1;
	}
	return most;
}

function delayWord(delayMs: number | null): CapacityRow['delay'] {
	if (delayMs === null) return 'unknown';
	return delayMs <= DELAY_GOOD_MS ? 'good' : delayMs <= DELAY_MOST_MS ? 'fair' : 'poor';
}

function clientLoad(topology: Topology, participants: number, lossRatio: number | null, assumed: CapacityAssumptions): Load {
	const others = participants - 1;
	const wire = (payloadBps: number) => videoWireBps(payloadBps) * resendFactor(lossRatio);
	const video = wire(assumed.videoBps);
	const audio = audioWireBps(assumed.audioBps);
	switch (topology) {
		case 'mesh':
			return {
				upBps: others * (video + audio),
				downBps: others * (video + audio),
				streamsUp: 2 * others,
				streamsDown: 2 * others,
				// Each connection has an encoder of its own, since each adapts to its own path.
				encodes: others,
				decodes: others
			};
		case 'sfu':
			return {
				upBps: video + audio,
				downBps: others * (video + audio),
				streamsUp: 2,
				streamsDown: 2 * others,
				encodes: 1,
				decodes: others
			};
		case 'sfu-simulcast': {
			const copies = assumed.simulcastBps.map(wire);
			const large = Math.min(assumed.shownLarge, others);
			const small = Math.min(video, ...copies);
			return {
				upBps: video + copies.reduce((sum, bps) => sum + bps, 0) + audio,
				downBps: large * video + (others - large) * small + others * audio,
				streamsUp: 2 + copies.length,
				streamsDown: 2 * others,
				encodes: 1 + copies.length,
				decodes: others
			};
		}
		case 'mcu':
			return {
				upBps: video + audio,
				downBps: wire(assumed.mixedBps) + audio,
				streamsUp: 2,
				streamsDown: 2,
				encodes: 1,
				decodes: 1
			};
	}
}

function serverLoad(topology: Topology, participants: number, client: Load): Load | null {
	if (topology === 'mesh') return null;
	const mixes = topology === 'mcu';
	return {
		upBps: participants * client.downBps,
		downBps: participants * client.upBps,
		streamsUp: participants * client.streamsDown,
		streamsDown: participants * client.streamsUp,
		// Everybody gets a mix without themselves: one each.
		encodes: mixes ? participants : 0,
		decodes: mixes ? participants : 0
	};
}
