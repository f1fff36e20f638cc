/** Packet captures made up for tests: frames of Ethernet with IPv4 or IPv6, UDP or TCP, in pcap or pcapng. */
import { parseIp } from '../../src/lib/core/base/ip';
import { concatBytes, writeUint16, writeUint32 } from '../../src/lib/core/stun/bytes';

export interface Place {
	address: string;
	port: number;
}

export interface Frame {
	atMs: number;
	bytes: Uint8Array;
}

const sized = (length: number, fill: (bytes: Uint8Array) => void) => {
	const bytes = new Uint8Array(length);
	fill(bytes);
	return bytes;
};

function ipFrame(protocol: number, from: string, to: string, body: Uint8Array): Uint8Array {
	const [source, target] = [parseIp(from)!, parseIp(to)!];
	const isV4 = source.family === 'ipv4';
	const ethernet = sized(14, (bytes) => writeUint16(bytes, 12, isV4 ? 0x0800 : 0x86dd));
	const header = sized(isV4 ? 20 : 40, (bytes) => {
		bytes[0] = isV4 ? 0x45 : 0x60;
		writeUint16(bytes, isV4 ? 2 : 4, isV4 ? 20 + body.length : body.length);
		bytes[isV4 ? 9 : 6] = protocol;
		bytes.set(source.bytes, isV4 ? 12 : 8);
		bytes.set(target.bytes, isV4 ? 16 : 24);
	});
	return concatBytes(ethernet, header, body);
}

export function udp(atMs: number, from: Place, to: Place, payload: Uint8Array): Frame {
	const header = sized(8, (bytes) => {
		writeUint16(bytes, 0, from.port);
		writeUint16(bytes, 2, to.port);
		writeUint16(bytes, 4, 8 + payload.length);
	});
	return { atMs, bytes: ipFrame(17, from.address, to.address, concatBytes(header, payload)) };
}

export function tcp(
	atMs: number,
	from: Place,
	to: Place,
	sequence: number,
	flags: number,
	payload: Uint8Array = new Uint8Array(0)
): Frame {
	const header = sized(20, (bytes) => {
		writeUint16(bytes, 0, from.port);
		writeUint16(bytes, 2, to.port);
		writeUint32(bytes, 4, sequence);
		bytes[12] = 0x50;
		bytes[13] = flags;
	});
	return { atMs, bytes: ipFrame(6, from.address, to.address, concatBytes(header, payload)) };
}

/** A number of RTP, from a stream of its own. */
export function rtp(ssrc: number, number: number, bytes = 100): Uint8Array {
	return sized(12 + bytes, (packet) => {
		packet[0] = 0x80;
		packet[1] = 96;
		writeUint16(packet, 2, number & 0xffff);
		writeUint32(packet, 4, number * 160);
		writeUint32(packet, 8, ssrc);
	});
}

/** A record of DTLS 1.2 in the clear, or sealed by the keys of epoch 1. */
export function dtlsRecord(type: number, body: number[], epoch = 0): Uint8Array {
	return sized(13 + body.length, (record) => {
		record.set([type, 0xfe, 0xfd]);
		writeUint16(record, 3, epoch);
		writeUint16(record, 11, body.length);
		record.set(body, 13);
	});
}

const little = (bytes: Uint8Array, at: number, value: number) => new DataView(bytes.buffer).setUint32(at, value, true);

export function pcap(frames: readonly Frame[], mostBytes = 65_535): Uint8Array {
	const header = sized(24, (bytes) => {
		little(bytes, 0, 0xa1b2c3d4);
		little(bytes, 4, 0x00040002);
		little(bytes, 16, mostBytes);
		little(bytes, 20, 1);
	});
	const records = frames.flatMap(({ atMs, bytes }) => {
		const kept = bytes.subarray(0, mostBytes);
		const record = sized(16, (each) => {
			little(each, 0, Math.floor(atMs / 1000));
			little(each, 4, Math.round((atMs % 1000) * 1000));
			little(each, 8, kept.length);
			little(each, 12, bytes.length);
		});
		return [record, kept];
	});
	return concatBytes(header, ...records);
}

function block(type: number, body: Uint8Array): Uint8Array {
	const padded = (body.length + 3) & ~3;
	return sized(12 + padded, (bytes) => {
		little(bytes, 0, type);
		little(bytes, 4, bytes.length);
		bytes.set(body, 8);
		little(bytes, bytes.length - 4, bytes.length);
	});
}

export function pcapng(frames: readonly Frame[]): Uint8Array {
	const section = sized(16, (bytes) => {
		little(bytes, 0, 0x1a2b3c4d);
		little(bytes, 4, 1);
		bytes.fill(0xff, 8);
	});
	const link = sized(8, (bytes) => little(bytes, 0, 1));
	const packets = frames.map(({ atMs, bytes }) => {
		const body = sized(20 + bytes.length, (each) => {
			const ticks = Math.round(atMs * 1000);
			little(each, 4, Math.floor(ticks / 2 ** 32));
			little(each, 8, ticks % 2 ** 32);
			little(each, 12, bytes.length);
			little(each, 16, bytes.length);
			each.set(bytes, 20);
		});
		return block(6, body);
	});
	return concatBytes(block(0x0a0d0d0a, section), block(1, link), ...packets);
}
