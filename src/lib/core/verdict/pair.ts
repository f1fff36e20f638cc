/** Two devices: what was predicted, what happened over each path, step by step, and why each candidate pair did what it did. */
import { parseIp, scopeOfText } from '../base/ip';
import { prose, proseOf } from '../base/said';
import { duration } from '../base/words';
import { isOutsideText } from '../nat/evidence';
import type { MeetingPath, MeetingSeat, PairCall, PeerCheck } from '../observations/observation';
import type { HandshakeEvent } from '../sdp/handshake';
import { pairsOf, type CandidateView, type PairView } from '../stats/connection';
import { oneWays } from '../stats/one-way';
import type { RecordedConnection } from '../stats/recording';
import { countsOf } from './call-conclusion';
import type {
	PairConclusion,
	PairEnd,
	PairEndpoint,
	PairJudgement,
	PairOutcome,
	PairReason,
	PairSide,
	PairStep,
	PathPrediction,
	TriedPair
} from './pair-conclusion';
import { lossSentences } from './pair-loss';
import { isBehindSameNat, lackingSentence, meetingPlace, offerOf, type Offer } from './pair-offer';
import { predictPaths, type Side } from './pair-prediction';
import type { View } from './view';

/** What each reason means, for people. */
export const PAIR_REASONS: Record<PairReason, string> = {
	chosen: 'The pair that carried the call.',
	worked: 'Checks were answered; another pair was preferred (RFC 8445 §8.1.1).',
	'not-tried': 'Its turn had not come when the attempt ended (RFC 8445 §6.1.4).',
	'name-hidden':
		'The other side hides this address behind an mDNS name, and nothing in this network answers for that name (RFC 8828 §5.2).',
	'no-route': 'The other side’s address belongs to its own network; from here there is no way to it.',
	'other-family': 'One side of the pair is IPv4, the other IPv6.',
	'not-turned-round':
		'Both devices have this public address: the NAT that they share does not send back what comes from its own side (hairpinning, RFC 4787 §6).',
	filtered: 'Checks were sent and none was answered: a NAT or firewall on the way does not let them in (RFC 4787 §5).',
	'one-way': 'Checks of the other side arrived, and its answers to ours did not.',
	'under-way': 'Checks had been sent and were not answered yet when the attempt ended.'
};

/** Null where the report is not about two devices. The other side's check is judged by the same rules as one's own. */
export function concludePair(own: View, judgeOther: (check: PeerCheck | null) => View): PairConclusion | null {
	const calls = own.observed.seen('pair-call');
	const check = own.observed.seen('peer-check').at(-1)?.data ?? null;
	const seat = calls[0]?.data.own ?? (check && otherSeat(check.seat));
	if (seat === null) return null;
	const names = calls[0]?.data.names;
	const mine: Side = { seat, name: names?.[seat] ?? 'This device', view: own };
	const other = otherSeat(seat);
	const theirs: Side = { seat: other, name: names?.[other] ?? check?.name ?? 'The other device', view: judgeOther(check) };
	const sides = seat === 'host' ? { host: mine, guest: theirs } : { host: theirs, guest: mine };
	const predictions = predictPaths(sides.host, sides.guest);
	return {
		own: seat,
		sides: { host: sideOf(sides.host), guest: sideOf(sides.guest) },
		predictions,
		outcomes: calls.map(({ index, data }) => outcomeOf(index, data, predictions))
	};
}

const otherSeat = (seat: MeetingSeat): MeetingSeat => (seat === 'host' ? 'guest' : 'host');

function sideOf({ seat, name, view }: Side): PairSide {
	const turn = view.servers.filter(({ kind }) => kind === 'turn');
	return {
		seat,
		name,
		checked: view.observed.list.length > 0,
		nat: view.nat.ipv4 ?? view.nat.ipv6,
		udp: view.says['udp-usable'] ?? 'unknown',
		turn: {
			listed: turn.length,
			allocate: turn.filter(({ state }) => state === 'works' || state === 'allocates-only').length
		}
	};
}

