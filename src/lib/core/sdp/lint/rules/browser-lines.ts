/**
 * What browsers refuse though a lenient reader takes it: blanks, line ends, characters and empty attributes. Who refuses what is recorded
 * from real browsers (tests/mutations), and each sentence is held against that.
 */
import type { Description } from '../../text/description';
import type { SdpLine } from '../../text/document';
import { clip } from '../../text/values';
import type { Refuser, ProseSingleRule } from './rule';

const WEBRTC = ['webrtc'] as const;
const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];
const BOTH: readonly Refuser[] = ['chromium', 'firefox'];

/** Attribute names, and letters of lines without one. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

interface BlankKind {
	what: string;
	/** Where in the line; -1 where there is none. */
	find(raw: string): number;
	/** Of which lines Chromium refuses it. */
	chromium: ReadonlySet<string>;
	firefox: ReadonlySet<string>;
}

/** Each line is looked at up to the first that applies. */
const BLANKS: readonly BlankKind[] = [
	{
		what: 'a blank behind the colon',
		find: (raw) => (/^[ab]=[^:]*:[ \t]/.test(raw) && !/^a=ssrc-group:[ \t]\d/.test(raw) ? raw.indexOf(':') + 1 : 0),
		chromium: words(
			'candidate ice-ufrag ice-pwd fingerprint setup mid extmap msid rtpmap rtcp-fb fmtp ssrc b ssrc-group sctp-port max-message-size'
		),
		firefox: words('rid')
	},
	{
		what: 'a blank before the colon',
		find: (raw) => /^a=[^:]*?([ \t]):/.exec(raw)?.[0].lastIndexOf(':') ?? 0,
		chromium: words(
			'group msid-semantic candidate ice-ufrag ice-pwd ice-options extmap msid rtpmap rtcp-fb fmtp ptime maxptime ssrc ssrc-group fingerprint mid simulcast'
		),
		firefox: words('setup rid fingerprint mid simulcast')
	},
	{
		what: 'a tab',
		find: (raw) => (/[^\t]\t[^\t]/.test(raw) ? raw.indexOf('\t') : 0),
		chromium: words('o m c candidate fingerprint extmap rtpmap rtcp-fb fmtp ssrc simulcast'),
		firefox: words('rid')
	},
	{
		what: 'two blanks',
		find: (raw) => raw.search(/ {2}[^ ]/) + 1,
		chromium: words('o group m candidate fingerprint extmap rtpmap ssrc-group'),
		firefox: words('')
	},
	{
		what: 'a tab at its end',
		find: (raw) => (raw.endsWith('\t') ? raw.length - 1 : 0),
		chromium: words(
			'group m candidate ice-ufrag ice-pwd setup mid extmap rtcp-mux rtpmap b ssrc-group sctp-port max-message-size fingerprint'
		),
		firefox: words('fingerprint simulcast')
	},
	{
		what: 'a blank at its end',
		find: (raw) => (raw.endsWith(' ') ? raw.length - 1 : 0),
		chromium: words('o group m ice-ufrag ice-pwd setup mid b ssrc-group sctp-port max-message-size fingerprint'),
		firefox: words('fingerprint')
	}
];

/** Attributes that Chromium refuses without their value, and those that Firefox does. */
const VALUED: Readonly<Record<Refuser, ReadonlySet<string>>> = {
	chromium: words(
		'group msid-semantic candidate ice-options extmap msid rtpmap rtcp-fb fmtp ptime maxptime ssrc ssrc-group sctp-port max-message-size simulcast mid ice-ufrag ice-pwd fingerprint setup'
	),
	firefox: words('rid ice-ufrag ice-pwd fingerprint setup')
};

/** Names that are looked at in any case. */
const KNOWN = words(
	'sendrecv sendonly recvonly inactive rtcp-mux rtcp-rsize bundle-only ' + [...VALUED.chromium, ...VALUED.firefox].join(' ')
);

