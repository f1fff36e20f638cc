import { expect, test } from 'vitest';
import { TimeView } from './time-view.svelte';

function viewOf(seconds: number): TimeView {
	const view = new TimeView();
	view.setDomain(0, seconds * 1000);
	return view;
}

test('it moves along with what is measured, all of it or a window', () => {
	const view = viewOf(600);
	expect(view.shown).toEqual({ fromMs: 0, toMs: 600_000 });
	view.windowMs = 60_000;
	expect(view.shown).toEqual({ fromMs: 540_000, toMs: 600_000 });
	view.setDomain(0, 601_000);
	expect(view.shown).toEqual({ fromMs: 541_000, toMs: 601_000 });
});

test('paused it stands still, while the domain goes on', () => {
	const view = viewOf(100);
	view.pause();
	view.setDomain(0, 200_000);
	expect(view.shown).toEqual({ fromMs: 0, toMs: 100_000 });
	view.resume();
	expect(view.shown).toEqual({ fromMs: 0, toMs: 200_000 });
});

test('a zoom stays inside what there is, keeps its length at the edges, and is never shorter than a second', () => {
	const view = viewOf(100);
	view.zoomTo(40_000, 60_000);
	expect(view.shown).toEqual({ fromMs: 40_000, toMs: 60_000 });
	view.pan(90_000);
	expect(view.shown).toEqual({ fromMs: 80_000, toMs: 100_000 });
	view.zoomTo(50_000, 50_010);
	expect(view.shown.toMs - view.shown.fromMs).toBe(1000);
	view.zoomTo(-5000, 500_000);
	expect(view.zoom).toBe(null);
});

test('zooming in and out again ends with everything, following', () => {
	const view = viewOf(100);
	view.zoomBy(0.5, 50_000);
	expect(view.shown).toEqual({ fromMs: 25_000, toMs: 75_000 });
	view.zoomBy(0.5, 25_000);
	expect(view.shown.fromMs).toBe(25_000);
	view.zoomBy(4);
	expect(view.following).toBe(true);
});

test('the cursor stays inside what there is and takes a zoomed view along', () => {
	const view = viewOf(100);
	view.moveCursor(500_000);
	expect(view.cursorMs).toBe(100_000);
	view.zoomTo(0, 10_000);
	view.moveCursor(12_000);
	expect(view.shown).toEqual({ fromMs: 2000, toMs: 12_000 });
	view.reset();
	expect([view.cursorMs, view.shown.toMs]).toEqual([null, 100_000]);
});
