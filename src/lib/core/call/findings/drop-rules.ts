/** Why a path ended that had worked: a relay that was not prolonged, or a time at which timers of networks commonly end what they hold. */
import { timesOf, tracksOf, type PairView } from '../../recording/connection';
import { restExpiryMs } from '../../stun/rest-credentials';
import type { ExpiredTime, KnownTimer } from './finding-values';
import type { ConnectionView } from './findings-view';
import { pathLoss, type PathLoss } from './path-loss';
import { refreshErrors } from './recorded-errors';
import { none, one } from './rule-help';
import type { StatsRule } from './stats-rule';

const S = 1000;
/** What an allocation is given unless more was asked for (RFC 8656 §3.2). */
const ALLOCATION_MS = 600 * S;
/** libwebrtc asks a minute before that to prolong it (turn_port.cc, ScheduleRefresh). */
const FIRST_REFRESH_MS = 540 * S;
/** Retransmissions of a request that is not answered (RFC 8489 §6.2.1), and what was still on its way. */
const LATE_MS = 10 * S;

/** How far from each a path may end: the longer ones by as much as their own rounds vary. */
const TIMERS: readonly { timer: KnownTimer; ms: number; withinMs: number }[] = [
	{ timer: '30-s', ms: 30 * S, withinMs: 1500 },
	{ timer: '60-s', ms: 60 * S, withinMs: 1500 },
	{ timer: '300-s', ms: 300 * S, withinMs: 5000 },
	{ timer: '600-s', ms: 600 * S, withinMs: 5000 },
	{ timer: '24-h', ms: 86_400 * S, withinMs: 60 * S }
];
/** A state tells the moment to some seconds alone, which is no sign of a timer of half a minute. */
const SHORTEST_BY_STATE_MS = 60 * S;

/** When a relay of this server was given; null where the recording begins later. */
function givenMs(view: ConnectionView, url: string | null): number | null {
	const told = view
		.events('candidate', 'other')
		.find(({ call, candidate = '', name, atMs }) =>
			atMs === null ? false : call === 'other' ? name === 'allocated' : / typ relay\b/.test(candidate)
		);
	if (told) return told.atMs;
	const tracks = tracksOf(view.connection, 'local-candidate').filter(({ id }) =>
		view.candidates.some((one) => one.id === id && one.type === 'relay' && (url === null || one.url === null || one.url === url))
	);
	const times = tracks.map((track) => timesOf(track).firstMs);
	// Statistics that begin with it say nothing of when it came.
	const first = times.length === 0 ? null : Math.min(...times);
	return first !== null && view.connection.startMs !== null && first > view.connection.startMs ? first : null;
}

/** The pair that media went over at a time, or last before it. */
function pairAt(view: ConnectionView, atMs: number): PairView | null {
	const used = view.selection.filter(({ fromMs }) => fromMs <= atMs).at(-1);
	return view.pairs.find(({ id }) => id === used?.value) ?? null;
}

const userOf = (view: ConnectionView, url: string | null) =>
	view.configuration?.servers.find((server) => server.url === url)?.username ?? null;

/** For how long the credential had expired; null where it had not, bears no time, or the clock of the recording is another one. */
function expiredForMs(view: ConnectionView, username: string | null, atMs: number): number | null {
	const expiryMs = username === null || view.recording.clock !== 'epoch' ? null : restExpiryMs(username);
	return expiryMs !== null && atMs >= expiryMs ? atMs - expiryMs : null;
}

/** Between which times since a moment the path ended. */
const since = ({ fromMs, toMs }: PathLoss, startMs: number) => ({ least: fromMs - startMs, most: toMs - startMs });

