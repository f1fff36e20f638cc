/** How a connection was established, how long it took, and how it ended. */
import { column, lastOf, number, tracksOf } from '../../recording/connection';
import { begunAfterEnd, closedByOtherEndMs, dtlsWaitedMs, transportStates } from '../outcome';
import { during, type ConnectionView } from './findings-view';
import type { Column } from '../../recording/recording';
import type { EstablishmentValues, SetUpStep } from './finding-values';
import { pauseAround } from './path-loss';
import { iceWorked, lastStateMs, none, notConnected, one } from './rule-help';
import type { StatsRule } from './stats-rule';

/** The last word of DTLS, by its own events or by the transport. */
function dtlsState(view: ConnectionView): string | null {
	return view.events('dtls-state').at(-1)?.state ?? transportStates(view.connection, 'dtlsState').at(-1) ?? null;
}

/** Datagrams of DTLS hold up to some 1,200 bytes (libwebrtc, kDefaultMtu); where a ClientHello is larger, its rest is another one. */
const LARGE_BYTES = 1000;
/** Each is sent again after a second, then after twice as long, and so on (RFC 9147 §5.8): media comes far more often. */
const MOST_OFTEN_MS = 500;

/**
 * Packets of the handshake that reached the end which answers it, when it answered none: it never had the whole ClientHello, though some
 * of each attempt arrived. STUN is not counted in them (W3C webrtc-stats, packetsReceived).
 */
function unansweredPieces(view: ConnectionView): EstablishmentValues['dtls-unfinished']['pieces'] {
	const forMs = dtlsWaitedMs(view.connection) ?? 0;
	const found = tracksOf(view.connection, 'transport').flatMap((track) => {
		const [packets, bytes, sent] = ['packetsReceived', 'bytesReceived', 'packetsSent'].map((field) =>
			number(lastOf(track, field))
		);
		if (lastOf(track, 'dtlsRole') !== 'server' || !packets || !bytes || sent !== 0) return [];
		const meanBytes = bytes / packets;
		return packets >= 3 && meanBytes < LARGE_BYTES && forMs / packets > MOST_OFTEN_MS ? [{ packets, meanBytes }] : [];
	});
	return found.length === 1 ? found[0]! : null;
}

/** From when ICE had a path to the end of the recording; null where no event tells the first. */
function sinceIceMs(view: ConnectionView): number | null {
	const up = view.events('ice-state').find(({ state }) => state === 'connected' || state === 'completed')?.atMs ?? null;
	const { endMs } = view.connection;
	return up === null || endMs === null || endMs <= up ? null : endMs - up;
}

/** From the first description to connected, cut into what was waited for. */
function steps(view: ConnectionView): { step: SetUpStep; tookMs: number }[] {
	const timed = view.connection.events.filter(({ atMs }) => atMs !== null);
	const first = timed.find(({ call, phase }) => (call === 'set-local' || call === 'set-remote') && phase === 'called');
	const up = view.connectedMs;
	if (!first || up === null) return [];
	const answer = timed.find(
		({ call, phase, description, atMs }) =>
			(call === 'set-local' || call === 'set-remote') &&
			phase === 'called' &&
			description?.type === 'answer' &&
			atMs! >= first.atMs!
	);
	const iceUp = timed.find(({ call, state }) => call === 'ice-state' && (state === 'connected' || state === 'completed'));
	const marks: [SetUpStep, number | undefined | null][] = [
		['answer', answer?.atMs],
		['ice', iceUp?.atMs],
		[iceUp ? 'dtls' : 'ice-and-dtls', up]
	];
	const found: { step: SetUpStep; tookMs: number }[] = [];
	let from = first.atMs!;
	for (const [step, at] of marks) {
		if (at === undefined || at === null || at < from) continue;
		found.push({ step, tookMs: at - from });
		from = at;
	}
	return found;
}

