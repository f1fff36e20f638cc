/** The values of answers, by question and rule. Those of calls are in call-values. */
import type { NoValues, Said } from '../../base/said';
import type { Mapping } from '../../nat/conclusion';
import type { CallQualityValues } from '../call/call-values';
import type { ServerState } from '../conclusion';
import type { Control } from '../view';
import type { CandidateLimitKind } from './candidate-limit';

/** One entry a URL and address family, so that a URL may stand twice. */
interface Urls {
	urls: string[];
}

/** The least time that one of them was waited for. */
interface SilentUrls extends Urls {
	silentForMs: number;
}

export interface UdpUsableValues {
	'udp-answered-from-outside': Urls & { quickestMs: number | null };
	/** Those that may have given the answer. */
	'udp-answered-when-all-were-asked': Urls & { afterMs: number };
	'udp-carried-to-relay': Urls;
	/** Addresses with ports: of the prober, and what it sees of this device. */
	'udp-to-prober-and-back': { prober: string; seenAs: string };
	'udp-silent-while-others-work': SilentUrls & { control: Control };
	'udp-silent-so-far': SilentUrls & { control: Control };
	'udp-not-asked': NoValues;
	'udp-only-local-servers': Urls;
	/** Each of them, or one of them. */
	'udp-answered-from-somewhere': Urls & { each: boolean };
	'udp-one-silent-server': SilentUrls;
	/** Whether anything but UDP reached the outside, and whether over a family over which they were silent. */
	'udp-silent-without-control': SilentUrls & { outsideReached: boolean; inSilentFamily: boolean };
	'udp-failed-otherwise': Urls;
	'udp-left-out-by-browser': { gathered: CandidateLimitKind };
	'udp-not-decided-yet': NoValues;
}

export interface Ipv6UsableValues {
	'ipv6-answered': Urls & { quickestMs: number | null };
	'ipv6-answered-when-all-were-asked': Urls & { afterMs: number };
	'ipv6-not-assigned': { deviceAddresses: string[] };
	'ipv6-silent': Urls;
	'ipv6-only-for-the-web': { webAddress: string };
	'ipv6-not-tested': Urls;
}

/** Servers that carried data both ways; the round trips through them are null where none was measured. */
export interface WorkingTurn {
	workingUrls: string[];
	roundTripMs: { least: number; most: number } | null;
}

export interface FailedTurn {
	url: string;
	/** Where the URL stands in the list with several; else null. */
	username: string | null;
	state: ServerState;
}

export interface TurnWorksValues {
	'turn-some-work': { workingUrls: string[]; failed: FailedTurn[] };
	'turn-none-listed': NoValues;
	'turn-all-work': WorkingTurn;
	'turn-none-works': { failed: FailedTurn[] };
	'turn-not-asked': Urls;
	'turn-works-as-far-as-known': { workingUrls: string[]; openUrls: string[] };
	'turn-not-decided-yet': { workingUrls: string[]; openUrls: string[]; failedUrls: string[] };
}

/** The same public address for every destination. */
export type SteadyMapping = Extract<Mapping, 'none' | 'endpoint-independent'>;

/** Why it is not known whether TURN is needed. */
export type NeedUnknown =
	| { kind: 'udp-not-known' }
	| { kind: 'nothing-known-of-nat' }
	/** The device has no IPv4 of its own; NAT64 stands for it. */
	| { kind: 'ipv4-translated' }
	/** Only the NAT of IPv6 is known, and not that there is no IPv4. */
	| { kind: 'ipv4-not-known' }
	| { kind: 'mapping'; mapping: Said };

export interface NeedsTurnValues {
	'turn-needed-without-udp': NoValues;
	'turn-needed-mapping-depends': { mapping: Mapping };
	'turn-not-needed': { mapping: SteadyMapping; filtering: 'endpoint-independent' | 'address-dependent' };
	'turn-needed-filtering-by-port': { mapping: SteadyMapping };
	'turn-needed-without-ipv4': NoValues;
	'turn-need-unknown-filtering': { mapping: SteadyMapping };
	'turn-need-unknown-mapping': { because: NeedUnknown };
}

export interface CallsWillWorkValues {
	'calls-go-directly': NoValues;
	'calls-work-with-turn': WorkingTurn & { onlyThroughTurn: boolean };
	'calls-fail-without-udp-and-turn': { turnListed: boolean };
	'calls-depend-on-peer': { directTo: 'peers-open-to-any-port' | 'most-peers' | 'ipv6-peers' };
	'calls-mostly-direct': NoValues;
	/** Those that lacked user name or credential. */
	'calls-no-server-asked': { urlsWithoutLogin: string[] };
	'calls-only-local-servers': Urls;
	'calls-nothing-answers': { serverHosts: number };
	'calls-candidates-left-out': NoValues;
	'calls-not-decided': { known: 'udp-works' | 'turn-needed' | 'nothing' };
}

/** Which rules answer which question. */
export interface ValuesByQuestion {
	'udp-usable': UdpUsableValues;
	'ipv6-usable': Ipv6UsableValues;
	'turn-works': TurnWorksValues;
	'needs-turn': NeedsTurnValues;
	'calls-will-work': CallsWillWorkValues;
	'call-quality': CallQualityValues;
}

export interface AnswerValues
	extends UdpUsableValues, Ipv6UsableValues, TurnWorksValues, NeedsTurnValues, CallsWillWorkValues, CallQualityValues {}
