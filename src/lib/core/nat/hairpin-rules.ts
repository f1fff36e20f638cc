/** Hairpinning (RFC 4787 §6) from the opt-in test: a table, first match wins. */
import type { Family } from '../base/ip';
import type { Endpoint } from '../observations/candidates';
import { wasListened, type HairpinTest } from '../observations/observation';
import type { ObservationIndex } from '../observations/observation-index';
import type { Because, Hairpin, Mapping } from './conclusion';
import type { NatRule } from './nat-rule';
import type { HairpinValues } from './nat-values';

export interface HairpinEvidence {
	test: HairpinTest | null;
	mapping: Mapping;
	observations: number[];
	/** Whether somebody listened, so that what did not come counts. */
	listened: boolean;
}

type HairpinRule = NatRule<HairpinValues, [evidence: HairpinEvidence], Hairpin>;

export const HAIRPIN_RULES: readonly HairpinRule[] = [
	{
		id: 'hairpin-not-tested',
		when: (e) => e.test === null,
		then: 'not-tested',
		values: () => ({})
	},
	{
		id: 'hairpin-no-nat',
		when: (e) => e.mapping === 'none',
		then: 'not-tested',
		values: () => ({})
	},
	{
		id: 'hairpin-returned',
		when: (e) => e.test!.state === 'returned',
		then: 'yes',
		values: (e) => ({ target: target(e), answeredAfterMs: e.test!.triedMs ?? 0 })
	},
	{
		id: 'hairpin-arrived-unanswered',
		when: (e) => e.test!.state === 'arrived',
		then: 'unknown',
		values: (e) => ({ target: target(e) })
	},
	{
		id: 'hairpin-lost',
		when: (e) => e.test!.state === 'lost' && e.listened,
		then: 'no',
		values: (e) => ({ target: target(e), triedMs: e.test!.triedMs ?? 0, controlMs: e.test!.controlMs ?? 0 })
	},
	{
		id: 'hairpin-inconclusive',
		when: () => true,
		then: 'unknown',
		values: ({ test, listened }) => ({
			cause: !listened
				? { kind: 'not-listened' }
				: test!.why === 'no-mapped-address'
					? { kind: 'no-mapped-address', observerUrl: test!.observer }
					: { kind: 'control-failed' }
		})
	}
];

export function judgeHairpin(
	observed: ObservationIndex,
	family: Family,
	mapping: Mapping
): { hairpin: Hairpin; because: Because } {
	const found = observed.seen('hairpin').findLast(({ data }) => data.family === family);
	const record = found && observed.of('hairpin').find(({ index }) => index === found.index)!.observation;
	const evidence = {
		test: found?.data ?? null,
		mapping,
		observations: found ? [found.index] : [],
		listened: record === undefined || wasListened(record)
	};
	const rule = HAIRPIN_RULES.find((each) => each.when(evidence))!;
	return {
		hairpin: rule.then,
		because: { rule: rule.id, values: { ...rule.values(evidence) }, observations: evidence.observations }
	};
}

function target({ test }: HairpinEvidence): Endpoint | null {
	return test!.mapped[0];
}
