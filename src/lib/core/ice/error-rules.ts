/**
 * Explanations of ICE server errors and silences, first match wins: what the server said itself, then what the browser
 * found on the way, then what no event at all means. Texts are libwebrtc's (p2p/base/turn_port.cc, stun_port.cc); Firefox
 * sends none. Measured in Chromium 156 and Firefox 153; tests/e2e/browser-facts.test.ts measures again.
 */
import { isLoopbackHost, isUnspecifiedIpv6, UDP_WAITS, type ErrorFacts, type ErrorRule } from './error-facts';
import type { ErrorValues } from './error-values';

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
const noEvent = (f: ErrorFacts) => f.code === null;
const is701 = (f: ErrorFacts) => f.code === 701;
const has = (f: ErrorFacts, type: 'srflx' | 'relay') => f.candidates.includes(type);
const patientEnough = (f: ErrorFacts) => f.elapsedMs >= PATIENCE_MS[f.transport];
const timedOutText = (f: ErrorFacts) => /timed out/.test(f.text);
const lookupText = (f: ErrorFacts) => /host lookup received error/.test(f.text);
/** An event after the time a browser waits for an answer, or one that says so. */
const waitedInVain = (f: ErrorFacts) => is701(f) && (timedOutText(f) || (f.text === '' && f.elapsedMs >= FIREFOX_SILENCE_MS));
const failedQuickly = (f: ErrorFacts) => is701(f) && !timedOutText(f) && f.elapsedMs < QUICK_MS;

const place = ({ transport, host, port }: ErrorFacts) => ({ transport, host, port });
const placeAndText = (f: ErrorFacts) => ({ ...place(f), browserSaid: f.text });
const failure = (f: ErrorFacts) => ({ ...place(f), afterMs: f.elapsedMs });
const hostFailure = (f: ErrorFacts) => ({ ...failure(f), hostKind: f.hostKind });
const silence = (f: ErrorFacts) => ({ ...place(f), silentMs: f.elapsedMs });
const event = (f: ErrorFacts) => ({ ...failure(f), browserSaid: f.text });
/** Of rules that speak only where there is a code. */
const response = (f: ErrorFacts) => ({ ...event(f), code: f.code! });

function requestsUntil(f: ErrorFacts): number | null {
	return isLibwebrtc(f) ? CHROMIUM_SENDS_MS.filter((ms) => ms < f.elapsedMs).length : null;
}

function browserWaits({ engine }: ErrorFacts): ErrorValues['udp-no-answer']['browserWaits'] {
	if (engine === 'unknown') return null;
	return { engine, forMs: engine === 'firefox' ? UDP_WAITS.firefoxMs : UDP_WAITS.chromiumMs };
}

