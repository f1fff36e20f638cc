import { describe, expect, test } from 'vitest';
import { concatBytes, toHex } from './bytes';
import { looksLikeChannelData, readChannelData, writeChannelData } from './channel-data';
import { encodeMessage } from './message';
import { METHODS } from './methods-table';
import { makeStreamReader, MAX_FRAME_BYTES } from './stream-reader';

const transactionId = new Uint8Array(12).fill(7);
const binding = encodeMessage({ method: METHODS.Binding, class: 'request', transactionId, attributes: [['SOFTWARE', 'abc']] });
const data = (size: number) => writeChannelData(0x4001, new Uint8Array(size).fill(size & 255), true);
const FRAMES = [binding, data(0), data(1), data(2), data(3), data(4), data(5), binding, data(1200), data(0xffff), binding];
const STREAM = concatBytes(...FRAMES);

describe('stream reader', () => {
	test.each([1, 2, 3, 4, 5, 7, 19, 20, 21, 1000, 65_536, STREAM.length])('finds every frame in chunks of %d', (size) => {
		const reader = makeStreamReader();
		const found: string[] = [];
		let mostPending = 0;
		for (let at = 0; at < STREAM.length; at += size) {
			if (!reader.push(STREAM.subarray(at, at + size), (frame) => found.push(toHex(frame)))) expect.unreachable(`at ${at}`);
			mostPending = Math.max(mostPending, reader.pendingBytes());
		}
		expect(mostPending).toBeLessThanOrEqual(MAX_FRAME_BYTES);
		expect(found).toEqual(FRAMES.map(toHex));
		expect(reader.pendingBytes()).toBe(0);
	});

	test.each([
		['a web form', 'POST / HTTP/1.1\r\n'],
		['a TLS hello', '\x16\x03\x01\x02\x00'],
		['first byte 0x50', 'P\0\0\0'],
		['no magic cookie', '\0\x01\0\0abcd'],
		['length not a multiple of 4', '\0\x01\0\x03\x21\x12\xa4\x42']
	])('gives up on %s, and stays so', (_what, text) => {
		const reader = makeStreamReader();
		const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
		const frames: Uint8Array[] = [];
		expect(reader.push(concatBytes(binding, bytes), (frame) => frames.push(frame.slice()))).toBe(false);
		expect(frames).toHaveLength(1);
		expect(reader.pendingBytes()).toBe(0);
		expect(reader.push(binding, (frame) => frames.push(frame))).toBe(false);
		expect(frames).toHaveLength(1);
	});

	test('a frame that never ends is kept up to its announced size and no further', () => {
		const reader = makeStreamReader();
		reader.push(Uint8Array.of(0x4f, 0xff, 0xff, 0xff), () => expect.unreachable());
		const pieces = Array.from({ length: 65 }, () => new Uint8Array(1000));
		for (const piece of pieces) reader.push(piece, () => expect.unreachable());
		expect(reader.pendingBytes()).toBe(65_004);
	});
});

describe('ChannelData', () => {
	test.each([
		[0, 4, 4],
		[1, 5, 8],
		[3, 7, 8],
		[4, 8, 8],
		[5, 9, 12]
	])('%d bytes take %d in a datagram and %d on a stream', (size, datagram, stream) => {
		const payload = new Uint8Array(size).fill(9);
		for (const onStream of [false, true]) {
			const frame = writeChannelData(0x4abc, payload, onStream);
			expect(frame).toHaveLength(onStream ? stream : datagram);
			expect(readChannelData(frame)).toEqual({ channel: 0x4abc, payload });
		}
	});

	test.each([
		['too short', [0x40, 0, 0]],
		['claims more than there is', [0x40, 0, 0, 5, 1, 2, 3, 4]],
		['STUN', [0, 1, 0, 0]],
		['above the channels', [0x50, 0, 0, 0]]
	])('refuses: %s', (_why, bytes) => {
		expect(readChannelData(Uint8Array.from(bytes))).toBeNull();
	});

	test('a message of 4 bytes may be empty ChannelData', () => {
		expect(looksLikeChannelData(Uint8Array.of(0x4f, 0, 0, 0))).toBe(true);
	});
});
