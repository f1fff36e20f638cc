import { describe, expect, it, test } from 'vitest';
import { NETWORK_CHECKS, networkCheckRecording } from '../../../../../tests/golden/network-checks-table';
import { dumpText } from '../../../../cli/dump-text';
import { sentence } from '../../messages/en/sentence';
import { judgeDump } from '../../report/imported';
import { headlineWords } from '../../report/headline-words';
import { NETWORK_CHECK_RULES } from './network-check-rules';

const IDS: readonly string[] = NETWORK_CHECK_RULES.map(({ id }) => id);

describe.each(NETWORK_CHECKS)('$name', ({ text, title, rules, says, saysNot = [] }) => {
	const recording = networkCheckRecording(text);
	const conclusions = judgeDump(recording);
	const found = conclusions.findings.filter(({ rule }) => IDS.includes(rule));

	it('says what the program found, in the words of a check', () => {
		expect(found.map(({ rule }) => rule)).toEqual(rules);
		const words = found.map(sentence).join('\n');
		for (const pattern of says) expect(words).toMatch(pattern);
		for (const pattern of saysNot) expect(words).not.toMatch(pattern);
	});

	it('has a verdict, in the text too', () => {
		expect(headlineWords(conclusions).title).toBe(title);
		// Findings are in the order of what matters; a fault of a server may be before them.
		if (found[0]) expect(sentence(conclusions.headline)).toBe(sentence(conclusions.findings[0]!));
		expect(dumpText({ recording, conclusions, conditions: [] }).split('\n')[0]).toContain(title);
	});
});

test('each rule speaks in one of these', () => {
	expect(IDS.filter((id) => !NETWORK_CHECKS.some(({ rules }) => rules.some((rule) => rule === id)))).toEqual([]);
});
