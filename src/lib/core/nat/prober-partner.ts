/** What the probes of the prober's partner prove, and the values of what is said of them. */
import { endpointText } from '../observations/candidates';
import type { ProberFiltering } from '../observations/observation';
import type { FilteringValues, PartnerTrouble, StrangerKeptOut } from './filtering-values';

export interface Sent {
	sent: number;
	answered: number;
}

/** The probes from addresses that the page had never written to. */
export function strangers({ probes }: ProberFiltering): ProberFiltering['probes'] {
	return probes.filter(({ position }) => position === 'other-both' || position === 'other-address');
}

/**
 * The partner's unanswered probes, and the control that makes them evidence: a probe from the same socket to the same mapped address
 * was answered once the page had written to another socket of that server, and within the time that the others were waited for.
 * Null where anything of that is missing.
 */
export function partnersSilence(prober: ProberFiltering): { probes: Sent[]; control: Sent } | null {
	const { partner, mapped } = prober;
	const control = partner?.why === null ? partner.control : null;
	if (!control || control.from.address !== mapped?.address || control.roundTripMs > partner!.waitedMs) return null;
	// Only that socket's: whether a firewall at the partner lets out unsolicited packets of the other is not known.
	return { probes: strangers(prober).filter(({ from }) => endpointText(from) === endpointText(control.probedFrom)), control };
}

export function strangerLetIn(prober: ProberFiltering): FilteringValues['filtering-prober-let-in'] {
	const { from } = strangers(prober).find(({ answered }) => answered > 0)!;
	return { from, partnerHost: prober.partner?.host ?? null };
}

/** Of a prober of which it is proven that packets from an address never contacted are dropped. */
export function strangerKeptOut(prober: ProberFiltering): StrangerKeptOut {
	const all = strangers(prober);
	const { partner } = prober;
	if (!partner) return { kind: 'prober', from: (all.find(({ position }) => position === 'other-both') ?? all[0])!.from };
	const { at, probedFrom } = partner.control!;
	const sent = all.map((each) => ({ ...each.from, packets: each.sent }));
	return { kind: 'partner', host: partner.host, sent, writtenTo: at, thenLetIn: probedFrom };
}

export function partnerTrouble({ family, mapped, partner }: ProberFiltering): PartnerTrouble {
	const { why, control } = partner!;
	if (why === 'no-family') return { kind: why, family: family === 'ipv6' ? 'ipv6' : 'ipv4' };
	if (why !== null) return { kind: why };
	if (control && control.from.address !== mapped?.address)
		return { kind: 'reached-from-another-address', address: control.from.address };
	return { kind: 'too-few-packets' };
}
