/**
 * Small messages with a number and a timestamp, on an unordered channel without retransmission. Both ends share one clock, so that each
 * message gives the one-way delay of its direction, not half of a round trip.
 */

/** Each way; 16 bytes ten times a second is 10 kbit/s with all headers. */
export const PACE_MS = 100;
const BYTES = 16;

export interface Arrivals {
	/** Median delay of what arrived since the last poll, ms; null when nothing did. */
	delayMs: number | null;
	/** Interarrival jitter (RFC 3550 §6.4.1) of the messages, ms: of the path only, since each carries the time at which it was really sent. */
	jitterMs: number | null;
	/** Since the start. */
	messagesExpected: number;
	messagesReceived: number;
	messagesLost: number;
}

/** Agreed beforehand (`negotiated`): Chromium loses a first message sent from the `datachannel` event now and then. */
export function openMessages(connection: RTCPeerConnection, id: number): RTCDataChannel {
	const channel = connection.createDataChannel('messages', { negotiated: true, id, ordered: false, maxRetransmits: 0 });
	channel.binaryType = 'arraybuffer';
	return channel;
}

/** Sends on one end of a channel at a steady pace. Messages that the channel would buffer are not sent: this device would cause their delay. */
export class MessageSender {
	sent = 0;
	#timer: ReturnType<typeof setInterval>;

	constructor(channel: RTCDataChannel, paceMs = PACE_MS) {
		this.#timer = setInterval(() => {
			if (channel.readyState !== 'open' || channel.bufferedAmount > 4 * BYTES) return;
			const message = new Float64Array([this.sent, performance.now()]);
			try {
				channel.send(message);
				this.sent++;
			} catch {
				// The channel was closed between the check and the call.
			}
		}, paceMs);
	}

	stop(): void {
		clearInterval(this.#timer);
	}
}

/** Reads on the other end. */
export class MessageReceiver {
	/** Delays of everything that arrived, ms; kept only with `all`. */
	readonly delaysMs: number[] = [];
	lastArrivalMs: number | null = null;
	received = 0;
	#highest = -1;
	#fresh: number[] = [];
	#transitMs: number | null = null;
	#jitterMs: number | null = null;
	#keepAll: boolean;

	constructor(channel: RTCDataChannel, keepAll = false) {
		this.#keepAll = keepAll;
		channel.onmessage = ({ data }) => {
			if (!(data instanceof ArrayBuffer) || data.byteLength !== BYTES) return;
			const [number, sentMs] = new Float64Array(data) as unknown as [number, number];
			const now = performance.now();
			this.received++;
			this.lastArrivalMs = now;
			this.#highest = Math.max(this.#highest, number);
			this.#fresh.push(now - sentMs);
			const change = this.#transitMs === null ? null : Math.abs(now - sentMs - this.#transitMs);
			this.#transitMs = now - sentMs;
			if (change !== null) this.#jitterMs = (this.#jitterMs ?? change) + (change - (this.#jitterMs ?? change)) / 16;
			if (this.#keepAll) this.delaysMs.push(now - sentMs);
		};
	}

	/** What came since the last call. */
	take(): Arrivals {
		const fresh = this.#fresh.sort((a, b) => a - b);
		this.#fresh = [];
		const expected = this.#highest + 1;
		return {
			delayMs: fresh.length === 0 ? null : Math.round(fresh[fresh.length >> 1]! * 100) / 100,
			jitterMs: this.#jitterMs === null ? null : Math.round(this.#jitterMs * 100) / 100,
			messagesExpected: expected,
			messagesReceived: this.received,
			messagesLost: Math.max(0, expected - this.received)
		};
	}
}
