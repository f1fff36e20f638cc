/**
 * The one table of expectations: what each access network is built from, and what a correct measurement must call it.
 * Both forms of the lab read it: `kernel/` builds it from namespaces and nftables, `virtual/` from plain objects.
 */

export type MappingKind = 'none' | 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent';
export type FilteringKind = 'endpoint-independent' | 'address-dependent' | 'address-and-port-dependent';

/** One router with a NAT or a firewall (RFC 4787 words). */
export interface RouterProfile {
	mapping: MappingKind;
	filtering: FilteringKind;
	/** How outside ports are chosen: kept when free, from a range of their own, at random, or one after the other. */
	ports: 'preserved' | 'remapped' | 'random' | 'sequential';
	/** Draws the outside address too, from four (RFC 4787 §4.1: "arbitrary" pooling). */
	pool: boolean;
	/** Packets to the outside address of another inside socket come back in, filtered like packets from outside (§6). */
	hairpin: boolean;
	/** What may leave: everything; no UDP; TCP 443 only; TCP 80 and 443 to the web host only; no TCP; no UDP to 3478. */
	egress: 'all' | 'no-udp' | 'tcp-443' | 'web' | 'no-tcp' | 'no-udp-3478';
	/** What happens to a packet that may not leave. */
	denial: 'drop' | 'reject';
	ipv4: boolean;
	ipv6: 'none' | 'open' | 'firewall' | 'blackhole';
	/** Translates IPv6 packets for a prefix into IPv4 ones, which its NAT then treats as any (RFC 6146). */
	nat64: boolean;
	/** UDP mapping lifetime in seconds; 0: the kernel's own (30 one way, 120 both ways). */
	lifetimeS: number;
	/** False: the router itself answers unsolicited packets, and its connection table remembers them. */
	inputGuard: boolean;
	/** STUN answers are rewritten on the way: the old MAPPED-ADDRESS alone, or both attributes. */
	rewrites: 'nothing' | 'mapped-address' | 'all-addresses';
}

/** What a correct measurement says of one address family. `blocked`: no UDP at all. */
export interface Truth {
	mapping: MappingKind | 'blocked';
	filtering: FilteringKind | 'blocked';
	hairpin: 'yes' | 'when-opened' | 'no' | 'not-applicable';
	ports: 'preserved' | 'remapped' | 'random' | 'sequential';
}

export interface Profile {
	about: string;
	/** The home router first, the carrier's last. */
	routers: RouterProfile[];
	/** The device translates its own IPv4 into IPv6 (RFC 6877, the CLAT of 464XLAT). */
	clat?: true;
	/** Without an IPv4 address of the device: what IPv4 hosts see of it through NAT64. */
	ipv4: Truth | null;
	ipv6: Truth | null;
}

const BASE: RouterProfile = {
	mapping: 'endpoint-independent',
	filtering: 'address-and-port-dependent',
	ports: 'preserved',
	pool: false,
	hairpin: false,
	egress: 'all',
	denial: 'drop',
	ipv4: true,
	ipv6: 'none',
	nat64: false,
	lifetimeS: 0,
	inputGuard: true,
	rewrites: 'nothing'
};

/** A router of the given kind; whatever is not said is a port-restricted, port-preserving home NAT. */
export function router(changes: Partial<RouterProfile> = {}): RouterProfile {
	return { ...BASE, ...changes };
}

function single(about: string, changes: Partial<RouterProfile>, hairpin: Truth['hairpin'] = 'no'): Profile {
	const made = router(changes);
	const noUdp = made.egress === 'no-udp' || made.egress === 'tcp-443' || made.egress === 'web';
	const { mapping, filtering, ports } = made;
	return {
		about,
		routers: [made],
		ipv4:
			!made.ipv4 && !made.nat64
				? null
				: noUdp
					? { mapping: 'blocked', filtering: 'blocked', hairpin, ports }
					: { mapping, filtering, ports, hairpin: mapping === 'none' ? 'not-applicable' : hairpin },
		ipv6:
			made.ipv6 === 'none'
				? null
				: {
						mapping: made.ipv6 === 'blackhole' ? 'blocked' : 'none',
						filtering:
							made.ipv6 === 'blackhole'
								? 'blocked'
								: made.ipv6 === 'open'
									? 'endpoint-independent'
									: 'address-and-port-dependent',
						hairpin: 'not-applicable',
						ports: 'preserved'
					}
	};
}

const symmetric = { mapping: 'address-and-port-dependent', ports: 'random' } as const;

