import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { makeObservations } from '../../../../tests/golden/make-observations';
import { CALL_CASES } from '../../../../tests/golden/calls-table';
import { CASES } from '../../../../tests/golden/networks-table';
import { PATH_CASES } from '../../../../tests/golden/paths-table';
import { PAIR_CASES, pairObservations } from '../../../../tests/golden/pairs-table';
import { LAYER_RULES } from '../nat/layer-rules';
import { MAPPING_RULES } from '../nat/mapping-rules';
import { PORT_RULES } from '../nat/port-rules';
import { DEFAULT_LIMITS } from '../plan/config';
import { conclude } from '../verdict/conclude';
import { FINDING_RULES } from '../verdict/findings';
import { headline, HEADLINE_RULES } from '../verdict/headline';
import { VERDICT_RULES } from '../verdict/rules';
import { SERVER_RULES } from '../verdict/servers';
import { ruleBook, ruleBookMarkdown } from './rule-book';

const DOCUMENT = new URL('../../../../docs/rules.md', import.meta.url);

/** Rules that spoke in one of the cases, at the end of the run or on the way there. */
function spoken(): Set<string> {
	const ids = new Set<string>();
	for (const observations of [
		...CASES.map(({ network }) => makeObservations(network)),
		...PATH_CASES.map((one) => one.observations),
		...CALL_CASES.map((one) => one.observations),
		...PAIR_CASES.map(pairObservations)
	]) {
		for (let n = 0; n <= observations.length; n++) {
			const conclusions = conclude(DEFAULT_LIMITS, observations.slice(0, n));
			ids.add(headline(conclusions).rule);
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

test('docs/rules.md is up to date (npm run lab -- update-docs writes it)', () => {
	const made = ruleBookMarkdown();
	if (process.env.UPDATE === '1') writeFileSync(DOCUMENT, made);
	expect(readFileSync(DOCUMENT, 'utf8')).toBe(made);
});

describe('ids', () => {
	// The linter's findings are not saved; a fault that shows before and after a run may bear one name in both.
	const all = ruleBook().flatMap((section) => section.rules.map((rule) => rule.id));
	const saved = ruleBook()
		.filter((section) => section.id !== 'server-lists')
		.flatMap((section) => section.rules.map((rule) => rule.id));

	test('are unique over all tables whose ids a report holds', () => {
		expect(saved.filter((id, i) => saved.indexOf(id) !== i)).toEqual([]);
	});

	test('are kebab-case', () => {
		expect(all.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
	});
});

test('every entry has a title that is a text of its own', () => {
	for (const { rules } of ruleBook()) for (const { title } of rules) expect(title).toMatch(/^\S.{9,}/);
});

test('each rule speaks in at least one case', { timeout: 30_000 }, () => {
	const ids = spoken();
	const tables = [MAPPING_RULES, PORT_RULES, LAYER_RULES, SERVER_RULES, VERDICT_RULES, FINDING_RULES, HEADLINE_RULES];
	const silent = tables.flatMap((table) => table.map(({ id }) => id)).filter((id) => !ids.has(id));
	expect(silent).toEqual([]);
});