/** Errors that the server itself answered with: it is there, and speaks STUN. */
const SERVER_ERRORS: readonly ErrorRule[] = [
	{
		id: 'credential-not-given',
		cite: LIBWEBRTC,
		title: 'TURN without a user name or credential',
		state: 'misconfigured',
		when: (f) => /Missing TURN server credentials/.test(f.text),
		values: placeAndText,
		nextStep: 'enter-credential'
	},
	{
		id: 'credential-expired',
		cite: 'RFC 8489 §9.2.4; coturn use-auth-secret',
		title: 'Error 401, and the credential has expired',
		state: 'unauthorized',
		when: (f) => f.code === 401 && f.expiredForMs !== null,
		values: (f) => ({ ...response(f), expiredForMs: f.expiredForMs! }),
		nextStep: 'fetch-new-credential'
	},
	{
		id: 'credential-refused',
		cite: 'RFC 8489 §9.2.4',
		title: 'Error 401: user name or credential refused',
		state: 'unauthorized',
		when: (f) => f.code === 401 && isTurn(f),
		values: response,
		nextStep: 'compare-credential'
	},
	{
		id: 'stun-asks-credential',
		cite: 'RFC 8489 §9',
		title: 'A STUN server that requires authentication',
		state: 'unauthorized',
		when: (f) => f.code === 401 || (f.code === 1 && f.scheme.startsWith('stun') && isLibwebrtc(f)),
		values: response,
		nextStep: 'let-stun-answer-without-login'
	},
	{
		id: 'stale-nonce',
		cite: 'RFC 8489 §9.2.5; RFC 8656 §7.4',
		title: 'Error 438: the server rejects its own fresh nonce as stale',
		state: 'misconfigured',
		when: (f) => f.code === 438,
		values: response,
		nextStep: 'look-for-load-balancer'
	},
	{
		id: 'allocation-mismatch',
		cite: 'RFC 8656 §7.2',
		title: 'Error 437: the server holds another allocation for the same address and port',
		state: 'misconfigured',
		when: (f) => f.code === 437,
		values: (f) => ({ ...response(f), sockets: /Maximum retries/.test(f.text) ? 3 : 1 }),
		nextStep: 'wait-or-look-for-shared-address'
	},
	{
		id: 'credential-of-another',
		cite: 'RFC 8656 §5',
		title: 'Error 441: not the credential that the allocation was made with',
		state: 'unauthorized',
		when: (f) => f.code === 441,
		values: response,
		nextStep: 'try-again-or-look-for-shared-address'
	},
	{
		id: 'transport-unsupported',
		cite: 'RFC 8656 §7.2',
		title: 'Error 442: the server does not relay UDP',
		state: 'misconfigured',
		when: (f) => f.code === 442,
		values: response,
		nextStep: 'allow-udp-relaying'
	},
	{
		id: 'family-unsupported',
		cite: 'RFC 8656 §7.2',
		title: 'Error 440: the server has no relay address of this family',
		state: 'misconfigured',
		when: (f) => f.code === 440,
		values: response,
		nextStep: 'add-relay-address-of-family'
	},
	{
		id: 'peer-family-mismatch',
		cite: 'RFC 8656 §10.2',
		title: 'Error 443: relay and peer are of different address families',
		state: 'misconfigured',
		when: (f) => f.code === 443,
		values: response,
		nextStep: 'add-relay-addresses-of-both-families'
	},
	{
		id: 'quota-reached',
		cite: 'RFC 8656 §7.2',
		title: 'Error 486: this user has as many allocations as allowed',
		state: 'quota-reached',
		when: (f) => f.code === 486,
		values: response,
		nextStep: 'raise-quota'
	},
	{
		id: 'relay-capacity-reached',
		cite: 'RFC 8656 §7.2',
		title: 'Error 508: the server has no relay port left',
		state: 'quota-reached',
		when: (f) => f.code === 508,
		values: response,
		nextStep: 'widen-relay-ports'
	},
	{
		id: 'request-forbidden',
		cite: 'RFC 8656 §7.2',
		title: 'Error 403: authentication works, the request is forbidden',
		state: 'unauthorized',
		when: (f) => f.code === 403,
		values: response,
		nextStep: 'look-at-peer-rules'
	},
	{
		id: 'redirect-failed',
		cite: 'RFC 8489 §10',
		title: 'Error 300: the server redirects to another one, which cannot be used',
		state: 'misconfigured',
		when: (f) => f.code === 300,
		values: response,
		nextStep: 'correct-alternate-server'
	},
	{
		id: 'redirect-to-disallowed-port',
		cite: 'libwebrtc TurnPort::AllowedTurnPort',
		title: 'The server redirects to a port that Chromium does not use for TURN',
		state: 'misconfigured',
		when: (f) => /disallowed port/.test(f.text),
		values: placeAndText,
		nextStep: 'move-alternate-server-to-allowed-port'
	},
	{
		id: 'attribute-unknown',
		cite: 'RFC 8489 §6.3.1',
		title: 'Error 420: the server does not know an attribute of the request',
		state: 'misconfigured',
		when: (f) => f.code === 420,
		values: response,
		nextStep: 'update-server'
	},
	{
		id: 'request-malformed',
		cite: 'RFC 8489 §14.8',
		title: 'Error 400: the server calls the request malformed',
		state: 'misconfigured',
		when: (f) => f.code === 400,
		values: response,
		nextStep: 'look-for-missing-realm'
	},
	{
		id: 'server-failed-unnamed',
		cite: 'Firefox nICEr, measured in 153',
		title: 'Firefox reports 65535: a server error from 500 to 599',
		state: 'misconfigured',
		when: (f) => f.code === 65535,
		values: failure,
		nextStep: 'look-at-log-or-check-in-chromium'
	},
	{
		id: 'server-failed',
		cite: 'RFC 8489 §14.8',
		title: 'Error 500 to 599: the server failed',
		state: 'misconfigured',
		when: (f) => f.code !== null && f.code >= 500 && f.code < 600,
		values: response,
		nextStep: 'look-at-log-and-try-again'
	},
	{
		id: 'stun-refuses',
		cite: 'libwebrtc p2p/base/stun_port.cc, measured in Chromium 156',
		title: 'A STUN server answers with an error, of which Chromium shows only the last two digits',
		state: 'misconfigured',
		when: (f) => f.code !== null && f.code < 100,
		values: (f) => ({ ...event(f), lastDigits: f.code!, codes: [3, 4, 5, 6].map((hundreds) => hundreds * 100 + f.code!) }),
		nextStep: 'look-at-log-or-use-other-stun-server'
	},
	{
		id: 'server-refuses',
		cite: 'RFC 8489 §14.8',
		title: 'Any other error that the server answers with',
		state: 'misconfigured',
		when: (f) => f.code !== null && f.code >= 300 && f.code < 700,
		values: response,
		nextStep: 'look-at-log-for-code'
	}
];

