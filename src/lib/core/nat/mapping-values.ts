/** The values of what is said about mapping, by rule: what a sentence about each needs. */
import type { NoValues } from '../base/said';
import type { Endpoint } from '../observations/candidates';
import type { Settled } from './evidence';

/** A server as its URL names it: a host name or an address, and the port. */
export interface ServerPlace {
	host: string;
	port: number;
}

/** The different addresses of one socket, each with the server that sees it; null where the browser does not name it. */
interface SeenDifferently {
	mapped: (Endpoint & { observer: ServerPlace | null })[];
}

interface SeenAlike {
	observers: ServerPlace[];
	mapped: Endpoint[];
	settled: Settled;
}

export interface MappingValues {
	'mapping-no-observer': NoValues;
	'mapping-only-local-observers': { urls: string[]; seenAddresses: string[] };
	'mapping-is-host': { addresses: string[] };
	'mapping-differs-per-port': SeenDifferently;
	'mapping-differs-per-address': SeenDifferently;
	'mapping-differs': SeenDifferently;
	'mapping-one-observer': { observer: ServerPlace; seenAddresses: string[] };
	'mapping-not-asked-together': { urls: string[] };
	'mapping-observer-fell-silent': { silencedUrls: string[]; askedUrls: string[] };
	'mapping-sockets-mixed': NoValues;
	'mapping-unfinished': NoValues;
	'mapping-one-address-agrees': { urls: string[]; addresses: string[]; host: string };
	'mapping-observers-may-be-one': { urls: string[]; addresses: string[] };
	'mapping-agrees-host-hidden': SeenAlike;
	'mapping-agrees': SeenAlike & { hostAddresses: string[] };
}

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
