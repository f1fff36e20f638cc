/**
 * NAT behaviour discovery (RFC 5780) judged: what a client saw from a server with two addresses and two ports, and what it
 * means. The client records where each answer came from; a server that does not do what it announces must not pass for a
 * friendly network.
 */
import type { Because, Filtering, Hairpin, Mapping, PortPattern } from './conclusion';
import type { Discovery, SocketSeen } from './discovery-facts';
import { DISCOVERY_FILTERING_RULES, discoveredFiltering } from './discovery-filtering-rules';
import { discoveryFindings, type DiscoveryFinding } from './discovery-findings';
import { DISCOVERY_HAIRPIN_RULES } from './discovery-hairpin-rules';
import { DISCOVERY_MAPPING_RULES, discoveredMapping } from './discovery-mapping-rules';
import type { PortSample } from './evidence';
import { PORT_RULES } from './port-rules';

export interface DiscoveryConclusion {
	mapping: Mapping;
	filtering: Filtering;
	hairpin: Hairpin;
	portPattern: PortPattern;
	mappedAddress: string | null;
	/** Alive after the first, dead after the second, s; null: not tried, or no such silence was met. */
	lifetime: { aliveS: number | null; deadS: number | null };
	because: { mapping: Because; filtering: Because; hairpin: Because; portPattern: Because };
	findings: DiscoveryFinding[];
}

export function judgeDiscovery(seen: Discovery): DiscoveryConclusion {
	// Each table ends with a rule that always matches.
	const mapped = discoveredMapping(seen);
	const mapping = DISCOVERY_MAPPING_RULES.find((rule) => rule.when(mapped))!;
	const filtered = discoveredFiltering(seen, mapping.then);
	const filtering = DISCOVERY_FILTERING_RULES.find((rule) => rule.when(filtered))!;
	const returned = { hairpin: seen.hairpin, mapping: mapping.then };
	const hairpin = DISCOVERY_HAIRPIN_RULES.find((rule) => rule.when(returned))!;
	const samples = seen.ports.map(portSample);
	const addresses = { publicAddresses: mapped.first ? [mapped.first.address] : [], hosts: [seen.local.address] };
	const ports = PORT_RULES.find((rule) => rule.when(samples, addresses))!;
	return {
		mapping: mapping.then,
		filtering: filtering.then,
		hairpin: hairpin.then,
		portPattern: ports.then,
		mappedAddress: mapped.first?.address ?? null,
		lifetime: lifetime(seen),
		because: {
			mapping: { rule: mapping.id, values: { ...mapping.values(mapped) }, observations: [] },
			filtering: { rule: filtering.id, values: { ...filtering.values(filtered) }, observations: [] },
			hairpin: { rule: hairpin.id, values: { ...hairpin.values(returned) }, observations: [] },
			portPattern: { rule: ports.id, values: { ...ports.values(samples, addresses) }, observations: [] }
		},
		findings: discoveryFindings(seen)
	};
}

function portSample({ local, mapped, address, askedMs, answeredMs }: SocketSeen): PortSample {
	return {
		hostPorts: [local],
		mappedAddress: address,
		mappedPort: mapped,
		madeAfterMs: askedMs,
		madeByMs: answeredMs,
		socket: String(local)
	};
}

function lifetime({ lifetime: tried }: Discovery): DiscoveryConclusion['lifetime'] {
	const silences = [...(tried?.silences ?? [])].sort((a, b) => a.seconds - b.seconds);
	const dead = silences.find(({ alive }) => !alive)?.seconds ?? null;
	const alive = silences.filter((each) => each.alive && (dead === null || each.seconds < dead)).at(-1)?.seconds ?? null;
	return { aliveS: alive, deadS: dead };
}
