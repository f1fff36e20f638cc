/** Videos that are sent smaller, or with fewer frames, than their source gives them, though the browser names nothing that limits them. */
import { changesOf, rateOf } from '../../recording/counters';
import { column, kindOf, lastOf, number, text, tracksOf } from '../../recording/connection';
import type { Column, StatsTrack } from '../../recording/recording';
import type { EndingValues } from './ending-values';
import type { MediaValues } from './finding-values';
import { during, type ConnectionView } from './findings-view';
import type { FindingLimits } from './findings-limits';
import { heldByPage, isDeclared } from './held-encoder';
import { one } from './rule-help';
import type { Hit } from './stats-rule';

/** Half the height or less: what a page asks for by halves and quarters, and no rounding of an encoder. */
const FAR_BELOW = 2;

/** The one encoding of a video, and its source; layers of simulcast are meant to differ. An encoder with few bits makes less of them. */
function sentVideos(view: ConnectionView, limits: FindingLimits): { sent: StatsTrack; source: StatsTrack }[] {
	if (heldByPage(view, limits).length > 0) return [];
	const sources = tracksOf(view.connection, 'media-source').filter((track) => kindOf(track) === 'video');
	return tracksOf(view.connection, 'outbound-rtp').flatMap((sent) => {
		const id = text(lastOf(sent, 'mediaSourceId'));
		const source = sources.find((each) => each.id === id);
		const isOne = kindOf(sent) === 'video' && text(lastOf(sent, 'rid')) === null && lastOf(sent, 'active') !== false;
		return isOne && source && !isDeclared(view, text(lastOf(sent, 'mid'))) ? [{ sent, source }] : [];
	});
}

/** From which sample on something was so to the end. */
function sinceMs(tMs: readonly number[], isSo: (index: number) => boolean): number | null {
	let from = tMs.length;
	while (from > 0 && isSo(from - 1)) from--;
	return from < tMs.length ? tMs[from]! : null;
}

/** Since a time the browser said at each sample that nothing limits the encoder. */
function isUnlimited(sent: StatsTrack, fromMs: number): boolean {
	const reasons = column(sent, 'qualityLimitationReason');
	return reasons !== null && reasons.v.every((reason, i) => reasons.tMs[i]! < fromMs || reason === 'none');
}

const atTime = (samples: Column | null, tMs: number): number | null => {
	const index = samples?.tMs.indexOf(tMs) ?? -1;
	return index < 0 ? null : number(samples!.v[index]);
};

export function reducedSize(view: ConnectionView, limits: FindingLimits): Hit<MediaValues['size-reduced-by-page']>[] {
	return sentVideos(view, limits).flatMap(({ sent, source }) => {
		const [heights, sourceHeights] = [column(sent, 'frameHeight'), column(source, 'height')];
		if (!heights || !sourceHeights) return [];
		const { tMs, v } = heights;
		const isSmall = (i: number) => {
			const [height, whole] = [number(v[i]), atTime(sourceHeights, tMs[i]!)];
			return height !== null && height > 0 && whole !== null && whole >= FAR_BELOW * height;
		};
		const fromMs = sinceMs(tMs, isSmall);
		const toMs = tMs.at(-1)!;
		if (fromMs === null || toMs - fromMs < limits.limited.value || !isUnlimited(sent, fromMs)) return [];
		const [widthPx, heightPx, sourceWidthPx, sourceHeightPx] = [
			lastOf(sent, 'frameWidth'),
			lastOf(sent, 'frameHeight'),
			lastOf(source, 'width'),
			lastOf(source, 'height')
		].map(number);
		if (!widthPx || !heightPx || !sourceWidthPx || !sourceHeightPx) return [];
		const values = { ...during(view, { fromMs, toMs }), widthPx, heightPx, sourceWidthPx, sourceHeightPx };
		return one(values, { atMs: fromMs, untilMs: toMs, track: sent.id });
	});
}

/** The frames that a source gave, before a page's limits where the browser tells those apart (W3C mediacapture-extensions §8). */
const SOURCE_FRAMES = ['track.deliveredFrames', 'frames'] as const;

export function reducedFrameRate(view: ConnectionView, limits: FindingLimits): Hit<MediaValues['frame-rate-reduced-by-page']>[] {
	return sentVideos(view, limits).flatMap(({ sent, source }) => {
		const [counted, given] = [column(sent, 'framesSent'), SOURCE_FRAMES.map((field) => column(source, field)).find(Boolean)];
		if (!counted || !given) return [];
		const [rates, sourceRates] = [counted, given].map((samples) => rateOf(changesOf(samples)));
		const rateAt = new Map(sourceRates!.tMs.map((t, i) => [t, sourceRates!.v[i]!]));
		const isSlow = (i: number) => {
			const [rate, whole] = [rates!.v[i]!, rateAt.get(rates!.tMs[i]!) ?? null];
			return rate !== null && rate > 0 && whole !== null && whole >= FAR_BELOW * rate && whole >= LEAST_RATE;
		};
		const fromMs = sinceMs(rates!.tMs, isSlow);
		const toMs = rates!.tMs.at(-1)!;
		if (fromMs === null || toMs - fromMs < limits.limited.value || !isUnlimited(sent, fromMs)) return [];
		const mean = (samples: Column) => (1000 * grown(samples, fromMs)) / (toMs - fromMs);
		const values = { ...during(view, { fromMs, toMs }), framesPerSecond: mean(counted), sourceFramesPerSecond: mean(given!) };
		return one(values, { atMs: fromMs, untilMs: toMs, track: sent.id });
	});
}

/** Below it a source gives frames when something changes, as a screen does. */
const LEAST_RATE = 5;

function grown({ tMs, v }: Column, fromMs: number): number {
	const from = tMs.findIndex((t) => t >= fromMs);
	return (number(v.at(-1)) ?? 0) - (number(v[from]) ?? 0);
}

/** A video of so many frames a second moves by itself, and one of so few hardly at all. */
const MOVING_RATE = 10;
const STILL_RATE = 2.5;

/** Videos that moved and hardly do since: a camera that is gone, of which Firefox sends a black frame a second; a screen that stands still. */
export function slowedVideo(view: ConnectionView, limits: FindingLimits): Hit<EndingValues['video-slowed']>[] {
	if (reducedFrameRate(view, limits).length > 0) return [];
	return tracksOf(view.connection, 'outbound-rtp').flatMap((sent) => {
		const counted = column(sent, 'framesSent');
		if (kindOf(sent) !== 'video' || text(lastOf(sent, 'rid')) !== null || !counted) return [];
		const { tMs, v } = rateOf(changesOf(counted));
		const fromMs = sinceMs(tMs, (i) => v[i] !== null && v[i]! <= STILL_RATE);
		const toMs = tMs.at(-1) ?? 0;
		if (fromMs === null || toMs - fromMs < limits.silence.value) return [];
		if (column(sent, 'qualityLimitationReason') && !isUnlimited(sent, fromMs)) return [];
		const before = v.filter((rate, i): rate is number => rate !== null && tMs[i]! < fromMs);
		const beforePerSecond = before.reduce((a, b) => a + b, 0) / Math.max(1, before.length);
		const framesPerSecond = (1000 * grown(counted, fromMs)) / (toMs - fromMs);
		// Where none is sent at all the source, the track or the encoding tells why.
		if (framesPerSecond === 0 || beforePerSecond < MOVING_RATE) return [];
		const values = { ...during(view, { fromMs, toMs }), beforePerSecond, framesPerSecond };
		return one(values, { atMs: fromMs, untilMs: toMs, track: sent.id });
	});
}
