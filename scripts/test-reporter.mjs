/**
 * A vitest reporter that writes one project's counts and skipped tests, with the reasons given to `skip(reason)`, to the
 * file named by ICELENS_TEST_SUMMARY. vitest's own JSON reporter leaves the reasons out.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export default class SummaryReporter {
	onTestRunEnd(modules, unhandledErrors) {
		const summary = { passed: 0, failed: 0, skipped: [], failures: [] };
		for (const module of modules) {
			const file = relative(process.cwd(), module.moduleId);
			const suites = [module, ...module.children.allSuites()];
			// A file that could not be loaded and a beforeAll that threw have errors and no failed test of their own.
			for (const suite of suites.filter((each) => each.errors().length > 0)) {
				summary.failed++;
				summary.failures.push(`${file}${suite === module ? '' : ` > ${suite.fullName}`}`);
			}
			for (const test of module.children.allTests()) {
				const result = test.result();
				if (result.state === 'passed') summary.passed++;
				else if (result.state === 'failed') {
					summary.failed++;
					summary.failures.push(`${file} > ${test.fullName}`);
				} else summary.skipped.push({ name: `${file} > ${test.fullName}`, reason: result.note ?? null });
			}
		}
		for (const error of unhandledErrors) {
			summary.failed++;
			summary.failures.push(`outside of any test: ${error.message}`);
		}
		writeFileSync(process.env.ICELENS_TEST_SUMMARY, JSON.stringify(summary));
	}
}
