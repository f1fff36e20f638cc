/** The list of tests that may be asked again stays short, dated and true. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MOST_QUARANTINED, QUARANTINE } from './quarantine';

describe('the quarantine of tests', () => {
	test('holds at most ten', () => {
		expect(QUARANTINE.length).toBeLessThanOrEqual(MOST_QUARANTINED);
	});

	test('names tests of files that are there, each with a reason and the day it was put in', () => {
		for (const { test: name, reason, since } of QUARANTINE) {
			expect(existsSync(name.split(' > ')[0]!), name).toBe(true);
			expect(reason.length, name).toBeGreaterThan(20);
			expect(since, name).toMatch(/^20\d\d-\d\d-\d\d$/);
		}
	});
});
