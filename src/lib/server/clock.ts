/** The clock, passed in so that a test can advance an hour in a millisecond. */
export interface Clock {
	/** Monotonic, with an arbitrary zero, ms. */
	nowMs(): number;
	/** Wall clock, ms since 1970: for dates that others have set. */
	epochMs(): number;
	/** Calls `action` once after `delayMs`; the returned function cancels it. */
	setTimer(delayMs: number, action: () => void): () => void;
}

export const nodeClock: Clock = {
	nowMs: () => performance.now(),
	epochMs: () => Date.now(),
	setTimer(delayMs, action) {
		// Timers must not keep the process alive; the sockets do.
		const timer = setTimeout(action, delayMs).unref();
		return () => clearTimeout(timer);
	}
};
