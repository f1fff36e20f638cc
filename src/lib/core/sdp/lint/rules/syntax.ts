/** Rules about lines and their order: what makes a text a session description at all (RFC 8866). */
import { codecName, sameCodec } from '../../text/codecs';
import { MOST_SECTIONS, type Part, type Section } from '../../text/description';
import type { SdpLine } from '../../text/document';
import type { SingleCheck, ProseSingleRule } from './rule';
import { nameOf } from '../../text/transport';
import { clip } from '../../text/values';

const SESSION_ORDER = 'vosiuepcbtrzka';
const MEDIA_ORDER = 'micbka';
const KNOWN_TYPES = 'vosiuepcbtrzkam';

/** Attributes that stand once in a section, with one value (RFC 9429 §5.8 names most of them "a single"). */
const SINGLE_VALUED = [
	'mid',
	'setup',
	'ice-ufrag',
	'ice-pwd',
	'tls-id',
	'sctp-port',
	'max-message-size',
	'ptime',
	'maxptime',
	'rtcp',
	'simulcast'
];
const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'];

const MEDIA_ONLY = new Set(
	'rtpmap fmtp rtcp-fb rtcp candidate remote-candidates mid rtcp-mux rtcp-mux-only rtcp-rsize ssrc ssrc-group msid rid simulcast sctp-port sctpmap max-message-size label imageattr ptime maxptime framerate bundle-only crypto'.split(
		' '
	)
);
const SESSION_ONLY = new Set(['group', 'ice-lite', 'msid-semantic', 'identity']);

/** Attributes that Chromium refuses when the same line stands twice. */
const REFUSED_TWICE = new Set(['ssrc-group', 'simulcast']);

const CRYPTIC = /[^\P{Cc}\t]|\ufffd/u;
/** The same over a whole text, whose line ends are no fault. */
const CRYPTIC_TEXT = /[^\P{Cc}\t\r\n]|\ufffd/u;

