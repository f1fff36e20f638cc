/**
 * Figures computed a second time, from the raw JSON of dumps and from nothing else: this file imports nothing of src, so that a mistake
 * there is not made here too. It knows only what the recordings of tests/fixtures/stats hold: steps without pauses, counters without resets.
 */

type Value = number | string | boolean | null;
type Sample = [tMs: number, value: Value];

interface RawObject {
	id: string;
	type: string;
	fields: Map<string, Sample[]>;
	/** Fields that the page had not always: which value is of which time, the dump does not say. */
	unplaced: Set<string>;
}

export interface RawConnection {
	id: string;
	objects: RawObject[];
	log: { atMs: number; type: string; value: string }[];
}

interface Internals {
	PeerConnections: Record<
		string,
		{
			stats: Record<string, { statsType: string; startTime: string; endTime: string; values: string }>;
			updateLog: { timestamp?: number; type: string; value: string }[];
		}
	>;
}

/** chrome://webrtc-internals: a series for each field, its times in the series `timestamp` of the same object. */
export function readInternals(text: string): RawConnection[] {
	return Object.entries((JSON.parse(text) as Internals).PeerConnections).map(([id, { stats, updateLog }]) => {
		const objects = new Map<string, RawObject>();
		for (const [key, { statsType, startTime, endTime, values }] of Object.entries(stats)) {
			const [, object, field] = /^(.+)-([A-Za-z0-9.]+)$/.exec(key) ?? [];
			const clock = object === undefined ? undefined : stats[`${object}-timestamp`];
			if (object === undefined || field === undefined || !clock) continue;
			const [times, list] = [JSON.parse(clock.values) as number[], JSON.parse(values) as Value[]];
			// A field may come later than its object, and go before it.
			const is = (at: number | undefined, iso: string) => at !== undefined && new Date(at).toISOString() === iso;
			const first = times.findLastIndex((at, i) => is(at, startTime) && is(times[i + list.length - 1], endTime));
			const raw = objects.get(object) ?? { id: object, type: statsType, fields: new Map(), unplaced: new Set() };
			objects.set(object, raw);
			if (first < 0) raw.unplaced.add(field);
			else
				raw.fields.set(
					field,
					list.map((value, i) => [times[first + i]!, value])
				);
		}
		const log = updateLog.map(({ timestamp, type, value }) => ({ atMs: timestamp!, type, value }));
		return { id, objects: [...objects.values()], log };
	});
}

type Stats = Record<string, unknown> & { id: string; type: string; timestamp: number };

/** Reports of getStats(), each a list of objects. */
export function readReports(reports: readonly (readonly Stats[])[], id: string): RawConnection {
	const objects = new Map<string, RawObject>();
	for (const one of reports.flat()) {
		const raw = objects.get(one.id) ?? { id: one.id, type: one.type, fields: new Map(), unplaced: new Set() };
		objects.set(one.id, raw);
		for (const [field, value] of Object.entries(one)) {
			if (value !== null && typeof value === 'object') continue;
			raw.fields.set(field, [...(raw.fields.get(field) ?? []), [one.timestamp, value as Value]]);
		}
	}
	return { id, objects: [...objects.values()], log: [] };
}

/** What Firefox copies from about:webrtc: one report, in a list for each type. */
export function readFirefoxReport(text: string): RawConnection {
	const report = JSON.parse(text) as Record<string, unknown>;
	const lists = Object.values(report).filter((value): value is Stats[] => Array.isArray(value));
	return readReports([lists.flat().filter((one) => typeof one?.type === 'string' && typeof one.id === 'string')], 'x');
}

/** rtcstats: a line for each event, statistics whole. */
export function readRtcstats(text: string): RawConnection {
	const lines = text.split('\n').map((line) => JSON.parse(line) as [string, string, Record<string, Stats>, number]);
	const reports = lines.filter(([method]) => method === 'getstats').map(([, , report]) => Object.entries(report));
	return readReports(
		reports.map((report) => report.map(([id, one]) => ({ ...one, id }))),
		lines[0]![1]
	);
}

/** Of one time the last value. */
function numbers(object: RawObject | undefined, field: string): [number, number][] {
	const byTime = new Map<number, number>();
	for (const [tMs, value] of object?.fields.get(field) ?? []) if (typeof value === 'number') byTime.set(tMs, value);
	return [...byTime].sort((a, b) => a[0] - b[0]);
}

const last = (object: RawObject | undefined, field: string): Value =>
	object?.fields.get(field)?.findLast(([, value]) => value !== null)?.[1] ?? null;
const lastNumber = (object: RawObject | undefined, field: string) => {
	const value = last(object, field);
	return typeof value === 'number' ? value : null;
};

