/** What is said of each quantity of a call, and of what is missing to judge it. */
import type { SaidOf } from '../../base/said';
import type { CallSummary, Mos } from '../../call/call-figure-shapes';
import { SECONDS_AT_LEAST, type QualityItem, type QualityLack } from '../../call/quality';
import type { CallFigures, MosValues, QualityMissingValues, QuantityValues } from './call-values';

export function quantitySaid({ limit, direction, value, byMachine, judgement }: QualityItem): SaidOf<QuantityValues> {
	const judged = { direction, judgement };
	switch (limit.id) {
		case 'loss':
			return { rule: 'quality-loss', values: { ...judged, lossRatio: value, byMachineRatio: byMachine } };
		case 'round-trip-time':
			return { rule: 'quality-round-trip-time', values: { ...judged, rttMs: value, byMachineMs: byMachine } };
		case 'jitter':
			return { rule: 'quality-jitter', values: { ...judged, jitterMs: value, byMachineMs: byMachine } };
		case 'freezes':
			return { rule: 'quality-freezes', values: { ...judged, frozenRatio: value, byMachineRatio: byMachine } };
		case 'available-bitrate':
			return { rule: 'quality-available-bitrate', values: { ...judged, availableBps: value } };
	}
}

export function lackSaid(lack: QualityLack): SaidOf<QualityMissingValues> {
	return lack === 'longer-call'
		? { rule: 'quality-lacks-longer-call', values: { secondsAtLeast: SECONDS_AT_LEAST } }
		: { rule: `quality-lacks-${lack}`, values: {} };
}

export function mosSaid({ direction, mos, r, clamp, missing }: Mos): SaidOf<MosValues> {
	return mos === null || r === null
		? { rule: 'mos-not-computed', values: { direction, missing } }
		: { rule: 'mos-computed', values: { direction, mos, r, clamp } };
}

export function callFigures({ rttMs, directions: [forth, back] }: CallSummary): CallFigures {
	return {
		rttMs: rttMs?.median ?? null,
		lossRatio: { forth: forth?.lossRatio ?? null, back: back?.lossRatio ?? null },
		jitterMs: { forth: forth?.jitterMs?.median ?? null, back: back?.jitterMs?.median ?? null }
	};
}
