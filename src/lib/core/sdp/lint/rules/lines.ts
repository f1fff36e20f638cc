/** Rules about single lines: their letter, blanks, ends and characters (RFC 8866 §5, §9). */
import type { SingleRule } from './rule';
import { clip } from '../../text/values';

export const KNOWN_TYPES = 'vosiuepcbtrzkam';
const CRYPTIC = /[^\P{Cc}\t]|\ufffd/u;
/** The same over a whole text, whose line ends are no fault. */
const CRYPTIC_TEXT = /[^\P{Cc}\t\r\n]|\ufffd/u;

export const LINE_RULES: readonly SingleRule[] = [
	{
		id: 'line-type',
		code: 'SYN-07',
		severity: 'warning',
		cite: 'RFC 8866 §5',
		check: ({ sdp, report }) => {
			for (const line of sdp.document.lines) {
				if (line.raw.trim() === '') continue;
				if (line.type === '') report(line, { line: clip(line.raw) }, { severity: 'problem' });
				else if (KNOWN_TYPES.includes(line.type)) continue;
				else if (line.section < 0 || line.type < 'a')
					report(line, { type: line.type }, { severity: 'problem', refusedBy: ['chromium', 'firefox'] });
				else report(line, { type: line.type }, { refusedBy: ['firefox'] });
			}
		}
	},
	{
		id: 'line-ends',
		code: 'SYN-08',
		severity: 'info',
		cite: 'RFC 8866 §9',
		check: ({ sdp, report }) => {
			const { lines } = sdp.document;
			const ends = new Set<string>(lines.map((line) => line.end));
			const last = lines[lines.length - 1];
			if (last && last.end === '' && lines.length > 1)
				report(last, { kind: 'last-missing' }, { severity: 'warning', refusedBy: ['chromium'] });
			ends.delete('');
			if (ends.size > 1) {
				const odd = lines.find((line) => line.end !== '' && line.end !== lines[0]!.end)!;
				report(odd, { kind: 'mixed', first: lines[0]!.end, here: odd.end });
			} else if (ends.size === 1 && !ends.has('\r\n')) {
				report(lines[0]!, { kind: 'not-crlf', end: lines[0]!.end });
			}
		}
	},
	{
		id: 'blank-line',
		code: 'SYN-20',
		severity: 'problem',
		cite: 'RFC 8866 §5, §9',
		check: ({ sdp, report }) => {
			const { lines } = sdp.document;
			const last = lines.findLastIndex((line) => line.raw.trim() !== '');
			lines.forEach((line, index) => {
				if (line.raw.trim() !== '') return;
				if (index > last) report(line, { atEnd: true }, { severity: 'warning', refusedBy: ['chromium'] });
				else report(line, { atEnd: false }, { refusedBy: ['chromium'], acceptedBy: [] });
			});
		}
	},
	{
		id: 'control-characters',
		code: 'SYN-09',
		severity: 'problem',
		cite: 'RFC 8866 §9',
		check: ({ sdp, report }) => {
			if (!CRYPTIC_TEXT.test(sdp.document.text)) return;
			for (const line of sdp.document.lines) {
				const at = line.raw.search(CRYPTIC);
				if (at < 0) continue;
				const code = line.raw.charCodeAt(at);

				report(
					line,
					{ character: code === 0xfffd ? null : `U+${code.toString(16).toUpperCase().padStart(4, '0')}` },
					{
						column: at + 1,
						severity: code === 0 || code === 0xfffd ? 'problem' : 'warning'
					}
				);
			}
		}
	},
	{
		id: 'spaced-line',
		code: 'SYN-10',
		severity: 'problem',
		cite: 'RFC 8866 §5',
		check: ({ sdp, report }) => {
			for (const line of sdp.document.lines) if (line.spaced) report(line, { line: clip(line.raw) });
		}
	}
];
