/**
 * Makes a clone ready by itself, called by npm's prestart, predev and pretest. Needs nothing but Node and npm.
 *
 *   node scripts/bootstrap.mjs packages   npm packages, when node_modules is missing or differs from package-lock.json
 *   node scripts/bootstrap.mjs app        the same, and the build, when the sources changed since the last one
 *   node scripts/bootstrap.mjs test       the same, and the programs that the tests drive
 *
 * One line for each step, with how long it took. `--quiet` says only what had to be done, and on stderr.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, hasSources, ROOT, whyBuild } from './build.mjs';
import { findProgram, isMain, runQuietly } from './run.mjs';

const MODES = ['packages', 'app', 'test'];
const NODE_NEEDED = '20.19 or later, 22.12 or later, or 24 or later';

/** What the tests drive: the program, where it is looked for, and the Debian package that brings it. */
const PROGRAMS = [
	{ what: 'Chromium', names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'], debian: 'chromium' },
	{ what: 'Firefox', names: ['firefox-esr', 'firefox'], debian: 'firefox-esr' },
	{ what: 'coturn', names: ['turnserver'], debian: 'coturn' },
	{ what: 'nftables', names: ['nft'], debian: 'nftables' },
	{ what: 'iproute2', names: ['ip'], debian: 'iproute2' },
	{ what: 'certutil', names: ['certutil'], debian: 'libnss3-tools' },
	{ what: 'dnsmasq', names: ['dnsmasq'], debian: 'dnsmasq-base' },
	{ what: 'unbound', names: ['unbound'], debian: 'unbound' },
	{ what: 'tayga', names: ['tayga'], debian: 'tayga' },
	{ what: 'haproxy', names: ['haproxy'], debian: 'haproxy' },
	{ what: 'stun', names: ['stun'], debian: 'stun-client' },
	{ what: 'nginx', names: ['nginx'], debian: 'nginx-light' },
	{ what: 'miniupnpd', names: ['miniupnpd'], debian: 'miniupnpd' },
	{ what: 'Janus', names: ['janus'], debian: 'janus' },
	{ what: 'baresip', names: ['baresip'], debian: 'baresip' }
];

/** @param {'packages' | 'app' | 'test'} mode  @param {{ quiet?: boolean }} [options] */
export async function bootstrap(mode, { quiet = false } = {}) {
	const say = quiet ? () => {} : (line) => console.log(line);
	const sayDone = quiet ? (line) => console.error(line) : say;
	refuseOldNode();
	await step('npm packages', whyInstall(), installPackages, 'up to date', say, sayDone);
	if (mode === 'packages') return;
	await step('build', whyBuild(), buildApp, 'up to date', say, sayDone);
	if (mode === 'test') await providePrograms(say);
}

/** A step that had something to do says so first: an install takes a while. */
async function step(name, why, work, otherwise, say, sayDone) {
	if (why === null) return say(`${name}: ${otherwise}`);
	sayDone(`${name}: ${why}, …`);
	const began = Date.now();
	await work();
	sayDone(`${name}: done in ${seconds(began)}`);
}

function refuseOldNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	const fine = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major >= 24;
	if (!fine) throw new Error(`Icelens needs Node ${NODE_NEEDED}; this is Node ${process.versions.node}.`);
}

/**
 * Null when node_modules holds what package-lock.json says. npm writes what it installed into
 * node_modules/.package-lock.json, and does so last: an interrupted install has none.
 */
export function whyInstall() {
	const wanted = lockedPackages(join(ROOT, 'package-lock.json'));
	if (!wanted) return null;
	const installed = lockedPackages(join(ROOT, 'node_modules', '.package-lock.json'));
	if (!installed) return 'node_modules is missing or incomplete';
	for (const [path, entry] of wanted) {
		const there = installed.get(path);
		// Optional packages for other platforms are in the lock file and rightly not installed.
		if (!there && !entry.optional) return `${path} is not installed`;
		if (there && there.version !== entry.version) return `${path} is ${there.version}, not ${entry.version}`;
	}
	for (const path of installed.keys()) if (!wanted.has(path)) return `${path} is not in package-lock.json`;
	return null;
}

