/** Names that a name server alone tells: dnsmasq in a lab host, on the loopback address that every host asks. */
import { findProgram, PROGRAMS } from '../../support/programs';
import { patience } from '../../support/patience';
import type { Lab } from './lab';
import { NAT64_PREFIX, PROV, STUN2, type HostAddresses } from './topology';

/** Each kind of name that a list of servers can hold. `neither` exists nowhere. */
export type NameKind = 'ipv4' | 'ipv6' | 'both' | 'neither';
export const NAME_KINDS: readonly NameKind[] = ['ipv4', 'ipv6', 'both', 'neither'];

const namesUnder = (domain: string): Record<NameKind, string> => ({
	ipv4: `ipv4.${domain}`,
	ipv6: `ipv6.${domain}`,
	both: `both.${domain}`,
	neither: `neither.${domain}`
});

/** All of them for the same machine. */
export const SERVER_NAMES = namesUnder('names.lab');
/** For another one, of another operator. */
export const OTHER_NAMES = namesUnder('elsewhere.lab');

function records(names: Record<NameKind, string>, { ipv4, ipv6 }: HostAddresses): string[] {
	const all: [NameKind, string[]][] = [
		['ipv4', [ipv4[0]!]],
		['ipv6', [ipv6[0]!]],
		['both', [ipv4[0]!, ipv6[0]!]]
	];
	return all.map(([kind, addresses]) => `--host-record=${[names[kind], ...addresses].join(',')}`);
}

/** Makes an IPv6 address of the NAT64 for a name that has none (DNS64, RFC 6147), asking the name server on port 5353. */
const DNS64 = `server:
	interface: 127.0.0.1
	do-daemonize: no
	username: ""
	chroot: ""
	pidfile: ""
	use-syslog: no
	verbosity: 1
	module-config: "dns64 iterator"
	dns64-prefix: ${NAT64_PREFIX}/96
	do-not-query-localhost: no
forward-zone:
	name: "."
	forward-addr: 127.0.0.1@5353
`;

/**
 * Answers for both lists of names in this host until the lab closes: an address family that a name lacks is NODATA, a name that does
 * not exist NXDOMAIN (RFC 2308 §2). Rejects where dnsmasq is not installed, or unbound for `dns64`.
 */
export async function serveNames(lab: Lab, host: string, { dns64 = false } = {}): Promise<void> {
	const dnsmasq = findProgram(...PROGRAMS.dnsmasq);
	if (!dnsmasq) throw new Error('dnsmasq is not installed (Debian package “dnsmasq-base”)');
	const server = lab.spawn(host, [
		dnsmasq,
		'--no-daemon',
		'--user=root',
		'--conf-file=/dev/null',
		'--pid-file',
		'--no-resolv',
		'--no-hosts',
		'--listen-address=127.0.0.1',
		'--bind-interfaces',
		`--port=${dns64 ? 5353 : 53}`,
		'--local=/lab/',
		...records(SERVER_NAMES, PROV),
		...records(OTHER_NAMES, STUN2)
	]);
	await server.printed(/started, version/, patience(10_000));
	if (!dns64) return;
	const unbound = findProgram(...PROGRAMS.unbound);
	if (!unbound) throw new Error('unbound is not installed (Debian package “unbound”)');
	const conf = `/run/lab/unbound-${host}.conf`;
	const translating = lab.spawn(host, ['sh', '-c', `cat > ${conf} && exec ${unbound} -d -c ${conf}`]);
	translating.child.stdin!.end(DNS64);
	await translating.printed(/start of service/, patience(10_000));
}
