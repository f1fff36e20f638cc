import { expect, test } from 'vitest';
import { ruleBook } from '../../core/report/rule-book';
import { ALL_RULES } from '../../core/sdp/lint/rules/all-rules';
import { search, shownSections } from './entries';

const sections = shownSections();
const ids = sections.flatMap(({ rules }) => rules.map(({ id }) => id));

test('every rule of every table is there', () => {
	for (const { id } of ALL_RULES) expect(ids).toContain(id);
	for (const { id } of ruleBook().flatMap(({ rules }) => rules)) expect(ids).toContain(id);
});

test('every rule has a link of its own', () => {
	const anchors = sections.flatMap(({ id, rules }) => [`section-${id}`, ...rules.map(({ anchor }) => anchor)]);
	expect(anchors.filter((anchor, index) => anchors.indexOf(anchor) !== index)).toEqual([]);
});

test.each([
	['ICE-16', 1],
	['relay private', 1],
	['no-such-word-anywhere', 0]
])('%s is found', (query, least) => {
	const found = search(sections, query).flatMap(({ rules }) => rules);
	if (least === 0) expect(found).toEqual([]);
	else expect(found.length).toBeGreaterThanOrEqual(least);
	if (query === 'ICE-16') expect(found.map(({ code }) => code)).toContain('ICE-16');
});

test.each([
	['701', 'code-701'],
	['486', 'code-486'],
	['486', 'quota-reached'],
	['symmetric', 'word-mapping-address-and-port-dependent'],
	['called in wrong state', 'message-wrong-state'],
	['Called in wrong state: stable', 'message-wrong-state'],
	["call.js:7 OperationError: Failed to set remote offer sdp: Duplicate a=mid value 'video'.", 'message-mid-repeated'],
	["call.js:7 OperationError: Failed to set remote offer sdp: Duplicate a=mid value 'video'.", 'mid-repeated']
])('"%s" finds what it means: %s', (query, id) => {
	expect(search(sections, query).flatMap(({ rules }) => rules.map((rule) => rule.id))).toContain(id);
});

test('an empty search finds every rule', () => {
	expect(search(sections, '  ')).toEqual(sections);
});
