/**
 * Addresses of the kernel lab: documentation ranges only (RFC 5737, RFC 3849), and nothing leads out of the machine.
 *
 *     prov 203.0.113.10 .11    stun2 203.0.113.20    web 203.0.113.80    gate 203.0.113.30 (pod1 10.244.0.2, pod2 10.244.0.3)
 *                 \________________ core ________________/__________________/
 *                      |                          |
 *               rA 198.51.100.1            rB 198.51.100.2
 *                      |                          |
 *               A 192.168.1.2              B 192.168.2.2
 */

export interface HostAddresses {
	ipv4: string[];
	ipv6: string[];
}

/** Two addresses: RFC 5780 and the prober need both. */
export const PROV = { ipv4: ['203.0.113.10', '203.0.113.11'], ipv6: ['2001:db8:10::10', '2001:db8:10::11'] };
export const STUN2 = { ipv4: ['203.0.113.20'], ipv6: ['2001:db8:20::20'] };
export const WEB = { ipv4: ['203.0.113.80'], ipv6: ['2001:db8:80::80'] };
export const SERVERS = { prov: PROV, stun2: STUN2, web: WEB } satisfies Record<string, HostAddresses>;

/** A gateway with a public address, and servers behind it (server-side.ts makes it do something). */
export const GATE = '203.0.113.30';
export const POD_NETWORK = { first: 0, length: 24, base: '10.244.0.' };
export const PODS = ['pod1', 'pod2'] as const;

/** Names that every host resolves, by its own hosts file. Chromium's ICE asks with the trailing dot. */
export const NAMES: Record<string, HostAddresses> = {
	'prov.lab': { ipv4: [PROV.ipv4[0]!], ipv6: [PROV.ipv6[0]!] },
	'prov-b.lab': { ipv4: [PROV.ipv4[1]!], ipv6: [PROV.ipv6[1]!] },
	'stun2.lab': STUN2,
	'web.lab': WEB
};

/** The core's own address on every link, so that no link needs a network of its own. */
export const CORE_IPV4 = '203.0.113.1';
export const CORE_IPV6 = 'fe80::1';

/** Of NAT64, of the network's own: tayga refuses documentation addresses behind the well-known prefix (RFC 6052 §3.1). */
export const NAT64_PREFIX = '2001:db8:64::';

/** The address that stands for an IPv4 one behind NAT64 (RFC 6052 §2.2). */
export function behindNat64(ipv4: string): string {
	const [a, b, c, d] = ipv4.split('.').map(Number) as [number, number, number, number];
	return `${NAT64_PREFIX}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** What a device with a translator of its own gives itself (RFC 7335). */
export const CLAT_IPV4 = '192.0.0.4';

/** So many clients have networks that do not overlap, and letters for names. */
export const MOST_CLIENTS = 15;

/** Networks of the client with this number (1 is A), and of the router that serves it. */
export function clientNetwork(number: number) {
	return {
		outside: `198.51.100.${number}`,
		outsideIpv6: `2001:db8:f::${number}`,
		/** Four outside addresses for NATs that pool. */
		pool: {
			network: `198.51.100.${192 + 4 * number}/30`,
			first: `198.51.100.${192 + 4 * number}`,
			last: `198.51.100.${195 + 4 * number}`
		},
		/** A public network behind a router without NAT. */
		public: { first: 16 * number, length: 28, base: '192.0.2.' },
		home: { first: 0, length: 24, base: `192.168.${number}.` },
		/** Shared address space between a home router and its carrier (RFC 6598). */
		carrier: { first: 0, length: 24, base: `100.64.${number}.` },
		ipv6: `2001:db8:a${number.toString(16)}::`
	};
}
