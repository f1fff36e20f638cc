/** Answers to the page's questions about a recording: made in the worker, small enough to be handed over at once. */
import { trackEntries } from '../../core/inspection/raw-values';
import { isNetworkCheck } from '../../core/nat/network-check';
import { candidatesOf, pairsOf } from '../../core/recording/connection';
import { connectionName, recordingName } from '../../core/messages/en/recording-names';
import { ladderOf } from '../../core/recording/handshake';
import type { RecordedConnection, Recording } from '../../core/recording/recording';
import { envelope } from '../../core/recording/thinning';
import { connectionMarks, stateLanes } from '../../core/report/export/connection-timeline';
import { chartsOf, limitRows, trafficOfPairs } from '../../core/report/export/recording-charts';
import { citeOf } from '../../core/report/rule-cites-table';
import { judgeDump } from '../../core/report/imported';
import { endsOf } from '../../core/verdict/call/recorded-ends';
import type { Conclusions } from '../../core/verdict/conclusion';
import { ladderWords } from '../inspector/ladder-words';
import type { ConnectionDetails, FileOverview } from './protocol';
import { toWire } from './wire-series';

/** A chart is at most a few thousand pixels wide: more points cannot be seen, and take time to transfer. */
const MOST_POINTS = 4000;
const MOST_STEPS = 3000;

export function fileOverview(recording: Recording, name: string, conclusions: Conclusions = judgeDump(recording)): FileOverview {
	const { formatName, clock, media, notes } = recording;
	const cites = Object.fromEntries(conclusions.findings.map((finding) => [finding.rule, citeOf(finding.rule)]));
	return {
		name,
		formatName: recordingName(formatName),
		clock,
		isNetworkCheck: isNetworkCheck(recording),
		conclusions,
		cites,
		ends: endsOf(conclusions).map((end) => ({ ...end, label: connectionName(end) })),
		media,
		notes
	};
}

export function connectionDetails(recording: Recording, id: string): ConnectionDetails | null {
	const connection = recording.connections.find((each) => each.id === id);
	if (!connection) return null;
	const pairs = pairsOf(connection);
	const candidates = candidatesOf(connection);
	const { url, configuration, startMs, endMs } = connection;
	const ladder = ladderOf({ peers: [{ id, label: ladderWords.thisEnd }], events: relative(connection) });
	return {
		id,
		label: connectionName(connection),
		url,
		configuration,
		startMs,
		endMs,
		states: stateLanes(connection),
		charts: chartsOf(recording, [connection]).map((chart) => ({
			...chart,
			series: chart.series.map((line) => ({ ...line, series: toWire(envelope(line.series, MOST_POINTS)) }))
		})),
		limits: limitRows(recording, [connection]),
		heat: new Map([...trafficOfPairs(connection)].map(([key, series]) => [key, toWire(envelope(series, MOST_POINTS))])),
		pairs,
		candidates,
		ladder: { ...ladder, steps: ladder.steps.slice(0, MOST_STEPS) },
		marks: connectionMarks(recording, connection),
		tracks: trackEntries(connection)
	};
}

/** The ladder counts from the beginning of the connection. */
function relative(connection: RecordedConnection) {
	const start = connection.startMs ?? 0;
	return connection.events.map((event) => ({ ...event, atMs: event.atMs === null ? null : event.atMs - start }));
}
