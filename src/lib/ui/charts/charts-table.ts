/** The charts of a recording, in reading order: the path first, then what arrives, then what leaves and why. */

export interface ChartDefinition {
	/** kebab-case noun. */
	id: string;
	title: string;
	/** Rows of the metric table, all of one unit. */
	metrics: readonly string[];
	/** Short words for metrics that share a chart. */
	words: Readonly<Record<string, string>>;
	/** Metrics of which only streams of one kind are shown. */
	only: Readonly<Record<string, 'audio' | 'video'>>;
	note: string | null;
}

function chart(
	id: string,
	title: string,
	metrics: readonly string[],
	words: Record<string, string> = {},
	only: ChartDefinition['only'] = {},
	note: string | null = null
): ChartDefinition {
	return { id, title, metrics, words, only, note };
}

export const CHARTS: readonly ChartDefinition[] = [
	chart('round-trip', 'Round-trip time', ['round-trip-time']),
	chart('one-way-delay', 'Delay, one way', ['one-way-delay']),
	chart('loss', 'Packets lost on the way', ['loss-in', 'one-way-loss'], {
		'loss-in': 'media',
		'one-way-loss': 'small messages'
	}),
	chart('jitter', 'Jitter', ['jitter-in']),
	chart('bitrate-in', 'Bitrate received', ['bitrate-in']),
	chart('bitrate-out', 'Bitrate sent', ['bitrate-out']),
	chart(
		'available-bitrate',
		'Bitrate the path is thought to allow',
		['available-outgoing-bitrate', 'target-bitrate'],
		{ 'available-outgoing-bitrate': 'estimate', 'target-bitrate': 'picture’s target' },
		{ 'target-bitrate': 'video' }
	),
	chart('frames', 'Frames a second', ['frames-decoded', 'frames-encoded'], {
		'frames-decoded': 'shown',
		'frames-encoded': 'encoded'
	}),
	chart('freezes', 'Share of time frozen', ['freeze-share']),
	chart('freeze-count', 'Freezes so far', ['freezes']),
	chart('repairs', 'Repairs asked for', ['nack-sent', 'pli-sent'], { 'nack-sent': 'NACK', 'pli-sent': 'PLI' }),
	chart('concealment', 'Sound made up for lost packets', ['concealment']),
	chart('jitter-buffer', 'Delay by the jitter buffer', ['jitter-buffer-delay']),
	chart('picture-delay', 'From drawing a picture to seeing it', ['picture-delay']),
	chart('round-trip-rtcp', 'Round-trip time by RTCP', ['rtcp-round-trip-time']),
	chart('data', 'Data channels', ['data-bitrate-in'])
];
