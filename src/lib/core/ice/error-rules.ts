/**
 * Explanations of ICE server errors and silences, first match wins: what the server said itself, then what the browser
 * found on the way, then what no event at all means. Texts are libwebrtc's (p2p/base/turn_port.cc, stun_port.cc); Firefox
 * sends none. Measured in Chromium 156 and Firefox 153; tests/e2e/browser-facts.test.ts measures again.
 */
import { isUnspecifiedIpv6, UDP_WAITS, type ErrorFacts, type ErrorRule } from './error-facts';
import type { ErrorValues } from './error-values';
import { isLoopbackHost } from './loopback';
import { isTriedByLibwebrtc } from './turn-ports';

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

const isTurn = (f: ErrorFacts) => f.scheme === 'turn' || f.scheme === 'turns';
const isLibwebrtc = (f: ErrorFacts) => f.engine === 'chromium' || f.engine === 'safari';
const noEvent = (f: ErrorFacts) => f.code === null;
const is701 = (f: ErrorFacts) => f.code === 701;
const has = (f: ErrorFacts, type: 'srflx' | 'relay') => f.candidates.includes(type);
/** A time that nobody wrote down is neither long nor short. */
const elapsedMs = (f: ErrorFacts) => f.elapsedMs ?? Number.NaN;
const patientEnough = (f: ErrorFacts) => elapsedMs(f) >= PATIENCE_MS[f.transport];
const timedOutText = (f: ErrorFacts) => /timed out/.test(f.text);
const lookupText = (f: ErrorFacts) => /host lookup received error/.test(f.text);
/** An event after the time a browser waits for an answer, or one that says so. */
const waitedInVain = (f: ErrorFacts) => is701(f) && (timedOutText(f) || (f.text === '' && elapsedMs(f) >= FIREFOX_SILENCE_MS));
const failedQuickly = (f: ErrorFacts) => is701(f) && !timedOutText(f) && elapsedMs(f) < QUICK_MS;

const place = ({ transport, host, port }: ErrorFacts) => ({ transport, host, port });
const placeAndText = (f: ErrorFacts) => ({ ...place(f), browserSaid: f.text });
const failure = (f: ErrorFacts) => ({ ...place(f), afterMs: f.elapsedMs });
const hostFailure = (f: ErrorFacts) => ({ ...failure(f), hostKind: f.hostKind });
const silence = (f: ErrorFacts) => ({ ...place(f), silentMs: f.elapsedMs });
/** A literal address of a family that was not seen on this device: maybe nothing was sent. */
const unseenFamily = ({ host, hostKind, familyHere }: ErrorFacts) =>
	hostKind === 'name' || familyHere === 'yes' || isLoopbackHost(host) ? null : hostKind;
const noAnswer = (f: ErrorFacts) => ({
	...silence(f),
	hostKind: f.hostKind,
	unseenFamily: unseenFamily(f)
});
const event = (f: ErrorFacts) => ({ ...failure(f), browserSaid: f.text });
/** Of rules that speak only where there is a code. */
const response = (f: ErrorFacts) => ({ ...event(f), code: f.code! });

function requestsUntil(f: ErrorFacts): number | null {
	return isLibwebrtc(f) && f.elapsedMs !== null ? CHROMIUM_SENDS_MS.filter((ms) => ms < elapsedMs(f)).length : null;
}

function browserWaits({ engine }: ErrorFacts): ErrorValues['udp-no-answer']['browserWaits'] {
	if (engine === 'unknown') return null;
	return { engine, forMs: engine === 'firefox' ? UDP_WAITS.firefoxMs : UDP_WAITS.chromiumMs };
}

