/**
 * IP addresses as bytes: parsing (RFC 4291 §2.2, dotted quad), canonical text (RFC 5952) and scope (RFC 6890 and its
 * registries). Zone ids (`fe80::1%eth0`) are refused: they mean nothing outside the host that wrote them.
 */
export type Family = 'ipv4' | 'ipv6';

export interface IpAddress {
	family: Family;
	/** 4 or 16 bytes, network order. */
	bytes: Uint8Array;
}

/** Where an address can be reached from. `documentation` is kept apart: it is never routed, labs use it as if it were global. */
export type Scope =
	| 'unspecified'
	| 'loopback'
	| 'link-local'
	| 'private'
	| 'carrier-grade'
	| 'multicast'
	| 'broadcast'
	| 'documentation'
	| 'nat64'
	| 'reserved'
	| 'global';

export function parseIpv4(text: string): Uint8Array | null {
	const parts = text.split('.');
	if (parts.length !== 4) return null;
	const bytes = new Uint8Array(4);
	for (let i = 0; i < 4; i++) {
		const part = parts[i]!;
		// A leading zero would be octal to some readers: refuse what two programs read differently.
		if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
		bytes[i] = Number(part);
	}
	return bytes;
}

export function parseIpv6(text: string): Uint8Array | null {
	if (!/^[0-9a-fA-F:.]+$/.test(text)) return null;
	const halves = text.split('::');
	if (halves.length > 2) return null;
	// A dotted quad may only end the whole address, so not the half before `::`.
	if (halves.length === 2 && halves[0]!.includes('.')) return null;
	const head = groups(halves[0]!);
	const tail = halves.length === 2 ? groups(halves[1]!) : [];
	if (head === null || tail === null) return null;
	const missing = 8 - head.length - tail.length;
	if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
	const words = [...head, ...new Array<number>(halves.length === 2 ? missing : 0).fill(0), ...tail];
	const bytes = new Uint8Array(16);
	words.forEach((word, i) => {
		bytes[2 * i] = word >> 8;
		bytes[2 * i + 1] = word & 0xff;
	});
	return bytes;
}

/** The 16-bit groups of one side of `::`; the last may be a dotted quad. */
function groups(text: string): number[] | null {
	if (text === '') return [];
	const parts = text.split(':');
	const words: number[] = [];
	for (let i = 0; i < parts.length; i++) {
		const part = parts[i]!;
		if (i === parts.length - 1 && part.includes('.')) {
			const quad = parseIpv4(part);
			if (quad === null) return null;
			words.push((quad[0]! << 8) | quad[1]!, (quad[2]! << 8) | quad[3]!);
		} else if (/^[0-9a-fA-F]{1,4}$/.test(part)) {
			words.push(parseInt(part, 16));
		} else {
			return null;
		}
	}
	return words;
}

/** Reads an address, with or without the brackets that URLs put around IPv6. Null for host names and anything else. */
export function parseIp(text: string): IpAddress | null {
	const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
	const v4 = bare === text ? parseIpv4(bare) : null;
	if (v4) return { family: 'ipv4', bytes: v4 };
	const v6 = parseIpv6(bare);
	return v6 ? { family: 'ipv6', bytes: v6 } : null;
}

/** Canonical text, without brackets (RFC 5952 §4: lower case, longest run of zero groups shortened). */
export function formatIp(address: IpAddress): string {
	if (address.family === 'ipv4') return Array.from(address.bytes).join('.');
	const words: number[] = [];
	for (let i = 0; i < 16; i += 2) words.push((address.bytes[i]! << 8) | address.bytes[i + 1]!);
	let best = { start: -1, length: 1 };
	for (let i = 0; i < 8; i++) {
		let length = 0;
		while (i + length < 8 && words[i + length] === 0) length++;
		if (length > best.length) best = { start: i, length };
	}
	const hex = words.map((word) => word.toString(16));
	if (best.start < 0) return hex.join(':');
	return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
}

/** `203.0.113.7:3478`, `[2001:db8::1]:3478`, `[2001:db8::1]` where the port is not known; a host name is taken as it is. */
export function formatEndpoint(host: string, port: number | null): string {
	const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
	return port === null ? name : `${name}:${port}`;
}

