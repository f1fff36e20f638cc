/** What a chart says besides its picture: the legend, the reading under the crosshair, sentences, tables and files. */
import { getAllByRole, getByRole, queryByRole } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { recordingOf } from '../../../../tests/golden/calls-table';
import { press, show, textOf, textsOf, until } from '../../../../tests/support/components/show';
import { chartsOf } from '../../core/report/export/recording-charts';
import TimeChart from './TimeChart.svelte';
import { TimeView } from './time-view.svelte';

/** A call of 20 s: 2 % lost on the way there. */
const CALL = recordingOf({ seconds: 20, rttMs: 20, forth: { lossRatio: 0.02 } });
const CHARTS = chartsOf(CALL);
const chartOf = (id: string) => CHARTS.find((chart) => chart.id === id)!;

function figureOf(id: string, given: { events?: { atMs: number; label: string; kind: 'action' }[]; lastKnown?: boolean } = {}) {
	const view = new TimeView();
	view.setDomain(0, 20_000);
	const page = show(TimeChart, { ...chartOf(id), view, ...given });
	const figure = getByRole(page, 'figure', { name: chartOf(id).title });
	return { view, figure, slider: getByRole(figure, 'slider'), data: getByRole(figure, 'button', { name: /^Data of/ }) };
}

const key = (element: Element, name: string, more: KeyboardEventInit = {}) => {
	const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more });
	element.dispatchEvent(event);
	return until(() => event);
};

test('the legend names each line, with its latest value', () => {
	const { figure } = figureOf('round-trip');
	expect(textsOf(figure, '.legend li')).toEqual(['Caller 20 ms', 'Callee 20 ms']);
});

test('the legend says where times are only approximate, and tells directions by dashes', () => {
	const view = new TimeView();
	const [line] = chartOf('bitrate-in').series;
	const series = [
		{ ...line!, id: 'a', label: 'one', approximate: true },
		{ ...line!, id: 'b', label: 'other', dashed: true }
	];
	const page = show(TimeChart, { title: 'T', series, view });
	expect(textsOf(page, '.legend .label')).toEqual(['one (times approximate)', 'other']);
	expect([...page.querySelectorAll('.legend line')].map((one) => one.hasAttribute('stroke-dasharray'))).toEqual([false, true]);
});

describe('the crosshair, for those who use the keyboard', () => {
	test('has no time until one is chosen, and is described by what the lines do', () => {
		const { slider, figure } = figureOf('round-trip');
		expect(slider.getAttribute('aria-valuetext')).toBe('No time chosen');
		const said = figure.querySelector(`#${CSS.escape(slider.getAttribute('aria-describedby')!)}`);
		expect(textOf(said)).toMatch(/^Caller: 20 ms throughout.*\. Callee: 20 ms throughout.*\. Arrow keys move through time/);
	});

	test.each([
		['End', '0:20: Caller 20 ms, Callee 20 ms'],
		['ArrowLeft', '0:19: Caller 20 ms, Callee 20 ms'],
		['PageDown', '0:18: Caller 20 ms, Callee 20 ms']
	])('%s from the end reads "%s"', async (name, reading) => {
		const { slider } = figureOf('round-trip');
		await key(slider, name);
		await until(() => expect(slider.getAttribute('aria-valuetext')).toBe(reading));
	});

	test('goes sample by sample, and reads nothing where nothing was measured', async () => {
		const { slider, view } = figureOf('loss');
		view.cursorMs = 0;
		await until(() => expect(slider.getAttribute('aria-valuetext')).toMatch(/^0:00: /));
		await key(slider, 'ArrowRight');
		await until(() => expect(slider.getAttribute('aria-valuetext')).toMatch(/^0:01: .*Outbound, video, media 2\.0 %/));
		expect(slider.getAttribute('aria-valuenow')).toBe('1');
	});

	test('zooms, shows everything again, and goes away', async () => {
		const { slider, view } = figureOf('round-trip');
		await key(slider, '+');
		expect(view.zoom).not.toBeNull();
		await key(slider, '0');
		expect(view.zoom).toBeNull();
		await key(slider, 'Home');
		expect(view.cursorMs).toBe(0);
		await key(slider, 'Escape');
		expect(view.cursorMs).toBeNull();
		await key(slider, '+', { ctrlKey: true });
		expect(view.zoom).toBeNull();
	});

	test('is read by the legend too, and drawn only where it is in the part that is shown', async () => {
		const { figure, view } = figureOf('bitrate-in');
		view.cursorMs = 10_000;
		await until(() => expect(figure.querySelector('.crosshair')).not.toBeNull());
		for (const value of textsOf(figure, '.legend .value')) expect(value).toMatch(/^[\d.]+ [kM]?bit\/s$/);
		view.zoomTo(0, 5000);
		await until(() => expect(figure.querySelector('.crosshair')).toBeNull());
	});
});

