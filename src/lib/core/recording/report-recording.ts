/**
 * A recording as a report holds it: bounded, whatever the length of the call. Up to SAMPLES_AT_MOST samples stay as they are; beyond,
 * every n-th sample of each column is kept, evenly, so that medians stay what they are and counters lose only resolution. Nulls,
 * which are gaps, are kept all.
 */
import type { RecordedConnection, Recording } from './recording';
import { thinned } from './thinning';

/** About 3 MB as JSON. Ten minutes at one a second, of both ends with audio and video, stay whole. */
export const SAMPLES_AT_MOST = 150_000;

export function emptyConnection(id: string, label: string, url: string | null): RecordedConnection {
	return { id, label, url, configuration: null, startMs: null, endMs: null, events: [], tracks: [] };
}

/** A copy: the original may go on growing. `keptEvery` is n. */
export function reportable(recording: Recording, samplesAtMost = SAMPLES_AT_MOST): { recording: Recording; keptEvery: number } {
	const copy = copyOf(recording);
	let samples = 0;
	for (const { tracks } of copy.connections)
		for (const { columns } of tracks) for (const { tMs } of columns) samples += tMs.length;
	const keptEvery = Math.max(1, Math.ceil(samples / samplesAtMost));
	if (keptEvery > 1) {
		for (const { tracks } of copy.connections)
			for (const track of tracks) track.columns = track.columns.map((column) => thinned(column, keptEvery));
	}
	return { recording: copy, keptEvery };
}

function copyOf(recording: Recording): Recording {
	return {
		...recording,
		connections: recording.connections.map((connection) => ({
			...connection,
			events: [...connection.events],
			tracks: connection.tracks.map((track) => ({
				...track,
				columns: track.columns.map((column) => ({ ...column, tMs: [...column.tMs], v: [...column.v] }))
			}))
		})),
		media: [...recording.media],
		notes: [...recording.notes]
	};
}
