/**
 * Which pairs of networks connect directly, without a relay. Both sides know where a STUN server saw the other (the
 * server-reflexive candidate) and send ICE checks there (RFC 8445 §7). A check gets through where the receiver's NAT lets
 * it in, and it is useful where the receiver answers from the address it was sent to, which an endpoint-independent mapping
 * guarantees (RFC 4787 §4.1, §5).
 */
import type { Family } from '../base/ip';
import type { Filtering, Mapping } from './conclusion';

/** One address family of one network. */
export interface Reach {
	udp: 'yes' | 'no' | 'unknown';
	mapping: Mapping;
	filtering: Filtering;
	/** Several public addresses: towards a peer it may be another one than towards the STUN server (RFC 4787 §4.1). */
	pooled: boolean;
}

/** null: the network has no such family. */
export interface NetworkReach {
	ipv4: Reach | null;
	ipv6: Reach | null;
}

/** The kinds of network that a peer may be in, from the easiest to the hardest to reach; a language has their names. */
export type PeerClassId =
	| 'open'
	| 'firewall'
	| 'full-cone'
	| 'address-restricted'
	| 'port-restricted'
	| 'address-dependent'
	| 'symmetric'
	| 'udp-blocked'
	| 'ipv6-only';

export interface PeerClass {
	id: PeerClassId;
	reach: NetworkReach;
}

export type Direct = 'yes' | 'no' | 'unknown';

export interface DirectPath {
	direct: Direct;
	rule: PathRuleId;
	/** The family that the answer is about; null when the two have none in common. */
	family: Family | null;
}

function peer(mapping: Mapping, filtering: Filtering, udp: Reach['udp'] = 'yes'): NetworkReach {
	return { ipv4: { udp, mapping, filtering, pooled: false }, ipv6: null };
}

export const PEER_CLASSES: readonly PeerClass[] = [
	{ id: 'open', reach: peer('none', 'endpoint-independent') },
	{ id: 'firewall', reach: peer('none', 'address-and-port-dependent') },
	{ id: 'full-cone', reach: peer('endpoint-independent', 'endpoint-independent') },
	{ id: 'address-restricted', reach: peer('endpoint-independent', 'address-dependent') },
	{ id: 'port-restricted', reach: peer('endpoint-independent', 'address-and-port-dependent') },
	{ id: 'address-dependent', reach: peer('address-dependent', 'address-and-port-dependent') },
	{ id: 'symmetric', reach: peer('address-and-port-dependent', 'address-and-port-dependent') },
	{ id: 'udp-blocked', reach: peer('unknown', 'unknown', 'no') },
	{
		id: 'ipv6-only',
		reach: { ipv4: null, ipv6: { udp: 'yes', mapping: 'none', filtering: 'address-and-port-dependent', pooled: false } }
	}
];

/** The reasons; `decide` picks one. */
export const PATH_RULE_IDS = [
	'path-no-common-family',
	'path-needs-udp',
	'path-receiver-lets-in',
	'path-both-predictable',
	'path-unknown-port-filtered',
	'path-both-unpredictable',
	'path-address-may-change',
	'path-not-known'
] as const;

export type PathRuleId = (typeof PATH_RULE_IDS)[number];

/** The family that the sentence names; null where it stands beside the sentence, or where the two have none in common. */
export type PathValues = Record<PathRuleId, { overFamily: Family | null }>;

type Decision = { direct: Direct; rule: PathRuleId };

const MAPPINGS: Mapping[] = ['none', 'endpoint-independent', 'address-dependent', 'address-and-port-dependent'];
const FILTERINGS: Filtering[] = ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'];

/** Whether the public port towards a new peer is the one that the STUN server saw. */
const predictable = ({ mapping }: Reach) => mapping === 'none' || mapping === 'endpoint-independent';

