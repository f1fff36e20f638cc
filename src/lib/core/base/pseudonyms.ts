/**
 * Placeholders for what a description or a report should not show to others: addresses, names, credentials, fingerprints.
 * Within one maker the same input has the same placeholder and different inputs have different ones; counting is by order of
 * appearance, so that the same text redacted twice gives the same text. What diagnosis needs stays visible: family and scope
 * of an address, which addresses share a /24 and a /27 (a /48 and a /64 with IPv6), and the length and character set of credentials.
 */
import { formatIp, parseIp, scopeOf, unmapIpv4, type IpAddress, type Scope } from './ip';

export interface Pseudonyms {
	/** An IP address, with or without brackets or zone, or one that a browser masked (`192.168.1.x`). Anything else comes back unchanged. */
	address(text: string): string;
	/** An address, an mDNS name or a host name. `localhost` stays. */
	host(text: string): string;
	/** `host:port`; the port stays. */
	endpoint(text: string): string;
	ufrag(text: string): string;
	password(text: string): string;
	/** The digest of a certificate, pairs of hex digits; length and case stay. */
	fingerprint(text: string): string;
	/** A user name; the time that a TURN REST user name begins with stays. */
	username(text: string): string;
	/** Anything else with an identity: `label-1`, `label-2`, … */
	named(label: string, text: string): string;
	/** How many different values of each kind were replaced: for a sentence about what is gone. */
	counts(): Record<string, number>;
}

export function makePseudonyms(): Pseudonyms {
	const kinds = new Map<string, { byInput: Map<string, string>; taken: Set<string> }>();
	const counters = new Map<string, number>();

	/** 0, 1, 2, … for the inputs of one numbering in order of appearance. */
	function numberOf(numbering: string, input: string): number {
		const key = `${numbering} ${input}`;
		let number = counters.get(key);
		if (number === undefined) {
			number = counters.get(numbering) ?? 0;
			counters.set(numbering, number + 1);
			counters.set(key, number);
		}
		return number;
	}

	/** The placeholder of an input: made once, and made again with the next number for as long as it is already taken. */
	function once(kind: string, input: string, make: (number: number, again: boolean) => string): string {
		let known = kinds.get(kind);
		if (!known) kinds.set(kind, (known = { byInput: new Map(), taken: new Set() }));
		let made = known.byInput.get(input);
		if (made === undefined) {
			let number = known.byInput.size + 1;
			made = make(number, false);
			while (known.taken.has(made)) made = make(++number, true);
			known.taken.add(made);
			known.byInput.set(input, made);
		}
		return made;
	}

	function address(text: string): string {
		const [, open, bare, zone, close] = /^(\[?)([^%\]]*)((?:%[^\]]*)?)(\]?)$/.exec(text) ?? ['', '', text, '', ''];
		const ip = parseIp(bare!);
		if (!ip) return masked(text, numberOf) ?? text;
		if (STAYS.has(scopeOf(ip))) return text;
		const made = once('address', formatIp(ip), (number, again) =>
			formatIp((again ? null : placeholder(ip, numberOf)) ?? overflow(ip, number))
		);
		return `${open}${made}${zone ? `%${once('zone', zone, (number) => `zone${number}`)}` : ''}${close}`;
	}

	function host(text: string): string {
		const made = address(text);
		if (made !== text || parseIp(text) || MASKED_IPV6.test(text) || text === '' || text.toLowerCase() === 'localhost')
			return made;
		const name = text.toLowerCase().replace(/\.$/, '');
		if (!name.endsWith('.local')) return once('host', name, (number) => `host-${number}.example`);
		const isUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.local$/.test(name);
		return once('mdns', name, (number) =>
			isUuid ? `00000000-0000-4000-8000-${hex(number).padStart(12, '0')}.local` : `host-${number}.local`
		);
	}

	return {
		address,
		host,
		endpoint(text) {
			const [, name, port] = /^(\[[^\]]*\]|[^:]*)(:\d+)$/.exec(text) ?? ['', text, ''];
			return `${host(name!)}${port}`;
		},
		ufrag: (text) => once('ufrag', text, (number) => shaped(text, 'u', number)),
		password: (text) => once('password', text, (number) => shaped(text, 'p', number)),
		fingerprint: (text) => once('fingerprint', text, (number) => digest(text, number)),
		username(text) {
			const [, time, user] = /^(\d{9,11}:)?(.*)$/s.exec(text)!;
			return user === '' ? text : `${time ?? ''}${once('username', user!, (number) => `user-${number}`)}`;
		},
		named: (label, text) => once(label, text, (number) => `${label}-${number}`),
		counts: () => Object.fromEntries([...kinds].map(([kind, { byInput }]) => [kind, byInput.size]))
	};
}