export const SYNTAX_RULES: readonly ProseSingleRule[] = [
	{
		id: 'first-line',
		code: 'SYN-01',
		severity: 'problem',
		title: 'The text does not begin with v=0',
		cite: 'RFC 8866 §5.1',
		advice:
			'Begin the text with the line v=0: take away whatever stands before it (a log prefix, a byte order mark, a quote), or unescape the JSON string.',
		check: ({ sdp, report }) => {
			const first = sdp.document.lines[0];
			if (!first) report(null, 'The text is empty.');
			else if (first.raw !== 'v=0')
				report(first, `The first line is "${clip(first.raw)}"; a session description begins with v=0.`);
		},
		good: `
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			s=-
			t=0 0`,
		bad: `
			[12:01:07] offer: v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1
			s=-
			t=0 0`
	},
	{
		id: 'line-order',
		code: 'SYN-02',
		severity: 'problem',
		title: 'Lines out of order',
		cite: 'RFC 8866 §5; RFC 9429 §5.8.1',
		advice:
			'Put the lines in the order v o s i u e p c b t r z k a above the first m=, and m i c b k a in each section. Browsers refuse a wrong order in the session part.',
		check: ({ sdp, report }) => {
			checkOrder(sdp.session, SESSION_ORDER, (line, text) => report(line, text));
			// Inside a media section every parser in use reads c=, b= and a= in any order.
			for (const section of sdp.sections)
				checkOrder(section, MEDIA_ORDER, (line, text) => report(line, text, { severity: 'warning' }));
		},
		good: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-
			c=IN IP4 192.0.2.1
			t=0 0`,
		bad: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-
			t=0 0
			c=IN IP4 192.0.2.1`
	},
	{
		id: 'session-lines-missing',
		code: 'SYN-03',
		severity: 'problem',
		title: 'o=, s= or t= missing or empty',
		cite: 'RFC 8866 §5.2, §5.3, §5.9',
		advice: 'Add the missing line: o= after v=0, then s=- when there is no name, and t=0 0 before the first attribute.',
		check: ({ sdp, profile, report }) => {
			const anchor = sdp.document.lines[0] ?? null;
			for (const [type, example] of [
				['o', 'o=- 1 1 IN IP4 127.0.0.1'],
				['s', 's=-'],
				['t', 't=0 0']
			] as const) {
				const line = sdp.session.lines.find((each) => each.type === type);
				if (!line)
					report(
						anchor,
						`The session part has no ${type}= line, for example ${example}.`,
						profile === 'declarative' ? { severity: 'warning' } : {}
					);
				else if (type === 's' && line.value === '')
					report(line, 's= is empty; it must hold at least one character, a single blank or - when there is no name.', {
						refusedBy: ['chromium']
					});
			}
		},
		good: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-
			t=0 0`,
		bad: `
			v=0
			s=-`
	},
	{
		id: 'origin',
		code: 'SYN-04',
		severity: 'problem',
		title: 'The o= line is malformed',
		cite: 'RFC 8866 §5.2',
		advice: 'Write o=<user name without blanks, or -> <decimal id> <decimal version> IN IP4 <address>.',
		check: ({ sdp, report }) => reportFaults(sdp.faults, (line) => line.type === 'o', report),
		good: `
			v=0
			o=- 20518 0 IN IP4 203.0.113.1`,
		bad: `
			v=0
			o=- 20518 0 IN IPV4 203.0.113.1`
	},
	{
		id: 'session-id-range',
		code: 'SYN-04b',
		severity: 'warning',
		profiles: ['webrtc'],
		title: 'The session id is too large',
		cite: 'RFC 9429 §5.2.1',
		advice: 'Take the session id from 62 random bits, so that it fits a signed 64-bit number everywhere.',
		check: ({ sdp, report }) => {
			if (!sdp.origin) return;
			const { line, value } = sdp.origin;
			if (value.sessionId.length >= 19 && BigInt(value.sessionId.slice(0, 40)) > 2n ** 63n - 1n) {
				report(
					line,
					`The session id ${clip(value.sessionId)} does not fit 63 bits; some peers read it as negative or refuse it.`
				);
			}
		},
		good: `
			v=0
			o=- 4611731400430051336 2 IN IP4 127.0.0.1`,
		bad: `
			v=0
			o=- 18446744069414584320 2 IN IP4 127.0.0.1`
	},
	{
		id: 'connection-missing',
		code: 'SYN-05',
		severity: 'problem',
		title: 'No c= line for a section',
		cite: 'RFC 8866 §5.7',
		advice: 'Add c=IN IP4 0.0.0.0 below the m= line, or one c= for all sections in the session part.',
		check: ({ sdp, profile, report }) => {
			if (sdp.session.lines.some((line) => line.type === 'c')) return;
			for (const section of sdp.sections) {
				if (section.port === 0 || section.lines.some((line) => line.type === 'c')) continue;
				report(
					section.mLine,
					`The ${nameOf(section)} has no c= line, and neither has the session part.`,
					profile === 'declarative' ? { severity: 'warning' } : {}
				);
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			c=IN IP4 0.0.0.0`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`
	},
	{
		id: 'media-line',
		code: 'SYN-06',
		severity: 'problem',
		title: 'The m= line is malformed',
		cite: 'RFC 8866 §5.14',
		advice:
			'Write m=<audio, video, application> <port> <transport> <format> …, with at least one format; a section without formats is rejected with port 0 and one format kept.',
		check: ({ sdp, report }) => reportFaults(sdp.faults, (line) => line.type === 'm', report),
		good: 'm=audio 9 UDP/TLS/RTP/SAVPF 111 0',
		bad: 'm=audio 9 UDP/TLS/RTP/SAVPF'
	},
	{
		id: 'line-type',
		code: 'SYN-07',
		severity: 'warning',
		title: 'Unknown line type',
		cite: 'RFC 8866 §5',
		advice:
			'Remove the line: a session description has only v o s i u e p c b t r z k a and m lines, and parsers may refuse anything else.',
		check: ({ sdp, report }) => {
			for (const line of sdp.document.lines) {
				if (line.raw.trim() === '') continue;
				if (line.type === '') report(line, `"${clip(line.raw)}" is not of the form letter=value.`, { severity: 'problem' });
				else if (KNOWN_TYPES.includes(line.type)) continue;
				else if (line.section < 0 || line.type < 'a')
					report(line, `There is no line type "${line.type}=".`, { severity: 'problem', refusedBy: ['chromium', 'firefox'] });
				else report(line, `There is no line type "${line.type}=".`, { refusedBy: ['firefox'] });
			}
		},
		good: `
			v=0
			s=-`,
		bad: `
			v=0
			s=-
			y=0105000001`
	},
	{
		id: 'line-ends',
		code: 'SYN-08',
		severity: 'info',
		title: 'Line ends other than CRLF',
		cite: 'RFC 8866 §9',
		advice: 'End every line, the last one too, with carriage return and line feed.',
		check: ({ sdp, report }) => {
			const { lines } = sdp.document;
			const ends = new Set<string>(lines.map((line) => line.end));
			const last = lines[lines.length - 1];
			if (last && last.end === '' && lines.length > 1)
				report(last, 'The last line has no line end.', { severity: 'warning', refusedBy: ['chromium'] });
			ends.delete('');
			if (ends.size > 1) {
				const odd = lines.find((line) => line.end !== '' && line.end !== lines[0]!.end)!;
				report(odd, `Line ends are mixed: the first line ends in ${endName(lines[0]!.end)}, this one in ${endName(odd.end)}.`);
			} else if (ends.size === 1 && !ends.has('\r\n')) {
				report(lines[0]!, `Lines end in ${endName(lines[0]!.end)} alone; the specification says CRLF, browsers take both.`);
			}
		},
		good: `
			v=0
			s=-`,
		bad: 'v=0\ns=-\r'
	},
	{
		id: 'blank-line',
		code: 'SYN-20',
		severity: 'problem',
		title: 'A blank line',
		cite: 'RFC 8866 §5, §9',
		advice: 'Take the line out; between two descriptions, paste them one at a time.',
		check: ({ sdp, report }) => {
			const { lines } = sdp.document;
			const last = lines.findLastIndex((line) => line.raw.trim() !== '');
			lines.forEach((line, index) => {
				if (line.raw.trim() !== '') return;
				if (index > last) report(line, 'An empty line ends the text.', { severity: 'warning', refusedBy: ['chromium'] });
				else report(line, 'The line is empty, and Firefox reads nothing below it.', { refusedBy: ['chromium'] });
			});
		},
		good: `
			v=0
			s=-`,
		bad: `
			v=0

			s=-`
	},
	{
		id: 'control-characters',
		code: 'SYN-09',
		severity: 'problem',
		title: 'Control characters, or text that is not UTF-8',
		cite: 'RFC 8866 §9',
		advice: 'Send the description as UTF-8 text and look at how the transport encodes it.',
		check: ({ sdp, report }) => {
			if (!CRYPTIC_TEXT.test(sdp.document.text)) return;
			for (const line of sdp.document.lines) {
				const at = line.raw.search(CRYPTIC);
				if (at < 0) continue;
				const code = line.raw.charCodeAt(at);
				const what =
					code === 0xfffd
						? 'a byte that is not UTF-8'
						: `the control character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
				report(line, `The line contains ${what}.`, {
					column: at + 1,
					severity: code === 0 || code === 0xfffd ? 'problem' : 'warning'
				});
			}
		},
		good: 's=Caf\u00e9',
		bad: 's=Caf\ufffd'
	},
	{
		id: 'spaced-line',
		code: 'SYN-10',
		severity: 'problem',
		title: 'Blanks around = or before the letter',
		cite: 'RFC 8866 §5',
		advice: 'Take the blanks out: the letter is the first character of the line and the = follows it directly.',
		check: ({ sdp, report }) => {
			for (const line of sdp.document.lines)
				if (line.spaced) report(line, `"${clip(line.raw)}" has blanks before the letter or next to the =.`);
		},
		good: 'a=mid:0',
		bad: '  a=mid:0'
	},
	{
		id: 'repeated-session-line',
		code: 'SYN-11',
		severity: 'problem',
		title: 'v=, o=, s= or i= more than once',
		cite: 'RFC 8866 §5',
		advice: 'Send one description at a time; two of them seem to have been joined.',
		check: ({ sdp, report }) => {
			const seen = new Set<string>();
			for (const line of sdp.document.lines) {
				if (!'vosi'.includes(line.type) || line.type === '' || (line.type === 'i' && line.section >= 0)) continue;
				if (line.section >= 0 || seen.has(line.type))
					report(
						line,
						`${line.type}= stands ${line.section >= 0 ? 'inside a media section' : 'a second time'}; it belongs once at the top.`
					);
				seen.add(line.type);
			}
		},
		good: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-`,
		bad: `
			v=0
			o=- 1 1 IN IP4 127.0.0.1
			s=-
			v=0`
	},
	{
		id: 'connection-line',
		code: 'SYN-12',
		severity: 'problem',
		title: 'The c= line is malformed, or names a multicast address',
		cite: 'RFC 8866 §5.7',
		advice:
			'Write c=IN IP4 <IPv4 address> or c=IN IP6 <IPv6 address>; in WebRTC 0.0.0.0 is usual, because ICE carries the addresses.',
		check: ({ sdp, profile, report }) => {
			reportFaults(sdp.faults, (line) => line.type === 'c', report);
			if (profile !== 'webrtc') return;
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const { line, value } of part.connections) {
					const first = Number(value.address.split('.')[0]);
					if ((value.addressType === 'IP4' && first >= 224 && first <= 239) || /^ff/i.test(value.address)) {
						report(line, `${value.address} is a multicast address; WebRTC connects two ends.`, {
							column: line.valueColumn + value.offset
						});
					} else if (line.value.includes('/'))
						report(line, 'A time to live stands behind an address that is no multicast address.', {
							column: line.valueColumn + line.value.indexOf('/'),
							refusedBy: ['chromium']
						});
				}
			}
		},
		good: 'c=IN IP4 203.0.113.1',
		bad: 'c=IN IPV4 203.0.113.1'
	},
	{
		id: 'repeated-line',
		code: 'SYN-13',
		severity: 'warning',
		title: 'The same attribute line twice in a section',
		cite: 'RFC 8866 §5.13',
		advice: 'Leave one of the two; a copy adds nothing and hides real differences.',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				const seen = new Map<string, SdpLine>();
				for (const line of part.lines) {
					if (line.type !== 'a') continue;
					const earlier = seen.get(line.value);
					if (earlier)
						report(line, `a=${clip(line.value)} is already on line ${earlier.number}.`, {
							refusedBy: REFUSED_TWICE.has(line.name) ? ['chromium'] : []
						});
					else seen.set(line.value, line);
				}
			}
		},
		good: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtcp-fb:96 nack
			a=rtcp-fb:96 nack pli`,
		bad: `
			m=video 9 UDP/TLS/RTP/SAVPF 96
			a=rtcp-fb:96 nack
			a=rtcp-fb:96 nack`
	},
	{
		id: 'no-media',
		code: 'SYN-14',
		severity: 'warning',
		title: 'No media section',
		cite: 'RFC 3264 §5',
		advice: 'Add tracks, transceivers or a data channel before createOffer.',
		check: ({ sdp, report }) => {
			if (sdp.sections.length === 0)
				report(
					sdp.document.lines[sdp.document.lines.length - 1] ?? null,
					'The description has no m= line, so there is nothing to connect.'
				);
		},
		good: `
			v=0
			m=audio 9 UDP/TLS/RTP/SAVPF 111`,
		bad: `
			v=0
			t=0 0`
	},
	{
		id: 'too-many-sections',
		code: 'SYN-18',
		severity: 'warning',
		title: 'More sections than are judged',
		cite: 'RFC 8866 §5.14',
		advice: 'Look at how the text was put together: no call has that many sections.',
		check: ({ sdp, report }) => {
			const first = sdp.document.media[MOST_SECTIONS]?.[0];
			if (first) {
				const text = `The text has ${sdp.document.media.length} m= lines; the first ${MOST_SECTIONS} are judged.`;
				report(first, text);
			}
		},
		good: 'm=audio 9 UDP/TLS/RTP/SAVPF 111',
		bad: 'm=audio 9 UDP/TLS/RTP/SAVPF 111\n'.repeat(MOST_SECTIONS + 1)
	},
	{
		id: 'section-unknown',
		code: 'SYN-19',
		severity: 'problem',
		profiles: ['webrtc'],
		title: 'A kind or transport of section that browsers do not know',
		cite: 'RFC 8866 §5.14; RFC 9429 §5.1.2',
		advice: 'Write UDP/TLS/RTP/SAVPF for audio and video, and UDP/DTLS/SCTP for data channels (application).',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.media) continue;
				const kind = section.kind.toLowerCase();
				if (!BROWSER_KINDS.has(kind)) {
					const known = KINDS.has(kind);
					report(section.mLine, `"${clip(section.kind)}" is not a kind of media ${known ? 'of calls' : 'at all'}.`, {
						severity: known ? 'warning' : 'problem',
						refusedBy: ['firefox']
					});
					continue;
				}
				const chromium = kind !== 'application' && !section.protocol.includes('RTP/');
				const firefox = !FIREFOX_TRANSPORTS.has(section.protocol.toUpperCase());
				if (chromium || firefox)
					report(section.mLine, `"${clip(section.protocol)}" is not a transport that every browser knows for ${section.kind}.`, {
						severity: chromium ? 'problem' : 'warning',
						refusedBy: [...(chromium ? (['chromium'] as const) : []), ...(firefox ? (['firefox'] as const) : [])]
					});
			}
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel`,
		bad: `
			m=audio 9 UDP/TLS 111`
	},
	{
		id: 'conflicting-values',
		code: 'SYN-15',
		severity: 'problem',
		title: 'One value wanted, several given',
		cite: 'RFC 9429 §5.8',
		advice: 'Leave the one that is meant; which of them a peer takes is chance.',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const name of SINGLE_VALUED) {
					const lines = part.attributes.get(name);
					if (!lines || lines.length < 2) continue;
					const other = lines.find((line) => line.argument?.trim() !== lines[0]!.argument?.trim());
					if (other)
						report(
							other,
							`a=${name} is "${clip(other.argument ?? '')}" here and "${clip(lines[0]!.argument ?? '')}" on line ${lines[0]!.number}.`
						);
				}
				const directions = DIRECTIONS.flatMap((name) => part.attributes.get(name)?.slice(0, 1) ?? []).sort(
					(a, b) => a.number - b.number
				);
				if (directions.length > 1)
					report(
						directions[1]!,
						`The direction is ${directions[1]!.name} here and ${directions[0]!.name} on line ${directions[0]!.number}.`
					);
			}
			for (const section of sdp.sections) conflictingMaps(section, report);
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0
			a=sendrecv`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=sendrecv
			a=recvonly`
	},
	{
		id: 'attribute-level',
		code: 'SYN-16',
		severity: 'warning',
		title: 'An attribute at the wrong level',
		cite: 'RFC 8866 §6',
		advice: 'Move the line: media attributes below their m= line, session attributes above the first m=.',
		check: ({ sdp, report }) => {
			for (const line of sdp.session.lines)
				if (line.type === 'a' && MEDIA_ONLY.has(line.name))
					report(line, `a=${line.name} stands in the session part and belongs below an m= line.`);
			for (const section of sdp.sections) {
				for (const line of section.lines)
					if (line.type === 'a' && SESSION_ONLY.has(line.name))
						report(line, `a=${line.name} stands in the ${nameOf(section)} and belongs above the first m=.`);
			}
		},
		good: `
			a=group:BUNDLE 0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=mid:0`,
		bad: `
			a=mid:0
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=group:BUNDLE 0`
	},
	{
		id: 'attribute-value',
		code: 'SYN-17',
		severity: 'problem',
		title: 'An attribute that cannot be read',
		cite: 'RFC 8866 §6',
		advice: 'Write the attribute as its specification says; the sentence names the part that is wrong.',
		check: ({ sdp, report }) => {
			// Candidates and msid have rules of their own.
			reportFaults(
				sdp.faults,
				(line) =>
					line.type === 'b' ||
					(line.type === 'a' && line.name !== 'candidate' && line.name !== 'msid' && line.name !== 'fingerprint'),
				report
			);
		},
		good: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus/48000/2`,
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 111
			a=rtpmap:111 opus`
	}
];

function checkOrder(part: Part, order: string, report: (line: SdpLine, text: string) => void): void {
	let reached = -1;
	let reachedType = '';
	for (const line of part.lines) {
		const rank = order.indexOf(line.type);
		if (line.type === '' || rank < 0) continue;
		// Several times, each with its repeats, may follow one another (RFC 8866 §9).
		const repeat = line.type === 't' && (reachedType === 'r' || reachedType === 'z');
		if (rank < reached && !repeat) report(line, `${line.type}= stands after ${reachedType}= and belongs before it.`);
		else {
			reached = rank;
			reachedType = line.type;
		}
	}
}

type Report = (line: SdpLine | null, text: string, options?: { column?: number }) => void;

function reportFaults(
	faults: { line: SdpLine; column: number; message: string }[],
	wanted: (line: SdpLine) => boolean,
	report: Report
): void {
	for (const fault of faults) if (wanted(fault.line)) report(fault.line, fault.message, { column: fault.column });
}

function endName(end: string): string {
	return end === '\r\n' ? 'CRLF' : end === '\n' ? 'LF' : 'CR';
}

/** Media types of the IANA registry that RFC 8866 §8.2.2 opened, and those that browsers use. */
const KINDS = new Set(['audio', 'video', 'text', 'application', 'message', 'image']);
/** Those that Firefox reads, in any case. */
const FIREFOX_TRANSPORTS = new Set(
	'RTP/AVP RTP/SAVP RTP/SAVPF UDP/TLS/RTP/SAVP UDP/TLS/RTP/SAVPF TCP/DTLS/RTP/SAVP TCP/DTLS/RTP/SAVPF DTLS/SCTP UDP/DTLS/SCTP TCP/DTLS/SCTP'.split(
		' '
	)
);
const BROWSER_KINDS = new Set(['audio', 'video', 'application']);

/** Two a=rtpmap of one payload type that name different codecs. */
function conflictingMaps(section: Section, report: SingleCheck['report']): void {
	for (const { line, value } of section.rtpMaps) {
		// The reader keeps the first.
		const first = section.codecs.get(value.payloadType);
		if (!first?.line || first.line === line) continue;
		const codec = { ...value, channels: value.channels ?? 1 };
		if (!sameCodec(first, { ...codec, line }))
			report(
				line,
				`Payload type ${value.payloadType} is ${clip(codecName({ ...codec, line }))} here and ${clip(codecName(first))} on line ${first.line.number}.`
			);
	}
}
