/** What other programs print about a network, and what has to be said of it. */
import { importDump } from '../../src/lib/core/dump/import';
import type { NetworkCheckValues } from '../../src/lib/core/verdict/check/network-check-values';
import type { Recording } from '../../src/lib/core/recording/recording';

type Id = keyof NetworkCheckValues;

export interface NetworkCheckCase {
	name: string;
	text: string;
	/** The verdict in a few words. */
	title: string;
	/** In their order. */
	rules: Id[];
	/** What their sentences say, together. */
	says: RegExp[];
	saysNot?: RegExp[];
}

/** Every field that `tailscale netcheck --format=json` has. */
function netcheck(changes: object): string {
	return JSON.stringify({
		UDP: true,
		IPv6: false,
		IPv4: true,
		IPv6CanSend: false,
		IPv4CanSend: true,
		OSHasIPv6: false,
		ICMPv4: false,
		MappingVariesByDestIP: false,
		HairPinning: null,
		UPnP: false,
		PMP: false,
		PCP: false,
		PreferredDERP: 4,
		RegionLatency: { '4': 21_400_000, '9': 96_000_000 },
		RegionV4Latency: { '4': 21_400_000, '9': 96_000_000 },
		RegionV6Latency: {},
		GlobalV4: '198.51.100.7:41641',
		GlobalV6: '',
		CaptivePortal: null,
		...changes
	});
}

const NO_UDP = { UDP: false, IPv4: false, MappingVariesByDestIP: null, GlobalV4: '' };
const table = (...rows: string[]) =>
	['Time\tType\tFoundation\tProtocol\tAddress\tPort\tPriority', ...rows, '0.200\tDone', ''].join('\n');
const row = (type: string, address: string, port: number, url = '') =>
	`0.1\t${type}\t1\tudp\t${address}\t${port}\t100 | 32512 | 255\t${url}`;

export const NETWORK_CHECKS: readonly NetworkCheckCase[] = [
	{
		name: 'netcheck: one mapping for all destinations',
		text: netcheck({}),
		title: 'UDP works',
		rules: [
			'network-check-needs-turn',
			'network-check-udp-works',
			'network-check-nat',
			'network-check-port-mapping',
			'network-check-nearest'
		],
		says: [
			/depending on the filtering, which is not known/,
			/answered tailscale netcheck over IPv4, which saw the device as 198\.51\.100\.7/,
			/Mapping: endpoint-independent.*The filtering was not tested/,
			/none answered by UPnP, NAT-PMP and PCP/,
			/\(4\) answered in 21 ms/
		],
		saysNot: [/Hairpin/, /IPv6/, /captive/]
	},
	{
		name: 'netcheck: a mapping for each destination, IPv6 that leads nowhere, a router that maps ports',
		text: netcheck({ MappingVariesByDestIP: true, OSHasIPv6: true, HairPinning: false, PMP: true }),
		title: 'Calls to some peers need TURN',
		rules: [
			'network-check-needs-turn',
			'network-check-udp-works',
			'network-check-nat',
			'network-check-ipv6-silent',
			'network-check-hairpin',
			'network-check-port-mapping',
			'network-check-nearest'
		],
		says: [
			/different mappings for different destinations \(endpoint-dependent\)/,
			/The system has IPv6, and no server answered tailscale netcheck over it/,
			/Hairpin: no/,
			/maps ports when asked by NAT-PMP; no router answered by UPnP and PCP/
		]
	},
	{
		name: 'netcheck: no UDP, while HTTPS and pings get out, behind a login page',
		text: netcheck({ ...NO_UDP, ICMPv4: true, CaptivePortal: true }),
		title: 'Nothing came back over UDP',
		rules: [
			'network-check-captive-portal',
			'network-check-udp-silent',
			'network-check-needs-turn',
			'network-check-port-mapping',
			'network-check-nearest'
		],
		says: [/captive portal/, /while a ping was answered\. Either UDP/, /need a TURN server over TCP or TLS/]
	},
	{
		name: 'netcheck: nothing answers at all',
		text: netcheck({ ...NO_UDP, PreferredDERP: 0, RegionLatency: {}, UPnP: null, PMP: null, PCP: null }),
		title: 'Nothing came back over UDP',
		rules: ['network-check-udp-silent'],
		says: [/UDP may be blocked, or the device offline/],
		saysNot: [/TURN/]
	},
	{
		name: 'a tester of NATs: both axes',
		text: JSON.stringify({
			isNatted: true,
			mappingType: 'Endpoint Independent',
			filteringType: 'Address and Port Dependent',
			hairpinning: true,
			publicIp: '198.51.100.7'
		}),
		title: 'Calls to some peers need TURN',
		rules: ['network-check-needs-turn', 'network-check-udp-works', 'network-check-nat', 'network-check-hairpin'],
		says: [/Mapping: endpoint-independent.*Filtering: address-and-port-dependent/, /Hairpin: yes/],
		saysNot: [/saw the device as/]
	},
	{
		name: 'a tester of NATs: a type of RFC 3489',
		text: JSON.stringify({ nat_type: 'full-cone', external_ip: '198.51.100.7' }),
		title: 'Direct calls should work',
		rules: ['network-check-needs-turn', 'network-check-udp-works', 'network-check-nat'],
		says: [/any address may send to it/, /Filtering: endpoint-independent/]
	},
	{
		name: 'a tester of NATs that tells no behaviour',
		text: JSON.stringify({ is_natted: true, public_ip: '198.51.100.7' }),
		title: 'Cannot tell',
		rules: [],
		says: []
	},
	{
		name: 'Trickle ICE: one socket seen as two',
		text: table(
			row('host', '3f2a.local', 51_000),
			row('srflx', '198.51.100.9', 50_000, 'stun:203.0.113.5:3478'),
			row('srflx', '198.51.100.9', 50_001, 'stun:203.0.113.6:3478')
		),
		title: 'Calls to some peers need TURN',
		rules: ['network-check-needs-turn', 'network-check-udp-works', 'network-check-nat'],
		says: [/answered the Trickle ICE page, which saw the device as 198\.51\.100\.9/, /Mapping: endpoint-dependent/]
	},
	{
		name: 'Trickle ICE: as many sockets as mapped ports, so that nothing is known of the mapping',
		text: table(
			row('host', '3f2a.local', 51_000),
			row('host', '9c1d.local', 52_000),
			row('srflx', '198.51.100.9', 50_000, 'stun:203.0.113.5:3478'),
			row('srflx', '198.51.100.9', 50_001, 'stun:203.0.113.6:3478')
		),
		title: 'UDP works',
		rules: ['network-check-udp-works'],
		says: [/UDP works/],
		saysNot: [/apping/, /TURN/]
	},
	{
		name: 'Trickle ICE: a refused user, which is said first',
		text: `${table(row('host', '3f2a.local', 51_000), row('srflx', '198.51.100.9', 50_000, 'stun:203.0.113.5:3478'))}The server turn:203.0.113.5:3478?transport=udp returned an error with code=401:\nUnauthorized\n`,
		title: 'UDP works, 1 problem',
		rules: ['network-check-udp-works'],
		says: [/UDP works/]
	},
	{
		name: 'Trickle ICE: an address of a private network, as a server behind the same router sees it',
		text: table(row('host', '192.168.1.2', 51_000), row('srflx', '10.0.0.7', 50_000, 'stun:10.0.0.1:3478')),
		title: 'Cannot tell, 1 warning',
		rules: [],
		says: []
	}
];

export function networkCheckRecording(text: string): Recording {
	const recording = importDump(text);
	if (!recording.ok) throw new Error(recording.error.message);
	return recording.value;
}
