/** States over time: candidate pairs and quality limitation, in words and as a table. */
import { getByRole, getByText, queryByText } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { press, show, textOf, textsOf, until } from '../../../../tests/support/components/show';
import { appendPoll } from '../../core/recording/append';
import { pairsOf } from '../../core/recording/connection';
import { emptyConnection } from '../../core/recording/report-recording';
import BandChart from './BandChart.svelte';
import PairHeatMap from './PairHeatMap.svelte';
import { trafficOfPairs } from '../../core/report/export/recording-charts';
import { TimeView } from './time-view.svelte';

const viewOf = (toMs: number) => Object.assign(new TimeView(), { domain: { fromMs: 0, toMs } });

describe('quality limitation', () => {
	const rows = [
		{
			id: 'v',
			label: 'Outbound, video',
			spans: [
				{ fromMs: 0, toMs: 4000, value: 'none' },
				{ fromMs: 4000, toMs: 9000, value: 'bandwidth' }
			]
		}
	];
	const chart = () => {
		const view = viewOf(10_000);
		return { view, page: show(BandChart, { title: 'Limits', rows, view }) };
	};

	test('the legend has the states that occur, and no others', () => {
		expect(textsOf(chart().page, '.legend li')).toEqual(['none', 'bandwidth']);
	});

	test.each([
		[1000, 'Outbound, video none'],
		[5000, 'Outbound, video bandwidth'],
		[9500, 'Outbound, video –']
	])('at %i ms the crosshair reads "%s"', async (atMs, reading) => {
		const { view, page } = chart();
		view.cursorMs = atMs;
		const slider = getByRole(page, 'slider', { name: 'Limits: time' });
		await until(() => expect(slider.getAttribute('aria-valuetext')).toBe(`0:0${Math.floor(atMs / 1000)}: ${reading}`));
	});

	test('as a table: each state with its time', async () => {
		const { page } = chart();
		await press(getByRole(page, 'button', { name: 'Data of Limits' }));
		expect([...page.querySelectorAll('tbody tr')].map((row) => textsOf(row, 'th, td'))).toEqual([
			['Outbound, video', 'none', '0:00.0', '0:04.0'],
			['Outbound, video', 'bandwidth', '0:04.0', '0:09.0']
		]);
		expect(textOf(page.querySelector('caption'))).toBe('Limits: each state with its time.');
	});

	test('nothing is said of what was never measured', () => {
		const page = show(BandChart, { title: 'Limits', rows: [], view: viewOf(1000) });
		getByText(page, 'Nothing measured yet.');
	});
});

describe('candidate pairs over time', () => {
	/** The last of them carries the call. */
	function connectionOf(pairs: number) {
		const connection = emptyConnection('pc', 'PC', null);
		for (let second = 0; second < 5; second++) {
			const timestamp = second * 1000;
			const list = Array.from({ length: pairs }, (_, i) => ({
				id: `p${i}`,
				type: 'candidate-pair',
				timestamp,
				state: i === pairs - 1 ? 'succeeded' : 'failed',
				bytesSent: i === pairs - 1 ? second * 1000 : 0
			}));
			const transport = { id: 'T', type: 'transport', timestamp, selectedCandidatePairId: `p${pairs - 1}` };
			appendPoll(connection, [transport, ...list], { atMs: timestamp, epochOffsetMs: null });
		}
		return connection;
	}
	const mapOf = (pairs: number) => {
		const connection = connectionOf(pairs);
		const heat = trafficOfPairs(connection);
		return show(PairHeatMap, { title: 'Pairs', pairs: pairsOf(connection), heat, view: viewOf(4000) });
	};
	const rowsOf = (page: HTMLElement) => page.querySelectorAll('p.label').length;

	test('the one that carried the call comes first, and the mark below it is explained', async () => {
		const page = mapOf(3);
		getByText(page, 'selected for media');
		await press(getByRole(page, 'button', { name: 'Data of Pairs' }));
		const first = textsOf(page, 'tbody tr:first-child > *');
		expect(first[1]).toBe('works');
		expect([...page.querySelectorAll('tbody tr')].map((row) => textsOf(row, 'td')[0])).toContain('selected for media');
	});

	test('of many eight are shown, and all when asked for', async () => {
		const page = mapOf(12);
		expect(rowsOf(page)).toBe(8);
		await press(getByText(page, 'Show all 12 pairs'));
		expect(rowsOf(page)).toBe(12);
		await press(getByText(page, 'Show the first 8'));
		expect(rowsOf(page)).toBe(8);
	});

	test('of few all are shown, without a button', () => {
		const page = mapOf(8);
		expect([rowsOf(page), queryByText(page, /^Show all/)]).toEqual([8, null]);
	});
});
