/** What is concluded of two devices: both networks, what was predicted for each path, and what came of each attempt. */
import * as v from 'valibot';
import type { Said, SaidOf } from '../../base/said';
import { number, object, openWord, text, yesOrNo } from '../../base/schema';
import type { NatConclusion } from '../../nat/conclusion';
import { meetingSeat } from '../../observations/call-shapes';
import type { MeetingPath, MeetingSeat, PairCall } from '../../observations/observation';
import type { OneWayCounts } from '../../call/call-figure-shapes';
import type { PairFindingValues } from './pair-values';

export const STEPS = ['signalling', 'gathering', 'checks', 'dtls', 'first-frame'] as const;
export type PairStepId = (typeof STEPS)[number];

/** ms since the attempt began; null where it never came to that. */
export const pairStep = object({ id: openWord<PairStepId>(), fromMs: v.nullable(number), toMs: v.nullable(number) });
export type PairStep = v.InferOutput<typeof pairStep>;

export type PairReason =
	| 'chosen'
	| 'worked'
	| 'not-tried'
	| 'name-hidden'
	| 'no-route'
	| 'other-family'
	| 'not-turned-round'
	| 'filtered'
	| 'local-unanswered'
	| 'one-way'
	| 'under-way';

const pairEndpoint = object({ type: text, address: v.nullable(text), port: v.nullable(number), relayProtocol: v.nullable(text) });
export type PairEndpoint = v.InferOutput<typeof pairEndpoint>;

/** A candidate pair as one end saw it. */
export const triedPair = object({
	id: text,
	local: v.nullable(pairEndpoint),
	remote: v.nullable(pairEndpoint),
	requestsSent: v.nullable(number),
	responsesReceived: v.nullable(number)
});
export type TriedPair = v.InferOutput<typeof triedPair>;

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
	/** Where both may be in one network, and none of their own addresses was a way to the other. */
	local: SaidOf<Pick<PairFindingValues, 'pair-local-path-failed'>> | null;
	/** Whether prediction and outcome agree; null where nothing was predicted, or nothing has come out yet. */
	agrees: boolean | null;
}

export const pairSide = object({
	seat: meetingSeat,
	name: text,
	/** False until anything is known of its check. */
	checked: yesOrNo,
	udp: openWord<'yes' | 'no' | 'unknown'>(),
	turn: object({ listed: number, allocate: number })
});

/** One of the two networks, as its device's own check found it. */
export interface PairSide extends v.InferOutput<typeof pairSide> {
	/** Of IPv4, or of IPv6 where nothing was seen of that. */
	nat: NatConclusion | null;
}

export interface PairConclusion {
	/** The seat of the device that made the report. */
	own: MeetingSeat;
	sides: Record<MeetingSeat, PairSide>;
	predictions: PathPrediction[];
	outcomes: PairOutcome[];
}
