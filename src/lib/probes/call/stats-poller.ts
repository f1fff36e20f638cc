/** Polls at steady times and reports when it could not: a closed lid or a frozen tab is a pause, not a measurement. */
import { GAP_STEPS } from '../../core/recording/counters';

export const POLL_MS_LEAST = 200;
export const POLL_MS_MOST = 5000;

export interface PollerOptions {
	/** 200 to 5000; other values are clamped. */
	intervalMs: number;
	/** One poll. The next is scheduled when it has ended; a rejection does not end the polling. */
	poll: () => Promise<void>;
	/** No timer fired from about `fromMs` to `toMs` (performance.now). Called before the poll that follows. */
	onPause: (fromMs: number, toMs: number) => void;
}

export class StatsPoller {
	#options: PollerOptions;
	#timer: ReturnType<typeof setTimeout> | null = null;
	#lastMs: number | null = null;
	#stopped = false;
	#intervalMs: number;

	constructor(options: PollerOptions) {
		this.#options = options;
		this.#intervalMs = within(options.intervalMs);
	}

	/** Polls at once, and from then on. */
	start(): void {
		void this.#look();
	}

	set intervalMs(ms: number) {
		this.#intervalMs = within(ms);
		// A longer interval must not be taken for a pause.
		this.#lastMs = null;
		if (this.#timer === null) return;
		clearTimeout(this.#timer);
		this.#plan(this.#intervalMs);
	}

	get intervalMs(): number {
		return this.#intervalMs;
	}

	stop(): void {
		this.#stopped = true;
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#timer = null;
	}

	#plan(ms: number): void {
		if (this.#stopped) return;
		this.#timer = setTimeout(() => void this.#look(), ms);
	}

	async #look(): Promise<void> {
		this.#timer = null;
		const now = performance.now();
		if (this.#lastMs !== null && now - this.#lastMs > GAP_STEPS * this.#intervalMs) this.#options.onPause(this.#lastMs, now);
		this.#lastMs = now;
		try {
			await this.#options.poll();
		} catch {
			// The connection was closed during the poll: the next poll, or the end of the call, will show it.
		}
		// Counted from the start of this poll, not its end.
		this.#plan(Math.max(0, this.#intervalMs - (performance.now() - now)));
	}
}

function within(ms: number): number {
	return Math.min(POLL_MS_MOST, Math.max(POLL_MS_LEAST, ms));
}
