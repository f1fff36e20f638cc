/** Two recordings side by side: whether they are the two ends of one call, and what one sent against what the other received. */
import { candidatesOf, column, growth, lastOf, number, streamsOf, tracksOf } from '../recording/connection';
import { summariseConnection } from './call-summary';
import { overviewOf } from './overview';
import type { Column, RecordedConnection, Recording } from '../recording/recording';

export interface EndMatch {
	a: string;
	b: string;
	/** How they were matched, and by how many values. */
	by: 'ssrc' | 'candidates';
	shared: number;
}

export interface StreamMatch {
	from: 'a' | 'b';
	kind: string;
	ssrc: number;
	/** Over `overMs`, or over all that each recorded where that is null. */
	packetsSent: number | null;
	packetsReceived: number | null;
	/** What the receiver counts as lost. */
	packetsLost: number | null;
	/** The time that both recorded, by a clock that both have; null where there is none, or less than LEAST_COMMON_MS of it. */
	overMs: { fromMs: number; toMs: number } | null;
	/** Share of what was sent in that time and did not arrive in it, 0 to 1; null where that cannot be told. */
	missingRatio: number | null;
}

/** Clocks of two machines differ by some ten milliseconds: within five seconds that is one packet in a hundred. */
const LEAST_COMMON_MS = 5000;

/** Pairs of connections that are the two ends of one: SSRCs that one sends and the other receives, or addresses of one in the other. */
export function matchEnds(a: Recording, b: Recording): EndMatch[] {
	const found: EndMatch[] = [];
	for (const one of a.connections) {
		let best: EndMatch | null = null;
		for (const other of b.connections) {
			const ssrcs = count(ssrcsOf(one, 'out'), ssrcsOf(other, 'in')) + count(ssrcsOf(other, 'out'), ssrcsOf(one, 'in'));
			const shared = ssrcs > 0 ? ssrcs : count(endpoints(one, 'local'), endpoints(other, 'remote'));
			if (shared === 0) continue;
			const match: EndMatch = { a: one.id, b: other.id, by: ssrcs > 0 ? 'ssrc' : 'candidates', shared };
			if (!best || (best.by === match.by ? match.shared > best.shared : match.by === 'ssrc')) best = match;
		}
		if (best) found.push(best);
	}
	return found;
}

function ssrcsOf(connection: RecordedConnection, direction: 'in' | 'out'): Set<unknown> {
	return new Set(streamsOf(connection).flatMap((stream) => (stream.direction === direction && stream.ssrc ? [stream.ssrc] : [])));
}

/** Addresses that tell machines apart: with a port, and not hidden. */
function endpoints(connection: RecordedConnection, side: 'local' | 'remote'): Set<unknown> {
	return new Set(
		candidatesOf(connection).flatMap((each) =>
			each.side === side && each.address && each.port && each.port !== 9 ? [`${each.address} ${each.port}`] : []
		)
	);
}

function count(a: ReadonlySet<unknown>, b: ReadonlySet<unknown>): number {
	let shared = 0;
	for (const each of a) if (b.has(each)) shared++;
	return shared;
}

