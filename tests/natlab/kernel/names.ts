/** Names that a name server alone tells: dnsmasq in a lab host, on the loopback address that every host asks. */
import { findProgram, PROGRAMS } from '../../support/programs';
import { patience } from '../../support/patience';
import type { Lab, LabProcess } from './lab';
import { PROV, type HostAddresses } from './topology';

/** Each kind of name that a list of servers can hold, all of them for the same machine. `neither` exists nowhere. */
export const SERVER_NAMES = {
	ipv4: 'ipv4.names.lab',
	ipv6: 'ipv6.names.lab',
	both: 'both.names.lab',
	neither: 'neither.names.lab'
} as const;

const ADDRESSES: Record<string, HostAddresses> = {
	[SERVER_NAMES.ipv4]: { ipv4: [PROV.ipv4[0]!], ipv6: [] },
	[SERVER_NAMES.ipv6]: { ipv4: [], ipv6: [PROV.ipv6[0]!] },
	[SERVER_NAMES.both]: { ipv4: [PROV.ipv4[0]!], ipv6: [PROV.ipv6[0]!] }
};

/**
 * Answers for `SERVER_NAMES` in this host until the lab closes: an address family that a name lacks is NODATA, a name that does not
 * exist NXDOMAIN (RFC 2308 §2). Rejects where dnsmasq is not installed.
 */
export async function serveNames(lab: Lab, host: string): Promise<LabProcess> {
	const dnsmasq = findProgram(...PROGRAMS.dnsmasq);
	if (!dnsmasq) throw new Error('dnsmasq is not installed (Debian package “dnsmasq-base”)');
	const records = Object.entries(ADDRESSES).map(
		([name, { ipv4, ipv6 }]) => `--host-record=${[name, ...ipv4, ...ipv6].join(',')}`
	);
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
		'--local=/lab/',
		...records
	]);
	await server.printed(/started, version/, patience(10_000));
	return server;
}