/** Both sides fully known, and both can send UDP. */
function decideKnown(a: Reach, b: Reach): Decision {
	if (predictable(a) && predictable(b)) return { direct: 'yes', rule: 'path-both-predictable' };
	for (const [receiver, sender] of [
		[a, b],
		[b, a]
	] as const) {
		if (!predictable(receiver)) continue;
		if (receiver.filtering === 'endpoint-independent') return { direct: 'yes', rule: 'path-receiver-lets-in' };
		if (receiver.filtering === 'address-dependent') {
			return sender.pooled
				? { direct: 'unknown', rule: 'path-address-may-change' }
				: { direct: 'yes', rule: 'path-receiver-lets-in' };
		}
		// The sender's own looser filter may let the receiver's checks in, but whether its answers then leave by the port they
		// came in at is nothing that RFC 4787 settles.
		if (sender.filtering !== 'address-and-port-dependent') return { direct: 'unknown', rule: 'path-unknown-port-filtered' };
		return { direct: 'no', rule: 'path-unknown-port-filtered' };
	}
	const strict = [a, b].some(({ filtering }) => filtering === 'address-and-port-dependent');
	return { direct: strict ? 'no' : 'unknown', rule: 'path-both-unpredictable' };
}

/** What an unknown may turn out to be. `endpoint-dependent` is one of two that lead to the same answer. */
function possibilities(reach: Reach): Reach[] {
	const mappings = reach.mapping === 'unknown' ? MAPPINGS : [reach.mapping];
	const filterings = reach.filtering === 'unknown' ? FILTERINGS : [reach.filtering];
	return mappings.flatMap((mapping) => filterings.map((filtering) => ({ ...reach, mapping, filtering })));
}

function decide(a: Reach, b: Reach): Decision {
	if (a.udp === 'no' || b.udp === 'no') return { direct: 'no', rule: 'path-needs-udp' };
	const all = possibilities(a).flatMap((one) => possibilities(b).map((other) => decideKnown(one, other)));
	// Possibilities go from the easiest to the strictest: the reason of the strictest holds for all.
	const strictest = all.at(-1)!;
	const agreed = all.every(({ direct }) => direct === strictest.direct);
	if (!agreed) return { direct: 'unknown', rule: 'path-not-known' };
	// Without knowing that UDP passes, a path may fail for that alone; that it fails is certain either way.
	if (strictest.direct === 'yes' && (a.udp === 'unknown' || b.udp === 'unknown'))
		return { direct: 'unknown', rule: 'path-not-known' };
	return strictest;
}

/**
 * Whether two networks find a path when relays may be used too: `mine` and `theirs` are the families of the addresses that
 * each side's own working relays have. A relay needs nobody's permission to be written to by those who can send UDP of its
 * family (RFC 8656 §9), and another relay of that family can.
 */
export function pathWithRelays(
	a: NetworkReach,
	b: NetworkReach,
	relays: { mine: readonly Family[]; theirs: readonly Family[] }
): Direct {
	const { direct } = directPath(a, b);
	if (direct === 'yes') return 'yes';
	const ways: Direct[] = [direct];
	for (const [own, far, farRelays] of [
		[relays.mine, b, relays.theirs],
		[relays.theirs, a, relays.mine]
	] as const) {
		for (const family of own) ways.push(farRelays.includes(family) ? 'yes' : (far[family]?.udp ?? 'no'));
	}
	return ways.includes('yes') ? 'yes' : ways.includes('unknown') ? 'unknown' : 'no';
}

const ORDER: Record<Direct, number> = { yes: 0, unknown: 1, no: 2 };

/** Whether two networks find a direct path; the family that does best answers. */
export function directPath(a: NetworkReach, b: NetworkReach): DirectPath {
	const found: DirectPath[] = [];
	for (const family of ['ipv4', 'ipv6'] as const) {
		const [mine, theirs] = [a[family], b[family]];
		if (mine && theirs) found.push({ ...decide(mine, theirs), family });
	}
	found.sort((one, other) => ORDER[one.direct] - ORDER[other.direct]);
	return found[0] ?? { direct: 'no', rule: 'path-no-common-family', family: null };
}