/** `sameClock`: the times of both mean the same, as where both count from 1970. */
export function matchStreams(a: RecordedConnection, b: RecordedConnection, sameClock: boolean): StreamMatch[] {
	const one = (from: 'a' | 'b', sender: RecordedConnection, receiver: RecordedConnection): StreamMatch[] =>
		tracksOf(sender, 'outbound-rtp').flatMap((track): StreamMatch[] => {
			const ssrc = number(lastOf(track, 'ssrc'));
			const other =
				ssrc === null ? undefined : tracksOf(receiver, 'inbound-rtp').find((each) => number(lastOf(each, 'ssrc')) === ssrc);
			if (ssrc === null || !other) return [];
			const common = { from, kind: String(lastOf(track, 'kind') ?? 'media'), ssrc };
			const [sent, received, lost] = [
				column(track, 'packetsSent'),
				column(other, 'packetsReceived'),
				column(other, 'packetsLost')
			];
			const overMs = sameClock && sent && received ? commonTime(sent, received) : null;
			if (overMs === null) {
				return [
					{
						...common,
						packetsSent: number(lastOf(track, 'packetsSent')),
						packetsReceived: number(lastOf(other, 'packetsReceived')),
						packetsLost: number(lastOf(other, 'packetsLost')),
						overMs,
						missingRatio: null
					}
				];
			}
			const packetsSent = countedIn(sent, overMs);
			const packetsReceived = countedIn(received, overMs);
			return [
				{
					...common,
					packetsSent: roundOrNull(packetsSent),
					packetsReceived: roundOrNull(packetsReceived),
					packetsLost: roundOrNull(countedIn(lost, overMs)),
					overMs,
					missingRatio:
						packetsSent === null || packetsReceived === null || packetsSent <= 0
							? null
							: Math.max(0, packetsSent - packetsReceived) / packetsSent
				}
			];
		});
	return [...one('a', a, b), ...one('b', b, a)];
}

const roundOrNull = (value: number | null) => (value === null ? null : Math.round(value));

function commonTime(one: Column, other: Column): StreamMatch['overMs'] {
	if (one.tMs.length === 0 || other.tMs.length === 0) return null;
	const fromMs = Math.max(one.tMs[0]!, other.tMs[0]!);
	const toMs = Math.min(one.tMs[one.tMs.length - 1]!, other.tMs[other.tMs.length - 1]!);
	return toMs - fromMs >= LEAST_COMMON_MS ? { fromMs, toMs } : null;
}

/** How much a counter grew between two times, which may lie between samples. */
function countedIn(counter: Column | null, { fromMs, toMs }: { fromMs: number; toMs: number }): number | null {
	const [from, to] = [counter && valueAt(counter, fromMs), counter && valueAt(counter, toMs)];
	return from === null || to === null || to < from ? null : to - from;
}

function valueAt({ tMs, v }: Column, atMs: number): number | null {
	let before = -1;
	for (let i = 0; i < tMs.length && tMs[i]! <= atMs; i++) if (typeof v[i] === 'number') before = i;
	if (before < 0) return null;
	const value = v[before] as number;
	let after = before + 1;
	while (after < tMs.length && typeof v[after] !== 'number') after++;
	if (after >= tMs.length) return value;
	const share = (atMs - tMs[before]!) / (tMs[after]! - tMs[before]!);
	return value + share * ((v[after] as number) - value);
}

export interface Figures {
	outcome: string;
	path: string;
	seconds: number;
	rttMs: number | null;
	lossIn: number | null;
	jitterInMs: number | null;
	audioInBps: number | null;
	videoInBps: number | null;
	videoOutBps: number | null;
	availableBps: number | null;
	freezes: number | null;
	bytesSent: number | null;
	bytesReceived: number | null;
}

/** The same figures of two calls, for telling a good one from a bad one. */
export function figuresOf(connection: RecordedConnection): Figures {
	const overview = overviewOf(connection);
	const summary = summariseConnection(connection);
	const [sent, received] = summary.directions as [(typeof summary.directions)[0], (typeof summary.directions)[0]];
	const { selectedPair } = overview;
	return {
		outcome: overview.outcome,
		path: selectedPair ? `${selectedPair.local?.type ?? '?'} to ${selectedPair.remote?.type ?? '?'}` : '–',
		seconds: summary.seconds,
		rttMs: summary.rttMs?.median ?? null,
		lossIn: received.lossRatio,
		jitterInMs: received.jitterMs?.median ?? null,
		audioInBps: received.audioBps?.median ?? null,
		videoInBps: received.videoBps?.median ?? null,
		videoOutBps: sent.videoBps?.median ?? null,
		availableBps: sent.availableBps?.median ?? null,
		freezes:
			received.freezes ??
			tracksOf(connection, 'inbound-rtp').reduce<number | null>((sum, track) => growth(track, 'freezeCount') ?? sum, null),
		bytesSent: overview.bytesSent,
		bytesReceived: overview.bytesReceived
	};
}
