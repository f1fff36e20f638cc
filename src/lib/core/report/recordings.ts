/** The recordings inside a report: calls of this page, and dumps that were kept with it. */
import { summariseCall, summariseConnection, type CallSummary } from '../stats/call-summary';
import type { Recording } from '../stats/recording';
import type { Report } from './report';
import { isRecord } from './shape';

export interface ReportRecording {
	/** Index of the observation that holds it. */
	observation: number;
	recording: Recording;
	/** Where in the network it ran, in words; empty where the observation does not say. */
	path: string;
}

/** A recording is known by its shape, so that probes of later versions are found too. */
export function recordingsOf(report: Report): ReportRecording[] {
	return report.observations.flatMap(({ outcome }, observation) => {
		const data: unknown = outcome.state === 'seen' ? outcome.data : null;
		if (!isRecord(data)) return [];
		const found = Object.values(data).filter(isRecording);
		const own = isRecording(data) ? [data] : [];
		return [...own, ...found].map((recording) => ({ observation, recording, path: pathOf(data.path) }));
	});
}

export type ReportKind = 'check' | 'call' | 'stats' | 'pair';

/** What the report is mainly about: two devices, a check of the network, a call of this page, or statistics from elsewhere. */
export function kindOf(report: Report): ReportKind {
	if (report.observations.some(({ probe }) => probe === 'pair-call')) return 'pair';
	const checked = report.observations.some(({ probe }) => probe === 'server-gathering' || probe === 'ice-gathering');
	const recordings = recordingsOf(report);
	// A load test alone has no recording, and is of the Call screen all the same.
	if (!checked && report.observations.some(({ probe }) => probe === 'throughput')) return 'call';
	if (checked || recordings.length === 0) return 'check';
	return recordings.some(({ recording }) => recording.format === 'call') ? 'call' : 'stats';
}

/** Of the whole call where both ends were recorded, and of each connection where not. */
export function summariesOf(recording: Recording): { name: string; summary: CallSummary }[] {
	const call = summariseCall(recording);
	if (call) return [{ name: '', summary: call }];
	return recording.connections.map((connection) => ({
		name: connection.label || connection.id,
		summary: summariseConnection(connection)
	}));
}

function isRecording(value: unknown): value is Recording {
	return (
		isRecord(value) &&
		typeof value.format === 'string' &&
		typeof value.formatName === 'string' &&
		Array.isArray(value.connections) &&
		value.connections.every(
			(one) => isRecord(one) && typeof one.id === 'string' && Array.isArray(one.tracks) && one.tracks.every(isTrack)
		)
	);
}

function isTrack(value: unknown): boolean {
	return isRecord(value) && typeof value.type === 'string' && Array.isArray(value.columns) && value.columns.every(isColumn);
}

function isColumn(value: unknown): boolean {
	return (
		isRecord(value) &&
		typeof value.field === 'string' &&
		Array.isArray(value.tMs) &&
		Array.isArray(value.v) &&
		value.tMs.length === value.v.length &&
		value.tMs.every((t) => typeof t === 'number')
	);
}

function pathOf(path: unknown): string {
	if (!isRecord(path) || typeof path.kind !== 'string') return '';
	if (path.kind === 'any') return 'any path';
	return typeof path.url === 'string' ? `relay ${path.url}` : path.kind;
}