describe('values without a crosshair', () => {
	const view = () => Object.assign(new TimeView(), { domain: { fromMs: 0, toMs: 60_000 } });

	test('are none for a recording that ended earlier', () => {
		expect(textsOf(show(TimeChart, { ...chartOf('round-trip'), view: view() }), '.value')).toEqual(['–', '–']);
	});

	test('are the last ones where that is asked for', () => {
		const page = show(TimeChart, { ...chartOf('round-trip'), view: view(), lastKnown: true });
		expect(textsOf(page, '.value')).toEqual(['20 ms', '20 ms']);
	});
});

test('a chart without a value says that nothing was measured yet', () => {
	const [line] = chartOf('round-trip').series;
	const page = show(TimeChart, { title: 'T', series: [{ ...line!, series: { tMs: [0], v: [null] } }], view: new TimeView() });
	expect(textOf(page.querySelector('.empty'))).toBe('Nothing measured yet.');
});

describe('the data behind the picture', () => {
	test('opens and closes with the button that says so', async () => {
		const { figure, data } = figureOf('round-trip');
		expect([data.getAttribute('aria-expanded'), queryByRole(figure, 'table')]).toEqual(['false', null]);
		await press(data);
		expect([data.getAttribute('aria-expanded'), textOf(data)]).toEqual(['true', 'Close']);
		expect(getAllByRole(figure, 'table')).toHaveLength(2);
		await press(data);
		expect(queryByRole(figure, 'table')).toBeNull();
	});

	test('sums each line up, lists means by time, and what happened', async () => {
		const { figure, data } = figureOf('round-trip', { events: [{ atMs: 12_340, label: 'ICE was restarted.', kind: 'action' }] });
		await press(data);
		const [summary, values] = getAllByRole(figure, 'table');
		expect(textOf(summary!.querySelector('caption'))).toBe('From 0:00 to 0:20');
		expect(textsOf(summary!, 'tbody tr:first-child > *').slice(0, 5)).toEqual(['Caller', '20 ms', '20 ms', '20 ms', '20 ms']);
		expect(textOf(values!.querySelector('caption'))).toBe('Means over 1 s. The CSV file holds every point.');
		expect(values!.querySelectorAll('tbody tr').length).toBeGreaterThan(18);
		expect(textsOf(figure, 'li').at(-1)).toBe('0:12.3 ICE was restarted.');
	});

	test('is of the part that is shown, and read again when asked for', async () => {
		const { figure, data, view } = figureOf('round-trip');
		view.zoomTo(5000, 10_000);
		await press(data);
		expect(textOf(figure.querySelector('caption'))).toBe('From 0:05 to 0:10');
		view.zoomTo(10_000, 15_000);
		await press(getByRole(figure, 'button', { name: 'Read again' }));
		expect(textOf(figure.querySelector('caption'))).toBe('From 0:10 to 0:15');
	});

	test('is a CSV file with a column for each line', async () => {
		const { figure, data } = figureOf('bitrate-in');
		await press(data);
		const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:icelens');
		const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
		await press(getByRole(figure, 'button', { name: 'Download CSV' }));
		const lines = (await (made.mock.calls[0]![0] as Blob).text()).trim().split('\r\n');
		expect(lines[0]).toMatch(/^time_ms,"?Outbound, audio \[bit\/s\]/);
		expect(lines.length).toBeGreaterThan(18);
		expect((click.mock.contexts[0] as HTMLAnchorElement).download).toMatch(/\.csv$/);
		vi.restoreAllMocks();
	});
});
