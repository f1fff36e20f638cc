/** Which files are meant: names as they are, and patterns that were quoted, or that a shell without patterns passed on. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isPattern, partMatcher } from '../lib/core/base/glob';
import { CliError } from './errors';

/** Each file once, those of a pattern by name. What does not exist stays, for its reader to say so. */
export function expandFiles(names: readonly string[]): string[] {
	return [...new Set(names.flatMap((name) => filesOf(name)))];
}

/** The files that one name means; `example` is what is advised instead of a folder. */
export function filesOf(name: string, example = '*.json'): string[] {
	const kind = name === '-' ? 'file' : kindOf(name);
	if (kind === 'folder') throw new CliError(`${name} is a folder: name its files, for example '${join(name, example)}'.`);
	if (kind === 'file' || !isPattern(name)) return [name];
	const parts = name.split(process.platform === 'win32' ? /[/\\]+/ : /\/+/);
	const absolute = parts[0] === '' || /^[A-Za-z]:$/.test(parts[0]!);
	const found = matching(absolute ? `${parts[0]}/` : '', absolute ? parts.slice(1) : parts);
	if (found.length === 0) throw new CliError(`${name} matches no file.`);
	return found.toSorted();
}

function matching(folder: string, [part, ...rest]: readonly string[]): string[] {
	if (part === undefined) return [];
	const below = (name: string) => `${folder}${name}`;
	if (part === '**') {
		const folders = namesIn(folder).filter((name) => !name.startsWith('.') && kindOf(below(name)) === 'folder');
		return [...matching(folder, rest), ...folders.flatMap((name) => matching(`${below(name)}/`, [part, ...rest]))];
	}
	const names = isPattern(part) ? namesIn(folder).filter(partMatcher(part)) : [part];
	return names.flatMap((name) => {
		const kind = kindOf(below(name));
		if (rest.length === 0) return kind === 'file' ? [below(name)] : [];
		return kind === 'folder' ? matching(`${below(name)}/`, rest) : [];
	});
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder === '' ? '.' : folder);
	} catch {
		return [];
	}
}

function kindOf(path: string): 'file' | 'folder' | null {
	const found = statSync(path, { throwIfNoEntry: false });
	return found ? (found.isDirectory() ? 'folder' : 'file') : null;
}
