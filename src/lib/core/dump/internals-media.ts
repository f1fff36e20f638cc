/** getUserMedia and getDisplayMedia in webrtc-internals: the request and its outcome are entries of their own. */
import { isRecord, parseJson, type JsonObject } from '../base/record';
import type { MediaRequest } from '../recording/recording';
import type { RecordingBuilder } from './builder';

export function addMediaRequests(recording: RecordingBuilder, entries: readonly JsonObject[]): void {
	const open = new Map<string, MediaRequest>();
	for (const entry of entries) {
		const key = `${entry.pid} ${entry.rid} ${entry.request_id}`;
		const outcome = entry.stream_id !== undefined ? 'granted' : entry.error !== undefined ? 'failed' : null;
		const asked = open.get(key);
		if (outcome !== null && asked) {
			asked.outcome = outcome;
			asked.detail = outcome === 'granted' ? grantedText(entry) : [entry.error, entry.error_message].filter(Boolean).join(': ');
			continue;
		}
		const request: MediaRequest = {
			atMs: typeof entry.timestamp === 'number' ? entry.timestamp : null,
			method: entry.request_type === 'getDisplayMedia' ? 'getDisplayMedia' : 'getUserMedia',
			audio: constraintText(entry.audio),
			video: constraintText(entry.video),
			outcome: outcome ?? 'unknown',
			detail: outcome === 'granted' ? grantedText(entry) : null
		};
		if (entry.request_id !== undefined) open.set(key, request);
		recording.media.push(request);
	}
}

/** Chrome writes an empty text for `true`, and leaves the key out where nothing was asked for. */
function constraintText(value: unknown): string | null {
	if (value === undefined || value === null) return null;
	if (value === '' || value === true) return 'true';
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function grantedText(entry: JsonObject): string {
	const label = (value: unknown) => {
		const info = typeof value === 'string' ? parseJson(value) : value;
		return isRecord(info) && typeof info.label === 'string' ? info.label : null;
	};
	return [label(entry.audio_track_info), label(entry.video_track_info)].filter((text) => text !== null).join(', ');
}
