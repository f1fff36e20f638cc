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
	chart('one-way-delay', 'One-way delay', ['one-way-delay']),
	chart('loss', 'Packet loss', ['loss-in', 'one-way-loss'], {
		'loss-in': 'media',
		'one-way-loss': 'small messages'
	}),
	chart('jitter', 'Jitter', ['jitter-in']),
	chart('bitrate-in', 'Bitrate received', ['bitrate-in']),
	chart('bitrate-out', 'Bitrate sent', ['bitrate-out']),
	chart(
		'available-bitrate',
		'Available outgoing bitrate',
		['available-outgoing-bitrate', 'target-bitrate'],
		{ 'available-outgoing-bitrate': 'estimate', 'target-bitrate': 'video target' },
		{ 'target-bitrate': 'video' }
	),
	chart('frames', 'Frame rate', ['frames-decoded', 'frames-encoded'], {
		'frames-decoded': 'decoded',
		'frames-encoded': 'encoded'
	}),
	chart('freezes', 'Share of time with frozen video', ['freeze-share']),
	chart('freeze-count', 'Freezes so far', ['freezes']),
	chart('repairs', 'NACK and PLI sent', ['nack-sent', 'pli-sent'], { 'nack-sent': 'NACK', 'pli-sent': 'PLI' }),
	chart('concealment', 'Concealed audio', ['concealment']),
	chart('jitter-buffer', 'Jitter buffer delay', ['jitter-buffer-delay']),
	chart('picture-delay', 'Capture-to-display delay', ['picture-delay']),
	chart('round-trip-rtcp', 'Round-trip time by RTCP', ['rtcp-round-trip-time']),
	chart('data', 'Data channels', ['data-bitrate-in'])
];
