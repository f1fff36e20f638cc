/** The configuration of `icelens lint-sdp`: `icelens.config.json`, of the folder where the command runs or the nearest above it. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { readLintConfig, type LintConfig, type SuppressionNote } from '../lib/core/inspection/lint-config';
import { readInput } from './arguments';
import { CliError } from './errors';

export const CONFIG_NAME = 'icelens.config.json';

export interface FoundConfig {
	/** As it is shown; null where there is none. */
	name: string | null;
	config: LintConfig;
	/** A file as patterns of the configuration see it: from its folder, with forward slashes. */
	pathOf(file: string): string;
}

/** `named`: by `--config`. Throws a CliError where it cannot be read. */
export function findConfig(named: string | undefined, cwd: string): FoundConfig {
	const path = named === undefined ? nearest(resolve(cwd)) : resolve(cwd, named);
	if (path === null) return NO_CONFIG;
	const name = named ?? relative(cwd, path);
	const read = readLintConfig(readInput(path), name);
	if (!read.ok)
		throw new CliError(named === undefined ? `${name}: ${read.error.message}` : `--config ${name}: ${read.error.message}`);
	const folder = dirname(realpathSync(path));
	return { name, config: read.value, pathOf: (file) => pathFrom(folder, file, cwd) };
}

export const NO_CONFIG: FoundConfig = { name: null, config: {}, pathOf: (file) => file };

function nearest(folder: string): string | null {
	const path = join(folder, CONFIG_NAME);
	if (existsSync(path)) return path;
	const above = dirname(folder);
	return above === folder ? null : nearest(above);
}

/** A file outside of the folder keeps its whole path; standard input its dash. */
function pathFrom(folder: string, file: string, cwd: string): string {
	if (file === '-') return file;
	const whole = resolve(cwd, file);
	const path = relative(folder, existsSync(whole) ? realpathSync(whole) : whole);
	return (path.startsWith('..') || isAbsolute(path) ? whole : path).split('\\').join('/');
}

/** `name`: of the configuration. */
export function noteWords({ kind, suppression }: SuppressionNote, name: string): string {
	const { rule, files, reason, until } = suppression;
	const which = `${name}: the suppression of "${rule}"${files === undefined ? '' : ` in ${files}`} (${reason})`;
	if (kind === 'unknown-rule') return `${which} names no rule of this version. docs/sdp-rules.md and the screen Rules list them.`;
	if (kind === 'expired') return `${which} ended on ${until} and suppresses nothing.`;
	if (kind === 'other-files') return `${which} is for none of the files that were judged, and one of them has such a finding.`;
	return `${which} was not needed: none of its files that were judged has such a finding.`;
}
