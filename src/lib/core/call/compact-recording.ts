/** What is kept of a recording to compare it with another one: identity, counters, and first and last values. */
import { isKeptField } from '../recording/kept-fields';
import type { Recording } from '../recording/recording';
import { figuresOf, type Figures } from './two-recordings';

export interface CompactRecording {
	/** Enough of every connection to match and compare it with those of another file. */
	recording: Recording;
	figures: Record<string, Figures>;
}

/** Compared over the time that both recorded, so all their samples are needed. */
const COUNTED = new Set(['packetsSent', 'packetsReceived', 'packetsLost']);

export function compactRecording(recording: Recording): CompactRecording {
	const connections = recording.connections.map((connection) => ({
		...connection,
		events: connection.events.filter(({ call }) => call.endsWith('-state')),
		tracks: connection.tracks
			.filter(({ type }) => /rtp$|candidate|transport/.test(type))
			.map((track) => ({
				...track,
				columns: track.columns.flatMap((each) => {
					if (!isKeptField(track.type, each.field)) return [];
					if (COUNTED.has(each.field)) return [each];
					const last = each.v.length - 1;
					return [
						{
							...each,
							tMs: last > 0 ? [each.tMs[0]!, each.tMs[last]!] : each.tMs,
							v: last > 0 ? [each.v[0]!, each.v[last]!] : each.v
						}
					];
				})
			}))
	}));
	return {
		recording: { ...recording, media: [], connections },
		figures: Object.fromEntries(recording.connections.map((each) => [each.id, figuresOf(each)]))
	};
}
