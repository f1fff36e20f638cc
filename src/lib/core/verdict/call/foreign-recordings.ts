/** Recordings in observations. They are known by their shape, so that those of probes of later versions are found too. */
import { isRecord } from '../../base/record';
import type { ProbeId } from '../../observations/observation';
import type { ObservationIndex } from '../../observations/observation-index';
import type { Recording } from '../../recording/recording';

const OWN: ReadonlySet<string> = new Set<ProbeId>(['loopback-call', 'pair-call', 'imported-stats']);

/** Of probes that this version does not know. */
export function foreignRecordings(observed: ObservationIndex): { index: number; recording: Recording }[] {
	return observed.probes
		.filter((probe) => !OWN.has(probe))
		.flatMap((probe) => observed.seen(probe as ProbeId))
		.flatMap(({ index, data }) => recordingsIn(data).map((recording) => ({ index, recording })));
}

/** The data itself, or fields of it. */
export function recordingsIn(data: unknown): Recording[] {
	if (!isRecord(data)) return [];
	return [...(isRecording(data) ? [data] : []), ...Object.values(data).filter(isRecording)];
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
