/** JSON of unknown shape, and words that came in it. */

export type JsonObject = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined, which no JSON text is, where the text is none. */
export function parseJson(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return undefined;
	}
}

/** Whether a value nests deeper than so many levels; looks no deeper than that, so that no input can exhaust the stack. */
export function nestsDeeperThan(value: unknown, levels: number): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return levels === 0 || Object.values(value).some((item) => nestsDeeperThan(item, levels - 1));
}

/** These parts of a whole and no others. */
export function pick<T, K extends keyof T>(whole: T, keys: readonly K[]): Pick<T, K> {
	const parts: Partial<T> = {};
	for (const key of keys) parts[key] = whole[key];
	return parts as Pick<T, K>;
}

/** A table's entry for a word from a file; undefined for words of other versions, and for those that every object knows. */
export function entryOf<T>(table: Readonly<Record<string, T>>, word: string): T | undefined {
	return Object.hasOwn(table, word) ? table[word] : undefined;
}
