/** Media of the other end that came, and came no longer, over a connection that stayed up. */
import { column, kindOf, lastOf, number, text, timesOf, tracksOf } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import type { ConnectionView } from './findings-view';
import type { FindingLimits } from './findings-limits';
import { isPlaceholder } from './negotiated-media';
import { stillAtEnd } from './rule-help';

export interface StoppedMedia {
	kind: 'audio' | 'video';
	fromMs: number;
	toMs: number;
	/** What the other end says to have sent since (RFC 3550 §6.4.1); null where no report of it came since. */
	sentSince: number | null;
	track: string;
}

/** Of all that was received of a kind, so that people who leave a conference are none. */
export function stoppedMedia(view: ConnectionView, kind: 'audio' | 'video', limits: FindingLimits): StoppedMedia | null {
	const received = tracksOf(view.connection, 'inbound-rtp').filter(
		(track) => kindOf(track) === kind && !isPlaceholder(view, track) && (number(lastOf(track, 'packetsReceived')) ?? 0) > 0
	);
	const spans = received.map((track) => {
		const packets = column(track, 'packetsReceived')!;
		return { track, still: stillAtEnd(packets.tMs, packets.v) };
	});
	const last = spans.reduce<(typeof spans)[number] | null>(
		(a, b) => (a?.still && b.still && a.still.fromMs > b.still.fromMs ? a : b),
		null
	);
	if (!last?.still || spans.some(({ still }) => !still || still.toMs - still.fromMs < limits.silence.value)) return null;
	const { fromMs, toMs } = last.still;
	// A stream that is no longer in the statistics was taken out.
	if (view.connection.endMs === null || view.connection.endMs - timesOf(last.track).lastMs > limits.silence.value) return null;
	return { kind, fromMs, toMs, sentSince: sentSince(view, last.track, fromMs), track: last.track.id };
}

/** The first report of the sender that came since may count what was sent before. */
function sentSince(view: ConnectionView, stream: StatsTrack, fromMs: number): number | null {
	const id = text(lastOf(stream, 'remoteId'));
	const sent = column(
		tracksOf(view.connection, 'remote-outbound-rtp').find(
			(track) => track.id === id || text(lastOf(track, 'localId')) === stream.id
		),
		'packetsSent'
	);
	const since = sent ? sent.v.flatMap((value, i) => (sent.tMs[i]! > fromMs ? (number(value) ?? []) : [])) : [];
	return since.length < 2 ? null : since.at(-1)! - since[0]!;
}

/** Some packets may be under way when a report is written. */
const LEAST_LOST_PACKETS = 20;

export const isLost = ({ sentSince }: StoppedMedia): boolean => sentSince !== null && sentSince >= LEAST_LOST_PACKETS;
