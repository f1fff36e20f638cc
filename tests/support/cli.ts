/** The built `icelens` command, run as people run it. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ICELENS = join(fileURLToPath(new URL('../../', import.meta.url)), 'dist', 'icelens.mjs');

export interface CliRun {
	status: number | null;
	stdout: string;
	stderr: string;
}

export function icelens(args: string[], options: { input?: string; env?: Record<string, string> } = {}): Promise<CliRun> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [ICELENS, ...args], { env: { ...process.env, ...options.env } });
		let stdout = '';
		let stderr = '';
		child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
		child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
		child.once('error', reject);
		child.once('close', (status) => resolve({ status, stdout, stderr }));
		// A command may end without reading its input, which leaves a broken pipe.
		child.stdin.on('error', () => {});
		child.stdin.end(options.input ?? '');
	});
}
