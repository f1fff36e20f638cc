/** What checks tell of what is on the other side of them: a relay that refuses, an end that has other credentials. */
import { engineOf } from '../../base/user-agent';
import type { ConnectionView } from './findings-view';
import { isTurnUrl } from './recorded-configuration';
import { iceWorked, none, notConnected, one } from './rule-help';
import { column, tracksOf } from '../../recording/connection';
import type { StatsTrack } from '../../recording/recording';
import { gatheredCandidates, signalledCandidates } from './signalled-candidates';
import type { StatsRule } from './stats-rule';

/** A check waits for its answer at least this long (RFC 8445 §14.3); libwebrtc gives up a pair after 15 s without one. */
const LEAST_WAIT_MS = 500;

/** From the first check to when ICE had nothing left to check; null where it went on. */
function gaveUpAfterMs(view: ConnectionView): number | null {
	const states = view.events('ice-state');
	const begun = states.findIndex(({ state }) => state === 'checking');
	const [from, to] = [states[begun]?.atMs, states[begun + 1]];
	if (from === undefined || from === null || !to || to.atMs === null) return null;
	return to.state === 'disconnected' || to.state === 'failed' ? to.atMs - from : null;
}

/** Packets are counted without those of STUN (W3C webrtc-stats, packetsReceived). */
const COUNTED = ['responsesSent', 'packetsReceived', 'requestsSent', 'responsesReceived'] as const;

type Count = number | null;

/** Of a counter all that it counted: a pair that was given up and made again begins at 0. */
function counted(track: StatsTrack, field: string): Count {
	const values = (column(track, field)?.v ?? []).filter((value) => typeof value === 'number');
	if (values.length === 0) return null;
	return values.reduce((sum, value, i) => sum + (value >= (values[i - 1] ?? 0) ? value - (values[i - 1] ?? 0) : value), 0);
}

/** A description of the other end was set, and with it credentials to ask with. */
function hasOtherDescription(view: ConnectionView): boolean {
	const set = view.events('set-remote');
	const failed = set.filter(({ phase }) => phase === 'failed').length;
	return set.filter(({ phase }) => phase === 'called').length > failed;
}

export const CHECK_RULES: readonly StatsRule[] = [
	{
		id: 'relay-peer-refused',
		severity: 'problem',
		nextStep: 'allow-peers-at-relay',
		explains: ['candidate-pairs-missing', 'candidate-pairs-failed', 'connection-failed', 'candidate-errors'],
		explainsAtOtherEnd: ['candidate-pairs-missing', 'candidate-pairs-failed', 'connection-failed'],
		find: (view) => {
			// Measured in Chromium 156: a pair whose permission is refused is gone at once, statistics and all.
			if (!notConnected(view) || engineOf(view.recording.userAgent ?? '') !== 'chromium' || view.pairs.length > 0) return none;
			const own = [
				...view.candidates.filter(({ side }) => side === 'local').map(({ type }) => type),
				...gatheredCandidates(view.connection).map(({ type }) => type)
			];
			const afterMs = gaveUpAfterMs(view);
			if (own.length === 0 || own.some((type) => type !== 'relay') || signalledCandidates(view).length === 0) return none;
			if (afterMs === null || afterMs >= LEAST_WAIT_MS) return none;
			const turnUrls = (view.configuration?.servers ?? []).map(({ url }) => url).filter(isTurnUrl);
			return turnUrls.length === 0 ? none : one({ turnUrls, gaveUpAfterMs: afterMs });
		}
	},
	{
		id: 'ice-credentials-mismatch',
		severity: 'problem',
		nextStep: 'pass-descriptions-unchanged',
		explains: ['checks-one-way', 'candidate-pairs-failed', 'connection-failed'],
		explainsAtOtherEnd: ['dtls-unfinished', 'connection-failed', 'connection-lost'],
		find: (view) => {
			if (!notConnected(view) || iceWorked(view)) return none;
			return view.pairs
				.filter(({ local, remote }) => !(local?.type === 'relay' && remote?.type === 'relay'))
				.flatMap(({ id }) => {
					const track = tracksOf(view.connection, 'candidate-pair').find((one) => one.id === id)!;
					const [answered, packets, sent, answers] = COUNTED.map((field) => counted(track, field)) as [
						Count,
						Count,
						Count,
						Count
					];
					// Nobody sends more than checks before an answer showed that the path works, but from one relay to another one.
					if (!answered || !packets || sent === null || answers !== 0) return [];
					// An end that was given no credentials, or refused them, asks nothing.
					if (sent === 0 && !hasOtherDescription(view)) return [];
					return one({ checksAnswered: answered, packetsReceived: packets, checksSent: sent }, { track: id });
				})
				.slice(0, 1);
		}
	}
];
