/** How good a call was: each measured quantity against its limits. What was not measured is unknown, and never good. */
import type { CallDirection, CallSummary, DirectionSummary } from './call-figure-shapes';
import { explainedBy } from './machine';
import { QUALITY_LIMITS, type QualityId, type QualityLimit } from './quality-limits';

export type Judgement = 'good' | 'fair' | 'poor' | 'unknown';

export interface QualityItem {
	limit: QualityLimit;
	/** Null for what belongs to the whole path. */
	direction: CallDirection | null;
	value: number | null;
	/** How much of the value this machine may have caused itself, at most all of it; the rest is judged. */
	byMachine: number;
	judgement: Judgement;
}

/** What is missing for a whole judgement. */
export type QualityLack = 'longer-call' | 'round-trip-time' | 'loss' | 'path-beyond-device' | 'machine-at-rest';

export interface Quality {
	overall: Judgement;
	items: QualityItem[];
	/** Empty when nothing is missing. */
	missing: QualityLack[];
}

/** Shorter calls say too little: RTCP comes every five seconds, and an encoder needs some to find its rate. */
export const SECONDS_AT_LEAST = 4;

/** Share of the time; every call starts low and is limited for a moment. */
const HELD_BACK_FROM = 0.2;

export interface QualityOptions {
	/** The user limited the bitrate: what the path allows was not looked for, so it is not judged. */
	bitrateCapped?: boolean;
	/** The path does not leave this device: nothing of it is a network's. */
	staysOnDevice?: boolean;
}

export function judgeQuality(summary: CallSummary, options: QualityOptions = {}): Quality {
	const explained = explainedBy(summary.machine, options.staysOnDevice);
	const items: QualityItem[] = [item('round-trip-time', null, summary.rttMs?.median ?? null, explained.delayMs)];
	for (const direction of summary.directions) {
		const way = { from: direction.from, to: direction.to };
		items.push(item('loss', way, direction.lossRatio, explained.lossRatio));
		items.push(item('jitter', way, direction.jitterMs?.median ?? null, explained.jitterMs));
		if (hasVideo(direction)) items.push(item('freezes', way, direction.freezeShare, explained.freezeShare));
		// The estimate follows what is sent: it says what the path allows only where the encoder would have sent more.
		const heldBack = !options.bitrateCapped && !options.staysOnDevice && (direction.limitedByBandwidth ?? 0) > HELD_BACK_FROM;
		if (heldBack && direction.availableBps) items.push(item('available-bitrate', way, direction.availableBps.median));
	}
	const missing: QualityLack[] = [];
	if (summary.seconds < SECONDS_AT_LEAST) missing.push('longer-call');
	for (const needed of ['round-trip-time', 'loss'] as const) {
		const own = items.filter(({ limit }) => limit.id === needed);
		if (own.length === 0 || own.some(({ judgement }) => judgement === 'unknown')) missing.push(needed);
	}
	if (items.some(isMachines)) missing.push(options.staysOnDevice ? 'path-beyond-device' : 'machine-at-rest');
	const known = items.map(({ judgement }) => judgement).filter((judgement) => judgement !== 'unknown');
	const worst = known.includes('poor') ? 'poor' : known.includes('fair') ? 'fair' : 'good';
	// Something bad stays bad whatever else is missing; something good needs everything.
	const overall =
		summary.seconds < SECONDS_AT_LEAST || (worst === 'good' && missing.length > 0) || known.length === 0 ? 'unknown' : worst;
	return { overall, items, missing };
}

function hasVideo({ videoBps, framesPerSecond }: DirectionSummary): boolean {
	return videoBps !== null || framesPerSecond !== null;
}

/** Measured, and not judged: without what this machine may have added it would be good. */
export function isMachines({ value, judgement }: QualityItem): boolean {
	return value !== null && judgement === 'unknown';
}

/** `mayAdd` only where less is better. */
function item(id: QualityId, direction: CallDirection | null, value: number | null, mayAdd = 0): QualityItem {
	const limit = QUALITY_LIMITS.find((one) => one.id === id)!;
	const byMachine = Math.min(mayAdd, Math.max(0, value ?? 0));
	const [whole, rest] = [judge(limit, value), judge(limit, value === null ? null : value - byMachine)];
	const judgement = rest === 'good' && whole !== 'good' ? 'unknown' : rest;
	return { limit, direction, value, byMachine, judgement };
}

function judge({ sense, good, fair }: QualityLimit, value: number | null): Judgement {
	if (value === null || !Number.isFinite(value)) return 'unknown';
	const within = (bound: number) => (sense === 'up-to' ? value <= bound : value >= bound);
	return within(good) ? 'good' : within(fair) ? 'fair' : 'poor';
}