function outcomeOf(observation: number, data: PairCall, predictions: readonly PathPrediction[]): PairOutcome {
	const ends = { host: endOf('host', data), guest: endOf('guest', data) };
	const times = [ends.host, ends.guest].map(({ steps }) => steps.find(({ id }) => id === 'dtls')!.toMs);
	const known = times.filter((time) => time !== null);
	const connectMs = known.length === 0 ? null : Math.max(...known);
	const connected = connectMs !== null ? true : data.endedBy === 'running' ? null : false;
	const prediction = predictions.find(({ path }) => samePath(path, data.path)) ?? null;
	const agrees =
		connected === null || !prediction || prediction.works === 'unknown' || (!connected && interrupted(data))
			? null
			: connected === (prediction.works === 'yes');
	const offers = { host: offerOf(connectionOf('host', data)), guest: offerOf(connectionOf('guest', data)) };
	const directions = connected ? oneWays(data.recording).map(countsOf) : [];
	const text = [
		sentence(data, connected, connectMs, ends, offers),
		// Where the checks had said so, they know why.
		...(agrees && !connected ? [proseOf(prediction!)] : []),
		...lossSentences(directions, data.names)
	].join(' ');
	return {
		...prose(ruleOf(data, connected), text),
		observation,
		path: data.path,
		endedBy: data.endedBy,
		connected,
		connectMs,
		ends,
		directions,
		prediction,
		agrees
	};
}

function ruleOf(data: PairCall, connected: boolean | null): string {
	if (connected === null) return 'pair-attempt-under-way';
	if (connected) return 'pair-connected';
	if (data.endedBy === 'failed') return 'pair-attempt-failed';
	return interrupted(data) ? 'pair-attempt-ended' : 'pair-no-path';
}

/** Ended by somebody before it could show anything. */
function interrupted({ endedBy }: PairCall): boolean {
	return endedBy === 'stopped' || endedBy === 'peer-left' || endedBy === 'failed';
}

export function samePath(a: MeetingPath, b: MeetingPath): boolean {
	return a.kind === b.kind && a.url === b.url && (a.relayAt ?? null) === (b.relayAt ?? null);
}

export function meetingPathName({ kind, url, relayAt }: MeetingPath): string {
	if (kind === 'relay') return relayAt ? `${url} at the ${relayAt}’s end` : url!;
	return kind === 'direct' ? 'the direct path' : 'whatever path ICE chooses';
}

function sentence(
	data: PairCall,
	connected: boolean | null,
	connectMs: number | null,
	ends: PairOutcome['ends'],
	offers: Record<MeetingSeat, Offer>
): string {
	const path = meetingPathName(data.path);
	if (connected === null) return `Trying ${path}.`;
	if (connected) {
		const chosen = ends[data.own].chosen ?? ends.host.chosen ?? ends.guest.chosen;
		return `Connected over ${path} in ${duration(connectMs!)}${chosen ? `: ${pairWords(chosen)}${meetingPlace(chosen, offers)}` : ''}.`;
	}
	if (data.endedBy === 'failed') return `Over ${path} the attempt failed: ${data.error ?? 'the browser gave no reason'}.`;
	if (interrupted(data)) return `The attempt over ${path} was ended before it connected.`;
	const lacking = data.path.kind === 'direct' ? lackingSentence(offers, data.names) : null;
	if (lacking) return `Over ${path} the two did not connect. ${lacking}`;
	const reasons = [ends.host, ends.guest].flatMap(({ pairs }) => pairs.map(({ reason }) => reason));
	if (reasons.length === 0) return `Over ${path} the two did not connect: there was no pair of candidates to try.`;
	const main = (['not-turned-round', 'filtered', 'one-way', 'under-way', 'name-hidden', 'no-route', 'not-tried'] as const).find(
		(reason) => reasons.includes(reason)
	);
	return `Over ${path} the two did not connect. ${main ? PAIR_REASONS[main] : ''}`.trim();
}

/** `server-reflexive to relay`, as the local end sees it. */
export function pairWords({ local, remote }: Pick<TriedPair, 'local' | 'remote'>): string {
	const type = (candidate: PairEndpoint | null) => (candidate ? (TYPE_WORDS[candidate.type] ?? candidate.type) : 'unknown');
	const relay = local?.relayProtocol && local.type === 'relay' ? ` over ${local.relayProtocol.toUpperCase()}` : '';
	return `${type(local)}${relay} to ${type(remote)}`;
}

const TYPE_WORDS: Record<string, string> = {
	host: 'host',
	srflx: 'server-reflexive',
	prflx: 'peer-reflexive',
	relay: 'relay'
};

function connectionOf(seat: MeetingSeat, { recording }: PairCall): RecordedConnection | undefined {
	return recording.connections.find(({ id }) => id === (seat === 'host' ? 'caller' : 'callee'));
}