/** Errors that the server itself answered with: it is there, and speaks STUN. */
const SERVER_ERRORS: readonly ErrorRule[] = [
	{
		id: 'credential-not-given',
		state: 'misconfigured',
		when: (f) => /Missing TURN server credentials/.test(f.text),
		values: placeAndText,
		nextStep: 'enter-credential'
	},
	{
		id: 'credential-expired',
		state: 'unauthorized',
		when: (f) => f.code === 401 && f.expiredForMs !== null,
		values: (f) => ({ ...response(f), expiredForMs: f.expiredForMs! }),
		nextStep: 'fetch-new-credential'
	},
	{
		id: 'credential-refused',
		state: 'unauthorized',
		when: (f) => f.code === 401 && isTurn(f),
		values: response,
		nextStep: 'compare-credential'
	},
	{
		id: 'stun-asks-credential',
		state: 'unauthorized',
		when: (f) => f.code === 401 || (f.code === 1 && f.scheme.startsWith('stun') && isLibwebrtc(f)),
		values: response,
		nextStep: 'let-stun-answer-without-login'
	},
	{
		id: 'stale-nonce',
		state: 'misconfigured',
		when: (f) => f.code === 438,
		values: response,
		nextStep: 'look-for-load-balancer'
	},
	{
		id: 'allocation-mismatch',
		state: 'misconfigured',
		when: (f) => f.code === 437,
		values: (f) => ({ ...response(f), sockets: /Maximum retries/.test(f.text) ? 3 : 1 }),
		nextStep: 'wait-or-look-for-shared-address'
	},
	{
		id: 'credential-of-another',
		state: 'unauthorized',
		when: (f) => f.code === 441,
		values: response,
		nextStep: 'try-again-or-look-for-shared-address'
	},
	{
		id: 'transport-unsupported',
		state: 'misconfigured',
		when: (f) => f.code === 442,
		values: response,
		nextStep: 'allow-udp-relaying'
	},
	{
		id: 'family-unsupported',
		state: 'misconfigured',
		when: (f) => f.code === 440,
		values: response,
		nextStep: 'add-relay-address-of-family'
	},
	{
		id: 'peer-family-mismatch',
		state: 'misconfigured',
		when: (f) => f.code === 443,
		values: response,
		nextStep: 'add-relay-addresses-of-both-families'
	},
	{
		id: 'quota-reached',
		state: 'quota-reached',
		when: (f) => f.code === 486,
		values: response,
		nextStep: 'raise-quota'
	},
	{
		id: 'relay-capacity-reached',
		state: 'quota-reached',
		when: (f) => f.code === 508,
		values: response,
		nextStep: 'widen-relay-ports'
	},
	{
		id: 'request-forbidden',
		state: 'unauthorized',
		when: (f) => f.code === 403,
		values: response,
		nextStep: 'look-at-peer-rules'
	},
	{
		id: 'redirect-failed',
		state: 'misconfigured',
		when: (f) => f.code === 300,
		values: response,
		nextStep: 'correct-alternate-server'
	},
	{
		id: 'redirect-to-disallowed-port',
		state: 'misconfigured',
		when: (f) => /disallowed port/.test(f.text),
		values: placeAndText,
		nextStep: 'move-alternate-server-to-allowed-port'
	},
	{
		id: 'attribute-unknown',
		state: 'misconfigured',
		when: (f) => f.code === 420,
		values: response,
		nextStep: 'update-server'
	},
	{
		id: 'request-malformed',
		state: 'misconfigured',
		when: (f) => f.code === 400,
		values: response,
		nextStep: 'look-for-missing-realm'
	},
	{
		id: 'server-failed-unnamed',
		state: 'misconfigured',
		when: (f) => f.code === 65535,
		values: failure,
		nextStep: 'look-at-log-or-check-in-chromium'
	},
	{
		id: 'server-failed',
		state: 'misconfigured',
		when: (f) => f.code !== null && f.code >= 500 && f.code < 600,
		values: response,
		nextStep: 'look-at-log-and-try-again'
	},
	{
		id: 'stun-refuses',
		state: 'misconfigured',
		when: (f) => f.code !== null && f.code < 100,
		values: (f) => ({ ...event(f), lastDigits: f.code!, codes: [3, 4, 5, 6].map((hundreds) => hundreds * 100 + f.code!) }),
		nextStep: 'look-at-log-or-use-other-stun-server'
	},
	{
		id: 'server-refuses',
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
		state: 'not-tested',
		when: (f) => f.engine === 'firefox' && failedQuickly(f) && isLoopbackHost(f.host) && !f.usesLoopback,
		values: failure,
		nextStep: 'enter-address-of-this-machine'
	},
	{
		id: 'family-not-here',
		state: 'not-tested',
		when: (f) => lookupText(f) && isUnspecifiedIpv6(f.address) && (has(f, 'srflx') || has(f, 'relay')),
		values: ({ host }) => ({ host }),
		nextStep: 'add-aaaa-record'
	},
	{
		id: 'name-not-found',
		state: 'unreachable',
		when: (f) => is701(f) && lookupText(f),
		values: (f) => ({ host: f.host, afterMs: f.elapsedMs, browserSaid: f.text, onlyIn: f.notFoundIn ?? null }),
		nextStep: 'check-spelling-or-try-address'
	},
	{
		id: 'wrong-interface',
		state: 'unknown',
		when: (f) => /not associated with the desired network interface/.test(f.text),
		values: placeAndText,
		nextStep: 'look-for-vpn-or-proxy'
	},
	{
		id: 'socket-not-made',
		state: 'unknown',
		when: (f) => SOCKET_FAILED.test(f.text),
		values: placeAndText,
		nextStep: 'look-for-webrtc-blocker'
	},
	{
		id: 'tcp-accepted-then-silent',
		state: 'unreachable',
		when: (f) => f.transport !== 'udp' && is701(f) && timedOutText(f),
		values: silence,
		nextStep: 'look-for-proxy-that-accepts-all'
	},
	{
		id: 'tcp-closed-by-server',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp' && failedQuickly(f) && isLibwebrtc(f) && f.address !== null,
		values: failure,
		nextStep: 'look-for-tcp-switched-off'
	},
	{
		id: 'tcp-refused',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp' && failedQuickly(f),
		values: hostFailure,
		nextStep: 'check-tcp-listener'
	},
	{
		id: 'tls-refused-or-certificate',
		state: 'tls-failed',
		when: (f) => f.transport === 'tls' && failedQuickly(f),
		values: hostFailure,
		nextStep: 'open-with-https'
	},
	{
		id: 'tls-handshake-unanswered',
		state: 'tls-failed',
		when: (f) => f.transport === 'tls' && isLibwebrtc(f) && is701(f) && elapsedMs(f) >= CHROMIUM_HANDSHAKE_MS,
		values: silence,
		nextStep: 'check-tls-on-port'
	},
	{
		id: 'tls-silent',
		state: 'unreachable',
		when: (f) => f.transport === 'tls' && waitedInVain(f),
		values: silence,
		nextStep: 'check-listener-and-firewall'
	},
	{
		id: 'tcp-silent',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp' && waitedInVain(f),
		values: silence,
		nextStep: 'check-turn-on-port-and-firewall'
	},
	{
		id: 'udp-silent',
		state: 'unreachable',
		when: (f) => f.transport === 'udp' && waitedInVain(f),
		values: (f) => ({ ...silence(f), requests: requestsUntil(f) }),
		nextStep: 'check-udp-firewall'
	},
	{
		id: 'udp-failed-at-once',
		state: 'unreachable',
		when: (f) => f.transport === 'udp' && failedQuickly(f),
		values: hostFailure,
		nextStep: 'check-spelling-and-family'
	},
	{
		id: 'not-reached',
		state: 'unreachable',
		when: (f) => f.code !== null,
		values: event,
		nextStep: 'check-address-and-network'
	}
];

