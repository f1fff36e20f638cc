/** The charts of a recording, in reading order: the path first, then what arrives, then what leaves and why. Their words: messages/en/chart-words.ts. */

export interface ChartDefinition {
	/** kebab-case noun. */
	id: string;
	/** Rows of the metric table, all of one unit. */
	metrics: readonly string[];
	/** Metrics of which only streams of one kind are shown. */
	only?: Readonly<Record<string, 'audio' | 'video'>>;
}

const TABLE = [
	{ id: 'round-trip', metrics: ['round-trip-time'] },
	{ id: 'one-way-delay', metrics: ['one-way-delay'] },
	{ id: 'loss', metrics: ['loss-in', 'one-way-loss'] },
	{ id: 'jitter', metrics: ['jitter-in'] },
	{ id: 'bitrate-in', metrics: ['bitrate-in'] },
	{ id: 'bitrate-out', metrics: ['bitrate-out'] },
	{
		id: 'available-bitrate',
		metrics: ['available-outgoing-bitrate', 'target-bitrate'],
		only: { 'target-bitrate': 'video' }
	},
	{ id: 'frames', metrics: ['frames-decoded', 'frames-encoded'] },
	{ id: 'freezes', metrics: ['freeze-share'] },
	{ id: 'freeze-count', metrics: ['freezes'] },
	{ id: 'repairs', metrics: ['nack-sent', 'pli-sent'] },
	{ id: 'concealment', metrics: ['concealment'] },
	{ id: 'jitter-buffer', metrics: ['jitter-buffer-delay'] },
	{ id: 'picture-delay', metrics: ['picture-delay'] },
	{ id: 'round-trip-rtcp', metrics: ['rtcp-round-trip-time'] },
	{ id: 'data', metrics: ['data-bitrate-in'] }
] as const satisfies readonly ChartDefinition[];

export type ChartId = (typeof TABLE)[number]['id'];

export const CHARTS: readonly (ChartDefinition & { id: ChartId })[] = TABLE;
