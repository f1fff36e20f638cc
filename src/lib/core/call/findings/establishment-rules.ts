/** Whether the connection was established, how long it took, why it did not, and how it ended. */
import { scopeOfText } from '../../base/ip';
import { sessionOf } from '../../sdp/text/origin';
import { fingerprintsOf } from '../../sdp/text/transport';
import type { Description } from '../../sdp/text/description';
import { column, lastOf, tracksOf } from '../../recording/connection';
import { during, type ConnectionView } from './findings-view';
import type { EstablishmentValues, SetUpStep } from './finding-values';
import { signalledCandidates } from './signalled-candidates';
import type { Hit, StatsRule } from './stats-rule';

const notConnected = (view: ConnectionView) => view.overview.outcome === 'failed' || view.overview.outcome === 'never-connected';
const one = <Values>(values: Values, rest: Omit<Hit<Values>, 'values'> = {}): Hit<Values>[] => [{ values, ...rest }];
const none: Hit<never>[] = [];

/** Candidates that the other end made known: in its descriptions, by trickling, or in the statistics. */
function remoteCandidates(view: ConnectionView): number {
	const trickled = view.events('add-candidate').filter(({ candidate, phase }) => phase === 'called' && candidate).length;
	const inside = view.descriptions
		.filter(({ event }) => event.call === 'set-remote')
		.reduce((sum, { sdp }) => sum + sdp.sections.reduce((count, section) => count + section.candidates.length, 0), 0);
	return trickled + inside + view.candidates.filter(({ side }) => side === 'remote').length;
}

function localCandidates(view: ConnectionView): number {
	const gathered = view.events('candidate').filter(({ candidate }) => candidate).length;
	const inside = view.descriptions
		.filter(({ event }) => event.call === 'set-local')
		.reduce((sum, { sdp }) => sum + sdp.sections.reduce((count, section) => count + section.candidates.length, 0), 0);
	return gathered + inside + view.candidates.filter(({ side }) => side === 'local').length;
}

function lastStateMs(view: ConnectionView, wanted: string): number | null {
	return view.states.filter(({ state }) => state === wanted).at(-1)?.atMs ?? null;
}

/** The last word of DTLS, by its own events or by the transport. */
function dtlsState(view: ConnectionView): string | null {
	const event = view.events('dtls-state').at(-1)?.state;
	const told = tracksOf(view.connection, 'transport').map((track) => lastOf(track, 'dtlsState'));
	return event ?? (told.find((state) => typeof state === 'string') as string | undefined) ?? null;
}

function iceWorked(view: ConnectionView): boolean {
	return (
		view.pairs.some(({ state }) => state === 'succeeded') ||
		view.events('ice-state').some(({ state }) => state === 'connected' || state === 'completed')
	);
}

