/** getUserMedia and getDisplayMedia in rtcstats: a line for the call, a line for what came of it. */
import { isRecord } from '../base/record';
import type { RtcstatsLine } from './rtcstats-lines';
import type { RecordingBuilder } from './builder';

const METHOD = /^(?:navigator\.(?:mediaDevices\.)?)?(getUserMedia|getDisplayMedia)(OnSuccess|OnFailure)?$/;

/** Whether the line was one of these. */
export function addMediaLine(
	recording: RecordingBuilder,
	line: Pick<RtcstatsLine, 'method' | 'value'>,
	atMs: number | null
): boolean {
	const match = METHOD.exec(line.method);
	if (!match) return false;
	const method = match[1] as 'getUserMedia' | 'getDisplayMedia';
	const { value } = line;
	if (match[2] === undefined) {
		const asked = isRecord(value) ? value : Array.isArray(value) && isRecord(value[0]) ? value[0] : {};
		const text = (part: unknown) => (part === undefined || part === false || part === null ? null : JSON.stringify(part));
		recording.media.push({ atMs, method, audio: text(asked.audio), video: text(asked.video), outcome: 'unknown', detail: null });
		return true;
	}
	const open = recording.media.find((each) => each.method === method && each.outcome === 'unknown');
	const outcome = match[2] === 'OnSuccess' ? 'granted' : 'failed';
	const detail = outcome === 'granted' ? grantedText(value) : typeof value === 'string' ? value : JSON.stringify(value ?? '');
	if (open) Object.assign(open, { outcome, detail });
	else recording.media.push({ atMs, method, audio: null, video: null, outcome, detail });
	return true;
}

/** Labels of the tracks: `{tracks: [{label}]}` or a list of `[kind, id, label, …]`. */
function grantedText(value: unknown): string {
	const tracks = isRecord(value) ? value.tracks : value;
	if (!Array.isArray(tracks)) return '';
	const labels = tracks.map((track: unknown) =>
		isRecord(track) ? track.label : Array.isArray(track) ? (track as unknown[])[2] : null
	);
	return labels.filter((label): label is string => typeof label === 'string' && label !== '').join(', ');
}
