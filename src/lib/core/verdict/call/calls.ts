/** What is concluded of each call in the report: whether it connected, its numbers, and how good it was. */
import type { Said, SaidOf } from '../../base/said';
import type { LoopbackCall, PairCall } from '../../observations/observation';
import { OTHER_SIDE } from '../../call/call-direction';
import { summariseCall, summariseConnection } from '../../call/call-summary';
import type { CallSummary } from '../../call/call-figure-shapes';
import { oneWays, type OneWay } from '../../call/one-way';
import { overviewOf, type Outcome } from '../../call/overview';
import { mosOf } from '../../call/mos';
import type { Quality } from '../../call/quality';
import { judgeSelectedPath } from '../../call/selected-path';
import { candidatesOf, pairsOf } from '../../recording/connection';
import type { RecordedConnection, Recording } from '../../recording/recording';
import { countsOf, type CallConclusion, type CallQuality, type MosConclusion, type RecordedEnd } from './call-conclusion';
import type { CallEndingValues, CallName, CallOutcomeValues } from './call-values';
import { callFigures, lackSaid, mosSaid, quantitySaid } from './quality-said';
import { foreignRecordings } from './foreign-recordings';
import type { View } from '../view';

type Connected = CallConclusion['connected'];

/** In the order of the observations; of each connection by itself where a recording does not hold both ends of one call. */
export function concludeCalls({ calls, observed, pair }: View): CallConclusion[] {
	const all = [
		...calls.map(({ data, index, summary, quality, ways, directions }): CallConclusion => {
			const connected = connectedOf(data);
			return {
				...said({ kind: 'loopback', path: data.path }, outcomeOf(connected, data.endedBy), summary),
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
				...said({ kind: 'pair', path: data.path }, outcomeOf(connected, data.endedBy), summary),
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
		...observed.seen('imported-stats').flatMap(({ data, index }) => concludeDump('imported', data.recording, index)),
		...foreignRecordings(observed).flatMap(({ recording, index }) => concludeDump('other', recording, index))
	];
	return all.toSorted((a, b) => a.observations[0]! - b.observations[0]!);
}

function concludeDump(kind: 'imported' | 'other', recording: Recording, index: number): CallConclusion[] {
	const { both, parts } = dumpFigures(recording);
	const calls = both.summary
		? [{ call: { kind: 'recording' } as const, ends: parts.map(({ end }) => end), ...both }]
		: parts.map(({ end, summary }) => ({
				call: { kind: 'connection', id: end.id, label: end.label } as const,
				ends: [end],
				summary,
				ways: []
			}));
	return calls.map(({ call, ends, summary, ways }): CallConclusion => {
		const connected = recordedAs(ends);
		return {
			...said(call, connected, null),
			kind,
			connection: call.kind === 'connection' ? call.id : null,
			connected,
			ending: null,
			path: null,
			ends,
			summary,
			quality: null,
			mos: concludeMos(summary),
			ways: ways.map(countsOf),
			directions: [],
			observations: [index]
		};
	});
}

interface DumpFigures {
	both: Figures;
	parts: { end: RecordedEnd; summary: CallSummary }[];
}

/** Made once for a recording: conclusions are made anew with every observation. */
const knownDumps = new WeakMap<Recording, DumpFigures>();

/** All of one connection before the next one: a packed dump unpacks one at a time (dump/packed). */
function dumpFigures(recording: Recording): DumpFigures {
	const before = knownDumps.get(recording);
	if (before) return before;
	const both = figuresOf(recording, false);
	const parts = recording.connections.map((one) => ({ end: recordedEnd(one), summary: summariseConnection(one) }));
	const made = { both, parts };
	knownDumps.set(recording, made);
	return made;
}

function recordedEnd(connection: RecordedConnection): RecordedEnd {
	const overview = overviewOf(connection);
	const pair = overview.selectedPair && pairsOf(connection).find(({ id }) => id === overview.selectedPair!.id);
	return { ...overview, path: pair ? judgeSelectedPath(pair, candidatesOf(connection)) : [] };
}

interface Figures {
	summary: CallSummary | null;
	ways: OneWay[];
}

/** Made once for a recording that no longer grows: conclusions are made anew with every observation. */
const known = new WeakMap<Recording, Figures>();

function figuresOf(recording: Recording, grows: boolean): Figures {
	const before = grows ? undefined : known.get(recording);
	if (before) return before;
	const made = { summary: summariseCall(recording), ways: oneWays(recording) };
	known.set(recording, made);
	return made;
}

const yesOrNo = (yes: boolean) => (yes ? 'yes' : 'no');

function connectedOf({ connectMs, endedBy }: LoopbackCall): Connected {
	if (connectMs !== null) return endedBy === 'path-lost' ? 'interrupted' : 'yes';
	return endedBy === 'not-connected' || endedBy === 'failed' ? 'no' : 'unknown';
}

const CONNECTED: Record<Outcome, Connected> = {
	connected: 'yes',
	closed: 'yes',
	lost: 'interrupted',
	failed: 'no',
	'never-connected': 'no',
	unknown: 'unknown'
};

/** Of two ends of one call the one that fared worse: a call of one end is none. */
function recordedAs(ends: readonly RecordedEnd[]): Connected {
	const connected = ends.map(({ outcome }) => CONNECTED[outcome]);
	return (['no', 'interrupted', 'unknown', 'yes'] as const).find((one) => connected.includes(one)) ?? 'unknown';
}

type CallOutcome = Connected | 'under-way' | 'ended-early';

function outcomeOf(connected: Connected, endedBy: LoopbackCall['endedBy'] | PairCall['endedBy']): CallOutcome {
	if (connected !== 'unknown') return connected;
	return endedBy === 'running' ? 'under-way' : 'ended-early';
}

function said(call: CallName, outcome: CallOutcome, summary: CallSummary | null): SaidOf<CallOutcomeValues> {
	switch (outcome) {
		case 'yes':
			return { rule: 'call-was-connected', values: { call, figures: summary && callFigures(summary) } };
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

function endingOf({ endedBy, error }: LoopbackCall | PairCall): Said | null {
	if (endedBy === 'running') return null;
	const said: SaidOf<CallEndingValues> = { rule: 'call-ended', values: { endedBy, browserSaid: error } };
	return { ...said, values: { ...said.values } };
}

function concludeQuality({ overall, items, missing }: Quality): CallQuality {
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
function concludeMos(summary: CallSummary | null): MosConclusion[] {
	const received = summary?.directions.filter(
		({ to, audioBps, jitterBufferMs }) => to !== OTHER_SIDE && (audioBps !== null || jitterBufferMs !== null)
	);
	return (received ?? []).map((direction) => {
		const score = mosOf(summary!, direction);
		return { ...mosSaid(score), ...score };
	});
}
