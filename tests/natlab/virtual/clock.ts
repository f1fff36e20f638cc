/** A virtual clock that advances only when no work is left: an hour takes as long as what happens in it. */
import type { Clock } from '../../../src/lib/server/clock';
import { randomFrom } from '../../support/random';

export interface VirtualClock extends Clock {
	/** Advances until the promise settles. Rejects when no timer is left that could settle it. */
	run<T>(promise: Promise<T>): Promise<T>;
}

interface Timer {
	atMs: number;
	order: number;
	action: () => void;
}

/** 2026-01-01, so that expiry dates look like dates. */
const EPOCH_MS = Date.UTC(2026, 0, 1);

export function makeClock(): VirtualClock {
	let nowMs = 0;
	let order = 0;
	let timers: Timer[] = [];
	/** Waits for promises and the few real asynchronous steps of the code under test. */
	const settle = async () => {
		for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
	};
	return {
		nowMs: () => nowMs,
		epochMs: () => EPOCH_MS + nowMs,
		setTimer(delayMs, action) {
			const timer = { atMs: nowMs + Math.max(0, delayMs), order: order++, action };
			timers.push(timer);
			return () => void (timers = timers.filter((each) => each !== timer));
		},
		async run(promise) {
			let done = false;
			const watched = promise.finally(() => (done = true));
			watched.catch(() => undefined);
			for (;;) {
				await settle();
				if (done) return watched;
				const next = timers.reduce<Timer | null>(
					(first, each) =>
						!first || each.atMs < first.atMs || (each.atMs === first.atMs && each.order < first.order) ? each : first,
					null
				);
				if (!next) throw new Error(`Nothing left to happen after ${nowMs} ms of virtual time, and still waiting.`);
				timers = timers.filter((each) => each !== next);
				nowMs = Math.max(nowMs, next.atMs);
				next.action();
			}
		}
	};
}

/** Repeatable randomness. */
export function makeRandom(seed: number) {
	const next = randomFrom(seed);
	return { ratio: next, bytes: (count: number) => Uint8Array.from({ length: count }, () => Math.floor(next() * 256)) };
}
