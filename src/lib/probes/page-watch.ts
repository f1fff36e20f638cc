/**
 * Measures how long this page was stalled, by how late a timer fires. Whatever else the page has to do then (poll statistics, draw,
 * answer a message) waits as long; the browser's own threads compete for the same processor.
 */
import type { PageTime, PausedMs } from '../core/recording/page-time';

/** A task this long is a long one, which a person notices (W3C Long Tasks §2). */
const LONG_TASK_MS = 50;

/** Half a long task, so that one is not missed between two ticks; 40 a second cost less than a thousandth of a processor. */
const TICK_MS = 25;
/** Lateness is counted in whole milliseconds up to here, and beyond it as this: percentiles of any length of call in 8 kB. */
const LATE_MOST_MS = 2000;

export class PageWatch {
	#startedMs = performance.now();
	#paused: PausedMs = { hidden: 0, stalled: 0 };
	#stalls = 0;
	#longestMs = 0;
	#lateSumMs = 0;
	/** How many timers were late by so many milliseconds. */
	#late = new Uint32Array(LATE_MOST_MS + 1);
	#dueMs = 0;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#hiddenSinceMs: number | null = null;
	#stopped = false;

	constructor() {
		if (typeof document !== 'undefined') document.addEventListener('visibilitychange', this.#visibilityChanged);
		if (isHidden()) this.#hiddenSinceMs = this.#startedMs;
		else this.#plan();
	}

	/** Since the start, with what has not ended yet; not to be asked after `stop`. The difference of two readings is that of the span between them. */
	pausedMs(): PausedMs {
		const now = performance.now();
		const hidden = this.#hiddenSinceMs === null ? 0 : now - this.#hiddenSinceMs;
		return { hidden: this.#paused.hidden + hidden, stalled: this.#paused.stalled + this.#pendingMs(now) };
	}

	/** Since the start. */
	read(): PageTime {
		const [paused, now] = [this.pausedMs(), performance.now()];
		const pending = this.#pendingMs(now);
		return {
			overMs: tenth(now - this.#startedMs),
			pausedMs: { hidden: tenth(paused.hidden), stalled: tenth(paused.stalled) },
			stalls: this.#stalls + (pending > 0 ? 1 : 0),
			longestStallMs: tenth(Math.max(this.#longestMs, pending)),
			lateMs: this.#lateness()
		};
	}

	stop(): void {
		this.#stopped = true;
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
		if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', this.#visibilityChanged);
	}

	/** A stall that still lasts: its timer has not fired yet. */
	#pendingMs(now: number): number {
		return this.#timer !== null && now - this.#dueMs > LONG_TASK_MS ? now - this.#dueMs : 0;
	}

	#plan(): void {
		if (this.#stopped) return;
		this.#dueMs = performance.now() + TICK_MS;
		this.#timer = setTimeout(this.#tick, TICK_MS);
	}

	#tick = (): void => {
		const lateMs = Math.max(0, performance.now() - this.#dueMs);
		this.#late[Math.min(LATE_MOST_MS, Math.round(lateMs))]!++;
		this.#lateSumMs += lateMs;
		if (lateMs > LONG_TASK_MS) {
			this.#stalls++;
			this.#paused.stalled += lateMs;
			this.#longestMs = Math.max(this.#longestMs, lateMs);
		}
		this.#plan();
	};

	/** While a page is hidden its timers are slowed down on purpose: their lateness would say nothing. */
	#visibilityChanged = (): void => {
		const now = performance.now();
		if (isHidden()) {
			if (this.#hiddenSinceMs !== null) return;
			const pending = this.#pendingMs(now);
			if (pending > 0) this.#stalls++;
			this.#paused.stalled += pending;
			this.#longestMs = Math.max(this.#longestMs, pending);
			if (this.#timer !== null) clearTimeout(this.#timer);
			this.#timer = null;
			this.#hiddenSinceMs = now;
		} else if (this.#hiddenSinceMs !== null) {
			this.#paused.hidden += now - this.#hiddenSinceMs;
			this.#hiddenSinceMs = null;
			this.#plan();
		}
	};

	#lateness(): PageTime['lateMs'] {
		const count = this.#late.reduce((sum, n) => sum + n, 0);
		if (count === 0) return null;
		let left = Math.ceil(0.95 * count);
		return { mean: tenth(this.#lateSumMs / count), p95: this.#late.findIndex((n) => (left -= n) <= 0) };
	}
}

/** What a span took away, from a reading at its start and one at its end. */
export function pausedBetween(before: PausedMs, after: PausedMs): PausedMs {
	return { hidden: tenth(after.hidden - before.hidden), stalled: tenth(after.stalled - before.stalled) };
}

function isHidden(): boolean {
	return typeof document !== 'undefined' && document.visibilityState === 'hidden';
}

function tenth(ms: number): number {
	return Math.round(ms * 10) / 10;
}
