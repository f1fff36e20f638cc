/**
 * One Chart.js line chart, driven by hand: points are thinned for the picture before Chart.js sees them, nothing is animated,
 * and a redraw happens only when it is asked for. Chart.js is loaded with this file, so import it lazily.
 */
import { Chart, LinearScale, LineController, LineElement, PointElement, type ChartDataset, type Plugin } from 'chart.js';
import type { ChartEvent, ChartSeries } from '../../core/report/export/chart-data';
import type { ChartColors } from './palette';
import { pointsBetween, type Point } from './reading';
import type { Span } from './time-view.svelte';
import { formatElapsed, formatTick, scaleOf } from './units';

Chart.register(LineController, LineElement, PointElement, LinearScale);

export interface Picture {
	series: readonly ChartSeries[];
	events: readonly ChartEvent[];
	shown: Span;
	/** What elapsed time counts from. */
	originMs: number;
	colors: ChartColors;
}

export interface LineChart {
	draw(picture: Picture): void;
	resize(): void;
	/** The plotting area, CSS pixels within the canvas. */
	area(): { left: number; right: number; top: number; bottom: number };
	canvas: HTMLCanvasElement;
	destroy(): void;
}

/** Room for the labels of the value axis, the same in all charts, so that times stand below each other. */
const AXIS_PX = 62;
/** Lowest and highest of two pixels look the same as those of one, at half the points for Chart.js to walk through. */
const COLUMN_PX = 2;
/** However many lines a chart has: what it costs to draw is bounded, and so many lines hide each other anyway. */
const POINTS_AT_MOST = 14_000;
/**
 * Where the lines of a chart are longer than this in sum, px, they go up and down so often that they are areas: drawn one
 * device pixel wide they look the same, and a browser that draws without a graphics card takes a fortieth of the time.
 */
const INK_AT_MOST_PX = 20_000;
/** Steps of the time axis, seconds. */
const STEPS_S = [0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 86_400];

/** A round step that leaves about `px` between ticks. */
export function timeStepMs(spanMs: number, widthPx: number, px = 88): number {
	const wanted = (spanMs / 1000) * (px / Math.max(1, widthPx));
	return 1000 * (STEPS_S.find((step) => step >= wanted) ?? STEPS_S[STEPS_S.length - 1]!);
}