export function sameIp(a: IpAddress, b: IpAddress): boolean {
	return a.bytes.length === b.bytes.length && a.bytes.every((byte, i) => byte === b.bytes[i]);
}

/** First match wins, so the narrower block stands before the wider one. Source: IANA special-purpose registries (RFC 6890). */
const SCOPES: readonly (readonly [string, Scope])[] = [
	['0.0.0.0/32', 'unspecified'],
	['0.0.0.0/8', 'reserved'],
	['10.0.0.0/8', 'private'],
	['100.64.0.0/10', 'carrier-grade'],
	['127.0.0.0/8', 'loopback'],
	['169.254.0.0/16', 'link-local'],
	['172.16.0.0/12', 'private'],
	['192.0.2.0/24', 'documentation'],
	['192.0.0.0/24', 'reserved'],
	['192.168.0.0/16', 'private'],
	['198.18.0.0/15', 'reserved'],
	['198.51.100.0/24', 'documentation'],
	['203.0.113.0/24', 'documentation'],
	['224.0.0.0/4', 'multicast'],
	['255.255.255.255/32', 'broadcast'],
	['240.0.0.0/4', 'reserved'],
	['::/128', 'unspecified'],
	['::1/128', 'loopback'],
	['64:ff9b::/96', 'nat64'],
	['64:ff9b:1::/48', 'nat64'],
	['100::/64', 'reserved'],
	['2001:db8::/32', 'documentation'],
	['3fff::/20', 'documentation'],
	['2001:2::/48', 'reserved'],
	['fc00::/7', 'private'],
	['fe80::/10', 'link-local'],
	['fec0::/10', 'reserved'],
	['ff00::/8', 'multicast']
];

const PARSED_SCOPES = SCOPES.map(([block, scope]) => {
	const [text, length] = block.split('/');
	return { base: parseIp(text!)!, prefixLength: Number(length), scope };
});

export function inBlock(address: IpAddress, base: IpAddress, prefixLength: number): boolean {
	if (address.family !== base.family) return false;
	const whole = prefixLength >> 3;
	for (let i = 0; i < whole; i++) if (address.bytes[i] !== base.bytes[i]) return false;
	const rest = prefixLength & 7;
	if (rest === 0) return true;
	const mask = (0xff << (8 - rest)) & 0xff;
	return (address.bytes[whole]! & mask) === (base.bytes[whole]! & mask);
}

/** Whether two public addresses may be of one network, as far as the blocks that providers give to a company tell (/27, /64). */
export function mayBeNeighbours(a: string | null, b: string | null): boolean {
	const [one, two] = [parseIp(a ?? ''), parseIp(b ?? '')];
	return one !== null && two !== null && inBlock(one, two, one.family === 'ipv4' ? 27 : 64);
}

/** The IPv4 address inside an IPv4-mapped IPv6 address (`::ffff:a.b.c.d`, RFC 4291 §2.5.5.2), or the address unchanged. */
export function unmapIpv4(address: IpAddress): IpAddress {
	if (address.family === 'ipv4') return address;
	const mapped =
		address.bytes.subarray(0, 10).every((byte) => byte === 0) && address.bytes[10] === 0xff && address.bytes[11] === 0xff;
	return mapped ? { family: 'ipv4', bytes: address.bytes.slice(12) } : address;
}

export function scopeOf(address: IpAddress): Scope {
	const plain = unmapIpv4(address);
	for (const entry of PARSED_SCOPES) if (inBlock(plain, entry.base, entry.prefixLength)) return entry.scope;
	return 'global';
}

/** The scope of an address given as text; null when it is not an IP address (a host name, an mDNS name, nothing). */
export function scopeOfText(text: string | null | undefined): Scope | null {
	const address = text ? parseIp(text) : null;
	return address ? scopeOf(address) : null;
}

/** True for addresses that another network could send to: global ones, and documentation ones, which stand for them in labs. */
export function isOutside(scope: Scope | null): boolean {
	return scope === 'global' || scope === 'documentation' || scope === 'nat64';
}
