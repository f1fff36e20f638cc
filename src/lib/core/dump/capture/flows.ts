/** Packets sorted into flows: those between two ends, and those that a TURN server carries inside of them. */
import { copyBytes, readUint16, writeUint16 } from '../../stun/bytes';
import { MAX_CHANNEL, readChannelData } from '../../stun/channel-data';
import { decodeMessage, HEADER_BYTES, looksLikeStun, readAttribute, type StunMessage } from '../../stun/message';
import { METHODS } from '../../stun/methods-table';
import { makeStreamReader, type StreamReader } from '../../stun/stream-reader';
import { looksLikeDtls, looksLikeDtls13 } from './dtls-watch';
import { Flow, otherWay, type Direction, type End } from './flow';
import type { Segment } from './link-layers';
import { looksLikeRtp, ssrcOf } from './rtp-watch';

/** Flows kept: a capture of a whole network has more, and most say nothing here. */
const MOST_FLOWS = 20_000;
/** Rows of counters over all flows. Beyond it totals alone go on. */
const MOST_ROWS = 200_000;
/** Without STUN or DTLS before it, so many packets of a stream are taken for RTP and not for chance. */
const LEAST_RTP = 10;
/** Numbers of a stream that follow one another closely. */
const MOST_STEP = 50;

interface Stream {
	next: number | null;
	reader: StreamReader | null;
}

interface Guess {
	ssrc: number;
	number: number;
	packets: number;
}

export class Flows {
	readonly all = new Map<string, Flow>();
	/** Of TCP, each way. */
	readonly #streams = new Map<string, Stream>();
	/** Ends of TLS connections that were seen to begin. */
	readonly tls = new Set<string>();
	/** TCP connections that were refused: who asked whom. */
	readonly refused = new Map<string, { from: End; to: End; atMs: number }>();
	readonly #syns = new Map<string, { from: End; to: End; atMs: number }>();
	readonly #guesses = new Map<string, Guess>();
	/** Messages that begin like STUN and are none, with the first's packet. */
	broken = 0;
	firstBroken: { packet: number; message: string } | null = null;
	gaps = 0;
	flowsLeftOut = 0;
	rowsLeftOut = false;
	#rows = 0;

	take(segment: Segment, packet: number, atMs: number): void {
		const { protocol } = segment;
		const [from, to] = [
			{ address: segment.from, port: segment.fromPort },
			{ address: segment.to, port: segment.toPort }
		];
		if (segment.unreachable) {
			const known = this.#find(protocol, from, to);
			if (known) known.flow.counts[known.direction].unreachable++;
			return;
		}
		if (protocol === 'tcp') this.#tcp(segment, from, to, packet, atMs);
		else if (segment.payload.length > 0) {
			const cut = segment.payload.length < segment.payloadBytes;
			this.#datagram('udp', from, to, segment.payload, segment.payloadBytes, cut, packet, atMs);
		}
		const flow = segment.outgoing === null ? null : this.#find(protocol, from, to);
		if (flow) flow.flow.passed[flow.direction][segment.outgoing ? 'out' : 'in'] = true;
	}

