/** The one-object JSON of rtcstats-server in 2016: a list of dated events for each connection, statistics among them. */
import { isRecord, parseJson, type JsonObject } from '../base/record';
import { eventOf } from './dump-events';
import { isStatsMethod } from './rtcstats-lines';
import { RecordingBuilder } from './builder';
import { addMediaLine } from './rtcstats-media';

export function readRtcstats2016(dump: JsonObject): RecordingBuilder {
	const recording = new RecordingBuilder('rtcstats', 'rtcstats dump of 2016, one JSON object');
	if (typeof dump.userAgent === 'string') recording.userAgent = dump.userAgent;
	for (const entry of Array.isArray(dump.getUserMedia) ? dump.getUserMedia : []) {
		if (!isRecord(entry) || typeof entry.type !== 'string') continue;
		addMediaLine(recording, { method: entry.type, value: valueOf(entry) }, dateOf(entry.time));
	}
	const connections = isRecord(dump.peerConnections) ? dump.peerConnections : {};
	for (const [id, entries] of Object.entries(connections)) {
		if (!Array.isArray(entries)) {
			recording.notes.add('part-unreadable', 'The events of the connection are not a list.', `peerConnections.${id}`);
			continue;
		}
		const builder = recording.connection(id);
		if (typeof dump.url === 'string') builder.url = dump.url;
		let before: Record<string, JsonObject> = {};
		entries.forEach((entry: unknown, index) => {
			if (!isRecord(entry) || typeof entry.type !== 'string') {
				recording.notes.add('part-unreadable', 'The entry has no type.', `peerConnections.${id}[${index}]`);
				return;
			}
			const atMs = dateOf(entry.time);
			const value = valueOf(entry);
			if (isStatsMethod(entry.type)) {
				if (!isRecord(value) || atMs === null) return;
				const whole: Record<string, JsonObject> = {};
				for (const [key, report] of Object.entries(value)) if (isRecord(report)) whole[key] = { ...before[key], ...report };
				before = { ...before, ...whole };
				for (const [key, report] of Object.entries(whole)) builder.addReport(dateOf(report.timestamp) ?? atMs, key, report);
				return;
			}
			if (entry.type === 'create') builder.setConfiguration(value);
			builder.events.push(eventOf(id, entry.type, value, atMs));
		});
	}
	return recording;
}

/** Values were written as JSON inside JSON. */
function valueOf(entry: JsonObject): unknown {
	return typeof entry.value === 'string' ? (parseJson(entry.value) ?? entry.value) : entry.value;
}

function dateOf(value: unknown): number | null {
	const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : NaN;
	return Number.isFinite(time) && time > 1e11 ? time : null;
}
