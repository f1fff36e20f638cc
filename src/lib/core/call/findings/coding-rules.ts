/** How streams are coded: codecs and coders that change during a call, and the layers of simulcast. */
import { column, kindOf, lastOf, number, spansOf, text, timesOf, tracksOf, type Span } from '../../recording/connection';
import { QUALITY_LIMITS } from '../quality-limits';
import type { Section } from '../../sdp/text/description';
import { spreadOf } from '../../recording/spread';
import type { StatsTrack } from '../../recording/recording';
import type { Coder, MediaValues, SimulcastLayer } from './finding-values';
import type { ConnectionView } from './findings-view';
import { one, streamValues } from './rule-help';
import type { Hit, StatsRule } from './stats-rule';

/** Sent within a stream of speech, and no change of its codec: comfort noise (RFC 3389), dialled digits (RFC 4733). */
const WITHIN_SPEECH = /\/(?:cn|telephone-event)$/i;

const streamTracks = ({ connection }: ConnectionView) => [
	...tracksOf(connection, 'outbound-rtp'),
	...tracksOf(connection, 'inbound-rtp')
];

/** Names over time, without those that are none, and equal ones in a row as one. */
function namesOver(spans: readonly Span[], nameOf: (value: string) => string | null): { fromMs: number; name: string }[] {
	const names: { fromMs: number; name: string }[] = [];
	for (const { fromMs, value } of spans) {
		const name = nameOf(value);
		if (name !== null && names.at(-1)?.name !== name) names.push({ fromMs, name });
	}
	return names;
}

/** `video/H264 (profile 42e01f)`: what a decoder has to be told apart by. */
function codecNames(view: ConnectionView): (id: string) => string | null {
	const names = new Map(
		tracksOf(view.connection, 'codec').map((track) => {
			const profile = /\bprofile(?:-level-id|-id)?=([0-9a-z]+)/i.exec(text(lastOf(track, 'sdpFmtpLine')) ?? '')?.[1];
			const type = text(lastOf(track, 'mimeType'));
			return [track.id, type === null ? null : `${type}${profile ? ` (profile ${profile})` : ''}`];
		})
	);
	return (id) => {
		const name = names.get(id) ?? null;
		return name === null || WITHIN_SPEECH.test(name) ? null : name;
	};
}

function codecChanges(view: ConnectionView): Hit<MediaValues['codec-changed']>[] {
	const nameOf = codecNames(view);
	return streamTracks(view).flatMap((track) => {
		const [first, second, ...more] = namesOver(spansOf(column(track, 'codecId'), timesOf(track).lastMs), nameOf);
		if (!first || !second) return [];
		const values = { from: first.name, to: second.name, changedAtMs: view.sinceStart(second.fromMs), moreTimes: more.length };
		return one({ stream: streamValues(view, track), ...values }, { atMs: second.fromMs, track: track.id });
	});
}

/** The coder at each sample of its name or of its being power-efficient. */
function codersOver(track: StatsTrack): { atMs: number; coder: Coder }[] {
	const [way, told] = track.type === 'inbound-rtp' ? ['decoder', 'powerEfficientDecoder'] : ['encoder', 'powerEfficientEncoder'];
	const [names, efficient] = [column(track, `${way}Implementation`), column(track, told!)];
	const coders: { atMs: number; coder: Coder }[] = [];
	const times = [...new Set([...(names?.tMs ?? []), ...(efficient?.tMs ?? [])])].sort((a, b) => a - b);
	const now: Coder = { name: null, powerEfficient: null };
	for (const atMs of times) {
		const [name, flag] = [names, efficient].map((each) => each?.v[each.tMs.indexOf(atMs)]);
		if (typeof name === 'string' && name !== '' && name !== 'unknown') now.name = name;
		if (typeof flag === 'boolean') now.powerEfficient = flag;
		const last = coders.at(-1)?.coder;
		// What is told for the first time is no change.
		const changed =
			last &&
			((last.name !== null && last.name !== now.name) ||
				(last.powerEfficient !== null && last.powerEfficient !== now.powerEfficient));
		if (!last || changed) coders.push({ atMs, coder: { ...now } });
		else Object.assign(last, now);
	}
	return coders;
}

