/** Safe corrections over every recorded change: they end, bring no new problem, and give back what a browser took before the change. */
import { expect, test } from 'vitest';
import { analyse } from '../../src/lib/core/inspection/analysis';
import { fixSafely } from '../../src/lib/core/inspection/fixes';
import type { SdpRuleId } from '../../src/lib/core/sdp/lint/values/sdp-values';
import { correctedAnswers, correctedOffers } from './corrected';

/** A line in upper case throughout: read by its name now, its values are found to be others. */
const READ_NOW: readonly SdpRuleId[] = ['simulcast-unknown-rid'];

test.each([
	['offers', correctedOffers, { fixed: 1650, back: 1300, backOfRefused: 1000 }],
	['answers', () => correctedAnswers(5), { fixed: 100, back: 60, backOfRefused: 20 }]
])('%s', (kind, corrected, least) => {
	const cases = corrected();
	const back = cases.filter(({ after, base }) => after.at(-1)!.text === base);
	const backOfRefused = back.filter(({ refusedBy }) => refusedBy.length > 0);
	process.stdout.write(
		`\n${cases.length} ${kind} with one change have a safe correction; ${back.length} are what they were before it, ${backOfRefused.length} of which a browser refused.\n`
	);
	expect(cases.filter(({ after }) => fixSafely(after, {}).fixed.length > 0).map(({ name }) => name)).toEqual([]);
	const worse = cases.flatMap(({ name, texts, after, fixed }) => {
		const known = new Set(analyse(texts).findings.map(({ rule }) => rule));
		const found = analyse(after).findings.filter(({ rule, severity }) => severity === 'problem' && !known.has(rule));
		const expected = name.endsWith('upper-case') ? READ_NOW : [];
		return found
			.filter(({ rule }) => !expected.includes(rule))
			.map(({ rule }) => `${name}: ${rule}, by ${fixed.map((each) => each.rule).join(', ')}`);
	});
	expect(worse).toEqual([]);
	expect(cases.length).toBeGreaterThan(least.fixed);
	expect(back.length).toBeGreaterThan(least.back);
	expect(backOfRefused.length).toBeGreaterThan(least.backOfRefused);
});
