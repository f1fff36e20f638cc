/** What happened in a call: marks, what the crosshair reads, and a table that leads to each moment. */
import { getByRole } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { press, show, textsOf, until } from '../../../../tests/support/components/show';
import EventLane from './EventLane.svelte';
import { TimeView } from './time-view.svelte';

const EVENTS = [
	{ atMs: 1000, label: 'local offer set', kind: 'action' },
	{ atMs: 1040, label: 'ICE checking', kind: 'state' },
	{ atMs: 8000, label: 'ICE failed', kind: 'problem' }
] as const;

function lane() {
	const view = Object.assign(new TimeView(), { domain: { fromMs: 0, toMs: 10_000 } });
	return { view, page: show(EventLane, { title: 'Events', events: EVENTS, view }) };
}

test.each([
	[1010, 'local offer set, ICE checking'],
	[8050, 'ICE failed'],
	[5000, 'nothing happened']
])('at %i ms the crosshair reads "%s"', async (atMs, reading) => {
	const { view, page } = lane();
	view.cursorMs = atMs;
	const slider = getByRole(page, 'slider', { name: 'Events: time' });
	await until(() => expect(slider.getAttribute('aria-valuetext')).toBe(`0:0${Math.floor(atMs / 1000)}: ${reading}`));
});

test('only what lies in the time shown has a mark', async () => {
	const { view, page } = lane();
	expect(page.querySelectorAll('.mark')).toHaveLength(3);
	view.zoomTo(7000, 9000);
	await until(() =>
		expect([...page.querySelectorAll('.mark')].map((mark) => mark.classList.contains('problem'))).toEqual([true])
	);
});

test('as a table: each event with its time, which leads there', async () => {
	const { view, page } = lane();
	await press(getByRole(page, 'button', { name: 'Data of Events' }));
	expect([...page.querySelectorAll('tbody tr')].map((row) => textsOf(row, 'td'))).toEqual([
		['0:01.0', 'local offer set'],
		['0:01.0', 'ICE checking'],
		['0:08.0', 'ICE failed']
	]);
	await press(getByRole(page, 'button', { name: '0:08.0' }));
	expect(view.cursorMs).toBe(8000);
});
