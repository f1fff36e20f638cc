/** What is said of any call, of this page or of a recording: what became of it, its figures, how good it was. */
import type { SaidOf } from '../../base/said';
import { OTHER_SIDE } from '../../call/call-direction';
import { summariseCall } from '../../call/call-summary';
import type { CallSummary } from '../../call/call-figure-shapes';
import { mosOf } from '../../call/mos';
import { oneWays, type OneWay } from '../../call/one-way';
import type { Quality } from '../../call/quality';
import type { Recording } from '../../recording/recording';
import type { CallConclusion, CallQuality, MosConclusion } from './call-conclusion';
import type { CallName, CallOutcomeValues } from './call-values';
import { callFigures, lackSaid, mosSaid, quantitySaid } from './quality-said';

export type Connected = CallConclusion['connected'];
export type CallOutcome = Connected | 'under-way' | 'ended-early';

export function outcomeSaid(call: CallName, outcome: CallOutcome, summary: CallSummary | null): SaidOf<CallOutcomeValues> {
	switch (outcome) {
		case 'yes':
			return {
				rule: 'call-was-connected',
				values: { call, figures: summary && isMeasured(summary) ? callFigures(summary) : null }
			};
		case 'no':
			return { rule: 'call-never-connected', values: { call } };
		case 'interrupted':
			return { rule: 'call-was-interrupted', values: { call } };
		case 'under-way':
			return { rule: 'call-under-way', values: { call } };
		case 'ended-early':
			return { rule: 'call-ended-early', values: { call } };
		case 'unknown':
			return { rule: 'call-outcome-unknown', values: { call } };
	}
}

/** A recording of another program may hold nothing of it. */
function isMeasured({ rttMs, directions }: CallSummary): boolean {
	return rttMs !== null || directions.some(({ lossRatio, jitterMs }) => lossRatio !== null || jitterMs !== null);
}

export interface Figures {
	summary: CallSummary | null;
	ways: OneWay[];
}

/** Made once for a recording that no longer grows: conclusions are made anew with every observation. */
const known = new WeakMap<Recording, Figures>();

export function figuresOf(recording: Recording, grows: boolean): Figures {
	const before = grows ? undefined : known.get(recording);
	if (before) return before;
	const made = { summary: summariseCall(recording), ways: oneWays(recording) };
	known.set(recording, made);
	return made;
}

export function concludeQuality({ overall, items, missing }: Quality): CallQuality {
	return {
		overall,
		items: items.map((item) => ({
			...quantitySaid(item),
			limit: item.limit.id,
			direction: item.direction,
			value: item.value,
			judgement: item.judgement
		})),
		missing: missing.map(lackSaid)
	};
}

/** Of audio that was received: what the other end made of it is not in the statistics of one end. */
export function concludeMos(summary: CallSummary | null): MosConclusion[] {
	const received = summary?.directions.filter(
		({ to, audioBps, jitterBufferMs }) => to !== OTHER_SIDE && (audioBps !== null || jitterBufferMs !== null)
	);
	return (received ?? []).map((direction) => {
		const score = mosOf(summary!, direction);
		return { ...mosSaid(score), ...score };
	});
}
