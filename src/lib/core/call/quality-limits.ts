/** From where on a quantity is fair, and from where on poor: each limit with the document it comes from. */

export type QualityId = 'loss' | 'round-trip-time' | 'jitter' | 'freezes' | 'available-bitrate';

export interface QualityLimit {
	id: QualityId;
	/** Of the two limits. */
	unit: 'share' | 'ms' | 'bit/s';
	/** `up-to`: at most `good` is good, at most `fair` is fair. `from`: at least. */
	sense: 'up-to' | 'from';
	good: number;
	fair: number;
	/** Where the two numbers come from; in a sentence in messages/en/call-quality.ts. */
	cite: string;
}

export const QUALITY_LIMITS: readonly QualityLimit[] = [
	{
		id: 'loss',
		unit: 'share',
		sense: 'up-to',
		good: 0.01,
		fair: 0.03,
		cite: 'ITU-T G.1010 Table I.1'
	},
	{
		id: 'round-trip-time',
		unit: 'ms',
		sense: 'up-to',
		good: 300,
		fair: 800,
		cite: 'ITU-T G.114 §4'
	},
	{
		id: 'jitter',
		unit: 'ms',
		sense: 'up-to',
		good: 20,
		fair: 50,
		cite: 'RFC 6716 §2.1.4, ITU-T Y.1541 Table 1'
	},
	{
		id: 'freezes',
		unit: 'share',
		sense: 'up-to',
		good: 0.01,
		fair: 0.05,
		cite: 'W3C webrtc-stats, totalFreezesDuration'
	},
	{
		id: 'available-bitrate',
		unit: 'bit/s',
		sense: 'from',
		good: 600_000,
		fair: 150_000,
		cite: 'libwebrtc video/config/simulcast.cc'
	}
];
