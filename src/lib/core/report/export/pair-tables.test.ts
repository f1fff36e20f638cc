import { everySentence as sentence } from '../../messages/en/every-sentence';
import { describe, expect, it } from 'vitest';
import { generateReport } from '../../../../../tests/golden/generate-report';
import { PAIR_CASES, pairObservations } from '../../../../../tests/golden/pairs-table';
import { DEFAULT_LIMITS } from '../../plan/config';
import { conclude } from '../../verdict/conclude';
import { compareReports } from '../compare-reports';
import { judgeAgain } from '../judge-again';
import { redactReport } from '../redact';
import type { Report } from '../report';
import { trimmed, TRIM_STEPS } from '../trim';
import { toCsv } from './csv';
import { documentOf } from './document';
import { toHtml } from './html';
import { toMarkdown } from './markdown';

const reportOf = (one: (typeof PAIR_CASES)[number]): Report => {
	const report = generateReport(1);
	return judgeAgain({ ...report, config: { ...report.config, limits: DEFAULT_LIMITS }, observations: pairObservations(one) });
};

const VERDICTS: Record<string, [string, string]> = {
	'home and full cone connect': ['The two connect directly', 'fine'],
	'two symmetric NATs do not': ['The two did not connect', 'problem'],
	'they were to connect, and did not': ['The two did not connect', 'problem'],
	'loss on the way to the guest only': ['The two connect directly', 'fine']
};

it('two reports of two devices are compared by what came of each path', () => {
	const [connected, not] = [0, 2].map((i) => reportOf(PAIR_CASES[i]!)) as [Report, Report];
	const { changes, rows } = compareReports(connected, not);
	expect(changes.map(sentence)).toContain('Over the direct path the two devices are not connected this time; before: connected.');
	expect(rows).toContainEqual(
		expect.objectContaining({ group: 'Two devices', name: 'the direct path', before: 'Connected', after: 'Not connected' })
	);
});

describe.each(PAIR_CASES)('a report of two devices: $name', (one) => {
	const report = reportOf(one);
	const doc = documentOf(report);

	it('its verdict is about the two, not about one network', () => {
		expect(doc.kind).toBe('pair');
		if (VERDICTS[one.name]) expect([doc.verdict, doc.tone]).toEqual(VERDICTS[one.name]);
	});

	it('both networks, the paths and every attempt are in the documents', () => {
		const ids = doc.tables.map(({ id }) => id);
		expect(ids).toContain('pair-networks');
		expect(ids).toContain('pair-paths');
		expect(ids).toContain('pair-steps-1');
		for (const make of [toHtml, toMarkdown, toCsv]) {
			const text = make(report);
			expect(text).toContain('Both networks');
			expect(text).toContain(sentence(report.conclusions.pair!.outcomes[0]!).slice(0, 30));
		}
	});

	it('the names of the devices are not in the redacted copy, and what is said stays', () => {
		const redacted = redactReport(report).report;
		expect(JSON.stringify(redacted)).not.toMatch(/\b(Desk|Phone)\b/);
		expect(documentOf(redacted).verdict).toBe(doc.verdict);
	});

	it('made small enough for a link it still says whether they connected', () => {
		const connected = (of: Report) =>
			conclude(DEFAULT_LIMITS, of.observations).pair!.outcomes.map((outcome) => outcome.connected);
		expect(connected(trimmed(report, TRIM_STEPS.length))).toEqual(connected(report));
	});
});
