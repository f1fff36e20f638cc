/** The words and shapes of judgements: answers, servers, peers, findings. The report holds them; `conclude` makes them. */
import type { Family } from '../base/ip';
import type { Because, Filtering, Mapping, NatConclusion } from '../nat/conclusion';
import type { ServerTransport } from '../observations/observation';

export type ServerState =
	'works' | 'allocates-only' | 'unauthorized' | 'unreachable' | 'tls-failed' | 'misconfigured' | 'not-tested' | 'unknown';

/** What went wrong with a server, from the raw event: `code` and `text` are the browser's, the rest is ours. */
export interface ServerError {
	/** Id in the table of explanations (ice/candidate-errors). */
	rule: string;
	code: number | null;
	text: string;
	elapsedMs: number;
	explanation: string;
	nextStep: string;
}

export interface ServerConclusion {
	url: string;
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
	/** Id of the rule that gave the state. */
	rule: string;
	/** One sentence with the measured values, also when all is well. */
	text: string;
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
export interface Missing {
	probe: string;
	text: string;
}

export type Answer = {
	[Q in Question]: { question: Q; says: QuestionAnswers[Q]; summary: string; because: Because[]; missing: Missing[] };
}[Question];

export interface PeerConclusion {
	/** A class of network that the other side may be in. */
	peer: {
		id: string;
		/** What people call it, and what it is. */
		name: string;
		about: string;
		mapping: Mapping;
		filtering: Filtering;
		udp: 'yes' | 'no';
		families: Family[];
	};
	/** Whether a call goes without a relay. */
	direct: 'yes' | 'no' | 'unknown';
	/** The family by which it goes or fails; null when the two have none in common. */
	family: Family | null;
	/** Why: id and sentence (nat/peer-matrix). */
	rule: string;
	text: string;
}

export interface Finding {
	rule: string;
	severity: 'problem' | 'warning' | 'normal' | 'info';
	text: string;
	where: string;
}

export interface Conclusions {
	answers: Answer[];
	nat: { ipv4: NatConclusion | null; ipv6: NatConclusion | null };
	servers: ServerConclusion[];
	peers: PeerConclusion[];
	findings: Finding[];
}
