/** Values that browsers refuse though the format allows them or a lenient reader takes them (recorded by tests/mutations). */
import { entryOf } from '../../../base/record';
import { clip, decimal } from '../../text/values';
import { named } from '../values/section-values';
import type { Refuser, SingleRule } from './rule';

const WEBRTC = ['webrtc'] as const;
const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];
const BOTH: readonly Refuser[] = ['chromium', 'firefox'];

const INT32 = 2 ** 31 - 1;
const UINT32 = 2 ** 32 - 1;
/** Transports of candidates that Chromium reads. */
const CANDIDATE_TRANSPORTS = ['udp', 'tcp', 'ssltcp'];
/** Extensions of candidates whose values are numbers in Chromium. */
const NUMBERS: Readonly<Record<string, number>> = { generation: UINT32, 'network-id': 0xffff, 'network-cost': 0xffff };
/** Restrictions of rids whose values are whole numbers (RFC 8851 §5). */
const RID_NUMBERS = ['max-width', 'max-height', 'max-fps', 'max-fs', 'max-br', 'max-pps'];
/** Firefox keeps so much of a user name. */
const LONGEST_USER_NAME = 255;

export const BROWSER_VALUE_RULES: readonly SingleRule[] = [
	{
		id: 'candidate-transport',
		code: 'BRW-08',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8839 §5.1',
		check: ({ sdp, report }) => {
			for (const { candidates } of sdp.sections)
				for (const { line, value } of candidates)
					if (!CANDIDATE_TRANSPORTS.includes(value.transport) && value.faults.length === 0)
						report(line, { transport: clip(value.transport) }, { refusedBy: CHROMIUM });
		}
	},
	{
		id: 'candidate-number',
		code: 'BRW-09',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8839 §5.1',
		check: ({ sdp, report }) => {
			for (const { candidates } of sdp.sections)
				for (const { line, value } of candidates) {
					const open = /[ \t](\S+)[ \t]+$/.exec(line.raw)?.[1] ?? '';
					if (entryOf(NUMBERS, open) !== undefined && !value.extensions.some(({ name }) => name === open))
						report(line, { extension: open, value: null }, { column: line.raw.length, refusedBy: CHROMIUM });
					for (const { name, value: text, offset } of value.extensions) {
						const most = entryOf(NUMBERS, name);
						const number = decimal(text);
						if (most !== undefined && (number === null || number > most))
							report(
								line,
								{ extension: name, value: clip(text) },
								{
									column: line.argumentColumn + offset,
									refusedBy: CHROMIUM
								}
							);
					}
				}
		}
	},
	{
		id: 'extension-levels',
		code: 'BRW-10',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8285 §5',
		check: ({ sdp, report }) => {
			const above = sdp.session.extensions[0];
			const below = sdp.sections.find(({ extensions }) => extensions.length > 0);
			if (above && below)
				report(above.line, { section: named(below) }, { refusedBy: CHROMIUM, acceptedBy: sdp.role === 'answer' ? [] : FIREFOX });
		}
	},
	{
		id: 'number-too-large',
		code: 'BRW-11',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8866 §5.8, §6.6; RFC 8841 §6',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections])
				for (const { line, value } of part.bandwidths) {
					if (value.value <= INT32) continue;
					const firefox = value.value > UINT32;
					// Chromium does not read b= of the session.
					const refusedBy = part === sdp.session ? (firefox ? FIREFOX : []) : firefox ? BOTH : CHROMIUM;
					if (refusedBy.length > 0)
						report(line, { number: value.value, what: 'bandwidth' }, { column: line.valueColumn, refusedBy });
				}
			for (const section of sdp.sections) {
				for (const { line, value } of section.rtpMaps)
					if (value.clockRate > INT32) report(line, { clockRateHz: value.clockRate }, { refusedBy: CHROMIUM });
				const size = section.attributes.get('max-message-size')?.[0];
				const bytes = decimal(size?.argument?.trim());
				if (size && bytes !== null && bytes > INT32)
					report(
						size,
						{ number: bytes, what: 'message-size' },
						{ severity: 'problem', column: size.argumentColumn, refusedBy: CHROMIUM }
					);
			}
		}
	},
	{
		id: 'msid-empty',
		code: 'BRW-12',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8830 §2',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections)
				for (const line of section.attributes.get('msid') ?? []) {
					const empty = /^ \S/.test(line.argument ?? '') ? 'stream' : /^\S+ $/.test(line.argument ?? '') ? 'track' : null;
					if (empty) report(line, { missing: empty }, { column: line.argumentColumn, refusedBy: CHROMIUM });
				}
		}
	},
	{
		id: 'rid-restriction',
		code: 'BRW-13',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8851 §5, §10',
		check: ({ sdp, report }) => {
			for (const { rids } of sdp.sections)
				for (const { line } of rids) {
					if (/^\S+ (?:send|recv)\t/.test(line.argument ?? ''))
						report(line, { kind: 'tab' }, { column: line.raw.indexOf('\t') + 1, refusedBy: FIREFOX });
					const rest = /^\S+ +(?:send|recv) +(.*)$/.exec(line.argument ?? '')?.[1];
					for (const part of rest === undefined ? [] : rest.split(';')) {
						const [name, value] = part.split('=');
						const known = name === 'pt' || name === 'depend' || RID_NUMBERS.includes(name!);
						const number = decimal(value);
						// Firefox reads as far as there are digits.
						const read = /^\+?(\d+)/.exec(value ?? '')?.[1];
						if (name === '' || (name!.length > LONGEST_USER_NAME && !known))
							report(line, { kind: 'name', restriction: clip(part) }, { refusedBy: FIREFOX });
						else if (value === undefined)
							report(line, { kind: 'value', restriction: clip(part) }, { severity: 'warning', refusedBy: FIREFOX });
						else if (RID_NUMBERS.includes(name!) && (number === null || number > UINT32))
							report(
								line,
								{ kind: 'number', restriction: clip(part) },
								read && Number(read) <= UINT32 ? { severity: 'warning' } : { refusedBy: FIREFOX }
							);
					}
				}
		}
	},
	{
		id: 'audio-sources',
		code: 'BRW-16',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (section.kind !== 'audio' || !section.direction.startsWith('send')) continue;
				const first = section.sources[0];
				const other = section.sources.find(({ value }) => Number(value.ssrc) !== Number(first!.value.ssrc));
				if (first && other)
					report(
						other.line,
						{ source: other.value.ssrc, first: first.value.ssrc, firstLine: first.line.number },
						{
							refusedBy: CHROMIUM
						}
					);
			}
		}
	},
	{
		id: 'user-name-long',
		code: 'BRW-14',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8866 §5.2',
		check: ({ sdp, report }) => {
			const line = sdp.origin?.line;
			const length = line?.value.split(' ', 1)[0]!.length ?? 0;
			if (line && length > LONGEST_USER_NAME) report(line, { characters: length }, { refusedBy: FIREFOX });
		}
	}
];