/** When this end set a description with new ICE credentials (RFC 8445 §9). */
function restartTimes(view: ConnectionView): (number | null)[] {
	const times: (number | null)[] = [];
	let before: string | null = null;
	for (const { sdp, event } of view.descriptions) {
		if (event.call !== 'set-local') continue;
		const ufrag =
			sdp.live[0]?.attributes.get('ice-ufrag')?.[0]?.argument ?? sdp.session.attributes.get('ice-ufrag')?.[0]?.argument ?? null;
		if (ufrag !== null && before !== null && ufrag !== before) times.push(event.atMs);
		before = ufrag ?? before;
	}
	return times;
}

/** Whether the other end's answer to the offer of this time was set; null where it was no offer. */
function isAnsweredAfter(view: ConnectionView, offeredMs: number): boolean | null {
	const at = view.descriptions.findIndex(({ event }) => event.call === 'set-local' && event.atMs === offeredMs);
	if (view.descriptions[at]?.event.description!.type !== 'offer') return null;
	return view.descriptions.slice(at).some(({ event }) => event.call === 'set-remote' && event.description!.type === 'answer');
}

/** What came of a restart: the connection was said to be up, or media moved to another pair, whichever was first. */
function afterRestart(view: ConnectionView, restartMs: number | null): EstablishmentValues['ice-restarts']['next'] {
	if (restartMs === null) return null;
	const isUp = (state: string) => state === 'connected' || state === 'completed';
	const up = view.states.find(({ state, atMs }) => isUp(state) && atMs !== null && atMs >= restartMs)?.atMs ?? null;
	const pair = view.selection.find(({ fromMs }, index) => index > 0 && fromMs >= restartMs)?.fromMs ?? null;
	if (up === null && pair === null) return null;
	if (pair === null || (up !== null && up <= pair)) return { kind: 'connected', afterMs: up! - restartMs };
	return { kind: 'pair-selected', afterMs: pair - restartMs };
}

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

export const ESTABLISHMENT_RULES: readonly StatsRule[] = [
	{
		id: 'dtls-unfinished',
		severity: 'problem',
		nextStep: 'look-at-dtls',
		explains: ['connection-failed', 'connection-lost'],
		explainsAtOtherEnd: ['dtls-unfinished', 'connection-failed', 'connection-lost'],
		find: (view) => {
			const state = dtlsState(view);
			if (view.overview.outcome === 'connected' || view.overview.outcome === 'closed') return none;
			// A log's handshake fails over what the other end sent, so that there was a path. Firefox calls it failed when ICE is.
			if (!iceWorked(view) && view.events('dtls-state').at(-1)?.state !== 'failed') return none;
			if (state !== 'failed' && !(notConnected(view) && (state === 'connecting' || state === 'new'))) return none;
			const pieces = state === 'failed' ? null : unansweredPieces(view);
			const step = pieces && ({ rule: 'look-at-path-mtu', values: {} } as const);
			return one(
				{ state, forMs: state === 'new' ? sinceIceMs(view) : dtlsWaitedMs(view.connection), pieces },
				step ? { nextStep: step } : {}
			);
		}
	},
	{
		id: 'connection-failed',
		severity: 'problem',
		explainsAtOtherEnd: ['connection-failed'],
		find: (view) => {
			const { outcome } = view.overview;
			if (outcome !== 'failed' && outcome !== 'never-connected') return none;
			const last = view.states.filter(({ state }) => state !== 'closed').at(-1);
			const failedAtMs = view.sinceStart(lastStateMs(view, 'failed'));
			return one({ outcome, failedAtMs, lastState: last?.state ?? null }, { atMs: last?.atMs ?? null });
		}
	},
	{
		id: 'recorded-after-failure',
		severity: 'warning',
		nextStep: 'record-from-the-beginning',
		find: (view) =>
			begunAfterEnd(view.connection) ? one({ state: view.states[0]!.state }, { atMs: view.states[0]!.atMs }) : none
	},
	{
		id: 'set-up-slow',
		severity: 'warning',
		find: (view, limits) => {
			const parts = steps(view);
			const whole = parts.reduce((sum, { tookMs }) => sum + tookMs, 0);
			if (!(whole > limits.setUp.value)) return none;
			const longest = parts.reduce((a, b) => (b.tookMs > a.tookMs ? b : a));
			const up = view.connectedMs!;
			return one({ tookMs: whole, longest }, { atMs: up - whole, untilMs: up });
		}
	},
	{
		id: 'connection-lost',
		severity: 'problem',
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
				const more = { pausedMs: pauseAround(view, fromMs, toMs), relayUrl: relayUrlAt(view, fromMs) };
				return one({ ...values, ...more }, { atMs: fromMs, untilMs: toMs });
			})
	},
	{
		id: 'ice-restarts',
		severity: 'info',
		find: (view) => {
			const times = restartTimes(view);
			if (times.length === 0) return none;
			const next = afterRestart(view, times[0]!);
			return one({ restarts: times.length, firstAtMs: view.sinceStart(times[0]!), next }, { atMs: times[0]! });
		}
	},
	{
		id: 'consent-lost',
		severity: 'warning',
		find: (view, limits) =>
			view.connection.tracks.flatMap((track) => {
				const used = view.selection.filter(({ value }) => value === track.id);
				if (track.type !== 'candidate-pair' || used.length === 0) return [];
				const answers = column(track, 'responsesReceived');
				const asked = column(track, 'consentRequestsSent') ?? column(track, 'requestsSent');
				if (!answers || !asked || answers.tMs.length < 3 || answers.tMs.length !== asked.tMs.length) return [];
				const closedMs = closedByOtherEndMs(view.connection) ?? Infinity;
				return silenceIn(asked.tMs, asked.v, answers.v, limits.consent.value)
					.filter(({ toMs }) => toMs < closedMs)
					.filter(({ fromMs, toMs }) => used.some((span) => fromMs >= span.fromMs && toMs <= span.toMs))
					.map(({ fromMs, toMs, sent }) => ({
						values: { ...during(view, { fromMs, toMs }), unansweredChecks: sent },
						atMs: fromMs,
						untilMs: toMs,
						track: track.id
					}));
			})
	}
];

