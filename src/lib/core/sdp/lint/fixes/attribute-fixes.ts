/** Corrections of attribute lines: what rules/attributes.ts finds, and values that only blanks keep from being read (RFC 8866 §5.13, §6). */
import { readDescription, type Section } from '../../text/description';
import type { SdpLine } from '../../text/document';
import { MEDIA_ONLY } from '../rules/attributes';
import { mapOf } from '../rules/codec-parameters';
import type { SyntaxValues } from '../values/syntax-values';
import { choice, putAfter, putAtEnd, putBefore, remove, replace, safe, type FixesOf } from './fix';

const OF_DATA = new Set(['mid', 'candidate', 'sctp-port', 'sctpmap', 'max-message-size']);

export const ATTRIBUTE_FIXES: FixesOf<keyof SyntaxValues> = {
	'repeated-line': ({ line }) => safe(remove(line)),
	'conflicting-values': ({ line }) => choice(remove(line)),
	'attribute-level': ({ sdp, line, section }) => {
		if (section) {
			// Those of the session part are said once.
			const own = sdp.session.attributes.get(line.name) ?? [];
			if (own.some(({ raw }) => raw === line.raw)) return safe(remove(line));
			if (own.length > 0 && line.name !== 'group') return null;
			const last = sdp.session.lines.findLast(({ raw }) => raw.trim() !== '');
			return safe(last ? putAfter(last, line.raw) : putBefore(sdp.sections[0]!.mLine, line.raw), remove(line));
		}
		// With several sections it is not known which one is meant, and what this one has too is of another whose m= line is gone.
		const [only, ...others] = sdp.sections;
		const misplaced = [...sdp.session.attributes.keys()].filter((name) => MEDIA_ONLY.has(name));
		if (!only || others.length > 0 || misplaced.some((name) => only.attributes.has(name))) return null;
		if (!only.isRtp && !misplaced.every((name) => OF_DATA.has(name))) return null;
		return safe(putAtEnd(only, line.raw), remove(line));
	},
	'attribute-value': ({ line, section, values }) => {
		const tidy = withoutStrayBlanks(line);
		if (tidy !== line.raw && isReadable(tidy, section)) return safe(replace(line, tidy));
		switch (values.kind) {
			case 'rtpmap-codec':
			case 'clock-rate': {
				const [, payloadType, name] = /^(\d+) ([^/ ]+)/.exec(line.argument ?? '') ?? [];
				const map = mapOf(name ?? '');
				return map === null ? null : safe(replace(line, `a=rtpmap:${payloadType} ${name}/${map}`));
			}
			case 'send-or-recv':
			case 'direction': {
				// Words of the grammar, which browsers read in lower case alone.
				const lower = line.raw.replace(/\b(send|recv|sendrecv|sendonly|recvonly|inactive)\b/gi, (word) => word.toLowerCase());
				return lower !== line.raw && isReadable(lower, section) ? safe(replace(line, lower)) : null;
			}
			// Without them the line says nothing.
			case 'fmtp-parameters':
				return safe(remove(line));
			case 'feedback-type':
			case 'feedback':
			case 'source-attribute':
			case 'extension-uri':
				return choice(remove(line));
			default:
				return null;
		}
	}
};

/** Without blanks around the colon and at the end, and one where there are several. */
export function withoutStrayBlanks({ raw }: SdpLine): string {
	return raw
		.trimEnd()
		.replace(/^(a=[^: \t]+)[ \t]*:[ \t]*/, '$1:')
		.replace(/[ \t]+/g, ' ');
}

/** Whether the value of a line can be read where it stands. */
export function isReadable(raw: string, section: Section | null): boolean {
	const sdp = readDescription(section ? `${section.mLine.raw}\r\n${raw}` : raw);
	const line = sdp.document.lines.at(-1)!;
	return !sdp.faults.some((fault) => fault.line === line);
}
