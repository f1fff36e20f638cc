/** The values of what is said about a call: how it ended, how good it was, quantity by quantity, and what is missing to say so. */
import type { NoValues, Said } from '../../base/said';
import type { CallPath, LoopbackCall, MeetingPath, PairCall } from '../../observations/observation';
import type { MosInput } from '../../call/mos';
import type { Mos, CallDirection } from '../../call/call-figure-shapes';
import type { Judgement } from '../../call/quality';

/** Medians; forth is from the caller to the callee, or what a single recorded end sent. Null for what was not measured. */
export interface CallFigures {
	rttMs: number | null;
	lossRatio: BothWays;
	jitterMs: BothWays;
}

export interface BothWays {
	forth: number | null;
	back: number | null;
}

/** Which call: by its path, or as a recording names it. */
export type CallName =
	| { kind: 'loopback'; path: CallPath }
	| { kind: 'pair'; path: MeetingPath }
	| { kind: 'recording' }
	/** Both ends of it were recorded, under these names. */
	| { kind: 'ends'; labels: string[] }
	| { kind: 'connection'; id: string; label: string };

type NamedCall = { call: CallName };

export interface CallOutcomeValues {
	'call-was-connected': NamedCall & { figures: CallFigures | null };
	'call-never-connected': NamedCall;
	'call-was-interrupted': NamedCall;
	'call-under-way': NamedCall;
	'call-ended-early': NamedCall;
	'call-outcome-unknown': NamedCall;
}

/** By what a call of Icelens ended, and the browser's words where it failed. */
export interface CallEndingValues {
	'call-ended': { endedBy: LoopbackCall['endedBy'] | PairCall['endedBy']; browserSaid: string | null };
}

interface RatedCall {
	path: CallPath;
	figures: CallFigures;
}

export interface CallQualityValues {
	'quality-call-poor': RatedCall;
	'quality-call-fair': RatedCall;
	'quality-call-good': RatedCall;
	'quality-call-not-decided': { missing: Said[] };
	'quality-call-not-connected': { paths: CallPath[] };
	'quality-not-measured': NoValues;
}

/** A quantity is null where it was not measured; how much of it this machine may have caused itself is at most all of it. */
type Judged = {
	/** Null for what belongs to the whole path. */
	direction: CallDirection | null;
	judgement: Judgement;
};

/** Quantities against their limits (call/quality-limits). */
export interface QuantityValues {
	'quality-loss': Judged & { lossRatio: number | null; byMachineRatio: number };
	'quality-round-trip-time': Judged & { rttMs: number | null; byMachineMs: number };
	'quality-jitter': Judged & { jitterMs: number | null; byMachineMs: number };
	'quality-freezes': Judged & { frozenRatio: number | null; byMachineRatio: number };
	'quality-available-bitrate': Judged & { availableBps: number | null };
}

/** Mean opinion score of one direction's audio (call/mos). */
export interface MosValues {
	'mos-computed': { direction: CallDirection; mos: number; r: number; clamp: Mos['clamp'] };
	'mos-not-computed': { direction: CallDirection; missing: MosInput[] };
}

/** Parts of a sentence: what is missing for a whole judgement. */
export interface QualityMissingValues {
	'quality-lacks-longer-call': { secondsAtLeast: number };
	'quality-lacks-round-trip-time': NoValues;
	'quality-lacks-loss': NoValues;
	'quality-lacks-path-beyond-device': NoValues;
	'quality-lacks-machine-at-rest': NoValues;
}
