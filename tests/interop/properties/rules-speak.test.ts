/**
 * Every rule that a report may name speaks somewhere in the described or recorded cases, at the end of a run or on the way there; and
 * what a rule declares to read it is given, nothing else, and reads somewhere.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { LAYER_RULES } from '../../../src/lib/core/nat/layer-rules';
import { MAPPING_RULES } from '../../../src/lib/core/nat/mapping-rules';
import { PORT_RULES } from '../../../src/lib/core/nat/port-rules';
import type { Observation } from '../../../src/lib/core/observations/observation';
import type { Report } from '../../../src/lib/core/report/report';
import { DEFAULT_LIMITS } from '../../../src/lib/core/plan/config';
import { conclude } from '../../../src/lib/core/verdict/conclude';
import { FINDING_RULES } from '../../../src/lib/core/verdict/check/findings';
import { LIST_FINDING_RULES } from '../../../src/lib/core/verdict/check/list-findings';
import { ELSEWHERE_HEADLINE_RULES } from '../../../src/lib/core/verdict/check/elsewhere-headlines';
import { HEADLINE_RULES } from '../../../src/lib/core/verdict/check/headline';
import { ANSWER_RULES } from '../../../src/lib/core/verdict/check/answer-rules';
import { SERVER_RULES } from '../../../src/lib/core/verdict/check/servers';
import { CALL_CASES } from '../../golden/calls-table';
import { HEADLINE_CASES } from '../../golden/headlines-table';
import { makeObservations } from '../../golden/make-observations';
import { CASES } from '../../golden/networks-table';
import { PAIR_CASES, pairObservations } from '../../golden/pairs-table';
import { PATH_CASES } from '../../golden/paths-table';
import { REACH_CASES } from '../../golden/reach-table';
import { runCheck } from '../../truth/run';
import { makeWorld } from '../../truth/world';

const GOLDEN = new URL('../../golden/', import.meta.url);
const RECORDED = readdirSync(GOLDEN)
	.filter((name) => name.endsWith('.recorded.report.json'))
	.map((name) => JSON.parse(readFileSync(new URL(name, GOLDEN), 'utf8')) as Report);

/** Networks in which rules speak, or read, what they do in no described one. */
const GENERATED = [1, 2, 4, 6, 11, 15, 16, 22, 36, 43, 62, 163, 205, 323, 699, 1155, 3001];

/** Needs sockets with neighbouring ports of their own, as no browser gave in a case: port-rules.test.ts has them. */
const NEIGHBOURING_SOCKETS = 'port-shifted-or-counted';

/** As where the server, or the path, lost the second request for a relay. */
function withoutSecondAllocation(observation: Observation): Observation {
	if (observation.probe !== 'relay' || observation.outcome.state !== 'seen') return observation;
	const runs = observation.outcome.data.runs.map((run) => ({ ...run, state: 'not-allocated' as const, errors: [] }));
	return { ...observation, outcome: { state: 'seen', data: { ...observation.outcome.data, runs } } };
}

interface Reading {
	id: string;
	reads: readonly string[];
}

/** What the functions of a rule were given, and what of that they read. */
interface Watched {
	given: Set<string>;
	read: Set<string>;
}

/** Has the functions of a rule called with what notes down which of its parts they read. */
function watch(rule: Reading): Watched {
	const watched: Watched = { given: new Set(), read: new Set() };
	const functions = Object.entries(rule as unknown as Record<string, unknown>).filter(([, value]) => typeof value === 'function');
	for (const [name, original] of functions) {
		const noting = (parts: object) => {
			for (const part of Object.keys(parts)) watched.given.add(part);
			return (original as (parts: object) => unknown)(
				new Proxy(parts, {
					get(target, part, receiver) {
						watched.read.add(String(part));
						return Reflect.get(target, part, receiver) as unknown;
					}
				})
			);
		};
		Object.assign(rule, { [name]: noting });
	}
	return watched;
}

const READING: readonly Reading[] = [
	...Object.values(ANSWER_RULES).flat(),
	...FINDING_RULES,
	...LIST_FINDING_RULES,
	...ELSEWHERE_HEADLINE_RULES,
	...HEADLINE_RULES
];

let ids: Set<string>;
let watched: Map<Reading, Watched>;
beforeAll(() => {
	watched = new Map(READING.map((rule) => [rule, watch(rule)]));
	ids = spoken();
});

/** Rules that spoke in one of the cases, at the end of the run or on the way there. */
function spoken(): Set<string> {
	const ids = new Set<string>();
	for (const observations of [
		...CASES.map(({ network }) => makeObservations(network)),
		...PATH_CASES.map((one) => one.observations),
		...CALL_CASES.map((one) => one.observations),
		...PAIR_CASES.map(pairObservations),
		...HEADLINE_CASES.map((one) => one.observations),
		...REACH_CASES.map((one) => one.observations),
		...RECORDED.map((one) => one.observations),
		...RECORDED.map((one) => one.observations.map(withoutSecondAllocation)),
		...GENERATED.map((seed) => runCheck(makeWorld(seed)).observations)
	]) {
		for (let n = 0; n <= observations.length; n++) {
			const conclusions = conclude(DEFAULT_LIMITS, observations.slice(0, n));
			ids.add(conclusions.headline.rule);
			for (const answer of conclusions.answers) ids.add(answer.because[0]!.rule);
			for (const server of conclusions.servers) ids.add(server.rule);
			for (const finding of conclusions.findings) ids.add(finding.rule);
			for (const nat of [conclusions.nat.ipv4, conclusions.nat.ipv6]) {
				for (const because of Object.values(nat?.evidence ?? {})) ids.add(because.rule);
			}
		}
	}
	return ids;
}

test('each rule applies in at least one case', () => {
	const tables = [
		MAPPING_RULES,
		PORT_RULES,
		LAYER_RULES,
		SERVER_RULES,
		...Object.values(ANSWER_RULES),
		FINDING_RULES,
		ELSEWHERE_HEADLINE_RULES,
		HEADLINE_RULES
	];
	const silent = tables.flatMap((table) => table.map(({ id }) => id)).filter((id) => !ids.has(id) && id !== NEIGHBOURING_SOCKETS);
	expect(silent).toEqual([]);
});

const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted();
const declared = (rules: readonly Reading[]) => rules.map(({ id, reads }) => ({ id, parts: sorted(reads) }));
const noted = (rules: readonly Reading[], what: keyof Watched) =>
	rules.map((rule) => ({ id: rule.id, parts: sorted(watched.get(rule)![what]) }));

test('each rule is given what it declares to read, and nothing else', () => {
	expect(noted(READING, 'given')).toEqual(declared(READING));
});

test('each rule reads what it declares, and asks for nothing else', () => {
	// Those of lists share one function, of which no case needs all for each of them.
	const lists = new Set<Reading>(LIST_FINDING_RULES);
	const rules = READING.filter((rule) => !lists.has(rule));
	expect(noted(rules, 'read')).toEqual(declared(rules));
	expect(sorted([...lists].flatMap((rule) => [...watched.get(rule)!.read]))).toEqual(sorted(LIST_FINDING_RULES[0]!.reads));
});
