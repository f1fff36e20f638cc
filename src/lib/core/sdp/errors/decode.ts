/** What a browser's error message means: the rule behind it, and what to do. */
import { ALL_RULES } from '../lint/rules/all-rules';
import type { Role } from '../text/description';
import { clip } from '../text/values';
import { BROWSER_ERRORS } from './browser-errors-table';
import type { BrowserErrorEntry } from './entry';

export interface DecodedError {
	/** Id of the entry in the table. */
	id: string;
	engine: BrowserErrorEntry['engine'];
	/** Ids of lint rules with the same cause, the likeliest first; empty where the text is not to blame. */
	rules: readonly string[];
	/** One or two sentences. */
	means: string;
	/** What to do; null where that is the advice of the likeliest rule. */
	remedy: string | null;
	/** RFC and section of the likeliest rule. */
	cite: string | null;
	/** What the message says it was set as; null where it does not. */
	role: Role | null;
	/** The section it names, by mid or by index. */
	mid: string | null;
	level: number | null;
	/** The line it names, 1-based: Firefox counts lines. */
	line: number | null;
	/** The message from where the quoted line begins: Chromium quotes the line and says what is wrong behind it. */
	quote: string | null;
	quoteMisleads: boolean;
	/** The attribute it is about; null where the entry names none. */
	attribute: string | null;
}

/** Null for a message that is not in the table. */
export function decodeBrowserError(message: string): DecodedError | null {
	const text = message.slice(0, 20_000);
	for (const entry of BROWSER_ERRORS) {
		const match = entry.pattern.exec(text);
		if (!match) continue;
		const groups = match.groups ?? {};
		const rule = ALL_RULES.find(({ id }) => id === entry.rules[0]) ?? null;
		const number = (name: string) => (groups[name] === undefined ? null : Number(groups[name]));
		return {
			id: entry.id,
			engine: entry.engine,
			rules: entry.rules,
			means: entry.means.replace('{what}', clip(groups.what ?? groups.mid ?? '?')),
			remedy: entry.remedy ?? null,
			cite: entry.cite ?? rule?.cite ?? null,
			role:
				(/(?:set|in) (?:remote|local) (offer|answer)|Invalid (offer|answer),/i
					.exec(text)
					?.slice(1)
					.find(Boolean)
					?.toLowerCase() as Role | undefined) ?? null,
			mid: groups.mid ?? null,
			level: number('level'),
			line: number('line'),
			quote: /Failed to parse SessionDescription\. ([^]*)$/.exec(text)?.[1] ?? null,
			quoteMisleads: entry.quoteMisleads ?? false,
			attribute: entry.attribute ?? null
		};
	}
	return null;
}
