/**
 * The nftables ruleset of one router of the lab.
 *
 * What Linux does by itself: `masquerade` keeps the source port while it is free and reuses a socket's mapping for a new
 * destination (endpoint-independent), and connection tracking lets back in only what answers (address-and-port-dependent).
 * Added here:
 * - looser filtering: each outgoing packet notes `outside port -> inside socket` in a map, and `outside port . peer` in a
 *   set; new packets from outside are redirected by the map, for address-dependent filtering only if the set knows them;
 * - `fully-random` draws anew for every flow: that alone makes the mapping address-and-port-dependent;
 * - address-dependent mapping: every remote address has its own way of turning an inside port into an outside one;
 * - hairpinning: the same redirection for packets from inside, and their source is made outside too.
 */
import type { RouterProfile } from '../profiles';
import { WEB } from './topology';

/** Where the made-up address of the `rewrites` profiles points: in the lab's range, and nobody's. */
export const REWRITTEN_ADDRESS = '203.0.113.222';

export interface RouterAddresses {
	/** Outside IPv4 address; with `pool`, the first and last address of the pool. */
	outside: string;
	pool: [string, string];
}

function learned(profile: RouterProfile, { outside }: RouterAddresses): string {
	const life = `size 65536; flags dynamic,timeout; timeout ${profile.lifetimeS || 120}s;`;
	const loose = profile.filtering !== 'address-and-port-dependent';
	const ifKnown = profile.filtering === 'address-dependent' ? 'udp dport . ip saddr @peers' : '';
	const inside = profile.filtering === 'address-and-port-dependent' ? 'udp dport . udp sport @opened' : '';
	return `
	map owners { type inet_service : ipv4_addr . inet_service; ${life} }
	set peers { type inet_service . ipv4_addr; ${life} }
	set opened { type inet_service . inet_service; ${life} }
	chain note {
		type filter hook postrouting priority 300;
		oifname != "wan" accept
		meta l4proto udp ct direction original update @owners { udp sport : ct original ip saddr . ct original proto-src }
		meta l4proto udp ct direction reply update @owners { udp sport : ct reply ip saddr . ct reply proto-src }
		meta l4proto udp update @peers { udp sport . ip daddr }
	}
	chain arrive {
		type nat hook prerouting priority dstnat;
		${loose ? `iifname "wan" meta l4proto udp ${ifKnown} dnat ip to udp dport map @owners` : ''}
		${profile.hairpin ? `iifname "lan" ip daddr ${outside} meta l4proto udp update @opened { udp sport . udp dport }` : ''}
		${profile.hairpin ? `iifname "lan" ip daddr ${outside} meta l4proto udp ${inside} dnat ip to udp dport map @owners` : ''}
	}`;
}

function sourceRule(profile: RouterProfile, { outside, pool }: RouterAddresses): string {
	const both = 'meta l4proto { tcp, udp }';
	if (profile.mapping === 'address-dependent') {
		const ways = Array.from({ length: REMOTES }, (_, i) => `0.0.0.${i} : goto remote${i}`);
		return `ip daddr & 0.0.0.${REMOTES - 1} vmap { ${ways.join(', ')} }`;
	}
	if (profile.mapping === 'address-and-port-dependent') {
		if (profile.pool) return `${both} snat to ${pool[0]}-${pool[1]} fully-random`;
		if (profile.ports === 'random') return `${both} masquerade fully-random`;
		const next = Array.from({ length: 4000 }, (_, i) => `${i} : ${20000 + i}`);
		return `${both} snat ip to ${outside} : numgen inc mod 4000 map { ${next.join(', ')} }`;
	}
	// Not drawn from a range: Linux gives one outside port to two sockets as long as they write to different places, and what
	// an unsolicited packet to that port could then reach the wrong one.
	return profile.ports === 'remapped' ? `${both} snat ip to ${outside} : th sport ^ 0x0555` : 'masquerade';
}

/** So many remote addresses are told apart, by their last bits. */
const REMOTES = 64;

/**
 * Not a block of ports for each remote address: as it fills up, Linux gives a socket another port of it where the one it has
 * is taken towards the same remote port by somebody else, and one address then sees two. Turned this way, the outside ports
 * of two sockets always differ, and those of one socket towards two remote addresses too.
 */
function remoteChains({ outside }: RouterAddresses): string {
	const chain = (i: number) => `chain remote${i} {
		meta l4proto { tcp, udp } snat ip to ${outside} : th sport ^ ${251 * (i + 1)}
		masquerade
	}`;
	return Array.from({ length: REMOTES }, (_, i) => chain(i)).join('\n\t');
}

