/** The command line where its surroundings fail it: nobody reads on, the disk is full, it is told to stop. */
import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readdirSync, readFileSync, rmSync, closeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { icelens, ICELENS } from '../support/cli';
import { describeWith } from '../support/require';
import { until } from '../support/until';

const DUMP = fileURLToPath(new URL('../fixtures/stats/chromium156-muted.json.gz', import.meta.url));

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'icelens-attacks-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what is written', () => {
	test('to nobody who reads on, ends without a word', async () => {
		const child = spawn(process.execPath, [ICELENS, 'stats', DUMP, '--format', 'json'], { stdio: ['ignore', 'pipe', 'pipe'] });
		child.stdout.destroy();
		let said = '';
		child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
		const status = await new Promise((resolve) => child.once('close', resolve));
		expect([said, status]).toEqual(['', 0]);
	});

	test('to a full disk is said', async () => {
		const full = openSync('/dev/full', 'w');
		const child = spawn(process.execPath, [ICELENS, 'stats', DUMP, '--format', 'json'], { stdio: ['ignore', full, 'pipe'] });
		let said = '';
		child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
		const status = await new Promise((resolve) => child.once('close', resolve));
		closeSync(full);
		expect([said, status]).toEqual(['icelens: standard output could not be written (ENOSPC).\n', 2]);
	});

	test.each(['check', 'lint-sdp'])('by %s into a place that does not exist is said', async (command) => {
		const file = join(folder, 'no-such-folder', 'report.json');
		const { status, stderr, stdout } = await icelens([command, ...(command === 'check' ? [] : ['-']), '--out', file], {
			input: 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'
		});
		expect([status, stderr]).toEqual([2, `icelens: --out: ${file} could not be written (ENOENT).\n`]);
		// What was found is not lost; a check has not begun.
		expect(stdout !== '').toBe(command !== 'check');
	});
});

describeWith(['chromium'], 'a check', () => {
	test('that cannot write its report prints it', async () => {
		const { status, stderr, stdout } = await icelens(['check', '--profile', 'quick', '--format', 'json', '--out', '/dev/full']);
		expect([status, stderr.trimEnd().split('\n').at(-1)]).toEqual([
			2,
			'icelens: --out: /dev/full could not be written (ENOSPC).'
		]);
		expect(JSON.parse(stdout)).toMatchObject({ schema: 2 });
	});

	test.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130]
	] as const)('that is ended by %s leaves nothing behind', async (signal, expected) => {
		const own = mkdtempSync(join(folder, 'tmp-'));
		const child = spawn(process.execPath, [ICELENS, 'check'], { env: { ...process.env, TMPDIR: own }, stdio: 'ignore' });
		const ended = new Promise((resolve) => child.once('close', resolve));
		await until('the browser runs', () => browsersOf(own).length > 0);
		child.kill(signal);
		expect(await ended).toBe(expected);
		await until('the browser has ended', () => browsersOf(own).length === 0);
		expect(readdirSync(own)).toEqual([]);
	});
});

/** Processes with this folder among their arguments: where a browser keeps its profile. */
function browsersOf(own: string): string[] {
	return readdirSync('/proc').filter((pid) => {
		try {
			return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(own);
		} catch {
			return false;
		}
	});
}
