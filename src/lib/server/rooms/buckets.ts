/** Token buckets, one a key: how often somebody may do something. */
import type { Clock } from '../clock';

export interface Rate {
	/** What may be done at once. */
	burst: number;
	/** What comes back each second. */
	perS: number;
}

/** Beyond this many keys the full buckets are dropped: a full one is as good as none. */
const KEYS_AT_MOST = 10_000;

/** Returns a function that says whether `key` may, and counts it if so. */
export function makeBuckets(clock: Clock, { burst, perS }: Rate): (key: string) => boolean {
	const buckets = new Map<string, { left: number; atMs: number }>();
	const levelOf = (bucket: { left: number; atMs: number }, nowMs: number) =>
		Math.min(burst, bucket.left + ((nowMs - bucket.atMs) / 1000) * perS);
	return (key) => {
		const nowMs = clock.nowMs();
		if (buckets.size >= KEYS_AT_MOST && !buckets.has(key)) {
			for (const [other, bucket] of buckets) if (levelOf(bucket, nowMs) >= burst) buckets.delete(other);
			// All in use at once: strangers wait, those who are known go on.
			if (buckets.size >= KEYS_AT_MOST) return false;
		}
		const bucket = buckets.get(key);
		const left = bucket ? levelOf(bucket, nowMs) : burst;
		if (left < 1) return false;
		buckets.set(key, { left: left - 1, atMs: nowMs });
		return true;
	};
}
