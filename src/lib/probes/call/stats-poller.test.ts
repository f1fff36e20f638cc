import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StatsPoller } from './stats-poller';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function poller(intervalMs: number, poll = () => Promise.resolve()) {
	const at: number[] = [];
	const pauses: number[][] = [];
	const zero = performance.now();
	const made = new StatsPoller({
		intervalMs,
		poll: () => {
			at.push(performance.now() - zero);
			return poll();
		},
		onPause: (fromMs, toMs) => pauses.push([fromMs - zero, toMs - zero])
	});
	return { made, at, pauses };
}

test('polls at once and then at steady times, even if a poll is slow', async () => {
	const { made, at, pauses } = poller(1000, () => new Promise((resolve) => setTimeout(resolve, 300)));
	made.start();
	await vi.advanceTimersByTimeAsync(3500);
	made.stop();
	await vi.advanceTimersByTimeAsync(5000);
	expect(at).toEqual([0, 1000, 2000, 3000]);
	expect(pauses).toEqual([]);
});

test('goes on polling after a failed poll', async () => {
	const { made, at } = poller(500, () => Promise.reject(new Error('closed')));
	made.start();
	await vi.advanceTimersByTimeAsync(1200);
	made.stop();
	expect(at).toHaveLength(3);
});

test('reports time in which timers did not fire as a pause', async () => {
	const { made, pauses } = poller(1000);
	made.start();
	await vi.advanceTimersByTimeAsync(1000);
	// The clock goes on and no timer fires, as with a closed lid.
	vi.setSystemTime(Date.now() + 60_000);
	const before = performance.now.bind(performance);
	vi.spyOn(performance, 'now').mockImplementation(() => before() + 60_000);
	await vi.advanceTimersByTimeAsync(1000);
	made.stop();
	expect(pauses).toEqual([[1000, 62_000]]);
});

test.each([
	[50, 200],
	[60_000, 5000],
	[700, 700]
])('clamps an interval of %i ms to %i ms', (asked, kept) => expect(poller(asked).made.intervalMs).toBe(kept));

test('applies a new interval from the next poll on, without reporting a pause', async () => {
	const { made, at, pauses } = poller(500);
	made.start();
	await vi.advanceTimersByTimeAsync(500);
	made.intervalMs = 2000;
	await vi.advanceTimersByTimeAsync(4000);
	made.stop();
	expect(at).toEqual([0, 500, 2500, 4500]);
	expect(pauses).toEqual([]);
});