function fingerprintOf(sdp: Description): string | null {
	const section = sdp.live[0];
	const found = section ? fingerprintsOf(sdp, section)[0] : undefined;
	return found ? `${found.value.hash} ${found.value.digest}`.toLowerCase() : null;
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

export const ESTABLISHMENT_RULES: readonly StatsRule[] = [
	{
		id: 'connection-failed',
		severity: 'problem',
		find: (view) => {
			const { outcome } = view.overview;
			if (outcome !== 'failed' && outcome !== 'never-connected') return none;
			const last = view.states.filter(({ state }) => state !== 'closed').at(-1);
			const failedAtMs = view.sinceStart(lastStateMs(view, 'failed'));
			return one({ outcome, failedAtMs, lastState: last?.state ?? null }, { atMs: last?.atMs ?? null });
		}
	},
	{
		id: 'answer-missing',
		severity: 'problem',
		find: (view) => {
			if (!notConnected(view)) return none;
			const set = view.descriptions.filter(({ event }) => event.description!.type !== 'rollback');
			const offer = set.find(({ event }) => event.description!.type === 'offer');
			const answered = set.some(({ event }) => event.description!.type !== 'offer');
			if (!offer || answered) return none;
			const { call, atMs } = offer.event;
			return one({ offeredBy: call === 'set-local' ? 'this-end' : 'other-end', offeredAtMs: view.sinceStart(atMs) }, { atMs });
		}
	},
	{
		id: 'description-refused',
		severity: 'problem',
		find: (view) =>
			view
				.events('set-local', 'set-remote', 'create-offer', 'create-answer')
				.filter(({ phase }) => phase === 'failed')
				.map(({ call, error, atMs }) => ({
					values: { call: call as RefusedCall, refusedAtMs: view.sinceStart(atMs), browserSaid: error || null },
					atMs
				}))
	},
	{
		id: 'local-candidates-missing',
		severity: 'problem',
		find: (view) => (notConnected(view) && view.events('set-local').length > 0 && localCandidates(view) === 0 ? one({}) : none)
	},
	{
		id: 'remote-candidates-missing',
		severity: 'problem',
		find: (view) => (notConnected(view) && view.events('set-remote').length > 0 && remoteCandidates(view) === 0 ? one({}) : none)
	},
	{
		id: 'candidate-pairs-missing',
		severity: 'problem',
		find: (view) => {
			const [local, remote] = (['local', 'remote'] as const).map((end) => view.candidates.filter(({ side }) => side === end));
			const signalled = signalledCandidates(view);
			// Each candidate of the statistics was signalled too; in Chromium those that form no pair are not in them.
			const remoteCandidates = Math.max(remote!.length, signalled.length);
			if (!notConnected(view) || view.pairs.length > 0 || local!.length === 0 || remoteCandidates === 0) return none;
			const hidesAddresses = signalled.some(({ address }) => address.endsWith('.local'));
			return one({ localCandidates: local!.length, remoteCandidates, hidesAddresses });
		}
	},
	{
		id: 'candidate-pairs-failed',
		severity: 'problem',
		find: (view) => {
			if (!notConnected(view) || view.pairs.length === 0 || iceWorked(view)) return none;
			const answered = view.pairs.some(({ responsesReceived }) => (responsesReceived ?? 0) > 0);
			if (answered) return none;
			const types = view.pairs.map(({ local, remote }) => ({ local: local?.type ?? null, remote: remote?.type ?? null }));
			const values: EstablishmentValues['candidate-pairs-failed'] = {
				pairs: view.pairs.length,
				types: types
					.filter((one, i) => types.findIndex(({ local, remote }) => local === one.local && remote === one.remote) === i)
					.slice(0, MOST_TYPES),
				checksCounted: view.pairs.every(({ responsesReceived }) => responsesReceived !== null),
				hasRelay: view.candidates.some(({ side, type }) => side === 'local' && type === 'relay')
			};
			return one(values, { atMs: view.pairs[0]!.lastMs });
		}
	},
	{
		id: 'relay-missing',
		severity: 'warning',
		find: (view) => {
			const { configuration } = view.connection;
			if (!configuration || !/\bturns?:/.test(configuration) || !view.hasLog) return none;
			const gathered = view.events('candidate').some(({ candidate }) => / typ relay\b/.test(candidate ?? ''));
			if (gathered || view.candidates.some(({ side, type }) => side === 'local' && type === 'relay')) return none;
			// Without gathering having ended nobody knows.
			const done = view.events('gathering-state').some(({ state }) => state === 'complete');
			if (!done) return none;
			return one({}, { severity: notConnected(view) ? 'problem' : 'warning' });
		}
	},
	{
		id: 'candidate-errors',
		severity: 'info',
		find: (view) => {
			const errors = view.events('candidate-error');
			if (errors.length === 0) return none;
			const codes = errors.flatMap(({ error }) => /error_?code"?:\s*(\d+)/i.exec(error ?? '')?.[1] ?? []).map(Number);
			return one(
				{ errors: errors.length, codes: [...new Set(codes)] },
				{ atMs: errors[0]!.atMs, severity: notConnected(view) ? 'warning' : 'info' }
			);
		}
	},
	{
		id: 'relay-address-private',
		severity: 'warning',
		find: (view) =>
			view.candidates
				.filter(
					({ type, address }) =>
						type === 'relay' &&
						address !== null &&
						['private', 'carrier-grade', 'loopback', 'link-local'].includes(scopeOfText(address) ?? '')
				)
				.slice(0, 2)
				.map(({ side, address, id }) => ({
					values: { side, address: address! },
					severity: notConnected(view) ? ('problem' as const) : ('warning' as const),
					track: id
				}))
	},
	{
		id: 'dtls-unfinished',
		severity: 'problem',
		find: (view) => {
			const state = dtlsState(view);
			if (!iceWorked(view) || view.overview.outcome === 'connected' || view.overview.outcome === 'closed') return none;
			if (state !== 'failed' && !(notConnected(view) && (state === 'connecting' || state === 'new'))) return none;
			return one({ state });
		}
	},
	{
		id: 'peer-changed',
		severity: 'warning',
		find: (view) => {
			const remote = view.descriptions.filter(({ event }) => event.call === 'set-remote');
			return remote.flatMap(({ sdp, event }, index) => {
				const before = remote[index - 1];
				if (!before) return [];
				const [old, now] = [fingerprintOf(before.sdp), fingerprintOf(sdp)];
				if (old === null || now === null || old === now || sessionOf(before.sdp) === sessionOf(sdp)) return [];
				return one({ changedAtMs: view.sinceStart(event.atMs) }, { atMs: event.atMs });
			});
		}
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
		find: (view) => {
			if (view.overview.outcome !== 'lost') return none;
			const failedMs = lastStateMs(view, 'failed') ?? lastStateMs(view, 'disconnected');
			return one({ lostAtMs: view.sinceStart(failedMs) }, { atMs: failedMs });
		}
	},
	{
		id: 'connection-interruptions',
		severity: 'warning',
		find: (view, limits) =>
			view.states.flatMap(({ state, atMs }, index) => {
				const next = view.states[index + 1];
				if (
					state !== 'disconnected' ||
					atMs === null ||
					!next ||
					next.atMs === null ||
					!['connected', 'completed', 'connecting', 'checking'].includes(next.state)
				)
					return [];
				const tookMs = next.atMs - atMs;
				if (!(tookMs >= limits.disconnected.value)) return [];
				return one({ interruptedAtMs: view.sinceStart(atMs), tookMs }, { atMs, untilMs: next.atMs });
			})
	},
	{
		id: 'ice-restarts',
		severity: 'info',
		find: (view) => {
			const times: (number | null)[] = [];
			let before: string | null = null;
			for (const { sdp, event } of view.descriptions) {
				if (event.call !== 'set-local') continue;
				const ufrag =
					sdp.live[0]?.attributes.get('ice-ufrag')?.[0]?.argument ??
					sdp.session.attributes.get('ice-ufrag')?.[0]?.argument ??
					null;
				if (ufrag !== null && before !== null && ufrag !== before) times.push(event.atMs);
				before = ufrag ?? before;
			}
			if (times.length === 0) return none;
			return one({ restarts: times.length, firstAtMs: view.sinceStart(times[0]!) }, { atMs: times[0]! });
		}
	},
	{
		id: 'consent-lost',
		severity: 'warning',
		find: (view, limits) =>
			view.connection.tracks.flatMap((track) => {
				if (track.type !== 'candidate-pair' || !view.selection.some(({ value }) => value === track.id)) return [];
				const answers = column(track, 'responsesReceived');
				const asked = column(track, 'consentRequestsSent') ?? column(track, 'requestsSent');
				if (!answers || !asked || answers.tMs.length < 3 || answers.tMs.length !== asked.tMs.length) return [];
				return silenceIn(asked.tMs, asked.v, answers.v, limits.consent.value).map(({ fromMs, toMs, sent }) => ({
					values: { ...during(view, { fromMs, toMs }), unansweredChecks: sent },
					atMs: fromMs,
					untilMs: toMs,
					track: track.id
				}));
			})
	}
];

type RefusedCall = EstablishmentValues['description-refused']['call'];

/** Of pairs that were tried as many kinds are named. */
const MOST_TYPES = 6;

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
