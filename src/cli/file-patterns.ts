/** Which files are meant: names as they are, and patterns that were quoted, or that a shell without patterns passed on. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CliError } from './errors';

/** Each file once, those of a pattern by name. What does not exist stays, for its reader to say so. */
export function expandFiles(names: readonly string[]): string[] {
	return [...new Set(names.flatMap(filesOf))];
}

function filesOf(name: string): string[] {
	const kind = name === '-' ? 'file' : kindOf(name);
	if (kind === 'folder') throw new CliError(`${name} is a folder: name its files, for example '${join(name, '*.json')}'.`);
	if (kind === 'file' || !/[*?[]/.test(name)) return [name];
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
	const literal = !/[*?[]/.test(part);
	const names = literal ? [part] : namesIn(folder).filter(matcherOf(part));
	return names.flatMap((name) => {
		const kind = kindOf(below(name));
		if (rest.length === 0) return kind === 'file' ? [below(name)] : [];
		return kind === 'folder' ? matching(`${below(name)}/`, rest) : [];
	});
}

/** As in a shell: what begins with a dot is meant only by a pattern that does. */
function matcherOf(pattern: string): (name: string) => boolean {
	const source = pattern.replace(/\[(!?)([^\]]+)\]|\*|\?|[\\^$.|+(){}[\]]/g, (token, not: string, set: string | undefined) => {
		if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\^\]]/g, '\\$&')}]`;
		return token === '*' ? '.*' : token === '?' ? '.' : `\\${token}`;
	});
	const regex = regexOf(`^${source}$`);
	return (name) => regex !== null && regex.test(name) && (!name.startsWith('.') || pattern.startsWith('.'));
}

/** Null for `[z-a]`, which matches nothing. */
function regexOf(source: string): RegExp | null {
	try {
		return new RegExp(source, 's');
	} catch {
		return null;
	}
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
