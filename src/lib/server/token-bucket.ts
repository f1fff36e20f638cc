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

/** One bucket, asked with the time: a packet asks several, and the clock once. */
export class Bucket {
	#rate: Rate;
	#left: number;
	#atMs: number;

	constructor(rate: Rate, nowMs: number) {
		this.#rate = rate;
		this.#left = rate.burst;
		this.#atMs = nowMs;
	}

	has(amount: number, nowMs: number): boolean {
		this.#left = refilled(this.#left, nowMs - this.#atMs, this.#rate);
		this.#atMs = nowMs;
		return this.#left >= amount;
	}

	/** Takes what `has` has found. */
	take(amount: number): void {
		this.#left -= amount;
	}

	isFull(nowMs: number): boolean {
		return this.has(this.#rate.burst, nowMs);
	}
}

/** One bucket. Returns a function that takes `amount` tokens and returns true, or takes none and returns false. */
export function makeBucket(clock: Clock, rate: Rate): (amount: number) => boolean {
	const bucket = new Bucket(rate, clock.nowMs());
	return (amount) => {
		if (!bucket.has(amount, clock.nowMs())) return false;
		bucket.take(amount);
		return true;
	};
}

/** Keys at a time. Beyond it full buckets are dropped, since a new one is full as well, and then the one used longest ago. */
const KEYS_AT_MOST = 10_000;

/** How many of the oldest are looked at for a full one: the work of one request stays the same however many keys there are. */
const LOOKED_AT = 20;

/** A bucket for each key. Returns a function that takes one token of `key` and returns true, or returns false. */
export function makeBuckets(clock: Clock, rate: Rate): (key: string) => boolean {
	// In the order of their last use.
	const buckets = new Map<string, Bucket>();

	/** Strangers are let in where all are in use: whoever has many addresses must not shut out those who have one. */
	function makeRoom(nowMs: number): void {
		let looked = 0;
		for (const [key, bucket] of buckets) {
			if (bucket.isFull(nowMs)) buckets.delete(key);
			if (++looked === LOOKED_AT) break;
		}
		if (buckets.size >= KEYS_AT_MOST) buckets.delete(buckets.keys().next().value!);
	}

	return (key) => {
		const nowMs = clock.nowMs();
		let bucket = buckets.get(key);
		if (bucket) buckets.delete(key);
		else {
			if (buckets.size >= KEYS_AT_MOST) makeRoom(nowMs);
			bucket = new Bucket(rate, nowMs);
		}
		buckets.set(key, bucket);
		if (!bucket.has(1, nowMs)) return false;
		bucket.take(1);
		return true;
	};
}
