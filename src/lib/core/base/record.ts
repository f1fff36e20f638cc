/** JSON of unknown shape, and words that came in it. */

export type JsonObject = Record<string, unknown>;

export function isRecord(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deeper than anything that is read here; parsing ten million levels takes ten seconds, and a link of 25 kB can hold them. */
const LEVELS_AT_MOST = 500;

/** Whether the brackets of a JSON text nest deeper than anything that is read here; looked at before it is parsed. */
export function isTooDeep(text: string): boolean {
	// Most texts are columns of numbers: with few brackets there is nothing to nest.
	if (openings(text) <= LEVELS_AT_MOST) return false;
	let depth = 0;
	for (let at = 0; at < text.length; at++) {
		const code = text.charCodeAt(at);
		if (code === QUOTE) {
			// To its end: what stands before a quotation mark may be an escape, and that of a backslash.
			do {
				at = text.indexOf('"', at + 1);
				if (at < 0) return false;
			} while (isEscaped(text, at));
		} else if (code === 91 || code === 123) {
			if (++depth > LEVELS_AT_MOST) return true;
		} else if (code === 93 || code === 125) depth--;
	}
	return false;
}

/** No more than one above the most are counted. */
function openings(text: string): number {
	let count = 0;
	for (const bracket of '[{')
		for (let at = text.indexOf(bracket); at >= 0 && count <= LEVELS_AT_MOST; at = text.indexOf(bracket, at + 1)) count++;
	return count;
}

const QUOTE = 34;
const BACKSLASH = 92;

/** Whether the character there stands behind a backslash that escapes it. */
export function isEscaped(text: string, at: number): boolean {
	let slashes = 0;
	while (text.charCodeAt(at - 1 - slashes) === BACKSLASH) slashes++;
	return slashes % 2 === 1;
}

/** Undefined, which no JSON text is, where the text is none, or nests deeper than anything that is read here. */
export function parseJson(text: string): unknown {
	if (isTooDeep(text)) return undefined;
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
