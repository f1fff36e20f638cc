/** Token buckets: how often somebody may do something, or how much of it. */
import type { Clock } from './clock';

export interface Rate {
	/** What may be done at once. */
	burst: number;
	/** What comes back each second. */
	perS: number;
}

/** What a bucket holds that held `left` so long ago. */
export function refilled(left: number, elapsedMs: number, { burst, perS }: Rate): number {
	return Math.min(burst, left + (elapsedMs / 1000) * perS);
}

/** One bucket for all. Returns a function that says whether so much may be taken, and takes it if so. */
export function makeBucket(clock: Clock, rate: Rate): (amount: number) => boolean {
	let left = rate.burst;
	let atMs = clock.nowMs();
	return (amount) => {
		const nowMs = clock.nowMs();
		left = refilled(left, nowMs - atMs, rate);
		atMs = nowMs;
		if (left < amount) return false;
		left -= amount;
		return true;
	};
}

/** Beyond this many keys the full buckets are dropped: a full one is as good as none. */
const KEYS_AT_MOST = 10_000;

/** A bucket for each key. Returns a function that says whether `key` may, and counts it if so. */
export function makeBuckets(clock: Clock, rate: Rate): (key: string) => boolean {
	const buckets = new Map<string, { left: number; atMs: number }>();
	const levelOf = (bucket: { left: number; atMs: number }, nowMs: number) => refilled(bucket.left, nowMs - bucket.atMs, rate);
	return (key) => {
		const nowMs = clock.nowMs();
		if (buckets.size >= KEYS_AT_MOST && !buckets.has(key)) {
			for (const [other, bucket] of buckets) if (levelOf(bucket, nowMs) >= rate.burst) buckets.delete(other);
			// All in use at once: strangers wait, those who are known go on.
			if (buckets.size >= KEYS_AT_MOST) return false;
		}
		const bucket = buckets.get(key);
		const left = bucket ? levelOf(bucket, nowMs) : rate.burst;
		if (left < 1) return false;
		buckets.set(key, { left: left - 1, atMs: nowMs });
		return true;
	};
}
