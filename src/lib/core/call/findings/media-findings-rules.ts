/** What became of audio and video. */
import { heldBack } from './late-playout';
import { isNegotiatedIn, isPlaceholder } from './negotiated-media';
import { column, growth, isAlike, lastOf, number, text, tracksOf, type StreamKind } from '../../recording/connection';
import type { MediaValues, StreamValues } from './finding-values';
import { during, stretchesOver, worst, type ConnectionView, type Stretch } from './findings-view';
import type { Hit, StatsRule } from './stats-rule';
import type { MetricSeries } from '../../recording/metric-series';
import type { Column, StatsTrack } from '../../recording/recording';

function overLimit<Values>(
	view: ConnectionView,
	id: string,
	over: number,
	least: number,
	pauseMs: number,
	valuesOf: (stretch: Stretch, each: MetricSeries) => Values
): Hit<Values>[] {
	return view.metrics(id).flatMap((each) =>
		stretchesOver(each.series, over, least, pauseMs).map((stretch) => ({
			values: valuesOf(stretch, each),
			atMs: stretch.fromMs,
			untilMs: stretch.toMs,
			track: each.subject.id,
			metric: each.metric.id
		}))
	);
}

/** Series of media belong to a stream. */
function kindOf(view: ConnectionView, { subject }: MetricSeries): StreamKind {
	const { kind, direction, rid } = view.streams.find(({ id }) => id === subject.id)!;
	return { kind, direction, rid };
}

/** With the SSRC where several streams have the same name. */
function streamOf(view: ConnectionView, each: MetricSeries): StreamValues {
	const kind = kindOf(view, each);
	const same = view.streams.filter((stream) => isAlike(stream, kind));
	const ssrc = same.length > 1 ? same.find(({ id }) => id === each.subject.id)?.ssrc : null;
	return { ...kind, ssrc: ssrc || null };
}

/** How much a counter grew within a time. */
function grownIn(track: StatsTrack | undefined, field: string, fromMs: number, toMs: number): number | null {
	const found = track ? column(track, field) : null;
	if (!found) return null;
	const part = found.tMs.flatMap((t, i) =>
		t >= fromMs && t <= toMs && typeof found.v[i] === 'number' ? [found.v[i] as number] : []
	);
	return part.length < 2 ? null : part[part.length - 1]! - part[0]!;
}

/** Reports that come as often as samples say when as well as samples do. */
const COARSE_MS = 2000;

/** The longest time between two samples of a stretch. */
function intervalIn({ tMs }: MetricSeries['series'], { fromMs, toMs }: Stretch): number {
	return tMs.reduce((most, t, i) => (i > 0 && t > fromMs && t <= toMs ? Math.max(most, t - tMs[i - 1]!) : most), 0);
}

/** Loss on the way here, stream by stream. Bursts of streams at the same time stay apart: each is linked to its own line. */
function lossBursts(view: ConnectionView, over: number, pauseMs: number, leastPackets: number): Hit<MediaValues['loss-burst']>[] {
	return view.metrics('loss-in').flatMap((each) => {
		const track = view.connection.tracks.find(({ id }) => id === each.subject.id);
		return stretchesOver(each.series, over, 1, pauseMs).flatMap((stretch) => {
			const lost = grownIn(track, 'packetsLost', stretch.fromMs, stretch.toMs);
			const got = grownIn(track, 'packetsReceived', stretch.fromMs, stretch.toMs);
			if (lost === null || got === null || lost < leastPackets) return [];
			const share = lost / (lost + got);
			if (!(share > over)) return [];
			return [
				{
					values: {
						...during(view, stretch),
						stream: streamOf(view, each),
						lossRatio: share,
						lostPackets: lost,
						packets: lost + got
					},
					atMs: stretch.fromMs,
					untilMs: stretch.toMs,
					track: each.subject.id,
					metric: each.metric.id,
					severity: share > 5 * over ? ('problem' as const) : ('warning' as const)
				}
			];
		});
	});
}

