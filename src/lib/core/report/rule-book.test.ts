import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RULE_TITLES } from '../messages/en/rule-titles-table';
import { ruleBook, ruleBookMarkdown } from './rule-book';

const DOCUMENT = new URL('../../../../docs/rules.md', import.meta.url);

test('docs/rules.md is up to date (npm run lab -- update-docs writes it)', () => {
	const made = ruleBookMarkdown();
	if (process.env.UPDATE === '1') writeFileSync(DOCUMENT, made);
	expect(readFileSync(DOCUMENT, 'utf8')).toBe(made);
});

describe('ids', () => {
	const all = ruleBook().flatMap((section) => section.rules.map((rule) => rule.id));

	test('are unique over all tables', () => {
		expect(all.filter((id, i) => all.indexOf(id) !== i)).toEqual([]);
	});

	test('are kebab-case', () => {
		expect(all.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
	});
});

test('every entry has a title that is a text of its own, and a source', () => {
	for (const { id, rules } of ruleBook())
		for (const { title, cite } of rules) {
			expect(title).toMatch(/^\S.{9,}/);
			if (id !== 'headline') expect(cite).toMatch(/^\S.{7,}/);
		}
});

test('every rule with a title is in it', () => {
	const listed = new Set(ruleBook().flatMap(({ rules }) => rules.map(({ id }) => id)));
	expect(Object.keys(RULE_TITLES).filter((id) => !listed.has(id))).toEqual([]);
});
