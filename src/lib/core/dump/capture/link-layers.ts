/** From a captured frame to what UDP and TCP carry: Ethernet, Linux cooked, loopback and raw IP, IPv4 and IPv6. */
import { formatIp } from '../../base/ip';
import { readUint16, readUint32 } from '../../stun/bytes';

export interface Segment {
	protocol: 'udp' | 'tcp';
	from: string;
	fromPort: number;
	to: string;
	toPort: number;
	payload: Uint8Array;
	/** Length of the payload on the wire; more than is there where the capture cut it. */
	payloadBytes: number;
	tcp: { sequence: number; syn: boolean; ack: boolean; rst: boolean; fin: boolean } | null;
	/** Whether this machine sent it (tcpdump -i any); null where the capture does not tell. */
	outgoing: boolean | null;
	/** An ICMP error about this packet, which its sender got back. */
	unreachable: boolean;
}

/** Why a frame says nothing here. */
export type Unread = 'link-type' | 'not-ip' | 'fragment' | 'other-protocol' | 'cut';

const ETHERTYPES = { ipv4: 0x0800, ipv6: 0x86dd, tags: new Set([0x8100, 0x88a8, 0x9100]) };

export function segmentIn(link: number, bytes: Uint8Array): Segment | Unread {
	switch (link) {
		case 1:
			return ethernet(bytes, 12);
		case 113:
			return bytes.length < 16 ? 'cut' : cooked(readUint16(bytes, 0), ethernet(bytes, 14));
		case 276:
			return bytes.length < 20 ? 'cut' : cooked(bytes[10]!, byType(readUint16(bytes, 0), bytes.subarray(20)));
		case 0:
		case 108:
			// The family in four bytes, in the order of the machine that captured.
			return bytes.length < 4 ? 'cut' : ip(bytes.subarray(4));
		case 12:
		case 14:
		case 101:
		case 228:
		case 229:
			return ip(bytes);
		default:
			return 'link-type';
	}
}

/** Packet types of LINKTYPE_LINUX_SLL and SLL2: 0 to this machine, 4 from it; others pass by. */
function cooked(packetType: number, read: Segment | Unread): Segment | Unread {
	return typeof read === 'string' ? read : { ...read, outgoing: packetType === 4 ? true : packetType === 0 ? false : null };
}

/** From the place of the type on; with VLAN tags. */
function ethernet(bytes: Uint8Array, typeAt: number): Segment | Unread {
	let at = typeAt;
	while (at + 2 <= bytes.length && ETHERTYPES.tags.has(readUint16(bytes, at))) at += 4;
	return at + 2 > bytes.length ? 'cut' : byType(readUint16(bytes, at), bytes.subarray(at + 2));
}

function byType(type: number, bytes: Uint8Array): Segment | Unread {
	return type === ETHERTYPES.ipv4 || type === ETHERTYPES.ipv6 ? ip(bytes) : 'not-ip';
}

function ip(bytes: Uint8Array, inError = false): Segment | Unread {
	if (bytes.length < 20) return 'cut';
	const version = bytes[0]! >> 4;
	return version === 4 ? ipv4(bytes, inError) : version === 6 ? ipv6(bytes, inError) : 'not-ip';
}

function ipv4(bytes: Uint8Array, inError: boolean): Segment | Unread {
	const headerBytes = (bytes[0]! & 15) * 4;
	if (headerBytes < 20) return 'not-ip';
	// With segmentation offload the length may be 0: then the frame's own counts.
	const whole = readUint16(bytes, 2) || bytes.length;
	if ((readUint16(bytes, 6) & 0x1fff) !== 0) return 'fragment';
	const [from, to] = [addressAt(bytes, 12, 4), addressAt(bytes, 16, 4)];
	return transport(bytes[9]!, bytes.subarray(headerBytes, Math.max(headerBytes, whole)), whole - headerBytes, from, to, inError);
}

function ipv6(bytes: Uint8Array, inError: boolean): Segment | Unread {
	if (bytes.length < 40) return 'cut';
	const whole = readUint16(bytes, 4) || bytes.length - 40;
	let [next, at] = [bytes[6]!, 40];
	// Hop-by-hop, routing, destination options, fragment.
	while (next === 0 || next === 43 || next === 60 || next === 44) {
		if (at + 8 > bytes.length) return 'cut';
		if (next === 44 && (readUint16(bytes, at + 2) & 0xfff8) !== 0) return 'fragment';
		const length = next === 44 ? 8 : (bytes[at + 1]! + 1) * 8;
		next = bytes[at]!;
		at += length;
	}
	const [from, to] = [addressAt(bytes, 8, 16), addressAt(bytes, 24, 16)];
	return transport(next, bytes.subarray(at, 40 + whole), 40 + whole - at, from, to, inError);
}

function transport(
	protocol: number,
	bytes: Uint8Array,
	wireBytes: number,
	from: string,
	to: string,
	inError: boolean
): Segment | Unread {
	// Destination unreachable: what follows is the packet that was not delivered.
	const isError = (protocol === 1 && bytes[0] === 3) || (protocol === 58 && bytes[0] === 1);
	if (isError && !inError) return bytes.length < 8 ? 'cut' : ip(bytes.subarray(8), true);
	if (protocol !== 17 && protocol !== 6) return 'other-protocol';
	if (bytes.length < 8) return 'cut';
	const ends = { from, to, fromPort: readUint16(bytes, 0), toPort: readUint16(bytes, 2), outgoing: null, unreachable: inError };
	if (protocol === 17) {
		const length = Math.max(0, (readUint16(bytes, 4) || wireBytes) - 8);
		return { protocol: 'udp', ...ends, payload: bytes.subarray(8, 8 + length), payloadBytes: length, tcp: null };
	}
	if (inError) return { protocol: 'tcp', ...ends, payload: bytes.subarray(0, 0), payloadBytes: 0, tcp: null };
	if (bytes.length < 20) return 'cut';
	const headerBytes = (bytes[12]! >> 4) * 4;
	if (headerBytes < 20) return 'cut';
	const flags = bytes[13]!;
	return {
		protocol: 'tcp',
		...ends,
		payload: bytes.subarray(headerBytes),
		payloadBytes: Math.max(0, wireBytes - headerBytes),
		tcp: {
			sequence: readUint32(bytes, 4),
			syn: (flags & 2) !== 0,
			ack: (flags & 16) !== 0,
			rst: (flags & 4) !== 0,
			fin: (flags & 1) !== 0
		}
	};
}

function addressAt(bytes: Uint8Array, at: number, length: 4 | 16): string {
	return formatIp({ family: length === 4 ? 'ipv4' : 'ipv6', bytes: bytes.subarray(at, at + length) });
}