/** What the browser met on the way: always code 701, told apart by text, transport and time. */
const FAILURES: readonly ErrorRule[] = [
	{
		id: 'loopback-not-used',
		cite: 'Firefox media.peerconnection.ice.loopback, measured in 153',
		title: 'Firefox does not use servers on this machine itself',
		state: 'not-tested',
		when: (f) => f.engine === 'firefox' && failedQuickly(f) && isLoopbackHost(f.host),
		values: failure,
		nextStep: 'enter-address-of-this-machine'
	},
	{
		id: 'family-not-here',
		cite: 'libwebrtc p2p/base/stun_port.cc, measured in Chromium 156',
		title: 'No IPv6 address found for the host, which answers over IPv4',
		state: 'not-tested',
		when: (f) => lookupText(f) && isUnspecifiedIpv6(f.address) && (has(f, 'srflx') || has(f, 'relay')),
		values: ({ host }) => ({ host }),
		nextStep: 'add-aaaa-record'
	},
	{
		id: 'name-not-found',
		cite: 'libwebrtc p2p/base/stun_port.cc, turn_port.cc',
		title: 'The host name was not found',
		state: 'unreachable',
		when: (f) => is701(f) && lookupText(f),
		values: (f) => ({ host: f.host, afterMs: f.elapsedMs, browserSaid: f.text }),
		nextStep: 'check-spelling-or-try-address'
	},
	{
		id: 'wrong-interface',
		cite: LIBWEBRTC,
		title: 'The connection left through another network interface than intended',
		state: 'unknown',
		when: (f) => /not associated with the desired network interface/.test(f.text),
		values: placeAndText,
		nextStep: 'look-for-vpn-or-proxy'
	},
	{
		id: 'socket-not-made',
		cite: LIBWEBRTC,
		title: 'The browser could not open a socket',
		state: 'unknown',
		when: (f) => /Failed to create TURN client socket/.test(f.text),
		values: placeAndText,
		nextStep: 'look-for-webrtc-blocker'
	},
	{
		id: 'tcp-accepted-then-silent',
		cite: LIBWEBRTC,
		title: 'TCP or TLS connects, and no TURN answer follows',
		state: 'unreachable',
		when: (f) => f.transport !== 'udp' && is701(f) && timedOutText(f),
		values: silence,
		nextStep: 'look-for-proxy-that-accepts-all'
	},
	{
		id: 'tcp-closed-by-server',
		cite: 'libwebrtc TurnPort::OnSocketClose, measured in Chromium 156',
		title: 'TCP connects, and the server closes before answering',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp' && failedQuickly(f) && isLibwebrtc(f) && f.address !== null,
		values: failure,
		nextStep: 'look-for-tcp-switched-off'
	},
	{
		id: 'tcp-refused',
		cite: 'libwebrtc TurnPort::OnSocketClose; Firefox nICEr; measured in both',
		title: 'TCP refused',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp' && failedQuickly(f),
		values: hostFailure,
		nextStep: 'check-tcp-listener'
	},
	{
		id: 'tls-refused-or-certificate',
		cite: 'libwebrtc TurnPort::OnSocketClose; Firefox nICEr; measured in both',
		title: 'TLS fails at once: refused, or the certificate is not trusted',
		state: 'tls-failed',
		when: (f) => f.transport === 'tls' && failedQuickly(f),
		values: hostFailure,
		nextStep: 'open-with-https'
	},
	{
		id: 'tls-handshake-unanswered',
		cite: 'Chromium TLS handshake limit of 30 s, measured in 156',
		title: 'TCP connects, and the TLS handshake is never answered',
		state: 'tls-failed',
		when: (f) => f.transport === 'tls' && isLibwebrtc(f) && is701(f) && f.elapsedMs >= CHROMIUM_HANDSHAKE_MS,
		values: silence,
		nextStep: 'check-tls-on-port'
	},
	{
		id: 'tls-silent',
		cite: 'Firefox nICEr, measured in 153',
		title: 'Nothing comes back over TLS',
		state: 'unreachable',
		when: (f) => f.transport === 'tls' && waitedInVain(f),
		values: silence,
		nextStep: 'check-listener-and-firewall'
	},
	{
		id: 'tcp-silent',
		cite: 'Firefox nICEr, measured in 153',
		title: 'Nothing comes back over TCP',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp' && waitedInVain(f),
		values: silence,
		nextStep: 'check-turn-on-port-and-firewall'
	},
	{
		id: 'udp-silent',
		cite: 'RFC 8489 §6.2.1; libwebrtc p2p/base/stun_request.cc; Firefox nICEr',
		title: 'Nothing comes back over UDP',
		state: 'unreachable',
		when: (f) => f.transport === 'udp' && waitedInVain(f),
		values: (f) => ({ ...silence(f), requests: requestsUntil(f) }),
		nextStep: 'check-udp-firewall'
	},
	{
		id: 'udp-failed-at-once',
		cite: 'Firefox nICEr, measured in 153',
		title: 'UDP fails at once in Firefox: name not found, or no route',
		state: 'unreachable',
		when: (f) => f.transport === 'udp' && failedQuickly(f),
		values: hostFailure,
		nextStep: 'check-spelling-and-family'
	},
	{
		id: 'not-reached',
		cite: 'W3C WebRTC §4.8.2',
		title: 'Not reached, and neither error text nor timing shows why',
		state: 'unreachable',
		when: (f) => f.code !== null,
		values: event,
		nextStep: 'check-address-and-network'
	}
];

