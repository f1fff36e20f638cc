/** Two devices: what was predicted, what happened over each path, step by step, and why each candidate pair did what it did. */
import { parseIp, scopeOfText } from '../../base/ip';
import { bare, type Said, type SaidOf } from '../../base/said';
import { isOutsideText } from '../../nat/evidence';
import type { MeetingSeat, PairCall, PeerCheck } from '../../observations/observation';
import type { HandshakeEvent } from '../../recording/handshake';
import { pairsOf, type CandidateView, type PairView } from '../../recording/connection';
import { oneWays } from '../../call/one-way';
import type { RecordedConnection } from '../../recording/recording';
import { countsOf } from '../call/call-conclusion';
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
import { samePath } from './meeting-path';
import { lossyDirections } from './pair-loss';
import { judgeLocalPath } from './pair-local-path';
import { devicesWithoutOffer, isBehindSameNat, meetingPlace, offerOf, type Offer } from './pair-offer';
import { predictPaths, type Side } from './pair-prediction';
import type { ConnectedPair, NoPath, PairValues } from './pair-values';
import type { View } from '../view';

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
	const connections = { host: connectionOf('host', data), guest: connectionOf('guest', data) };
	const offers = { host: offerOf(connections.host), guest: offerOf(connections.guest) };
	const local = connected === null ? null : judgeLocalPath(data, connections, offers, connected);
	const directions = connected ? oneWays(data.recording).map(countsOf) : [];
	const { path, endedBy } = data;
	const outcome = { observation, path, endedBy, connected, connectMs, ends, directions, prediction, local, agrees };
	return { ...judgeAttempt(data, outcome, offers), ...outcome };
}

/** Ended by somebody before it could show anything. */
function interrupted({ endedBy }: PairCall): boolean {
	return endedBy === 'stopped' || endedBy === 'peer-left' || endedBy === 'failed';
}

/** What came of it, and why; where the two checks had said that it would not connect, they know why. */
function judgeAttempt(
	data: PairCall,
	{ connected, connectMs, ends, agrees, directions, prediction }: Omit<PairOutcome, keyof Said>,
	offers: Record<MeetingSeat, Offer>
): SaidOf<PairValues> {
	const { path, names } = data;
	if (connected === null) return { rule: 'pair-attempt-under-way', values: { path } };
	if (connected) {
		const chosen = ends[data.own].chosen ?? ends.host.chosen ?? ends.guest.chosen;
		const pair = chosen && { local: kindOf(chosen.local), remote: kindOf(chosen.remote) };
		const losses = lossyDirections(directions, names);
		return {
			rule: 'pair-connected',
			values: { path, connectMs: connectMs!, pair, place: meetingPlace(chosen, offers), losses }
		};
	}
	if (data.endedBy === 'failed') return { rule: 'pair-attempt-failed', values: { path, browserSaid: data.error } };
	if (interrupted(data)) return { rule: 'pair-attempt-ended', values: { path } };
	return {
		rule: 'pair-no-path',
		values: { path, why: noPath(data, ends, offers), prediction: agrees ? bare(prediction!) : null }
	};
}

function kindOf(end: PairEndpoint | null): ConnectedPair['local'] {
	return end && { type: end.type, relayProtocol: end.relayProtocol };
}

/** Reasons that stand for the others, the most telling first. */
const TELLING = [
	'not-turned-round',
	'filtered',
	'local-unanswered',
	'one-way',
	'under-way',
	'name-hidden',
	'no-route',
	'not-tried'
] as const;

function noPath({ path, names }: PairCall, { host, guest }: PairOutcome['ends'], offers: Record<MeetingSeat, Offer>): NoPath {
	const devices = path.kind === 'direct' ? devicesWithoutOffer(offers, names) : [];
	if (devices.length > 0) return { kind: 'no-outside-address', devices };
	const reasons = [host, guest].flatMap(({ pairs }) => pairs.map(({ reason }) => reason));
	if (reasons.length === 0) return { kind: 'no-pairs' };
	const main = TELLING.find((reason) => reasons.includes(reason));
	return { kind: 'pairs', reason: main === undefined ? null : reasonSaid(main) };
}

function reasonSaid(reason: PairReason): Said {
	return { rule: `pair-reason-${reason}`, values: {} };
}

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
	return { ...reasonSaid(reason), pair: tried(pair), reason };
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
	if (answered > 0) return 'one-way';
	return remote?.type === 'host' && isInner(remote.address) ? 'local-unanswered' : 'filtered';
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