/** The source of a hairpinned packet is the external address and port of its socket (RFC 4787 §6 REQ-9). */
function turnedRound(profile: RouterProfile, { outside }: RouterAddresses): string {
	return profile.ports === 'remapped'
		? `meta l4proto { tcp, udp } snat ip to ${outside} : th sport ^ 0x0555`
		: `snat to ${outside}`;
}

function natTable(profile: RouterProfile, addresses: RouterAddresses): string {
	const learns = profile.filtering !== 'address-and-port-dependent' || profile.hairpin;
	return `table ip nat {
	${learns ? learned(profile, addresses) : ''}
	${profile.mapping === 'address-dependent' ? remoteChains(addresses) : ''}
	chain source {
		type nat hook postrouting priority srcnat;
		${profile.hairpin ? `iifname "lan" oifname "lan" ct status dnat ${turnedRound(profile, addresses)}` : ''}
		oifname != "wan" accept
		${sourceRule(profile, addresses)}
		masquerade
	}
}`;
}

/** Rewrites the address in STUN success responses; XOR-MAPPED-ADDRESS and MAPPED-ADDRESS may come in either order. */
function rewriteTable(profile: RouterProfile): string {
	const wrong = REWRITTEN_ADDRESS.split('.').reduce((all, octet) => all * 256 + Number(octet), 0);
	const answer = 'iifname "wan" meta l4proto udp @th,64,16 0x0101 @th,96,32 0x2112a442';
	const lines: string[] = [];
	// The UDP header has 64 bits, the STUN header 160: attributes start at 224. An IPv4 address attribute has 96.
	for (const at of [224, 320]) {
		const rewrite = (header: string, address: number) =>
			`${answer} @th,${at},32 ${header} @th,${at + 64},32 set 0x${(address >>> 0).toString(16)} udp checksum set 0`;
		lines.push(rewrite('0x00010008', wrong));
		if (profile.rewrites === 'all-addresses') lines.push(rewrite('0x00200008', wrong ^ 0x2112a442));
	}
	return `table ip rewrite {
	chain answers {
		type filter hook forward priority mangle;
		${lines.join('\n\t\t')}
	}
}`;
}

function firewallTable(profile: RouterProfile): string {
	const refuseUdp = profile.denial === 'drop' ? 'drop' : 'reject';
	const refuseTcp = profile.denial === 'drop' ? 'drop' : 'reject with tcp reset';
	const refuse = [`iifname "lan" meta l4proto udp ${refuseUdp}`, `iifname "lan" meta l4proto tcp ${refuseTcp}`];
	const egress: Record<RouterProfile['egress'], string[]> = {
		all: [],
		'no-udp': [refuse[0]!],
		'no-tcp': [refuse[1]!],
		'no-udp-3478': [`iifname "lan" udp dport 3478 ${refuseUdp}`],
		'tcp-443': ['iifname "lan" tcp dport 443 accept', ...refuse],
		web: [
			`iifname "lan" ip daddr ${WEB.ipv4[0]} tcp dport { 80, 443 } accept`,
			`iifname "lan" ip6 daddr ${WEB.ipv6[0]} tcp dport { 80, 443 } accept`,
			...refuse
		]
	};
	const open4 = profile.mapping === 'none' && profile.filtering === 'endpoint-independent';
	return `table inet firewall {
	chain forward {
		type filter hook forward priority filter; policy drop;
		ct state established,related accept
		${profile.ipv6 === 'blackhole' ? 'meta nfproto ipv6 drop' : ''}
		${egress[profile.egress].join('\n\t\t')}
		iifname "lan" accept
		${profile.nat64 ? 'iifname "nat64" oifname "wan" accept' : ''}
		ct status dnat accept
		${open4 ? 'meta nfproto ipv4 accept' : ''}
		${profile.ipv6 === 'open' ? 'meta nfproto ipv6 accept' : ''}
	}
	${
		// Dropping matters: a stray packet that reaches the router itself leaves an entry in the connection table, and the
		// client's own packet to that peer is then given another port.
		profile.inputGuard
			? `chain input {
		type filter hook input priority filter; policy drop;
		iifname "lo" accept
		ct state established,related accept
		meta l4proto { icmp, icmpv6 } accept
	}`
			: ''
	}
}`;
}

export function ruleset(profile: RouterProfile, addresses: RouterAddresses): string {
	return [
		(profile.ipv4 || profile.nat64) && profile.mapping !== 'none' ? natTable(profile, addresses) : '',
		profile.rewrites !== 'nothing' ? rewriteTable(profile) : '',
		firewallTable(profile)
	].join('\n');
}
