/** The values of explanations of server errors, by rule: what the sentence about each needs, under names with units. */
import type { Family } from '../base/ip';
import type { NoValues } from '../base/said';

/** The server as a sentence names it: `UDP 203.0.113.7:3478`. */
export interface ServerPlace {
	transport: 'udp' | 'tcp' | 'tls';
	/** Name, or address without brackets. */
	host: string;
	port: number;
}

/** An event of the browser; its text is empty where the browser gives none. */
interface Event extends ServerPlace {
	/** Null where nobody wrote down when. */
	afterMs: number | null;
	browserSaid: string;
}

/** An error response of the server itself (RFC 8489 §14.8). */
interface ErrorResponse extends Event {
	code: number;
}

interface Failure extends ServerPlace {
	afterMs: number | null;
}

/** A lookup speaks for the family of its socket alone; `otherMissing`: this device has none of the other, over which to ask. */
export interface OneFamily {
	family: Family;
	otherMissing: boolean;
}

interface Silence extends ServerPlace {
	silentMs: number | null;
}

/**
 * `unseenFamily`: that of the address, where this device was not seen to have it; then maybe nothing was sent.
 */
interface NoAnswer extends Silence {
	hostKind: 'ipv4' | 'ipv6' | 'name';
	unseenFamily: 'ipv4' | 'ipv6' | null;
}

/** Of a name it may also be that it was not found: browsers do not tell. */
interface HostFailure extends Failure {
	hostKind: 'ipv4' | 'ipv6' | 'name';
}

export interface ErrorValues {
	'credential-not-given': ServerPlace & { browserSaid: string };
	'credential-expired': ErrorResponse & { expiredForMs: number };
	'credential-refused': ErrorResponse;
	/** Chromium shows the last two digits alone: 1 is 401, or another code that ends so. */
	'stun-asks-credential': ErrorResponse;
	'stale-nonce': ErrorResponse;
	/** `sockets`: on how many in a row. */
	'allocation-mismatch': ErrorResponse & { sockets: 1 | 3 };
	'credential-of-another': ErrorResponse;
	'transport-unsupported': ErrorResponse;
	'family-unsupported': ErrorResponse;
	'peer-family-mismatch': ErrorResponse;
	'quota-reached': ErrorResponse;
	'relay-capacity-reached': ErrorResponse;
	'request-forbidden': ErrorResponse;
	'redirect-failed': ErrorResponse;
	'redirect-to-disallowed-port': ServerPlace & { browserSaid: string };
	'attribute-unknown': ErrorResponse;
	'request-malformed': ErrorResponse;
	'server-failed-unnamed': Failure;
	'server-failed': ErrorResponse;
	/** The last two digits of the code are all that Chromium shows; `codes` are those that it may have been. */
	'stun-refuses': Event & { lastDigits: number; codes: number[] };
	'server-refuses': ErrorResponse;

	'loopback-not-used': Failure;
	'family-not-here': { host: string };
	'name-not-found': { host: string; afterMs: number | null; browserSaid: string; onlyIn: OneFamily | null };
	'wrong-interface': ServerPlace & { browserSaid: string };
	'socket-not-made': ServerPlace & { browserSaid: string };
	'tcp-accepted-then-silent': Silence;
	'tcp-closed-by-server': Failure;
	'tcp-refused': HostFailure;
	'tls-refused-or-certificate': HostFailure;
	'tls-handshake-unanswered': Silence;
	'tls-silent': Silence;
	'tcp-silent': Silence;
	/** `requests`: how many were sent; null in a browser whose times are not known. */
	'udp-silent': Silence & { requests: number | null };
	'udp-failed-at-once': HostFailure;
	'not-reached': Event;

	'relay-allocated': ServerPlace;
	'stuns-without-tls': { host: string; port: number };
	'stun-answered': ServerPlace;
	'turn-port-not-allowed': { port: number };
	'tls-address-not-tried': { host: string };
	'errors-not-told': Failure & { missing: 'relay' | 'address' };
	/** `untilDeadline`: the browser would have gone on. */
	'turn-silent-stun-answers': Silence & { untilDeadline: boolean };
	'family-missing': Failure & { serverFamily: 'ipv4' | 'ipv6' };
	'own-address-not-told': Silence;
	'turn-not-tried': Failure;
	'stun-no-candidate': Failure;
	/** `slowPathMs`: what an answer over a slow path may take. */
	'stopped-early': Silence & { slowPathMs: number };
	/** `browserWaits`: how long it would have gone on by itself; null where that is not known. */
	'udp-no-answer': NoAnswer & {
		requests: number | null;
		browserWaits: { engine: 'chromium' | 'firefox' | 'safari'; forMs: number } | null;
	};
	'tcp-no-answer': NoAnswer;
	'tls-no-answer': NoAnswer;
}

/** What to do about an error, each under an id of its own; none of them needs a value. */
export type ErrorStepId =
	// credentials
	| 'enter-credential'
	| 'fetch-new-credential'
	| 'compare-credential'
	| 'let-stun-answer-without-login'
	| 'try-again-or-look-for-shared-address'
	// settings of the server
	| 'look-for-load-balancer'
	| 'wait-or-look-for-shared-address'
	| 'allow-udp-relaying'
	| 'add-relay-address-of-family'
	| 'add-relay-addresses-of-both-families'
	| 'raise-quota'
	| 'widen-relay-ports'
	| 'look-at-peer-rules'
	| 'correct-alternate-server'
	| 'move-alternate-server-to-allowed-port'
	| 'update-server'
	| 'look-for-missing-realm'
	| 'look-at-log-or-check-in-chromium'
	| 'look-at-log-and-try-again'
	| 'look-at-log-or-use-other-stun-server'
	| 'look-at-log-for-code'
	| 'switch-turn-on'
	// the way to the server
	| 'check-in-browser-that-tells'
	| 'enter-address-of-this-machine'
	| 'add-aaaa-record'
	| 'check-spelling-or-try-address'
	| 'look-for-vpn-or-proxy'
	| 'look-for-webrtc-blocker'
	| 'look-for-proxy-that-accepts-all'
	| 'look-for-tcp-switched-off'
	| 'check-tcp-listener'
	| 'open-with-https'
	| 'check-tls-on-port'
	| 'check-listener-and-firewall'
	| 'check-turn-on-port-and-firewall'
	| 'check-udp-firewall'
	| 'check-spelling-and-family'
	| 'check-address-and-network'
	// the entry in the list
	| 'wait-for-relay-test'
	| 'write-stun-scheme'
	| 'nothing-to-do'
	| 'move-turn-to-allowed-port'
	| 'write-name-of-certificate'
	| 'check-where-family-is'
	| 'check-with-addresses-hidden'
	| 'look-for-webrtc-restriction'
	| 'compare-with-other-stun-server'
	| 'check-again-for-longer';

export type ErrorStepValues = Record<ErrorStepId, NoValues>;
