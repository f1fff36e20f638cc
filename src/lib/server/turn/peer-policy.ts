/**
 * Which peers the relay sends to. A TURN server is a way into the network that it is in, so by default it relays to global addresses
 * and its own relay ports only (RFC 8656 §21.1.6, and the SSRF reports against relays that allowed more).
 */
import { networkInterfaces } from 'node:os';
import { fail, ok, type Result } from '../../core/base/result';
import { formatIp, inBlock, parseIp, scopeOf, unmapIpv4, type IpAddress } from '../../core/base/ip';

export interface PeerPolicyOptions {
	/** Addresses or blocks that are allowed besides, such as `192.168.1.0/24`: for labs and for a server inside one network. */
	allow?: readonly string[];
	/** Every address of this host at the time of asking; default: those of its interfaces. */
	ownAddresses?: () => readonly string[];
	/** Addresses of servers that work with this one; of them too only relay ports are reached. */
	partnerAddresses?: () => readonly string[];
}

/** `own-relays`, `partner-relays`: an address of this host or of its partner; only ports for relaying are reached, not other services. */
export type PeerVerdict = 'allowed' | 'own-relays' | 'partner-relays' | 'refused';

export type PeerPolicy = (address: string) => PeerVerdict;

interface Block {
	base: IpAddress;
	length: number;
}

const block = (text: string): Block => parseBlock(text)!;

/** Answer instance-metadata requests and are not in a special-purpose block: Azure's address is a global one. */
const METADATA: readonly Block[] = [block('168.63.129.16')];

/** IPv6 blocks with an IPv4 address inside, and where it begins, bytes: NAT64 (RFC 6052), 6to4 (RFC 3056), compatible (RFC 4291). */
const CARRIERS: readonly { block: Block; at: number }[] = [
	{ block: block('64:ff9b::/96'), at: 12 },
	{ block: block('2002::/16'), at: 2 },
	{ block: block('::/96'), at: 12 }
];

/** The second half of an ISATAP address before its IPv4 address, with the bit for “global” and without (RFC 5214 §6.1). */
const ISATAP: readonly (readonly number[])[] = [
	[0, 0, 0x5e, 0xfe],
	[2, 0, 0x5e, 0xfe]
];

/** Global by their numbers, and yet somebody else's relay, hidden addresses, or of one network only. */
const REFUSED_BLOCKS: readonly Block[] = [
	// 6to4 relays (RFC 7526).
	block('192.88.99.0/24'),
	// Teredo, which hides the address inside (RFC 4380).
	block('2001::/32'),
	// NAT64 of one network (RFC 8215), and addresses translated for IPv4 alone (RFC 2765 §2.1).
	block('64:ff9b:1::/48'),
	block('::ffff:0:0:0/96'),
	// ORCHID identifiers and segment routing are no addresses (RFC 7343, RFC 9602).
	block('2001:10::/28'),
	block('2001:20::/28'),
	block('5f00::/16')
];

/** Faults: `peers-allow`. */
export function makePeerPolicy(servedAddresses: readonly string[], options: PeerPolicyOptions = {}): Result<PeerPolicy> {
	const { ownAddresses = interfaceAddresses, partnerAddresses = () => [] } = options;
	const allow: Block[] = [];
	for (const text of options.allow ?? []) {
		const read = parseBlock(text);
		if (!read) return fail('peers-allow', `“${text}” is not an address or a block such as 192.168.1.0/24.`, 'peers.allow');
		allow.push(read);
	}
	const served = new Set(servedAddresses);
	const servesLoopback = servedAddresses.every((address) => scopeOf(parseIp(address)!) === 'loopback');
	const isIn = (address: IpAddress, blocks: readonly Block[]) =>
		blocks.some(({ base, length }) => inBlock(address, base, length));

	function judge(address: IpAddress): PeerVerdict {
		const scope = scopeOf(address);
		if (scope === 'unspecified' || scope === 'multicast' || scope === 'broadcast') return 'refused';
		if (isIn(address, allow)) return 'allowed';
		const text = formatIp(address);
		// On the loopback every address is this host, and its services trust whoever asks from there.
		if (scope === 'loopback') return servesLoopback ? 'own-relays' : 'refused';
		if (served.has(text)) return 'own-relays';
		if (ownAddresses().includes(text)) return 'own-relays';
		if (partnerAddresses().includes(text)) return 'partner-relays';
		if (isIn(address, METADATA) || isIn(address, REFUSED_BLOCKS)) return 'refused';
		return scope === 'global' || scope === 'documentation' || scope === 'nat64' ? 'allowed' : 'refused';
	}

	return ok((text) => {
		const address = parseIp(text);
		if (!address) return 'refused';
		// An IPv4-mapped address is refused: a socket of one family would reach the other.
		if (unmapIpv4(address) !== address) return 'refused';
		const inner = innerIpv4(address);
		return inner === null || isIn(address, allow) || judge(inner) === 'allowed' ? judge(address) : 'refused';
	});
}

/** The IPv4 address that a gateway on the way would send to instead. */
function innerIpv4(address: IpAddress): IpAddress | null {
	if (address.family === 'ipv4' || scopeOf(address) === 'loopback') return null;
	const at = ISATAP.some((id) => id.every((byte, i) => address.bytes[8 + i] === byte))
		? 12
		: CARRIERS.find((each) => inBlock(address, each.block.base, each.block.length))?.at;
	return at === undefined ? null : { family: 'ipv4', bytes: address.bytes.slice(at, at + 4) };
}

function interfaceAddresses(): string[] {
	return Object.values(networkInterfaces()).flatMap((each) => (each ?? []).map(({ address }) => address));
}

function parseBlock(text: string): Block | null {
	const parts = text.split('/');
	const base = parseIp(parts[0]!);
	if (!base || parts.length > 2) return null;
	const bits = base.bytes.length * 8;
	const length = parts.length === 1 ? bits : /^\d{1,3}$/.test(parts[1]!) ? Number(parts[1]) : -1;
	return length < 0 || length > bits ? null : { base, length };
}
