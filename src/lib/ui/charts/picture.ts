/** A chart as a picture, and the name of its file. */
import type { ChartSeries } from '../../core/report/export/chart-data';
import type { ChartColors } from './palette';

/** `Round-trip time` becomes `round-trip-time`. */
export function fileName(title: string, ending: string): string {
	return `icelens-${title
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-|-$/g, '')}.${ending}`;
}

/** The chart with its title and legend on the theme's surface, as a picture that can stand alone. */
export function pictureOf(
	canvas: HTMLCanvasElement,
	heading: string,
	series: readonly ChartSeries[],
	colors: ChartColors
): Promise<Blob> {
	const ratio = canvas.width / canvas.clientWidth;
	const width = canvas.clientWidth + 24;
	const lines = legendLines(series, width - 24, colors.font);
	const top = 40 + 20 * lines.length;
	const out = document.createElement('canvas');
	out.width = width * ratio;
	out.height = (canvas.clientHeight + top + 12) * ratio;
	const ctx = out.getContext('2d')!;
	ctx.scale(ratio, ratio);
	ctx.fillStyle = colors.surface;
	ctx.fillRect(0, 0, out.width, out.height);
	ctx.textBaseline = 'middle';
	ctx.fillStyle = colors.ink;
	ctx.font = `600 15px ${colors.font}`;
	ctx.fillText(heading, 12, 20);
	ctx.font = `12px ${colors.font}`;
	lines.forEach((line, row) => {
		for (const { x, entry } of line) {
			const y = 44 + 20 * row;
			ctx.strokeStyle = colors.line[entry.color];
			ctx.lineWidth = 2.5;
			ctx.setLineDash(entry.dashed ? [4, 3] : []);
			ctx.beginPath();
			ctx.moveTo(12 + x, y);
			ctx.lineTo(30 + x, y);
			ctx.stroke();
			ctx.fillStyle = colors.ink;
			ctx.fillText(entry.label, 36 + x, y);
		}
	});
	ctx.drawImage(canvas, 12, top, canvas.clientWidth, canvas.clientHeight);
	return new Promise((resolve, reject) =>
		out.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The browser made no picture.'))), 'image/png')
	);
}

function legendLines(series: readonly ChartSeries[], width: number, font: string) {
	const ctx = document.createElement('canvas').getContext('2d')!;
	ctx.font = `12px ${font}`;
	const lines: { x: number; entry: ChartSeries }[][] = [];
	let x = Infinity;
	for (const entry of series) {
		const needs = 24 + ctx.measureText(entry.label).width + 18;
		if (x + needs > width) {
			lines.push([]);
			x = 0;
		}
		lines[lines.length - 1]!.push({ x, entry });
		x += needs;
	}
	return lines;
}
