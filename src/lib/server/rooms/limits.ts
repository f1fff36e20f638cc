/** What rooms may cost, and how long they are kept. */
import type { Rate } from '../token-bucket';

export interface RoomsLimits {
	rooms: number;
	/** At a time, made by one source. */
	roomsPerSource: number;
	/** Size of all outboxes together, in UTF-16 units. */
	waitingUnits: number;
	/** Rooms made, joined or not found, by one source: an IPv4 address or an IPv6 /64. */
	entries: Rate;
	/** Requests of one member. */
	requests: Rate;
	/** A room without a listener ends after this, ms: a phone that changes networks is back in seconds. */
	abandonedMs: number;
	/** A room ends after this in any case, ms. */
	lifetimeMs: number;
	/** Pause between two comments on a quiet stream, ms: below the 30 s after which many proxies close one. */
	beatMs: number;
	/** A stream that was not read for this long counts as closed, ms. */
	deadMs: number;
	/** A member that polls is absent when it has not asked again for this long, ms. */
	backMs: number;
}

export const ROOMS_LIMITS: RoomsLimits = {
	rooms: 5000,
	roomsPerSource: 50,
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
