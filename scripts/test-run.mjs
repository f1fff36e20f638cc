/**
 * One run of the tests: its programs, and one folder for everything temporary that they make. Whatever ends the run, also a signal
 * in the middle, its programs end with it and the folder goes.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import { ROOT } from './build.mjs';
import { guardRun, makeRunFolder } from './run-guard.mjs';

/** How long programs have to end by themselves after a signal, ms. */
const GRACE_MS = 5000;
/** How often to look whether npm is still there, ms. */
const PARENT_EVERY_MS = 500;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function makeRun() {
	const folder = makeRunFolder();
	// For what leads a process group of its own, as browsers do, and for a run that is killed.
	const endGuard = guardRun(folder);
	/** @type {Set<import('node:child_process').ChildProcess>} */
	const running = new Set();
	let ended = false;

	/** Each program leads a process group of its own, so that it can be ended with everything it started. */
	function signalAll(signal) {
		for (const child of running) {
			try {
				process.kill(-child.pid, signal);
			} catch {
				// It has ended by itself.
			}
		}
	}

	function end() {
		if (ended) return;
		ended = true;
		signalAll('SIGKILL');
		rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	}

	function stop(signal) {
		signalAll('SIGTERM');
		const exit = async () => {
			await endGuard();
			end();
			process.exit(128 + constants.signals[signal]);
		};
		const timer = setTimeout(exit, GRACE_MS);
		Promise.all([...running].map((child) => new Promise((resolve) => child.once('close', resolve)))).then(() => {
			clearTimeout(timer);
			exit();
		});
	}
	for (const signal of SIGNALS) process.once(signal, () => stop(signal));
	process.once('exit', end);
	// A signal to npm ends the shell between it and this process, and nobody tells us.
	if (process.env.npm_lifecycle_event !== undefined) {
		const parent = process.ppid;
		const watch = setInterval(() => {
			if (process.ppid === parent) return;
			clearInterval(watch);
			stop('SIGTERM');
		}, PARENT_EVERY_MS);
		watch.unref();
	}

	function start(args, env, stdio) {
		const child = spawn(process.execPath, args, {
			cwd: ROOT,
			env: { ...process.env, ...env, TMPDIR: folder },
			stdio,
			detached: process.platform !== 'win32'
		});
		running.add(child);
		child.once('close', () => running.delete(child));
		return child;
	}

	/** Resolves with the exit status, 1 for a signal. */
	const statusOf = (child) =>
		new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('close', (status) => resolve(status ?? 1));
		});

	return {
		/** The run's own temporary folder, `TMPDIR` of every program. */
		folder,
		/** Runs a Node program on this console. */
		visibly: (args, env = {}) => statusOf(start(args, env, 'inherit')),
		/** Runs a Node program and keeps what it prints. */
		async quietly(args, env = {}) {
			const child = start(args, env, ['ignore', 'pipe', 'pipe']);
			let output = '';
			child.stdout.on('data', (chunk) => (output += chunk));
			child.stderr.on('data', (chunk) => (output += chunk));
			return { status: await statusOf(child), output };
		},
		end
	};
}
