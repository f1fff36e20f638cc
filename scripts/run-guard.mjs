/**
 * A test run leaves nothing behind, however it ends. All that tests start inherits the TMPDIR of the run, writes there, and is
 * known by it. A guard outlives the run: a process that does nothing until the pipe from the run's first process closes, which
 * the kernel sees to even after SIGKILL. Then it ends what still carries that TMPDIR, and removes the folder and the network
 * namespaces whose owners are gone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMain } from './run.mjs';

const PREFIX = 'icelens-test-';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The folder of a new run. */
export const makeRunFolder = () => mkdtempSync(join(tmpdir(), PREFIX));

/**
 * Guards what is started with this folder as its TMPDIR, until this process ends or calls what is returned, which resolves when
 * nothing is left.
 */
export function guardRun(folder) {
	// In a session of its own, so that Ctrl-C does not reach it.
	const guard = spawn(process.execPath, [fileURLToPath(import.meta.url), folder], {
		detached: true,
		stdio: ['pipe', 'ignore', 'inherit']
	});
	guard.stdin.on('error', () => undefined);
	const ended = new Promise((resolve) => guard.once('exit', resolve).once('error', resolve));
	// It must not keep a run alive that is done.
	guard.unref();
	guard.stdin.unref();
	return () => {
		guard.ref();
		guard.stdin.end();
		return ended;
	};
}

/** As vitest's `globalSetup`, for runs that vitest itself begins. */
export function setup() {
	if (basename(tmpdir()).startsWith(PREFIX)) return;
	const folder = makeRunFolder();
	guardRun(folder);
	process.env.TMPDIR = folder;
}

/** The processes that carry this TMPDIR. Their environment is readable in /proc, which Linux alone has. */
export function processesOf(folder) {
	if (!existsSync('/proc')) return [];
	const mark = `\0TMPDIR=${folder}\0`;
	return readdirSync('/proc').filter((pid) => {
		if (!/^\d+$/.test(pid)) return false;
		try {
			return `\0${readFileSync(`/proc/${pid}/environ`, 'latin1')}`.includes(mark);
		} catch {
			// It has just ended, or belongs to somebody else.
			return false;
		}
	});
}

/** Until none is left: one may start another while it is being ended. */
async function endProcesses(folder) {
	for (let quiet = 0, tries = 0; quiet < 2 && tries < 200; tries++) {
		const pids = processesOf(folder);
		for (const pid of pids) {
			try {
				process.kill(Number(pid), 'SIGKILL');
			} catch {
				// It has ended by itself.
			}
		}
		quiet = pids.length === 0 ? quiet + 1 : 0;
		await wait(50);
	}
}

/** Names that tests gave to network namespaces carry the number of their process: `icelens-4711-…`. */
function removeNamespaces() {
	const names = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
	for (const name of names) {
		const pid = /^icelens-(\d+)-/.exec(name)?.[1];
		if (!pid || existsSync(`/proc/${pid}`)) continue;
		spawnSync('ip', ['netns', 'del', name]);
		rmSync(join('/etc/netns', name), { recursive: true, force: true });
	}
}

async function guard(folder) {
	for (const signal of SIGNALS) process.on(signal, () => undefined);
	await new Promise((resolve) => process.stdin.resume().once('close', resolve));
	await endProcesses(folder);
	removeNamespaces();
	rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}

if (isMain(import.meta.url)) await guard(process.argv[2]);