/** In Chromium 156 the policy WebRtcUdpPortRange closes a socket for which its range has no free port. */
const SOCKET_FAILED = /Failed to create TURN client socket|UDP socket was closed/;

/** No event. Each browser has failures that it keeps to itself. */
const WITHOUT_ERROR_EVENT: readonly ErrorRule[] = [
	{
		id: 'relay-allocated',
		state: 'allocates-only',
		when: (f) => isTurn(f) && has(f, 'relay'),
		values: place,
		nextStep: 'wait-for-relay-test'
	},
	{
		id: 'stuns-without-tls',
		state: 'works',
		when: (f) => f.scheme === 'stuns' && has(f, 'srflx'),
		values: ({ host, port }) => ({ host, port }),
		nextStep: 'write-stun-scheme'
	},
	{
		id: 'stun-answered',
		state: 'works',
		when: (f) => !isTurn(f) && has(f, 'srflx'),
		values: place,
		nextStep: 'nothing-to-do'
	},
	{
		id: 'turn-port-not-allowed',
		state: 'misconfigured',
		when: (f) => isTurn(f) && isLibwebrtc(f) && !isTriedByLibwebrtc(f.port),
		values: ({ port }) => ({ port }),
		nextStep: 'move-turn-to-allowed-port'
	},
	{
		id: 'tls-address-not-tried',
		state: 'misconfigured',
		when: (f) => f.engine === 'firefox' && f.scheme === 'turns' && f.hostKind !== 'name',
		values: ({ host }) => ({ host }),
		nextStep: 'write-name-of-certificate'
	},
	{
		id: 'errors-not-told',
		state: 'unknown',
		when: (f) =>
			f.noErrorEvents === true && (f.endedBy === 'complete' || f.endsUntold === true || (isTurn(f) && has(f, 'srflx'))),
		values: (f) => ({ ...failure(f), missing: isTurn(f) ? 'relay' : 'address' }),
		nextStep: 'check-in-browser-that-tells'
	},
	{
		id: 'turn-silent-stun-answers',
		state: 'misconfigured',
		when: (f) => isTurn(f) && f.transport === 'udp' && has(f, 'srflx') && patientEnough(f),
		values: (f) => ({ ...silence(f), untilDeadline: f.endedBy === 'deadline' && noEvent(f) }),
		nextStep: 'switch-turn-on'
	},
	{
		id: 'family-missing',
		state: 'not-tested',
		when: (f) => f.endedBy === 'complete' && unseenFamily(f) !== null && f.candidates.includes('host'),
		values: (f) => ({ ...failure(f), serverFamily: unseenFamily(f)! }),
		nextStep: 'check-where-family-is'
	},
	{
		id: 'turn-not-tried',
		state: 'unknown',
		when: (f) => f.endedBy === 'complete' && isTurn(f),
		values: failure,
		nextStep: 'look-for-webrtc-restriction'
	},
	{
		id: 'stun-no-candidate',
		state: 'unknown',
		when: (f) => f.endedBy === 'complete',
		values: failure,
		nextStep: 'compare-with-other-stun-server'
	},
	{
		id: 'own-address-not-told',
		state: 'unknown',
		when: (f) => f.agreementUntold === true,
		values: silence,
		nextStep: 'check-with-addresses-hidden'
	},
	{
		id: 'stopped-early',
		state: 'unknown',
		when: (f) => f.endedBy === 'satisfied' || !patientEnough(f),
		values: (f) => ({ ...silence(f), slowPathMs: PATIENCE_MS[f.transport] }),
		nextStep: 'check-again-for-longer'
	},
	{
		id: 'udp-no-answer',
		state: 'unreachable',
		when: (f) => f.transport === 'udp',
		values: (f) => ({ ...noAnswer(f), requests: unseenFamily(f) ? null : requestsUntil(f), browserWaits: browserWaits(f) }),
		nextStep: 'check-udp-firewall'
	},
	{
		id: 'tcp-no-answer',
		state: 'unreachable',
		when: (f) => f.transport === 'tcp',
		values: noAnswer,
		nextStep: 'check-turn-on-port-and-firewall'
	},
	{
		id: 'tls-no-answer',
		state: 'unreachable',
		when: () => true,
		values: noAnswer,
		nextStep: 'check-listener-and-firewall'
	}
];

export const ERROR_RULES: readonly ErrorRule[] = [...SERVER_ERRORS, ...FAILURES, ...WITHOUT_ERROR_EVENT];
