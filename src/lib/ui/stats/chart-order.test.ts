import { expect, test } from 'vitest';
import { chartsByFindings } from './chart-order';
import type { WireChart } from './wire-series';

const chart = (id: string, ...lines: number[][]): WireChart => ({
	id,
	title: id,
	series: lines.map((v, i) => ({
		id: `${i}`,
		label: `line ${i}`,
		unit: 'ms',
		color: 1,
		series: { tMs: Float64Array.from(v.keys()), v: Float64Array.from(v) }
	}))
});
const CHARTS = [
	chart('round-trip', [5, 5]),
	chart('loss', [0, 0.2, NaN]),
	chart('jitter', [3, NaN, 3], [4]),
	chart('freezes', [0, 1])
];

test.each<[string, (string | null)[], string[], string[]]>([
	['without findings in the order of the table', [], ['loss', 'freezes'], ['round-trip', 'jitter']],
	['what a finding shows comes first', [null, 'freeze-share', 'loss-in'], ['freezes', 'loss'], ['round-trip', 'jitter']],
	['what a finding shows is drawn, though it never changes', ['round-trip-time'], ['round-trip', 'loss', 'freezes'], ['jitter']]
])('%s', (_, metrics, drawn, steady) => {
	const found = chartsByFindings(CHARTS, metrics);
	expect([found.drawn.map(({ id }) => id), found.steady.map(({ id }) => id)]).toEqual([drawn, steady]);
});

test('a chart that is left out is told by its values, one a line', () => {
	const [jitter] = chartsByFindings([CHARTS[2]!], []).steady;
	expect(jitter!.lines).toEqual([
		{ label: 'line 0', unit: 'ms', value: 3 },
		{ label: 'line 1', unit: 'ms', value: 4 }
	]);
});

test('a chart with one line that changes is drawn whole', () => {
	expect(chartsByFindings([chart('jitter', [3, 3], [1, 2])], [])).toMatchObject({ drawn: [{ id: 'jitter' }], steady: [] });
});
