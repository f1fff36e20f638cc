/** Quotas for one user, one source address and all together, and the rate of answers to unauthenticated clients. */
import { formatIp, parseIp, unmapIpv4 } from '../../core/base/ip';
import { readUint32 } from '../../core/stun/bytes';
import type { Clock } from '../clock';
import type { Random } from '../node-crypto';
import { refilled } from '../token-bucket';

export interface Quotas {
	/** Allocations at a time. A check holds about ten, a call two to four. */
	perUser: number;
	/** Allocations at a time from one address (IPv6: one /64): several people share one behind a NAT. */
	perSource: number;
	total: number;
	/** TCP and TLS connections at a time. */
	connectionsPerSource: number;
	connections: number;
	/** Permissions of one allocation. */
	permissions: number;
	/** Answers a second to one unauthenticated address over UDP, with a burst of ten seconds' worth. */
	unauthenticatedPerS: number;
}

export const DEFAULT_QUOTAS: Quotas = {
	perUser: 64,
	perSource: 256,
	total: 2000,
	connectionsPerSource: 256,
	connections: 2000,
	permissions: 200,
	unauthenticatedPerS: 100
};

/**
 * One key for what one subscriber holds: an IPv4 address or an IPv6 /64. A socket that listens on `::` names its IPv4 clients by
 * IPv4-mapped addresses, whose first half is the same for everybody (RFC 4291 §2.5.5.2).
 */
export function sourceKey(address: string): string {
	const parsed = address.includes(':') ? parseIp(address) : null;
	if (!parsed) return address;
	const ip = unmapIpv4(parsed);
	if (ip.family === 'ipv4') return formatIp(ip);
	return `${formatIp({ family: 'ipv6', bytes: ip.bytes.map((byte, i) => (i < 8 ? byte : 0)) })}/64`;
}

/** Counters with a limit for each key and one for all. `take` returns the function that releases, or null at a limit. */
export interface Counter {
	take(key: string): (() => void) | null;
	readonly total: number;
}

export function makeCounter(perKey: number, total: number): Counter {
	const counts = new Map<string, number>();
	let all = 0;
	return {
		take(key) {
			const held = counts.get(key) ?? 0;
			if (held >= perKey || all >= total) return null;
			counts.set(key, held + 1);
			all++;
			let returned = false;
			return () => {
				if (returned) return;
				returned = true;
				all--;
				const left = counts.get(key)! - 1;
				if (left === 0) counts.delete(key);
				else counts.set(key, left);
			};
		},
		get total() {
			return all;
		}
	};
}

/** A power of two. Two sources share a bucket only by chance, and the salt keeps others from arranging it. */
const BUCKETS = 16_384;
const BURST_S = 10;

/**
 * Token buckets in a table of fixed size (192 kB): a flood from a million forged addresses takes no more memory. The
 * cost: under such a flood unauthenticated clients may share a bucket and wait; authenticated ones are not affected.
 */
export function makeRateLimiter(perSecond: number, clock: Clock, random: Random): (address: string) => boolean {
	const rate = { burst: perSecond * BURST_S, perS: perSecond };
	const tokens = new Float32Array(BUCKETS).fill(rate.burst);
	const touchedMs = new Float64Array(BUCKETS);
	const salt = readUint32(random.bytes(4), 0);
	return (address) => {
		// Nobody outside can forge the loopback, and tests and benches on one machine ask a lot.
		if (address.startsWith('127.') || address === '::1') return true;
		const key = sourceKey(address);
		// FNV-1a.
		let hash = (2166136261 ^ salt) >>> 0;
		for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 16777619);
		const at = ((hash ^ (hash >>> 15)) >>> 0) % BUCKETS;
		const now = clock.nowMs();
		const filled = refilled(tokens[at]!, now - touchedMs[at]!, rate);
		touchedMs[at] = now;
		if (filled < 1) {
			tokens[at] = filled;
			return false;
		}
		tokens[at] = filled - 1;
		return true;
	};
}