/** Growth from one sample to the next, with how long it took. */
function steps(values: readonly [number, number][]): { tMs: number; grown: number; seconds: number }[] {
	return values.slice(1).map(([tMs, value], i) => ({ tMs, grown: value - values[i]![1], seconds: (tMs - values[i]![0]) / 1000 }));
}

const rates = (object: RawObject, field: string, times: number): [number, number][] =>
	steps(numbers(object, field)).map(({ tMs, grown, seconds }) => [tMs, (times * grown) / seconds]);

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = sorted.length / 2;
	return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

type Figure = number | string | null | { [name: string]: Figure };

function overTime(values: readonly [number, number][], worse: 'most' | 'least'): Figure {
	if (values.length === 0) return null;
	const all = values.map(([, value]) => value);
	const worst = worse === 'most' ? Math.max(...all) : Math.min(...all);
	return { count: all.length, median: median(all), worst, worstAtMs: values.find(([, value]) => value === worst)![0] };
}

const scaled = (values: readonly [number, number][], by: number): [number, number][] => values.map(([t, v]) => [t, v * by]);
const measuredRtts = (values: [number, number][]) => scaled(values, 1000).filter(([, value]) => value > 0);

/** `all`: the connections of its call, whose round trips the opinion score takes together. */
export function recompute(connection: RawConnection, all: readonly RawConnection[]) {
	const { objects } = connection;
	const of = (type: string) => objects.filter((one) => one.type === type);
	const codecs = new Map(of('codec').map((one) => [one.id, last(one, 'mimeType')]));
	const streams = [...of('inbound-rtp'), ...of('outbound-rtp')].map((stream) => {
		const ssrc = last(stream, 'ssrc');
		const about = (type: string) => of(type).find((one) => last(one, 'ssrc') === ssrc);
		const common = {
			id: stream.id,
			kind: last(stream, 'kind'),
			ssrc,
			// The page writes a mid of digits as a number.
			mid: last(stream, 'mid')?.toString() ?? null,
			rid: last(stream, 'rid'),
			codec: codecs.get(String(last(stream, 'codecId'))) ?? null,
			frameSize: sizes(stream)
		};
		return stream.type === 'inbound-rtp'
			? { ...common, direction: 'in', ...received(stream, about('remote-outbound-rtp'), all) }
			: { ...common, direction: 'out', ...sent(stream, about('remote-inbound-rtp')) };
	});
	return { connects: connects(connection), streams, paths: paths(of('candidate-pair'), of('transport')) };
}

function received(stream: RawObject, report: RawObject | undefined, all: readonly RawConnection[]) {
	const video = last(stream, 'kind') === 'video';
	const [packets, lost] = [lastNumber(stream, 'packetsReceived'), lastNumber(stream, 'packetsLost')];
	const lossRatio = packets === null || lost === null || packets + lost === 0 ? null : lost / (packets + lost);
	const [lostSteps, gotSteps] = [steps(numbers(stream, 'packetsLost')), steps(numbers(stream, 'packetsReceived'))];
	const losses = lostSteps.flatMap(({ tMs, grown }, i): [number, number][] => {
		const expected = grown + gotSteps[i]!.grown;
		return expected > 0 ? [[tMs, Math.max(0, grown) / expected]] : [];
	});
	const frozen = numbers(stream, 'totalFreezesDuration');
	const times = [...stream.fields.values()].flat().map(([t]) => t);
	return {
		packets,
		packetsLost: lost,
		lossRatio,
		lossFrom: lossRatio === null ? null : 'receiver',
		lossOverTimeRatio: overTime(losses, 'most'),
		jitterMs: overTime(scaled(numbers(stream, 'jitter'), 1000), 'most'),
		// Left out of the comparison where it cannot be placed.
		rttMs: report?.unplaced.has('roundTripTime') ? undefined : overTime(measuredRtts(numbers(report, 'roundTripTime')), 'most'),
		bitrateBps: overTime(rates(stream, 'bytesReceived', 8), 'least'),
		framesPerSecond: video ? frameRate(stream, 'framesDecoded') : null,
		freezes: video ? lastNumber(stream, 'freezeCount') : null,
		freezeShare:
			video && frozen.length > 1
				? (1000 * (frozen.at(-1)![1] - frozen[0]![1])) / (Math.max(...times) - Math.min(...times))
				: null,
		mos: video || (packets ?? 0) === 0 ? null : opinion(stream, lossRatio, all)
	};
}

function sent(stream: RawObject, report: RawObject | undefined) {
	const [packets, lost] = [lastNumber(stream, 'packetsSent'), lastNumber(report, 'packetsLost')];
	const known = packets !== null && packets > 0 && lost !== null;
	return {
		packets,
		packetsLost: known ? lost : null,
		lossRatio: known ? lost / packets : null,
		lossFrom: known ? 'rtcp' : null,
		lossOverTimeRatio: overTime(numbers(report, 'fractionLost'), 'most'),
		jitterMs: overTime(scaled(numbers(report, 'jitter'), 1000), 'most'),
		rttMs: overTime(measuredRtts(numbers(report, 'roundTripTime')), 'most'),
		bitrateBps: overTime(rates(stream, 'bytesSent', 8), 'least'),
		framesPerSecond: last(stream, 'kind') === 'audio' ? null : frameRate(stream, 'framesEncoded'),
		freezes: null,
		freezeShare: null,
		mos: null
	};
}

