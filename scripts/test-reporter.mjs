/**
 * A vitest reporter that writes one project's counts, its failures with the first lines of what was wrong, the tests that
 * passed only when asked again, and the skipped ones with the reasons given to `skip(reason)`, to the file named by
 * ICELENS_TEST_SUMMARY. vitest's own JSON reporter leaves the reasons out.
 */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export default class SummaryReporter {
	onTestRunEnd(modules, unhandledErrors) {
		const summary = { passed: 0, failed: 0, skipped: [], failures: [], askedAgain: [] };
		for (const module of modules) {
			const file = relative(process.cwd(), module.moduleId);
			const suites = [module, ...module.children.allSuites()];
			// A file that could not be loaded and a beforeAll that threw have errors and no failed test of their own.
			for (const suite of suites.filter((each) => each.errors().length > 0)) {
				summary.failed++;
				summary.failures.push(described(`${file}${suite === module ? '' : ` > ${suite.fullName}`}`, suite.errors()));
			}
			for (const test of module.children.allTests()) {
				const result = test.result();
				if (result.state === 'passed') {
					summary.passed++;
					if (test.diagnostic()?.flaky) summary.askedAgain.push(described(`${file} > ${test.fullName}`, result.errors ?? []));
				} else if (result.state === 'failed') {
					summary.failed++;
					summary.failures.push(described(`${file} > ${test.fullName}`, result.errors));
				} else summary.skipped.push({ file, suite: skippedSuite(test), name: test.fullName, reason: result.note ?? null });
			}
		}
		for (const error of unhandledErrors) {
			summary.failed++;
			summary.failures.push(`outside of any test: ${error.message}`);
		}
		writeFileSync(process.env.ICELENS_TEST_SUMMARY, JSON.stringify(summary));
	}
}

/** The test's name and, under it, how each try ended, a few lines of each. */
function described(name, errors) {
	const reasons = errors.map(({ message }) =>
		message
			.split('\n')
			.slice(0, 6)
			.map((line) => `      ${line.slice(0, 300)}`)
			.join('\n')
	);
	return [name, ...reasons].join('\n');
}

/** The outermost suite that is skipped as a whole, or the test itself: what a matrix of skipped cells is told by. */
function skippedSuite(test) {
	let told = test;
	for (let suite = test.parent; suite.type === 'suite'; suite = suite.parent) if (suite.state() === 'skipped') told = suite;
	return told.fullName;
}
