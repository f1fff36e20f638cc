/** What the charts say. */
import { count, formatUnit } from '../../core/base/format';
import { formatElapsed } from './units';
import type { Summary } from './reading';

export const words = {
	loading: 'Loading the charts',
	noData: 'Nothing measured yet.',
	data: 'Data',
	dataOf: (title: string) => `Data of ${title}`,
	hide: 'Close',
	csv: 'Download CSV',
	png: 'Download PNG',
	refresh: 'Read again',
	cursor: (title: string) => `${title}: time`,
	noTime: 'No time chosen',
	keys: 'Arrow keys move through time, plus and minus zoom, zero shows everything, Escape takes the cursor away.',
	approximate: 'times approximate',
	bar: {
		label: 'Time shown',
		span: 'Show',
		all: 'All',
		minutes: (n: number) => (n === 1 ? 'Last minute' : `Last ${n} minutes`),
		in: 'Zoom in',
		out: 'Zoom out',
		everything: 'Show everything',
		pause: 'Pause the charts',
		resume: 'Go on',
		hint: 'Drag over a chart to zoom. Ctrl and the wheel zoom too.',
		paused: 'The charts stand still; measuring goes on.',
		at: (time: string) => `At ${time}`,
		shown: (from: string, to: string) => `${from} to ${to}`
	},
	table: {
		summary: (from: string, to: string) => `From ${from} to ${to}`,
		series: 'Series',
		latest: 'Latest',
		median: 'Median',
		lowest: 'Lowest',
		highest: 'Highest',
		highestAt: 'Highest at',
		gaps: 'Gaps',
		time: 'Time',
		values: (step: string) => `Means over ${step}. The CSV file holds every point.`,
		events: 'Events'
	},
	recording: {
		charts: 'Charts',
		empty: 'The charts appear with the first statistics.',
		pairsOf: (name: string) => `Candidate pairs of ${name}`,
		limits: 'Quality limitation',
		directions: 'Outbound is from the caller to the callee, inbound the other way (dashed).',
		csvAll: 'Download all as CSV'
	},
	pairs: {
		selected: 'selected for media',
		all: (n: number) => `Show all ${n} pairs`,
		fewer: (n: number) => `Show the first ${n}`
	},
	limits: { none: 'none', bandwidth: 'bandwidth', cpu: 'CPU', other: 'other' },
	events: { event: 'Event', none: 'nothing happened' },
	lanes: {
		row: 'Row',
		state: 'State',
		from: 'From',
		to: 'To',
		caption: (title: string) => `${title}: each state with its time.`
	}
};

/** One series in a sentence, for those who cannot see the line. */
export function sentenceOf(label: string, unit: string, summary: Summary, originMs: number): string {
	if (summary.count === 0) return `${label}: nothing measured.`;
	const { latest, median, lowest, highest, highestAtMs, gaps } = summary;
	const value = (v: number | null) => formatUnit(unit, v);
	const steady = lowest === highest;
	const spread = steady
		? `${value(median)} throughout`
		: `latest ${value(latest)}, median ${value(median)}, from ${value(lowest)} to ${value(highest)}, highest at ${formatElapsed(highestAtMs! - originMs)}`;
	return `${label}: ${spread}${gaps === 0 ? '' : `, ${count(gaps, 'gap')}`}.`;
}
