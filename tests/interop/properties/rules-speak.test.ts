/** Every rule that a report may name speaks somewhere in the described or recorded cases, at the end of a run or on the way there. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LAYER_RULES } from '../../../src/lib/core/nat/layer-rules';
import { MAPPING_RULES } from '../../../src/lib/core/nat/mapping-rules';
import { PORT_RULES } from '../../../src/lib/core/nat/port-rules';
import type { Observation } from '../../../src/lib/core/observations/observation';
import type { Report } from '../../../src/lib/core/report/report';
import { DEFAULT_LIMITS } from '../../../src/lib/core/plan/config';
import { conclude } from '../../../src/lib/core/verdict/conclude';
import { FINDING_RULES } from '../../../src/lib/core/verdict/check/findings';
import { HEADLINE_RULES } from '../../../src/lib/core/verdict/check/headline';
import { ANSWER_RULES } from '../../../src/lib/core/verdict/check/answer-rules';
import { SERVER_RULES } from '../../../src/lib/core/verdict/check/servers';
import { CALL_CASES } from '../../golden/calls-table';
import { HEADLINE_CASES } from '../../golden/headlines-table';
import { makeObservations } from '../../golden/make-observations';
import { CASES } from '../../golden/networks-table';
import { PAIR_CASES, pairObservations } from '../../golden/pairs-table';
import { PATH_CASES } from '../../golden/paths-table';
import { runCheck } from '../../truth/run';
import { makeWorld } from '../../truth/world';

const GOLDEN = new URL('../../golden/', import.meta.url);
const RECORDED = readdirSync(GOLDEN)
	.filter((name) => name.endsWith('.recorded.report.json'))
	.map((name) => JSON.parse(readFileSync(new URL(name, GOLDEN), 'utf8')) as Report);

/** Networks in which rules speak that speak in no described one. */
const GENERATED = [1, 4, 15, 22, 205, 1155, 3001];

/** As where the server, or the path, lost the second request for a relay. */
function withoutSecondAllocation(observation: Observation): Observation {
	if (observation.probe !== 'relay' || observation.outcome.state !== 'seen') return observation;
	const runs = observation.outcome.data.runs.map((run) => ({ ...run, state: 'not-allocated' as const, errors: [] }));
	return { ...observation, outcome: { state: 'seen', data: { ...observation.outcome.data, runs } } };
}

/** Rules that spoke in one of the cases, at the end of the run or on the way there. */
function spoken(): Set<string> {
	const ids = new Set<string>();
	for (const observations of [
		...CASES.map(({ network }) => makeObservations(network)),
		...PATH_CASES.map((one) => one.observations),
		...CALL_CASES.map((one) => one.observations),
		...PAIR_CASES.map(pairObservations),
		...HEADLINE_CASES.map((one) => one.observations),
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
	const ids = spoken();
	const tables = [
		MAPPING_RULES,
		PORT_RULES,
		LAYER_RULES,
		SERVER_RULES,
		...Object.values(ANSWER_RULES),
		FINDING_RULES,
		HEADLINE_RULES
	];
	const silent = tables.flatMap((table) => table.map(({ id }) => id)).filter((id) => !ids.has(id));
	expect(silent).toEqual([]);
});
