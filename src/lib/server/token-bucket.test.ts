import { expect, test } from 'vitest';
import type { Clock } from './clock';
import { makeBucket, makeBuckets, refilled } from './token-bucket';

const RATE = { burst: 10, perS: 2 };

function clockAt(): { clock: Clock; pass(ms: number): void } {
	let nowMs = 1000;
	const clock: Clock = { nowMs: () => nowMs, epochMs: () => nowMs, setTimer: () => () => undefined };
	return { clock, pass: (ms) => void (nowMs += ms) };
}

test.each([
	[0, 500, 1],
	[0, 60_000, 10],
	[9.5, 1000, 10],
	[4, 0, 4]
])('a bucket that holds %d tokens holds after %d ms %d', (left, elapsedMs, expected) => {
	expect(refilled(left, elapsedMs, RATE)).toBe(expected);
});

test('refuses more than a bucket holds, and takes nothing then', () => {
	const { clock, pass } = clockAt();
	const take = makeBucket(clock, RATE);
	expect([take(8), take(3), take(2), take(1)]).toEqual([true, false, true, false]);
	pass(500);
	expect([take(1), take(1)]).toEqual([true, false]);
});

test('keeps a bucket for each key', () => {
	const { clock, pass } = clockAt();
	const allows = makeBuckets(clock, RATE);
	const times = (key: string) => Array.from({ length: 12 }, () => allows(key)).filter(Boolean).length;
	expect([times('a'), times('a'), times('b')]).toEqual([10, 0, 10]);
	pass(1000);
	expect(times('a')).toBe(2);
});

test('whoever has ten thousand addresses and more shuts out nobody', () => {
	const { clock, pass } = clockAt();
	const allows = makeBuckets(clock, RATE);
	for (let i = 0; i < 12_000; i++) for (let asked = 0; asked < 3; asked++) allows(`flood ${i}`);
	const times = (key: string) => Array.from({ length: 12 }, () => allows(key)).filter(Boolean).length;
	expect(times('stranger')).toBe(10);
	expect(times('stranger')).toBe(0);
	pass(1000);
	expect(times('stranger')).toBe(2);
});
