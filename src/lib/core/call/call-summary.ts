/** A call in numbers, for each direction: what arrived, how much was lost, how late. Medians, for single seconds lie. */
import type { CallSummary, DirectionSummary } from './call-figure-shapes';
import { gaugeOf, growthOf } from '../recording/counters';
import { column, growth, kindOf, lastOf, selectedPairs, timesOf, tracksOf, type Span } from '../recording/connection';
import { OTHER_SIDE } from './call-direction';
import { machineOf } from './machine';
import { metricById } from '../recording/metrics-table';
import { seriesOf } from '../recording/metric-series';
import type { RecordedConnection, Recording, StatsTrack } from '../recording/recording';
import type { Series } from '../recording/series';
import { spreadOf, type Spread } from '../recording/spread';

/** A call of this page has both ends; a dump has a connection at a time: see `summariseConnection`. Null where there are no two ends. */
export function summariseCall(recording: Recording): CallSummary | null {
	const [caller, callee] = ['caller', 'callee'].map((id) => recording.connections.find((one) => one.id === id));
	return caller && callee ? summariseEnds(caller, callee) : null;
}

/** Both ends of one call. */
export function summariseEnds(caller: RecordedConnection, callee: RecordedConnection): CallSummary {
	const directions = [direction(caller, callee), direction(callee, caller)];
	const delays = directions.map(({ oneWayDelayMs }) => oneWayDelayMs);
	const rtt = roundTrip([caller, callee], delays[0] && delays[1] ? sum(delays[0], delays[1]) : null);
	const machine = machineOf([caller, callee]);
	return { seconds: Math.max(seconds(caller), seconds(callee)), ...rtt, directions, machine };
}

/** One connection by itself: what it received, and what the other side says of what it sent. */
export function summariseConnection(connection: RecordedConnection): CallSummary {
	return {
		seconds: seconds(connection),
		...roundTrip([connection], null),
		directions: [direction(connection, null), direction(null, connection)],
		machine: machineOf([connection])
	};
}

/** What a direction carried: video at its 95th percentile, since an encoder starts low and finds its rate by trial. */
export function mediaBps({ videoBps, audioBps }: DirectionSummary): number | null {
	return videoBps === null && audioBps === null ? null : (videoBps?.p95 ?? 0) + (audioBps?.median ?? 0);
}

function direction(sender: RecordedConnection | null, receiver: RecordedConnection | null): DirectionSummary {
	const received = receiver ? tracksOf(receiver, 'inbound-rtp') : [];
	const sent = sender ? tracksOf(sender, 'outbound-rtp') : [];
	const reports = sender && !receiver ? tracksOf(sender, 'remote-inbound-rtp') : [];
	const video = received.filter((track) => kindOf(track) === 'video');
	const audio = received.filter((track) => kindOf(track) === 'audio');
	const loss = received.length > 0 ? lossReceived(received) : lossReported(sent, reports);
	const rates = (tracks: StatsTrack[], id: string) => spread(tracks, id);
	const senders = (kind: string) => sent.filter((track) => kindOf(track) === kind);
	return {
		from: sender?.id ?? OTHER_SIDE,
		to: receiver?.id ?? OTHER_SIDE,
		...loss,
		jitterMs: receiver
			? (spread(audio, 'jitter-in') ?? spread(received, 'jitter-in'))
			: (spread(ofKind(reports, 'audio'), 'jitter-out') ?? spread(reports, 'jitter-out')),
		oneWayDelayMs: receiver ? spread(tracksOf(receiver, 'one-way'), 'one-way-delay') : null,
		oneWayJitterMs: receiver ? spread(tracksOf(receiver, 'one-way'), 'one-way-jitter') : null,
		audioBps: receiver ? rates(audio, 'bitrate-in') : rates(senders('audio'), 'bitrate-out'),
		videoBps: receiver ? rates(video, 'bitrate-in') : rates(senders('video'), 'bitrate-out'),
		availableBps: sender ? spread(tracksOf(sender, 'candidate-pair'), 'available-outgoing-bitrate') : null,
		framesPerSecond: receiver ? spread(video, 'frames-decoded') : spread(senders('video'), 'frames-encoded'),
		...freezesOf(video),
		concealedRatio: ratio(audio, 'concealedSamples', 'totalSamplesReceived'),
		jitterBufferMs: jitterBufferOf(audio),
		limitedByBandwidth: share(senders('video'), 'qualityLimitationDurations.bandwidth')
	};
}

export function freezesOf(video: StatsTrack[]): Pick<DirectionSummary, 'freezes' | 'freezeShare'> {
	return { freezes: total(video, 'freezeCount'), freezeShare: share(video, 'totalFreezesDuration') };
}

export function jitterBufferOf(audio: StatsTrack[]): number | null {
	return scaled(ratio(audio, 'jitterBufferDelay', 'jitterBufferEmittedCount'), 1000);
}

type Loss = Pick<DirectionSummary, 'lossRatio' | 'lossFrom' | 'packetsLost' | 'packetsReceived'>;

export function lossReceived(tracks: StatsTrack[]): Loss {
	// Lost packets may fall again when late ones arrive, so first and last are compared, not each step.
	const lost = sumOf(tracks, (track) => lastOf(track, 'packetsLost'));
	const got = sumOf(tracks, (track) => growthFromStart(track, 'packetsReceived'));
	const all = lost === null || got === null ? 0 : Math.max(0, lost) + got;
	return {
		lossRatio: all > 0 ? Math.max(0, lost!) / all : null,
		lossFrom: all > 0 ? 'receiver' : null,
		packetsLost: lost,
		packetsReceived: got
	};
}

