/** The built app as a process of its own, on free ports, with its own STUN/TURN server. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NamespaceCommand } from './namespace-command';
import { onceAWorker } from './once-a-worker';
import { patience } from './patience';

export interface TestApp {
	/** `http://127.0.0.1:40123`, without a slash at the end. */
	url: string;
	pid: number;
	/** What it has written so far, both streams. */
	output(): string;
	/** Asks it to end and waits; resolves with the exit status. */
	close(): Promise<number | null>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const START_MS = patience(60_000);
/** Well above the app's own grace period for requests under way. */
const STOP_MS = patience(10_000);

/** The app that all tests of this worker share. A test that sets something, or looks at what the app has seen, starts its own. */
export const sharedApp = onceAWorker(
	() => startApp(),
	(app) => app.close()
);

/** Starts `node dist/icelens.mjs serve`. `env` is added to this process's own, without its ICELENS_ variables. */
export async function startApp(
	env: Record<string, string> = {},
	options: { namespace?: NamespaceCommand } = {}
): Promise<TestApp> {
	const program = join(ROOT, 'dist', 'icelens.mjs');
	if (!existsSync(program)) throw new Error('The app is not built: run "npm run build" before these tests.');
	const outer = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(ICELENS_|HOST$|PORT$|ORIGIN$)/.test(name)));
	const command = [...(options.namespace ?? []), process.execPath, program, 'serve'];
	const child = spawn(command[0]!, command.slice(1), {
		// A namespace's command may start the app as a child of its own: both are ended as one group.
		detached: options.namespace !== undefined,
		cwd: ROOT,
		env: { ...outer, HOST: '127.0.0.1', PORT: '0', ICELENS_STUN_PORT: '0', ICELENS_TLS_PORT: '0', ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let output = '';
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));

	const url = await new Promise<string>((resolve, reject) => {
		const timer = setTimeout(() => {
			child.kill('SIGKILL');
			reject(new Error(`The app did not start within ${START_MS / 1000} s:\n${output}`));
		}, START_MS);
		const read = (chunk: Buffer) => {
			output += chunk.toString();
			const found = /Icelens is at (http:\S+)/.exec(output);
			if (!found) return;
			clearTimeout(timer);
			resolve(found[1]!);
		};
		child.stdout.on('data', read);
		child.stderr.on('data', read);
		child.once('error', reject);
		void ended.then((status) => {
			clearTimeout(timer);
			reject(new Error(`The app ended with status ${status} before it was ready:\n${output}`));
		});
	});

	return {
		url,
		pid: child.pid!,
		output: () => output,
		close: async () => {
			const stop = (signal: NodeJS.Signals) => {
				if (!options.namespace) child.kill(signal);
				else if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, signal);
			};
			stop('SIGTERM');
			const timer = setTimeout(() => stop('SIGKILL'), STOP_MS);
			const status = await ended;
			clearTimeout(timer);
			return status;
		}
	};
}
