/** Calls that were made elsewhere, as their recordings show them: each connection by itself, or both ends of a call together. */
import { otherEnds } from '../../call/call-ends';
import type { CallSummary } from '../../call/call-figure-shapes';
import { summariseConnection, summariseEnds } from '../../call/call-summary';
import { connectionFigures } from '../../call/connection-figures';
import { JOINED_FORMAT } from '../../call/joined-recordings';
import { oneWaysOf } from '../../call/one-way';
import type { Outcome } from '../../call/outcome';
import { overviewOf } from '../../call/overview';
import { judgeQuality } from '../../call/quality';
import { judgeSelectedPath } from '../../call/selected-path';
import { candidatesOf, pairsOf } from '../../recording/connection';
import type { RecordedConnection, Recording } from '../../recording/recording';
import type { View } from '../view';
import { countsOf, type CallConclusion, type RecordedEnd } from './call-conclusion';
import { concludeMos, concludeQuality, figuresOf, outcomeSaid, type Connected, type Figures } from './call-said';
import type { CallName } from './call-values';
import { foreignRecordings } from './foreign-recordings';

export function recordedCalls({ observed }: View): CallConclusion[] {
	return [
		...observed.seen('imported-stats').flatMap(({ data, index }) => concludeDump('imported', data.recording, index)),
		...foreignRecordings(observed).flatMap(({ recording, index }) => concludeDump('other', recording, index))
	];
}

function concludeDump(kind: 'imported' | 'other', recording: Recording, index: number): CallConclusion[] {
	return dumpFigures(recording).map(({ call, ends, summary, ways }): CallConclusion => {
		const connected = recordedAs(ends);
		const carried = connected === 'yes' || connected === 'interrupted';
		const quality = summary && carried && summary.seconds > 0 ? judgeQuality(summary) : null;
		return {
			...outcomeSaid(call, connected, carried ? summary : null),
			kind,
			connection: call.kind === 'connection' ? call.id : null,
			connected,
			ending: null,
			path: null,
			ends,
			summary,
			quality: quality && concludeQuality(quality),
			mos: concludeMos(summary),
			ways: ways.map(countsOf),
			directions: [],
			observations: [index]
		};
	});
}

interface RecordedCall extends Figures {
	call: CallName;
	ends: RecordedEnd[];
}

/** Made once for a recording: conclusions are made anew with every observation. */
const knownDumps = new WeakMap<Recording, RecordedCall[]>();

/** All of one connection before the next one: a packed dump unpacks one at a time (dump/packed). */
function dumpFigures(recording: Recording): RecordedCall[] {
	const before = knownDumps.get(recording);
	if (before) return before;
	const both = figuresOf(recording, false);
	const made: RecordedCall[] = both.summary
		? [{ call: { kind: 'recording' }, ends: recording.connections.map((one) => recordedEnd(one, both.summary!)), ...both }]
		: eachCall(recording);
	knownDumps.set(recording, made);
	return made;
}

/** The two ends of one call are one, the one that made the first offer first. */
function eachCall(recording: Recording): RecordedCall[] {
	const other = otherEnds(recording);
	const { connections } = recording;
	return connections.flatMap((one, index): RecordedCall[] => {
		const { id, label } = one;
		const partner = connections.findIndex((each) => each.id === other.get(id));
		if (partner < 0) {
			const summary = summariseConnection(one);
			return [{ call: { kind: 'connection', id, label }, ends: [recordedEnd(one, summary)], summary, ways: [] }];
		}
		if (partner < index) return [];
		const [caller, callee] = inOrder(one, connections[partner]!).map(held) as [RecordedConnection, RecordedConnection];
		const summary = summariseEnds(caller, callee);
		const ends = [caller, callee].map((end) => recordedEnd(end, summary));
		const call = { kind: 'ends', labels: ends.map(({ label, id }) => label || id) } as const;
		return [{ call, ends, summary, ways: recording.format === JOINED_FORMAT ? [] : oneWaysOf(caller, callee) }];
	});
}

function inOrder(a: RecordedConnection, b: RecordedConnection): RecordedConnection[] {
	const answers = a.events.find(({ description }) => description)?.call === 'set-remote';
	return answers ? [b, a] : [a, b];
}

/** With its columns at hand: two ends are read side by side, and a packed dump keeps one of them unpacked. */
function held(connection: RecordedConnection): RecordedConnection {
	return { ...connection, tracks: connection.tracks };
}

function recordedEnd(connection: RecordedConnection, summary: CallSummary): RecordedEnd {
	const overview = overviewOf(connection);
	const pair = overview.selectedPair && pairsOf(connection).find(({ id }) => id === overview.selectedPair!.id);
	const path = pair ? judgeSelectedPath(pair, candidatesOf(connection)) : [];
	return { ...overview, path, figures: connectionFigures(connection, summary) };
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
