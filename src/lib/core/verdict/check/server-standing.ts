/** Where a server stands, seen from this device: an answer from inside its own network says nothing about the way out. */
import { mayBeNeighbours, scopeOfText } from '../../base/ip';
import { isOutsideText, sameAddress } from '../../nat/evidence';
import { baseOf, familyOfText, isInnerName, seenByTurn } from '../../observations/candidates';
import type { IceUrl } from '../../stun/uri';
import type { AskedServer } from './server-witness';

/** `near`: at a public address, in the device's network or beyond it. */
export type Standing = 'outside' | 'inside' | 'near' | 'unknown';

type Placed = Pick<AskedServer, 'gathered' | 'relays' | 'runs'> & { place: IceUrl | null };

export interface DeviceSeen {
	/** Its addresses that the browser shows. */
	hosts: readonly string[];
	/** What others than the servers in their own connections saw of it. */
	seenAs: readonly string[];
	/** The browser leaves kinds of candidates out, and with them what would tell where this device is. */
	leftOut: boolean;
}

/**
 * `all`: what is known of every server, this one among them. An address that a server sees and that is neither public nor the device's
 * own may be a NAT's before the server (docker, libvirt, Kubernetes).
 */
export function standing({ place }: Placed, all: readonly Placed[], { hosts, seenAs, leftOut }: DeviceSeen): Standing {
	if (!place) return 'unknown';
	const own = [...hosts, ...seenAs, ...all.flatMap(reflexive), ...all.flatMap(seenByRelay)];
	const known = new Set(own.filter(isOutsideText).map(familyOfText));
	// Any public address may then be of this device's own network.
	const isAnywhere = (address: string | null) => leftOut && !known.has(familyOfText(address));
	const there = all.filter((other) => other.place?.host === place.host);
	if (place.hostKind !== 'name') {
		// This machine's own server, asked at the address that it has outside, proves nothing about the way there.
		if (!isOutsideText(place.host) || own.some((address) => sameAddress(address, place.host))) return 'inside';
		// Of a server that sees an inner address nothing tells whether a NAT stands before it, unless others saw the device's public one
		// of this family.
		const seen = there.flatMap(reflexive).filter((address) => scopeOfText(address) !== 'carrier-grade');
		const seesInner = seen.length > 0 && !known.has(familyOfText(place.host));
		return isAnywhere(place.host) || seesInner || own.some((address) => mayBeNeighbours(address, place.host))
			? 'near'
			: 'outside';
	}
	if (isInnerName(place.host)) return 'inside';
	const relays = there.flatMap((other) => other.relays);
	// The related address of a relay is this device as the TURN server saw it; Firefox repeats the relay's.
	const seenThere = [...there.flatMap(reflexive), ...relays.map((each) => baseOf(each)?.address ?? null)];
	const relayAddresses = [
		...relays.map(({ address }) => address),
		...there.flatMap(({ runs }) => runs.map((run) => run.relayAddress))
	];
	if (relayAddresses.some((relay) => own.some((address) => isOutsideText(relay) && mayBeNeighbours(address, relay))))
		return 'near';
	const elsewhere = [...seenThere, ...relayAddresses].some((address) => isOutsideText(address) && !isAnywhere(address));
	if (elsewhere) return 'outside';
	return seenThere.some((address) => address !== null && hosts.some((host) => sameAddress(host, address))) ? 'inside' : 'unknown';
}

/** Where a TURN server, or the far end of its relay, got this device's packets from, or were told that they would come from. */
function seenByRelay({ relays, runs }: Placed): string[] {
	const bases = relays.flatMap((relay) => seenByTurn(relay)?.address ?? []);
	const direct = runs.filter(({ toward }) => toward === 'direct');
	return [
		...bases,
		...direct.flatMap(({ remote, farAddresses }) => [...(remote?.address ? [remote.address] : []), ...(farAddresses ?? [])])
	];
}

/** What this server saw of the device, over either family. */
function reflexive({ gathered }: Placed): string[] {
	return (gathered?.candidates ?? []).flatMap(({ type, address }) => (type === 'srflx' && address !== null ? [address] : []));
}
