/**
 * `npm test`: lint, types, then the vitest projects from quick to slow, each timed. Ends with the skipped tests and the
 * reasons, the failures, and as the very last line `N passed, N failed, N skipped` over everything (lint and types count as one each).
 *
 *   npm test                  everything
 *   npm test -- unit e2e      only these
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.mjs';
import { runVisibly } from './run.mjs';

const RESULTS = join(ROOT, 'test-results');
const bin = (...path) => join(ROOT, 'node_modules', ...path);

const STEPS = {
	lint: () =>
		runAll(
			[bin('eslint', 'bin', 'eslint.js'), '.'],
			[bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']
		),
	check: () =>
		runAll(
			[bin('@sveltejs', 'kit', 'svelte-kit.js'), 'sync'],
			[bin('svelte-check', 'bin', 'svelte-check'), '--tsconfig', './tsconfig.json'],
			[bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.core.json']
		),
	unit: () => vitest('unit'),
	interop: () => vitest('interop'),
	e2e: () => vitest('e2e'),
	natlab: () => vitest('natlab')
};

/** Node programs one after another; one that fails does not keep the next from telling what it found. */
async function runAll(...programs) {
	let status = 0;
	for (const args of programs) status = (await runVisibly(process.execPath, args, { cwd: ROOT })) || status;
	return status === 0 ? counts(1, 0) : counts(0, 1);
}

async function vitest(project) {
	const file = join(RESULTS, `${project}.json`);
	rmSync(file, { force: true });
	const args = [bin('vitest', 'vitest.mjs'), 'run', '--project', project, '--passWithNoTests'];
	args.push('--reporter=default', '--reporter=./scripts/test-reporter.mjs');
	const status = await runVisibly(process.execPath, args, { cwd: ROOT, env: { ...process.env, ICELENS_TEST_SUMMARY: file } });
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
	return { passed, failed, skipped: [], failures, askedAgain: [] };
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

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in STEPS));
if (unknown.length > 0) {
	console.error(`npm test: ${unknown.join(', ')} is not one of ${Object.keys(STEPS).join(', ')}.`);
	process.exit(2);
}
mkdirSync(RESULTS, { recursive: true });

const total = counts(0, 0);
const times = [];
for (const name of asked.length > 0 ? asked : Object.keys(STEPS)) {
	console.log(`\n── ${name} ──`);
	const began = Date.now();
	const result = await STEPS[name]();
	times.push({ name, seconds: (Date.now() - began) / 1000, ...result });
	total.passed += result.passed;
	total.failed += result.failed;
	total.skipped.push(...result.skipped);
	total.askedAgain.push(...result.askedAgain);
	total.failures.push(...(result.failures.length > 0 || result.failed === 0 ? result.failures : [name]));
}

console.log('\n── summary ──');
for (const { name, seconds, passed, failed, skipped } of times) {
	console.log(
		`${name.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s  ${passed} passed, ${failed} failed, ${skipped.length} skipped`
	);
}
if (total.skipped.length > 0) console.log(`\nSkipped:\n${skippedLines(total.skipped).join('\n')}`);
if (total.askedAgain.length > 0)
	console.log(`\nPassed only when asked again:\n${total.askedAgain.map((name) => `  ${name}`).join('\n')}`);
// Last, so that the end of a long log tells what is wrong.
if (total.failures.length > 0) console.log(`\nFailed:\n${total.failures.map((name) => `  ${name}`).join('\n')}`);
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
