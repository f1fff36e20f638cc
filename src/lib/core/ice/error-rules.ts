/**
 * Explanations of ICE server errors and silences, first match wins: what the server said itself, then what the browser
 * found on the way, then what no event at all means. Texts are libwebrtc's (p2p/base/turn_port.cc, stun_port.cc); Firefox
 * sends none. Measured in Chromium 156 and Firefox 153; tests/e2e/browser-facts.test.ts measures again.
 */
import { duration } from '../base/words';
import { after, isLoopbackHost, isUnspecifiedIpv6, placeOf, type ErrorFacts, type ErrorRule } from './error-facts';

/** A refusal takes one round trip, a failed handshake a few: what took longer than this was not refused. */
const QUICK_MS = 5000;
/** Chromium gives a TLS handshake 30 s (measured 30.1 s); refusals are long over by then. */
const CHROMIUM_HANDSHAKE_MS = 25_000;
/** Firefox calls a silent server dead after 11 to 13 s (measured 11.2 s by UDP, 12.9 s by TCP and TLS). */
const FIREFOX_SILENCE_MS = 8000;
/** Silence means something only after this: the times a relay took over a satellite link were 1.3, 1.9 and 3.1 s. */
const PATIENCE_MS = { udp: 1500, tcp: 2000, tls: 3500 } as const;
/** When Chromium sends a request over UDP, ms (p2p/base/stun_request.cc: from 250 ms doubling, at most 8 s). */
const CHROMIUM_SENDS_MS = [0, 250, 750, 1750, 3750, 7750, 15_750, 23_750, 31_750];
/** TurnPort::AllowedTurnPort (p2p/base/turn_port.cc). */
const CHROMIUM_LOW_TURN_PORTS = [53, 80, 443];

const LIBWEBRTC = 'libwebrtc p2p/base/turn_port.cc';

const isTurn = (f: ErrorFacts) => f.scheme === 'turn' || f.scheme === 'turns';
const isLibwebrtc = (f: ErrorFacts) => f.engine === 'chromium' || f.engine === 'safari';
const silent = (f: ErrorFacts) => f.code === null;
const unreachedCode = (f: ErrorFacts) => f.code === 701;
const has = (f: ErrorFacts, type: 'srflx' | 'relay') => f.candidates.includes(type);
const patientEnough = (f: ErrorFacts) => f.elapsedMs >= PATIENCE_MS[f.transport];
const timedOutText = (f: ErrorFacts) => /timed out/.test(f.text);
const lookupText = (f: ErrorFacts) => /host lookup received error/.test(f.text);
/** An event after the time a browser waits for an answer, or one that says so. */
const waitedInVain = (f: ErrorFacts) =>
	unreachedCode(f) && (timedOutText(f) || (f.text === '' && f.elapsedMs >= FIREFOX_SILENCE_MS));
const failedQuickly = (f: ErrorFacts) => unreachedCode(f) && !timedOutText(f) && f.elapsedMs < QUICK_MS;

/** `(“Unauthorized.”)`, or nothing where the browser gives no text. */
const said = (f: ErrorFacts) => (f.text === '' ? '' : ` (“${f.text}”)`);
const answered = (f: ErrorFacts) => `${placeOf(f)} answered ${after(f)} with error ${f.code}${said(f)}`;

function sendsUntil(f: ErrorFacts): string {
	if (!isLibwebrtc(f)) return '';
	return `, ${CHROMIUM_SENDS_MS.filter((ms) => ms < f.elapsedMs).length} requests in all`;
}

function waitedOutText(f: ErrorFacts): string {
	return f.endedBy === 'deadline' && silent(f)
		? `within ${duration(f.elapsedMs)}, when waiting ended`
		: `in ${duration(f.elapsedMs)}`;
}

