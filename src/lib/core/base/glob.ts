/** Patterns of file names as shells have them: `*`, `?`, `[a-z]`, `[!a-z]` in one part of a path, `**` for any number of folders. */

/** One part of a path. What begins with a dot is meant only by a pattern that does. */
export function partMatcher(pattern: string): (name: string) => boolean {
	const source = pattern.replace(/\[(!?)([^\]]+)\]|\*|\?|[\\^$.|+(){}[\]]/g, (token, not: string, set: string | undefined) => {
		if (set !== undefined) return `[${not ? '^' : ''}${set.replace(/[\\^\]]/g, '\\$&')}]`;
		return token === '*' ? '.*' : token === '?' ? '.' : `\\${token}`;
	});
	const regex = regexOf(`^${source}$`);
	return (name) => regex !== null && regex.test(name) && (!name.startsWith('.') || pattern.startsWith('.'));
}

export function isPattern(name: string): boolean {
	return /[*?[]/.test(name);
}

/** A whole path with forward slashes. A pattern without a slash is about the last part, in whatever folder. */
export function pathMatches(pattern: string, path: string): boolean {
	const parts = pattern.replace(/^\.\//, '').split(/\/+/);
	const whole = pattern.includes('/') ? parts : ['**', ...parts];
	return partsMatch(whole, path.replace(/^\.\//, '').split(/\/+/));
}

function partsMatch([pattern, ...patterns]: readonly string[], names: readonly string[]): boolean {
	if (pattern === undefined) return names.length === 0;
	const [name, ...rest] = names;
	if (pattern === '**')
		return (
			partsMatch(patterns, names) || (name !== undefined && !name.startsWith('.') && partsMatch([pattern, ...patterns], rest))
		);
	return name !== undefined && partMatcher(pattern)(name) && partsMatch(patterns, rest);
}

/** Null for `[z-a]`, which matches nothing. */
function regexOf(source: string): RegExp | null {
	try {
		return new RegExp(source, 's');
	} catch {
		return null;
	}
}
