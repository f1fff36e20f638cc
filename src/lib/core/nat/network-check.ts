/**
 * What another program found out about a network, in the words of a check: `tailscale netcheck`, NAT testers and the candidates of a
 * Trickle ICE page, from the recordings that core/dump makes of them.
 */
import { isOutside, scopeOfText } from '../base/ip';
import { candidatesOf, lastOf, tracksOf, type CandidateView } from '../recording/connection';
import type { RecordedConnection, Recording } from '../recording/recording';
import type { Filtering, Mapping } from './conclusion';

const SOURCES = ['netcheck', 'nat-check', 'trickle-ice'] as const;
export type NetworkCheckSource = (typeof SOURCES)[number];

export type PortMapper = 'upnp' | 'nat-pmp' | 'pcp';

export interface NetworkCheck {
	source: NetworkCheckSource;
	/** `silent`: nothing came over UDP, and nothing shows that anything else gets out. */
	udp: 'yes' | 'no' | 'silent' | 'unknown';
	/** Families over which it heard a server; null where it does not say. */
	ipv4: boolean | null;
	ipv6: boolean | null;
	/** The system has addresses of IPv6. */
	systemHasIpv6: boolean | null;
	pings: boolean | null;
	mapping: Mapping;
	filtering: Filtering;
	hairpin: 'yes' | 'no' | 'unknown';
	/** Protocols by which a router maps ports: whether one answered. */
	portMapping: { protocol: PortMapper; found: boolean }[];
	captivePortal: boolean | null;
	/** Addresses that servers outside saw. */
	seenAs: string[];
	nearest: { region: string; latencyMs: number } | null;
}

/** Whether there is no call in it, also where nothing can be told of the network. */
export function isNetworkCheck({ format }: Pick<Recording, 'format'>): boolean {
	return (SOURCES as readonly string[]).includes(format);
}

/** Null for recordings of calls. */
export function networkCheckOf({ format, connections: [connection] }: Recording): NetworkCheck | null {
	if (!connection) return null;
	switch (format) {
		case 'netcheck':
			return fromNetcheck(connection);
		case 'nat-check':
			return fromNatCheck(connection);
		case 'trickle-ice':
			return fromCandidates(connection);
		default:
			return null;
	}
}

const NOTHING: Omit<NetworkCheck, 'source' | 'seenAs'> = {
	udp: 'unknown',
	ipv4: null,
	ipv6: null,
	systemHasIpv6: null,
	pings: null,
	mapping: 'unknown',
	filtering: 'unknown',
	hairpin: 'unknown',
	portMapping: [],
	captivePortal: null,
	nearest: null
};

const PORT_MAPPERS = [
	['UPnP', 'upnp'],
	['PMP', 'nat-pmp'],
	['PCP', 'pcp']
] as const;

/** Field names are those of tailscale's net/netcheck; what it did not find out it leaves out, or writes null. */
function fromNetcheck(connection: RecordedConnection): NetworkCheck {
	const track = tracksOf(connection, 'netcheck')[0];
	const told = (name: string) => yesOrNo(lastOf(track, name));
	const latencies = (track?.columns ?? []).flatMap(({ field, v }) => {
		const [, region] = /^RegionLatencyMs\.(.+)$/.exec(field) ?? [];
		const value = v.at(-1);
		return region !== undefined && typeof value === 'number' ? [{ region, latencyMs: value }] : [];
	});
	const pings = told('ICMPv4');
	const udp = told('UDP');
	// Without UDP it measures latencies over HTTPS.
	const control = latencies.length > 0 || pings === true;
	const varies = told('MappingVariesByDestIP');
	return {
		...NOTHING,
		source: 'netcheck',
		udp: udp === null ? 'unknown' : udp ? 'yes' : control ? 'no' : 'silent',
		ipv4: told('IPv4'),
		ipv6: told('IPv6'),
		systemHasIpv6: told('OSHasIPv6'),
		pings,
		// It compares what servers at different addresses saw, and asks no second port of one.
		mapping: varies === null ? 'unknown' : varies ? 'endpoint-dependent' : 'endpoint-independent',
		hairpin: ofTest(told('HairPinning')),
		portMapping: PORT_MAPPERS.flatMap(([name, protocol]) => {
			const found = told(name);
			return found === null ? [] : [{ protocol, found }];
		}),
		captivePortal: told('CaptivePortal'),
		seenAs: outsideAddresses(connection),
		nearest: nearestOf(latencies, lastOf(track, 'PreferredDERP'))
	};
}

function nearestOf(latencies: readonly { region: string; latencyMs: number }[], preferred: unknown): NetworkCheck['nearest'] {
	return latencies.find(({ region }) => region === String(preferred)) ?? null;
}

