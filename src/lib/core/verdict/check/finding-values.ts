/** The values of findings, by rule: what a sentence about each needs, under names with units. */
import type { Family } from '../../base/ip';
import type { NoValues, Said } from '../../base/said';
import type { OneFamily } from '../../ice/error-values';
import type { Filtering, Mapping } from '../../nat/conclusion';
import type { PathSource } from '../../nat/path-sources';
import type { BrowserEngine, ServerTransport } from '../../observations/observation';
import type { PairFindingValues } from '../pair/pair-values';
import type { CallFindingValues } from '../call/call-finding-values';
import type { Control } from '../view';
import type { CandidateLimitKind } from './candidate-limit';

/** What its row of the servers table says, and what to do about it. */
export interface ServerFault {
	state: Said;
	nextStep: Said | null;
}

/** What shows that IPv4 is reached through a translator from IPv6. */
export type Nat64Sign =
	| { kind: 'prefix'; address: string; prefix: string; cite: string }
	| { kind: 'translator-address'; address: string }
	| { kind: 'crossed-families'; address: string };

/** What came in the place of the app's own answer. */
export type PortalSign = { kind: 'redirect' } | { kind: 'login-required' } | { kind: 'page'; status: number };

export interface FindingValues extends PairFindingValues, CallFindingValues {
	'webrtc-missing': NoValues;
	'nothing-outside-answers': { serverUrls: number };
	'udp-blocked': { silentServers: number; control: Control };
	/** `told`: the browser said that it is the name; else everything asked of it failed too fast for a way there. */
	'server-name-not-found': { host: string; urls: string[]; told: boolean; onlyIn: OneFamily | null; nextStep: Said | null };
	'server-unauthorized': ServerFault;
	'server-quota-reached': ServerFault;
	'server-misconfigured': ServerFault;
	'relay-carries-no-data': ServerFault;
	'server-tls-failed': ServerFault;
	'server-silent': ServerFault;
	'server-unreachable': ServerFault;
	/** How long browsers wait for such servers; Chromium for minutes where a connection is dropped on the way, which a page is not told. */
	'silent-server-delays': { urls: string[]; chromiumMs: number; minutesWhereDropped: boolean; firefoxMs: number };
	'relay-only-over-tcp': { transports: ServerTransport[]; failedUrls: string[] };
	'relay-sees-other-address': { url: string; address: string; toldAddresses: string[] };
	'several-public-addresses': { addresses: string[] };
	'interfaces-seen-apart': { interfaces: { address: string; seenAs: string[]; mapping: Mapping }[] };
	'ipv6-broken': NoValues;
	'app-not-reached': { because: Said };
	'captive-portal-signs': { url: string; sign: PortalSign };
	'no-server-listed': NoValues;
	'only-local-servers': { urls: string[] };
	'mapping-depends-on-destination': NoValues;
	'carrier-grade-nat-signs': { layers: Said };
	'host-addresses-hidden': NoValues;
	'local-network-not-allowed': { urls: string[]; permission: 'denied' | 'prompt' };
	'browser-leaves-candidates-out': { gathered: CandidateLimitKind; engine: BrowserEngine; waitedMs: number };

	'stun-answers-rewritten-signs': { toldAddress: string; seenAddress: string; seenBy: PathSource; seenByWeb: boolean };
	'web-and-udp-leave-apart': { webAddress: string; toldAddresses: string[] };
	'udp-port-blocked-signs': { port: number; silentUrls: string[]; openPorts: number[] };
	'udp-tested-on-one-port': { port: number };
	'only-tcp-443-open-signs': { openUrls: string[]; silentUrls: string[] };
	'nat64-signs': { sign: Nat64Sign };
	'no-nat-seen': { family: Family; filtering: Exclude<Filtering, 'unknown'> };
}
