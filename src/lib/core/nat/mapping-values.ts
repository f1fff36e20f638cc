/** The values of what is said about mapping, by rule: what a sentence about each needs. */
import type { Endpoint } from '../observations/candidates';

/** Where packets of one socket came from, as one of the prober's sockets saw it; `partnerHost` where it is its partner's. */
export interface ProberSighting {
	at: Endpoint;
	from: Endpoint;
	partnerHost: string | null;
}

export interface ProberMappingValues {
	'mapping-prober-two-addresses-agree': { seen: ProberSighting[] };
	'mapping-prober-ports-differ': { seen: ProberSighting[] };
	'mapping-prober-addresses-differ': { seen: ProberSighting[] };
}

export interface RelayViewValues {
	'mapping-relay-sees-own-address': { url: string; address: string };
}
