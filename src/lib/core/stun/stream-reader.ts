/** Cuts a TCP or TLS byte stream into STUN messages and ChannelData (RFC 8489 §6.2.2, RFC 8656 §12.5). */
import { MAGIC_COOKIE } from './attribute-values';
import { concatBytes, copyBytes, readUint16, readUint32 } from './bytes';
import { CHANNEL_HEADER_BYTES } from './channel-data';
import { HEADER_BYTES } from './message';

/** The largest frame either header can announce: 20 + 65532. Nothing larger is ever kept. */
export const MAX_FRAME_BYTES = HEADER_BYTES + 0xffff;

export interface StreamReader {
	/**
	 * Takes what arrived and hands each complete frame to `onFrame`, ChannelData with its padding. Frames may be views into
	 * the chunk, which must not be changed afterwards. False when the stream cannot be STUN or TURN: close it, there is no
	 * way to find the next frame.
	 */
	push(chunk: Uint8Array, onFrame: (frame: Uint8Array) => void): boolean;
	/** Bytes kept for a frame that is not complete. */
	pendingBytes(): number;
}

export function makeStreamReader(): StreamReader {
	// Chunks of an incomplete frame are kept as a list and joined once: one byte at a time stays linear.
	let kept: Uint8Array[] = [];
	let keptBytes = 0;
	let wanted = CHANNEL_HEADER_BYTES;
	let broken = false;

	function push(chunk: Uint8Array, onFrame: (frame: Uint8Array) => void): boolean {
		if (broken) return false;
		let bytes = chunk;
		if (keptBytes > 0) {
			if (keptBytes + chunk.length < wanted) return keep(chunk);
			bytes = concatBytes(...kept, chunk);
		}
		let at = 0;
		for (;;) {
			const size = frameSize(bytes, at);
			if (size < 0) {
				broken = true;
				kept = [];
				keptBytes = 0;
				return false;
			}
			if (at + size > bytes.length) {
				kept = [];
				keptBytes = 0;
				wanted = size;
				return at === bytes.length || keep(copyBytes(bytes.subarray(at)));
			}
			onFrame(bytes.subarray(at, at + size));
			at += size;
		}
	}

	function keep(chunk: Uint8Array): boolean {
		kept.push(chunk);
		keptBytes += chunk.length;
		return true;
	}

	return { push, pendingBytes: () => keptBytes };
}

/** Bytes of the frame that begins at `at`, or of as much as is needed to tell; -1 when no frame can begin so. */
function frameSize(bytes: Uint8Array, at: number): number {
	const left = bytes.length - at;
	if (left === 0) return CHANNEL_HEADER_BYTES;
	const first = bytes[at]!;
	if (first >= 0x40 && first <= 0x4f) {
		return left < CHANNEL_HEADER_BYTES ? CHANNEL_HEADER_BYTES : CHANNEL_HEADER_BYTES + ((readUint16(bytes, at + 2) + 3) & ~3);
	}
	if (first >= 4) return -1;
	if (left < 8) return 8;
	const length = readUint16(bytes, at + 2);
	return readUint32(bytes, at + 4) !== MAGIC_COOKIE || length % 4 !== 0 ? -1 : HEADER_BYTES + length;
}
