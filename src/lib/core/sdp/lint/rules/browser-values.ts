/** Values that browsers refuse though the format allows them or a lenient reader takes them (recorded by tests/mutations). */
import { nameOf } from '../../text/transport';
import { clip, decimal } from '../../text/values';
import type { Refuser, ProseSingleRule } from './rule';

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

export const BROWSER_VALUE_RULES: readonly ProseSingleRule[] = [
	{
		id: 'candidate-transport',
		code: 'BRW-08',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'A candidate over a transport that is neither UDP nor TCP',
		cite: 'RFC 8839 §5.1',
		advice: 'Leave the candidate out: browsers connect over UDP and TCP.',
		check: ({ sdp, report }) => {
			for (const { candidates } of sdp.sections)
				for (const { line, value } of candidates)
					if (!CANDIDATE_TRANSPORTS.includes(value.transport) && value.faults.length === 0)
						report(line, `The transport is "${clip(value.transport)}".`, { refusedBy: CHROMIUM });
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 dccp 2113929471 203.0.113.100 10100 typ host`
	},
	{
		id: 'candidate-number',
		code: 'BRW-09',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'A candidate whose generation or network is no number',
		cite: 'RFC 8839 §5.1',
		advice: 'Leave the extension out, or pass the candidate on as its browser gave it.',
		check: ({ sdp, report }) => {
			for (const { candidates } of sdp.sections)
				for (const { line, value } of candidates) {
					const open = /[ \t](\S+)[ \t]+$/.exec(line.raw)?.[1] ?? '';
					if (NUMBERS[open] !== undefined && !value.extensions.some(({ name }) => name === open))
						report(line, `Nothing stands behind ${open}.`, { column: line.raw.length, refusedBy: CHROMIUM });
					for (const { name, value: text, offset } of value.extensions) {
						const most = NUMBERS[name];
						const number = decimal(text);
						if (most !== undefined && (number === null || number > most))
							report(line, `"${clip(text)}" is no value of ${name}.`, {
								column: line.argumentColumn + offset,
								refusedBy: CHROMIUM
							});
					}
				}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host generation 0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host generation x`
	},
	{
		id: 'extension-levels',
		code: 'BRW-10',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'Header extensions in the session part and in sections',
		cite: 'RFC 8285 §5',
		advice: 'Write every a=extmap below its m= line.',
		check: ({ sdp, report }) => {
			const above = sdp.session.extensions[0];
			const below = sdp.sections.find(({ extensions }) => extensions.length > 0);
			if (above && below) report(above.line, `The ${nameOf(below)} has a=extmap too.`, { refusedBy: CHROMIUM });
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid`,
		bad: `
			a=extmap:2 urn:ietf:params:rtp-hdrext:toffset
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid`
	},
	{
		id: 'number-too-large',
		code: 'BRW-11',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'A number that does not fit 31 bits',
		cite: 'RFC 8866 §5.8, §6.6; RFC 8841 §6',
		advice: 'Write a number below 2147483648; a=max-message-size:0 says that any size is taken.',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections])
				for (const { line, value } of part.bandwidths) {
					if (value.value <= INT32) continue;
					const firefox = value.value > UINT32;
					// Chromium does not read b= of the session.
					const refusedBy = part === sdp.session ? (firefox ? FIREFOX : []) : firefox ? BOTH : CHROMIUM;
					if (refusedBy.length > 0) report(line, `${value.value} is too large.`, { column: line.valueColumn, refusedBy });
				}
			for (const section of sdp.sections) {
				for (const { line, value } of section.rtpMaps)
					if (value.clockRate > INT32)
						report(line, `A clock rate of ${value.clockRate} Hz is too large.`, { refusedBy: CHROMIUM });
				const size = section.attributes.get('max-message-size')?.[0];
				const bytes = decimal(size?.argument?.trim());
				if (size && bytes !== null && bytes > INT32)
					report(size, `${bytes} is too large.`, { severity: 'problem', column: size.argumentColumn, refusedBy: CHROMIUM });
			}
		},
		good: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:262144`,
		bad: `
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=max-message-size:2147483648`
	},
	{
		id: 'msid-empty',
		code: 'BRW-12',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'msid with a blank and no stream before or no track behind it',
		cite: 'RFC 8830 §2',
		advice: 'Write a=msid:<stream> <track>, with - for no stream, or the stream alone without a blank.',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections)
				for (const line of section.attributes.get('msid') ?? []) {
					const empty = /^ \S/.test(line.argument ?? '') ? 'stream' : /^\S+ $/.test(line.argument ?? '') ? 'track' : null;
					if (empty) report(line, `a=msid names no ${empty}.`, { column: line.argumentColumn, refusedBy: CHROMIUM });
				}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid:- track`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=msid: track`
	},
	{
		id: 'rid-restriction',
		code: 'BRW-13',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'A restriction of a rid that cannot be read',
		cite: 'RFC 8851 §5, §10',
		advice: 'Write name=number for each restriction, for example max-width=1280, with semicolons between.',
		check: ({ sdp, report }) => {
			for (const { rids } of sdp.sections)
				for (const { line } of rids) {
					if (/^\S+ (?:send|recv)\t/.test(line.argument ?? ''))
						report(line, 'A tab stands behind the direction.', { column: line.raw.indexOf('\t') + 1, refusedBy: FIREFOX });
					const rest = /^\S+ +(?:send|recv) +(.*)$/.exec(line.argument ?? '')?.[1];
					for (const part of rest === undefined ? [] : rest.split(';')) {
						const [name, value] = part.split('=');
						const known = name === 'pt' || name === 'depend' || RID_NUMBERS.includes(name!);
						const number = decimal(value);
						// Firefox reads as far as there are digits.
						const read = /^\+?(\d+)/.exec(value ?? '')?.[1];
						if (name === '' || (name!.length > LONGEST_USER_NAME && !known))
							report(line, `"${clip(part)}" has no name that is known.`, { refusedBy: FIREFOX });
						else if (value === undefined)
							report(line, `"${clip(part)}" has no value.`, { severity: 'warning', refusedBy: FIREFOX });
						else if (RID_NUMBERS.includes(name!) && (number === null || number > UINT32))
							report(
								line,
								`"${clip(part)}" is no whole number.`,
								read && Number(read) <= UINT32 ? { severity: 'warning' } : { refusedBy: FIREFOX }
							);
					}
				}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send max-width=1280`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rid:hi send max-width=wide`
	},
	{
		id: 'audio-sources',
		code: 'BRW-16',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'Several sources in one audio section',
		cite: 'RFC 9429 §5.2.1',
		advice: 'Give each source a section of its own, or leave the a=ssrc lines out.',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (section.kind !== 'audio' || !section.direction.startsWith('send')) continue;
				const first = section.sources[0];
				const other = section.sources.find(({ value }) => Number(value.ssrc) !== Number(first!.value.ssrc));
				if (first && other)
					report(other.line, `The source is ${other.value.ssrc} here and ${first.value.ssrc} on line ${first.line.number}.`, {
						refusedBy: CHROMIUM
					});
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:one`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=ssrc:1 cname:one
			a=ssrc:2 cname:one`
	},
	{
		id: 'user-name-long',
		code: 'BRW-14',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'A user name of 256 characters or more in o=',
		cite: 'RFC 8866 §5.2',
		advice: 'Write - for the user name.',
		check: ({ sdp, report }) => {
			const line = sdp.origin?.line;
			const length = line?.value.split(' ', 1)[0]!.length ?? 0;
			if (line && length > LONGEST_USER_NAME) report(line, `The user name has ${length} characters.`, { refusedBy: FIREFOX });
		},
		good: 'o=- 1 1 IN IP4 127.0.0.1',
		bad: `o=${'x'.repeat(300)} 1 1 IN IP4 127.0.0.1`
	}
];
