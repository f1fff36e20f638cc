/** Corrections of single lines and line ends: what rules/lines.ts and rules/browser-lines.ts find (RFC 8866 §9). */
import type { Description } from '../../text/description';
import type { LineEnd, SdpLine } from '../../text/document';
import { fieldsOf } from '../../text/values';
import type { RefusedLineValues, StrayBlank } from '../values/refused-line-values';
import type { SyntaxValues } from '../values/syntax-values';
import { KNOWN_TYPES } from '../rules/lines';
import { isReadable } from './attribute-fixes';
import { choice, once, remove, replace, safe, safeIf, type Fix, type FixesOf } from './fix';

/** Without them a section is another, or is refused. */
const NEEDED = new Set(['mid', 'ice-ufrag', 'ice-pwd', 'fingerprint', 'setup', 'rtpmap', 'group', 'sctp-port']);
const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

export const LINE_FIXES: FixesOf<keyof SyntaxValues> = {
	'line-type': ({ line, values }) => {
		if ('line' in values || !KNOWN_TYPES.includes(line.type.toLowerCase())) return choice(remove(line));
		return safe(replace(line, line.raw.replace(line.type, line.type.toLowerCase())));
	},
	'line-ends': ({ sdp, line, values }) => {
		if (values.kind === 'last-missing') return endsOf([line], sdp.document.lines[0]!.end || '\r\n');
		return endsOf(
			sdp.document.lines.filter((each) => each.end === '\n' || (each.end === '\r' && isLineEnd(sdp, each))),
			'\r\n'
		);
	},
	'blank-line': ({ sdp, line }) => {
		// Between two descriptions it parts them.
		const { first, last } = versionsOf(sdp);
		return first < line.number && line.number < last ? null : safe(remove(line));
	},
	'control-characters': ({ line, values }) =>
		values.character === null ? null : choice(replace(line, line.raw.replace(/[^\P{Cc}\t]/gu, ''))),
	'spaced-line': ({ line }) => safe(replace(line, `${line.type}=${line.value}`))
};

export const BROWSER_LINE_FIXES: FixesOf<keyof RefusedLineValues> = {
	'stray-blank': ({ line, values }) => {
		// The blank may stand for a stream that is not named (RFC 8830 §2).
		if (line.name === 'msid' && values.blank === 'behind-colon') return null;
		return safe(replace(line, WITHOUT_BLANK[values.blank](line.raw)));
	},
	'carriage-return': ({ sdp }) => {
		const lines = sdp.document.lines.filter(({ end }) => end === '\r');
		if (!lines.every((line) => isLineEnd(sdp, line))) return null;
		return endsOf(lines, sdp.document.lines.find(({ end }) => end === '\r\n' || end === '\n')?.end ?? '\r\n');
	},
	// It says nothing.
	'line-empty-value': ({ line }) => safe(remove(line)),
	'attribute-without-value': ({ line }) => (NEEDED.has(line.name) ? null : choice(remove(line))),
	'attribute-name-case': ({ sdp, line, section, values: { readAs } }) => {
		const { attributes } = section ?? sdp.session;
		const names = DIRECTIONS.includes(readAs) ? DIRECTIONS : [readAs];
		const isTaken = names.some((name) =>
			(attributes.get(name) ?? []).some(({ argument }) => name !== readAs || argument !== line.argument)
		);
		if (isTaken) return null;
		const raw = line.raw.replace(line.name, line.name.toLowerCase());
		// Its value is read then, too.
		const mids = new Set(sdp.sections.map(({ mid }) => mid));
		const isOdd = readAs === 'group' && fieldsOf(line.argument ?? '').some(({ text }, at) => at > 0 && !mids.has(text));
		return safeIf(!isOdd && isReadable(raw, section), replace(line, raw));
	},
	'beyond-ascii': ({ line }) => (line.type === 's' ? choice(replace(line, 's=-')) : null),
	// The times of what has no end (RFC 9429 §5.2.1).
	'time-line': ({ line }) => safe(replace(line, 't=0 0')),
	'connection-repeated': ({ sdp, line, section }) => {
		const first = (section ?? sdp.session).lines.find(({ type }) => type === 'c')!;
		return safeIf(first.raw === line.raw, remove(line));
	}
};

/** The lines that descriptions begin with. */
const versionsOf = once(({ document: { lines } }) => {
	const numbers = lines.filter(({ type }) => type === 'v').map(({ number }) => number);
	return { first: numbers[0] ?? Infinity, last: numbers.at(-1) ?? 0 };
});

const WITHOUT_BLANK: Readonly<Record<StrayBlank, (raw: string) => string>> = {
	'behind-colon': (raw) => raw.replace(/:[ \t]+/, ':'),
	'before-colon': (raw) => raw.replace(/[ \t]+:/, ':'),
	tab: (raw) => raw.replace(/[ \t]*\t[ \t]*(?=\S)/g, ' '),
	two: (raw) => raw.replace(/ {2,}(?=\S)/g, ' '),
	'tab-at-end': (raw) => raw.trimEnd(),
	'at-end': (raw) => raw.trimEnd()
};

function endsOf(lines: readonly SdpLine[], end: LineEnd): Fix | null {
	return lines.length === 0 ? null : { safe: true, edits: [], ends: lines.map(({ number }) => ({ line: number, end })) };
}

/** Whether a carriage return ends its line: one that stands inside a value is something else. */
function isLineEnd({ document: { lines } }: Description, line: SdpLine): boolean {
	const next = lines[line.number];
	return !next || next.raw.trim() === '' || /^[a-z]=/.test(next.raw);
}
