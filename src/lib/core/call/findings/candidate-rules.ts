/** What became of candidates and of their pairs where no connection came about, and what servers did to gathering. */
import { scopeOfText } from '../../base/ip';
import { engineOf } from '../../base/user-agent';
import { isTriedByLibwebrtc } from '../../ice/turn-ports';
import { candidatesOf, lastOf, number, tracksOf, type CandidateView } from '../../recording/connection';
import { waitsForIce } from '../outcome';
import { callStep } from './call-steps';
import type { EstablishmentValues } from './finding-values';
import type { ConnectionView } from './findings-view';
import { isTurnUrl, placeOfUrl } from './recorded-configuration';
import { furtherRelayErrors, recordedError, turnErrors } from './recorded-errors';
import { iceWorked, none, notConnected, one } from './rule-help';
import {
	gatheredCandidates,
	gatheringForMs,
	ofOtherSession,
	refusedCandidates,
	signalledCandidates,
	takenCandidates,
	type SignalledCandidate
} from './signalled-candidates';
import { hasAllDescriptions } from './negotiated-media';
import { haveCommon, isActiveTcp, isHidden } from './pairable-candidates';
import { sameNetwork } from './same-network';
import type { StatsRule } from './stats-rule';

const PRIVATE: ReadonlySet<string> = new Set(['private', 'carrier-grade', 'loopback', 'link-local']);
const isPrivate = (address: string | null) => address !== null && PRIVATE.has(scopeOfText(address) ?? '');

/** Of addresses and of kinds of pairs as many are named. */
const MOST_NAMED = 6;

/** What cannot come about without a path. */
const WITHOUT_PATH = ['candidate-pairs-missing', 'candidate-pairs-failed', 'connection-failed'] as const;
const AT_OTHER_END = ['remote-candidates-missing', 'candidate-pairs-failed', 'connection-failed'] as const;

function hasRelay({ candidates, connection }: ConnectionView): boolean {
	return (
		candidates.some(({ side, type }) => side === 'local' && type === 'relay') ||
		gatheredCandidates(connection).some(({ type }) => type === 'relay')
	);
}

/** Candidates of the statistics and of the log, each once by where it is. */
function candidatesOfEnd(view: ConnectionView, end: 'local' | 'remote'): SignalledCandidate[] {
	const told = end === 'remote' ? takenCandidates(view) : gatheredCandidates(view.connection);
	const counted = view.candidates
		.filter(({ side }) => side === end)
		.map(({ protocol, address, port, type }) => ({
			transport: protocol ?? 'udp',
			address: address ?? '',
			port: port ?? 0,
			type
		}));
	const all = [...told, ...counted];
	return [...new Map(all.map((each) => [`${each.transport} ${each.address} ${each.port}`, each])).values()];
}

function localCandidates(view: ConnectionView): number {
	const inside = view.descriptions
		.filter(({ event }) => event.call === 'set-local')
		.reduce((sum, { sdp }) => sum + sdp.sections.reduce((count, section) => count + section.candidates.length, 0), 0);
	return inside + candidatesOfEnd(view, 'local').length;
}

/**
 * Whether all that is known is reports of getStats(), whole ones (`peer-connection` is in each of them, W3C webrtc-stats §6), with a
 * transport that waits: then what is not in them is not there.
 */
function waitsInReports({ hasLog, connection }: ConnectionView): boolean {
	return (
		!hasLog && connection.events.length === 0 && waitsForIce(connection) && tracksOf(connection, 'peer-connection').length > 0
	);
}

/** All that one end offers is addresses that nobody outside its own network reaches; null where one of them is another, or hidden. */
function onlyPrivate(view: ConnectionView, end: 'local' | 'remote'): EstablishmentValues['candidates-private-only'] | null {
	const all = candidatesOfEnd(view, end);
	if (all.length === 0 || !all.every(({ address, type }) => type !== 'relay' && isPrivate(address))) return null;
	const addresses = [...new Set(all.map(({ address }) => address))];
	const others = candidatesOfEnd(view, end === 'remote' ? 'local' : 'remote').map(({ address }) => address);
	// Two devices of one network need no more than that; with hidden addresses nobody knows.
	if (others.some((other) => isHidden(other) || addresses.some((address) => sameNetwork(address, other)))) return null;
	const container = addresses.every((address) => /^172\.(1[6-9]|2\d|3[01])\./.test(address));
	return { side: end, addresses: addresses.slice(0, MOST_NAMED), container };
}