/** What the server answered: it is there, and speaks STUN. */
const ANSWERS: readonly ErrorRule[] = [
	{
		id: 'credential-not-given',
		cite: LIBWEBRTC,
		title: 'TURN without a user name or credential',
		state: 'misconfigured',
		when: (f) => /Missing TURN server credentials/.test(f.text),
		explain: (f) => `${placeOf(f)} was not asked: the entry has no user name or no credential${said(f)}.`,
		nextStep: 'Enter user name and credential, or the shared secret from which Icelens can make them.'
	},
	{
		id: 'credential-expired',
		cite: 'RFC 8489 §9.2.4; coturn use-auth-secret',
		title: 'Error 401, and the credential has expired',
		state: 'unauthorized',
		when: (f) => f.code === 401 && f.expiredForMs !== null,
		explain: (f) =>
			`${answered(f)}, and the time in the user name passed ${ago(f.expiredForMs!)} ago: the credential has expired.`,
		nextStep:
			'Fetch a new credential from the service that hands them out. If it is new, compare the clocks of that service and of the TURN server.'
	},
	{
		id: 'credential-refused',
		cite: 'RFC 8489 §9.2.4',
		title: 'Error 401: user name or credential refused',
		state: 'unauthorized',
		when: (f) => f.code === 401 && isTurn(f),
		explain: (f) => `${answered(f)}: it is reachable, and refuses this user name or credential.`,
		nextStep:
			'Compare user name and credential with the server, spaces included. With a shared secret: it must be the same on both sides, and the clocks right.'
	},
	{
		id: 'stun-asks-credential',
		cite: 'RFC 8489 §9',
		title: 'A STUN server that asks for a login',
		state: 'unauthorized',
		when: (f) => f.code === 401 || (f.code === 1 && f.scheme.startsWith('stun') && isLibwebrtc(f)),
		explain: (f) => `${placeOf(f)} answered ${after(f)} that it wants a login${said(f)}, and browsers send none for STUN.`,
		nextStep: 'Let the server answer STUN without a login (coturn: leave out secure-stun), or use another STUN server.'
	},
	{
		id: 'stale-nonce',
		cite: 'RFC 8489 §9.2.5; RFC 8656 §7.4',
		title: 'Error 438: the server calls its own fresh nonce stale',
		state: 'misconfigured',
		when: (f) => f.code === 438,
		explain: (f) => `${answered(f)}: it rejects the nonce it had given a moment before, and this browser does not ask again.`,
		nextStep:
			'Look for a load balancer that spreads one client over several servers, and for a stale-nonce time of a few seconds at most.'
	},
	{
		id: 'allocation-mismatch',
		cite: 'RFC 8656 §7.2',
		title: 'Error 437: the server holds another allocation for the same address and port',
		state: 'misconfigured',
		when: (f) => f.code === 437,
		explain: (f) =>
			`${answered(f)}: for the server, this address and port belong to another allocation${/Maximum retries/.test(f.text) ? ', on three sockets in a row' : ''}.`,
		nextStep:
			'Try again in some minutes. If it stays: a proxy or NAT in front of the server shows it all clients from one address and port.'
	},
	{
		id: 'credential-of-another',
		cite: 'RFC 8656 §5',
		title: 'Error 441: not the credential that the allocation was made with',
		state: 'unauthorized',
		when: (f) => f.code === 441,
		explain: (f) => `${answered(f)}: the allocation on this address and port was made with another user name.`,
		nextStep:
			'Try again; if it stays, the server shows several clients under one address and port, or the credential changed in between.'
	},
	{
		id: 'transport-unsupported',
		cite: 'RFC 8656 §7.2',
		title: 'Error 442: the server does not relay UDP',
		state: 'misconfigured',
		when: (f) => f.code === 442,
		explain: (f) => `${answered(f)}: it does not relay over UDP, which browsers need (coturn: no-udp-relay).`,
		nextStep: 'Allow UDP relaying on the server.'
	},
	{
		id: 'family-unsupported',
		cite: 'RFC 8656 §7.2',
		title: 'Error 440: the server has no relay address of this family',
		state: 'misconfigured',
		when: (f) => f.code === 440,
		explain: (f) => `${answered(f)}: it has no relay address of the family asked for.`,
		nextStep: 'Give the server a relay address of this family, or take the entry out.'
	},
	{
		id: 'peer-family-mismatch',
		cite: 'RFC 8656 §10.2',
		title: 'Error 443: relay and peer are of different address families',
		state: 'misconfigured',
		when: (f) => f.code === 443,
		explain: (f) => `${answered(f)}: the relay address and the peer are not of the same family, IPv4 or IPv6.`,
		nextStep: 'Nothing to do when another pair connects; otherwise give the server relay addresses of both families.'
	},
	{
		id: 'quota-reached',
		cite: 'RFC 8656 §7.2',
		title: 'Error 486: this user has as many allocations as allowed',
		state: 'misconfigured',
		when: (f) => f.code === 486,
		explain: (f) => `${answered(f)}: login works, but this user has reached the number of allocations it may hold.`,
		nextStep:
			'Raise the quota (coturn: user-quota, total-quota), close other calls of this user, or wait: an allocation lives up to ten minutes after a page was closed.'
	},
	{
		id: 'relay-capacity-reached',
		cite: 'RFC 8656 §7.2',
		title: 'Error 508: the server has no relay port left',
		state: 'misconfigured',
		when: (f) => f.code === 508,
		explain: (f) => `${answered(f)}: login works, but it has no relay port to give.`,
		nextStep:
			'Widen the relay port range (coturn: min-port, max-port), or look whether the relay address in the configuration exists on the machine.'
	},
	{
		id: 'request-forbidden',
		cite: 'RFC 8656 §7.2',
		title: 'Error 403: login works, the request is not allowed',
		state: 'unauthorized',
		when: (f) => f.code === 403,
		explain: (f) => `${answered(f)}: it knows the user, and does not allow this.`,
		nextStep:
			'Look at the rules of the server for this user and address (coturn: allowed-peer-ip, denied-peer-ip, and the realm).'
	},
	{
		id: 'redirect-failed',
		cite: 'RFC 8489 §10',
		title: 'Error 300: the server sends to another one, which cannot be used',
		state: 'misconfigured',
		when: (f) => f.code === 300,
		explain: (f) => `${answered(f)}: it points to another server without naming one that this browser can use.`,
		nextStep: 'Correct the alternate server in the configuration, or enter the other server here directly.'
	},
	{
		id: 'redirect-to-disallowed-port',
		cite: 'libwebrtc TurnPort::AllowedTurnPort',
		title: 'The server sends to a port that Chromium does not use for TURN',
		state: 'misconfigured',
		when: (f) => /disallowed port/.test(f.text),
		explain: (f) => `${placeOf(f)} points to another server on a port that this browser never uses for TURN${said(f)}.`,
		nextStep: 'Let the other server listen on 443, 80, 53 or a port from 1024 up.'
	},
	{
		id: 'attribute-unknown',
		cite: 'RFC 8489 §6.3.1',
		title: 'Error 420: the server does not know an attribute of the request',
		state: 'misconfigured',
		when: (f) => f.code === 420,
		explain: (f) => `${answered(f)}: it does not know an attribute that this browser sends.`,
		nextStep: isTurnServerStep()
	},
	{
		id: 'request-malformed',
		cite: 'RFC 8489 §14.8',
		title: 'Error 400: the server calls the request malformed',
		state: 'misconfigured',
		when: (f) => f.code === 400,
		explain: (f) => `${answered(f)}: it cannot make sense of what this browser sends, or of what arrived of it.`,
		nextStep:
			'Look at the server log for the reason; often it expects a realm that is not set, or a device on the way changes packets.'
	},
	{
		id: 'server-failed-unnamed',
		cite: 'Firefox nICEr, measured in 153',
		title: 'Firefox reports 65535: a server error from 500 to 599',
		state: 'misconfigured',
		when: (f) => f.code === 65535,
		explain: (f) =>
			`${placeOf(f)} answered ${after(f)} with an error of its own that Firefox does not name: 500 (it failed) and 508 (no relay port left) look the same here.`,
		nextStep: 'Look at the server log, or run the check in Chromium, which shows the number.'
	},
	{
		id: 'server-failed',
		cite: 'RFC 8489 §14.8',
		title: 'Error 500 to 599: the server failed',
		state: 'misconfigured',
		when: (f) => f.code !== null && f.code >= 500 && f.code < 600,
		explain: (f) => `${answered(f)}: the server itself failed.`,
		nextStep: 'Look at the server log, and try again in a while.'
	},
	{
		id: 'stun-refuses',
		cite: 'libwebrtc p2p/base/stun_port.cc, measured in Chromium 156',
		title: 'A STUN server answers with an error, of which Chromium shows only the last two digits',
		state: 'misconfigured',
		when: (f) => f.code !== null && f.code < 100,
		explain: (f) =>
			`${placeOf(f)} answered ${after(f)} with an error${said(f)}. Of its number this browser shows only the end, ${f.code}: it is one of ${[3, 4, 5, 6].map((hundreds) => hundreds * 100 + f.code!).join(', ')}.`,
		nextStep: 'The server is reachable and does not want to answer STUN: look at its log, or use another STUN server.'
	},
	{
		id: 'server-refuses',
		cite: 'RFC 8489 §14.8',
		title: 'Any other error that the server answers with',
		state: 'misconfigured',
		when: (f) => f.code !== null && f.code >= 300 && f.code < 700,
		explain: (f) => `${answered(f)}. It is reachable; why it refuses, its log may say.`,
		nextStep: 'Look at the server log for this number.'
	}
];