/** The same for every network, so they reveal nothing about this one. */
const STAYS: ReadonlySet<Scope> = new Set(['unspecified', 'loopback', 'broadcast', 'multicast']);

type NumberOf = (numbering: string, input: string) => number;

function hex(number: number): string {
	return number.toString(16);
}

/** Null where the network has no place left. */
function placeholder(ip: IpAddress, numberOf: NumberOf): IpAddress | null {
	const inner = unmapIpv4(ip);
	if (inner !== ip) return withLastFour(ip, placeholder(inner, numberOf));
	return ip.family === 'ipv4' ? placeholderIpv4(ip, numberOf) : placeholderIpv6(ip, numberOf);
}

/** Never routed either (RFC 1112 §4): for hosts that a network or its /27 has no place left for. */
function overflow(ip: IpAddress, number: number): IpAddress {
	const last = [number >> 16, (number >> 8) & 255, number & 255];
	if (ip.family === 'ipv4') return { family: 'ipv4', bytes: Uint8Array.from([241, ...last]) };
	return { family: 'ipv6', bytes: Uint8Array.from([0x20, 1, 0xd, 0xb8, 255, 255, 255, 255, 0, 0, 0, 0, 0, ...last]) };
}

function withLastFour(ip: IpAddress, inner: IpAddress | null): IpAddress | null {
	if (!inner) return null;
	const bytes = ip.bytes.slice();
	bytes.set(inner.bytes, 12);
	return { family: 'ipv6', bytes };
}

/** Documentation networks (RFC 5737) stand for the first three /24s with a public address. */
const DOCUMENTATION = [
	[203, 0, 113],
	[198, 51, 100],
	[192, 0, 2]
] as const;

/** Where the /24s of each scope go: the network, 16 bits at most, is written into the bytes from `base` on. */
const BASES_V4: Partial<Record<Scope, readonly [number, number]>> = {
	private: [10, 0],
	'carrier-grade': [100, 64],
	'link-local': [169, 254],
	reserved: [240, 0]
};

function placeholderIpv4(ip: IpAddress, numberOf: NumberOf): IpAddress | null {
	const network = networkIpv4(scopeOf(ip), ip.bytes.subarray(0, 3).join('.'), numberOf);
	// The numberings are the placeholder network's, since several public /24s may share one.
	const block = numberOf(`/27 of ${network.join('.')}`, `${ip.bytes.subarray(0, 3).join('.')} ${ip.bytes[3]! >> 5}`);
	const host = block < 8 ? numberOf(`host ${network.join('.')} ${block}`, formatIp(ip)) + 1 : 31;
	const last = host < 31 ? 32 * block + host : spare(numberOf(`spare ${network.join('.')}`, formatIp(ip)));
	return last === null ? null : { family: 'ipv4', bytes: Uint8Array.from([...network, last]) };
}

/** Where more public /24s share a network than it has /27s: places from the ends of those, which fill up from their beginnings. */
function spare(number: number): number | null {
	return number < 240 ? 32 * (number % 8) + 30 - (number >> 3) : null;
}

function networkIpv4(scope: Scope, prefix: string, numberOf: NumberOf): number[] {
	const base = BASES_V4[scope];
	if (!base) return [...DOCUMENTATION[Math.min(numberOf('public /24', prefix), DOCUMENTATION.length - 1)]!];
	const number = numberOf(`${scope} /24`, prefix);
	// 169.254/16 has 256 networks, the carriers' block 16384, 10/8 65536: as many as the scope has itself, but for 192.168 and 172.16.
	const wide = scope === 'link-local' ? 0 : number >> 8;
	return [base[0], base[1] + wide, number & 255];
}

