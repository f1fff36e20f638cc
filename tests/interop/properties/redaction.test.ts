/** Redaction over every described network and over generated ones: nothing that identifies is left, and the verdict is the same. */
import { describe, expect, test } from 'vitest';
import { toJson } from '../../../src/lib/core/report/export/json';
import { redactReport } from '../../../src/lib/core/report/redact';
import { generateReport } from '../../golden/generate-report';
import { makeObservations } from '../../golden/make-observations';
import { CASES } from '../../golden/networks-table';
import { expectSameClasses } from '../../golden/same-classes';

describe('redaction keeps the conclusions', () => {
	test.each(CASES)('$name', ({ network }) =>
		expectSameClasses({ ...generateReport(1), observations: makeObservations(network) })
	);

	test('of generated networks', () => {
		for (let seed = 1; seed <= 100; seed++) {
			try {
				expectSameClasses(generateReport(seed));
			} catch (error) {
				throw new Error(`seed ${seed}`, { cause: error });
			}
		}
	});
});

test('redaction leaves no address, name or user of a generated report', () => {
	for (let seed = 1; seed <= 40; seed++) {
		const text = toJson(redactReport(generateReport(seed)).report);
		expect([seed, text.match(/acme-video|corp-intern|ann\.smith|\b(5|37|81|93|149|185)\.\d+\.\d+\.\d+|2a0\d:/)?.[0]]).toEqual([
			seed,
			undefined
		]);
	}
});
