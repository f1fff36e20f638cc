/**
 * NAT behaviour discovery (RFC 5780) judged: what a client saw from a server with two addresses and two ports, and what it
 * means. The client records where each answer came from; a server that does not do what it announces must not pass for a
 * friendly network.
 */
import type { Because, Filtering, Hairpin, Mapping, PortPattern } from './conclusion';
import type { Discovery } from './discovery-facts';
import { DISCOVERY_FILTERING_RULES, discoveredFiltering } from './discovery-filtering-rules';
import { discoveryFindings, type DiscoveryFinding } from './discovery-findings';
import { DISCOVERY_HAIRPIN_RULES } from './discovery-hairpin-rules';
import { DISCOVERY_MAPPING_RULES, discoveredMapping } from './discovery-mapping-rules';

export interface DiscoveryConclusion {
	mapping: Mapping;
	filtering: Filtering;
	hairpin: Hairpin;
	portPattern: PortPattern;
	mappedAddress: string | null;
	/** Alive after the first, dead after the second, s; null: not tried, or no such silence was met. */
	lifetime: { aliveS: number | null; deadS: number | null };
	because: { mapping: Because; filtering: Because; hairpin: Because };
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
	return {
		mapping: mapping.then,
		filtering: filtering.then,
		hairpin: hairpin.then,
		portPattern: portPattern(seen),
		mappedAddress: mapped.first?.address ?? null,
		lifetime: lifetime(seen),
		because: {
			mapping: { rule: mapping.id, values: { ...mapping.values(mapped) }, observations: [] },
			filtering: { rule: filtering.id, values: { ...filtering.values(filtered) }, observations: [] },
			hairpin: { rule: hairpin.id, values: { ...hairpin.values(returned) }, observations: [] }
		},
		findings: discoveryFindings(seen)
	};
}

/** RFC 4787 §4.2. Sockets were opened one after the other, each with a port of its own. */
function portPattern({ ports }: Discovery): PortPattern {
	if (ports.length < 2) return 'unknown';
	const offsets = ports.map(({ local, mapped }) => mapped - local);
	if (offsets.every((offset) => offset === 0)) return 'preserved';
	if (offsets.every((offset) => offset === offsets[0])) return 'constant-offset';
	const steps = ports.slice(1).map(({ mapped }, i) => mapped - ports[i]!.mapped);
	return steps.every((step) => step > 0 && step <= 8) ? 'sequential' : 'random';
}

function lifetime({ lifetime: tried }: Discovery): DiscoveryConclusion['lifetime'] {
	const silences = [...(tried?.silences ?? [])].sort((a, b) => a.seconds - b.seconds);
	const dead = silences.find(({ alive }) => !alive)?.seconds ?? null;
	const alive = silences.filter((each) => each.alive && (dead === null || each.seconds < dead)).at(-1)?.seconds ?? null;
	return { aliveS: alive, deadS: dead };
}
