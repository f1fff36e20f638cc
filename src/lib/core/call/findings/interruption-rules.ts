/** Connections that had worked, and were lost or interrupted. */
import { column, number, tracksOf } from '../../recording/connection';
import type { Column } from '../../recording/recording';
import { closedByOtherEndMs } from '../outcome';
import type { EstablishmentValues } from './finding-values';
import type { FindingLimits } from './findings-limits';
import { during, type ConnectionView } from './findings-view';
import { isAnsweredAfter, restartTimes } from './ice-restarts';
import { pauseAround } from './path-loss';
import { lastStateMs, none, one, relayUrlAt } from './rule-help';
import type { StatsRule } from './stats-rule';

/** Times in which a connection that had worked was down, until it was up again. */
function interruptions(view: ConnectionView): { fromMs: number; toMs: number; restartMs: number | null }[] {
	const found: { fromMs: number; toMs: number; restartMs: number | null }[] = [];
	let fromMs: number | null = null;
	let wasUp = false;
	for (const { state, atMs } of view.states) {
		const up = state === 'connected' || state === 'completed';
		if (up && fromMs !== null && atMs !== null) {
			const restartMs = restartTimes(view).find((each) => each !== null && each >= fromMs! && each <= atMs) ?? null;
			found.push({ fromMs, toMs: atMs, restartMs });
		}
		if (up) fromMs = null;
		else if (wasUp && (state === 'disconnected' || state === 'failed')) fromMs ??= atMs;
		wasUp ||= up;
	}
	return found;
}

export const INTERRUPTION_RULES: readonly StatsRule[] = [
	{
		id: 'connection-lost',
		severity: 'problem',
		explains: ['consent-lost'],
		explainsAtOtherEnd: ['connection-lost'],
		find: (view) => {
			if (view.overview.outcome !== 'lost') return none;
			const failedMs = lastStateMs(view, 'failed') ?? lastStateMs(view, 'disconnected');
			const restartedMs = restartTimes(view).at(-1) ?? null;
			const restartAnswered = restartedMs === null ? null : isAnsweredAfter(view, restartedMs);
			const values = {
				lostAtMs: view.sinceStart(failedMs),
				...lastPath(view),
				restartedAtMs: view.sinceStart(restartedMs),
				restartAnswered
			};
			return one(values, { atMs: failedMs });
		}
	},
	{
		id: 'connection-interruptions',
		severity: 'warning',
		find: (view, limits) =>
			interruptions(view).flatMap(({ fromMs, toMs, restartMs }) => {
				const tookMs = toMs - fromMs;
				if (!(tookMs >= limits.disconnected.value)) return [];
				const restartedAfterMs = restartMs === null ? null : restartMs - fromMs;
				const values = { interruptedAtMs: view.sinceStart(fromMs), tookMs, restartedAfterMs };
				const pause = pauseAround(view, fromMs, toMs);
				const more = {
					pausedMs: pause && pause.toMs - pause.fromMs,
					pausedFromMs: pause && view.sinceStart(pause.fromMs),
					relayUrl: relayUrlAt(view, fromMs)
				};
				return one({ ...values, ...more }, { atMs: fromMs, untilMs: toMs });
			})
	},
	{
		id: 'consent-lost',
		severity: 'warning',
		find: (view, limits) => {
			const told = interruptions(view).filter(({ fromMs, toMs }) => toMs - fromMs >= limits.disconnected.value);
			const closedMs = closedByOtherEndMs(view.connection) ?? Infinity;
			return view.selection.flatMap((used) => {
				const track = tracksOf(view.connection, 'candidate-pair').find(({ id }) => id === used.value);
				const answers = column(track, 'responsesReceived');
				const asked = column(track, 'consentRequestsSent') ?? column(track, 'requestsSent');
				if (!track || !answers || !asked || answers.tMs.length !== asked.tMs.length) return [];
				const isUsed = (_: unknown, i: number) => asked.tMs[i]! >= used.fromMs && asked.tMs[i]! <= used.toMs;
				const [tMs, sent, answered] = [asked.tMs, asked.v, answers.v].map((each) => each.filter(isUsed));
				return silenceIn(tMs as number[], sent!, answered!, limits)
					.filter(({ fromMs, toMs }) => toMs < closedMs && !told.some((one) => one.fromMs <= toMs && one.toMs >= fromMs))
					.map(({ fromMs, toMs, unanswered }) => ({
						values: { ...during(view, { fromMs, toMs }), unansweredChecks: unanswered },
						atMs: fromMs,
						untilMs: toMs,
						track: track.id
					}));
			});
		}
	}
];

/** What the pairs that were used say of the end. */
function lastPath(view: ConnectionView): Pick<EstablishmentValues['connection-lost'], 'silence' | 'relayUrl' | 'toRelay'> {
	const used = view.pairs.filter(({ id }) => view.selection.some(({ value }) => value === id));
	const tracks = view.connection.tracks.filter(({ id }) => used.some((pair) => pair.id === id));
	const local = used.at(-1)?.local;
	const relayUrl = local?.type === 'relay' ? local.url : null;
	const toRelay = used.at(-1)?.remote?.type === 'relay';
	const grew = (...fields: string[]) =>
		lastGrowthMs(tracks.flatMap((track) => fields.flatMap((field) => column(track, field) ?? [])));
	const packets = grew('bytesReceived', 'packetsReceived', 'requestsReceived', 'responsesReceived');
	if (packets) return { silence: { of: 'packets', fromMs: view.sinceStart(packets) }, relayUrl, toRelay };
	const answers = grew('responsesReceived');
	return { silence: answers ? { of: 'answers', fromMs: view.sinceStart(answers) } : null, relayUrl, toRelay };
}

/** When one of these counters grew for the last time; null where one grew to the end, or nothing is counted. */
function lastGrowthMs(all: readonly Column[]): number | null {
	const counters = all.filter(({ v }) => (number(v.at(-1)) ?? 0) > 0);
	const ends = counters.map(({ tMs }) => tMs.at(-1)!);
	const grown = counters.map(({ tMs, v }) => {
		let at = v.length - 1;
		while (at > 0 && v[at - 1] === v[at]) at--;
		return tMs[at]!;
	});
	const [lastMs, endMs] = [Math.max(...grown), Math.max(...ends)];
	return counters.length > 0 && endMs - lastMs >= SILENT_MS ? lastMs : null;
}

/** Samples come each second, or every few: what did not grow for longer than this had ended. */
const SILENT_MS = 4000;

/** Libwebrtc asks every 2.5 s while it is answered, and far more often when it is not: so many are no late answer. */
const MANY_CHECKS = 10;

/** Times in which questions went out and no answer came: for as long as consent takes, or less with many questions. */
function silenceIn(
	tMs: readonly number[],
	asked: readonly unknown[],
	answered: readonly unknown[],
	{ consent, silence }: FindingLimits
): { fromMs: number; toMs: number; unanswered: number }[] {
	const found: { fromMs: number; toMs: number; unanswered: number }[] = [];
	let start = 0;
	for (let i = 1; i <= tMs.length; i++) {
		const same = i < tMs.length && typeof answered[i] === 'number' && answered[i] === answered[start];
		if (same) continue;
		const end = i - 1;
		const unanswered = Number(asked[end]) - Number(asked[start]);
		const forMs = tMs[end]! - tMs[start]!;
		const isLong = (forMs >= consent.value && unanswered >= 3) || (forMs >= silence.value && unanswered >= MANY_CHECKS);
		if (isLong && typeof answered[start] === 'number') found.push({ fromMs: tMs[start]!, toMs: tMs[end]!, unanswered });
		start = i;
	}
	return found;
}
