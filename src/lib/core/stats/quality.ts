/** How good a call was: each measured quantity against its limits. What was not measured is unknown, and never good. */
import { formatUnit } from '../base/format';
import type { CallSummary, DirectionSummary } from './call-summary';
import { explainedBy } from './machine';
import { QUALITY_LIMITS, type QualityId, type QualityLimit } from './quality-limits';

export { bitrate } from '../base/format';

export type Judgement = 'good' | 'fair' | 'poor' | 'unknown';

export interface QualityItem {
	limit: QualityLimit;
	/** `caller to callee`; null for what belongs to the whole path. */
	direction: string | null;
	value: number | null;
	/** How much of the value this machine may have caused itself; the rest is judged. */
	byMachine: number;
	judgement: Judgement;
	/** One sentence with the measured value. */
	text: string;
}

export interface Quality {
	overall: Judgement;
	items: QualityItem[];
	/** What is missing for a whole judgement, in words; empty when nothing is. */
	missing: string[];
}

/** Shorter calls say too little: RTCP comes every five seconds, and an encoder needs some to find its rate. */
export const SECONDS_AT_LEAST = 4;

/** Share of the time; every call starts low and is held back for a moment. */
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
		const name = `${direction.from} to ${direction.to}`;
		items.push(item('loss', name, direction.lossRatio, explained.lossRatio));
		items.push(item('jitter', name, direction.jitterMs?.median ?? null, explained.jitterMs));
		if (hasVideo(direction)) items.push(item('freezes', name, direction.freezeShare, explained.freezeShare));
		// The estimate follows what is sent: it says what the path allows only where the encoder would have sent more.
		const heldBack = !options.bitrateCapped && !options.staysOnDevice && (direction.limitedByBandwidth ?? 0) > HELD_BACK_FROM;
		if (heldBack && direction.availableBps) items.push(item('available-bitrate', name, direction.availableBps.median));
	}
	const missing: string[] = [];
	if (summary.seconds < SECONDS_AT_LEAST) missing.push(`a call of ${SECONDS_AT_LEAST} s or more`);
	for (const needed of ['round-trip-time', 'loss'] as const) {
		const own = items.filter(({ limit }) => limit.id === needed);
		if (own.length === 0 || own.some(({ judgement }) => judgement === 'unknown')) {
			missing.push(needed === 'loss' ? 'the loss in both directions' : 'the round-trip time');
		}
	}
	if (items.some(isMachines))
		missing.push(options.staysOnDevice ? 'a call over a path that leaves this device' : 'a call while this machine is not busy');
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

/** `byMachine` only where less is better. */
function item(id: QualityId, direction: string | null, value: number | null, byMachine = 0): QualityItem {
	const limit = QUALITY_LIMITS.find((one) => one.id === id)!;
	const [whole, rest] = [judge(limit, value), judge(limit, value === null ? null : Math.max(0, value - byMachine))];
	const judgement = rest === 'good' && whole !== 'good' ? 'unknown' : rest;
	const where = direction === null ? '' : `, ${direction}`;
	const said = value === null ? 'not measured' : formatUnit(limit.unit, value);
	const share = whole === 'good' || value === null || byMachine === 0 ? '' : ofMachine(limit, value, byMachine);
	const text = `${limit.label}${where}: ${said}${share}${bounds(limit, judgement)}.`;
	return { limit, direction, value, byMachine, judgement, text };
}

function ofMachine(limit: QualityLimit, value: number, byMachine: number): string {
	if (byMachine >= value) return ', which this machine may have caused itself';
	return `, of which this machine may have caused ${formatUnit(limit.unit, byMachine)} itself`;
}

function judge({ sense, good, fair }: QualityLimit, value: number | null): Judgement {
	if (value === null || !Number.isFinite(value)) return 'unknown';
	const within = (bound: number) => (sense === 'up-to' ? value <= bound : value >= bound);
	return within(good) ? 'good' : within(fair) ? 'fair' : 'poor';
}

function bounds(limit: QualityLimit, judgement: Judgement): string {
	const word = limit.sense === 'up-to' ? 'up to' : 'from';
	if (judgement === 'good') return ` (good ${word} ${formatUnit(limit.unit, limit.good)})`;
	if (judgement === 'fair') return ` (fair ${word} ${formatUnit(limit.unit, limit.fair)})`;
	if (judgement === 'poor') return ` (poor ${limit.sense === 'up-to' ? 'over' : 'under'} ${formatUnit(limit.unit, limit.fair)})`;
	return '';
}
