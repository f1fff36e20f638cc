/** Firefox: the JSON that about:webrtc copies, one report or its history. */
import { count } from '../base/format';
import { isRecord, type JsonObject } from '../base/record';
import { sessionFromFirefoxReport } from './dump-sessions';
import { RecordingBuilder, type ConnectionBuilder } from './builder';

export function readFirefoxReport(dump: JsonObject): RecordingBuilder {
	const recording = new RecordingBuilder('firefox-report', 'Report of Firefox (about:webrtc)');
	const histories = Array.isArray(dump.sdpHistories) ? dump.sdpHistories.filter(isRecord) : [];
	const reports = Array.isArray(dump.reports) ? dump.reports.filter(isRecord) : [dump];
	if (Array.isArray(dump.reports))
		recording.formatName = `Report history of Firefox (about:webrtc), ${count(reports.length, 'report')}`;
	reports.forEach((report, index) => {
		const id = typeof report.pcid === 'string' ? report.pcid : String(index + 1);
		const builder = recording.connection(id);
		addFirefoxNames(builder, id);
		if (report.configuration !== undefined) builder.setConfiguration(report.configuration);
		takeReport(builder, report);
	});
	for (const builder of recording.connections.values()) {
		const own = reports.filter(
			(report, index) => (typeof report.pcid === 'string' ? report.pcid : String(index + 1)) === builder.id
		);
		const history = [...histories.filter(({ pcid }) => pcid === builder.id), ...own].filter(({ sdpHistory }) =>
			Array.isArray(sdpHistory)
		);
		const last = history[history.length - 1];
		if (!last) continue;
		const whole = { ...own[own.length - 1], ...last };
		builder.events.push(...eventsOf(builder.id, whole));
		for (const entry of last.sdpHistory as unknown[])
			for (const error of isRecord(entry) && Array.isArray(entry.errors) ? entry.errors.filter(isRecord) : [])
				recording.notes.add(
					'sdp-errors',
					`Firefox says of line ${String(error.lineNumber)} of a description: ${String(error.error)}`,
					builder.id
				);
	}
	return recording;
}

/** The times of the history are kept as they are: on the clock of the recording. */
function eventsOf(id: string, report: JsonObject) {
	const session = sessionFromFirefoxReport({ ...report, pcid: id });
	const times = (report.sdpHistory as unknown[])
		.filter(isRecord)
		.map(({ timestamp }) => (typeof timestamp === 'number' ? timestamp : null));
	const known = times.filter((time) => time !== null);
	const first = known.length === times.length && known.length > 0 ? Math.min(...known) : null;
	return session.events.map((event) => ({ ...event, atMs: first === null || event.atMs === null ? null : first + event.atMs }));
}

/** Every list in the report whose members have a type is a list of statistics. */
function takeReport(builder: ConnectionBuilder, report: JsonObject): void {
	const atMs = typeof report.timestamp === 'number' ? report.timestamp : null;
	for (const [name, list] of Object.entries(report)) {
		if (!Array.isArray(list) || !/Stats$|^bandwidthEstimations$/.test(name)) continue;
		list.filter(isRecord).forEach((object, index) => {
			const own = typeof object.timestamp === 'number' && object.timestamp > 0 ? object.timestamp : atMs;
			if (own === null) return;
			const type =
				typeof object.type === 'string' ? object.type : name === 'bandwidthEstimations' ? 'bandwidth-estimation' : name;
			const id = typeof object.id === 'string' ? object.id : `${name} ${String(object.trackIdentifier ?? index)}`;
			// RTCP reports have times of the other end's clock: a sample is as old as the report that holds it, at the most.
			builder.addReport(atMs === null ? own : Math.min(own, atMs), id, { ...object, type });
		});
	}
	if (report.closed === true && atMs !== null) builder.events.push({ atMs, peer: builder.id, call: 'close', phase: 'event' });
}

/** `{uuid} 1685254692569000 (id=8589934649 url=https://…)`: the second part is when it was made, in microseconds. */
export function addFirefoxNames(builder: ConnectionBuilder, pcid: string): void {
	const match = /\(id=(\d+)(?: url=(.*))?\)\s*$/s.exec(pcid);
	if (match?.[2]) builder.url = match[2];
	const uuid = /\{([0-9a-f]{8})/.exec(pcid)?.[1];
	builder.label = `Connection ${uuid ?? pcid.slice(0, 40)}`;
}
