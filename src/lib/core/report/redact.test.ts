import { describe, expect, test } from 'vitest';
import { SECRETS, seededReport } from '../../../../tests/golden/generate-report';
import { goldenReports } from '../../../../tests/golden/golden-reports';
import { expectSameClasses } from '../../../../tests/golden/same-classes';
import { toCsv } from './export/csv';
import { toHtml } from './export/html';
import { toJson } from './export/json';
import { toJunit } from './export/junit';
import { toMarkdown } from './export/markdown';
import { redactReport } from './redact';

describe('what is concluded stays the same', () => {
	test.each(goldenReports())('$name', ({ report }) => expectSameClasses(report));
});

const MARKED = Object.entries(SECRETS).flatMap(([kind, values]) => values.map((value) => [kind, value] as const));
const EXPORTS = { json: toJson, html: toHtml, markdown: toMarkdown, csv: toCsv, junit: toJunit };

describe('nothing marked is left', () => {
	test.each(Object.entries(EXPORTS))('in a redacted %s', (_, make) => {
		for (let seed = 1; seed <= 6; seed++) {
			const text = make(redactReport(seededReport(seed)).report).toLowerCase();
			const left = MARKED.filter(([, value]) => text.includes(value.toLowerCase()));
			expect(left, `seed ${seed}`).toEqual([]);
		}
	});

	test('the marks are in the report to begin with, but for credentials', () => {
		const text = JSON.stringify(seededReport(1));
		for (const [, value] of MARKED) expect([value, text.includes(value)]).toEqual([value, true]);
	});

	test.each(Object.entries(EXPORTS))('credentials are not even in an unredacted %s', (_, make) => {
		const text = make(seededReport(3));
		expect(text).not.toContain(SECRETS.credential[0]);
		expect(text).not.toContain(SECRETS.credential[1]);
	});
});

test('the report stays as it was, and says what it is', () => {
	const report = seededReport(5);
	const before = JSON.stringify(report);
	const { report: redacted, replaced } = redactReport(report);
	expect(JSON.stringify(report)).toBe(before);
	expect(redacted.redacted).toBe(true);
	expect(redacted).toEqual(redactReport(report).report);
	const kinds = new Set(replaced.map(({ kind }) => kind));
	for (const kind of ['address', 'host', 'username', 'ice-credential', 'fingerprint', 'device', 'path'])
		expect(kinds).toContain(kind);
	for (const { from, to } of replaced) expect(to).not.toBe(from);
});

test('the same address has the same placeholder in every place', () => {
	const { replaced } = redactReport(seededReport(2));
	const byFrom = new Map<string, Set<string>>();
	for (const { from, to } of replaced) byFrom.set(from, (byFrom.get(from) ?? new Set()).add(to));
	expect([...byFrom.values()].filter((all) => all.size > 1)).toEqual([]);
});

test('words of the report and public addresses of header extensions stay', () => {
	const text = toJson(redactReport(seededReport(4)).report);
	for (const kept of [
		'http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
		'"candidate-pair"',
		'currentRoundTripTime',
		'AES_CM_128_HMAC_SHA1_80',
		'Chrome/130'
	])
		expect(text).toContain(kept);
});
