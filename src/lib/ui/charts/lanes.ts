/** Lanes: rows of named states over time, on one canvas. Candidate pairs and the quality limitation of encoders are drawn with it. */
import { indexAt } from './reading';
import type { Series } from '../../core/recording/series';
import type { Band } from '../../core/report/export/chart-data';
import type { Span } from './time-view.svelte';

/** States differ by pattern as well as by colour. */
export type Pattern = 'solid' | 'stripes' | 'dots' | 'cross';

export interface LaneState {
	state: string;
	label: string;
	/** A custom property of the theme. */
	color: string;
	pattern: Pattern;
}

export interface Lane {
	id: string;
	label: string;
	detail?: string;
	bands: readonly Band[];
	/** Stretches that are marked by a thick line below. */
	marked?: readonly { fromMs: number; toMs: number }[];
	/** How much goes on: deeper colour for more. Null leaves the state's colour as it is. */
	heat?: Series | null;
}

/** Heights, CSS px: the label's line, the bar, the mark below it, and the space to the next lane. */
export const LANE = { label: 20, bar: 14, mark: 4, gap: 8 };
export const LANE_PX = LANE.label + LANE.bar + LANE.mark + LANE.gap;

/** `colors`: computed colours by custom property. */
export interface LanePicture {
	lanes: readonly Lane[];
	states: readonly LaneState[];
	shown: Span;
	colors: ReadonlyMap<string, string>;
	/** Colour of the marks. */
	mark: string;
	empty: string;
}

export function drawLanes(canvas: HTMLCanvasElement, picture: LanePicture, left: number, right: number): void {
	const { clientWidth: width, clientHeight: height } = canvas;
	const ratio = devicePixelRatio || 1;
	canvas.width = Math.round(width * ratio);
	canvas.height = Math.round(height * ratio);
	const ctx = canvas.getContext('2d')!;
	ctx.scale(ratio, ratio);
	const { fromMs, toMs } = picture.shown;
	const inner = width - left - right;
	const toPx = (ms: number) => left + ((Math.min(Math.max(ms, fromMs), toMs) - fromMs) / (toMs - fromMs)) * inner;
	const fills = new Map(
		picture.states.map(({ state, color, pattern }) => [state, fillOf(ctx, picture.colors.get(color)!, pattern, ratio)])
	);
	picture.lanes.forEach((lane, i) => {
		const top = i * LANE_PX + LANE.label;
		ctx.fillStyle = picture.empty;
		ctx.fillRect(left, top + LANE.bar / 2 - 0.5, inner, 1);
		const most = lane.heat ? Math.max(0, ...lane.heat.v.map((v) => v ?? 0)) : 0;
		for (const band of lane.bands) {
			if (band.toMs < fromMs || band.fromMs > toMs) continue;
			const from = Math.round(toPx(band.fromMs));
			const wide = Math.max(2, Math.round(toPx(band.toMs)) - from);
			ctx.fillStyle = fills.get(band.state) ?? picture.empty;
			if (!lane.heat || most === 0) {
				ctx.fillRect(from, top, wide, LANE.bar);
				continue;
			}
			const step = 3;
			for (let x = from; x < from + wide; x += step) {
				const atMs = fromMs + ((x + step / 2 - left) / inner) * (toMs - fromMs);
				const value = lane.heat.v[indexAt(lane.heat.tMs, atMs)] ?? 0;
				// A root, so that a trickle differs from nothing as plainly as a flood from a stream.
				ctx.globalAlpha = 0.25 + 0.75 * Math.sqrt(value / most);
				ctx.fillRect(x, top, Math.min(step, from + wide - x), LANE.bar);
			}
			ctx.globalAlpha = 1;
		}
		ctx.fillStyle = picture.mark;
		for (const { fromMs: a, toMs: b } of lane.marked ?? []) {
			if (b < fromMs || a > toMs) continue;
			ctx.fillRect(toPx(a), top + LANE.bar + 1, Math.max(2, toPx(b) - toPx(a)), LANE.mark - 1);
		}
	});
}

/** A colour as a fill with a pattern, for any canvas. */
function fillOf(ctx: CanvasRenderingContext2D, color: string, pattern: Pattern, ratio: number): string | CanvasPattern {
	if (pattern === 'solid') return color;
	const tile = document.createElement('canvas');
	const size = 6;
	tile.width = tile.height = size * ratio;
	const pen = tile.getContext('2d')!;
	pen.scale(ratio, ratio);
	pen.fillStyle = pen.strokeStyle = color;
	pen.globalAlpha = 0.25;
	pen.fillRect(0, 0, size, size);
	pen.globalAlpha = 1;
	pen.lineWidth = 1.3;
	pen.beginPath();
	if (pattern === 'dots') pen.arc(3, 3, 1.1, 0, 7);
	for (const at of pattern === 'dots' ? [] : [-3, 3, 9]) {
		pen.moveTo(at - 4, 7);
		pen.lineTo(at + 4, -1);
		if (pattern !== 'cross') continue;
		pen.moveTo(at - 4, -1);
		pen.lineTo(at + 4, 7);
	}
	if (pattern === 'dots') pen.fill();
	else pen.stroke();
	const fill = ctx.createPattern(tile, 'repeat')!;
	fill.setTransform(new DOMMatrix().scale(1 / ratio));
	return fill;
}

/** One swatch of the legend. */
export function drawSwatch(canvas: HTMLCanvasElement, color: string, pattern: Pattern): void {
	const ratio = devicePixelRatio || 1;
	canvas.width = 18 * ratio;
	canvas.height = 12 * ratio;
	const ctx = canvas.getContext('2d')!;
	ctx.scale(ratio, ratio);
	ctx.fillStyle = fillOf(ctx, color, pattern, ratio);
	ctx.fillRect(0, 0, 18, 12);
}

/** The state a lane is in at a time; null in none. */
export function stateAt(lane: Lane, atMs: number): string | null {
	return lane.bands.findLast(({ fromMs, toMs }) => fromMs <= atMs && atMs <= toMs)?.state ?? null;
}
