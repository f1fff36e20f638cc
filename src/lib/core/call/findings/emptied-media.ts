/** Media of the other end that goes on arriving with next to nothing in it: silence, or a picture that does not change. */
import { changesOf } from '../../recording/counters';
import { column, kindOf, lastOf, number, tracksOf } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import type { EndingValues } from './ending-values';
import { during, type ConnectionView } from './findings-view';
import type { FindingLimits } from './findings-limits';
import { isPlaceholder } from './negotiated-media';
import { one } from './rule-help';
import type { Hit } from './stats-rule';

/**
 * Recorded of muted tracks: 3 bytes for each packet of Opus, 43 for each frame of VP8. Speech takes tens of bytes, and the noise of a
 * camera changes every frame.
 */
const CARRIED = {
	audio: { field: 'packetsReceived', mostBytes: 6 },
	video: { field: 'framesReceived', mostBytes: 100 }
} as const;
/** What came before has to have been something. */
const TIMES_BEFORE = 5;

/** Bytes for each packet or frame between two samples; null where none came. */
function bytesEach(track: StatsTrack, field: string): { tMs: number[]; fromMs: number[]; each: (number | null)[] } | null {
	const [bytes, counted] = ['bytesReceived', field].map((name) => column(track, name));
	if (!bytes || !counted) return null;
	const counts = new Map(changesOf(counted).map((change) => [change.tMs, change]));
	const changes = changesOf(bytes).filter(({ tMs, fromMs }) => counts.get(tMs)?.fromMs === fromMs);
	const each = changes.map(({ tMs, delta }) => {
		const count = counts.get(tMs)!.delta;
		return delta === null || !count ? null : delta / count;
	});
	return { tMs: changes.map(({ tMs }) => tMs), fromMs: changes.map(({ fromMs }) => fromMs), each };
}

const mean = (values: readonly (number | null)[]): number | null => {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
};

/** Of the only stream of its kind, so that people who mute themselves in a conference are none. */
export function emptiedMedia(
	view: ConnectionView,
	kind: 'audio' | 'video',
	limits: FindingLimits
): Hit<EndingValues['inbound-media-emptied']>[] {
	const [track, another] = tracksOf(view.connection, 'inbound-rtp').filter(
		(each) => kindOf(each) === kind && !isPlaceholder(view, each) && (number(lastOf(each, 'packetsReceived')) ?? 0) > 0
	);
	const { field, mostBytes } = CARRIED[kind];
	const read = track && !another ? bytesEach(track, field) : null;
	if (!read) return [];
	const { tMs, each } = read;
	let first = each.length;
	while (first > 0 && each[first - 1] !== null && each[first - 1]! <= mostBytes) first--;
	const [fromMs, toMs] = [read.fromMs[first], tMs.at(-1)];
	if (fromMs === undefined || toMs! - fromMs < limits.silence.value) return [];
	const [bytes, beforeBytes] = [mean(each.slice(first)), mean(each.slice(0, first))];
	if (beforeBytes === null || beforeBytes < TIMES_BEFORE * mostBytes) return [];
	const values = { kind, ...during(view, { fromMs, toMs: toMs! }), bytesEach: bytes!, beforeBytesEach: beforeBytes };
	return one(values, { atMs: fromMs, untilMs: toMs!, track: track!.id });
}
