/** A chart of series over time as SVG text, for documents that stand alone. Gaps stay gaps; the words say what the lines do. */
import type { Unit } from '../../recording/metric';
import type { Series } from '../../recording/series';
import { spreadOf } from '../../recording/spread';
import { envelope } from '../../recording/thinning';
import { escapeXml } from '../../base/escape';
import type { Language } from '../../messages/language';

export interface ChartLine {
	label: string;
	series: Series;
}

export interface Chart {
	title: string;
	unit: Unit;
	lines: ChartLine[];
}

/** Pixels of the drawing; it scales with the page. */
const WIDTH = 680;
const HEIGHT = 190;
const LEFT = 78;
const RIGHT = 8;
const TOP = 12;
const BOTTOM = 26;
/** More points than pixels cannot be seen. */
const POINTS_AT_MOST = WIDTH - LEFT - RIGHT;
/** The palette has so many; further lines begin anew. */
export const LINE_COLOURS = 8;

/** In words, for those who cannot see it: median, least and most of each line. */
export function chartLabel({ title, unit, lines }: Chart, { document: { charts: words }, quantity }: Language): string {
	const said = lines.map(({ label, series }) => {
		const spread = spreadOf(series.v);
		if (!spread) return words.nothingMeasured(label);
		return words.spread(label, quantity(unit, spread.median), quantity(unit, spread.least), quantity(unit, spread.most));
	});
	return words.label(title, said);
}

/** Empty where no line has a value. */
export function chartSvg(chart: Chart, language: Language): string {
	const { unit, lines } = chart;
	const times = lines.flatMap(({ series: { tMs } }) => (tMs.length === 0 ? [] : [tMs[0]!, tMs.at(-1)!]));
	const most = lines.reduce((most, { series }) => series.v.reduce<number>((m, v) => (v !== null && v > m ? v : m), most), 0);
	if (times.length === 0) return '';
	const [from, to] = [Math.min(...times), Math.max(...times)];
	const top = niceTop(most);
	const x = (tMs: number) => round(LEFT + ((tMs - from) / Math.max(1, to - from)) * (WIDTH - LEFT - RIGHT));
	const y = (value: number) => round(HEIGHT - BOTTOM - (Math.max(0, value) / top) * (HEIGHT - TOP - BOTTOM));
	return [
		`<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escapeXml(chartLabel(chart, language))}">`,
		...[0, 0.5, 1].flatMap((share) => {
			const at = y(top * share);
			return [
				`<path class="grid" d="M${LEFT} ${at}H${WIDTH - RIGHT}"/>`,
				`<text class="quiet end" x="${LEFT - 8}" y="${at + 4}">${escapeXml(language.quantity(unit, top * share))}</text>`
			];
		}),
		...timeTicks(from, to).map((t) => {
			const anchor = t > (to - from) * 0.95 ? 'end' : 'middle';
			return `<text class="quiet ${anchor}" x="${x(from + t)}" y="${HEIGHT - 6}">${escapeXml(`${round(t / 1000)} s`)}</text>`;
		}),
		...lines.map(({ series }, i) => `<path class="series l${(i % LINE_COLOURS) + 1}" d="${pathOf(series, x, y)}"/>`),
		'</svg>'
	].join('');
}

function pathOf(series: Series, x: (t: number) => number, y: (value: number) => number): string {
	const { tMs, v } = envelope(series, POINTS_AT_MOST);
	let path = '';
	let open = false;
	for (let i = 0; i < tMs.length; i++) {
		const value = v[i];
		if (value === null || value === undefined) {
			open = false;
			continue;
		}
		const lonely = !open && (v[i + 1] === null || v[i + 1] === undefined);
		path += `${open ? 'L' : 'M'}${x(tMs[i]!)} ${y(value)}${lonely ? 'h1.5' : ''}`;
		open = true;
	}
	return path;
}

/** 1, 2 or 5 times a power of ten, not below the largest value. */
function niceTop(most: number): number {
	if (!(most > 0)) return 1;
	const power = 10 ** Math.floor(Math.log10(most));
	return [1, 2, 5, 10].map((factor) => factor * power).find((value) => value >= most)!;
}

function timeTicks(from: number, to: number): number[] {
	const step = niceTop(Math.max(1000, (to - from) / 6));
	return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, i) => i * step);
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