function endOf(seat: MeetingSeat, data: PairCall): PairEnd {
	const connection = connectionOf(seat, data);
	if (!connection) return { seat, steps: stepsOf([], null), pairs: [], chosen: null };
	const pairs = pairsOf(connection);
	const chosen = pairs.filter(({ selected }) => selected.length > 0).at(-1) ?? null;
	const inside = connection.events.some(({ call, state }) => call === 'connection-state' && state === 'connected');
	return {
		seat,
		steps: stepsOf(connection.events, data.firstFrameMs[seat]),
		pairs: pairs.map((pair) => judgePair(pair, pair === chosen && inside, connection)),
		chosen: inside && chosen ? tried(chosen) : null
	};
}

function stepsOf(events: readonly HandshakeEvent[], firstFrameMs: number | null): PairStep[] {
	const first = (match: (event: HandshakeEvent) => boolean) => events.find(match)?.atMs ?? null;
	const state = (call: HandshakeEvent['call'], ...states: string[]) =>
		first((event) => event.call === call && event.state !== undefined && states.includes(event.state));
	const iceMs = state('ice-state', 'connected', 'completed');
	const dtlsMs = state('connection-state', 'connected');
	return [
		{
			id: 'signalling',
			fromMs: events.length > 0 ? 0 : null,
			toMs: first(({ call, phase }) => call === 'set-remote' && phase === 'done')
		},
		{ id: 'gathering', fromMs: state('gathering-state', 'gathering'), toMs: first(({ call }) => call === 'candidate') },
		{ id: 'checks', fromMs: state('ice-state', 'checking'), toMs: iceMs },
		{ id: 'dtls', fromMs: iceMs, toMs: dtlsMs },
		{ id: 'first-frame', fromMs: dtlsMs, toMs: dtlsMs === null ? null : firstFrameMs }
	];
}

function judgePair(pair: PairView, chosen: boolean, connection: RecordedConnection): PairJudgement {
	const reason = chosen ? 'chosen' : reasonOf(pair, connection);
	return { ...prose(`pair-reason-${reason}`, PAIR_REASONS[reason]), pair: tried(pair), reason };
}

function tried({ id, local, remote, requestsSent, responsesReceived }: PairView): TriedPair {
	return { id, local: endpointOf(local), remote: endpointOf(remote), requestsSent, responsesReceived };
}

function endpointOf(candidate: CandidateView | null): PairEndpoint | null {
	if (!candidate) return null;
	const { type, address, port, relayProtocol } = candidate;
	return { type, address, port, relayProtocol };
}

function reasonOf(pair: PairView, connection: RecordedConnection): PairReason {
	const { local, remote, state } = pair;
	if (state === 'succeeded') return 'worked';
	if (familyOf(local) && familyOf(remote) && familyOf(local) !== familyOf(remote)) return 'other-family';
	if (remote?.address?.endsWith('.local') || (remote?.type === 'host' && remote.address === null)) return 'name-hidden';
	const sent = pair.requestsSent ?? 0;
	const answered = pair.responsesReceived ?? 0;
	if (sent === 0 && (state === 'frozen' || state === 'waiting')) return 'not-tried';
	if (remote?.type === 'host' && isInner(remote.address) && !isNeighbour(remote, connection)) return 'no-route';
	if (state === 'in-progress' && connection.events.length > 0 && sent > 0 && sent < 3) return 'under-way';
	if (answered === 0 && isBehindSameNat(pair, offerOf(connection))) return 'not-turned-round';
	return answered === 0 ? 'filtered' : 'one-way';
}

function familyOf(candidate: CandidateView | null): string | null {
	return candidate?.address ? (parseIp(candidate.address)?.family ?? null) : null;
}

function isInner(address: string | null | undefined): boolean {
	return !!address && scopeOfText(address) !== null && !isOutsideText(address);
}

/** An inner address that begins like one of this end's own may well be reached. */
function isNeighbour(remote: CandidateView, connection: RecordedConnection): boolean {
	const prefix = (address: string) => address.split('.').slice(0, 3).join('.');
	return pairsOf(connection).some(
		({ local }) => local?.type === 'host' && local.address && remote.address && prefix(local.address) === prefix(remote.address)
	);
}

/** Whether any packet of the call went through a relay, as the pair that carried it says. */
export function isRelayed({ path, ends }: PairOutcome): boolean {
	if (path.kind === 'relay') return true;
	return (['host', 'guest'] as const).some((seat) =>
		[ends[seat].chosen?.local, ends[seat].chosen?.remote].some((one) => one?.type === 'relay')
	);
}
