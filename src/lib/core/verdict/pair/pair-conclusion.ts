/** What is concluded of two devices: both networks, what was predicted for each path, and what came of each attempt. */
import type { Said } from '../../base/said';
import type { NatConclusion } from '../../nat/conclusion';
import type { MeetingPath, MeetingSeat, PairCall } from '../../observations/observation';
import type { CandidateView } from '../../recording/connection';
import type { OneWayCounts } from '../call/call-conclusion';

export const STEPS = ['signalling', 'gathering', 'checks', 'dtls', 'first-frame'] as const;
export type PairStepId = (typeof STEPS)[number];

/** ms since the attempt began; null where it never came to that. */
export interface PairStep {
	id: PairStepId;
	fromMs: number | null;
	toMs: number | null;
}

export type PairReason =
	| 'chosen'
	| 'worked'
	| 'not-tried'
	| 'name-hidden'
	| 'no-route'
	| 'other-family'
	| 'not-turned-round'
	| 'filtered'
	| 'one-way'
	| 'under-way';

export type PairEndpoint = Pick<CandidateView, 'type' | 'address' | 'port' | 'relayProtocol'>;

/** A candidate pair as one end saw it. */
export interface TriedPair {
	id: string;
	local: PairEndpoint | null;
	remote: PairEndpoint | null;
	requestsSent: number | null;
	responsesReceived: number | null;
}

export interface PairJudgement extends Said {
	pair: TriedPair;
	reason: PairReason;
}

export interface PairEnd {
	seat: MeetingSeat;
	steps: PairStep[];
	pairs: PairJudgement[];
	chosen: TriedPair | null;
}

/** Before anybody tries: what the two checks say about a path. */
export interface PathPrediction extends Said {
	path: MeetingPath;
	works: 'yes' | 'no' | 'unknown';
}

/** What came of an attempt; then, where the checks had said that it would not connect, why; or which way loses packets. */
export interface PairOutcome extends Said {
	/** Index of the call's observation. */
	observation: number;
	path: MeetingPath;
	endedBy: PairCall['endedBy'];
	/** null while it is under way. */
	connected: boolean | null;
	connectMs: number | null;
	ends: Record<MeetingSeat, PairEnd>;
	/** What was sent by one against what the other received, host to guest first. */
	directions: OneWayCounts[];
	prediction: PathPrediction | null;
	/** Whether prediction and outcome agree; null where nothing was predicted, or nothing has come out yet. */
	agrees: boolean | null;
}

/** One of the two networks, as its device's own check found it. */
export interface PairSide {
	seat: MeetingSeat;
	name: string;
	/** False until anything is known of its check. */
	checked: boolean;
	/** Of IPv4, or of IPv6 where nothing was seen of that. */
	nat: NatConclusion | null;
	udp: 'yes' | 'no' | 'unknown';
	turn: { listed: number; allocate: number };
}

export interface PairConclusion {
	/** The seat of the device that made the report. */
	own: MeetingSeat;
	sides: Record<MeetingSeat, PairSide>;
	predictions: PathPrediction[];
	outcomes: PairOutcome[];
}
