/** What is wrong with an RFC 5780 server, so that nobody blames the network for it. */
import { isOutside, scopeOfText } from '../base/ip';
import type { Said } from '../base/said';
import { otherAddress, placeOf, same, sameAddress, trusted, type Asked, type Discovery, type Endpoint } from './discovery-facts';
import type { DiscoveryFindingValues } from './discovery-values';

export interface DiscoveryFinding extends Said {
	severity: 'problem' | 'warning';
}

export type DiscoveryFindingRule = {
	[Id in keyof DiscoveryFindingValues]: {
		id: Id;
		severity: DiscoveryFinding['severity'];
		/** One entry for each occurrence. */
		find(seen: Discovery): DiscoveryFindingValues[Id][];
	};
}[keyof DiscoveryFindingValues];

export const DISCOVERY_FINDING_RULES: readonly DiscoveryFindingRule[] = [
	{
		id: 'discovery-no-answer',
		severity: 'problem',
		find: ({ server, first }) => (first.answer ? [] : [{ server }])
	},
	{
		id: 'discovery-answer-from-elsewhere',
		severity: 'problem',
		find: (seen) => {
			const { first, server } = seen;
			const others = announced(seen)
				? seen.mapping.filter((asked) => asked.to !== 'primary' && fromElsewhere(seen, asked)).slice(0, 1)
				: [];
			return [
				...(first.answer && !same(first.answer.from, server) ? [{ asked: server, from: first.answer.from }] : []),
				...others.map(({ to, answer }) => ({ asked: placeOf(seen, to)!, from: answer!.from }))
			];
		}
	},
	{
		id: 'discovery-no-other-address',
		severity: 'warning',
		find: ({ server, first }) => (first.answer && !first.answer.other ? [{ server }] : [])
	},
	{
		id: 'discovery-other-address-is-not-another',
		severity: 'problem',
		find: ({ server, first }) => {
			const other = first.answer?.other ?? null;
			return other && !otherAddress(server, other) ? [{ server, announced: other, differsBy: differsBy(server, other) }] : [];
		}
	},
	{
		id: 'discovery-other-address-is-private',
		severity: 'problem',
		find: (seen) => {
			const { server } = seen;
			const other = announced(seen);
			return other && isOutside(scopeOfText(server.address)) && !isOutside(scopeOfText(other.address))
				? [{ server, announced: other }]
				: [];
		}
	},
	{
		id: 'discovery-other-address-is-silent',
		severity: 'problem',
		find: (seen) => {
			const other = announced(seen);
			const asked = seen.mapping.filter(({ to }) => to === 'other-address' || to === 'other-both');
			return other && asked.length > 0 && asked.every(({ answer }) => answer === null)
				? [{ server: seen.server, announced: other }]
				: [];
		}
	},
	{
		id: 'discovery-change-refused',
		severity: 'warning',
		find: (seen) => changesAsked(seen).flatMap(({ error }) => (error === null ? [] : [{ server: seen.server, errorCode: error }]))
	},
	{
		id: 'discovery-change-not-done',
		severity: 'problem',
		find: (seen) =>
			changesAsked(seen).flatMap(({ error, wanted, from }) => (error === null && !same(from, wanted) ? [{ wanted, from }] : []))
	},
	{
		id: 'discovery-mapped-address-falsified',
		severity: 'problem',
		find: (seen) =>
			[seen.first, ...seen.mapping]
				.flatMap(({ answer }) => (answer?.mapped && answer.plain && !same(answer.mapped, answer.plain) ? [answer] : []))
				.slice(0, 1)
				.map(({ from, mapped, plain }) => ({ server: from, hidden: mapped!, plain: plain! }))
	},
	{
		id: 'discovery-origin-differs',
		severity: 'warning',
		find: (seen) => {
			const answer = announced(seen) && seen.first.answer;
			return answer?.origin && !same(answer.origin, answer.from) ? [{ from: answer.from, origin: answer.origin }] : [];
		}
	}
];

export function discoveryFindings(seen: Discovery): DiscoveryFinding[] {
	return DISCOVERY_FINDING_RULES.flatMap(({ id, severity, find }) =>
		find(seen).map((values) => ({ rule: id, severity, values: { ...values } }))
	);
}

/** The other address where it is one; with any other the rest is not asked. */
function announced({ server, first }: Discovery): Endpoint | null {
	return otherAddress(server, first.answer?.other ?? null);
}

function differsBy(server: Endpoint, other: Endpoint): 'nothing' | 'port' | 'address' {
	if (!sameAddress(server, other)) return 'address';
	return server.port === other.port ? 'nothing' : 'port';
}

function fromElsewhere(seen: Discovery, asked: Asked): boolean {
	return asked.answer?.error === null && !trusted(seen, asked);
}

/** The answers to requests to answer from elsewhere, with where they were to come from. */
function changesAsked(seen: Discovery): { error: number | null; wanted: Endpoint; from: Endpoint }[] {
	return [seen.filtering?.both, seen.filtering?.port].flatMap((asked) => {
		const wanted = asked && placeOf(seen, asked.change === 'both' ? 'other-both' : 'other-port');
		return asked?.answer && wanted && announced(seen) ? [{ error: asked.answer.error, wanted, from: asked.answer.from }] : [];
	});
}
