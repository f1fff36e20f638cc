/**
 * Each direction by itself, where both ends were recorded on one clock: what one end sent against what the other received, and how
 * long messages with a timestamp took. Absolute delays, not only changes: there is no second clock to disagree.
 */
import type { OneWayCounts } from './call-figure-shapes';
import { levelFunction, stepFunction, type Samples } from '../recording/counters';
import { column, kindOf, lastOf, tracksOf } from '../recording/connection';
import { metricById } from '../recording/metrics-table';
import { seriesOf } from '../recording/metric-series';
import type { RawValue, RecordedConnection, Recording, StatsTrack } from '../recording/recording';
import type { Series } from '../recording/series';
import { spreadOf } from '../recording/spread';

/** With the series behind them, which stay in the recording. */
export interface OneWay extends OneWayCounts {
	/** The share of lost packets for each poll: 0 to 1. A poll may catch a packet on its way, so that single values are rough. */
	loss: Series;
	delay: Series;
	/** Delay over the least of the call: what queues and changed routes added. */
	delayChange: Series;
}

/** Empty where the recording does not hold both ends of one call. */
export function oneWays(recording: Recording): OneWay[] {
	const [caller, callee] = ['caller', 'callee'].map((id) => recording.connections.find((one) => one.id === id));
	return caller && callee ? oneWaysOf(caller, callee) : [];
}

export function oneWaysOf(caller: RecordedConnection, callee: RecordedConnection): OneWay[] {
	return [oneWay(caller, callee), oneWay(callee, caller)];
}

function oneWay(sender: RecordedConnection, receiver: RecordedConnection): OneWay {
	const alike = countsRetransmissions(sender) === countsRetransmissions(receiver);
	const streams = tracksOf(sender, 'outbound-rtp').flatMap((sent) => {
		const ssrc = lastOf(sent, 'ssrc');
		const received = tracksOf(receiver, 'inbound-rtp').find((track) => lastOf(track, 'ssrc') === ssrc);
		if (!received) return [];
		const numbered = alike || kindOf(received) !== 'video' ? null : bySequence(received);
		const out = numbered?.out ?? column(sent, 'packetsSent');
		const got = numbered?.got ?? column(received, 'packetsReceived');
		const lost = column(received, 'packetsLost');
		return out && got && out.tMs.length > 1 && got.tMs.length > 1 ? [{ out, got, lost }] : [];
	});
	// The ends poll at times of their own, up to a second apart: what was sent is read off at the receiver's times, or a
	// second's packets would count as lost.
	const totals = streams.flatMap(({ out, got, lost }) => {
		const from = Math.max(out.tMs[0]!, got.tMs[0]!);
		const to = Math.min(out.tMs.at(-1)!, got.tMs.at(-1)!);
		if (to <= from) return [];
		const [sent, received] = [out, got].map(levelFunction).map((at) => Math.round(at(to)! - at(from)!));
		return [
			{
				sent: sent!,
				received: received!,
				overMs: to - from,
				counted: lost && countedByReceiver(got, lost, from, to),
				roughly: [out, got].reduce((sum, each) => sum + between(each, from) + between(each, to), 0)
			}
		];
	});
	const packetsSent = add(totals.map(({ sent }) => sent));
	const packetsReceived = add(totals.map(({ received }) => received));
	const messages = tracksOf(receiver, 'one-way')[0];
	const delay = (messages && seriesOf(metricById('one-way-delay')!, messages)) ?? { tMs: [], v: [] };
	const delayMs = spreadOf(delay.v);
	return {
		from: sender.id,
		to: receiver.id,
		packetsSent,
		packetsReceived,
		lossRatio: lossOf(totals),
		overMs: totals.length === 0 ? null : Math.max(...totals.map(({ overMs }) => overMs)),
		loss: lossSeries(streams),
		delayMs,
		delay,
		delayChange: {
			tMs: delay.tMs,
			v: delay.v.map((value) => (value === null || delayMs === null ? null : value - delayMs.least))
		},
		messagesLostRatio: messagesLost(messages)
	};
}

interface Total {
	sent: number;
	received: number;
	/** By the receiver, from sequence numbers, over about the same time. */
	counted: { lost: number; expected: number } | null;
	/** So many packets lie between the polls at which the two counters were read. */
	roughly: number;
}

/**
 * Packets do not come evenly, and what was counted between two polls is read off as if they did: within that the receiver, who counts
 * by sequence numbers, knows better. What it cannot know, such as a stream of which nothing more arrived, is more than that.
 */