const LAYER_REASONS = ['bandwidth', 'cpu', 'other'] as const;

/** What limited a layer longest, by its own counters, and its share of the time that all reasons have. */
function limitOf(track: StatsTrack): SimulcastLayer['limited'] {
	if (column(track, 'qualityLimitationDurations.none') === null) return null;
	const seconds = (reason: string) => number(lastOf(track, `qualityLimitationDurations.${reason}`)) ?? 0;
	const all = ['none', ...LAYER_REASONS].reduce((sum, reason) => sum + seconds(reason), 0);
	const reason = LAYER_REASONS.reduce((a, b) => (seconds(b) > seconds(a) ? b : a));
	return all > 0 && seconds(reason) > 0 ? { reason, ratio: seconds(reason) / all } : null;
}

/** Encodings of one track, where there are several: each has its own rid (RFC 8853). */
function simulcasts(view: ConnectionView): StatsTrack[][] {
	const layers = tracksOf(view.connection, 'outbound-rtp').filter(
		(track) => kindOf(track) === 'video' && text(lastOf(track, 'rid')) !== null
	);
	const byMid = new Map<string, StatsTrack[]>();
	for (const layer of layers) {
		const mid = text(lastOf(layer, 'mid')) ?? '';
		byMid.set(mid, [...(byMid.get(mid) ?? []), layer]);
	}
	return [...byMid.values()].filter((each) => new Set(each.map((track) => lastOf(track, 'rid'))).size > 1);
}

const sentPackets = (track: StatsTrack) => number(lastOf(track, 'packetsSent'));

function layerOf(view: ConnectionView, track: StatsTrack): SimulcastLayer {
	const median = (id: string) =>
		spreadOf(view.metrics(id).find(({ subject }) => subject.id === track.id)?.series.v ?? [])?.median ?? null;
	const sent = (sentPackets(track) ?? 0) > 0;
	return {
		rid: text(lastOf(track, 'rid'))!,
		sent,
		widthPx: sent ? median('width-out') : null,
		heightPx: sent ? median('height-out') : null,
		bitrateBps: sent ? median('bitrate-out') : null,
		framesPerSecond: sent ? median('frames-sent') : null,
		limited: sent ? limitOf(track) : null
	};
}

/** Whether the other end's last description takes a layer (RFC 8853 §5.3); null where it has none of this stream. */
function isAccepted(view: ConnectionView, track: StatsTrack): boolean | null {
	const remote = view.descriptions.findLast(({ event }) => event.call === 'set-remote');
	const mid = text(lastOf(track, 'mid'));
	const section = mid === null ? undefined : remote?.sdp.sections.find((each) => each.mid === mid);
	if (!section) return null;
	return section.simulcast.some(({ value }) => value.recv.flat().includes(text(lastOf(track, 'rid'))!));
}

function whyUnsent(view: ConnectionView, track: StatsTrack): MediaValues['simulcast-layer-unsent']['why'] {
	if (isAccepted(view, track) === false) return 'not-accepted';
	if (lastOf(track, 'active') === false) return 'inactive';
	const reason = limitOf(track)?.reason ?? lastOf(track, 'qualityLimitationReason');
	return LAYER_REASONS.find((each) => each === reason) ?? 'unknown';
}

function sourceOf(view: ConnectionView, track: StatsTrack): MediaValues['simulcast-layer-unsent']['source'] {
	const source = view.connection.tracks.find(({ id }) => id === lastOf(track, 'mediaSourceId'));
	const [widthPx, heightPx] = ['width', 'height'].map((field) => number(lastOf(source, field)));
	return widthPx && heightPx ? { widthPx, heightPx } : null;
}

type Held = MediaValues['bitrate-limited-by-description'];

