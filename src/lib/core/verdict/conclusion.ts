/** The words and shapes of judgements, all of them: the report holds them, and `conclude` alone makes them. */
import * as v from 'valibot';
import type { Family } from '../base/ip';
import type { Said } from '../base/said';
import { number, object, text } from '../base/schema';
import type { ExplainedState } from '../ice/error-facts';
import type { Because, Filtering, Mapping, NatConclusion } from '../nat/conclusion';
import type { PeerClassId } from '../nat/peer-matrix';
import type { ServerTransport } from '../observations/observation';
import type { CallConclusion } from './call/call-conclusion';
import type { LineConclusion } from './call/access-lines';
import type { PairConclusion } from './pair/pair-conclusion';

/** What a network does to calls; then how calls made elsewhere went, and whether a URL was reached. */
export type Verdict =
	| 'direct'
	| 'with-turn'
	| 'turn-always'
	| 'fails'
	| 'unknown'
	| 'connected'
	| 'failed'
	| 'media-problem'
	| 'reached'
	| 'reached-partly'
	| 'not-answered';

/** The verdict in one sentence. */
export interface Headline extends Said {
	/**
	 * `pair`: two devices, where something came of an attempt; else `call`: calls that were read from a dump; else `check`: this network, a
	 * loopback call with it.
	 */
	about: 'check' | 'call' | 'pair';
	verdict: Verdict;
	/** What the verdict rests on, each with its own sentence. */
	causes: Because[];
	/** What to do, the most useful first; empty when nothing needs doing. */
	nextSteps: Said[];
}

/** As a gathering explains it, or that nobody asked. */
export type ServerState = ExplainedState | 'not-asked';

/** What went wrong with a server, from the raw event: `code` and `text` are the browser's, the rest is ours. */
export interface ServerError {
	/** Of the table of explanations (ice/candidate-errors), or of a row whose state is a fault without an error. */
	rule: string;
	code: number | null;
	text: string;
	elapsedMs: number;
	explanation: Said;
	nextStep: Said;
}

export interface ServerConclusion extends Said {
	url: string;
	/** Where the same URL was asked with another user name too, which tells the rows apart; else null. */
	username: string | null;
	kind: 'stun' | 'turn';
	transport: ServerTransport;
	family: Family | 'unknown';
	state: ServerState;
	/** Median round trip through the relay, or the time the STUN answer took; null when nothing came back. */
	rttMs: number | null;
	/** Time from the probe's start to the first candidate of this server; null when none came. */
	answeredMs: number | null;
	/** Payload that went through the relay and came back. */
	relayedBytes: number;
	relayAddress: string | null;
	/** Whether data went through the relay both ways: `not-run` while nobody tried; null where there is no relay to prove. */
	proof: 'carried' | 'not-carried' | 'not-run' | null;
	error: ServerError | null;
	observations: number[];
}

export interface QuestionAnswers {
	'needs-turn': 'never' | 'for-some-peers' | 'always' | 'unknown';
	'turn-works': 'yes' | 'partly' | 'no' | 'no-turn-configured' | 'unknown';
	'calls-will-work': 'yes' | 'with-turn' | 'no' | 'unknown';
	'udp-usable': 'yes' | 'no' | 'unknown';
	'ipv6-usable': 'yes' | 'no' | 'unknown';
	'call-quality': 'good' | 'fair' | 'poor' | 'unknown';
}
export type Question = keyof QuestionAnswers;

/** What is missing for a better answer: the probe that would settle it and what the user can do to have it run. */
export interface Missing extends Said {
	probe: string;
}

/** What the answer says is also the first of its reasons, with its observations. */
export type Answer = {
	[Q in Question]: Said & { question: Q; says: QuestionAnswers[Q]; because: Because[]; missing: Missing[] };
}[Question];

/** Why is said by a rule of nat/peer-matrix. */
export interface PeerConclusion extends Said {
	/** A class of network that the other side may be in. */
	peer: {
		id: PeerClassId;
		mapping: Mapping;
		filtering: Filtering;
		udp: 'yes' | 'no';
		families: Family[];
	};
	/** Whether a call goes without a relay. */
	direct: 'yes' | 'no' | 'unknown';
	/** The family by which it goes or fails; null when the two have none in common. */
	family: Family | null;
	observations: number[];
}

/** What a finding is about. */
export type Subject =
	| { kind: 'server'; url: string }
	/** This network; `family` where only that one is meant. */
	| { kind: 'network'; family: Family | null }
	/** A connection of a dump; null: the dump as a whole. */
	| { kind: 'connection'; id: string | null }
	/** The page itself, or the app that it asked. */
	| { kind: 'page'; url: string | null }
	| { kind: 'server-list' };

/** Where in a recording a finding shows. */
export const recordedMoment = object({
	/** Id of the connection; null where it is about the whole recording. */
	connection: v.nullable(text),
	/** On the recording's clock; null where it has no time. */
	atMs: v.nullable(number),
	untilMs: v.nullable(number),
	/** Id of the statistics object that shows it. */
	track: v.nullable(text),
	/** Id of the metric that shows it. */
	metric: v.nullable(text)
});
export type RecordedMoment = v.InferOutput<typeof recordedMoment>;

export interface Finding extends Said {
	/** `rule@subject`; with a number where a rule speaks of one subject several times. */
	id: string;
	subject: Subject;
	severity: 'problem' | 'warning' | 'normal' | 'info';
	/** Ids of the findings that are consequences of this one. */
	explains: string[];
	observations: number[];
	/** Of what was found in a recording alone. */
	moment?: RecordedMoment;
	/** What to do about it, where its own sentence does not say. */
	nextStep?: Said;
}

export interface Conclusions {
	headline: Headline;
	answers: Answer[];
	nat: { ipv4: NatConclusion | null; ipv6: NatConclusion | null };
	servers: ServerConclusion[];
	peers: PeerConclusion[];
	calls: CallConclusion[];
	/** What calls and load tests say about this device's access line. */
	lines: LineConclusion[];
	/** Null where the report is not about two devices. */
	pair: PairConclusion | null;
	findings: Finding[];
}
