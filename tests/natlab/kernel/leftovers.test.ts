/** A run that is ended in the middle leaves no process, no folder and no namespace behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { patience } from '../../support/patience';
import { describeWith } from '../../support/require';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const RUN = new URL('../../../scripts/test-run.mjs', import.meta.url).href;
const VITEST = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'natlab', 'tests/natlab/kernel/networks.test.ts'];

/** All but the last take the same way out; a killed run has no way of its own. */
const SIGNALS: NodeJS.Signals[] = [
	...(process.env.ICELENS_NATLAB === 'full' ? (['SIGINT', 'SIGHUP'] as const) : []),
	'SIGTERM',
	'SIGKILL'
];

/** Starts a run whose temporary folder is in this one, as `npm test` does. */
function startRun(folder: string): { run: ChildProcess; output: () => string } {
	const source = `
		import { makeRun } from ${JSON.stringify(RUN)};
		process.exit(await makeRun().visibly(${JSON.stringify([...VITEST, '-t', 'the NAT of port-restricted in'])}));`;
	const run = spawn(process.execPath, ['--input-type=module', '-e', source], {
		cwd: ROOT,
		env: { ...process.env, TMPDIR: folder },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	for (const stream of [run.stdout!, run.stderr!]) stream.on('data', (chunk) => (output += chunk));
	return { run, output: () => output };
}

/** The command lines of all processes whose TMPDIR is in this folder. */
function processesIn(folder: string): string[] {
	return readdirSync('/proc')
		.filter((pid) => /^\d+$/.test(pid))
		.flatMap((pid) => {
			try {
				const marked = `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`.includes(`\0TMPDIR=${folder}`);
				return marked ? [readFileSync(`/proc/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ')] : [];
			} catch {
				// It has just ended.
				return [];
			}
		});
}

const namespaces = () => (existsSync('/run/netns') ? readdirSync('/run/netns') : []);

describeWith(['root', 'namespaces', 'coturn', 'chromium', 'firefox'], 'a run of the lab', () => {
	it.each(SIGNALS)('leaves nothing behind after %s in the middle of a check', { timeout: patience(120_000) }, async (signal) => {
		const folder = mkdtempSync(join(tmpdir(), 'icelens-leftovers-'));
		const before = namespaces();
		const { run, output } = startRun(folder);
		try {
			const ended = new Promise((resolve) => run.once('exit', resolve));
			// In the middle: both browsers are there, and the servers that they ask.
			for (const program of [/turnserver/, /icelens\.mjs serve/, /chromium/, /firefox/])
				await expect
					.poll(() => run.exitCode !== null || processesIn(folder).some((line) => program.test(line)), {
						timeout: patience(60_000)
					})
					.toBe(true);
			expect(run.exitCode, output()).toBeNull();
			expect(readdirSync(folder)).not.toEqual([]);
			run.kill(signal);
			await ended;
			await expect.poll(() => processesIn(folder), { timeout: patience(20_000) }).toEqual([]);
			await expect.poll(() => readdirSync(folder), { timeout: patience(20_000) }).toEqual([]);
			expect(namespaces().filter((name) => !before.includes(name))).toEqual([]);
		} finally {
			run.kill('SIGKILL');
			rmSync(folder, { recursive: true, force: true });
		}
	});
});
