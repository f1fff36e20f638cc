import { describe, expect, test } from 'vitest';
import { readDescription } from '../../text/description';
import { lintRounds, lintSet, lintSingle } from '../lint';
import type { Finding, Profile, Round } from './rule';
import { exampleParts } from './rule';
import type { RuleEntry } from './all-rules';
import { ALL_RULES } from './all-rules';
import { SDP_ENGLISH, told } from '../../../messages/en/sdp';
import { EXAMPLES } from '../examples/all-examples';

/** What the one rule says about an example: single descriptions alone, exchanges as rounds. */
function findings(rule: RuleEntry, example: string): Finding[] {
	const parts = exampleParts(example);
	const options = { profile: (rule.profiles?.[0] ?? 'webrtc') as Profile };
	if (rule.scope === 'single')
		return parts
			.flatMap((part) => lintSingle(readDescription(part.text, part.role), options))
			.filter((finding) => finding.rule === rule.id);
	if (rule.scope === 'set')
		return parts.flatMap((part) =>
			lintSet(readDescription(part.created!, part.role), readDescription(part.text, part.role), options)
		);
	const rounds: Round[] = [];
	for (const part of parts) {
		const sdp = readDescription(part.text, part.role);
		if (part.role === 'answer') rounds[rounds.length - 1]!.answer = sdp;
		else rounds.push({ offer: sdp, answer: null, from: rule.scope === 'rounds' ? 'a' : null });
	}
	return lintRounds(rounds, options).filter((finding) => finding.rule === rule.id);
}

describe.each(ALL_RULES)('$code $id ($cite)', (rule) => {
	test('accepts its good example', () => expect(findings(rule, EXAMPLES[rule.id].good)).toEqual([]));

	test('reports its bad example, on a line that exists, in a sentence', () => {
		const found = findings(rule, EXAMPLES[rule.id].bad);
		expect(found).not.toEqual([]);
		const lengths = exampleParts(EXAMPLES[rule.id].bad).map((part) => part.text.split('\r\n').length);
		for (const finding of found) {
			expect(finding.line).toBeGreaterThan(0);
			expect(finding.line).toBeLessThanOrEqual(Math.max(...lengths));
			const { text } = told(finding);
			expect(text).toMatch(/[.)]$/);
			expect(text).not.toMatch(/undefined|NaN|null|\[object/);
		}
	});
});

describe('the tables', () => {
	test('ids and codes are unique, ids are kebab-case', () => {
		expect(new Set(ALL_RULES.map((rule) => rule.id)).size).toBe(ALL_RULES.length);
		expect(new Set(ALL_RULES.map((rule) => rule.code)).size).toBe(ALL_RULES.length);
		for (const rule of ALL_RULES) expect(rule.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
	});

	test('every rule cites something and says what to do', () => {
		for (const rule of ALL_RULES) {
			expect(rule.cite).toMatch(/^(RFC \d+|draft-)/);
			const { title, advice } = SDP_ENGLISH.rules[rule.id];
			expect(advice).toMatch(/^[A-Z].*\.$/);
			expect(title).not.toMatch(/[.!]$/);
		}
	});
});
