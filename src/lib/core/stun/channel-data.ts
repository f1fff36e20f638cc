/** ChannelData: the four-byte header that TURN puts before relayed data (RFC 8656 §12.4 to §12.6). */
import { readUint16, writeUint16 } from './bytes';

export const CHANNEL_HEADER_BYTES = 4;

/** Channel numbers that may be bound (RFC 8656 §12); 0x5000 and above are reserved. */
export const MIN_CHANNEL = 0x4000;
export const MAX_CHANNEL = 0x4fff;

export function isChannelNumber(number: number): boolean {
	return number >= MIN_CHANNEL && number <= MAX_CHANNEL;
}

/** True for what begins like ChannelData: first byte 64 to 79 (RFC 7983 §7). */
export function looksLikeChannelData(bytes: Uint8Array): boolean {
	return bytes.length >= CHANNEL_HEADER_BYTES && bytes[0]! >= 0x40 && bytes[0]! <= 0x4f;
}

/** The payload as a view; null when the header claims more than there is. Bytes after it are padding. */
export function readChannelData(bytes: Uint8Array): { channel: number; payload: Uint8Array } | null {
	if (!looksLikeChannelData(bytes)) return null;
	const length = readUint16(bytes, 2);
	if (CHANNEL_HEADER_BYTES + length > bytes.length) return null;
	return { channel: readUint16(bytes, 0), payload: bytes.subarray(CHANNEL_HEADER_BYTES, CHANNEL_HEADER_BYTES + length) };
}

/** On streams the frame is padded to a multiple of 4, and the length field does not count the padding (RFC 8656 §12.5). */
export function writeChannelData(channel: number, payload: Uint8Array, onStream: boolean): Uint8Array {
	const size = CHANNEL_HEADER_BYTES + payload.length;
	const out = new Uint8Array(onStream ? (size + 3) & ~3 : size);
	writeUint16(out, 0, channel);
	writeUint16(out, 2, payload.length);
	out.set(payload, CHANNEL_HEADER_BYTES);
	return out;
}
