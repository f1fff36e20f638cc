/** What is concluded of each call in the report: whether it connected, its numbers, and how good it was. */
import type { Said, SaidOf } from '../../base/said';
import type { LoopbackCall, PairCall } from '../../observations/observation';
import { countsOf, type CallConclusion } from './call-conclusion';
import { concludeMos, concludeQuality, figuresOf, outcomeSaid, type CallOutcome, type Connected } from './call-said';
import type { CallEndingValues } from './call-values';
import type { View } from '../view';

/** In the order of the observations; `elsewhere`: calls that were read from recordings (recorded-calls). */
export function concludeCalls({ calls, observed, pair }: View, elsewhere: readonly CallConclusion[]): CallConclusion[] {
	const all = [
		...calls.map(({ data, index, summary, quality, ways, directions }): CallConclusion => {
			const connected = connectedOf(data);
			return {
				...outcomeSaid({ kind: 'loopback', path: data.path }, outcomeOf(connected, data.endedBy), summary),
				kind: 'loopback',
				connection: null,
				connected,
				ending: endingOf(data),
				path: data.path,
				ends: [],
				summary,
				quality: quality && concludeQuality(quality),
				mos: concludeMos(summary),
				ways: ways.map(countsOf),
				directions,
				observations: [index]
			};
		}),
		...observed.seen('pair-call').map(({ data, index }): CallConclusion => {
			const outcome = pair?.outcomes.find(({ observation }) => observation === index)?.connected ?? null;
			const connected = data.endedBy === 'path-lost' && outcome ? 'interrupted' : outcome === null ? 'unknown' : yesOrNo(outcome);
			const { summary, ways } = figuresOf(data.recording, data.endedBy === 'running');
			return {
				...outcomeSaid({ kind: 'pair', path: data.path }, outcomeOf(connected, data.endedBy), summary),
				kind: 'pair',
				connection: null,
				connected,
				ending: endingOf(data),
				path: data.path,
				ends: [],
				summary,
				quality: null,
				mos: concludeMos(summary),
				ways: ways.map(countsOf),
				directions: [],
				observations: [index]
			};
		}),
		...elsewhere
	];
	return all.toSorted((a, b) => a.observations[0]! - b.observations[0]!);
}

const yesOrNo = (yes: boolean) => (yes ? 'yes' : 'no');

function connectedOf({ connectMs, endedBy }: LoopbackCall): Connected {
	if (connectMs !== null) return endedBy === 'path-lost' ? 'interrupted' : 'yes';
	return endedBy === 'not-connected' || endedBy === 'failed' ? 'no' : 'unknown';
}

function outcomeOf(connected: Connected, endedBy: LoopbackCall['endedBy'] | PairCall['endedBy']): CallOutcome {
	if (connected !== 'unknown') return connected;
	return endedBy === 'running' ? 'under-way' : 'ended-early';
}

function endingOf({ endedBy, error }: LoopbackCall | PairCall): Said | null {
	if (endedBy === 'running') return null;
	const said: SaidOf<CallEndingValues> = { rule: 'call-ended', values: { endedBy, browserSaid: error } };
	return { ...said, values: { ...said.values } };
}
