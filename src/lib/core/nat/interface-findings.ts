/** What the NATs of several local addresses of one machine have to do with each other. All rules that match speak. */
import type { Family } from '../base/ip';
import type { DiscoveryConclusion } from './discovery';
import type { Discovery } from './discovery-facts';
import type { DiscoveryFinding } from './discovery-findings';
import type { DiscoveryFindingValues, InterfaceFindingValues } from './discovery-values';

export interface LocalAddress {
	/** Of the interface, as the system calls it. */
	name: string;
	address: string;
	family: Family;
}

export interface SeenFrom {
	family: Family;
	/** Null where the system chose the address. */
	from: LocalAddress | null;
	observed: Discovery;
	conclusion: DiscoveryConclusion;
}

export type InterfaceFindingRule = {
	[Id in keyof InterfaceFindingValues]: {
		id: Id;
		severity: DiscoveryFinding['severity'];
		/** Of one family, asked from several addresses. */
		find(seen: readonly Asked[]): InterfaceFindingValues[Id][];
	};
}[keyof InterfaceFindingValues];

const NO_ANSWER: keyof DiscoveryFindingValues = 'discovery-no-answer';

type Asked = SeenFrom & { from: LocalAddress };

export const INTERFACE_FINDING_RULES: readonly InterfaceFindingRule[] = [
	{
		id: 'interface-without-answer',
		severity: 'warning',
		find: (seen) =>
			seen.filter((each) => isUnanswered(each, seen)).map(({ from, observed: { server } }) => ({ ...placeOf(from), server }))
	},
	{
		id: 'interfaces-differ',
		severity: 'warning',
		find: (seen) => {
			const answered = seen.filter(({ conclusion }) => conclusion.mappedAddress !== null);
			const differ = (['mappedAddress', 'mapping', 'filtering'] as const).some(
				(field) => new Set(answered.map(({ conclusion }) => conclusion[field]).filter((value) => value !== 'unknown')).size > 1
			);
			if (!differ) return [];
			return [
				{
					family: answered[0]!.family,
					seen: answered.map(({ from, conclusion: { mappedAddress, mapping, filtering } }) => ({
						...placeOf(from),
						mappedAddress: mappedAddress!,
						mapping,
						filtering
					}))
				}
			];
		}
	}
];

/** The findings of each, without what another address of the machine refutes, and those between them. */
export function judgeInterfaces(seen: readonly SeenFrom[]): { own: DiscoveryFinding[][]; between: DiscoveryFinding[] } {
	const own = seen.map((each) => each.conclusion.findings.filter(({ rule }) => rule !== NO_ANSWER || !isUnanswered(each, seen)));
	const between = (['ipv4', 'ipv6'] as const).flatMap((family) => {
		const asked = seen.filter((each): each is Asked => each.from !== null && each.family === family);
		return INTERFACE_FINDING_RULES.flatMap(({ id, severity, find }) =>
			find(asked).map((values) => ({ rule: id, severity, values: { ...values } }))
		);
	});
	return { own, between };
}

/** The server is there, since it answers another address of this machine. */
function isUnanswered({ family, observed }: SeenFrom, seen: readonly SeenFrom[]): boolean {
	return observed.first.answer === null && seen.some((other) => other.family === family && other.observed.first.answer !== null);
}

const placeOf = ({ name, address }: LocalAddress) => ({ name, address });