export const MEDIA_RULES: readonly StatsRule[] = [
	{
		id: 'loss-burst',
		severity: 'warning',
		find: (view, limits) => lossBursts(view, limits.loss.value, limits.lossPause.value, limits.lossPackets.value)
	},
	{
		id: 'loss-reported',
		severity: 'warning',
		find: (view, limits) =>
			// A report of RTCP covers some seconds, so that one is enough, and the pause is longer.
			overLimit(view, 'loss-out', limits.loss.value, 1, 2 * limits.lossPause.value, (stretch, { subject, series }) => {
				const apartMs = intervalIn(series, stretch);
				return {
					...during(view, stretch),
					kind: subject.media ?? 'unknown',
					meanLossRatio: stretch.mean,
					mostLossRatio: stretch.most,
					reportIntervalMs: apartMs > COARSE_MS ? apartMs : null
				};
			})
	},
	{
		id: 'jitter-high',
		severity: 'warning',
		find: (view, limits) =>
			view.metrics('jitter-in').flatMap((each) => {
				const stretches = stretchesOver(each.series, limits.jitter.value, limits.sustained.value, limits.lossPause.value);
				const found = worst(stretches);
				if (!found) return [];
				return [
					{
						values: {
							...during(view, found),
							stream: streamOf(view, each),
							limitMs: limits.jitter.value,
							mostMs: found.most
						},
						atMs: found.fromMs,
						untilMs: found.toMs,
						track: each.subject.id,
						metric: each.metric.id
					}
				];
			})
	},
	{
		id: 'playout-held-back',
		severity: 'warning',
		nextStep: 'look-at-jitter-buffer-target',
		find: heldBack
	},
	{
		id: 'picture-freezes',
		severity: 'warning',
		find: (view, limits) =>
			tracksOf(view.connection, 'inbound-rtp').flatMap((track) => {
				const counts = column(track, 'freezeCount');
				const freezes = growth(track, 'freezeCount');
				const seconds = growth(track, 'totalFreezesDuration');
				if (!counts || freezes === null || freezes <= 0) return [];
				const first = firstGrowth(counts);
				const lengthMs = counts.tMs[counts.tMs.length - 1]! - counts.tMs[0]!;
				const frozenMs = seconds === null ? null : seconds * 1000;
				const share = frozenMs === null || lengthMs <= 0 ? null : frozenMs / lengthMs;
				const brief = (share !== null && share <= limits.freezeShare.value) || (frozenMs ?? Infinity) < limits.freezeLeast.value;
				return [
					{
						values: { freezes, frozenMs, firstAtMs: view.sinceStart(first) },
						atMs: first,
						track: track.id,
						metric: 'freezes',
						severity: brief ? ('info' as const) : ('warning' as const)
					}
				];
			})
	},
	{
		id: 'bandwidth-limited',
		severity: 'warning',
		find: (view, limits) => limitedBy(view, 'bandwidth', limits.limited.value, limits.rampUp.value)
	},
	{
		id: 'cpu-limited',
		severity: 'warning',
		find: (view, limits) => limitedBy(view, 'cpu', limits.limited.value, 0)
	},
	{
		id: 'resolution-drop',
		severity: 'info',
		find: (view, limits) =>
			['height-out', 'height-in'].flatMap((id) =>
				view.metrics(id).flatMap((each) => {
					const { series, subject, metric } = each;
					let most = 0;
					for (let i = 0; i < series.v.length; i++) {
						const height = series.v[i];
						if (typeof height !== 'number' || !(height > 0)) continue;
						if (height <= most * limits.resolutionDrop.value)
							return [
								{
									values: {
										stream: kindOf(view, each),
										fromPx: most,
										toPx: height,
										droppedAtMs: view.sinceStart(series.tMs[i]!)
									},
									atMs: series.tMs[i]!,
									track: subject.id,
									metric: metric.id
								}
							];
						most = Math.max(most, height);
					}
					return [];
				})
			)
	},
	{
		id: 'audio-missing',
		severity: 'info',
		find: (view, limits) =>
			tracksOf(view.connection, 'inbound-rtp').flatMap((track) => {
				if (!view.connected || lastOf(track, 'kind') !== 'audio' || isPlaceholder(view, track)) return [];
				const packets = column(track, 'packetsReceived');
				if (!packets || packets.tMs.length < 2 || packets.tMs[packets.tMs.length - 1]! - packets.tMs[0]! < limits.silence.value)
					return [];
				// A conference keeps streams ready for people who say nothing.
				const others = tracksOf(view.connection, 'inbound-rtp').some(
					(other) => lastOf(other, 'kind') === 'audio' && Number(lastOf(other, 'packetsReceived') ?? 0) > 0
				);
				const negotiated = isNegotiatedIn(view, track);
				return packets.v.every((value) => value === 0) && !others && negotiated !== false
					? [
							{
								values: { negotiated },
								atMs: packets.tMs[0]!,
								track: track.id,
								metric: 'packet-rate-in'
							}
						]
					: [];
			})
	},
	{
		id: 'audio-silent',
		// A microphone that is muted sends the same.
		severity: 'info',
		find: (view, limits) =>
			tracksOf(view.connection, 'inbound-rtp').flatMap((track) => {
				if (lastOf(track, 'kind') !== 'audio') return [];
				const energy = growth(track, 'totalAudioEnergy');
				const packets = growth(track, 'packetsReceived');
				const samples = growth(track, 'totalSamplesReceived');
				const found = column(track, 'totalAudioEnergy');
				if (energy !== 0 || packets === null || packets <= 0 || samples === 0 || !found) return [];
				const [fromMs, toMs] = [found.tMs[0]!, found.tMs[found.tMs.length - 1]!];
				if (toMs - fromMs < limits.silence.value) return [];
				return [
					{
						values: { ...during(view, { fromMs, toMs }), packets },
						atMs: fromMs,
						untilMs: toMs,
						track: track.id,
						metric: 'audio-level'
					}
				];
			})
	},
	{
		id: 'microphone-silent',
		// A microphone that is muted sends the same.
		severity: 'info',
		find: (view, limits) =>
			tracksOf(view.connection, 'media-source').flatMap((track) => {
				if (lastOf(track, 'kind') !== 'audio' || growth(track, 'totalAudioEnergy') !== 0) return [];
				const lengthS = growth(track, 'totalSamplesDuration');
				if (lengthS === null || lengthS * 1000 < limits.silence.value) return [];
				return [{ values: { silentMs: lengthS * 1000 }, track: track.id }];
			})
	},
	{
		id: 'concealment-high',
		severity: 'warning',
		find: (view, limits) =>
			view.metrics('concealment').flatMap((each) => {
				const stretches = stretchesOver(each.series, limits.concealment.value, 1, limits.lossPause.value).filter((stretch) => {
					// A jitter buffer that begins is empty, and conceals until it has filled.
					if (stretch.toMs - each.series.tMs[0]! < limits.bufferFills.value) return false;
					const track = view.connection.tracks.find(({ id }) => id === each.subject.id);
					// Silence that is filled in is no harm, and streams that pause are filled with it.
					const silent = grownIn(track, 'silentConcealedSamples', stretch.fromMs, stretch.toMs);
					const all = grownIn(track, 'concealedSamples', stretch.fromMs, stretch.toMs);
					return silent === null || all === null || silent < all / 2;
				});
				const found = worst(stretches);
				if (!found) return [];
				return [
					{
						values: { ...during(view, found), stream: streamOf(view, each), mostConcealedRatio: found.most },
						atMs: found.fromMs,
						untilMs: found.toMs,
						track: each.subject.id,
						metric: each.metric.id
					}
				];
			})
	}
];

