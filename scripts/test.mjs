/**
 * `npm test`: types and the vitest projects from quick to slow, each timed, with lint beside them. Ends with the skipped tests
 * and the reasons, the failures, and as the very last line `N passed, N failed, N skipped` over everything (lint and types count
 * as one each).
 *
 *   npm test                  everything
 *   npm test -- unit e2e      only these steps
 *   npm run test:quick        lint, types, unit tests and components
 *   npm run test:changed      lint, types, and the unit, component and interop tests that depend on what differs from a git
 *                             revision (HEAD unless given), committed or not
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.mjs';
import { makeRun } from './test-run.mjs';

const RESULTS = join(ROOT, 'test-results');
const CACHE = join(ROOT, 'node_modules', '.cache');
const bin = (...path) => join(ROOT, 'node_modules', ...path);
const run = makeRun();

const LINT = [
	[bin('eslint', 'bin', 'eslint.js'), '.', '--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE}/eslint/`],
	[bin('prettier', 'bin', 'prettier.cjs'), '.', '--check', '--log-level', 'warn', '--cache', '--cache-strategy', 'content']
];

const STEPS = {
	lint: () => programs(...LINT),
	check: () =>
		programs(
			[bin('@sveltejs', 'kit', 'svelte-kit.js'), 'sync'],
			[bin('svelte-check', 'bin', 'svelte-check'), '--tsconfig', './tsconfig.json', '--incremental'],
			[
				bin('typescript', 'bin', 'tsc'),
				'-p',
				'tsconfig.core.json',
				'--incremental',
				'--tsBuildInfoFile',
				`${CACHE}/core.tsbuildinfo`
			]
		),
	unit: () => vitest('unit'),
	components: () => vitest('components'),
	interop: () => vitest('interop'),
	e2e: () => vitest('e2e'),
	natlab: () => vitest('natlab')
};
/** Takes one core for a minute: it goes on beside types and tests without browsers, and says what it found when it is done. */
const BESIDE = 'lint';
/** What shares no core with lint: browsers and media need both. */
const ALONE = ['e2e', 'natlab'];
const QUICK = ['lint', 'check', 'unit', 'components'];

/** Node programs one after another, what they print kept until the end; one that fails does not keep the next from telling what it found. */
async function programs(...all) {
	let [passed, output] = [true, ''];
	for (const args of all) {
		const ended = await run.quietly(args);
		passed &&= ended.status === 0;
		output += ended.output;
	}
	return { ...counts(passed ? 1 : 0, passed ? 0 : 1), output };
}

async function vitest(project, ...more) {
	const file = join(RESULTS, `${project}.json`);
	rmSync(file, { force: true });
	const args = [bin('vitest', 'vitest.mjs'), 'run', '--project', project, '--passWithNoTests', ...more];
	args.push('--reporter=default', '--reporter=./scripts/test-reporter.mjs');
	const status = await run.visibly(args, { ICELENS_TEST_SUMMARY: file });
	let summary;
	try {
		summary = JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		// No summary: vitest ended before it could run anything, or found no test in an empty project.
		summary = status === 0 ? counts(0, 0) : counts(0, 1, [`${project}: vitest ended with status ${status} before the tests did`]);
	}
	// vitest knows failures that belong to no test (a hanging worker): its status is never to be read as better than it is.
	if (status !== 0 && summary.failed === 0)
		return { ...summary, failed: 1, failures: [`${project}: vitest ended with status ${status}`] };
	return summary;
}

function counts(passed, failed, failures = []) {
	return { passed, failed, skipped: [], failures, askedAgain: [], output: '' };
}

/**
 * A test that lacks something from the machine is named with the reason; the cells of a matrix that has a command of its own
 * (no reason: the suite's name says the command) are one line a suite.
 */
function skippedLines(skipped) {
	const lines = skipped.filter(({ reason }) => reason).map(({ file, name, reason }) => `  ${file} > ${name}: ${reason}`);
	const suites = new Map();
	for (const { file, suite } of skipped.filter(({ reason }) => !reason)) {
		const line = `  ${file} > ${suite}`;
		suites.set(line, (suites.get(line) ?? 0) + 1);
	}
	return [...lines, ...[...suites].map(([line, tests]) => `${line}: ${tests} ${tests === 1 ? 'test' : 'tests'}`)];
}

/** The steps of `test:changed`: with their caches lint and types look at what changed by themselves. */
const changedSteps = (revision) => ({
	lint: STEPS.lint,
	check: STEPS.check,
	...Object.fromEntries(['unit', 'components', 'interop'].map((name) => [name, () => vitest(name, `--changed=${revision}`)]))
});

const total = { ...counts(0, 0), times: [] };

function tell(name, beganMs, result) {
	if (result.output?.trim()) console.log(`\n── ${name} says ──\n${result.output.trimEnd()}`);
	total.times.push({ name, seconds: (Date.now() - beganMs) / 1000, ...result });
	total.passed += result.passed;
	total.failed += result.failed;
	total.skipped.push(...result.skipped);
	total.askedAgain.push(...result.askedAgain);
	total.failures.push(...(result.failures.length > 0 || result.failed === 0 ? result.failures : [name]));
}

async function runSteps(steps, names) {
	const beganMs = Date.now();
	const runStep = async (name) => {
		const stepBeganMs = Date.now();
		tell(name, stepBeganMs, await steps[name]());
	};
	const beside = names.includes(BESIDE) ? runStep(BESIDE) : null;
	for (const name of names.filter((each) => each !== BESIDE)) {
		if (ALONE.includes(name)) await beside;
		console.log(`\n── ${name} ──`);
		await runStep(name);
	}
	await beside;
	return (Date.now() - beganMs) / 1000;
}

const [first, ...rest] = process.argv.slice(2);
const steps = first === 'changed' ? changedSteps(rest[0] ?? 'HEAD') : STEPS;
const names = first === 'changed' ? Object.keys(steps) : first === 'quick' ? QUICK : process.argv.slice(2);
const unknown = names.filter((name) => !(name in steps));
if (unknown.length > 0) {
	console.error(`npm test: ${unknown.join(', ')} is not one of quick, changed, ${Object.keys(STEPS).join(', ')}.`);
	process.exit(2);
}
mkdirSync(RESULTS, { recursive: true });
const seconds = await runSteps(steps, names.length > 0 ? names : Object.keys(steps));
run.end();

console.log('\n── summary ──');
for (const { name, seconds, passed, failed, skipped } of total.times) {
	console.log(
		`${name.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed, ${skipped.length} skipped`
	);
}
console.log(`${'in all'.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s`);
if (total.skipped.length > 0) console.log(`\nSkipped:\n${skippedLines(total.skipped).join('\n')}`);
if (total.askedAgain.length > 0)
	console.log(`\nPassed only at a second try (tests/quarantine.ts):\n${total.askedAgain.map((name) => `  ${name}`).join('\n')}`);
// Last, so that the end of a long log tells what is wrong.
if (total.failures.length > 0) console.log(`\nFailed:\n${total.failures.map((name) => `  ${name}`).join('\n')}`);
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
