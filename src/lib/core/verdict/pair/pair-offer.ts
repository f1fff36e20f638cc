/** What each end of a call could offer to the other: the addresses that are reached from outside, from its own candidates. */
import { isOutsideText } from '../../nat/evidence';
import type { MeetingSeat, PairCall } from '../../observations/observation';
import { candidatesOf, type PairView } from '../../recording/connection';
import type { RecordedConnection } from '../../recording/recording';
import type { TriedPair } from './pair-conclusion';
import type { MeetingPlace } from './pair-values';

/** Address and type at their places in a candidate attribute (RFC 8839 §5.1). Browsers wrote these lines: there is nothing to explain. */
const ADDRESS_AND_TYPE = /^(?:a=)?candidate:\S+ \d+ \S+ \d+ (\S+) \d+ typ (\S+)/;

export interface Offer {
	/** Addresses that others can send to, relays left out. */
	outside: string[];
	/** True where the end gathered anything at all: without that nothing can be missing. */
	gathered: boolean;
}

export function offerOf(connection: RecordedConnection | undefined): Offer {
	if (!connection) return { outside: [], gathered: false };
	const told = connection.events.flatMap(({ call, candidate }) => {
		if (call !== 'candidate' || !candidate) return [];
		const [, address, type] = ADDRESS_AND_TYPE.exec(candidate) ?? [];
		return address && type ? [{ address, type }] : [];
	});
	const counted = candidatesOf(connection).filter(({ side }) => side === 'local');
	const outside = [...told, ...counted].flatMap(({ type, address }) =>
		type !== 'relay' && address && isOutsideText(address) ? [address] : []
	);
	return { outside: [...new Set(outside)], gathered: told.length > 0 };
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
	const shared = offers.host.outside.filter((address) => offers.guest.outside.includes(address));
	if (!chosen || shared.length === 0) return null;
	if (chosen.remote?.address && shared.includes(chosen.remote.address)) return 'hairpinned';
	return chosen.local?.type === 'host' && chosen.remote?.type === 'host' ? 'one-network' : null;
}
