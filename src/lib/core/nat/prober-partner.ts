/** What a second server's part in the prober's test is worth, and in words. */
import { formatEndpoint } from '../base/ip';
import { count, list } from '../base/words';
import type { FilterEndpoint, ProberFiltering, ProberPartner } from '../observations/observation';

export interface Sent {
	sent: number;
	answered: number;
}

export const endpointText = ({ address, port }: FilterEndpoint) => formatEndpoint(address, port);

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

export function strangerLetIn(prober: ProberFiltering): string {
	const who = prober.partner ? `The prober's partner ${prober.partner.host}` : 'The prober';
	const { from } = strangers(prober).find(({ answered }) => answered > 0)!;
	return `${who} sent from ${endpointText(from)}, which had never been written to, and was let in`;
}

/** `otherPort`: the server's own socket that was let in. */
export function strangerKeptOut(prober: ProberFiltering, otherPort: string): string {
	const partner = prober.partner;
	if (!partner) {
		const decisive = prober.knocks.find(({ corner }) => corner === 'other-both');
		return `The prober was let in from ${otherPort} and not from ${decisive ? endpointText(decisive.from) : 'other-both'}`;
	}
	const from = list(strangers(prober).map((each) => `${endpointText(each.from)} (${count(each.sent, 'packet')})`));
	const { at, knocked } = partner.control!;
	return `The prober was let in from ${otherPort}, and its partner ${partner.host} was not, from ${from}; once ${endpointText(at)} had been written to, ${endpointText(knocked)} was let in too`;
}

/** What kept the partner from telling, to stand after "for". */
export function partnerTrouble({ family, mapped, partner }: ProberFiltering): string {
	const { host, why, control } = partner!;
	if (why !== null) return TROUBLES[why](host, family === 'ipv6' ? 'IPv6' : 'IPv4');
	if (control && control.from.address !== mapped?.address)
		return `this device reaches its partner ${host} from another address, ${control.from.address}`;
	return `too few packets of its partner ${host} came through`;
}

const TROUBLES: Record<NonNullable<ProberPartner['why']>, (host: string, family: string) => string> = {
	unreachable: (host) => `its partner ${host} gave no answer`,
	refused: (host) => `its partner ${host} refused the request, as if the secrets of the two servers differed`,
	clock: (host) => `its clock and that of its partner ${host} are more than a minute apart`,
	'no-family': (host, family) => `its partner ${host} has no ${family} address that the outside reaches`,
	'same-address': (host) => `its partner ${host} has the same address as itself`,
	busy: (host) => `its partner ${host} has too much to do`,
	'not-heard': (host) => `nothing of this device reached the ports of its partner ${host}`,
	'not-answered': (host) => `packets of its partner ${host} do not arrive here, not even from an address that was written to`
};
