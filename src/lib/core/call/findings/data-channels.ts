/** Data channels as the statistics have them, and messages to which none came back. */
import { column, growth, lastOf, number, text, tracksOf } from '../../recording/connection';
import type { RecordedConnection, StatsTrack } from '../../recording/recording';
import type { EndingValues } from './ending-values';
import type { ConnectionView } from './findings-view';
import type { FindingLimits } from './findings-limits';
import { one } from './rule-help';
import type { Hit } from './stats-rule';

export const totalOf = (tracks: readonly StatsTrack[], field: string) =>
	tracks.reduce((sum, track) => sum + (number(lastOf(track, field)) ?? 0), 0);

/** Those that are open, by label and number on the association (RFC 8831 §6.5). */
export function openChannels(connection: RecordedConnection): { label: string; id: number; track: StatsTrack }[] {
	return tracksOf(connection, 'data-channel').flatMap((track) => {
		const [label, id] = [text(lastOf(track, 'label')), number(lastOf(track, 'dataChannelIdentifier'))];
		return lastOf(track, 'state') === 'open' && label !== null && id !== null ? [{ label, id, track }] : [];
	});
}

/** What asks for an answer asks more than once. */
const LEAST_MESSAGES = 3;

/** Channels on which this end goes on sending, where nothing ever came on any. */
export function unansweredMessages(
	{ connection, ...view }: ConnectionView,
	limits: FindingLimits
): Hit<EndingValues['data-channel-unanswered']>[] {
	if (totalOf(tracksOf(connection, 'data-channel'), 'messagesReceived') > 0) return [];
	return openChannels(connection).flatMap(({ label, id, track }) => {
		const sent = column(track, 'messagesSent');
		const first = sent?.v.findIndex((value) => (number(value) ?? 0) > 0) ?? -1;
		const messages = number(sent?.v.at(-1)) ?? 0;
		if (!sent || first < 0 || messages < LEAST_MESSAGES || !growth(track, 'messagesSent')) return [];
		const span = { fromMs: sent.tMs[first]!, toMs: sent.tMs.at(-1)! };
		if (span.toMs - span.fromMs < limits.silence.value) return [];
		const times = { fromMs: view.sinceStart(span.fromMs), toMs: view.sinceStart(span.toMs) };
		return one({ ...times, label, id, messages }, { atMs: span.fromMs, untilMs: span.toMs, track: track.id });
	});
}
