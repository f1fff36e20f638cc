/** Texts of templates and manuals that somebody was to replace with a value of their own. */
import type { Placeholder } from './server-list-shape';

export type { Placeholder };

/** `$TURN_USER` in capitals only, since a password may begin with a dollar; `${…}`, `{{…}}` and `%TURN_USER%` wherever they stand. */
const VARIABLE = /^\$[A-Z][A-Z0-9_]{2,}$|\$\{[^{}]*\}|\{\{[^{}]*\}\}|^%[A-Z][A-Z0-9_]{2,}%$/;
const ANGLE_BRACKETS = /^<[^<>]+>$/;
const YOUR =
	/^<?your[-_ ]?(?:(?:coturn|turn|stun|server|domain|host|ip|user|name|pass|password|secret|credential|key|auth|static|shared|realm|app|public)[-_ ]?)*(?:url|name|id|address|here)?>?$/i;
const FILLER =
	/^(?:x{3,}|\*{3,}|\.{3,}|…|change[-_ ]?(?:me|this)|replace[-_ ]?(?:me|this)|redacted|placeholder|todo|tbd|fixme)$/i;

/** Null for a text that may well be meant. `your` alone is a word like others. */
export function placeholderIn(text: string): Placeholder | null {
	const plain = text.trim();
	if (VARIABLE.test(plain)) return 'variable';
	if (ANGLE_BRACKETS.test(plain)) return 'angle-brackets';
	if (plain.length > 'your'.length && YOUR.test(plain)) return 'your';
	return FILLER.test(plain) ? 'filler' : null;
}

/**
 * Whether a URL, or the host in it, is a placeholder: of those only that no host can be called, so that nobody's server is taken for
 * one. Shell variables of either case count, since a host has no dollar.
 */
export function isPlaceholderUrl(url: string): boolean {
	const plain = url.trim();
	const host = plain
		.replace(/^(?:stun|turn)s?:(?:\/\/)?/i, '')
		.replace(/[?#].*$/, '')
		.replace(/:[^:]*$/, '');
	return [plain, host].some((part) => /^\$\w+$|\$\{[^{}]*\}|\{\{[^{}]*\}\}|^%\w+%$|^<[^<>]+>$/.test(part) || isYours(part));
}

/** A name without a dot is none of a server on the Internet. */
function isYours(part: string): boolean {
	return part.length > 'your'.length && YOUR.test(part);
}
