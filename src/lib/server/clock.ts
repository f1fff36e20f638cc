/** Time, passed in so that tests can let an hour pass in a millisecond. */
export interface Clock {
	/** Never goes back; its zero means nothing. ms. */
	nowMs(): number;
	/** Wall clock, ms since 1970: for what others wrote a date on. */
	epochMs(): number;
	/** Calls once after `delayMs`; the result cancels it. */
	setTimer(delayMs: number, action: () => void): () => void;
}

export const nodeClock: Clock = {
	nowMs: () => performance.now(),
	epochMs: () => Date.now(),
	setTimer(delayMs, action) {
		// A server's timers do not keep a process alive: its sockets do.
		const timer = setTimeout(action, delayMs).unref();
		return () => clearTimeout(timer);
	}
};
