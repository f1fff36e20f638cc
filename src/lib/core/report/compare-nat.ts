/** Two reports on NATs: each field of each family, and what became stricter or more open. */
import type { Family } from '../base/ip';
import type { Language } from '../messages/language';
import type { NatConclusion } from '../nat/conclusion';
import type { NatField } from '../verdict/comparison-values';
import { row, type Compared, type ReportChange } from './compared-row';
import type { Report } from './report';

/** From letting most in to letting least in; what is not in the list has no order. */
const STRICTNESS: Partial<Record<NatField, readonly string[]>> = {
	filtering: ['endpoint-independent', 'address-dependent', 'address-and-port-dependent'],
	mapping: ['none', 'endpoint-independent', 'address-dependent', 'address-and-port-dependent']
};

const NAT_FIELDS: readonly NatField[] = ['mapping', 'filtering', 'layers', 'portPattern', 'hairpin'];

export function compareNats(one: Report, other: Report, { vocabulary, document, comparison: words }: Language): Compared[] {
	return (['ipv4', 'ipv6'] as const).flatMap((family) => {
		const [a, b] = [one.conclusions.nat[family], other.conclusions.nat[family]];
		if (!a && !b) return [];
		const group = words.nat(vocabulary.families[family]);
		const fields = NAT_FIELDS.map((field) => {
			const shown = (nat: NatConclusion | null) => nat && words.natName(field, nat[field]);
			return row(group, vocabulary.natFields[field].title, shown(a), shown(b), () =>
				natChange(family, field, a![field], b![field])
			);
		});
		const [beforeAddresses, afterAddresses] = [a, b].map((nat) => nat?.publicAddresses.toSorted() ?? null) as [
			string[] | null,
			string[] | null
		];
		const seen = row(
			group,
			document.publicAddress,
			beforeAddresses && words.addressesName(beforeAddresses),
			afterAddresses && words.addressesName(afterAddresses),
			() => ({
				rule: 'compared-public-address',
				values: { family, beforeAddresses: beforeAddresses!, afterAddresses: afterAddresses! }
			})
		);
		const whole = row(group, words.seen, a ? words.yes : words.no, b ? words.yes : words.no, () => ({
			rule: b ? 'compared-family-seen' : 'compared-family-gone',
			values: { family }
		}));
		return [...(whole.differs ? [whole] : []), ...fields, seen];
	});
}

function natChange(
	family: Family,
	field: NatField,
	before: NatConclusion[NatField],
	after: NatConclusion[NatField]
): ReportChange {
	const open = (value: string) => value === 'unknown' || value === 'not-tested';
	if (open(after)) return { rule: 'compared-nat-unknown', values: { family, field, before } };
	if (open(before)) return { rule: 'compared-nat-known', values: { family, field, after } };
	const order = STRICTNESS[field] ?? [];
	const [a, b] = [order.indexOf(before), order.indexOf(after)];
	const towards = a < 0 || b < 0 ? null : a < b ? 'stricter' : 'more-open';
	return { rule: 'compared-nat-field', values: { family, field, before, after, towards } };
}
