/** The translators of NAT64 and 464XLAT (RFC 6146, RFC 6877): tayga, which maps addresses one to one. */
import type { Blueprint, Lan } from './blueprint';
import { CLAT_IPV4, NAT64_PREFIX } from './topology';

/** The IPv4 addresses of its clients behind NAT64 end as their IPv6 addresses do; this one is the CLAT's. */
const CLAT_END = { ipv6: 'c1a7', ipv4: '200' };

/** Each client has an IPv4 address of its own behind the translator: sharing one is the work of the NAT after it. */
export function addNat64(plan: Blueprint, host: string, ipv6: string, ipv4: string): void {
	const ends = Array.from({ length: 4 }, (_, i) => 0x11 + i);
	const maps = ends.map((end) => `map ${ipv4}${end} ${ipv6}${end.toString(16)}`);
	plan.translators.push({
		host,
		device: 'nat64',
		conf: [
			`ipv4-addr ${ipv4}1`,
			`ipv6-addr ${ipv6}64`,
			`prefix ${NAT64_PREFIX}/96`,
			...maps,
			`map ${ipv4}${CLAT_END.ipv4} ${ipv6}${CLAT_END.ipv6}`
		]
	});
	for (const line of [
		'tuntap add dev nat64 mode tun',
		'link set nat64 up',
		`route add ${ipv4}0/24 dev nat64`,
		`route add ${NAT64_PREFIX}/96 dev nat64`
	])
		plan.steps.push({ host, line });
}

/** The other translator, in the device: its IPv4 packets leave with an IPv6 address of their own. */
export function addClat(plan: Blueprint, host: string, lan: Lan): string {
	const own = `${lan.ipv6}${CLAT_END.ipv6}`;
	plan.translators.push({
		host,
		device: 'clat',
		conf: [`ipv4-addr 192.0.0.2`, `ipv6-addr ${lan.ipv6}c1a8`, `prefix ${NAT64_PREFIX}/96`, `map ${CLAT_IPV4} ${own}`]
	});
	for (const line of [
		'tuntap add dev clat mode tun',
		'link set clat mtu 1400 up',
		`addr add ${CLAT_IPV4}/32 dev clat`,
		`route add default dev clat src ${CLAT_IPV4}`,
		`route add ${own}/128 dev clat`
	])
		plan.steps.push({ host, line });
	plan.steps.push({ host: lan.router, line: `route add ${own}/128 via ${plan.hosts[host]!.ipv6[0]}` });
	return CLAT_IPV4;
}
