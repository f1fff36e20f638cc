/** The two formats of packet captures, pcap (draft-ietf-opsawg-pcap) and pcapng (draft-ietf-opsawg-pcapng), piece by piece. */
import { concatBytes, copyBytes, readUint16, readUint32 } from '../../stun/bytes';

export interface CapturedPacket {
	/** 1-based, as Wireshark counts them. */
	number: number;
	atMs: number;
	/** LINKTYPE of its interface. */
	link: number;
	/** A view: what is kept of it has to be copied. */
	bytes: Uint8Array;
	/** Its length on the wire, where the capture cut it. */
	wireBytes: number;
}

/** Why the rest of a file cannot be read, and where. */
export interface CaptureFault {
	text: string;
	byte: number;
}

/** Larger than any frame, and than what tcpdump keeps of one. */
const MOST_PACKET_BYTES = 1 << 18;
/** Blocks hold names and comments too. */
const MOST_BLOCK_BYTES = 1 << 24;
/** An interface is described once; nobody captures on so many. */
const MOST_INTERFACES = 4096;

const PCAP = new Map<number, { little: boolean; perSecond: number }>([
	[0xa1b2c3d4, { little: false, perSecond: 1e6 }],
	[0xd4c3b2a1, { little: true, perSecond: 1e6 }],
	[0xa1b23c4d, { little: false, perSecond: 1e9 }],
	[0x4d3cb2a1, { little: true, perSecond: 1e9 }]
]);
const SECTION = 0x0a0d0d0a;

/** By the first four bytes of a file; fewer are none. */
export function looksLikeCapture(bytes: Uint8Array): boolean {
	return bytes.length >= 4 && (PCAP.has(readUint32(bytes, 0)) || readUint32(bytes, 0) === SECTION);
}

interface Interface {
	link: number;
	perSecond: number;
	offsetSeconds: number;
}

export class CaptureFile {
	readonly #take: (packet: CapturedPacket) => void;
	#rest: Uint8Array = new Uint8Array(0);
	/** Of `#rest` in the file. */
	#at = 0;
	#kind: 'unknown' | 'pcap' | 'pcapng' = 'unknown';
	#little = false;
	#perSecond = 1e6;
	#link = 0;
	#interfaces: Interface[] = [];
	#packets = 0;
	fault: CaptureFault | null = null;

	constructor(take: (packet: CapturedPacket) => void) {
		this.#take = take;
	}

	get packets(): number {
		return this.#packets;
	}

	push(piece: Uint8Array): void {
		if (this.fault) return;
		let bytes = this.#rest.length > 0 ? concatBytes(this.#rest, piece) : piece;
		for (;;) {
			const used = this.#one(bytes);
			if (used === 0 || this.fault) break;
			bytes = bytes.subarray(used);
			this.#at += used;
		}
		this.#rest = this.fault ? new Uint8Array(0) : copyBytes(bytes);
	}

	end(): void {
		if (!this.fault && this.#rest.length > 0) this.#fail('The file ends within a packet.');
	}

	#fail(text: string): 0 {
		this.fault = { text, byte: this.#at };
		return 0;
	}

	#u16(bytes: Uint8Array, at: number): number {
		return this.#little ? bytes[at]! | (bytes[at + 1]! << 8) : readUint16(bytes, at);
	}

	#u32(bytes: Uint8Array, at: number): number {
		if (!this.#little) return readUint32(bytes, at);
		return (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
	}

	/** How many bytes a header, a record or a block took; 0 where there is not enough of it yet. */
	#one(bytes: Uint8Array): number {
		if (this.#kind === 'unknown') return this.#begin(bytes);
		return this.#kind === 'pcap' ? this.#record(bytes) : this.#block(bytes);
	}

	#begin(bytes: Uint8Array): number {
		if (bytes.length < 4) return 0;
		const form = PCAP.get(readUint32(bytes, 0));
		if (!form) {
			if (readUint32(bytes, 0) !== SECTION) return this.#fail('It begins with neither the header of pcap nor that of pcapng.');
			this.#kind = 'pcapng';
			return this.#block(bytes);
		}
		if (bytes.length < 24) return 0;
		this.#kind = 'pcap';
		this.#little = form.little;
		this.#perSecond = form.perSecond;
		// The upper bits say whether a checksum follows each frame.
		this.#link = this.#u32(bytes, 20) & 0xffff;
		return 24;
	}