export function makeLineChart(canvas: HTMLCanvasElement): LineChart {
	let picture: Picture | null = null;
	let scale = scaleOf('count', 1);

	const marks: Plugin<'line'> = {
		id: 'marks',
		beforeDatasetsDraw(chart) {
			if (!picture) return;
			const { ctx, chartArea, scales } = chart;
			ctx.save();
			ctx.fillStyle = picture.colors.muted;
			ctx.font = `11.5px ${picture.colors.font}`;
			ctx.textAlign = 'right';
			ctx.textBaseline = 'top';
			ctx.fillText(scale.suffix, chartArea.left - 8, 0);
			ctx.lineWidth = 1;
			for (const { atMs, kind } of picture.events) {
				if (atMs < picture.shown.fromMs || atMs > picture.shown.toMs) continue;
				const x = Math.round(scales['x']!.getPixelForValue(atMs)) + 0.5;
				ctx.strokeStyle = ctx.fillStyle = picture.colors[kind];
				ctx.setLineDash(kind === 'state' ? [2, 3] : []);
				ctx.beginPath();
				ctx.moveTo(x, chartArea.top);
				ctx.lineTo(x, chartArea.bottom);
				ctx.stroke();
				ctx.setLineDash([]);
				ctx.beginPath();
				ctx.moveTo(x - 4, chartArea.top - 5);
				ctx.lineTo(x + 4, chartArea.top - 5);
				ctx.lineTo(x, chartArea.top + 1);
				ctx.fill();
			}
			ctx.restore();
		}
	};

	const chart = new Chart(canvas, {
		type: 'line',
		data: { datasets: [] },
		plugins: [marks],
		options: {
			animation: false,
			parsing: false,
			normalized: true,
			responsive: false,
			maintainAspectRatio: false,
			events: [],
			layout: { padding: { top: 20, right: 8 } },
			datasets: { line: { pointRadius: 0, borderWidth: 1.6, borderJoinStyle: 'round', spanGaps: false } },
			scales: {
				x: {
					type: 'linear',
					border: { display: false },
					grid: { drawTicks: false },
					afterBuildTicks(axis) {
						// Round times, whatever the numbers are.
						const { min, max } = axis;
						const origin = picture?.originMs ?? 0;
						const step = timeStepMs(max - min, axis.width);
						axis.ticks = [];
						for (let at = Math.ceil((min - origin) / step) * step; at + origin <= max; at += step)
							axis.ticks.push({ value: at + origin });
					},
					ticks: {
						autoSkip: false,
						maxRotation: 0,
						padding: 6,
						callback(value) {
							const { fromMs, toMs } = picture?.shown ?? { fromMs: 0, toMs: 1e6 };
							return formatElapsed(
								Number(value) - (picture?.originMs ?? 0),
								timeStepMs(toMs - fromMs, canvas.clientWidth) < 1000
							);
						}
					}
				},
				y: {
					type: 'linear',
					beginAtZero: true,
					border: { display: false },
					grid: { drawTicks: false },
					afterFit: (axis) => void (axis.width = AXIS_PX),
					ticks: { maxTicksLimit: 5, padding: 8, callback: (value) => formatTick(scale, Number(value)) }
				}
			}
		}
	});

	function style({ colors }: Picture): void {
		const font = { family: colors.font, size: 11.5 };
		for (const axis of [chart.options.scales!['x']!, chart.options.scales!['y']!]) {
			axis.grid!.color = colors.grid;
			axis.ticks!.color = colors.muted;
			axis.ticks!.font = font;
		}
	}

	let styled: ChartColors | null = null;
	/** The unit is the same for all series of a chart; the largest value in view picks its prefix. */
	function draw(next: Picture): void {
		picture = next;
		if (styled !== next.colors) style((styled = next.colors) && next);
		const { fromMs, toMs } = next.shown;
		const columns = Math.max(
			50,
			Math.floor(Math.min((canvas.clientWidth - AXIS_PX) / COLUMN_PX, POINTS_AT_MOST / 2 / next.series.length))
		);
		let largest = 0;
		let travel = 0;
		const datasets = chart.data.datasets as ChartDataset<'line', Point[]>[];
		datasets.length = Math.min(datasets.length, next.series.length);
		next.series.forEach((line, i) => {
			const data = pointsBetween(line.series, fromMs, toMs, columns);
			// Chart.js watches arrays that can grow, at a price; these do not.
			Object.preventExtensions(data);
			let before: number | null = null;
			for (const { y } of data) {
				if (y !== null && y > largest) largest = y;
				if (y !== null && before !== null) travel += Math.abs(y - before);
				before = y;
			}
			const dataset = datasets[i];
			if (!dataset) datasets.push({ data } as ChartDataset<'line', Point[]>);
			else dataset.data = data;
			datasets[i]!.borderColor = next.colors.line[line.color];
			datasets[i]!.borderDash = line.dashed ? [5, 3] : [];
			datasets[i]!.borderWidth = line.approximate ? 1 : 1.6;
			// A point alone between two gaps is no line: it is shown as a dot.
			datasets[i]!.pointRadius = data.length < 400 ? lonely(data) : 0;
			datasets[i]!.pointBackgroundColor = datasets[i]!.borderColor as string;
			datasets[i]!.pointBorderWidth = 0;
		});
		const isArea = largest > 0 && (travel / largest) * canvas.clientHeight > INK_AT_MOST_PX;
		if (isArea) for (const dataset of datasets) dataset.borderWidth = 1 / chart.currentDevicePixelRatio;
		scale = scaleOf(next.series[0]?.unit ?? 'count', largest);
		const { x, y } = chart.options.scales!;
		x!.min = fromMs;
		x!.max = toMs;
		// In shown units, so that ticks are round after the prefix; and an axis that reaches above nothing.
		y!.suggestedMax = largest > 0 ? undefined : 1 / scale.factor;
		chart.update('none');
	}

	return {
		draw,
		canvas,
		resize: () => {
			const { clientWidth, clientHeight } = canvas.parentElement!;
			if (clientWidth > 0 && clientHeight > 0) chart.resize(clientWidth, clientHeight);
		},
		area: () => chart.chartArea ?? { left: AXIS_PX, right: canvas.clientWidth, top: 0, bottom: canvas.clientHeight },
		destroy: () => chart.destroy()
	};
}

function lonely(data: readonly Point[]): number[] | number {
	const radii = data.map((point, i) => {
		if (point.y === null) return 0;
		const before = i > 0 ? data[i - 1]!.y : null;
		const after = i + 1 < data.length ? data[i + 1]!.y : null;
		return before === null && after === null ? 2 : 0;
	});
	return radii.some((radius) => radius > 0) ? radii : 0;
}
