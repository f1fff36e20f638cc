import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PageWatch, pausedBetween } from './page-watch';

/** A page to be hidden and shown: what there is of a document here. */
const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
const setVisibility = (visibilityState: 'visible' | 'hidden') => {
	page.visibilityState = visibilityState;
	page.dispatchEvent(new Event('visibilitychange'));
};

beforeEach(() => {
	vi.useFakeTimers();
	vi.stubGlobal('document', page);
	page.visibilityState = 'visible';
	heldMs = 0;
	const now = performance.now.bind(performance);
	vi.spyOn(performance, 'now').mockImplementation(() => now() + heldMs);
});
afterEach(() => {
	vi.restoreAllMocks();
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

/** The clock goes on and no timer fires, as while a long task runs. */
let heldMs = 0;
const standStill = (ms: number) => void (heldMs += ms);

test('counts no stall and no lateness in a page that runs', async () => {
	const watch = new PageWatch();
	await vi.advanceTimersByTimeAsync(10_000);
	expect(watch.read()).toEqual({
		overMs: 10_000,
		pausedMs: { hidden: 0, stalled: 0 },
		stalls: 0,
		longestStallMs: 0,
		lateMs: { mean: 0, p95: 0 }
	});
	watch.stop();
	expect(vi.getTimerCount()).toBe(0);
});

test('counts a long task in full, while it lasts and after it', async () => {
	const watch = new PageWatch();
	await vi.advanceTimersByTimeAsync(1000);
	standStill(800);
	// The next timer was due 25 ms later, and the task held it.
	expect(watch.read()).toMatchObject({ overMs: 1800, pausedMs: { stalled: 775 }, stalls: 1, longestStallMs: 775 });
	await vi.advanceTimersByTimeAsync(25);
	expect(watch.read()).toMatchObject({ overMs: 1825, pausedMs: { stalled: 800 }, stalls: 1, longestStallMs: 800 });
	await vi.advanceTimersByTimeAsync(1000);
	expect(watch.read()).toMatchObject({
		pausedMs: { hidden: 0, stalled: 800 },
		stalls: 1,
		longestStallMs: 800,
		lateMs: { p95: 0 }
	});
	watch.stop();
});

test('counts what is shorter than a long task as lateness only', async () => {
	const watch = new PageWatch();
	for (let i = 0; i < 20; i++) {
		standStill(30);
		await vi.advanceTimersByTimeAsync(25);
	}
	expect(watch.read()).toMatchObject({ pausedMs: { stalled: 0 }, stalls: 0, longestStallMs: 0, lateMs: { mean: 30, p95: 30 } });
	watch.stop();
});

test('counts time in which the page is hidden apart, and not as lateness', async () => {
	const watch = new PageWatch();
	await vi.advanceTimersByTimeAsync(500);
	setVisibility('hidden');
	expect(vi.getTimerCount()).toBe(0);
	await vi.advanceTimersByTimeAsync(3000);
	standStill(60_000);
	setVisibility('visible');
	await vi.advanceTimersByTimeAsync(500);
	expect(watch.read()).toMatchObject({ overMs: 64_000, pausedMs: { hidden: 63_000, stalled: 0 }, lateMs: { p95: 0 } });
	watch.stop();
	setVisibility('hidden');
	setVisibility('visible');
	expect(vi.getTimerCount()).toBe(0);
});

test('counts a page that is hidden from the start as hidden', async () => {
	page.visibilityState = 'hidden';
	const watch = new PageWatch();
	await vi.advanceTimersByTimeAsync(2000);
	expect(watch.read()).toMatchObject({ pausedMs: { hidden: 2000, stalled: 0 }, lateMs: null });
	watch.stop();
});

test('gives the difference of two readings, and splits a stall at the boundary between them', async () => {
	const watch = new PageWatch();
	await vi.advanceTimersByTimeAsync(100);
	standStill(300);
	const before = watch.pausedMs();
	standStill(200);
	await vi.advanceTimersByTimeAsync(1000);
	expect(before.stalled).toBe(275);
	expect(pausedBetween(before, watch.pausedMs())).toEqual({ hidden: 0, stalled: 225 });
	watch.stop();
});
