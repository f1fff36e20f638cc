/** How a connection was established, and how long it took. */
import { lastOf, number, tracksOf } from '../../recording/connection';
import { begunAfterEnd, dtlsWaitedMs, transportStates } from '../outcome';
import type { ConnectionView } from './findings-view';
import type { EstablishmentValues, SetUpStep } from './finding-values';
import { restartTimes } from './ice-restarts';
import { iceWorked, lastStateMs, none, notConnected, one } from './rule-help';
import type { StatsRule } from './stats-rule';

/** The last word of DTLS, by its own events or by the transport. */
function dtlsState(view: ConnectionView): string | null {
	return view.events('dtls-state').at(-1)?.state ?? transportStates(view.connection, 'dtlsState').at(-1) ?? null;
}

/** Null where none is told, or several transports have several. */
function dtlsRole({ connection }: ConnectionView): EstablishmentValues['dtls-unfinished']['role'] {
	const roles = new Set(tracksOf(connection, 'transport').map((track) => lastOf(track, 'dtlsRole')));
	const [role] = roles;
	return roles.size === 1 && (role === 'client' || role === 'server') ? role : null;
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

/** A call may move between networks a few times. */
const MANY_RESTARTS = 4;

const isDown = (state: string) => state === 'disconnected' || state === 'failed';

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
			// A handshake that had finished: Firefox calls it failed when consent ends.
			if (transportStates(view.connection, 'dtlsState').includes('connected')) return none;
			const pieces = state === 'failed' ? null : unansweredPieces(view);
			const step = pieces && ({ rule: 'look-at-path-mtu', values: {} } as const);
			return one(
				{ state, role: dtlsRole(view), forMs: state === 'new' ? sinceIceMs(view) : dtlsWaitedMs(view.connection), pieces },
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
		id: 'ice-restarts',
		severity: 'info',
		nextStep: 'restart-when-down',
		find: (view) => {
			const times = restartTimes(view);
			if (times.length === 0) return none;
			const next = afterRestart(view, times[0]!);
			const lastMs = times.at(-1) ?? Infinity;
			const whileUp = view.connected && !view.states.some(({ state, atMs }) => isDown(state) && (atMs ?? 0) < lastMs);
			return one(
				{ restarts: times.length, firstAtMs: view.sinceStart(times[0]!), whileUp, next },
				{ severity: whileUp && times.length >= MANY_RESTARTS ? 'warning' : 'info', atMs: times[0]! }
			);
		}
	}
];