/** What the browser met on the way: always code 701, told apart by text, transport and time. */
const FAILURES: readonly ErrorRule[] = [
	{
		id: 'loopback-not-used',
		cite: 'Firefox media.peerconnection.ice.loopback, measured in 153',
		title: 'Firefox does not speak to servers on this machine itself',
		state: 'not-tested',
		when: (f) => f.engine === 'firefox' && failedQuickly(f) && isLoopbackHost(f.host),
		explain: (f) =>
			`Firefox does not use ${f.host} for WebRTC unless told to, and gave up ${after(f)}.${f.transport === 'udp' ? '' : ' If it was told to, the connection was refused.'}`,
		nextStep:
			'Enter the address of this machine in its network instead, or set media.peerconnection.ice.loopback to true in about:config, or use Chromium.'
	},
	{
		id: 'family-not-here',
		cite: 'libwebrtc p2p/base/stun_port.cc, measured in Chromium 156',
		title: 'No address of this family: neither name nor device need have one',
		state: 'not-tested',
		when: (f) => lookupText(f) && isUnspecifiedIpv6(f.address) && (has(f, 'srflx') || has(f, 'relay')),
		explain: (f) => `No IPv6 address was found for ${f.host}, while it answers over IPv4. That is normal where IPv6 is missing.`,
		nextStep: 'Nothing to do, unless the server should be reachable over IPv6: then give its name an AAAA record.'
	},
	{
		id: 'name-not-found',
		cite: 'libwebrtc p2p/base/stun_port.cc, turn_port.cc',
		title: 'The host name was not found',
		state: 'unreachable',
		when: (f) => unreachedCode(f) && lookupText(f),
		explain: (f) => `No address was found for the name ${f.host} ${after(f)}${said(f)}.`,
		nextStep:
			'Check the spelling. If it is right, this network or its name server does not know the name: try the IP address, or another network.'
	},
	{
		id: 'wrong-interface',
		cite: LIBWEBRTC,
		title: 'The connection left through another network interface than intended',
		state: 'unknown',
		when: (f) => /not associated with the desired network interface/.test(f.text),
		explain: (f) =>
			`The connection to ${placeOf(f)} went out through another network interface, so the browser dropped it${said(f)}.`,
		nextStep: 'Look for a VPN or a proxy that carries part of the traffic; switch it off and check again.'
	},
	{
		id: 'socket-not-made',
		cite: LIBWEBRTC,
		title: 'The browser could not open a socket',
		state: 'unknown',
		when: (f) => /Failed to create TURN client socket/.test(f.text),
		explain: (f) => `The browser could not open a socket towards ${placeOf(f)}${said(f)}. Nothing was sent.`,
		nextStep: 'Look for security software, an extension or a policy that keeps the browser from WebRTC.'
	},
	{
		id: 'tcp-accepted-then-silent',
		cite: LIBWEBRTC,
		title: 'TCP or TLS connects, and no TURN answer follows',
		state: 'unreachable',
		when: (f) => f.transport !== 'udp' && unreachedCode(f) && timedOutText(f),
		explain: (f) => `${placeOf(f)} accepted the connection, and answered no TURN request ${waitedOutText(f)}.`,
		nextStep:
			'Something else listens on this port, or a proxy on the way accepts every connection. Check that the TURN server owns the port.'
	},
	{
		id: 'tcp-closed-by-server',
		cite: 'libwebrtc TurnPort::OnSocketClose, measured in Chromium 156',
		title: 'TCP connects, and the server closes before answering',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp' && failedQuickly(f) && isLibwebrtc(f) && f.address !== null,
		explain: (f) => `${placeOf(f)} accepted the connection and closed it ${after(f)}, without a TURN answer.`,
		nextStep:
			'Something else listens on this port, or the server has TCP switched off for TURN (coturn: no-tcp). Check which program owns the port.'
	},
	{
		id: 'tcp-refused',
		cite: 'libwebrtc TurnPort::OnSocketClose; Firefox nICEr; measured in both',
		title: 'TCP refused',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp' && failedQuickly(f),
		explain: (f) =>
			`No connection to ${placeOf(f)}: it failed ${after(f)}, so it was refused rather than lost${named(f)}, or it was closed before an answer came.`,
		nextStep: 'Check that the server listens on this port for TCP, and that no firewall answers in its place.'
	},
	{
		id: 'tls-refused-or-certificate',
		cite: 'libwebrtc TurnPort::OnSocketClose; Firefox nICEr; measured in both',
		title: 'TLS fails at once: refused, or the certificate is not trusted',
		state: 'tls-failed',
		when: (f) => f.transport === 'tls' && failedQuickly(f),
		explain: (f) =>
			`No TLS connection to ${placeOf(f)}: it failed ${after(f)}. Either the port is closed, or the certificate is not trusted or not for ${f.hostKind === 'name' ? 'this name' : 'this address'}${named(f)}: browsers do not tell which.`,
		nextStep: `Open https:// with the same host and port in this browser: a warning means the certificate, “refused” the port. Or run: openssl s_client -connect HOST:PORT`
	},
	{
		id: 'tls-handshake-unanswered',
		cite: 'Chromium TLS handshake limit of 30 s, measured in 156',
		title: 'TCP connects, and the TLS handshake is never answered',
		state: 'tls-failed',
		when: (f) => f.transport === 'tls' && isLibwebrtc(f) && unreachedCode(f) && f.elapsedMs >= CHROMIUM_HANDSHAKE_MS,
		explain: (f) => `${placeOf(f)} accepted the connection, and the TLS handshake had no answer in ${duration(f.elapsedMs)}.`,
		nextStep:
			'The port does not speak TLS, or a firewall drops the handshake. Check that the server has its certificate on this port.'
	},
	{
		id: 'tls-silent',
		cite: 'Firefox nICEr, measured in 153',
		title: 'Nothing comes back over TLS',
		state: 'unreachable',
		when: (f) => f.transport === 'tls' && waitedInVain(f),
		explain: (f) =>
			`Nothing came back from ${placeOf(f)} in ${duration(f.elapsedMs)}: connection attempts are dropped on the way, or the TLS handshake has no answer.`,
		nextStep:
			'Check that the server listens on this port, and that no firewall drops it without a word; port 443 gets through most.'
	},
	{
		id: 'tcp-silent',
		cite: 'Firefox nICEr, measured in 153',
		title: 'Nothing comes back over TCP',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp' && waitedInVain(f),
		explain: (f) =>
			`Nothing came back from ${placeOf(f)} in ${duration(f.elapsedMs)}: connection attempts are dropped on the way, or the server accepts them and says nothing.`,
		nextStep:
			'Check that the TURN server owns the port, and that no firewall drops it without a word; port 443 gets through most.'
	},
	{
		id: 'udp-silent',
		cite: 'RFC 8489 §6.2.1; libwebrtc p2p/base/stun_request.cc; Firefox nICEr',
		title: 'Nothing comes back over UDP',
		state: 'unreachable',
		when: (f) => f.transport === 'udp' && waitedInVain(f),
		explain: (f) =>
			`Nothing came back from ${placeOf(f)} in ${duration(f.elapsedMs)}${sendsUntil(f)}. A blocked port, a dead server and nothing listening look the same over UDP.`,
		nextStep: udpStep()
	},
	{
		id: 'udp-failed-at-once',
		cite: 'Firefox nICEr, measured in 153',
		title: 'UDP fails at once in Firefox: name not found, or no way there',
		state: 'unreachable',
		when: (f) => f.transport === 'udp' && failedQuickly(f),
		explain: (f) =>
			f.hostKind === 'name'
				? `${placeOf(f)} failed ${after(f)}, too fast for an unanswered request: no address was found for the name, or there is no way to it.`
				: `${placeOf(f)} failed ${after(f)}, too fast for an unanswered request: this device has no way to that address.`,
		nextStep: 'Check the spelling of the name; then whether this network reaches that address family at all.'
	},
	{
		id: 'not-reached',
		cite: 'W3C WebRTC §4.8.2',
		title: 'Not reached, and neither text nor time say why',
		state: 'unreachable',
		when: (f) => f.code !== null,
		explain: (f) => `${placeOf(f)} was not reached ${after(f)}${said(f)}. Neither text nor time tell why.`,
		nextStep: 'Check the address, then try another network.'
	}
];