const BASES_V6: Partial<Record<Scope, readonly [number, number]>> = {
	private: [0xfd00, 0],
	'link-local': [0xfe80, 0],
	reserved: [0xfec0, 0],
	nat64: [0x64, 0xff9b]
};

function placeholderIpv6(ip: IpAddress, numberOf: NumberOf): IpAddress | null {
	const scope = scopeOf(ip);
	// 64:ff9b::/96 ends with an IPv4 address (RFC 6052 §2.1): that one is what must go.
	if (scope === 'nat64' && ip.bytes.subarray(4, 12).every((byte) => byte === 0))
		return withLastFour(ip, placeholder({ family: 'ipv4', bytes: ip.bytes.slice(12) }, numberOf));
	const words = Array.from({ length: 8 }, (_, i) => (ip.bytes[2 * i]! << 8) | ip.bytes[2 * i + 1]!);
	const site = siteNumber(scope, words, numberOf);
	const place = `${scope} ${site}`;
	const subnet = scope === 'link-local' ? 0 : numberOf(`subnet ${place}`, hex(words[3]!));
	const host = numberOf(`host ${place} ${subnet}`, words.slice(4).map(hex).join(':')) + 1;
	const base = BASES_V6[scope] ?? [0x2001, 0xdb8];
	const made = [base[0], base[1], scope === 'nat64' ? 1 : site, subnet, 0, 0, host >> 16, host & 0xffff];
	return { family: 'ipv6', bytes: Uint8Array.from(made.flatMap((word) => [(word >> 8) & 255, word & 255])) };
}

/** Sites are /48s; link-local addresses have none. */
function siteNumber(scope: Scope, words: readonly number[], numberOf: NumberOf): number {
	return scope === 'link-local' ? 0 : numberOf(`${BASES_V6[scope] ? scope : 'global'} /48`, words.slice(0, 3).map(hex).join(':'));
}

const MASKED_IPV6 = /^(\[?)([0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4})(:x:x:x:x:x\]?)$/i;

/** Chromium masks addresses in candidate errors, `192.168.1.x` and `2001:db8:0:x:x:x:x:x`: what it left is replaced, the mask stays. */
function masked(text: string, numberOf: NumberOf): string | null {
	const v4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.x$/.exec(text);
	if (v4) {
		const ip = parseIp(`${v4[1]}.1`);
		return ip && `${STAYS.has(scopeOf(ip)) ? v4[1] : networkIpv4(scopeOf(ip), v4[1]!, numberOf).join('.')}.x`;
	}
	const v6 = MASKED_IPV6.exec(text);
	const ip = v6 && parseIp(`${v6[2]}::1`);
	if (!v6 || !ip || STAYS.has(scopeOf(ip))) return null;
	const scope = scopeOf(ip);
	const words = v6[2]!.split(':').map((word) => parseInt(word, 16));
	const base = BASES_V6[scope] ?? [0x2001, 0xdb8];
	return `${v6[1]}${hex(base[0])}:${hex(base[1])}:${hex(siteNumber(scope, words, numberOf))}${v6[3]}`;
}

/** Letters and digits give way to a letter, zeros and the number; other characters stay, since a rule may be about them. */
function shaped(text: string, letter: string, number: number): string {
	const places = (text.match(/[A-Za-z0-9+/]/g) ?? []).length;
	const digits = number.toString(36);
	const filler = `${letter}${'0'.repeat(Math.max(0, places - 1 - digits.length))}${digits}`;
	// Too short for a letter and the number: the number alone, and what does not fit goes to the end.
	const letters = filler.length > places ? digits : filler;
	let used = 0;
	const made = text.replace(/[A-Za-z0-9+/]/g, () => letters[used++] ?? '0');
	return made + letters.slice(used);
}

function digest(text: string, number: number): string {
	const lower = /[a-f]/.test(text);
	const places = (text.match(/[0-9A-Fa-f]/g) ?? []).length;
	// One letter first, so that the case of the digits stays visible.
	const digits = `A${hex(number)
		.toUpperCase()
		.padStart(Math.max(0, places - 1), '0')}`;
	let used = 0;
	const made = text.replace(/[0-9A-Fa-f]/g, () => digits[used++]!) + digits.slice(used);
	return lower ? made.toLowerCase() : made;
}