/** The relay of this end that was in use; null where none was, or its URL is not known. */
function relayUrlAt(view: ConnectionView, atMs: number): string | null {
	const used = view.selection.findLast(({ fromMs }) => fromMs <= atMs)?.value;
	const local = view.pairs.find(({ id }) => id === used)?.local;
	return local?.type === 'relay' ? local.url : null;
}

/** What the pairs that were used say of the end. */
function lastPath(view: ConnectionView): Pick<EstablishmentValues['connection-lost'], 'silence' | 'relayUrl'> {
	const used = view.pairs.filter(({ id }) => view.selection.some(({ value }) => value === id));
	const tracks = view.connection.tracks.filter(({ id }) => used.some((pair) => pair.id === id));
	const local = used.at(-1)?.local;
	const relayUrl = local?.type === 'relay' ? local.url : null;
	const grew = (...fields: string[]) =>
		lastGrowthMs(tracks.flatMap((track) => fields.flatMap((field) => column(track, field) ?? [])));
	const packets = grew('bytesReceived', 'packetsReceived', 'requestsReceived', 'responsesReceived');
	if (packets) return { silence: { of: 'packets', fromMs: view.sinceStart(packets) }, relayUrl };
	const answers = grew('responsesReceived');
	return { silence: answers ? { of: 'answers', fromMs: view.sinceStart(answers) } : null, relayUrl };
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

/** Times in which questions went out and no answer came. */
function silenceIn(
	tMs: readonly number[],
	asked: readonly unknown[],
	answered: readonly unknown[],
	leastMs: number
): { fromMs: number; toMs: number; sent: number }[] {
	const found: { fromMs: number; toMs: number; sent: number }[] = [];
	let start = 0;
	for (let i = 1; i <= tMs.length; i++) {
		const same = i < tMs.length && typeof answered[i] === 'number' && answered[i] === answered[start];
		if (same) continue;
		const end = i - 1;
		const sent = Number(asked[end]) - Number(asked[start]);
		if (tMs[end]! - tMs[start]! >= leastMs && sent >= 3 && typeof answered[start] === 'number')
			found.push({ fromMs: tMs[start]!, toMs: tMs[end]!, sent });
		start = i;
	}
	return found;
}
