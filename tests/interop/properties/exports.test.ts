/** Exports of every described network and of generated ones: what is saved opens again, and is judged the same. */
import { expect, test } from 'vitest';
import { toJson } from '../../../src/lib/core/report/export/json';
import { toJunit } from '../../../src/lib/core/report/export/junit';
import { judgeAgain } from '../../../src/lib/core/report/judge-again';
import { parseReport } from '../../../src/lib/core/report/parse';
import { trimmed, TRIM_STEPS } from '../../../src/lib/core/report/trim';
import { generateReport, seededReport } from '../../golden/generate-report';
import { makeObservations } from '../../golden/make-observations';
import { CASES } from '../../golden/networks-table';

test.each(CASES)('opens a saved report: $name', ({ network }) => {
	const observations = makeObservations(network);
	const saved = toJson(judgeAgain({ ...generateReport(1), observations }));
	expect(parseReport(saved)).toEqual({ ok: true, value: JSON.parse(saved) });
});

test('reads the same report and conclusions from the JSON of a generated report', () => {
	for (let seed = 1; seed <= 100; seed++) {
		const report = generateReport(seed);
		const parsed = parseReport(toJson(report));
		expect(parsed).toEqual({ ok: true, value: JSON.parse(toJson(report)) });
		if (parsed.ok) expect(judgeAgain(parsed.value).conclusions).toEqual(report.conclusions);
	}
});

test('opens a trimmed report with the saved conclusions, and names what was removed', () => {
	for (let seed = 1; seed <= 5; seed++) {
		for (let steps = 1; steps <= TRIM_STEPS.length; steps++) {
			const small = trimmed(seededReport(seed), steps);
			const parsed = parseReport(toJson(small));
			if (!parsed.ok) throw new Error(parsed.error.message);
			expect(judgeAgain(parsed.value).conclusions).toEqual(small.conclusions);
			expect(small.leftOut?.length).toBeGreaterThan(0);
		}
	}
});

function counts(xml: string): number[] {
	return [/tests="(\d+)"/, /failures="(\d+)"/, /skipped="(\d+)"/].map((pattern) => Number(pattern.exec(xml)![1]));
}

test('JUnit XML reports a failing server as failed and unknown answers as skipped', () => {
	for (let seed = 1; seed <= 30; seed++) {
		const report = generateReport(seed);
		const xml = toJunit(report);
		const cases = [...xml.matchAll(/<testcase[^>]*>(.*?)<\/testcase>/g)].map(([, body]) => body!);
		const failed = cases.filter((body) => body.startsWith('<failure')).length;
		const skipped = cases.filter((body) => body.startsWith('<skipped')).length;
		expect(counts(xml)).toEqual([cases.length, failed, skipped]);
		const works = report.conclusions.servers.filter(({ state }) => state === 'works').length;
		const good = [...xml.matchAll(/classname="icelens\.servers"[^>]*><system-out>/g)].length;
		expect(good).toBe(works);
	}
});