/** When a counter grew for the first time. */
function firstGrowth({ tMs, v }: Column): number | null {
	let before: number | null = null;
	for (const [i, raw] of v.entries()) {
		const value = number(raw);
		if (value !== null && before !== null && value > before) return tMs[i]!;
		before = value ?? before;
	}
	return null;
}

/** From here on a limit is not merely an encoder that adapts: the share from which a call's quality is judged by it as well. */
const MUCH_OF_THE_TIME = 0.2;

/** By the time counters where there are some, by the reason otherwise. */
function limitedBy(
	view: ConnectionView,
	reason: 'bandwidth' | 'cpu',
	leastMs: number,
	rampUpMs: number
): Hit<MediaValues[`${typeof reason}-limited`]>[] {
	return tracksOf(view.connection, 'outbound-rtp').flatMap((track) => {
		const reasons = column(track, 'qualityLimitationReason');
		if (!reasons || reasons.tMs.length < 2) return [];
		const begin = reasons.tMs[0]! + rampUpMs;
		let [seen, first, last] = [0, null as number | null, 0];
		for (let i = 1; i < reasons.tMs.length; i++) {
			const [before, now] = [reasons.tMs[i - 1]!, reasons.tMs[i]!];
			if (reasons.v[i] !== reason || reasons.v[i - 1] !== reason || before < begin) continue;
			seen += now - before;
			first ??= before;
			last = now;
		}
		if (first === null) return [];
		const counted = grownIn(track, `qualityLimitationDurations.${reason}`, first, last);
		const total = counted === null ? seen : counted * 1000;
		if (!(total >= leastMs)) return [];
		return [
			{
				values: { ...during(view, { fromMs: first, toMs: last }), rid: text(lastOf(track, 'rid')), limitedMs: total },
				atMs: first,
				untilMs: last,
				severity: total >= MUCH_OF_THE_TIME * (reasons.tMs.at(-1)! - begin) ? ('warning' as const) : ('info' as const),
				track: track.id,
				metric: reason === 'cpu' ? 'limited-by-cpu' : 'limited-by-bandwidth'
			}
		];
	});
}
