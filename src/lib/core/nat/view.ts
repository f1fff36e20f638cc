/** One family's NAT, judged: each field of the conclusion from its own table, with the reason beside it. */
import type { Family } from '../base/ip';
import type { SaidOf } from '../base/said';
import type { ObservationIndex } from '../observations/observation-index';
import type { Because, Mapping, NatConclusion } from './conclusion';
import { natEvidence, type NatEvidence } from './evidence';
import { filteringEvidence, judgeFiltering, type JudgedFiltering } from './filtering-rules';
import { judgeHairpin } from './hairpin-rules';
import { LAYER_RULES } from './layer-rules';
import { MAPPING_RULES, type MappingRule } from './mapping-rules';
import type { PublicAddressValues } from './nat-values';
import { judgeProberMapping, noNatSeen } from './path-sources';
import { PORT_RULES } from './port-rules';

export interface NatViews {
	ipv4: NatConclusion | null;
	ipv6: NatConclusion | null;
}

/** Null for a family that nothing was seen of. */
export function natViews(observed: ObservationIndex): NatViews {
	return { ipv4: natView(observed, 'ipv4'), ipv6: natView(observed, 'ipv6') };
}

function natView(observed: ObservationIndex, family: Family): NatConclusion | null {
	const judged = natEvidence(observed, family).map((evidence) => ({
		evidence,
		rule: MAPPING_RULES.find((rule) => rule.when(evidence))!
	}));
	// A later shared connection that shows less takes nothing back; one that shows more counts.
	const best = judged.reduce<(typeof judged)[number] | null>(
		(kept, next) => (kept && weight(kept.rule.then) > weight(next.rule.then) ? kept : next),
		null
	);
	if (!best) return null;
	const mapping = sharpened(observed, family, best.evidence, best.rule);
	return judge(
		best.evidence,
		mapping,
		judgeFiltering(filteringEvidence(observed, family, mapping.then)),
		judgeHairpin(observed, family, mapping.then)
	);
}

interface JudgedMapping {
	then: Mapping;
	because: Because;
}

/** The answer of STUN servers, made sharper by those who saw the sources of the packets themselves. */
function sharpened(observed: ObservationIndex, family: Family, evidence: NatEvidence, rule: MappingRule): JudgedMapping {
	const said = {
		then: rule.then,
		because: { rule: rule.id, values: { ...rule.values(evidence) }, observations: evidence.observations }
	};
	const own = rule.then === 'endpoint-independent' || rule.then === 'unknown' ? noNatSeen(observed, family) : null;
	if (own && evidence.publicAddresses.length <= 1) return { then: 'none', because: own };
	const prober = judgeProberMapping(observed, family);
	const sharper =
		prober !== null &&
		(rule.then === 'unknown' || (rule.then === 'endpoint-dependent' && weight(prober.mapping) > weight(rule.then)));
	return sharper ? { then: prober.mapping, because: prober.because } : said;
}

/** How much a mapping says. Two different addresses are proof; agreement is proof only as far as observers were asked. */
function weight(mapping: Mapping): number {
	if (mapping === 'unknown') return 0;
	if (mapping === 'endpoint-independent' || mapping === 'none') return 1;
	return mapping === 'endpoint-dependent' ? 2 : 3;
}

function judge(
	evidence: NatEvidence,
	mapping: JudgedMapping,
	filtering: JudgedFiltering,
	hairpin: ReturnType<typeof judgeHairpin>
): NatConclusion {
	const { observations } = evidence;
	// Each table ends with a rule that always matches.
	// A mapped port says something only beside the port that it was made from.
	const compared = evidence.ports.filter(({ hostPorts }) => hostPorts.length > 0);
	const samples = compared.length > 0 ? compared : evidence.ports;
	const ports = PORT_RULES.find((rule) => rule.when(samples, evidence))!;
	const layers = LAYER_RULES.find((rule) => rule.when(evidence, mapping.then))!;
	return {
		mapping: mapping.then,
		filtering: filtering.filtering,
		hairpin: hairpin.hairpin,
		portPattern: ports.then,
		publicAddresses: evidence.publicAddresses,
		layers: layers.then,
		evidence: {
			mapping: mapping.because,
			filtering: filtering.because,
			hairpin: hairpin.because,
			portPattern: { rule: ports.id, values: { ...ports.values(samples, evidence) }, observations },
			publicAddresses: publicAddressesReason(evidence),
			layers: { rule: layers.id, values: { ...layers.values(evidence, mapping.then) }, observations }
		}
	};
}

function publicAddressesReason(evidence: NatEvidence): Because {
	const { publicAddresses, seenAs, observations } = evidence;
	const said: SaidOf<PublicAddressValues> =
		publicAddresses.length > 0
			? { rule: 'public-address-seen', values: { addresses: publicAddresses } }
			: { rule: 'public-address-unknown', values: { seenAddresses: seenAs } };
	return { ...said, observations };
}
