/** The values of the servers table, by rule: what the sentence about a row needs, under names with units. */
import type { Family } from '../../base/ip';
import type { MissingLogin } from '../../ice/server-list-facts';
import type { NoValues, Said } from '../../base/said';
import type { RelayRun } from '../../observations/observation';
import type { CandidateLimitKind } from './candidate-limit';

/** Data that went through a relay and came back. */
interface Carried {
	/** Null where the browser did not report the relay's address. */
	relayAddress: string | null;
	relayPort: number;
	bytes: number;
	/** Null where none was measured. */
	rttMs: number | null;
}

export interface ServerValues {
	'server-login-missing': { missing: MissingLogin };
	'server-not-asked': { reason: { kind: 'stopped' } | { kind: 'no-webrtc' } | { kind: 'skipped'; probeSaid: Said } };
	'server-refused-by-browser': { browserSaid: string };
	'server-test-failed': { because: Said };
	/** Browsers do not repeat an address that the device has itself: the server saw that one. */
	'stun-answers': { afterMs: number; sees: { kind: 'mapped-address'; address: string; port: number } | { kind: 'own-address' } };
	'stun-sees-address-not-public': { afterMs: number; address: string; port: number };
	'relay-address-not-outside': { relayAddresses: string[] };
	/** `url` is null where the other relay's server is not known. */
	'relay-carries': Carried & { farEnd: { kind: 'page' } | { kind: 'relay'; url: string | null } };
	'relay-carries-between-relays': Carried;
	'relay-carries-only-to-itself': { relayAddresses: string[] };
	'relay-second-allocation-refused': { relayAddresses: string[]; code: number };
	'relay-second-allocation-unanswered': { relayAddresses: string[] };
	'relay-carries-nothing': { relayAddresses: string[]; runs: Pick<RelayRun, 'toward' | 'peerUrl' | 'state'>[] };
	/** The relay's address is not public, or it was perhaps not told the address that this page's packets come from. */
	'relay-not-tried-from-outside': { relayAddresses: string[]; why: 'address-not-public' | 'source-not-told' };
	'relay-not-proven': { relayAddresses: string[]; afterMs: number };
	'server-of-family-not-here': { serverFamily: Family };
	'server-silence-not-heard': { pausedMs: number; ofMs: number };
	/** Nothing may have been sent to it. */
	'server-local-network-not-allowed': { permission: 'denied' | 'prompt' };
	'server-perhaps-not-asked': { gathered: CandidateLimitKind; inAnyTest: boolean };
	'server-error-explained': { explanation: Said };
}

/** Why a row is a fault although no error was raised. */
export type ServerCauseId =
	| 'entry-makes-browser-refuse-list'
	| 'relay-proof-needs-two'
	| 'relay-address-is-the-inner-one'
	| 'relay-not-reached-from-outside'
	| 'relay-lets-nothing-through';

/** What to do about it. */
export type ServerStepId =
	| 'correct-entry'
	| 'tell-server-its-public-address'
	| 'allow-two-allocations'
	| 'open-relay-ports'
	| 'open-relay-ports-and-allow-peers';

export type ServerFaultValues = Record<ServerCauseId | ServerStepId, NoValues>;
