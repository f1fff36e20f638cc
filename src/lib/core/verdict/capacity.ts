/**
 * What a call of several people asks of each line and of a server: arithmetic over streams (the topologies of RFC 7667), with
 * every assumption a number that can be changed. A plan, not a measurement.
 */

/** Full mesh (§3.4), forwarding middlebox without and with simulcast (§3.7), mixing middlebox (§3.6). */
export type Topology = 'mesh' | 'sfu' | 'sfu-simulcast' | 'mcu';

export interface CapacityAssumptions {
	/** What one camera is encoded at, bit/s of payload. */
	videoBps: number;
	audioBps: number;
	/** The smaller copies that are sent beside it with simulcast, bit/s of payload. */
	simulcastBps: readonly number[];
	/** How many of the others are shown large with simulcast; the rest in the smallest copy. */
	shownLarge: number;
	/** The mixed picture of a mixing server, bit/s of payload. */
	mixedBps: number;
	/** How much of a line's capacity may be planned with, 0 to 1. */
	usableRatio: number;
}

/**
 * 1.2 Mbit/s is 1280 × 720 at 30 frames/s in a call, 32 kbit/s is Opus for speech (RFC 7587 §3.1.1); the copies of a quarter
 * and a sixteenth of the pixels take about a third and a tenth. A quarter of a line is left to congestion control and to
 * whatever else uses it.
 */
export const CAPACITY_ASSUMPTIONS: CapacityAssumptions = {
	videoBps: 1_200_000,
	audioBps: 32_000,
	simulcastBps: [400_000, 120_000],
	shownLarge: 1,
	mixedBps: 1_500_000,
	usableRatio: 0.75
};

/** What is known of a line; null for what is not. */
export interface Line {
	upBps: number | null;
	downBps: number | null;
}

export interface Load {
	/** On the wire, headers included, bit/s. */
	upBps: number;
	downBps: number;
	/** Media streams, audio and video counted apart. */
	streamsUp: number;
	streamsDown: number;
	/** Pictures to encode and to decode at the same time. */
	encodes: number;
	decodes: number;
}

export interface CapacityRow {
	participants: number;
	client: Load;
	/** null for a mesh, which has none. `upBps` is what it sends. */
	server: Load | null;
	fits: 'yes' | 'no' | 'unknown';
	/** The side of the line that is too small, or unknown; null where it fits. */
	limit: 'up' | 'down' | null;
}

/** RTP 12 (RFC 3550 §5.1), header extensions 8 (RFC 8285), SRTP tag 10 (RFC 3711 §4.2), UDP 8, IPv4 20: bytes a packet. */
export const HEADER_BYTES = 58;
/** What a video packet carries, bytes: below 1,200 with its headers, as browsers send them. */
const VIDEO_PAYLOAD_BYTES = 1100;
/** One audio packet each 20 ms, the usual packet of Opus. */
const AUDIO_PACKETS_PER_S = 50;

/** Bit/s on the wire for a video stream of this payload. */
export function videoWireBps(payloadBps: number): number {
	return payloadBps * (1 + HEADER_BYTES / VIDEO_PAYLOAD_BYTES);
}

export function audioWireBps(payloadBps: number): number {
	return payloadBps + AUDIO_PACKETS_PER_S * HEADER_BYTES * 8;
}

/** How each topology's loads are made up, for people. `n` participants, V and A one video and audio stream on the wire. */
export const CAPACITY_FORMULAS: Record<Topology, { up: string; down: string; server: string }> = {
	mesh: { up: '(n − 1)(V + A)', down: '(n − 1)(V + A)', server: 'none' },
	sfu: { up: 'V + A', down: '(n − 1)(V + A)', server: 'in n(V + A), out n(n − 1)(V + A)' },
	'sfu-simulcast': {
		up: 'V + ΣS + A',
		down: 'L·V + (n − 1 − L)·S + (n − 1)·A',
		server: 'in n(V + ΣS + A), out n times what each receives'
	},
	mcu: { up: 'V + A', down: 'M + A', server: 'in n(V + A), out n(M + A), n pictures decoded and n encoded' }
};

export function capacityRow(topology: Topology, participants: number, line: Line, assumed: CapacityAssumptions): CapacityRow {
	const client = clientLoad(topology, participants, assumed);
	const room = (bps: number | null) => (bps === null ? null : bps * assumed.usableRatio);
	const up = room(line.upBps);
	const down = room(line.downBps);
	// One side that is too small decides, whatever the other is.
	const limit =
		up !== null && client.upBps > up
			? 'up'
			: down !== null && client.downBps > down
				? 'down'
				: up === null
					? 'up'
					: down === null
						? 'down'
						: null;
	const fits = limit === null ? 'yes' : (limit === 'up' ? up : down) === null ? 'unknown' : 'no';
	return { participants, client, server: serverLoad(topology, participants, client), fits, limit };
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

function clientLoad(topology: Topology, participants: number, assumed: CapacityAssumptions): Load {
	const others = participants - 1;
	const video = videoWireBps(assumed.videoBps);
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
			const copies = assumed.simulcastBps.map(videoWireBps);
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
				downBps: videoWireBps(assumed.mixedBps) + audio,
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
		// Everybody gets a picture without himself: a mix of his own.
		encodes: mixes ? participants : 0,
		decodes: mixes ? participants : 0
	};
}
