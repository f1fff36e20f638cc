/** Token buckets, which limit the rate of requests or bytes. */
import type { Clock } from './clock';

export interface Rate {
	/** The capacity of the bucket. */
	burst: number;
	/** Tokens added each second. */
	perS: number;
}

/** The tokens of a bucket that held `left` `elapsedMs` ago. */
export function refilled(left: number, elapsedMs: number, { burst, perS }: Rate): number {
	return Math.min(burst, left + (elapsedMs / 1000) * perS);
}

/** One bucket. Returns a function that takes `amount` tokens and returns true, or takes none and returns false. */
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

/** Beyond this many keys full buckets are dropped: a new bucket is full as well. */
const KEYS_AT_MOST = 10_000;

/** A bucket for each key. Returns a function that takes one token of `key` and returns true, or returns false. */
export function makeBuckets(clock: Clock, rate: Rate): (key: string) => boolean {
	const buckets = new Map<string, { left: number; atMs: number }>();
	const levelOf = (bucket: { left: number; atMs: number }, nowMs: number) => refilled(bucket.left, nowMs - bucket.atMs, rate);
	return (key) => {
		const nowMs = clock.nowMs();
		if (buckets.size >= KEYS_AT_MOST && !buckets.has(key)) {
			for (const [other, bucket] of buckets) if (levelOf(bucket, nowMs) >= rate.burst) buckets.delete(other);
			// No bucket is full: new keys are refused, known ones are not affected.
			if (buckets.size >= KEYS_AT_MOST) return false;
		}
		const bucket = buckets.get(key);
		const left = bucket ? levelOf(bucket, nowMs) : rate.burst;
		if (left < 1) return false;
		buckets.set(key, { left: left - 1, atMs: nowMs });
		return true;
	};
}
