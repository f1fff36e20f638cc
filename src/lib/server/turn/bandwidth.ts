/** How much is relayed for one allocation, for one source and for all, both directions together. What is beyond is dropped, as on a full line. */
import { Bucket } from '../token-bucket';

export interface Bandwidth {
	/** A check needs under 10 Mbit/s, a call with video 5. Bytes a second. */
	allocation: number;
	/** Of an allocation for a load test, whose user name says so. */
	loadTest: number;
	source: number;
	total: number;
}

const mbit = (perS: number) => (perS * 1_000_000) / 8;

/** `perAllocation` and `total` in Mbit/s: what a source may have follows from what one allocation may. */
export function bandwidthOf(perAllocation: number, total: number): Bandwidth {
	return {
		allocation: mbit(perAllocation),
		loadTest: mbit(5 * perAllocation),
		source: mbit(5 * perAllocation),
		total: mbit(total)
	};
}

export const DEFAULT_ALLOCATION_MBIT = 20;
export const DEFAULT_TOTAL_MBIT = 500;

/** What one allocation may still relay. */
export interface Meter {
	/** Takes the bytes of one packet, or takes none and returns false. */
	take(bytes: number, nowMs: number): boolean;
	close(): void;
}

/** Returns the function that makes the meter of an allocation. Buckets hold one second's worth: key frames come in bursts. */
export function makeMeters(limits: Bandwidth, nowMs: number): (source: string, isLoadTest: boolean, nowMs: number) => Meter {
	const bucket = (bytesPerS: number, atMs: number) => new Bucket({ burst: bytesPerS, perS: bytesPerS }, atMs);
	const total = bucket(limits.total, nowMs);
	const sources = new Map<string, { bucket: Bucket; allocations: number }>();
	return (source, isLoadTest, madeMs) => {
		// Kept until it is full again: whoever closes an allocation and opens another one gains nothing by it.
		for (const [key, { bucket, allocations }] of sources) if (allocations === 0 && bucket.isFull(madeMs)) sources.delete(key);
		// Load tests of a source share what is meant for one, so that a second one gains nothing.
		const key = isLoadTest ? `load test of ${source}` : source;
		const shared = sources.get(key) ?? {
			bucket: bucket(isLoadTest ? limits.loadTest * 2 : limits.source, madeMs),
			allocations: 0
		};
		shared.allocations++;
		sources.set(key, shared);
		const buckets = [bucket(isLoadTest ? limits.loadTest : limits.allocation, madeMs), shared.bucket, total] as const;
		return {
			take(bytes, atMs) {
				for (let i = 0; i < 3; i++) if (!buckets[i]!.has(bytes, atMs)) return false;
				for (let i = 0; i < 3; i++) buckets[i]!.take(bytes);
				return true;
			},
			close() {
				shared.allocations--;
			}
		};
	};
}
