/** What rooms may cost, and how long they are kept. */
import type { Rate } from '../token-bucket';

export interface RoomsLimits {
	rooms: number;
	/** All that waits in all outboxes, in UTF-16 units. */
	waitingUnits: number;
	/** Rooms made, joined or asked for in vain, by one source address. */
	entries: Rate;
	/** Requests of one member. */
	requests: Rate;
	/** A room nobody listens to ends after this, ms: a phone that changes networks is back in seconds. */
	abandonedMs: number;
	/** A room ends after this whatever happens in it, ms. */
	lifetimeMs: number;
	/** Pause between two comments on a quiet stream, ms: below the 30 s after which many proxies close one. */
	beatMs: number;
	/** A stream from which nothing was taken for this long is dead, ms. */
	deadMs: number;
	/** One that reads in pieces is away when it has not come back for this long, ms. */
	backMs: number;
}

export const ROOMS_LIMITS: RoomsLimits = {
	rooms: 5000,
	waitingUnits: 100_000_000,
	entries: { burst: 20, perS: 0.2 },
	// Candidates come in bursts, and each may be followed by a confirmation.
	requests: { burst: 300, perS: 50 },
	abandonedMs: 120_000,
	lifetimeMs: 4 * 3_600_000,
	beatMs: 15_000,
	deadMs: 60_000,
	backMs: 5000
};