/** Names differ between testers, in their case and in how they are written together. */
function fromNatCheck(connection: RecordedConnection): NetworkCheck {
	const found = (tracksOf(connection, 'nat-check')[0]?.columns ?? []).map(({ field, v }) => ({
		name: field.toLowerCase().replace(/^.*\./, '').replaceAll('_', ''),
		value: v.at(-1) ?? null
	}));
	const told = (names: RegExp) => found.find(({ name, value }) => names.test(name) && value !== null)?.value ?? null;
	const type = told(/^(nat)?type$/);
	const classic = typeof type === 'string' ? classicType(type) : null;
	const natted = yesOrNo(told(/^isnatt?ed$/));
	const mapping = behaviour(told(/^(nat)?mapping(behaviou?r|type)?$/));
	const filtering = behaviour(told(/^(nat)?filtering(behaviou?r|type)?$/));
	return {
		...NOTHING,
		source: 'nat-check',
		// What a mapping does is tested with answers over UDP; a public address may have been asked for over the web.
		udp: classic?.udp ?? ([mapping, filtering].some((each) => each !== 'unknown') || classic ? 'yes' : 'unknown'),
		mapping: natted === false ? 'none' : mapping !== 'unknown' ? mapping : (classic?.mapping ?? 'unknown'),
		filtering: filtering !== 'unknown' && filtering !== 'endpoint-dependent' ? filtering : (classic?.filtering ?? 'unknown'),
		hairpin: ofTest(yesOrNo(told(/^hairpin(ning)?$/))),
		seenAs: []
	};
}

/** The words of RFC 4787 as testers write them. */
function behaviour(value: unknown): Exclude<Mapping, 'none'> {
	const text = String(value ?? '')
		.toLowerCase()
		.replace(/[^a-z]+/g, '-');
	if (/^(endpoint-independent|eim|eif|independent|cone)\b/.test(text)) return 'endpoint-independent';
	if (/^(address-and-port-dependent|address-port-dependent|apdm|apdf)\b/.test(text)) return 'address-and-port-dependent';
	if (/^(address-dependent|adm|adf)\b/.test(text)) return 'address-dependent';
	return /^(endpoint-dependent|symmetric|edm)\b/.test(text) ? 'endpoint-dependent' : 'unknown';
}

/** The types of RFC 3489 §5 name both axes, as far as they do. */
function classicType(text: string): (Pick<NetworkCheck, 'mapping' | 'filtering'> & { udp: NetworkCheck['udp'] | null }) | null {
	const type = text.toLowerCase().replace(/[^a-z]+/g, ' ');
	if (/\bblocked\b/.test(type)) return { mapping: 'unknown', filtering: 'unknown', udp: 'silent' };
	if (/\bsymmetric\b(?! (udp )?firewall)/.test(type)) return { mapping: 'endpoint-dependent', filtering: 'unknown', udp: null };
	const cone = (filtering: Filtering) => ({ mapping: 'endpoint-independent' as const, filtering, udp: null });
	if (/\bport restrict/.test(type)) return cone('address-and-port-dependent');
	if (/\bfull\b/.test(type)) return cone('endpoint-independent');
	if (/\b(address )?restrict/.test(type)) return cone('address-dependent');
	return /\bcone\b/.test(type) ? cone('unknown') : null;
}

/** More mapped endpoints than local sockets: one socket was seen as two. Equal ones are told once, so fewer show nothing. */
function fromCandidates(connection: RecordedConnection): NetworkCheck | null {
	const local = candidatesOf(connection).filter(({ side, protocol }) => side === 'local' && protocol === 'udp');
	const mapped = local.filter(({ type, address }) => type === 'srflx' && isIpv4Outside(address));
	const endpoints = new Set(mapped.map(({ address, port }) => `${address} ${port}`));
	const sockets = new Set(local.filter(mayBeIpv4Host).map(({ address, port }) => `${address} ${port}`));
	const seenAs = outsideAddresses(connection);
	if (seenAs.length === 0) return null;
	return {
		...NOTHING,
		source: 'trickle-ice',
		udp: 'yes',
		mapping: sockets.size > 0 && endpoints.size > sockets.size ? 'endpoint-dependent' : 'unknown',
		seenAs
	};
}

const isIpv4Outside = (address: string | null) => address?.includes(':') === false && isOutside(scopeOfText(address));
const mayBeIpv4Host = ({ type, address }: CandidateView) => type === 'host' && address?.includes(':') !== true;

function outsideAddresses(connection: RecordedConnection): string[] {
	const seen = candidatesOf(connection).filter(
		({ side, type, protocol, address }) =>
			side === 'local' && type === 'srflx' && protocol === 'udp' && address !== null && isOutside(scopeOfText(address))
	);
	return [...new Set(seen.map(({ address }) => address!))];
}

const ofTest = (found: boolean | null) => (found === null ? 'unknown' : found ? 'yes' : 'no');

function yesOrNo(value: unknown): boolean | null {
	if (typeof value === 'boolean') return value;
	return value === 'true' ? true : value === 'false' ? false : null;
}
