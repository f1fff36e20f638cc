/** The values of what `icelens nat` says, by rule: what a sentence about each needs, under names with units. */
import type { Family } from '../base/ip';
import type { NoValues } from '../base/said';
import type { Filtering, Mapping } from './conclusion';
import type { Endpoint } from '../observations/candidates';

/** What each address of the server that was asked sees one socket as; null where it reported nothing. */
interface SeenFromEach {
	seen: { at: Endpoint; mapped: Endpoint | null }[];
}

interface SeenByServer {
	server: Endpoint;
	mapped: Endpoint;
}

export interface DiscoveryMappingValues {
	'discovery-mapping-no-answer': { server: Endpoint; waitedMs: number; requests: number };
	'discovery-mapping-not-told': { server: Endpoint; errorCode: number | null };
	'discovery-no-nat': SeenByServer;
	'discovery-mapping-from-elsewhere': { server: Endpoint; from: Endpoint };
	'discovery-mapping-by-port': SeenFromEach;
	'discovery-mapping-mixed': SeenFromEach;
	'discovery-mapping-same': SeenFromEach;
	'discovery-mapping-by-address': SeenFromEach;
	'discovery-mapping-differs': SeenFromEach;
	'discovery-one-observer': SeenByServer;
}

/** `stranger`: the server's other address and port, which had not been contacted. */
export interface DiscoveryFilteringValues {
	'discovery-filtering-not-asked': NoValues;
	'discovery-filtering-open': { stranger: Endpoint; answeredAfterMs: number };
	'discovery-server-does-not-change': { asked: 'address' | 'port' };
	'discovery-filtering-by-address': { stranger: Endpoint; otherPort: Endpoint };
	'discovery-filtering-control-failed': { stranger: Endpoint };
	'discovery-filtering-by-port': {
		stranger: Endpoint;
		strangerRequests: number;
		otherPort: Endpoint;
		otherPortRequests: number;
	};
}

export interface DiscoveryHairpinValues {
	'discovery-hairpin-no-nat': NoValues;
	'discovery-hairpin-not-asked': NoValues;
	'discovery-hairpin-works': { returnedAfterMs: number; from: Endpoint };
	'discovery-hairpin-fails': { waitedMs: number };
}

interface Announced {
	server: Endpoint;
	announced: Endpoint;
}

export interface DiscoveryFindingValues {
	'discovery-no-answer': { server: Endpoint };
	'discovery-answer-from-elsewhere': { asked: Endpoint; from: Endpoint };
	'discovery-no-other-address': { server: Endpoint };
	'discovery-other-address-is-not-another': Announced & { differsBy: 'nothing' | 'port' | 'address' };
	'discovery-other-address-is-private': Announced;
	'discovery-other-address-is-silent': Announced;
	'discovery-change-refused': { server: Endpoint; errorCode: number };
	'discovery-change-not-done': { wanted: Endpoint; from: Endpoint };
	/** One answer named both. */
	'discovery-mapped-address-falsified': { server: Endpoint; hidden: Endpoint; plain: Endpoint };
	'discovery-origin-differs': { from: Endpoint; origin: Endpoint };
}

interface GatewaySaid {
	gateway: string;
	externalAddress: string;
	/** Those by which it says so. */
	protocols: ('nat-pmp' | 'upnp')[];
}

/** What the own router says of its external address. */
export interface GatewayValues {
	'gateway-silent': { gateway: string; waitedMs: number; requests: number };
	'gateway-speaks-pcp-only': { gateway: string };
	'gateway-addresses-differ': { gateway: string; natPmpAddress: string; upnpAddress: string };
	'gateway-description-elsewhere': { gateway: string; location: string };
	/** `resultCode` of NAT-PMP; null where it was not answered by that, as `upnp`. */
	'gateway-tells-no-address': {
		gateway: string;
		resultCode: number | null;
		upnp: { state: 'told'; errorCode: number | null } | { state: 'http' | 'too-large' | 'timeout' | 'no-connection' } | null;
	};
	'gateway-behind-carrier-nat': GatewaySaid;
	'gateway-behind-another-nat': GatewaySaid;
	'gateway-mapped-not-known': GatewaySaid;
	'gateway-is-last-nat': GatewaySaid;
	'gateway-address-not-seen': GatewaySaid & { seenAddress: string };
}

/** `address`: the one that the server sees. */
export interface HopValues {
	'hops-no-mapped-address': NoValues;
	'hops-no-nat': NoValues;
	'hops-mapped-address-doubtful': SeenByServer;
	'hops-refused-by-first-router': { address: string; port: number };
	'hops-returned-by-first-router': { address: string };
	/** `hops`: the fewest with which it was refused, or came back. */
	'hops-refused-farther': { address: string; port: number; hops: number };
	'hops-returned-farther': { address: string; hops: number };
	'hops-mapping-lost-farther': { silenceS: number; before: Endpoint; after: Endpoint };
	'hops-state-lost-farther': { silenceS: number };
	'hops-state-lost-by-first-routers': { silenceS: number };
	'hops-nothing-forgotten': { silenceS: number };
	'hops-another-way': { address: string };
	'hops-no-sign': { address: string; silenceAsked: boolean };
}

interface OwnAddress {
	name: string;
	address: string;
}

export interface InterfaceFindingValues {
	'interface-without-answer': OwnAddress & { server: Endpoint };
	'interfaces-differ': {
		family: Family;
		seen: (OwnAddress & { mappedAddress: string; mapping: Mapping; filtering: Filtering })[];
	};
}

export interface DiscoveryValues
	extends
		InterfaceFindingValues,
		HopValues,
		GatewayValues,
		DiscoveryMappingValues,
		DiscoveryFilteringValues,
		DiscoveryHairpinValues,
		DiscoveryFindingValues {}