function lossOf(totals: readonly Total[]): number | null {
	const parts = totals.map(({ sent, received, counted, roughly }) =>
		counted && Math.abs(sent - received - counted.lost) <= roughly ? counted : { lost: sent - received, expected: sent }
	);
	const [lost, expected] = [add(parts.map((part) => part.lost)), add(parts.map((part) => part.expected))];
	return share(expected, expected === null ? null : expected - lost!);
}

/** By how much a counter grew from the sample before a time to the one after it; 0 where it was read at that time. */
function between({ tMs, v }: Samples, atMs: number): number {
	const next = tMs.findIndex((t) => t >= atMs);
	if (next <= 0 || tMs[next] === atMs) return 0;
	return Math.max(0, Number(v[next]) - Number(v[next - 1]));
}

/** Lost packets fall again when late ones arrive, so both ends of the time are read as they stand at the polls. */
function countedByReceiver(got: Samples, lost: Samples, fromMs: number, toMs: number): Total['counted'] {
	const grown = (samples: Samples) => {
		const [from, to] = [fromMs, toMs].map(stepFunction(samples));
		return typeof from === 'number' && typeof to === 'number' ? to - from : null;
	};
	const [received, missing] = [grown(got), grown(lost)];
	return received === null || missing === null || received < 0 ? null : { lost: missing, expected: received + missing };
}

/**
 * Chromium counts what goes over a stream's RTX partner, padding too, among the packets of the stream at both ends; Firefox at
 * neither, and it has no field for them. (What was measured in Chromium 156 and Firefox 153.)
 */
function countsRetransmissions(connection: RecordedConnection): boolean {
	return tracksOf(connection, 'inbound-rtp').some((track) => column(track, 'retransmittedPacketsReceived') !== null);
}

/**
 * What the sender sent of the stream alone, by its sequence numbers (RFC 3550 §6.4.1: expected is received and lost): between two
 * browsers that count differently their totals cannot be compared.
 */
function bySequence(received: StatsTrack): { out: Samples; got: Samples } | null {
	const [all, lost] = [column(received, 'packetsReceived'), column(received, 'packetsLost')];
	if (!all || !lost) return null;
	const again = column(received, 'retransmittedPacketsReceived');
	const [lostAt, againAt] = [stepFunction(lost), again ? stepFunction(again) : () => 0];
	const number = (value: RawValue) => (typeof value === 'number' ? value : 0);
	const got = all.v.map((value, i) => (typeof value === 'number' ? value - number(againAt(all.tMs[i]!)) : null));
	const out = got.map((value, i) => (value === null ? null : value + number(lostAt(all.tMs[i]!))));
	return { out: { tMs: all.tMs, v: out }, got: { tMs: all.tMs, v: got } };
}

/** Packets in flight at the first poll and at the last even out, and what arrives beyond what was sent is no negative loss. */
function share(sent: number | null, received: number | null): number | null {
	if (sent === null || received === null || sent <= 0) return null;
	return Math.min(1, Math.max(0, (sent - received) / sent));
}

function lossSeries(streams: { out: Samples; got: Samples }[]): Series {
	const series: Series = { tMs: [], v: [] };
	const first = streams[0];
	if (!first) return series;
	const readers = streams.map(({ out, got }) => ({ sent: levelFunction(out), received: levelFunction(got) }));
	let before: { sent: number; received: number } | null = null;
	for (const tMs of first.got.tMs) {
		const now = { sent: 0, received: 0 };
		let known = true;
		for (const { sent, received } of readers) {
			const [out, got] = [sent(tMs), received(tMs)];
			if (out === null || got === null) known = false;
			else {
				now.sent += out;
				now.received += got;
			}
		}
		if (before) {
			series.tMs.push(tMs);
			series.v.push(known ? share(now.sent - before.sent, now.received - before.received) : null);
		}
		before = known ? now : null;
	}
	return series;
}

function messagesLost(track: StatsTrack | undefined): number | null {
	const [expected, lost] = [lastOf(track, 'messagesExpected'), lastOf(track, 'messagesLost')];
	return typeof expected === 'number' && typeof lost === 'number' && expected > 0 ? Math.max(0, lost) / expected : null;
}

function add(values: number[]): number | null {
	return values.length === 0 ? null : values.reduce((a, b) => a + b, 0);
}