/** What had just ended of a relay when its path did. */
function expiredRelay(
	view: ConnectionView
): { loss: PathLoss; url: string | null; afterMs: number; expired: ExpiredTime } | null {
	const loss = pathLoss(view);
	const local = loss && pairAt(view, loss.toMs)?.local;
	if (!loss || local?.type !== 'relay') return null;
	const { url } = local;
	const given = givenMs(view, url);
	if (given === null) return null;
	const { least, most } = since(loss, given);
	const username = userOf(view, url);
	const expired = expiredForMs(view, username, loss.toMs);
	// A server that looks at the time looks when it is asked to prolong: within one lifetime.
	const byCredential = expired !== null && expired <= ALLOCATION_MS + LATE_MS && restExpiryMs(username!)! > given;
	const near = (ms: number) => most >= ms && least <= ms + LATE_MS;
	const kind = near(ALLOCATION_MS) ? ('lifetime' as const) : near(FIRST_REFRESH_MS) ? ('refresh' as const) : null;
	const timeMs = kind === 'lifetime' ? ALLOCATION_MS : FIRST_REFRESH_MS;
	if (byCredential)
		return { loss, url, afterMs: most, expired: { kind: 'credential', username: username!, expiredForMs: expired } };
	return kind ? { loss, url, afterMs: most, expired: { kind, timeMs } } : null;
}

/** Known from its beginning: something was recorded before it was connected. */
function connectedFromMs(view: ConnectionView): number | null {
	const { connectedMs, connection } = view;
	return connectedMs !== null && connection.startMs !== null && connectedMs > connection.startMs ? connectedMs : null;
}

/** Whether media went over a relay of this server when it refused; null where no path was recorded. */
function wasUsed(view: ConnectionView, url: string, atMs: number | null): boolean | null {
	if (view.selection.length === 0) return null;
	const local = atMs === null ? view.pairs.findLast(({ selected }) => selected.length > 0)?.local : pairAt(view, atMs)?.local;
	return local?.type === 'relay' && (local.url === null || local.url === url);
}

export const DROP_RULES: readonly StatsRule[] = [
	{
		id: 'relay-refresh-refused',
		severity: 'problem',
		explains: ['relay-lost-at-expiry', 'drop-at-known-timer', 'consent-lost', 'connection-lost', 'connection-interruptions'],
		explainsAtOtherEnd: ['drop-at-known-timer', 'consent-lost', 'connection-lost', 'connection-interruptions'],
		find: (view) => {
			const errors = refreshErrors(view);
			return [...new Map(errors.map((error) => [`${error.url} ${error.errorCode}`, error])).values()].map((last) => {
				const error = errors.find(({ url, errorCode }) => url === last.url && errorCode === last.errorCode)!;
				const { url, errorCode, atMs } = error;
				const username = userOf(view, url);
				const given = givenMs(view, url);
				const used = wasUsed(view, url, atMs);
				const expired = atMs === null ? null : expiredForMs(view, username, atMs);
				const afterMs = atMs === null || given === null ? null : atMs - given;
				return {
					values: { url, username, code: errorCode, afterMs, expiredForMs: expired, used },
					// Where nothing shows what became of it, it is not said that anything did.
					severity:
						used === false ? ('info' as const) : view.overview.outcome === 'lost' ? ('problem' as const) : ('warning' as const),
					atMs,
					nextStep: { rule: expired === null ? ('look-at-turn-log' as const) : ('renew-turn-credentials' as const), values: {} }
				};
			});
		}
	},
	{
		id: 'relay-lost-at-expiry',
		severity: 'warning',
		find: (view) => {
			const found = refreshErrors(view).length > 0 ? null : expiredRelay(view);
			if (!found) return none;
			const { loss, url, afterMs, expired } = found;
			const step = expired.kind === 'credential' ? ('renew-turn-credentials' as const) : ('look-at-turn-log' as const);
			return one(
				{ url, lostAtMs: view.sinceStart(loss.toMs), afterMs, expired },
				{ atMs: loss.toMs, nextStep: { rule: step, values: {} } }
			);
		}
	},
	{
		id: 'drop-at-known-timer',
		severity: 'info',
		find: (view) => {
			const loss = pathLoss(view);
			const startMs = connectedFromMs(view);
			if (!loss || startMs === null || refreshErrors(view).length > 0 || expiredRelay(view)) return none;
			const { least, most } = since(loss, startMs);
			const found = TIMERS.find(
				({ ms, withinMs }) =>
					(loss.toldBy === 'packets' || ms >= SHORTEST_BY_STATE_MS) && most >= ms - withinMs && least <= ms + withinMs
			);
			if (!found) return none;
			const { timer } = found;
			const { toldBy, toMs } = loss;
			return one({ lostAtMs: view.sinceStart(toMs), afterMs: most, timer, toldBy }, { atMs: toMs });
		}
	}
];
