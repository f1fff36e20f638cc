/**
 * Which peers the relay sends to. A TURN server is a way into the network that it is in, so by default it relays to global addresses
 * and its own relay ports only (RFC 8656 §21.1.6, and the SSRF reports against relays that allowed more).
 */
import { fail, ok, type Result } from '../../core/base/result';
import { inBlock, parseIp, scopeOf, unmapIpv4, type IpAddress } from '../../core/base/ip';

export interface PeerPolicyOptions {
	/** Addresses or blocks that are allowed besides, such as `192.168.1.0/24`: for labs and for a server inside one network. */
	allow?: readonly string[];
}

/** `relays-only`: an address of this server itself; only ports that it relays from are reached, not its other services. */
export type PeerVerdict = 'allowed' | 'relays-only' | 'refused';

export type PeerPolicy = (address: string) => PeerVerdict;

interface Block {
	base: IpAddress;
	length: number;
}

/** Answer instance-metadata requests and are not in a special-purpose block: Azure's address is a global one. */
const METADATA: readonly Block[] = ['168.63.129.16'].map((text) => ({ base: parseIp(text)!, length: 32 }));

/** IPv6 blocks with an IPv4 address inside, and where it begins, bytes. Teredo hides it, so that block is refused as a whole. */
const CARRIERS: readonly { block: Block; at: number }[] = [
	{ block: { base: parseIp('64:ff9b::')!, length: 96 }, at: 12 },
	{ block: { base: parseIp('2002::')!, length: 16 }, at: 2 },
	{ block: { base: parseIp('::')!, length: 96 }, at: 12 }
];
const REFUSED_BLOCKS: readonly Block[] = [
	{ base: parseIp('2001::')!, length: 32 },
	{ base: parseIp('64:ff9b:1::')!, length: 48 }
];

export function makePeerPolicy(ownAddresses: readonly string[], options: PeerPolicyOptions = {}): Result<PeerPolicy> {
	const allow: Block[] = [];
	for (const text of options.allow ?? []) {
		const block = parseBlock(text);
		if (!block) return fail('peers-allow', `“${text}” is not an address or a block such as 192.168.1.0/24.`, 'peers.allow');
		allow.push(block);
	}
	const own = new Set(ownAddresses);
	const servesLoopback = ownAddresses.every((address) => scopeOf(parseIp(address)!) === 'loopback');

	function judge(address: IpAddress): PeerVerdict {
		const scope = scopeOf(address);
		if (scope === 'unspecified' || scope === 'multicast' || scope === 'broadcast') return 'refused';
		if (allow.some((block) => inBlock(address, block.base, block.length))) return 'allowed';
		if (scope === 'loopback') return servesLoopback ? 'allowed' : 'refused';
		if (METADATA.some((block) => inBlock(address, block.base, block.length))) return 'refused';
		if (REFUSED_BLOCKS.some((block) => inBlock(address, block.base, block.length))) return 'refused';
		return scope === 'global' || scope === 'documentation' || scope === 'nat64' ? 'allowed' : 'refused';
	}

	return ok((text) => {
		const address = parseIp(text);
		if (!address) return 'refused';
		const plain = unmapIpv4(address);
		// An IPv4-mapped address is refused: a socket of one family would reach the other.
		if (plain !== address) return 'refused';
		const verdict = judge(address);
		if (verdict === 'allowed' && address.family === 'ipv6') {
			const carrier = CARRIERS.find(({ block }) => scopeOf(address) !== 'loopback' && inBlock(address, block.base, block.length));
			if (carrier && judge({ family: 'ipv4', bytes: address.bytes.slice(carrier.at, carrier.at + 4) }) !== 'allowed')
				return 'refused';
		}
		const allowedByName = allow.some((block) => inBlock(address, block.base, block.length));
		if (own.has(text) && !servesLoopback && !allowedByName) return 'relays-only';
		return verdict;
	});
}

function parseBlock(text: string): Block | null {
	const parts = text.split('/');
	const base = parseIp(parts[0]!);
	if (!base || parts.length > 2) return null;
	const bits = base.bytes.length * 8;
	const length = parts.length === 1 ? bits : /^\d{1,3}$/.test(parts[1]!) ? Number(parts[1]) : -1;
	return length < 0 || length > bits ? null : { base, length };
}
