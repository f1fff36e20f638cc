/** What to do about a server, in English. */
import type { ErrorStepId } from '../../ice/error-values';
import type { ServerStepId } from '../../verdict/check/server-values';
import type { MessagesOf } from '../messages';
import { USE_LOOPBACK } from './vocabulary';

export const SERVER_STEPS: MessagesOf<ErrorStepId | ServerStepId> = {
	// credentials
	'enter-credential': () => 'Enter user name and credential, or the shared secret from which Icelens can derive them.',
	'fetch-new-credential': () =>
		'Fetch a new credential from the service that hands them out. If it is new, compare the clocks of that service and of the TURN server.',
	'compare-credential': () =>
		'Compare user name and credential with the server, spaces included. With a shared secret: it must be the same on both sides, and the clocks right; with one, coturn ignores static users (use-auth-secret, user).',
	'let-stun-answer-without-login': () =>
		'Let the server answer STUN without authentication (coturn: leave out secure-stun), or use another STUN server.',
	'try-again-or-look-for-shared-address': () =>
		'Try again; if it persists, the server sees several clients under one address and port, or the credential changed in between.',

	// settings of the server
	'look-for-load-balancer': () =>
		'Check for a load balancer that spreads one client over several servers, and for a stale-nonce time of a few seconds at most.',
	'wait-or-look-for-shared-address': () =>
		'Try again in a few minutes. If it persists: behind a proxy or NAT in front of it, the server sees all clients under one address and port.',
	'allow-udp-relaying': () => 'Allow UDP relaying on the server.',
	'add-relay-address-of-family': () => 'Give the server a relay address of this family, or remove the entry.',
	'add-relay-addresses-of-both-families': () =>
		'Nothing to do when another pair connects; otherwise give the server relay addresses of both families.',
	'raise-quota': () =>
		'Raise the quota (coturn: user-quota, total-quota), close other calls of this user, or wait: an allocation lives up to ten minutes after a page was closed.',
	'widen-relay-ports': () =>
		'Widen the relay port range (coturn: min-port, max-port), or check whether the relay address in the configuration exists on the machine.',
	'look-at-peer-rules': () =>
		'Check which users and client addresses the server admits (coturn: the realm, and rules of a firewall or proxy before it).',
	'correct-alternate-server': () => 'Correct the alternate server in the configuration, or enter the other server here directly.',
	'move-alternate-server-to-allowed-port': () => 'Let the other server listen on 443, 80, 53 or a port from 1024 up.',
	'update-server': () => 'Update the server; if it is current, see whether the port belongs to another kind of server.',
	'look-for-missing-realm': () =>
		'Check the server log for the reason; often it expects a realm that is not set, or a device on the path changes packets.',
	'look-at-log-or-check-in-chromium': () => 'Check the server log, or run the check in Chromium, which shows the code.',
	'look-at-log-and-try-again': () => 'Check the server log, and try again later.',
	'look-at-log-or-use-other-stun-server': () =>
		'The server is reachable and refuses STUN requests: check its log, or use another STUN server.',
	'look-at-log-for-code': () => 'Check the server log for this code.',
	'switch-turn-on': () =>
		'Switch TURN on and give it a realm (coturn: leave out stun-only, set realm), or enter it as a stun: server.',

	// the way to the server
	'enter-address-of-this-machine': () => USE_LOOPBACK,
	'check-in-browser-that-tells': () => 'Check in a browser that reports ICE errors, such as a current Chromium or Firefox.',
	'add-aaaa-record': () => 'Nothing to do, unless the server should be reachable over IPv6: then give its name an AAAA record.',
	'check-spelling-or-try-address': () =>
		'Check the spelling. If it is right, the name has no address of a family that this device has, or this network or its DNS server does not resolve it: try the IP address, or another network.',
	'look-for-vpn-or-proxy': () => 'Check for a VPN or a proxy that carries part of the traffic; switch it off and check again.',
	'look-for-webrtc-blocker': () => 'Check for security software, an extension or a policy that blocks WebRTC in the browser.',
	'look-for-proxy-that-accepts-all': () =>
		'Something else listens on this port, or a proxy on the path accepts every connection. Check that the TURN server owns the port.',
	'look-for-tcp-switched-off': () =>
		'Something else listens on this port, or the server has TCP switched off for TURN (coturn: no-tcp). Check which program owns the port.',
	'check-tcp-listener': () => 'Check that the server listens on this port for TCP, and that no firewall answers in its place.',
	'open-with-https': () =>
		'Open https:// with the same host and port in this browser: a warning means the certificate, “refused” the port. Or run: openssl s_client -connect HOST:PORT',
	'check-tls-on-port': () =>
		'The port does not speak TLS, or a firewall drops the handshake. Check that the server has its certificate on this port.',
	'check-listener-and-firewall': () =>
		'Check that the server listens on this port, and that no firewall silently drops the traffic; most firewalls let port 443 through.',
	'check-turn-on-port-and-firewall': () =>
		'Check that the TURN server owns the port, and that no firewall silently drops the traffic; most firewalls let port 443 through.',
	'check-udp-firewall': () =>
		'Check that the server runs and that its firewall lets UDP in on this port. If it answers from another network, UDP to this port is blocked between this network and the server: offer TURN over TCP and over TLS on port 443 too.',
	'check-spelling-and-family': () =>
		'Check the spelling of the name; then whether this network reaches that address family at all.',
	'check-address-and-network': () => 'Check the address, then try another network.',

	// the entry in the list
	'wait-for-relay-test': () => 'Nothing to do: the relay test sends data through it.',
	'write-stun-scheme': () => 'Use stun: instead, since Firefox refuses stuns: altogether.',
	'nothing-to-do': () => 'Nothing to do.',
	'move-turn-to-allowed-port': () => 'Let the server listen on 443, 80, 53 or a port from 1024 up, and change the entry.',
	'write-name-of-certificate': () => 'Enter the host name that the certificate was issued for.',
	'check-where-family-is': () =>
		'Check from a network that has that address family, or enter the server’s address in a family that this network has.',
	'check-with-addresses-hidden': () =>
		'Check again without permission for camera and microphone: the browser then reports what the server saw.',
	'look-for-webrtc-restriction': () =>
		'Check whether a policy or extension restricts WebRTC, whether the page may reach local addresses, and whether device and server share IPv4 or IPv6.',
	'compare-with-other-stun-server': () => 'Compare with another STUN server.',
	'check-again-for-longer': () => 'Check again with a longer deadline.',

	// what a row of the servers table shows
	'correct-entry': () => 'Correct the entry: the list of servers says how.',
	'allow-two-allocations': () =>
		'Allow each user two allocations at least (coturn: user-quota, total-quota), or give the server more relay ports (min-port, max-port).',
	'tell-server-its-public-address': () =>
		'Configure the public address of the server: external-ip=PUBLIC or external-ip=PUBLIC/PRIVATE in coturn.',
	'open-relay-ports': () =>
		"Open the server's relay port range (49152 to 65535 in coturn) for UDP, then check again; or check from another network.",
	'open-relay-ports-and-allow-peers': () =>
		"Open the server's relay port range for UDP, see that it may send to the peers (denied-peer-ip in coturn) and is configured with its public address (external-ip)."
};
