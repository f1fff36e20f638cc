/** For which peers this network needs a TURN server. */
import { bare } from '../../base/said';
import type { NatConclusion } from '../../nat/conclusion';
import { FILTERING_RULES } from '../../nat/filtering-rules';
import { MAPPING_RULES } from '../../nat/mapping-rules';
import { answerRule, type AnswerTable, type MissingStep } from '../answer-rule';
import type { Reads } from '../reading';
import { dependentNat, natObservations, ownIpv4, silenceIndexes, steady, steadyIpv4 } from './answer-facts';
import type { NeedUnknown, SteadyMapping } from './answer-values';

export const NEEDS_TURN_RULES: AnswerTable<'needs-turn'> = [
	answerRule({
		id: 'turn-needed-without-udp',
		needs: [],
		reads: ['udp-usable', 'udpSilent', 'udpSilence'],
		says: 'always',
		when: (v) => v['udp-usable'] === 'no',
		values: () => ({}),
		observations: (v) => silenceIndexes(v)
	}),
	answerRule({
		id: 'turn-needed-mapping-depends',
		needs: ['nat-mapping'],
		reads: ['nat'],
		says: 'for-some-peers',
		when: (v) => dependentNat(v) !== null,
		values: (v) => ({ mapping: dependentNat(v)!.mapping }),
		observations: (v) => dependentNat(v)!.evidence.mapping!.observations,
		also: (v) => [dependentNat(v)!.evidence.mapping!]
	}),
	answerRule({
		id: 'turn-not-needed',
		needs: ['nat-filtering'],
		reads: ['nat', 'missing'],
		says: 'never',
		when: (v) => welcoming(ownIpv4(v)),
		values: ({ nat: { ipv4 } }) => ({
			mapping: steadyMapping(ipv4!),
			filtering: ipv4!.filtering === 'endpoint-independent' ? 'endpoint-independent' : 'address-dependent'
		}),
		observations: (v) => natObservations(v.nat.ipv4!),
		also: (v) => [v.nat.ipv4!.evidence.mapping!, v.nat.ipv4!.evidence.filtering!]
	}),
	answerRule({
		id: 'turn-needed-filtering-by-port',
		needs: ['nat-filtering'],
		reads: ['nat', 'missing'],
		says: 'for-some-peers',
		when: (v) => steady(ownIpv4(v)) && v.nat.ipv4!.filtering === 'address-and-port-dependent',
		values: (v) => ({ mapping: steadyMapping(v.nat.ipv4!) }),
		observations: (v) => natObservations(v.nat.ipv4!),
		also: (v) => [v.nat.ipv4!.evidence.mapping!, v.nat.ipv4!.evidence.filtering!]
	}),
	answerRule({
		id: 'turn-needed-without-ipv4',
		needs: ['server-gathering', 'ice-gathering'],
		reads: ['finished', 'missing', 'nat'],
		says: 'for-some-peers',
		when: (v) => v.finished && v.missing.has('ipv4') && steady(v.nat.ipv6),
		values: () => ({}),
		observations: (v) => natObservations(v.nat.ipv6!),
		also: (v) => [v.nat.ipv6!.evidence.mapping!, v.nat.ipv6!.evidence.filtering!]
	}),
	answerRule({
		id: 'turn-need-unknown-filtering',
		needs: [],
		reads: ['nat', 'missing'],
		says: 'unknown',
		when: (v) => steadyIpv4(v) !== null,
		values: (v) => ({ mapping: steadyMapping(steadyIpv4(v)!) }),
		observations: (v) => steadyIpv4(v)!.evidence.mapping!.observations,
		also: (v) => [steadyIpv4(v)!.evidence.mapping!, steadyIpv4(v)!.evidence.filtering!],
		missing: (v) => [missingFiltering(steadyIpv4(v)!)]
	}),
	answerRule({
		id: 'turn-need-unknown-mapping',
		needs: [],
		reads: ['udp-usable', 'nat', 'missing'],
		says: 'unknown',
		when: () => true,
		values: (v) => ({ because: needUnknown(v) }),
		observations: (v) => (v.nat.ipv4 ?? v.nat.ipv6)?.evidence.mapping!.observations ?? [],
		also: (v) => [v.nat.ipv4, v.nat.ipv6].flatMap((nat) => (nat ? [nat.evidence.mapping!] : [])),
		missing: (v) => missingMapping(v)
	})
];

/** The same address for all, and a filter that no peer with UDP fails at (nat/peer-matrix). */
function welcoming(nat: NatConclusion | null): boolean {
	return steady(nat) && (nat!.filtering === 'endpoint-independent' || nat!.filtering === 'address-dependent');
}

function steadyMapping({ mapping }: NatConclusion): SteadyMapping {
	return mapping === 'none' ? 'none' : 'endpoint-independent';
}

function needUnknown(v: Reads<'udp-usable' | 'nat' | 'missing'>): NeedUnknown {
	if (v['udp-usable'] !== 'yes') return { kind: 'udp-not-known' };
	if (v.nat.ipv4 && v.missing.has('ipv4')) return { kind: 'ipv4-translated' };
	if (!v.nat.ipv4 && steady(v.nat.ipv6)) return { kind: 'ipv4-not-known' };
	const nat = v.nat.ipv4 ?? v.nat.ipv6;
	return nat ? { kind: 'mapping', mapping: bare(nat.evidence.mapping!) } : { kind: 'nothing-known-of-nat' };
}

function missingFiltering({ evidence }: NatConclusion): MissingStep {
	const rule = FILTERING_RULES.find(({ id }) => id === evidence.filtering!.rule);
	return { probe: 'nat-filtering', step: rule?.missing ?? 'check-again' };
}

function missingMapping(v: Reads<'nat'>): MissingStep[] {
	if (!v.nat.ipv4 && steady(v.nat.ipv6)) return [{ probe: 'nat-mapping', step: 'add-ipv4-server' }];
	const nat = v.nat.ipv4 ?? v.nat.ipv6;
	const rule = MAPPING_RULES.find((r) => r.id === nat?.evidence.mapping!.rule);
	return [{ probe: 'nat-mapping', step: rule?.missing ?? 'add-server-outside' }];
}
