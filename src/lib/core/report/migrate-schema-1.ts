/**
 * Schema 1 to 2: what was concluded keeps its words under their new names, so that it can be compared with what this version
 * concludes. A headline, calls and two devices were not in a report then: they are made from the observations (parse.ts).
 */
import { entryOf, isRecord } from '../base/record';

type Raw = Record<string, unknown>;

export function fromSchema1(report: Raw): Raw {
	const { conclusions } = report;
	if (!isRecord(conclusions)) return report;
	const { answers, nat, servers, peers, findings } = conclusions;
	return {
		...report,
		conclusions: {
			...conclusions,
			answers: each(answers, answer),
			nat: isRecord(nat) ? { ...nat, ipv4: family(nat.ipv4), ipv6: family(nat.ipv6) } : nat,
			servers: each(servers, (server) => ({ values: {}, observations: [], ...server })),
			peers: each(peers, (peer) => ({ values: {}, observations: [], ...peer })),
			findings: each(findings, finding)
		}
	};
}

function each(list: unknown, change: (item: Raw, index: number) => Raw): unknown {
	return Array.isArray(list) ? list.map((item: unknown, i) => (isRecord(item) ? change(item, i) : item)) : list;
}

/** The first reason was the answer's own; what is missing had no rule. */
function answer({ summary, because, missing, ...rest }: Raw): Raw {
	const first: unknown = Array.isArray(because) ? because[0] : undefined;
	return {
		...rest,
		rule: isRecord(first) ? first.rule : undefined,
		values: {},
		text: summary,
		because: each(because, withValues),
		missing: each(missing, (one) => ({ rule: 'schema-1', values: {}, ...one }))
	};
}

function family(nat: unknown): unknown {
	if (!isRecord(nat) || !isRecord(nat.evidence)) return nat;
	const evidence = Object.entries(nat.evidence).map(([name, because]) => [
		name,
		isRecord(because) ? withValues(because) : because
	]);
	return { ...nat, evidence: Object.fromEntries(evidence) as Raw };
}

function withValues(said: Raw): Raw {
	return { values: {}, ...said };
}

function finding({ where, ...rest }: Raw, index: number): Raw {
	return {
		...rest,
		id: `${String(rest.rule)}@${String(where)} (${index + 1})`,
		subject: typeof where === 'string' ? subjectAt(where) : where,
		values: {},
		explains: [],
		observations: []
	};
}

const NAMED: Readonly<Record<string, Raw>> = {
	network: { kind: 'network', family: null },
	ipv4: { kind: 'network', family: 'ipv4' },
	ipv6: { kind: 'network', family: 'ipv6' },
	page: { kind: 'page', url: null },
	list: { kind: 'server-list' },
	dump: { kind: 'connection', id: null }
};

function subjectAt(where: string): Raw {
	if (Object.hasOwn(NAMED, where)) return entryOf(NAMED, where)!;
	if (/^\s*(stun|turn)s?:/i.test(where)) return { kind: 'server', url: where };
	return /^https?:|^\//i.test(where) ? { kind: 'page', url: where } : { kind: 'connection', id: where };
}
