/** Candidate pairs: priority (RFC 8445 §6.1.2.3), states (§6.1.2.6) and the check list two candidate lists make (§6.1.2.2). */
import { parseIp } from '../base/ip';
import { isMdnsName, type CandidateLine } from './candidate';

export type PairState = 'frozen' | 'waiting' | 'in-progress' | 'succeeded' | 'failed';

/** What each state means; the words of RFC 8445 §6.1.2.6 and W3C RTCStatsIceCandidatePairState are the same. */
export const PAIR_STATES: Readonly<Record<PairState, string>> = {
	frozen: 'Waits for a pair with the same foundation to be checked first.',
	waiting: 'Is next to be checked as its priority comes up.',
	'in-progress': 'A check was sent and no answer has come yet.',
	succeeded: 'A check was answered: packets pass both ways.',
	failed: 'No check was answered in time, or the answer was an error.'
};

/**
 * 2^32 × min(G, D) + 2 × max(G, D) + (G > D ? 1 : 0), G the controlling side's candidate priority, D the controlled
 * side's. A bigint: the value needs 63 bits.
 */
export function pairPriority(controlling: number, controlled: number): bigint {
	const g = BigInt(controlling);
	const d = BigInt(controlled);
	return (1n << 32n) * (g < d ? g : d) + 2n * (g > d ? g : d) + (g > d ? 1n : 0n);
}

/** The two candidate priorities in a pair priority, and which of them is the controlling side's. */
export function explainPairPriority(priority: bigint): { controlling: bigint; controlled: bigint } {
	const low = priority >> 32n;
	const high = (priority & 0xffffffffn) >> 1n;
	return (priority & 1n) === 1n ? { controlling: high, controlled: low } : { controlling: low, controlled: high };
}

export interface CandidatePair {
	local: CandidateLine;
	remote: CandidateLine;
	priority: bigint;
	/** Both foundations: pairs that share it freeze and thaw together (RFC 8445 §6.1.2.6). */
	foundation: string;
}

/**
 * The check list, best first, limited to `limit` pairs (RFC 8445 §6.1.2.5 names 100). Pairs have the same component,
 * transport and address family. A reflexive local candidate is sent from its base, so its pair goes when the base's pair
 * with the same remote candidate is there (§6.1.2.4). Names stand for themselves: a hidden address may be of either family.
 */
export function formPairs(
	local: readonly CandidateLine[],
	remote: readonly CandidateLine[],
	role: 'controlling' | 'controlled',
	limit = 100
): CandidatePair[] {
	const pairs: CandidatePair[] = [];
	for (const ours of local) {
		for (const theirs of remote) {
			if (ours.component !== theirs.component || !sameTransport(ours, theirs) || !sameFamily(ours, theirs)) continue;
			const [controlling, controlled] = role === 'controlling' ? [ours, theirs] : [theirs, ours];
			pairs.push({
				local: ours,
				remote: theirs,
				priority: pairPriority(controlling.priority, controlled.priority),
				foundation: `${ours.foundation}:${theirs.foundation}`
			});
		}
	}
	pairs.sort((a, b) => (a.priority === b.priority ? 0 : a.priority < b.priority ? 1 : -1));
	return withoutRedundant(pairs).slice(0, limit);
}

/** TCP candidates connect active to passive and simultaneous-open to its like (RFC 6544 §6.2). */
function sameTransport(a: CandidateLine, b: CandidateLine): boolean {
	if (a.protocol !== b.protocol) return false;
	if (a.protocol !== 'tcp') return true;
	const fits: Record<string, string> = { active: 'passive', passive: 'active', so: 'so' };
	return a.tcpType !== null && fits[a.tcpType] === b.tcpType;
}

function sameFamily(a: CandidateLine, b: CandidateLine): boolean {
	const ours = parseIp(a.address);
	const theirs = parseIp(b.address);
	return !ours || !theirs || ours.family === theirs.family;
}

function withoutRedundant(pairs: readonly CandidatePair[]): CandidatePair[] {
	const kept = new Set<string>();
	return pairs.filter((pair) => {
		const key = [base(pair.local), pair.remote.address, pair.remote.port, pair.remote.protocol, pair.local.component].join(' ');
		if (kept.has(key)) return false;
		kept.add(key);
		return true;
	});
}

/**
 * The socket a candidate sends from. Browsers blank the related address (`0.0.0.0 0`) while host addresses are hidden;
 * then the base is unknown and the candidate counts as one of its own.
 */
function base(candidate: CandidateLine): string {
	const { type, relatedAddress, relatedPort, address, port, protocol } = candidate;
	const reflexive = type === 'srflx' || type === 'prflx';
	if (reflexive && relatedAddress !== null && relatedPort !== null && relatedPort !== 0 && !isMdnsName(relatedAddress)) {
		return `${protocol} ${relatedAddress} ${relatedPort}`;
	}
	return `${protocol} ${address} ${port}`;
}
