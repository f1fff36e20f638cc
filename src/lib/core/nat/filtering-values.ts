/** The values of what is said about filtering, by rule: what a sentence about each needs, under names with units. */
import type { Family } from '../base/ip';
import type { NoValues } from '../base/said';
import type { Endpoint } from '../observations/candidates';
import type { FilterProbe, ProberPartner } from '../observations/observation';
import type { Filtering } from './conclusion';

/** What kept a relay or the prober from telling. */
export type FilteringTrouble = NonNullable<FilterProbe['why']> | 'not-listened' | 'prober-not-reached' | 'prober-too-few-packets';

/** What kept the prober's partner from telling. */
export type PartnerTrouble =
	| { kind: Exclude<NonNullable<ProberPartner['why']>, 'no-family'> }
	| { kind: 'no-family'; family: Family }
	| { kind: 'reached-from-another-address'; address: string }
	| { kind: 'too-few-packets' };

/** Who was not let in: the prober from another address of its own, or its partner, and what shows that its packets arrive. */
export type StrangerKeptOut =
	| { kind: 'prober'; from: Endpoint }
	| { kind: 'partner'; host: string; sent: (Endpoint & { packets: number })[]; writtenTo: Endpoint; thenLetIn: Endpoint };

/** `relay`: where the unsolicited probes came from; null where it is not known. */
interface Probed {
	relay: Endpoint | null;
}

export interface FilteringValues {
	'filtering-methods-disagree': { relayUrls: string[]; byRelay: Filtering; proberAt: string; byProber: Filtering };
	'filtering-lets-strangers-in': Probed & { receivedAfterMs: number; received: number };
	'filtering-goes-by-address': Probed & { blockedForMs: number; receivedAfterMs: number };
	'filtering-goes-by-address-and-port': Probed & { blockedForMs: number; controlMs: number };
	'filtering-prober-let-in': { from: Endpoint; partnerHost: string | null };
	'filtering-prober-by-address': { otherPort: Endpoint; stranger: StrangerKeptOut };
	'filtering-prober-by-address-and-port': { proberAt: string; otherPort: Endpoint };
	'filtering-prober-partner-tells-nothing': { otherPort: Endpoint; partnerHost: string; trouble: PartnerTrouble };
	'filtering-not-by-port': { letIn: Endpoint | null };
	'filtering-contradicts-itself': { passed: number; blocked: number };
	'filtering-strangers-kept-out': Probed & { blockedForMs: number };
	'filtering-inconclusive': { relayUrls: string[]; proberAt: string | null; troubles: FilteringTrouble[] };
	'filtering-not-measured': NoValues;
}
