/** Findings about a recording as a whole: what is missing in it, and requests for microphone, camera and screen. */
import type { RecordingRule } from './stats-rule';

export const RECORDING_RULES: readonly RecordingRule[] = [
	{
		id: 'dump-truncated',
		severity: 'info',
		find: ({ notes }, limits) =>
			notes
				.filter(({ rule }) => rule === 'start-truncated')
				.map(({ where, more = null }) => ({
					values: { samplesKept: limits.samples.value, connection: where || null, moreConnections: more }
				}))
	},
	{
		id: 'recorder-clock-set',
		severity: 'warning',
		find: ({ notes }) =>
			notes
				.filter(({ rule }) => rule === 'clock-jumped')
				.slice(0, 1)
				.map(({ byMs = null, atMs = null }) => ({ values: { setBackMs: byMs }, atMs }))
	},
	{
		id: 'media-request-failed',
		severity: 'problem',
		find: ({ media }) =>
			media
				.filter(({ outcome }) => outcome === 'failed')
				.map(({ method, detail, atMs }) => ({ values: { method, browserSaid: detail || null }, atMs }))
	}
];
