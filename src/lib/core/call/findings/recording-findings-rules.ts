/** Findings about a recording as a whole: what is missing in it, and requests for microphone, camera and screen. */
import type { RecordingRule } from './stats-rule';

export const RECORDING_RULES: readonly RecordingRule[] = [
	{
		id: 'dump-truncated',
		title: 'The beginning of the statistics is not in the dump',
		severity: 'info',
		cite: 'Chromium, content/browser/resources/webrtc_internals',
		find: ({ notes }, limits) =>
			notes
				.filter(({ rule }) => rule === 'start-truncated')
				.map(({ where, more = null }) => ({
					values: { samplesKept: limits.samples.value, connection: where || null, moreConnections: more }
				}))
	},
	{
		id: 'recorder-clock-set',
		title: 'The clock of the recorder was set during the recording',
		severity: 'warning',
		cite: 'W3C hr-time §4',
		find: ({ notes }) =>
			notes
				.filter(({ rule }) => rule === 'clock-jumped')
				.slice(0, 1)
				.map(({ byMs = null, atMs = null }) => ({ values: { setBackMs: byMs }, atMs }))
	},
	{
		id: 'media-request-failed',
		title: 'Access to microphone, camera or screen failed',
		severity: 'problem',
		cite: 'W3C mediacapture-main §10.3',
		find: ({ media }) =>
			media
				.filter(({ outcome }) => outcome === 'failed')
				.map(({ method, detail, atMs }) => ({ values: { method, browserSaid: detail || null }, atMs }))
	}
];
