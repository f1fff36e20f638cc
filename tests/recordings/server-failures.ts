/** Calls that fail for a TURN server, or for want of one. */
import { DATA, type EndSpec, type Kind } from './kind';
import type { Server } from './servers';

/** The end that may use relays alone, with these servers. */
const relayOnly = (...servers: Server[]): EndSpec => ({
	servers,
	config: { iceTransportPolicy: 'relay' },
	code: DATA
});
const needsRelay = (name: string, truth: string, ...servers: Server[]): Kind => ({
	name,
	truth,
	a: relayOnly(...servers),
	seconds: 17
});

export const SERVER_FAILURES: readonly Kind[] = [
	needsRelay('turn-password-udp', 'relay only, and the TURN server refuses the password (401) over UDP', 'wrong-udp'),
	needsRelay('turn-password-tcp', 'relay only, and the TURN server refuses the password (401) over TCP', 'wrong-tcp'),
	needsRelay('turn-password-tls', 'relay only, and the TURN server refuses the password (401) over TLS', 'wrong-tls'),
	needsRelay('turn-user-unknown', 'relay only, and the TURN server knows no such user (401)', 'unknown-user'),
	needsRelay('relay-only-without-server', 'relay only, and no server is configured'),
	needsRelay('relay-only-with-stun', 'relay only, and only a STUN server is configured', 'stun'),
	needsRelay('turn-tcp-closed', 'relay only, and nobody listens on the TCP port of the TURN server', 'closed-tcp'),
	{
		...needsRelay('turn-udp-closed', 'relay only, and nobody listens on the UDP port of the TURN server', 'closed-udp'),
		seconds: 45
	},
	{
		...needsRelay('turn-udp-silent', 'relay only, and what is sent to the TURN server over UDP vanishes', 'silent'),
		seconds: 45
	},
	needsRelay('turn-name-unknown', 'relay only, and the name of the TURN server does not exist', 'no-such-name'),
	needsRelay('turns-certificate-untrusted', 'relay only, and the certificate of the TURN server is not trusted', 'untrusted'),
	{
		...needsRelay('turns-on-plain-port', 'relay only, and a turns: URL names a port that speaks no TLS', 'plain-port'),
		seconds: 40
	},
	needsRelay('turn-credential-expired', 'relay only, and the credential of TURN REST ended an hour ago (401)', 'rest-expired'),
	{
		...needsRelay('turn-quota', 'relay only, and the user has all the allocations that the quota allows (486)', 'quota'),
		holder: ['quota']
	},
	{
		...needsRelay('turn-ports-exhausted', 'relay only, and the TURN server has no relay port left (508)', 'one-port'),
		holder: ['one-port']
	},
	{
		...needsRelay(
			'turn-peer-refused',
			'relay only, and the TURN server forbids the peer (403 to CreatePermission)',
			'peers-denied'
		),
		seconds: 30
	},
	needsRelay('turn-port-25', 'relay only, and Chromium never tries TURN on port 25', 'port-25'),
	{
		...needsRelay('turn-switched-off', 'relay only, and the server does STUN alone', 'stun-only'),
		seconds: 45
	},
	{
		name: 'blocked-and-turn-password',
		truth: 'no direct path, and the TURN server that would have helped refuses the password (401)',
		a: { servers: ['wrong-tcp'], code: DATA },
		fault: 'all',
		seconds: 30
	},
	{
		name: 'turn-refused-at-refresh',
		truth: 'connected by a relay, which the TURN server refuses to refresh: it was started anew with another secret',
		a: relayOnly('short-lived'),
		then: [{ afterS: 4, restart: 'short-lived' }],
		seconds: 45
	},
	{
		name: 'turn-server-stopped',
		truth: 'connected by a relay, whose TURN server is stopped',
		a: relayOnly('stopped'),
		then: [{ afterS: 4, stop: 'stopped' }],
		seconds: 45
	}
];