function frameRate(stream: RawObject, field: string): Figure {
	return overTime(rates(stream, field, 1), 'least') ?? overTime(numbers(stream, 'framesPerSecond'), 'least');
}

function sizes(stream: RawObject): Figure {
	const heights = new Map(numbers(stream, 'frameHeight'));
	const all = numbers(stream, 'frameWidth').flatMap(([t, widthPx]) => {
		const heightPx = heights.get(t);
		return heightPx === undefined ? [] : [{ widthPx, heightPx }];
	});
	if (all.length === 0) return null;
	const sorted = [...all].sort((a, b) => a.widthPx * a.heightPx - b.widthPx * b.heightPx);
	return { last: all.at(-1)!, least: sorted[0]!, most: sorted.at(-1)! };
}

/** ITU-T G.107 with G.711's values for loss (G.113 Table I.4): 20 ms of packet and 6.5 ms of look-ahead before sending. */
function opinion(stream: RawObject, lossRatio: number | null, all: readonly RawConnection[]): number | null {
	const trips = all.flatMap(({ objects }) => selectedTrips(objects).map(([, value]) => value));
	const [delays, counts] = [numbers(stream, 'jitterBufferDelay'), numbers(stream, 'jitterBufferEmittedCount')];
	if (trips.length === 0 || lossRatio === null || delays.length < 2 || counts.length < 2) return null;
	const emitted = counts.at(-1)![1] - counts[0]![1];
	if (emitted === 0) return null;
	const buffered = (1000 * (delays.at(-1)![1] - delays[0]![1])) / emitted;
	const ta = median(trips) / 2 + buffered + 26.5;
	const x = Math.log(ta / 100) / Math.log(2);
	const idd = ta <= 100 ? 0 : 25 * (Math.pow(1 + x ** 6, 1 / 6) - 3 * Math.pow(1 + (x / 3) ** 6, 1 / 6) + 2);
	const ppl = 100 * lossRatio;
	const r = 93.2 - idd - (95 * ppl) / (ppl + 25.1);
	return 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
}

function selectedTrips(objects: readonly RawObject[]): [number, number][] {
	const of = (type: string) => objects.filter((one) => one.type === type);
	return selected(of('candidate-pair'), of('transport')).flatMap(({ pair, fromMs }) =>
		measuredRtts(numbers(pair, 'currentRoundTripTime').filter(([t]) => t >= fromMs))
	);
}

/** In these recordings one pair is selected, and stays so. */
function selected(pairs: readonly RawObject[], transports: readonly RawObject[]): { pair: RawObject; fromMs: number }[] {
	return transports.flatMap((transport) => {
		const named = (transport.fields.get('selectedCandidatePairId') ?? []).filter(([, value]) => value !== null && value !== '');
		if (new Set(named.map(([, value]) => value)).size > 1) throw new Error('the pair changes');
		const pair = pairs.find(({ id }) => id === named[0]?.[1]);
		return pair ? [{ pair, fromMs: named[0]![0] }] : [];
	});
}

function paths(pairs: readonly RawObject[], transports: readonly RawObject[]) {
	return selected(pairs, transports).map(({ pair, fromMs }) => {
		const during = (values: [number, number][]) => values.filter(([t]) => t >= fromMs);
		return {
			id: pair.id,
			fromMs,
			rttMs: overTime(during(measuredRtts(numbers(pair, 'currentRoundTripTime'))), 'most'),
			sentBps: overTime(during(rates(pair, 'bytesSent', 8)), 'least'),
			receivedBps: overTime(during(rates(pair, 'bytesReceived', 8)), 'least'),
			availableBps: overTime(during(numbers(pair, 'availableOutgoingBitrate')), 'least'),
			bytesSent: lastNumber(pair, 'bytesSent'),
			bytesReceived: lastNumber(pair, 'bytesReceived')
		};
	});
}

/** From the later of both descriptions to the state that says that all of it is connected. */
function connects({ log }: RawConnection): Figure[] {
	const first = (is: (entry: RawConnection['log'][number]) => boolean) => log.find(is)?.atMs ?? null;
	const local = first(({ type }) => type === 'setLocalDescription');
	const remote = first(({ type }) => type === 'setRemoteDescription');
	const up = first(({ type, value }) => type === 'onconnectionstatechange' && value === '"connected"');
	return local !== null && remote !== null && up !== null ? [{ atMs: up, tookMs: up - Math.max(local, remote) }] : [];
}