	#record(bytes: Uint8Array): number {
		if (bytes.length < 16) return 0;
		const kept = this.#u32(bytes, 8);
		if (kept > MOST_PACKET_BYTES) return this.#fail(`Packet ${this.#packets + 1} would have ${kept} bytes.`);
		if (bytes.length < 16 + kept) return 0;
		const atMs = this.#u32(bytes, 0) * 1000 + (this.#u32(bytes, 4) * 1000) / this.#perSecond;
		this.#give(atMs, this.#link, bytes.subarray(16, 16 + kept), this.#u32(bytes, 12));
		return 16 + kept;
	}

	#block(bytes: Uint8Array): number {
		if (bytes.length < 12) return 0;
		if (readUint32(bytes, 0) === SECTION) {
			const order = readUint32(bytes, 8);
			if (order !== 0x1a2b3c4d && order !== 0x4d3c2b1a) return this.#fail('A section has no byte order.');
			this.#little = order === 0x4d3c2b1a;
			this.#interfaces = [];
		}
		const length = this.#u32(bytes, 4);
		if (length < 12 || length % 4 !== 0 || length > MOST_BLOCK_BYTES) return this.#fail(`A block would have ${length} bytes.`);
		if (bytes.length < length) return 0;
		this.#read(this.#u32(bytes, 0), bytes.subarray(8, length - 4));
		return length;
	}

	#read(type: number, body: Uint8Array): void {
		if (type === 1 && body.length >= 8 && this.#interfaces.length < MOST_INTERFACES) {
			this.#interfaces.push({ link: this.#u16(body, 0), ...this.#resolution(body.subarray(8)) });
		} else if (type === 6 && body.length >= 20) {
			this.#packet(this.#u32(body, 0), body, 4, 20);
		} else if (type === 2 && body.length >= 20) {
			// The Packet Block of before 2010.
			this.#packet(this.#u16(body, 0), body, 4, 20);
		} else if (type === 3 && body.length >= 4 && this.#interfaces[0]) {
			// A simple one has no time: nothing can be said of when.
			this.#give(NaN, this.#interfaces[0].link, body.subarray(4), this.#u32(body, 0));
		}
	}

	#packet(index: number, body: Uint8Array, at: number, from: number): void {
		const one = this.#interfaces[index];
		if (!one) return;
		const ticks = this.#u32(body, at) * 2 ** 32 + this.#u32(body, at + 4);
		const kept = Math.min(this.#u32(body, at + 8), body.length - from);
		const atMs = (ticks / one.perSecond + one.offsetSeconds) * 1000;
		this.#give(atMs, one.link, body.subarray(from, from + kept), this.#u32(body, at + 12));
	}

	#resolution(options: Uint8Array): { perSecond: number; offsetSeconds: number } {
		const found = { perSecond: 1e6, offsetSeconds: 0 };
		for (let at = 0; at + 4 <= options.length;) {
			const [code, length] = [this.#u16(options, at), this.#u16(options, at + 2)];
			if (code === 0 || at + 4 + length > options.length) break;
			if (code === 9 && length >= 1) {
				const power = options[at + 4]!;
				found.perSecond = power & 0x80 ? 2 ** (power & 0x7f) : 10 ** power;
			}
			// Signed 64 bits, of which nobody uses the upper half.
			if (code === 14 && length >= 8) found.offsetSeconds = this.#u32(options, at + (this.#little ? 4 : 8)) | 0;
			at += 4 + ((length + 3) & ~3);
		}
		return found;
	}

	#give(atMs: number, link: number, bytes: Uint8Array, wireBytes: number): void {
		this.#take({ number: ++this.#packets, atMs, link, bytes, wireBytes });
	}
}
