/** This network against each class of peer: the matrix "who can I call without TURN". */
import type { Family } from '../../base/ip';
import type { NatConclusion } from '../../nat/conclusion';
import { isOutsideText } from '../../nat/evidence';
import { directPath, PEER_CLASSES, type NetworkReach, type Reach } from '../../nat/peer-matrix';
import { familyOfText } from '../../observations/candidates';
import type { PeerConclusion, ServerConclusion } from '../conclusion';
import { natObservations, silenceIndexes } from './answer-facts';
import type { View } from '../view';

type OwnNetwork = Pick<View, 'says' | 'nat' | 'missing' | 'finished' | 'udpOutside'>;

/** Empty while nothing can be said about any class: a table of unknowns helps nobody. */
export function judgePeers(view: OwnNetwork & Pick<View, 'udpSilent' | 'udpSilence'>): PeerConclusion[] {
	const own = networkReach(view);
	if (![own.ipv4, own.ipv6].some((reach) => reach && reach.udp !== 'unknown')) return [];
	// A network that is not known in one family may be known in the other: all that was seen of either counts.
	const observations = [
		...new Set([view.nat.ipv4, view.nat.ipv6].flatMap((nat) => (nat ? natObservations(nat) : silenceIndexes(view))))
	];
	return PEER_CLASSES.map(({ id, reach }): PeerConclusion => {
		const { direct, rule, family } = directPath(own, reach);
		const { mapping, filtering, udp } = (reach.ipv4 ?? reach.ipv6)!;
		return {
			peer: { id, mapping, filtering, udp: udp === 'yes' ? 'yes' : 'no', families: familiesOf(reach) },
			direct,
			family,
			rule,
			values: { overFamily: null },
			observations
		};
	});
}

/** A family is missing only where the device certainly lacks it, and once every server has been asked. */
export function networkReach({ says, nat, missing, finished, udpOutside }: OwnNetwork): NetworkReach {
	const reach = (family: Family, conclusion: NatConclusion | null): Reach | null => {
		// A refusal over UDP shows that UDP passes, though no address: Firefox tells none where the allocation was refused.
		const heard = udpOutside.some((facts) => facts.family === family);
		const known = conclusion !== null && (conclusion.publicAddresses.length > 0 || conclusion.mapping === 'none' || heard);
		if (!known && says['udp-usable'] === 'no') return { ...NOTHING_KNOWN, udp: 'no' };
		if (!known && family === 'ipv6' && says['ipv6-usable'] === 'no') return null;
		if (!known) return finished && missing.has(family) ? null : NOTHING_KNOWN;
		// Behind NAT64 nothing can be sent to an IPv4 peer's address; whether its packets come in is up to the filter.
		if (missing.has(family)) return conclusion.filtering === 'address-and-port-dependent' ? null : NOTHING_KNOWN;
		const { mapping, filtering, publicAddresses } = conclusion;
		const steady = mapping === 'none' || mapping === 'endpoint-independent';
		return { udp: 'yes', mapping, filtering, pooled: !steady && publicAddresses.length > 1 };
	};
	return { ipv4: reach('ipv4', nat.ipv4), ipv6: reach('ipv6', nat.ipv6) };
}

/** The families of the relays that carried data and that others can send to. */
export function relayFamilies(servers: readonly ServerConclusion[]): Family[] {
	const working = servers.filter(
		({ kind, state, relayAddress }) => kind === 'turn' && state === 'works' && isOutsideText(relayAddress)
	);
	return [...new Set(working.map(({ relayAddress }) => familyOfText(relayAddress)))].filter((family) => family !== 'unknown');
}

const NOTHING_KNOWN: Reach = { udp: 'unknown', mapping: 'unknown', filtering: 'unknown', pooled: false };

function familiesOf({ ipv4, ipv6 }: NetworkReach): Family[] {
	return [...(ipv4 ? (['ipv4'] as const) : []), ...(ipv6 ? (['ipv6'] as const) : [])];
}