/**
 * Without the permission for local networks (WICG Local Network Access) Chromium takes candidates there without an error, and neither
 * lists them nor begins to check. A dump does not hold the permission; this is all that is seen of it.
 */
function leavesOutLocal(view: ConnectionView): boolean {
	const taken = takenCandidates(view);
	return (
		engineOf(view.recording.userAgent ?? '') === 'chromium' &&
		view.events('ice-state').length === 0 &&
		!view.candidates.some(({ side }) => side === 'remote') &&
		taken.length > 0 &&
		taken.every(({ address }) => isPrivate(address))
	);
}

/** Checks that came from the other end, and answers to own ones; null where nobody counts them. */
function checkCounts(view: ConnectionView): { received: number; sent: number; answers: number } | null {
	const tracks = tracksOf(view.connection, 'candidate-pair');
	const sum = (field: string) => {
		const counts = tracks.flatMap((track) => number(lastOf(track, field)) ?? []);
		return counts.length === 0 ? null : counts.reduce((a, b) => a + b, 0);
	};
	const [received, sent, answers] = [sum('requestsReceived'), sum('requestsSent'), sum('responsesReceived')];
	return received === null || sent === null || answers === null ? null : { received, sent, answers };
}

/** Whether another connection of the same dump got a relay from one of these servers: then the server is not at fault. */
function relayElsewhere({ recording, connection }: ConnectionView, urls: readonly string[]): boolean {
	return recording.connections.some(
		(other) =>
			other !== connection &&
			candidatesOf(other).some(
				({ side, type, url }) => side === 'local' && type === 'relay' && (url === null || urls.includes(url))
			)
	);
}

