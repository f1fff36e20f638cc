/** What is concluded of one call: of this page with itself, with another device, or read from a dump. */
import type { Said } from '../../base/said';
import type { CallPath, MeetingPath } from '../../observations/observation';
import type {
	ConnectionOverview,
	CallSummary,
	DirectionDifference,
	OneWayCounts,
	Mos,
	CallDirection
} from '../../call/call-figure-shapes';
import type { ConnectionFigures } from '../../call/connection-figure-shapes';
import type { OneWay } from '../../call/one-way';
import type { Judgement } from '../../call/quality';
import type { QualityId } from '../../call/quality-limits';

/** One measured quantity against its limits (call/quality-limits). */
export interface QualityConclusion extends Said {
	limit: QualityId;
	/** Null for what belongs to the whole path. */
	direction: CallDirection | null;
	value: number | null;
	judgement: Judgement;
}

export interface CallQuality {
	overall: Judgement;
	items: QualityConclusion[];
	/** What is missing for a whole judgement; empty when nothing is. */
	missing: Said[];
}

/** Of one direction, with everything that the score was computed from. */
export interface MosConclusion extends Said, Mos {}

/** A connection of a dump: how it went, the pair that media took, what the addresses of that pair say, and its figures. */
export interface RecordedEnd extends ConnectionOverview {
	path: Said[];
	figures: ConnectionFigures;
}

export interface CallConclusion extends Said {
	/** `other`: of a probe that this version does not know. */
	kind: 'loopback' | 'pair' | 'imported' | 'other';
	/** Id of the connection where only one end was recorded; null where both were. */
	connection: string | null;
	/** `interrupted`: it was, and lost its connection. */
	connected: 'yes' | 'no' | 'interrupted' | 'unknown';
	/** What ended it; null while it runs, and for calls made elsewhere. */
	ending: Said | null;
	/** What it was confined to; null for calls made elsewhere. */
	path: CallPath | MeetingPath | null;
	/** The connections of a dump that it was read from; empty for calls that Icelens made. */
	ends: RecordedEnd[];
	/** Null where it carried nothing that could be measured. */
	summary: CallSummary | null;
	quality: CallQuality | null;
	/** Of each direction whose audio a recorded end received. */
	mos: MosConclusion[];
	/** Caller to callee first; empty where only one end was recorded, or both by clocks of their own. */
	ways: OneWayCounts[];
	/** Which direction is the worse one; empty where only one end was recorded. */
	directions: DirectionDifference[];
	observations: number[];
}

/** The first of what makes a call poor or fair; null where nothing does. */
export function worstOf({ overall, items }: CallQuality): QualityConclusion | null {
	return (overall === 'poor' || overall === 'fair' ? items.find(({ judgement }) => judgement === overall) : null) ?? null;
}

export function countsOf({ loss: _loss, delay: _delay, delayChange: _change, ...counts }: OneWay): OneWayCounts {
	return counts;
}
