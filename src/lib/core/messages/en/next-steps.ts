/** What to do, in English. */
import { list } from '../../base/list';
import { entryOf } from '../../base/record';
import type { ProbeId } from '../../observations/observation';
import type { NextStepValues } from '../../plan/next-steps';
import type { MessagesOf } from '../messages';
import { ALLOW_WEBRTC, serverName, USE_LOOPBACK } from './vocabulary';

export const NEXT_STEPS: MessagesOf<keyof NextStepValues | 'probe-not-done'> = {
	// the browser
	'allow-webrtc': () => ALLOW_WEBRTC,
	'let-firefox-use-the-loopback': () => USE_LOOPBACK,

	// servers of the list
	'enter-missing-logins': () => 'Enter the missing user names and credentials, and check again.',
	'add-server-outside': () => 'Add a STUN or TURN server outside this network, or switch on a public one.',
	'add-server-outside-and-check': () =>
		'Add a STUN or TURN server outside this network, or switch on a public one, and check again.',
	'add-server-of-another-operator': () =>
		'Add a STUN or TURN server of another operator, at the same port: if it answers, the others are probably at fault, not this network.',
	'add-second-stun-server': () =>
		'Add a second STUN server, of another operator, at the same port: if it answers, the first one is probably at fault.',
	'add-ipv4-server': () => 'Add a server by its IPv4 address, as stun:192.0.2.1:3478.',
	'add-ipv6-server': () => 'Add a server by its IPv6 address, as stun:[2001:db8::1]:3478.',
	'add-turn-server': () => 'Add a TURN server, preferably one reachable over UDP, TCP and TLS.',
	'add-turn-server-on-port-443': () => 'Add a TURN server that is reachable over UDP, TCP and TLS on port 443.',
	'add-turn-server-over-tcp': () => 'Add a TURN server that is reachable over TCP or TLS, preferably on port 443.',
	'add-turn-server-as-control': () =>
		'Add a TURN server over TCP or TLS, or open this page from a server outside: it shows whether the network works otherwise.',
	'add-turn-server-to-see': () => 'Add a TURN server to see whether calls that cannot go directly would work.',
	'add-turn-server-that-can-be-tried': () =>
		'The servers table says why a TURN server was not tested; add one that this device can try.',
	'repair-turn-servers': ({ servers }) => `Repair ${list(servers.map(serverName))}: the servers table says what is wrong.`,
	'make-a-turn-server-work': () => 'Make a TURN server work from here; the servers table says what is wrong with each.',
	'finish-relay-test': () => 'Let the relay test run to its end: it sends data through each relay and back.',
	'check-in-another-browser': () =>
		'Check again in another browser, or in a profile without extensions and policies that restrict WebRTC.',

	// mapping
	'add-stun-server-over-udp': () => 'Add a STUN server that can be reached from here over UDP.',
	'add-server-beyond-the-nat': () =>
		'Add a STUN or TURN server outside this network, or switch on a public one: the servers asked are on this side of any NAT.',
	'add-server-at-another-address': () =>
		'Add a STUN or TURN server at another address: two are needed to see whether the mapping depends on them.',
	'add-server-surely-apart': () => 'Add a STUN or TURN server of another operator, or give the servers by IP address.',
	'finish-mapping-step': () => 'Let the mapping step finish: it asks all servers from one socket.',
	'allow-camera-or-microphone': () => 'Allow the camera or microphone for the check: browsers then show their addresses.',
	'check-again-with-other-servers': () => 'Run the check again; if the result is the same, use other servers.',
	'check-again-with-longer-deadline': () => 'Run the check again, with a longer deadline.',

	// filtering
	'add-stun-server-apart-from-turn': () =>
		'Add a STUN server at another address than the TURN server’s, or switch on a public one: with it endpoint-independent and address-dependent filtering can be distinguished.',
	'add-somebody-who-sends-unasked': () =>
		'Add a TURN server outside, or open this page from an Icelens server outside: the test needs a sender that this device has never contacted.',
	'add-turn-server-that-reaches-here': () => 'Add a TURN server whose relay can reach this network.',
	'check-again-without-vpn': () =>
		'Run the check again; if the result is the same, check for a VPN or firewall rules for one of the servers.',
	'check-again': () => 'Run the check again.',

	// calls
	'make-a-call': () => 'Make a call on the Call page: it measures delay, jitter and loss over the path you choose.',
	'make-a-longer-call': () => 'Make a call of half a minute over the path in question.',
	'make-a-call-that-connects': () => 'Make a call over a path that connects.',

	'probe-not-done': ({ probe }) => `Not done yet: ${entryOf(PROBE_TITLES, probe) ?? probe}.`
};

/** What each probe does. */
export const PROBE_TITLES: Readonly<Record<ProbeId, string>> = {
	'server-list': 'read the list of servers',
	'app-reachability': 'ask the app itself over HTTPS',
	'ice-gathering': 'gather candidates with the whole list of servers',
	'server-gathering': 'ask each server in a connection of its own',
	'udp-first-answer': 'wait for a first answer over UDP',
	'nat-mapping': 'ask all servers from one socket',
	'nat-filtering': 'see which unsolicited packets reach this device',
	relay: 'send data through each relay and back',
	'prober-mapping': 'let the app see where the packets of one socket come from',
	hairpin: 'send packets to this device’s public address',
	'loopback-call': 'make a call over this network',
	throughput: 'load the path and measure the delay of small messages',
	'pair-call': 'call another device',
	'peer-check': 'let the other device check its network',
	'imported-stats': 'read a dump of a call made elsewhere',
	'url-reach': 'ask a URL over WebSocket or HTTPS'
};