function lockedPackages(file) {
	if (!existsSync(file)) return null;
	return new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages).filter(([path]) => path !== ''));
}

async function installPackages() {
	// The build needs the development packages even where NODE_ENV says production.
	const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
	const cli = process.env.npm_execpath ?? '';
	try {
		if (/npm-cli\.[cm]?js$/.test(cli)) await runQuietly(process.execPath, [cli, ...args], { cwd: ROOT });
		else await runQuietly('npm', args, { cwd: ROOT, shell: process.platform === 'win32' });
	} catch (error) {
		throw new Error(
			`The npm packages could not be installed. If this machine has no way to the npm registry, run "npm ci" where it has one and copy node_modules here.\n${error.message}`,
			{ cause: error }
		);
	}
}

async function buildApp() {
	try {
		await build();
	} catch (error) {
		throw new Error(
			`The app could not be built. If the sources are as they were cloned, delete node_modules and try again.\n${error.message}`,
			{
				cause: error
			}
		);
	}
}

/** Debian's packages when root; else says what is missing. Never fails: the tests skip by name what is not there. */
async function providePrograms(say) {
	const missing = PROGRAMS.filter(({ names }) => !findProgram(names));
	if (missing.length === 0) return say(`test programs: ${PROGRAMS.map(({ what }) => what).join(', ')} are there`);
	const packages = missing.map(({ debian }) => debian);
	const names = missing.map(({ what }) => what).join(', ');
	if (process.getuid?.() !== 0 || !findProgram(['apt-get'])) {
		say(
			`test programs: ${names} not found; the tests that need them will be skipped by name. ` +
				`On Debian: sudo apt-get install ${packages.join(' ')}`
		);
		return;
	}
	say(`test programs: installing ${packages.join(', ')}, …`);
	const began = Date.now();
	await aptGet('update').catch((error) =>
		say(`test programs: apt-get update failed (${lastLine(error)}); trying what apt already knows`)
	);
	const failed = await withoutServices(() => installAll(packages));
	if (failed.length === 0) return say(`test programs: done in ${seconds(began)}`);
	const unavailable = failed.map(({ name, why }) => `${name} (${why})`).join(', ');
	say(
		`test programs: ${seconds(began)}; the tests that need these will be skipped by name, since apt-get could not install ${unavailable}`
	);
}

/** All at once; where that fails one by one, so that one unknown name does not cost the others. */
async function installAll(packages) {
	try {
		await aptGet('install', ...packages);
		return [];
	} catch {
		const failed = [];
		for (const name of packages) await aptGet('install', name).catch((error) => failed.push({ name, why: lastLine(error) }));
		return failed;
	}
}

/** Debian starts the service of what it installs unless this file refuses (invoke-rc.d(8)). Where there is one, it decides. */
async function withoutServices(work) {
	const policy = '/usr/sbin/policy-rc.d';
	if (existsSync(policy)) return work();
	writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
	try {
		return await work();
	} finally {
		rmSync(policy, { force: true });
	}
}

function aptGet(...args) {
	const options = ['-qq', '-y', '-o', 'DPkg::Lock::Timeout=120', '-o', 'Acquire::Retries=3', '--no-install-recommends'];
	return runQuietly('apt-get', [...options, ...args], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

function lastLine(error) {
	return (
		error.message
			.split('\n')
			.filter((line) => line.startsWith('E:'))
			.at(-1)
			?.slice(2)
			.trim() ?? error.message.split('\n')[0]
	);
}

function seconds(began) {
	return `${((Date.now() - began) / 1000).toFixed(1)} s`;
}

if (isMain(import.meta.url)) {
	const [mode = 'app', ...flags] = process.argv.slice(2);
	if (!MODES.includes(mode)) {
		console.error(`bootstrap: "${mode}" is not one of ${MODES.join(', ')}.`);
		process.exitCode = 2;
	} else if (hasSources()) {
		await bootstrap(mode, { quiet: flags.includes('--quiet') }).catch((error) => {
			console.error(error.message);
			process.exitCode = 1;
		});
	}
}
