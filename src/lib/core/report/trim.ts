/** A report made small enough for a link, in a stated way: what is left out is said in the report itself. */
import { isRecord } from '../base/record';
import type { Said, SaidOf } from '../base/said';
import type { Observation } from '../observations/observation';
import type { Column } from '../recording/recording';
import { thinned } from '../recording/thinning';
import { conclude } from '../verdict/conclude';
import type { LeftOutValues } from '../verdict/left-out-values';
import type { Report } from './report';

export interface TrimStep {
	/** Said in the report. */
	says: SaidOf<LeftOutValues>;
	trim(report: Report): Report;
}

const KEPT_EVERY = 4;

/** From what is missed least; each step includes those before it. None touches what conclusions about the network rest on. */
export const TRIM_STEPS: readonly TrimStep[] = [
	{
		says: { rule: 'left-out-of-link-samples', values: { keptEvery: KEPT_EVERY } },
		trim: (report) => mapRecordings(report, (recording) => fewerSamples(recording, KEPT_EVERY))
	},
	{
		says: { rule: 'left-out-of-link-descriptions', values: {} },
		trim: (report) => mapRecordings(report, withoutEvents)
	},
	{
		says: { rule: 'left-out-of-link-statistics', values: {} },
		trim: (report) => mapRecordings(report, withoutStatistics)
	},
	{
		says: { rule: 'left-out-of-link-candidate-lines', values: {} },
		trim: (report) => ({ ...report, observations: report.observations.map(withoutLines) })
	}
];

/** The report after the first `steps` steps; with 0 it is the report itself. Steps that change nothing are not said. */
export function trimmed(report: Report, steps: number): Report {
	let result = report;
	const said: Said[] = [];
	for (const { says, trim } of TRIM_STEPS.slice(0, steps)) {
		const smaller = trim(result);
		if (JSON.stringify(smaller) === JSON.stringify(result)) continue;
		result = smaller;
		said.push({ ...says, values: { ...says.values } });
	}
	if (said.length === 0) return report;
	// What it holds now is what is judged, so that the reader's version is not compared with what it cannot see.
	const { limits } = report.config;
	return { ...result, conclusions: conclude(limits, result.observations), leftOut: [...(report.leftOut ?? []), ...said] };
}

type Recorded = Record<string, unknown> & { connections: Record<string, unknown>[] };

/** Recordings are found by their shape, also those of probes that this version does not know. */
function mapRecordings(report: Report, change: (recording: Recorded) => Recorded): Report {
	const inside = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(inside);
		if (!isRecord(value)) return value;
		if (typeof value.formatName === 'string' && Array.isArray(value.connections) && value.connections.every(isRecord)) {
			return change(value as Recorded);
		}
		return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, inside(item)]));
	};
	return { ...report, observations: report.observations.map((observation) => inside(observation) as Observation) };
}

function fewerSamples(recording: Recorded, every: number): Recorded {
	const columnOf = (column: unknown) =>
		isRecord(column) && Array.isArray(column.tMs) && Array.isArray(column.v)
			? thinned(column as unknown as Column, every)
			: column;
	const trackOf = (track: unknown) =>
		isRecord(track) && Array.isArray(track.columns) ? { ...track, columns: track.columns.map(columnOf) } : track;
	return mapConnections(recording, (one) => (Array.isArray(one.tracks) ? { ...one, tracks: one.tracks.map(trackOf) } : one));
}

function withoutEvents(recording: Recorded): Recorded {
	return mapConnections(recording, (one) => {
		if (!Array.isArray(one.events)) return one;
		const events = one.events.map((event: unknown) => {
			if (!isRecord(event)) return event;
			const { description: _, candidate: __, ...rest } = event;
			return rest;
		});
		return { ...one, events };
	});
}

/** That two ends connected is known from their events, which are few. */
function withoutStatistics(recording: Recorded): Recorded {
	const eventful = recording.connections.filter((one) => Array.isArray(one.events) && one.events.length > 0);
	return mapConnections({ ...recording, connections: eventful }, (one) => ({ ...one, tracks: [] }));
}

function mapConnections(recording: Recorded, change: (connection: Record<string, unknown>) => Record<string, unknown>): Recorded {
	return { ...recording, connections: recording.connections.map(change) };
}

/** The fields beside hold what the line says, but for the network id, by which two sockets of one address are told apart. */
function withoutLines(observation: Observation): Observation {
	if (observation.outcome.state !== 'seen') return observation;
	const data: unknown = observation.outcome.data;
	if (!isRecord(data) || !Array.isArray(data.candidates)) return observation;
	const candidates = data.candidates.map((one: unknown) =>
		isRecord(one) && typeof one.candidate === 'string'
			? { ...one, candidate: /\bnetwork-id \d+/.exec(one.candidate)?.[0] ?? '' }
			: one
	);
	return { ...observation, outcome: { ...observation.outcome, data: { ...data, candidates } } } as Observation;
}
