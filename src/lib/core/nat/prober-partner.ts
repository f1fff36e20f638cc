/** What a second server's part in the prober's test is worth, and what there is to say of it. */
import { endpointText } from '../observations/candidates';
import type { ProberFiltering } from '../observations/observation';
import type { FilteringValues, PartnerTrouble, StrangerKeptOut } from './filtering-values';

export interface Sent {
	sent: number;
	answered: number;
}

/** The knocks from addresses that the page had never written to. */
export function strangers({ knocks }: ProberFiltering): ProberFiltering['knocks'] {
	return knocks.filter(({ corner }) => corner === 'other-both' || corner === 'other-address');
}

/**
 * Knocks in vain of the partner, and the control that gives them their weight: the same socket was let in, to the same address
 * of this network, once the page had written to another socket of that server, and it answered soon enough to have been heard
 * before. Null where anything of that is missing.
 */
export function partnersSilence(prober: ProberFiltering): { knocks: Sent[]; control: Sent } | null {
	const { partner, mapped } = prober;
	const control = partner?.why === null ? partner.control : null;
	if (!control || control.from.address !== mapped?.address || control.roundTripMs > partner!.waitedMs) return null;
	// Only that socket's: of the other it is not known what is let out unasked.
	return { knocks: strangers(prober).filter(({ from }) => endpointText(from) === endpointText(control.knocked)), control };
}

export function strangerLetIn(prober: ProberFiltering): FilteringValues['filtering-prober-let-in'] {
	const { from } = strangers(prober).find(({ answered }) => answered > 0)!;
	return { from, partnerHost: prober.partner?.host ?? null };
}

/** Of a prober that a stranger's silence is proven of. */
export function strangerKeptOut(prober: ProberFiltering): StrangerKeptOut {
	const all = strangers(prober);
	const { partner } = prober;
	if (!partner) return { kind: 'prober', from: (all.find(({ corner }) => corner === 'other-both') ?? all[0])!.from };
	const { at, knocked } = partner.control!;
	const sent = all.map((each) => ({ ...each.from, packets: each.sent }));
	return { kind: 'partner', host: partner.host, sent, writtenTo: at, thenLetIn: knocked };
}

export function partnerTrouble({ family, mapped, partner }: ProberFiltering): PartnerTrouble {
	const { why, control } = partner!;
	if (why === 'no-family') return { kind: why, family: family === 'ipv6' ? 'ipv6' : 'ipv4' };
	if (why !== null) return { kind: why };
	if (control && control.from.address !== mapped?.address)
		return { kind: 'reached-from-another-address', address: control.from.address };
	return { kind: 'too-few-packets' };
}