export const PROFILES = {
	open: single('a public address, nothing filtered', { mapping: 'none', filtering: 'endpoint-independent' }),
	firewall: single('a public address behind a stateful firewall', { mapping: 'none' }),
	'full-cone': single('one mapping for all, anybody may answer', { filtering: 'endpoint-independent' }),
	'address-restricted': single('one mapping for all, known addresses may answer', { filtering: 'address-dependent' }),
	'port-restricted': single('one mapping for all, known addresses and ports may answer: most home routers', {}),
	symmetric: single('a mapping for each destination, random ports', symmetric),
	'symmetric-sequential': single('a mapping for each destination, the next port each time', {
		...symmetric,
		ports: 'sequential'
	}),
	'address-dependent': single('a mapping for each destination address', { mapping: 'address-dependent', ports: 'random' }),
	'symmetric-pool': single('a mapping for each destination, from four public addresses', { ...symmetric, pool: true }),
	'full-cone-remap': single('as full-cone, never keeps the port', { filtering: 'endpoint-independent', ports: 'remapped' }),
	'port-restricted-remap': single('as port-restricted, never keeps the port', { ports: 'remapped' }),
	'full-cone-hairpin': single('as full-cone, with hairpinning', { filtering: 'endpoint-independent', hairpin: true }, 'yes'),
	'port-restricted-hairpin': single('as port-restricted, with equally filtered hairpinning', { hairpin: true }, 'when-opened'),
	'udp-blocked': single('no UDP at all, TCP open', { egress: 'no-udp' }),
	'udp-rejected': single('no UDP at all, said by ICMP; TCP open', { egress: 'no-udp', denial: 'reject' }),
	'udp-3478-blocked': single('UDP to the STUN port dropped, other ports open', { egress: 'no-udp-3478' }),
	'tcp-443': single('TCP to port 443 and nothing else', { egress: 'tcp-443' }),
	'web-only': single('TCP to one web host and nothing else', { egress: 'web' }),
	'tcp-dropped': single('UDP open, TCP dropped without a word', { egress: 'no-tcp' }),
	'short-lifetime': single('port-restricted, forgets after 20 s of silence', { lifetimeS: 20 }),
	'linux-plain': single('masquerade without an input filter: early packets spoil the mapping', { inputGuard: false }),
	'stun-rewritten': single('port-restricted, and every address in STUN answers is rewritten', { rewrites: 'all-addresses' }),
	'stun-half-rewritten': single('port-restricted, and the old MAPPED-ADDRESS is rewritten', { rewrites: 'mapped-address' }),
	'ipv6-only': single('IPv6 alone, behind a stateful firewall', { ipv4: false, ipv6: 'firewall' }),
	'ipv6-only-open': single('IPv6 alone, nothing filtered', { ipv4: false, ipv6: 'open' }),
	nat64: single('IPv6 alone, with NAT64 and DNS64; the NAT64 is port-restricted', { ipv4: false, ipv6: 'firewall', nat64: true }),
	'464xlat': {
		...single('as nat64, and the device translates its own IPv4 (464XLAT)', { ipv4: false, ipv6: 'firewall', nat64: true }),
		clat: true
	},
	dualstack: single('port-restricted IPv4 and firewalled IPv6', { ipv6: 'firewall' }),
	'dualstack-open': single('port-restricted IPv4 and open IPv6', { ipv6: 'open' }),
	'dualstack-broken': single('port-restricted IPv4 and an IPv6 address that leads nowhere', { ipv6: 'blackhole' }),
	'carrier-grade': {
		about: 'a home NAT behind a carrier that maps and filters endpoint-independently (100.64.0.0/10 between)',
		routers: [router(), router({ filtering: 'endpoint-independent', ports: 'remapped' })],
		ipv4: { mapping: 'endpoint-independent', filtering: 'address-and-port-dependent', hairpin: 'no', ports: 'remapped' },
		ipv6: null
	},
	'carrier-grade-symmetric': {
		about: 'a home NAT behind a carrier with a mapping for each destination',
		routers: [router(), router(symmetric)],
		ipv4: { mapping: 'address-and-port-dependent', filtering: 'address-and-port-dependent', hairpin: 'no', ports: 'random' },
		ipv6: null
	}
} satisfies Record<string, Profile>;

export type ProfileName = keyof typeof PROFILES;
export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];

export function profile(name: ProfileName): Profile {
	return PROFILES[name];
}

/** Whether the device has no IPv4 address and reaches IPv4 hosts by IPv6 addresses that stand for them. */
export function onlyTranslated(name: ProfileName): boolean {
	const { routers, clat } = profile(name);
	return routers[0]!.nat64 && !clat;
}
