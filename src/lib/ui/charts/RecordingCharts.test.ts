/** All charts of a recording under one time: which there are, the bar above them, one crosshair in all. */
import { getByLabelText, getByRole, getByText, queryByRole } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { recordingOf } from '../../../../tests/golden/calls-table';
import { press, show, textOf, textsOf, until, write } from '../../../../tests/support/components/show';
import { CHART_WORDS } from '../../core/messages/en/chart-words';
import { CHARTS } from '../../core/report/export/charts-table';
import ChartBar from './ChartBar.svelte';
import RecordingCharts from './RecordingCharts.svelte';
import { TimeView } from './time-view.svelte';

const CALL = recordingOf({ seconds: 20, forth: { lossRatio: 0.02, heldBack: 0.5 } });

test('a call has its charts, in reading order, with both directions explained', () => {
	const page = show(RecordingCharts, { recording: CALL, view: new TimeView() });
	const titles = textsOf(page, 'figure h3');
	const known = CHARTS.map(({ id }) => CHART_WORDS.titles[id]);
	expect(titles.filter((title) => known.includes(title))).toEqual(known.filter((title) => titles.includes(title)));
	for (const title of ['Round-trip time', 'Packet loss', 'Jitter', 'Bitrate received', 'Bitrate sent'])
		expect(titles).toContain(title);
	getByText(page, 'Outbound is from the caller to the callee, inbound the other way (dashed).');
});

test('a dump is not told in directions of a call', () => {
	const page = show(RecordingCharts, { recording: { ...CALL, format: 'webrtc-internals' }, view: new TimeView() });
	expect(textOf(page)).not.toContain('There is from the caller');
});

test('one crosshair stands in all charts, and the bar says where', async () => {
	const view = new TimeView();
	const page = show(RecordingCharts, { recording: CALL, view });
	view.cursorMs = 7000;
	const charts = page.querySelectorAll('figure .crosshair-area').length;
	expect(charts).toBeGreaterThan(5);
	await until(() => expect(page.querySelectorAll('.crosshair-area > .crosshair')).toHaveLength(charts));
	getByText(page, 'At 0:07');
});

test('one file holds every line of every chart', async () => {
	const page = show(RecordingCharts, { recording: CALL, view: new TimeView() });
	const made = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:icelens');
	vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue();
	await press(getByRole(page, 'button', { name: 'Download all as CSV' }));
	const [head] = (await (made.mock.calls[0]![0] as Blob).text()).split('\r\n');
	expect(head).toContain('Bitrate received: Outbound, audio [bit/s]');
	expect(head).toContain('Round-trip time: Caller [ms]');
	vi.restoreAllMocks();
});

test('without anything measured it says when the charts come', () => {
	const recording = { ...CALL, connections: [] };
	expect(textOf(show(RecordingCharts, { recording, view: new TimeView() }))).toBe('The charts appear with the first statistics.');
});

describe('the bar of a page’s charts', () => {
	function bar(live: boolean) {
		const view = Object.assign(new TimeView(), { domain: { fromMs: 0, toMs: 600_000 } });
		const events = [{ atMs: 60_000, label: 'ICE was restarted.', kind: 'action' as const }];
		return { view, page: show(ChartBar, { view, events, live }) };
	}
	const reading = (page: HTMLElement) => textOf(page.querySelector('.reading'));

	test('says which part is shown, the time at the crosshair, and what happened then', async () => {
		const { view, page } = bar(false);
		expect(reading(page)).toBe('0:00 to 10:00');
		view.cursorMs = 60_500;
		await until(() => expect(reading(page)).toBe('At 1:00 · ICE was restarted.'));
		view.cursorMs = 120_000;
		await until(() => expect(reading(page)).toBe('At 2:00'));
	});

	test('zooms in and out, and leads back to everything', async () => {
		const { view, page } = bar(false);
		const out = getByRole<HTMLButtonElement>(page, 'button', { name: 'Zoom out' });
		expect([out.disabled, queryByRole(page, 'button', { name: 'Show everything' })]).toEqual([true, null]);
		await press(getByRole(page, 'button', { name: 'Zoom in' }));
		expect([out.disabled, reading(page)]).toEqual([false, '2:30 to 7:30']);
		await press(getByRole(page, 'button', { name: 'Show everything' }));
		expect([view.zoom, reading(page)]).toEqual([null, '0:00 to 10:00']);
	});

	test('holds a live view still, and lets it go on', async () => {
		const { view, page } = bar(true);
		await press(getByRole(page, 'button', { name: 'Pause the charts' }));
		view.setDomain(0, 700_000);
		getByText(page, 'The charts stand still; measuring goes on.');
		expect(reading(page)).toBe('0:00 to 10:00');
		await press(getByRole(page, 'button', { name: 'Go on' }));
		expect(reading(page)).toBe('0:00 to 11:40');
	});

	test('shows the last minute of what is measured', async () => {
		const { page } = bar(true);
		await write(getByLabelText<HTMLSelectElement>(page, 'Show'), '60000');
		expect(reading(page)).toBe('9:00 to 10:00');
	});

	test('has nothing to pause in a recording', () => {
		expect(queryByRole(bar(false).page, 'button', { name: 'Pause the charts' })).toBeNull();
	});
});
