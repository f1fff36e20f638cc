/** Data channels that are of no use, or that are given more than goes out. */
import { column, number, tracksOf } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import { otherEnds } from '../call-ends';
import { openChannels, totalOf } from './data-channels';
import { during, type ConnectionView } from './findings-view';
import { none, one } from './rule-help';
import type { StatsRule } from './stats-rule';

const isUp = ({ overview: { outcome } }: ConnectionView) => outcome === 'connected';

/** Beyond this share of what the page sent, and this much, it is no longer what is just under way. */
const WAITING_RATIO = 1 / 3;
const LEAST_WAITING_BYTES = 200_000;

export const DATA_CHANNEL_RULES: readonly StatsRule[] = [
	{
		id: 'data-channel-ids-differ',
		severity: 'problem',
		nextStep: 'give-one-channel-id',
		explains: ['data-channel-unanswered'],
		explainsAtOtherEnd: ['data-channel-ids-differ', 'data-channel-unanswered'],
		find: (view) => {
			const { connections } = view.recording;
			const other = connections.find(({ id }) => id === otherEnds(view.recording).get(view.connection.id));
			const theirs = other ? openChannels(other) : [];
			return openChannels(view.connection).flatMap(({ label, id, track }) => {
				const same = theirs.filter((each) => each.label === label);
				if (!isUp(view) || same.length === 0 || same.some((each) => each.id === id)) return [];
				if (totalOf([track, ...same.map((each) => each.track)], 'messagesReceived') > 0) return [];
				return one({ label, id, otherId: same[0]!.id }, { track: track.id });
			});
		}
	},
	{
		id: 'data-channel-backlog',
		severity: 'warning',
		nextStep: 'wait-for-buffered-amount',
		find: (view, limits) => {
			const transports = tracksOf(view.connection, 'transport');
			const channels = tracksOf(view.connection, 'data-channel');
			const [given, carried] = [totalOf(channels, 'bytesSent'), totalOf(transports, 'bytesSent')];
			const waiting = given - carried;
			if (!isUp(view) || carried === 0 || waiting < LEAST_WAITING_BYTES || waiting < WAITING_RATIO * given) return none;
			const span = waitingSince(channels, transports);
			if (!span || span.toMs - span.fromMs < limits.limited.value) return none;
			const values = { ...during(view, span), givenBytes: given, carriedBytes: carried };
			return one(values, { atMs: span.fromMs, untilMs: span.toMs, track: channels[0]!.id });
		}
	}
];

/** The time at the end in which the channels had been given more than the transports had carried. */
function waitingSince(
	channels: readonly StatsTrack[],
	transports: readonly StatsTrack[]
): { fromMs: number; toMs: number } | null {
	const tMs = column(transports[0], 'bytesSent')?.tMs ?? [];
	const at = (tracks: readonly StatsTrack[], t: number) =>
		tracks.reduce((sum, track) => {
			const samples = column(track, 'bytesSent');
			const index = samples?.tMs.findLastIndex((each) => each <= t) ?? -1;
			return sum + (index < 0 ? 0 : (number(samples!.v[index]) ?? 0));
		}, 0);
	let from = tMs.length;
	while (from > 0 && at(channels, tMs[from - 1]!) > at(transports, tMs[from - 1]!)) from--;
	return from < tMs.length ? { fromMs: tMs[from]!, toMs: tMs.at(-1)! } : null;
}