/** No event. Each browser has failures that it keeps to itself. */
const WITHOUT_ERROR_EVENT: readonly ErrorRule[] = [
	{
		id: 'relay-allocated',
		cite: 'RFC 8656 §7.3',
		title: 'A relay was allocated',
		state: 'allocates-only',
		when: (f) => isTurn(f) && has(f, 'relay'),
		values: place,
		nextStep: 'wait-for-relay-test'
	},
	{
		id: 'stuns-without-tls',
		cite: 'libwebrtc pc/ice_server_parsing.cc, measured in Chromium 156',
		title: 'A stuns: server answers, over plain UDP',
		state: 'works',
		when: (f) => f.scheme === 'stuns' && has(f, 'srflx'),
		values: ({ host, port }) => ({ host, port }),
		nextStep: 'write-stun-scheme'
	},
	{
		id: 'stun-answered',
		cite: 'RFC 8489 §2',
		title: 'The STUN server answered',
		state: 'works',
		when: (f) => !isTurn(f) && has(f, 'srflx'),
		values: place,
		nextStep: 'nothing-to-do'
	},
	{
		id: 'turn-port-not-allowed',
		cite: 'libwebrtc TurnPort::AllowedTurnPort, measured in Chromium 156',
		title: 'A port that Chromium never uses for TURN',
		state: 'misconfigured',
		when: (f) => isTurn(f) && isLibwebrtc(f) && f.port < 1024 && !CHROMIUM_LOW_TURN_PORTS.includes(f.port),
		values: ({ port }) => ({ port }),
		nextStep: 'move-turn-to-allowed-port'
	},
	{
		id: 'tls-address-not-tried',
		cite: 'Firefox, measured in 153',
		title: 'turns: with an IP address, which Firefox skips without an error',
		state: 'misconfigured',
		when: (f) => f.engine === 'firefox' && f.scheme === 'turns' && f.hostKind !== 'name',
		values: ({ host }) => ({ host }),
		nextStep: 'write-name-of-certificate'
	},
	{
		id: 'turn-silent-stun-answers',
		cite: 'RFC 8656 §7.1',
		title: 'The server answers STUN and not TURN',
		state: 'misconfigured',
		when: (f) => isTurn(f) && f.transport === 'udp' && has(f, 'srflx') && patientEnough(f),
		values: (f) => ({ ...silence(f), untilDeadline: f.endedBy === 'deadline' && noEvent(f) }),
		nextStep: 'switch-turn-on'
	},
	{
		id: 'family-missing',
		cite: 'RFC 8445 §5.1.1; libwebrtc and nICEr skip servers of another family',
		title: 'An IPv6 server, and gathering ended without candidate or error',
		state: 'not-tested',
		when: (f) => f.endedBy === 'complete' && f.hostKind === 'ipv6',
		values: failure,
		nextStep: 'check-where-ipv6-is'
	},
	{
		id: 'turn-not-tried',
		cite: 'libwebrtc TurnPort::OnAllocateError keeps code 0 to itself',
		title: 'Gathering ended without a relay and without an error',
		state: 'unknown',
		when: (f) => f.endedBy === 'complete' && isTurn(f),
		values: failure,
		nextStep: 'look-for-webrtc-restriction'
	},
	{
		id: 'stun-no-candidate',
		cite: 'libwebrtc p2p/base/stun_port.cc, measured in Chromium 156',
		title: 'Gathering ended without an address from STUN and without an error',
		state: 'unknown',
		when: (f) => f.endedBy === 'complete',
		values: failure,
		nextStep: 'compare-with-other-stun-server'
	},
	{
		id: 'stopped-early',
		cite: 'RFC 8489 §6.2.1',
		title: 'The check ended too early to conclude anything from silence',
		state: 'unknown',
		when: (f) => f.endedBy === 'satisfied' || !patientEnough(f),
		values: (f) => ({ ...silence(f), slowPathMs: PATIENCE_MS[f.transport] }),
		nextStep: 'check-again-for-longer'
	},
	{
		id: 'udp-no-answer',
		cite: 'RFC 8489 §6.2.1; libwebrtc p2p/base/stun_request.cc; Firefox nICEr',
		title: 'No answer over UDP until the deadline',
		state: 'unreachable',
		when: (f) => f.transport === 'udp',
		values: (f) => ({ ...silence(f), requests: requestsUntil(f), browserWaits: browserWaits(f) }),
		nextStep: 'check-udp-firewall'
	},
	{
		id: 'tcp-no-answer',
		cite: 'measured: Chromium 156 is silent for minutes when SYN packets are dropped',
		title: 'No answer over TCP until the deadline',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp',
		values: silence,
		nextStep: 'check-turn-on-port-and-firewall'
	},
	{
		id: 'tls-no-answer',
		cite: 'measured: Chromium 156 is silent for 30 s in a TLS handshake and for minutes when SYN packets are dropped',
		title: 'No answer over TLS until the deadline',
		state: 'unreachable',
		when: () => true,
		values: silence,
		nextStep: 'check-listener-and-firewall'
	}
];

export const ERROR_RULES: readonly ErrorRule[] = [...SERVER_ERRORS, ...FAILURES, ...WITHOUT_ERROR_EVENT];
