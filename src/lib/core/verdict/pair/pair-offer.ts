/** What each end of a call could offer to the other: the addresses that are reached from outside, from its own candidates. */
import { inBlock, parseIp } from '../../base/ip';
import { isOutsideText } from '../../nat/evidence';
import type { MeetingSeat, PairCall } from '../../observations/observation';
import { candidatesOf, type PairView } from '../../recording/connection';
import type { RecordedConnection } from '../../recording/recording';
import type { TriedPair } from './pair-conclusion';
import type { MeetingPlace } from './pair-values';

/** Transport, address and type at their places in a candidate attribute (RFC 8839 §5.1). Browsers wrote these lines: there is nothing to explain. */
const CANDIDATE = /^(?:a=)?candidate:\S+ \d+ (\S+) \d+ (\S+) \d+ typ (\S+)/;

export interface Offer {
	/** Addresses that others can send to, relays left out. */
	outside: string[];
	/** Its own addresses over UDP, as it told them: private ones of IPv4, and names (mDNS) that stand for one. */
	inner: string[];
	/** True where the end gathered anything at all: without that nothing can be missing. */
	gathered: boolean;
}

export function offerOf(connection: RecordedConnection | undefined): Offer {
	if (!connection) return { outside: [], inner: [], gathered: false };
	const told = connection.events.flatMap(({ call, candidate }) => {
		if (call !== 'candidate' || !candidate) return [];
		const [, transport, address, type] = CANDIDATE.exec(candidate) ?? [];
		return address && type ? [{ transport: transport!.toLowerCase(), address, type }] : [];
	});
	const inner = told.flatMap(({ transport, address, type }) =>
		type === 'host' && transport === 'udp' && (isName(address) || isPrivateIpv4(address)) ? [address] : []
	);
	const counted = candidatesOf(connection).filter(({ side }) => side === 'local');
	const outside = [...told, ...counted].flatMap(({ type, address }) =>
		type !== 'relay' && address && isOutsideText(address) ? [address] : []
	);
	return { outside: [...new Set(outside)], inner: [...new Set(inner)], gathered: told.length > 0 };
}

/** A name that stands for an address within one network (RFC 6762 §3). */
export const isName = (address: string) => address.endsWith('.local');

function isPrivateIpv4(address: string): boolean {
	return parseIp(address)?.family === 'ipv4' && !isOutsideText(address);
}

/** Public addresses that both ends have. */
export function sharedOutside({ host, guest }: Record<MeetingSeat, Offer>): string[] {
	return host.outside.filter((address) => guest.outside.includes(address));
}

/** Two private addresses of one /24: two homes may both use 192.168.1.0, so this counts only behind one public address. */
export function neighbours(mine: readonly string[], theirs: readonly string[]): [string, string] | null {
	for (const a of mine) for (const b of theirs) if (a !== b && sameSubnet(a, b)) return [a, b];
	return null;
}

function sameSubnet(a: string, b: string): boolean {
	const [one, other] = [parseIp(a), parseIp(b)];
	if (!one || !other || one.family !== 'ipv4' || other.family !== 'ipv4' || isOutsideText(a)) return false;
	return inBlock(one, other, 24);
}

/** The other end has the public address of this one: both are behind one NAT, and it has to hairpin packets. */
export function isBehindSameNat({ remote }: PairView, offer: Offer): boolean {
	return remote?.type !== 'relay' && !!remote?.address && offer.outside.includes(remote.address);
}

/** Who had nothing that the other could have reached. */
export function devicesWithoutOffer(offers: Record<MeetingSeat, Offer>, names: PairCall['names']): string[] {
	const lacking = (['host', 'guest'] as const).filter((seat) => offers[seat].gathered && offers[seat].outside.length === 0);
	return lacking.map((seat) => names[seat]);
}

/** Where two devices with one public address met; null for others. */
export function meetingPlace(
	chosen: Pick<TriedPair, 'local' | 'remote'> | null,
	offers: Record<MeetingSeat, Offer>
): MeetingPlace | null {
	const shared = sharedOutside(offers);
	if (!chosen || shared.length === 0) return null;
	if (chosen.remote?.address && shared.includes(chosen.remote.address)) return 'hairpinned';
	return chosen.local?.type === 'host' && chosen.remote?.type === 'host' ? 'one-network' : null;
}
