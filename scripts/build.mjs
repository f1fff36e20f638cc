/**
 * Builds the app (build/), the command line (dist/) and the library (dist/package/), and leaves a fingerprint of the sources in dist/, so that
 * bootstrap.mjs can tell whether what is built is what the sources say. No dependencies but vite and tsc.
 *
 * The fingerprint is over contents, not over modification times: a clone, a branch switch and a copy all change times
 * without changing the sources, and a deleted file changes no time of any file that is left.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isMain, runQuietly } from './run.mjs';

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const STAMP = join(ROOT, 'dist', 'sources.sha256');
const PACKAGE = join(ROOT, 'dist', 'package');
const OUTPUTS = [join(ROOT, 'build', 'handler.js'), join(ROOT, 'dist', 'icelens.mjs'), join(PACKAGE, 'sdp.js')];
const INPUTS = [
	'src',
	'static',
	'package.json',
	'package-lock.json',
	'svelte.config.js',
	'tsconfig.json',
	'tsconfig.core.json',
	'tsconfig.package.json',
	'vite.config.ts',
	'vite.cli.config.ts',
	'vite.package.config.ts'
];

/** True in a source checkout; false where only the built files were installed. */
export function hasSources() {
	return existsSync(join(ROOT, 'src')) && existsSync(join(ROOT, 'vite.config.ts'));
}

/** SHA-256 over names and contents of everything that goes into the build; tests do not. */
export function sourcesFingerprint() {
	const hash = createHash('sha256');
	for (const file of INPUTS.flatMap((name) => filesBelow(join(ROOT, name)))) {
		hash.update(relative(ROOT, file).split(sep).join('/')).update('\0');
		hash.update(readFileSync(file)).update('\0');
	}
	return hash.digest('hex');
}

function filesBelow(path) {
	if (!existsSync(path)) return [];
	let entries;
	try {
		entries = readdirSync(path, { withFileTypes: true });
	} catch (error) {
		if (error.code === 'ENOTDIR') return [path];
		throw error;
	}
	return entries
		.filter((entry) => !/\.test\.ts$/.test(entry.name))
		.sort((a, b) => (a.name < b.name ? -1 : 1))
		.flatMap((entry) => (entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]));
}

/** Null when build/ and dist/ are what the sources say; else the reason for building. */
export function whyBuild() {
	const missing = OUTPUTS.find((file) => !existsSync(file));
	if (missing) return `${relative(ROOT, missing)} is missing`;
	if (!existsSync(STAMP)) return 'the build carries no fingerprint of its sources';
	return readFileSync(STAMP, 'utf8').trim() === sourcesFingerprint() ? null : 'the sources changed since the last build';
}

/** Builds all of it. Throws an error with the builder's own output when that fails. */
export async function build() {
	// Taken before: a file saved while the build runs must lead to another build.
	const fingerprint = sourcesFingerprint();
	const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
	const viteBuild = (...args) => runQuietly(process.execPath, [vite, 'build', '--logLevel', 'warn', ...args], { cwd: ROOT });
	// All builds read tsconfig.json, which stands on a file that the first of them would only be about to write.
	await runQuietly(process.execPath, [join(ROOT, 'node_modules', '@sveltejs', 'kit', 'svelte-kit.js'), 'sync'], { cwd: ROOT });
	await Promise.all([viteBuild(), viteBuild('--config', 'vite.cli.config.ts').then(() => buildPackage(viteBuild))]);
	mkdirSync(dirname(STAMP), { recursive: true });
	writeFileSync(STAMP, `${fingerprint}\n`);
}

/** After the command line, which empties dist/. */
async function buildPackage(viteBuild) {
	const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
	await viteBuild('--config', 'vite.package.config.ts');
	await runQuietly(process.execPath, [tsc, '-p', 'tsconfig.package.json'], { cwd: ROOT });
	// Node's way to find modules, by which TypeScript reads types too, takes no specifier without its extension.
	for (const file of filesBelow(join(PACKAGE, 'types'))) {
		const text = readFileSync(file, 'utf8');
		writeFileSync(file, text.replace(/(from |import\()(['"])(\.{1,2}\/[^'"]+)\2/g, '$1$2$3.js$2'));
	}
}

if (isMain(import.meta.url)) {
	const began = Date.now();
	try {
		await build();
		console.log(`Built build/ and dist/ in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
	} catch (error) {
		console.error(`The build failed.\n${error.message}`);
		process.exitCode = 1;
	}
}