/** No event. Each browser has failures that it keeps to itself. */
const SILENCES: readonly ErrorRule[] = [
	{
		id: 'relay-allocated',
		cite: 'RFC 8656 §7.3',
		title: 'A relay was allocated',
		state: 'allocates-only',
		when: (f) => isTurn(f) && has(f, 'relay'),
		explain: (f) => `${placeOf(f)} allocated a relay. Whether it carries data shows only when data is sent.`,
		nextStep: 'Nothing to do: the relay test sends data through it.'
	},
	{
		id: 'stuns-without-tls',
		cite: 'libwebrtc pc/ice_server_parsing.cc, measured in Chromium 156',
		title: 'A stuns: server answers, over plain UDP',
		state: 'works',
		when: (f) => f.scheme === 'stuns' && has(f, 'srflx'),
		explain: (f) => `${f.host}:${f.port} answered, but over plain UDP: this browser treats stuns: as stun:.`,
		nextStep: 'Write stun:, since Firefox refuses stuns: altogether.'
	},
	{
		id: 'stun-answered',
		cite: 'RFC 8489 §2',
		title: 'The STUN server answered',
		state: 'works',
		when: (f) => !isTurn(f) && has(f, 'srflx'),
		explain: (f) => `${placeOf(f)} answered.`,
		nextStep: 'Nothing to do.'
	},
	{
		id: 'turn-port-not-allowed',
		cite: 'libwebrtc TurnPort::AllowedTurnPort, measured in Chromium 156',
		title: 'A port that Chromium never uses for TURN',
		state: 'misconfigured',
		when: (f) => isTurn(f) && isLibwebrtc(f) && f.port < 1024 && !CHROMIUM_LOW_TURN_PORTS.includes(f.port),
		explain: (f) =>
			`This browser never tries TURN on port ${f.port}: below 1024 it uses only 53, 80 and 443. It reports no error for that.`,
		nextStep: 'Let the server listen on 443, 80, 53 or a port from 1024 up, and change the entry.'
	},
	{
		id: 'tls-address-not-tried',
		cite: 'Firefox, measured in 153',
		title: 'turns: with an IP address, which Firefox leaves out without a word',
		state: 'misconfigured',
		when: (f) => f.engine === 'firefox' && f.scheme === 'turns' && f.hostKind !== 'name',
		explain: (f) =>
			`Firefox does not try turns: with the address ${f.host}, and reports no error: it wants a name to check the certificate against.`,
		nextStep: 'Write the host name that the certificate is made for.'
	},
	{
		id: 'turn-silent-stun-answers',
		cite: 'RFC 8656 §7.1',
		title: 'The server answers STUN and not TURN',
		state: 'misconfigured',
		when: (f) => isTurn(f) && f.transport === 'udp' && has(f, 'srflx') && patientEnough(f),
		explain: (f) =>
			`${placeOf(f)} answers STUN, but no TURN request ${waitedOutText(f)}: it does not offer TURN, or drops requests that it does not like.`,
		nextStep: 'Switch TURN on (coturn: leave out stun-only), or enter it as a stun: server.'
	},
	{
		id: 'family-missing',
		cite: 'RFC 8445 §5.1.1; libwebrtc and nICEr skip servers of another family',
		title: 'An IPv6 server, and gathering ended without a word',
		state: 'not-tested',
		when: (f) => f.endedBy === 'complete' && f.hostKind === 'ipv6',
		explain: (f) => `The browser was done ${after(f)} without trying ${placeOf(f)}: most likely this device has no IPv6.`,
		nextStep: 'Check in a network that has IPv6, or enter the IPv4 address.'
	},
	{
		id: 'turn-not-tried',
		cite: 'libwebrtc TurnPort::OnAllocateError keeps code 0 to itself',
		title: 'Gathering ended without a relay and without an error',
		state: 'unknown',
		when: (f) => f.endedBy === 'complete' && isTurn(f),
		explain: (f) =>
			`The browser was done ${after(f)}, with neither a relay from ${placeOf(f)} nor an error. It seems not to have tried.`,
		nextStep:
			'Look whether a policy or extension restricts WebRTC, whether the page may reach local addresses, and whether device and server share IPv4 or IPv6.'
	},
	{
		id: 'stun-no-candidate',
		cite: 'libwebrtc p2p/base/stun_port.cc, measured in Chromium 156',
		title: 'Gathering ended without an address from STUN and without an error',
		state: 'unknown',
		when: (f) => f.endedBy === 'complete',
		explain: (f) =>
			`The browser was done ${after(f)}, with neither an address from ${placeOf(f)} nor an error. Either the answer named an address that this device has itself, or it was an error that the browser keeps to itself (400, 500).`,
		nextStep: 'Compare with another STUN server.'
	},
	{
		id: 'stopped-early',
		cite: 'RFC 8489 §6.2.1',
		title: 'Waiting ended before silence could mean anything',
		state: 'unknown',
		when: (f) => f.endedBy === 'satisfied' || !patientEnough(f),
		explain: (f) =>
			`Nothing came from ${placeOf(f)} within ${duration(f.elapsedMs)}, which is too short to conclude from: a slow but sound path may take ${duration(PATIENCE_MS[f.transport])}.`,
		nextStep: 'Check again with a longer deadline.'
	},
	{
		id: 'udp-no-answer',
		cite: 'RFC 8489 §6.2.1; libwebrtc p2p/base/stun_request.cc; Firefox nICEr',
		title: 'No answer over UDP until the deadline',
		state: 'unreachable',
		when: (f) => f.transport === 'udp',
		explain: (f) =>
			`No answer from ${placeOf(f)} ${waitedOutText(f)}${sendsUntil(f)}${patience(f, '39.9 s', '11.2 s')}. A blocked port, a dead server and nothing listening look the same over UDP.`,
		nextStep: udpStep()
	},
	{
		id: 'tcp-no-answer',
		cite: 'measured: Chromium 156 is silent for minutes when SYN packets are dropped',
		title: 'No answer over TCP until the deadline',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp',
		explain: (f) =>
			`No answer from ${placeOf(f)} ${waitedOutText(f)}. It was not refused, so connection attempts are dropped on the way, or the server accepts them and says nothing.`,
		nextStep:
			'Check that the TURN server owns the port, and that no firewall drops it without a word; port 443 gets through most.'
	},
	{
		id: 'tls-no-answer',
		cite: 'measured: Chromium 156 is silent for 30 s in a TLS handshake and for minutes when SYN packets are dropped',
		title: 'No answer over TLS until the deadline',
		state: 'unreachable',
		when: () => true,
		explain: (f) =>
			`No answer from ${placeOf(f)} ${waitedOutText(f)}. It was neither refused nor was it the certificate: connection attempts are dropped on the way, or the TLS handshake has no answer.`,
		nextStep:
			'Check that the server listens on this port, and that no firewall drops it without a word; port 443 gets through most.'
	}
];

export const ERROR_RULES: readonly ErrorRule[] = [...ANSWERS, ...FAILURES, ...SILENCES];

function ago(ms: number): string {
	const minutes = ms / 60_000;
	if (minutes < 1) return `${Math.round(ms / 1000)} s`;
	if (minutes < 120) return `${Math.round(minutes)} min`;
	return minutes < 2880 ? `${Math.round(minutes / 60)} hours` : `${Math.round(minutes / 1440)} days`;
}

/** Over TCP and TLS no browser tells a name that was not found from a refusal. */
function named(f: ErrorFacts): string {
	return f.hostKind === 'name' ? ', or the name was not found' : '';
}

function patience(f: ErrorFacts, chromium: string, firefox: string): string {
	if (f.engine === 'firefox') return `; Firefox itself would wait ${firefox}`;
	return isLibwebrtc(f) ? `; the browser itself would wait ${chromium}` : '';
}

function udpStep(): string {
	return 'Check that the server runs and that its firewall lets UDP in on this port. If it answers from another network, this one blocks UDP: offer TURN over TCP and over TLS on port 443 too.';
}

function isTurnServerStep(): string {
	return 'Update the server; if it is current, see whether the port belongs to another kind of server.';
}
