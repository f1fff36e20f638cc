/** Corrections of values that browsers refuse (rules/browser-values.ts). */
import type { RefusedValues } from '../values/refused-values';
import { choice, putAtEnd, remove, replace, safe, spliced, withField, type FixesOf } from './fix';

/** The most that Chromium reads. */
const MOST = 2 ** 31 - 1;

export const BROWSER_VALUE_FIXES: FixesOf<keyof RefusedValues> = {
	'candidate-number': ({ line, column, values: { extension, value } }) => {
		const end = value === null ? line.raw.length : column - 1 + /^\S*/.exec(line.raw.slice(column - 1))![0].length;
		const start = line.raw.lastIndexOf(` ${extension}`, end - 1);
		return start < 0 ? null : choice(replace(line, line.raw.slice(0, start) + line.raw.slice(end)));
	},
	// Said of all sections it is said of each (RFC 8285 §5), unless one gives the number or the name to another.
	'extension-levels': ({ sdp }) => {
		const above = sdp.session.extensions;
		const sections = sdp.live.filter(({ isRtp }) => isRtp);
		const isTaken = sections.some(({ extensions }) =>
			extensions.some(({ value }) => above.some((each) => each.value.id === value.id || each.value.uri === value.uri))
		);
		if (isTaken) return null;
		const lines = above.map(({ line }) => line.raw);
		return safe(...above.map(({ line }) => remove(line)), ...sections.map((section) => putAtEnd(section, ...lines)));
	},
	'number-too-large': ({ line, column, values }) => {
		if (!('what' in values)) return null;
		const digits = /\d+/.exec(line.raw.slice(column - 1));
		return digits && choice(replace(line, spliced(line, column + digits.index, digits[0].length, String(MOST))));
	},
	'msid-empty': ({ line, values: { missing } }) =>
		missing === 'track'
			? safe(replace(line, line.raw.trimEnd()))
			: // A dash stands for no stream (RFC 8830 §2).
				choice(replace(line, line.raw.replace(/: /, ':- '))),
	'rid-restriction': ({ line, values }) => (values.kind === 'tab' ? safe(replace(line, line.raw.replaceAll('\t', ' '))) : null),
	'user-name-long': ({ line }) => choice(replace(line, withField(line, 0, '-')))
};
