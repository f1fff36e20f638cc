/** One stream of RTP by its headers, which SRTP leaves in the clear (RFC 3550 §5.1, RFC 3711 §3.1): counts, and loss by numbers. */
import { readUint16, readUint32 } from '../../stun/bytes';

/** Version 2, and no RTCP packet type (RFC 5761 §4). */
export function looksLikeRtp(bytes: Uint8Array): boolean {
	if (bytes.length < 12 || bytes[0]! >> 6 !== 2) return false;
	const type = bytes[1]!;
	return type < 192 || type > 223;
}

export const ssrcOf = (bytes: Uint8Array) => readUint32(bytes, 8);

/** A number further away than this is another beginning (RFC 3550 A.1, MAX_DROPOUT). */
const MOST_AHEAD = 3000;
/** Numbers kept to tell a duplicate from a late one. */
const WINDOW = 1024;

export class RtpWatch {
	readonly ssrc: number;
	readonly payloadTypes = new Set<number>();
	packets = 0;
	bytes = 0;
	duplicates = 0;
	/** Lost before the last new beginning. */
	#lostBefore = 0;
	#first = -1;
	#highest = -1;
	#cycles = 0;
	#received = 0;
	/** Numbers seen, by their place in the window; the whole, extended number, so that an old one is not taken for it. */
	readonly #seen = new Float64Array(WINDOW).fill(-1);

	constructor(ssrc: number) {
		this.ssrc = ssrc;
	}

	/** Numbers between the first and the highest that did not come. */
	get lost(): number {
		return this.#first < 0 ? 0 : this.#lostBefore + Math.max(0, this.#highest - this.#first + 1 - this.#received);
	}

	take(bytes: Uint8Array, payloadBytes: number): void {
		const number = readUint16(bytes, 2);
		this.packets++;
		this.bytes += payloadBytes;
		if (this.payloadTypes.size < 32) this.payloadTypes.add(bytes[1]! & 0x7f);
		const extended = this.#extended(number);
		const place = ((extended % WINDOW) + WINDOW) % WINDOW;
		if (this.#seen[place] === extended) {
			this.duplicates++;
			return;
		}
		this.#seen[place] = extended;
		// What comes from before the first number was not counted as missing.
		if (extended >= this.#first) this.#received++;
		this.#highest = Math.max(this.#highest, extended);
	}

	#extended(number: number): number {
		if (this.#first < 0) return this.#begin(number);
		const ahead = (number - (this.#highest & 0xffff) + 0x10000) & 0xffff;
		if (ahead < MOST_AHEAD) return this.#highest + ahead;
		const behind = 0x10000 - ahead;
		if (behind < WINDOW) return this.#highest - behind;
		this.#lostBefore = this.lost;
		return this.#begin(number);
	}

	#begin(number: number): number {
		// Far from all numbers before, so that none is taken for one of them.
		this.#cycles += 1;
		const extended = this.#cycles * 2 ** 20 + number;
		this.#first = extended;
		this.#highest = extended;
		this.#received = 0;
		return extended;
	}
}