/** The lowest limit of a section (RFC 8866 §5.8: `AS` in kbit/s; RFC 3890 §6: `TIAS` in bit/s). */
function declaredLimit({ bandwidths }: Section): Pick<Held, 'declaredAs' | 'limitBps'> | null {
	const limitBps = (wanted: string, unitBps: number) =>
		Math.min(...bandwidths.flatMap(({ value: { kind, value } }) => (kind === wanted && value > 0 ? [unitBps * value] : [])));
	const [as, tias] = [limitBps('AS', 1000), limitBps('TIAS', 1)];
	if (Math.min(as, tias) === Infinity) return null;
	return as < tias ? { declaredAs: 'as', limitBps: as } : { declaredAs: 'tias', limitBps: tias };
}

/** How near to the limit an encoder has to be for it to be the limit that holds it: libwebrtc gives it all that is left. */
const HELD_FROM = 0.8;

/** Videos whose encoder is held by what the description of the receiver allows. */
function heldByDescription(view: ConnectionView, shortestMs: number): Hit<Held>[] {
	const remote = view.descriptions.findLast(({ event }) => event.call === 'set-remote');
	return tracksOf(view.connection, 'outbound-rtp').flatMap((track) => {
		const mid = text(lastOf(track, 'mid'));
		const section = mid === null ? undefined : remote?.sdp.sections.find((each) => each.mid === mid);
		const limit = section ? declaredLimit(section) : null;
		const targets = column(track, 'targetBitrate');
		if (kindOf(track) !== 'video' || !limit || !targets || targets.tMs.at(-1)! - targets.tMs[0]! < shortestMs) return [];
		const targetBps = spreadOf(targets.v.map(number))?.median ?? null;
		if (targetBps === null || targetBps < HELD_FROM * limit.limitBps || targetBps > limit.limitBps) return [];
		return one(
			{ stream: streamValues(view, track), ...limit, targetBps },
			{ severity: limit.limitBps < POOR_BELOW_BPS ? 'warning' : 'info', track: track.id }
		);
	});
}

const POOR_BELOW_BPS = QUALITY_LIMITS.find(({ id }) => id === 'available-bitrate')!.fair;

export const CODING_RULES: readonly StatsRule[] = [
	{ id: 'codec-changed', severity: 'info', find: codecChanges },
	{
		id: 'coder-changed',
		severity: 'info',
		find: (view) =>
			streamTracks(view).flatMap((track) => {
				const [first, second, ...more] = codersOver(track);
				if (!first || !second) return [];
				const values = { from: first.coder, to: second.coder, changedAtMs: view.sinceStart(second.atMs), moreTimes: more.length };
				return one({ stream: streamValues(view, track), ...values }, { atMs: second.atMs, track: track.id });
			})
	},
	{
		id: 'simulcast-layers',
		severity: 'normal',
		find: (view) =>
			simulcasts(view).map((layers) => ({
				values: { layers: layers.map((track) => layerOf(view, track)) },
				track: layers[0]!.id
			}))
	},
	{
		id: 'simulcast-layer-unsent',
		severity: 'info',
		find: (view, limits) =>
			simulcasts(view).flatMap((layers) => {
				const sent = layers.filter((track) => (sentPackets(track) ?? 0) > 0);
				// Encoders begin with the smallest layer and add others while they find bandwidth.
				const longest = Math.max(0, ...sent.map((track) => timesOf(track).lastMs - timesOf(track).firstMs));
				if (longest < limits.rampUp.value) return [];
				return layers
					.filter((track) => sentPackets(track) === 0 || (sentPackets(track) === null && lastOf(track, 'active') === false))
					.map((track) => ({
						values: { rid: text(lastOf(track, 'rid'))!, why: whyUnsent(view, track), source: sourceOf(view, track) },
						track: track.id
					}));
			})
	},
	{
		id: 'bitrate-limited-by-description',
		severity: 'info',
		nextStep: 'look-at-declared-bandwidth',
		find: (view, limits) => heldByDescription(view, limits.rampUp.value)
	}
];
