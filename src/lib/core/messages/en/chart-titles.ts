/** What the charts in a written report are called, by the metric that they show, in English. */
export const CHART_TITLES = {
	'round-trip-time': 'Round-trip time',
	'available-outgoing-bitrate': 'Available outgoing bitrate',
	'bitrate-in': 'Bitrate received',
	'bitrate-out': 'Bitrate sent',
	'loss-in': 'Inbound packet loss',
	'jitter-in': 'Jitter',
	'one-way-delay': 'One-way delay',
	'frames-decoded': 'Frames decoded'
} as const;
