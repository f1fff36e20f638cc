/** The statistics objects of a recorded connection with their fields as the source has them. */
import type { RawValue, RecordedConnection, Recording } from '../recording/recording';

export interface TrackEntry {
	id: string;
	type: string;
	label: string;
	fields: number;
}

export interface RawField {
	field: string;
	/** The sample at or before the time asked for. */
	value: RawValue;
	atMs: number | null;
	samples: number;
	approximate: boolean;
}

export function trackEntries(connection: RecordedConnection): TrackEntry[] {
	return connection.tracks.map(({ id, type, columns }) => {
		const kind = columns.find(({ field }) => field === 'kind')?.v.at(-1);
		const ssrc = columns.find(({ field }) => field === 'ssrc')?.v.at(-1);
		const words = [
			type || 'object',
			typeof kind === 'string' ? kind : null,
			ssrc ? `SSRC ${String(ssrc)}` : null,
			id.length > 60 ? `${id.slice(0, 60)}…` : id
		];
		return { id, type, label: words.filter((word) => word !== null).join(' · '), fields: columns.length };
	});
}

export function rawFields(recording: Recording, connectionId: string, trackId: string, atMs: number | null): RawField[] {
	const track = recording.connections.find(({ id }) => id === connectionId)?.tracks.find(({ id }) => id === trackId);
	return (track?.columns ?? []).map(({ field, tMs, v, alignment }) => {
		let at = tMs.length - 1;
		if (atMs !== null) while (at > 0 && tMs[at]! > atMs) at--;
		return { field, value: v[at] ?? null, atMs: tMs[at] ?? null, samples: v.length, approximate: alignment === 'approximate' };
	});
}
