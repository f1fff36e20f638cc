/** What one poll of a call adds to its recording. */
import { appendObject, appendPoll } from '../../core/recording/append';
import type { PlainStats } from '../../core/recording/normalise';
import { emptyConnection } from '../../core/recording/report-recording';
import type { OwnFormatName, RecordedConnection, Recording } from '../../core/recording/recording';
import { ENDS, type CallLink } from './loopback-call-link';
import type { End } from './loopback-call-route';
import type { PictureReader, SyntheticMedia } from './synthetic-media';

export function startRecording(): Recording {
	const url = location.href.split(/[?#]/)[0]!;
	return {
		format: 'call',
		formatName: 'loopback-call' satisfies OwnFormatName,
		clock: 'start',
		userAgent: navigator.userAgent,
		connections: ENDS.map((end) => emptyConnection(end, end, url)),
		media: [],
		notes: []
	};
}

export function recordedEnd(recording: Recording, end: End): RecordedConnection {
	return recording.connections[ENDS.indexOf(end)]!;
}

/** `startedMs` is the recording's zero on the page's own clock (performance.now). */
export function recordStats(connection: RecordedConnection, report: RTCStatsReport, atMs: number, startedMs: number): void {
	const stats: PlainStats[] = [];
	report.forEach((entry: PlainStats) => stats.push(entry));
	appendPoll(connection, stats, { atMs, epochOffsetMs: performance.timeOrigin + startedMs });
}

/** The results of the timestamped messages since the last poll. */
export function recordMessages(connection: RecordedConnection, link: CallLink, end: End, atMs: number): void {
	const from: End = end === 'caller' ? 'callee' : 'caller';
	appendObject(connection, { id: 'messages', type: 'one-way', from, ...link.receivers[end].take() }, atMs);
}

/** The number of the frame that is shown now, and how long ago it was drawn. */
export function recordPicture(
	connection: RecordedConnection,
	reader: PictureReader,
	sources: SyntheticMedia[],
	atMs: number
): void {
	const counter = reader.read();
	if (counter === null) return;
	const drawnMs = sources.map((one) => one.drawnMs(counter)).find((ms) => ms !== null) ?? null;
	const delayMs = drawnMs === null ? null : Math.round((performance.now() - drawnMs) * 10) / 10;
	appendObject(connection, { id: 'picture', type: 'picture', counter, delayMs, counterErrors: reader.errors }, atMs);
}
