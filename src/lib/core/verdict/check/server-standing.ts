/** Where a server stands, seen from this device: an answer from inside its own network says nothing about the way out. */
import { isOutsideText, sameAddress } from '../../nat/evidence';
import { baseOf, isInnerName } from '../../observations/candidates';
import type { IceUrl } from '../../stun/uri';
import type { AskedServer } from './server-witness';

export type Standing = 'outside' | 'inside' | 'unknown';

type Placed = Pick<AskedServer, 'gathered' | 'relays' | 'runs'> & { place: IceUrl | null };

/**
 * `all`: what is known of every server, this one among them; `hosts`: the device's addresses that the browser shows. An address that
 * a server sees and that is neither public nor the device's own may be a NAT's before the server (docker, libvirt, Kubernetes).
 */
export function standing({ place }: Placed, all: readonly Placed[], hosts: readonly string[]): Standing {
	if (!place) return 'unknown';
	if (place.hostKind !== 'name') {
		// This machine's own server, asked at the address that it has outside, proves nothing about the way there.
		const own = [...hosts, ...all.flatMap(reflexive)];
		return isOutsideText(place.host) && !own.some((address) => sameAddress(address, place.host)) ? 'outside' : 'inside';
	}
	if (isInnerName(place.host)) return 'inside';
	const there = all.filter((other) => other.place?.host === place.host);
	const relays = there.flatMap((other) => other.relays);
	// The related address of a relay is this device as the TURN server saw it; Firefox repeats the relay's.
	const seenAs = [...there.flatMap(reflexive), ...relays.map((each) => baseOf(each)?.address ?? null)];
	const relayAddresses = [
		...relays.map(({ address }) => address),
		...there.flatMap(({ runs }) => runs.map((run) => run.relayAddress))
	];
	if ([...seenAs, ...relayAddresses].some(isOutsideText)) return 'outside';
	return seenAs.some((address) => address !== null && hosts.some((host) => sameAddress(host, address))) ? 'inside' : 'unknown';
}

/** What this server saw of the device, over either family. */
function reflexive({ gathered }: Placed): string[] {
	return (gathered?.candidates ?? []).flatMap(({ type, address }) => (type === 'srflx' && address !== null ? [address] : []));
}