	#find(protocol: string, from: End, to: End): { flow: Flow; direction: Direction } | null {
		const there = this.all.get(keyOf(protocol, from, to));
		if (there) return { flow: there, direction: 0 };
		const back = this.all.get(keyOf(protocol, to, from));
		return back ? { flow: back, direction: 1 } : null;
	}

	#flow(protocol: 'udp' | 'tcp', from: End, to: End, atMs: number): { flow: Flow; direction: Direction } | null {
		const found = this.#find(protocol, from, to);
		if (found) return found;
		if (this.all.size >= MOST_FLOWS) {
			this.flowsLeftOut++;
			return null;
		}
		const flow = new Flow(protocol, [from, to], atMs);
		this.all.set(keyOf(protocol, from, to), flow);
		return { flow, direction: 0 };
	}

	#datagram(
		protocol: 'udp' | 'tcp',
		from: End,
		to: End,
		bytes: Uint8Array,
		size: number,
		cut: boolean,
		packet: number,
		atMs: number
	): void {
		const isStun = looksLikeStun(bytes);
		const known = this.#find(protocol, from, to);
		if (!known && !isStun && !looksLikeDtls(bytes) && !this.#isRtp(from, to, bytes)) return;
		const one = known ?? this.#flow(protocol, from, to, atMs);
		if (!one) return;
		const { flow, direction } = one;
		flow.count(direction, size, isStun, atMs);
		if (isStun) this.#stun(flow, direction, bytes, cut, packet, atMs);
		else if (bytes[0]! >= 0x40 && bytes[0]! <= 0x4f && flow.channels.size > 0)
			this.#channel(flow, direction, bytes, size, packet, atMs);
		else this.#payload(flow, direction, bytes, size, atMs);
		this.#mark(flow, atMs);
	}

	#mark(flow: Flow, atMs: number): void {
		if (this.#rows >= MOST_ROWS) this.rowsLeftOut = true;
		else if (flow.mark(atMs)) this.#rows += 1 + flow.rtp.size;
	}

	/** A stream of numbers that follow one another is RTP, whatever else it might be. */
	#isRtp(from: End, to: End, bytes: Uint8Array): boolean {
		if (!looksLikeRtp(bytes)) return false;
		const key = keyOf('udp', from, to);
		const [ssrc, number] = [ssrcOf(bytes), (bytes[2]! << 8) | bytes[3]!];
		const guess = this.#guesses.get(key);
		const step = guess ? (number - guess.number) & 0xffff : 0;
		if (guess && guess.ssrc === ssrc && step > 0 && step < MOST_STEP) {
			guess.packets++;
			guess.number = number;
			if (guess.packets < LEAST_RTP) return false;
			this.#guesses.delete(key);
			return true;
		}
		if (guess || this.#guesses.size < MOST_FLOWS) this.#guesses.set(key, { ssrc, number, packets: 1 });
		return false;
	}

	#stun(flow: Flow, direction: Direction, bytes: Uint8Array, cut: boolean, packet: number, atMs: number): void {
		// What the capture cut off is no fault of the sender: the attributes before it are read.
		const decoded = decodeMessage(cut ? wholeAttributes(bytes) : bytes);
		if (!decoded.ok) {
			this.broken++;
			this.firstBroken ??= { packet, message: decoded.error.message };
			return;
		}
		const message = decoded.value;
		flow.stun(message, direction, atMs);
		this.#turn(flow, direction, message, packet, atMs);
	}

	#turn(flow: Flow, direction: Direction, message: StunMessage, packet: number, atMs: number): void {
		const peer = readAttribute(message, 'XOR-PEER-ADDRESS');
		if (!peer) return;
		const number = readAttribute(message, 'CHANNEL-NUMBER');
		if (
			message.method === METHODS.ChannelBind &&
			message.class === 'request' &&
			number !== undefined &&
			flow.channels.size < MAX_CHANNEL
		)
			flow.channels.set(number, peer);
		const data = readAttribute(message, 'DATA');
		if (!data || message.class !== 'indication') return;
		const fromClient = message.method === METHODS.Send;
		if (fromClient || message.method === METHODS.Data)
			this.#relayed(flow, fromClient ? direction : otherWay(direction), fromClient, peer, data, data.length, packet, atMs);
	}

	#channel(flow: Flow, direction: Direction, bytes: Uint8Array, size: number, packet: number, atMs: number): void {
		const number = (bytes[0]! << 8) | bytes[1]!;
		const peer = flow.channels.get(number);
		const whole = readChannelData(bytes);
		const client: Direction = flow.isClient(0) ? 0 : 1;
		if (!peer) return;
		const payload = whole ? whole.payload : bytes.subarray(4);
		this.#relayed(
			flow,
			client,
			direction === client,
			peer,
			payload,
			whole ? payload.length : Math.max(0, size - 4),
			packet,
			atMs
		);
	}

	/** As if it had been captured between the relay's address and the peer. */
	#relayed(
		server: Flow,
		client: Direction,
		fromClient: boolean,
		peer: End,
		bytes: Uint8Array,
		size: number,
		packet: number,
		atMs: number
	): void {
		const own = server.relay?.end ?? { address: '', port: 0 };
		const [id, ends] = [`relayed ${idOf(server, client)} ${peer.address} ${peer.port}`, [own, peer] as const];
		let flow = this.all.get(id);
		if (!flow) {
			if (this.all.size >= MOST_FLOWS) {
				this.flowsLeftOut++;
				return;
			}
			flow = new Flow('udp', ends, atMs, { server, client });
			this.all.set(id, flow);
		}
		const direction: Direction = fromClient ? 0 : 1;
		const isStun = looksLikeStun(bytes);
		flow.count(direction, size, isStun, atMs);
		if (isStun) this.#stun(flow, direction, bytes, bytes.length < size, packet, atMs);
		else this.#payload(flow, direction, bytes, size, atMs);
		this.#mark(flow, atMs);
	}

	#payload(flow: Flow, direction: Direction, bytes: Uint8Array, size: number, atMs: number): void {
		if (looksLikeDtls(bytes) || (flow.dtls.state !== null && looksLikeDtls13(bytes))) flow.dtls.take(bytes, direction, atMs);
		else if (looksLikeRtp(bytes)) flow.stream(ssrcOf(bytes), direction)?.take(bytes, size);
		else return;
		flow.media(size);
	}

	#tcp({ tcp, payload, payloadBytes }: Segment, from: End, to: End, packet: number, atMs: number): void {
		if (!tcp) return;
		const [there, back] = [keyOf('tcp', from, to), keyOf('tcp', to, from)];
		if (tcp.syn && !tcp.ack && this.#syns.size < MOST_FLOWS) this.#syns.set(there, { from, to, atMs });
		if (tcp.syn && tcp.ack) this.#syns.delete(back);
		const asked = tcp.rst ? this.#syns.get(back) : undefined;
		if (asked) {
			this.#syns.delete(back);
			this.refused.set(back, asked);
		}
		if (tcp.syn) this.#streams.set(there, { next: (tcp.sequence + 1) >>> 0, reader: null });
		if (payload.length === 0) return;
		if (this.#streams.size > 2 * MOST_FLOWS) this.#streams.clear();
		const stream = this.#streams.get(there) ?? { next: null, reader: null };
		this.#streams.set(there, stream);
		const isNext = stream.next === null || stream.next === tcp.sequence;
		// Sent again, wholly or in part: what is new of it comes again, too.
		if (!isNext && (stream.next! - tcp.sequence) >>> 0 < 1 << 30) return;
		if (!isNext) {
			this.gaps++;
			stream.reader = null;
		}
		stream.next = (tcp.sequence + payloadBytes) >>> 0;
		if (payload[0] === 22 && payload[1] === 3 && !stream.reader) this.tls.add(`${to.address} ${to.port}`);
		// A stream is followed from a message on that begins with a segment.
		if (!stream.reader && !looksLikeStun(payload) && !this.#find('tcp', from, to)) return;
		stream.reader ??= makeStreamReader();
		const isWhole = payload.length === payloadBytes;
		const goesOn = stream.reader.push(payload, (frame) =>
			this.#datagram('tcp', from, to, frame, frame.length, false, packet, atMs)
		);
		if (!goesOn || !isWhole) stream.reader = null;
	}

	/** The totals of each flow, at its last packet. */
	end(): void {
		for (const flow of this.all.values()) if (flow.rows.at(-1)?.atMs !== flow.lastMs) flow.rows.push(flow.row(flow.lastMs));
	}
}

/** A message that ends before the first attribute that is not all there. */
function wholeAttributes(bytes: Uint8Array): Uint8Array {
	let at = HEADER_BYTES;
	while (at + 4 <= bytes.length) {
		const next = at + 4 + ((readUint16(bytes, at + 2) + 3) & ~3);
		if (next > bytes.length) break;
		at = next;
	}
	const whole = copyBytes(bytes.subarray(0, at));
	writeUint16(whole, 2, at - HEADER_BYTES);
	return whole;
}

const keyOf = (protocol: string, from: End, to: End) => `${protocol} ${from.address} ${from.port} ${to.address} ${to.port}`;
const idOf = ({ protocol, ends }: Flow, client: Direction) => `${keyOf(protocol, ends[0], ends[1])} ${client}`;
