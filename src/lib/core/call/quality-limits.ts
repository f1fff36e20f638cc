/** From where on a quantity is fair, and from where on poor: each limit with the document it comes from. */

export type QualityId = 'loss' | 'round-trip-time' | 'jitter' | 'freezes' | 'available-bitrate';

export interface QualityLimit {
	id: QualityId;
	label: string;
	/** Of the two limits. */
	unit: 'share' | 'ms' | 'bit/s';
	/** `up-to`: at most `good` is good, at most `fair` is fair. `from`: at least. */
	sense: 'up-to' | 'from';
	good: number;
	fair: number;
	/** Where the two numbers come from, in a sentence. */
	source: string;
	cite: string;
}

export const QUALITY_LIMITS: readonly QualityLimit[] = [
	{
		id: 'loss',
		label: 'Packet loss',
		unit: 'share',
		sense: 'up-to',
		good: 0.01,
		fair: 0.03,
		source: 'ITU-T G.1010 asks for under 1 % with video, and under 3 % for speech.',
		cite: 'ITU-T G.1010 Table I.1'
	},
	{
		id: 'round-trip-time',
		label: 'Round-trip time',
		unit: 'ms',
		sense: 'up-to',
		good: 300,
		fair: 800,
		source:
			'ITU-T G.114: up to 150 ms one way hardly anybody minds, over 400 ms is too much for planning; a round trip is twice that.',
		cite: 'ITU-T G.114 §4'
	},
	{
		id: 'jitter',
		label: 'Jitter',
		unit: 'ms',
		sense: 'up-to',
		good: 20,
		fair: 50,
		source:
			'Up to 20 ms is one packet of speech (the usual frame of Opus), 50 ms is what ITU-T Y.1541 allows for classes 0 and 1.',
		cite: 'RFC 6716 §2.1.4, ITU-T Y.1541 Table 1'
	},
	{
		id: 'freezes',
		label: 'Share of time with frozen video',
		unit: 'share',
		sense: 'up-to',
		good: 0.01,
		fair: 0.05,
		source: "What counts as frozen is defined by W3C (totalFreezesDuration); the limits are this project's own.",
		cite: 'W3C webrtc-stats, totalFreezesDuration'
	},
	{
		id: 'available-bitrate',
		label: 'Available outgoing bitrate',
		unit: 'bit/s',
		sense: 'from',
		good: 600_000,
		fair: 150_000,
		source: 'The least at which libwebrtc sends 1280×720 (600 kbit/s) and 640×360 (150 kbit/s).',
		cite: 'libwebrtc video/config/simulcast.cc'
	}
];