/** The other end's own count, against what was sent until it said so. */
export function lossReported(sent: StatsTrack[], reports: StatsTrack[]): Loss {
	let [lost, all] = [0, 0];
	for (const report of reports) {
		const ssrc = lastOf(report, 'ssrc');
		const stream = sent.find((track) => lastOf(track, 'ssrc') === ssrc);
		const count = lastOf(report, 'packetsLost');
		const total = stream ? lastOf(stream, 'packetsSent') : null;
		if (typeof count !== 'number' || typeof total !== 'number') continue;
		lost += Math.max(0, count);
		all += total;
	}
	if (all === 0) return { lossRatio: null, lossFrom: null, packetsLost: null, packetsReceived: null };
	return { lossRatio: Math.min(1, lost / all), lossFrom: 'rtcp', packetsLost: lost, packetsReceived: null };
}

function roundTrip(
	connections: RecordedConnection[],
	byMessages: Spread | null
): { rttMs: Spread | null; rttFrom: CallSummary['rttFrom'] } {
	const pair = spreadOf(connections.flatMap(selectedRoundTrips));
	if (pair) return { rttMs: pair, rttFrom: 'pair' };
	const metric = metricById('rtcp-round-trip-time')!;
	const reports = connections.flatMap((one) => tracksOf(one, 'remote-inbound-rtp'));
	const rtcp = spreadOf(reports.flatMap((track) => seriesOf(metric, track)?.v ?? []));
	if (rtcp) return { rttMs: rtcp, rttFrom: 'rtcp' };
	return { rttMs: byMessages, rttFrom: byMessages ? 'messages' : null };
}

/** Of the pairs that carried media, while they did. */
function selectedRoundTrips(connection: RecordedConnection): (number | null)[] {
	const spans = selectedPairs(connection);
	return tracksOf(connection, 'candidate-pair').flatMap((track) => {
		const own = spans.filter(({ value }) => value === track.id);
		return own.length === 0 ? [] : roundTripsWhile(track, own).v;
	});
}

/** Of one pair in these times. A value of 0 is one that the browser had not measured yet. */
export function roundTripsWhile(track: StatsTrack, spans: readonly Pick<Span, 'fromMs' | 'toMs'>[]): Series {
	const values = column(track, 'currentRoundTripTime');
	if (!values) return { tMs: [], v: [] };
	const { tMs, v } = gaugeOf(values, 1000);
	const held = (at: number) => spans.some(({ fromMs, toMs }) => at >= fromMs && at <= toMs);
	return { tMs, v: v.map((rtt, i) => (rtt !== null && rtt > 0 && held(tMs[i]!) ? rtt : null)) };
}

/** Which browsers measure a second apart is all the same: the medians are added, and so on. */
function sum(a: Spread, b: Spread): Spread {
	return {
		count: Math.min(a.count, b.count),
		least: a.least + b.least,
		median: a.median + b.median,
		p95: a.p95 + b.p95,
		most: a.most + b.most
	};
}

function spread(tracks: StatsTrack[], id: string): Spread | null {
	const metric = metricById(id)!;
	return spreadOf(tracks.flatMap((track) => seriesOf(metric, track)?.v ?? []));
}

function ofKind(tracks: StatsTrack[], kind: string): StatsTrack[] {
	return tracks.filter((track) => kindOf(track) === kind);
}

function sumOf(tracks: StatsTrack[], read: (track: StatsTrack) => unknown): number | null {
	const values = tracks.map(read).filter((value): value is number => typeof value === 'number');
	return values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
}

function total(tracks: StatsTrack[], field: string): number | null {
	return sumOf(tracks, (track) => lastOf(track, field));
}

/** Counters of a stream begin at 0, so that what came before the first sample counts as well. */
function growthFromStart(track: StatsTrack, field: string): number | null {
	const samples = column(track, field);
	if (!samples) return null;
	return growthOf({
		tMs: [-Infinity, ...samples.tMs].map((t, i) => (i === 0 ? (samples.tMs[0] ?? 0) - 1 : t)),
		v: [0, ...samples.v]
	});
}

/** Seconds of something per second of the track's life. */
function share(tracks: StatsTrack[], field: string): number | null {
	const shares = tracks.flatMap((track) => {
		const grown = growth(track, field);
		const { firstMs, lastMs } = timesOf(track);
		return grown === null || lastMs <= firstMs ? [] : [Math.min(1, (grown * 1000) / (lastMs - firstMs))];
	});
	return shares.length === 0 ? null : Math.max(...shares);
}

function ratio(tracks: StatsTrack[], above: string, below: string): number | null {
	const over = sumOf(tracks, (track) => growth(track, above));
	const under = sumOf(tracks, (track) => growth(track, below));
	return over === null || under === null || under <= 0 ? null : over / under;
}

function scaled(value: number | null, factor: number): number | null {
	return value === null ? null : value * factor;
}

function seconds(connection: RecordedConnection): number {
	const media = connection.tracks.filter(({ type }) => type === 'inbound-rtp' || type === 'outbound-rtp').map(timesOf);
	if (media.length === 0) return 0;
	return (Math.max(...media.map(({ lastMs }) => lastMs)) - Math.min(...media.map(({ firstMs }) => firstMs))) / 1000;
}