const nameOf = (line: SdpLine) => (line.type === 'a' ? line.name.trim() : line.type);

/** Whether the id of an extension stands in a bundle twice. */
function isElsewhere({ bundles }: Description, line: SdpLine): boolean {
	const id = (argument: string | null) => argument?.split(' ', 1)[0];
	return bundles.some(
		({ sections }) =>
			sections.some(({ lines }) => lines.includes(line)) &&
			sections.some(({ extensions }) =>
				extensions.some((each) => each.line !== line && id(each.line.argument) === id(line.argument))
			)
	);
}

export const BROWSER_LINE_RULES: readonly ProseSingleRule[] = [
	{
		id: 'stray-blank',
		code: 'BRW-01',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'A blank where the format has none',
		cite: 'RFC 8866 §9',
		advice: 'Take it out: values are separated by exactly one blank, and nothing stands behind the last of them.',
		check: ({ sdp, report }) => {
			// What lacks a value has a finding of its own, and need not be refused for its blanks.
			const faulty = new Set<SdpLine>(sdp.faults.map(({ line }) => line));
			for (const { candidates } of sdp.sections)
				for (const { line, value } of candidates) if (value.faults.length > 0) faulty.add(line);
			for (const line of sdp.document.lines) {
				// Chromium reads no b= of the session.
				if (line.spaced || line.type === '' || faulty.has(line) || (line.type === 'b' && line.section < 0)) continue;
				const name = nameOf(line);
				for (const { what, find, chromium, firefox } of BLANKS) {
					const at = find(line.raw);
					if (at <= 0) continue;
					const refusedBy = BOTH.filter((each) => (each === 'chromium' ? chromium : firefox).has(name));
					// Chromium takes the URI for an empty one, which is another than that of the same id elsewhere.
					if (name === 'extmap' && what === 'two blanks' && !isElsewhere(sdp, line)) continue;
					// A section of data without blanks in its format is read leniently.
					if (refusedBy.length === 0 || (what === 'a blank at its end' && line.value.startsWith('application '))) continue;
					report(line, `The line has ${what}.`, { column: at + 1, refusedBy });
					break;
				}
			}
		},
		good: 'a=mid:0',
		bad: 'a=mid:0 '
	},
	{
		id: 'carriage-return',
		code: 'BRW-02',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'A line that ends in a carriage return alone',
		cite: 'RFC 8866 §9',
		advice: 'End each line with carriage return and line feed: browsers read on where there is no line feed.',
		check: ({ sdp, report }) => {
			const { lines } = sdp.document;
			const first = lines.find((line) => line.end === '\r');
			if (first)
				report(first, 'A carriage return alone ends no line: browsers take this line and the next for one.', {
					column: first.raw.length + 1
				});
		},
		good: 's=-',
		bad: 's=-\rt=0 0'
	},
	{
		id: 'line-empty-value',
		code: 'BRW-03',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'A line with nothing behind its =',
		cite: 'RFC 8866 §5.13',
		advice: 'Take the line out.',
		check: ({ sdp, report }) => {
			for (const line of sdp.document.lines)
				if (line.type === 'a' && line.value === '') report(line, 'Nothing stands behind a=.', { refusedBy: BOTH });
				else if ('iuep'.includes(line.type) && line.type !== '' && line.value === '')
					report(line, `Nothing stands behind ${line.type}=.`, { refusedBy: CHROMIUM });
		},
		good: 'a=sendrecv',
		bad: 'a='
	},
	{
		id: 'attribute-without-value',
		code: 'BRW-04',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'An attribute without the value that it has to have',
		cite: 'RFC 8866 §5.13',
		advice: 'Write the value behind a colon, or take the line out.',
		check: ({ sdp, report }) => {
			for (const line of sdp.document.lines) {
				if (line.type !== 'a' || line.argument !== null) continue;
				const refusedBy = BOTH.filter((each) => VALUED[each].has(line.name));
				if (refusedBy.length > 0) report(line, `a=${clip(line.name)} has no value.`, { refusedBy });
			}
		},
		good: 'a=ptime:20',
		bad: 'a=ptime'
	},
	{
		id: 'attribute-name-case',
		code: 'BRW-15',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'An attribute name in another case',
		cite: 'RFC 8866 §5.13',
		advice: 'Write the name as its specification does, which is in small letters.',
		check: ({ sdp, report }) => {
			const mids = new Set(sdp.sections.map(({ mid }) => mid));
			for (const line of sdp.document.lines) {
				const name = line.name.toLowerCase();
				if (line.type !== 'a' || name === line.name || !KNOWN.has(name)) continue;
				const elsewhere =
					name === 'group' &&
					(line.argument ?? '')
						.split(' ')
						.slice(1)
						.some((mid) => !mids.has(mid));
				report(line, `Firefox reads a=${clip(line.name)} as a=${name}, and Chromium reads over it.`, {
					refusedBy: elsewhere ? FIREFOX : []
				});
			}
		},
		good: 'a=sendrecv',
		bad: 'a=SENDRECV'
	},
	{
		id: 'beyond-ascii',
		code: 'BRW-05',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'A character beyond ASCII',
		cite: 'RFC 8866 §9',
		advice:
			'Write names in ASCII: the format allows UTF-8 in names of sessions and in some values, and not every browser takes it.',
		check: ({ sdp, report }) => {
			// eslint-disable-next-line no-control-regex -- the range is the one that ASCII is
			const beyond = /[^\x00-\x7f]/u;
			if (!beyond.test(sdp.document.text)) return;
			const line = sdp.document.lines.find(({ raw }) => beyond.test(raw))!;
			report(line, 'The text is not ASCII alone.', { column: line.raw.search(beyond) + 1, refusedBy: FIREFOX });
		},
		good: 's=Cafe',
		bad: 's=Café'
	},
	{
		id: 'time-line',
		code: 'BRW-06',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'The t= line is malformed',
		cite: 'RFC 8866 §5.9',
		advice: 'Write t=0 0: calls have no time of their own.',
		check: ({ sdp, report }) => {
			for (const line of sdp.session.lines) {
				if (line.type !== 't' || /^\d{1,9} \d{1,9}$/.test(line.value)) continue;
				const [start, stop] = line.value.trim().split(/[ \t]+/);
				// Firefox reads as far as there are digits, into 32 bits.
				const read = [start, stop].every((time) => /^\+?\d/.test(time ?? '') && parseInt(time!, 10) <= 0xffffffff);
				if (/^\d+ \d+$/.test(line.value)) {
					if (!read) report(line, 'The time does not fit 32 bits.', { severity: 'warning', refusedBy: FIREFOX });
				} else
					report(line, `"${clip(line.value)}" is not two numbers with a blank between.`, {
						severity: read ? 'warning' : 'problem',
						refusedBy: line.value === '' ? BOTH : read ? [] : FIREFOX
					});
			}
		},
		good: 't=0 0',
		bad: 't=now'
	},
	{
		id: 'connection-repeated',
		code: 'BRW-07',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'Several c= lines for one section',
		cite: 'RFC 8866 §5.7',
		advice: 'Leave one: several are for multicast, which browsers have not.',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				const lines = part.lines.filter((line) => line.type === 'c');
				if (lines.length < 2) continue;
				const inSession = part === sdp.session;
				report(lines[1]!, `There is a c= on line ${lines[0]!.number} already.`, {
					severity: inSession ? 'problem' : 'warning',
					refusedBy: inSession ? BOTH : FIREFOX
				});
			}
		},
		good: 'c=IN IP4 0.0.0.0',
		bad: `
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			c=IN IP4 0.0.0.0
			c=IN IP4 0.0.0.0`
	}
];