export const CANDIDATE_RULES: readonly StatsRule[] = [
	{
		id: 'turn-server-error',
		severity: 'warning',
		explains: [
			'relay-only-without-relay',
			'relay-signs-of-refusal',
			'local-candidates-missing',
			'candidate-errors',
			...WITHOUT_PATH
		],
		explainsAtOtherEnd: AT_OTHER_END,
		find: (view) => {
			// Where there is a path, or another relay, a call does not fail for it; a log of gathering alone is about nothing else.
			const decides = (notConnected(view) || !view.hasLog) && !view.connected && !iceWorked(view) && !hasRelay(view);
			return turnErrors(view)
				.sort((a, b) => Number(b.isAnswer) - Number(a.isAnswer))
				.map(({ url, username, code, explanation, nextStep, atMs }) => ({
					values: { url, username, code, explanation },
					severity: decides ? ('problem' as const) : ('warning' as const),
					atMs,
					nextStep
				}));
		}
	},
	{
		id: 'further-relay-refused',
		severity: 'warning',
		find: (view) =>
			furtherRelayErrors(view).map(({ url, username, code, explanation, nextStep, atMs }) => ({
				values: { url, username, code, explanation },
				// One relay is enough for a connection that is there.
				severity: view.connected || iceWorked(view) ? ('info' as const) : ('warning' as const),
				atMs,
				nextStep
			}))
	},
	{
		id: 'turn-port-never-tried',
		severity: 'warning',
		explains: ['relay-only-without-relay', 'local-candidates-missing', 'relay-missing', ...WITHOUT_PATH],
		explainsAtOtherEnd: AT_OTHER_END,
		find: (view) => {
			const engine = engineOf(view.recording.userAgent ?? '');
			if (engine !== 'chromium' && engine !== 'safari') return none;
			const turn = (view.configuration?.servers ?? []).filter(({ url }) => isTurnUrl(url));
			const portOf = ({ url }: { url: string }) => placeOfUrl(url)?.port ?? null;
			const untried = turn.filter((server) => portOf(server) !== null && !isTriedByLibwebrtc(portOf(server)!));
			if (untried.length === 0) return none;
			const decides = untried.length === turn.length && notConnected(view) && !hasRelay(view);
			return one(
				{
					urls: [...new Set(untried.map(({ url }) => url))].slice(0, MOST_NAMED),
					ports: [...new Set(untried.map((server) => portOf(server)!))]
				},
				{
					severity: decides ? 'problem' : view.connected ? 'info' : 'warning',
					nextStep: { rule: 'move-turn-to-allowed-port', values: {} }
				}
			);
		}
	},
	{
		id: 'relay-only-without-turn',
		severity: 'problem',
		nextStep: 'offer-turn-or-all-candidates',
		explains: ['local-candidates-missing', 'relay-missing', ...WITHOUT_PATH],
		explainsAtOtherEnd: AT_OTHER_END,
		find: (view) => {
			const { configuration } = view;
			if (!configuration?.relayOnly || configuration.servers.some(({ url }) => isTurnUrl(url)) || view.connected) return none;
			return one({ stunUrls: configuration.servers.map(({ url }) => url).slice(0, MOST_NAMED) });
		}
	},
	{
		id: 'relay-only-without-relay',
		severity: 'problem',
		nextStep: 'look-at-turn-of-relay-policy',
		explains: ['local-candidates-missing', 'relay-missing', ...WITHOUT_PATH],
		explainsAtOtherEnd: AT_OTHER_END,
		find: (view) => {
			const { configuration } = view;
			const urls = configuration?.servers.map(({ url }) => url).filter(isTurnUrl) ?? [];
			if (!configuration?.relayOnly || urls.length === 0 || !notConnected(view) || hasRelay(view)) return none;
			return one({ turnUrls: urls.slice(0, MOST_NAMED), gatheredForMs: gatheringForMs(view) });
		}
	},
	{
		id: 'local-candidates-missing',
		severity: 'problem',
		nextStep: 'allow-candidates',
		explains: ['relay-missing', ...WITHOUT_PATH],
		explainsAtOtherEnd: AT_OTHER_END,
		find: (view) => {
			const described = view.events('set-local').length > 0 || waitsInReports(view);
			return notConnected(view) && described && localCandidates(view) === 0 ? one({}) : none;
		}
	},
	{
		id: 'remote-candidates-missing',
		severity: 'problem',
		nextStep: 'look-at-trickled-candidates',
		explains: WITHOUT_PATH,
		explainsAtOtherEnd: ['candidate-pairs-failed', 'connection-failed'],
		find: (view) => {
			const described = view.events('set-remote').length > 0;
			if (!notConnected(view) || candidatesOfEnd(view, 'remote').length > 0) return none;
			// Without own candidates nothing shows that any were to come.
			if (!described && !(waitsInReports(view) && localCandidates(view) > 0)) return none;
			return one({ described: described || null });
		}
	},
	{
		id: 'candidates-of-other-session',
		severity: 'problem',
		nextStep: 'pass-candidates-of-this-round',
		explains: [...WITHOUT_PATH, 'ice-credentials-mismatch', 'relay-missing'],
		explainsAtOtherEnd: ['candidates-of-other-session', 'candidate-pairs-failed', 'connection-failed'],
		find: (view) => {
			const checks = checkCounts(view);
			// An end that asks knows this one: then it is the description that is another's.
			const isAsked = notConnected(view) && !iceWorked(view) && !checks?.received;
			// Where the browser refused one, its message says more; a recorder that left descriptions out proves nothing.
			const isTold = hasAllDescriptions(view) && refusedCandidates(view.connection).length === 0;
			const candidates = isAsked && isTold ? ofOtherSession(view) : null;
			return candidates === null ? none : one({ candidates, checksSent: checks?.sent ?? null });
		}
	},
	{
		id: 'candidates-private-only',
		severity: 'problem',
		nextStep: 'announce-public-address',
		explains: [...WITHOUT_PATH, 'relay-missing'],
		explainsAtOtherEnd: ['candidate-pairs-failed', 'connection-failed'],
		find: (view) => {
			if (view.overview.outcome === 'unknown') {
				// Of a list of candidates alone nobody knows how it went on.
				const own = view.hasLog ? null : onlyPrivate(view, 'local');
				return own ? one(own, { severity: 'warning' }) : none;
			}
			if (!notConnected(view) || iceWorked(view)) return none;
			const remote = onlyPrivate(view, 'remote');
			return remote ? one(remote) : none;
		}
	},
	{
		id: 'remote-names-only',
		severity: 'problem',
		nextStep: 'show-addresses-or-add-relay',
		explains: [...WITHOUT_PATH, 'relay-missing'],
		explainsAtOtherEnd: ['candidate-pairs-failed', 'connection-failed'],
		find: (view) => {
			if (!notConnected(view) || iceWorked(view)) return none;
			const offered = signalledCandidates(view);
			// A name that was found has an address in the statistics, or a pair that was tried.
			if (offered.length === 0 || !offered.every(({ address }) => address.endsWith('.local')) || view.pairs.length > 0)
				return none;
			return one({ names: new Set(offered.map(({ address }) => address)).size });
		}
	},
	{
		id: 'relay-address-private',
		severity: 'warning',
		nextStep: 'tell-relay-its-public-address',
		find: (view) =>
			view.candidates
				.filter(({ type, address }) => type === 'relay' && isPrivate(address))
				.slice(0, 2)
				.map(({ side, address, id }) => ({
					values: { side, address: address! },
					severity: notConnected(view) ? ('problem' as const) : view.connected ? ('info' as const) : ('warning' as const),
					track: id
				}))
	},
	{
		id: 'relay-signs-of-refusal',
		severity: 'warning',
		nextStep: 'look-at-turn-of-relay-policy',
		find: (view) => {
			const said = view
				.events('candidate-error')
				.find(({ error }) => /Authentication failed\?|Not reachable\?/.test(error ?? ''));
			if (!said || hasRelay(view)) return none;
			const url = view.candidates.find(({ url }) => url !== null)?.url ?? null;
			const kind = /Authentication/.test(said.error!) ? ('refused' as const) : ('not-reached' as const);
			return one({ kind, url }, { atMs: said.atMs });
		}
	},
	{
		id: 'reflexive-address-private',
		severity: 'warning',
		find: (view) =>
			view.candidates
				.filter(({ side, type, address, url }) => side === 'local' && type === 'srflx' && isPrivate(address) && isOutside(url))
				.slice(0, 1)
				.map(({ address, url, id }) => ({
					values: { address: address!, url: url! },
					severity: view.connected ? ('info' as const) : ('warning' as const),
					track: id
				}))
	},
	{
		id: 'checks-one-way',
		severity: 'problem',
		nextStep: 'look-at-one-way-filter',
		explains: ['candidate-pairs-failed', 'connection-failed'],
		explainsAtOtherEnd: ['candidate-pairs-failed', 'connection-failed'],
		find: (view) => {
			const counts = notConnected(view) && !iceWorked(view) ? checkCounts(view) : null;
			if (!counts || counts.received === 0 || counts.sent === 0 || counts.answers > 0) return none;
			return one({ checksReceived: counts.received, checksSent: counts.sent });
		}
	},
	{
		id: 'closed-while-checking',
		severity: 'problem',
		nextStep: 'wait-for-ice',
		explains: ['candidate-pairs-missing', 'candidate-pairs-failed', 'connection-failed'],
		find: (view) => {
			const closed = view.events('close').at(-1);
			const before = view.events('ice-state').filter(({ state }) => state !== 'closed');
			const last = before.at(-1);
			if (!notConnected(view) || iceWorked(view) || !closed || last?.state !== 'checking') return none;
			if (closed.atMs === null || last.atMs === null || closed.atMs < last.atMs) return none;
			return one({ checkedForMs: closed.atMs - last.atMs }, { atMs: closed.atMs });
		}
	},
	{
		id: 'candidate-pairs-missing',
		severity: 'problem',
		nextStep: 'add-relay-to-call',
		explains: ['connection-failed'],
		explainsAtOtherEnd: ['connection-failed'],
		find: (view) => {
			const [local, remote] = (['local', 'remote'] as const).map((end) => candidatesOfEnd(view, end));
			if (!notConnected(view) || view.pairs.length > 0 || local!.length === 0 || remote!.length === 0) return none;
			const inCommon = haveCommon(local!, remote!);
			const onlyActiveTcp = remote!.every(isActiveTcp);
			const hidesAddresses = remote!.some(({ address }) => address.endsWith('.local'));
			const leftOutLocal = inCommon === true && leavesOutLocal(view);
			const values = {
				localCandidates: local!.length,
				remoteCandidates: remote!.length,
				hidesAddresses,
				inCommon,
				onlyActiveTcp,
				leftOutLocal
			};
			return one(values, leftOutLocal ? { nextStep: callStep('allow-local-network') } : {});
		}
	},
	{
		id: 'candidate-pairs-failed',
		severity: 'problem',
		nextStep: 'add-relay-to-call',
		explains: ['connection-failed'],
		explainsAtOtherEnd: ['candidate-pairs-failed', 'connection-failed'],
		find: (view) => {
			if (!notConnected(view) || view.pairs.length === 0 || iceWorked(view)) return none;
			const answered = view.pairs.some(({ responsesReceived }) => (responsesReceived ?? 0) > 0);
			if (answered) return none;
			const types = view.pairs.map(({ local, remote }) => ({ local: local?.type ?? null, remote: remote?.type ?? null }));
			const values: EstablishmentValues['candidate-pairs-failed'] = {
				pairs: view.pairs.length,
				types: types
					.filter((one, i) => types.findIndex(({ local, remote }) => local === one.local && remote === one.remote) === i)
					.slice(0, MOST_NAMED),
				checksCounted: view.pairs.every(({ responsesReceived }) => responsesReceived !== null),
				checksReceived: checkCounts(view)?.received ?? null,
				checksSent: checkCounts(view)?.sent ?? null,
				hasRelay: hasRelay(view),
				onlyRelays: types.every(({ local }) => local === 'relay'),
				onlyRemoteRelays: types.every(({ remote }) => remote === 'relay')
			};
			const { checksSent, onlyRelays, onlyRemoteRelays } = values;
			const step =
				checksSent === 0
					? ('pass-descriptions-unchanged' as const)
					: onlyRelays
						? ('open-relay-ports' as const)
						: onlyRemoteRelays
							? ('look-at-relay-of-other-end' as const)
							: null;
			return one(values, { atMs: view.pairs[0]!.lastMs, ...(step && { nextStep: callStep(step) }) });
		}
	},
	{
		id: 'relay-missing',
		severity: 'info',
		nextStep: 'look-at-turn-of-relay-policy',
		find: (view) => {
			const turn = view.configuration?.servers.map(({ url }) => url).filter(isTurnUrl) ?? [];
			if (turn.length === 0 || !view.hasLog || hasRelay(view) || relayElsewhere(view, turn)) return none;
			// What a server said says more.
			if (turnErrors(view).length > 0) return none;
			// Gathering that ended with the call, or because of it, shows nothing of a server.
			const done = view.events('gathering-state').find(({ state }) => state === 'complete');
			const up = view.states.find(({ state }) => state === 'connected' || state === 'completed');
			const iceUp = view.events('ice-state').find(({ state }) => state === 'connected' || state === 'completed') ?? up;
			if (!done || (iceUp && !(done.atMs !== null && iceUp.atMs !== null && done.atMs < iceUp.atMs))) return none;
			return one({ turnUrls: turn.slice(0, MOST_NAMED) }, { severity: notConnected(view) ? 'warning' : 'info' });
		}
	},
	{
		id: 'candidate-errors',
		severity: 'info',
		find: (view) => {
			const explained = new Set([...turnErrors(view), ...furtherRelayErrors(view)].map(({ url }) => url));
			const errors = view.events('candidate-error').filter((event) => {
				const error = recordedError(event);
				return !explained.has(error?.url ?? '') && !error?.ofRefresh;
			});
			const codes = errors.flatMap(({ error }) => /error_?code"?:\s*(\d+)/i.exec(error ?? '')?.[1] ?? []).map(Number);
			if (codes.length === 0) return none;
			return one({ errors: codes.length, codes: [...new Set(codes)] }, { atMs: errors[0]!.atMs });
		}
	}
];

/** A server that is named, or has an address that is not of a private network. */
function isOutside(url: CandidateView['url']): boolean {
	const place = url === null ? null : placeOfUrl(url);
	return place !== null && (place.hostKind === 'name' || !isPrivate(place.host));
}
