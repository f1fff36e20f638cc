/**
 * What browsers refuse though a lenient reader takes it: blanks, line ends, characters and empty attributes. Who refuses what is recorded
 * from real browsers (tests/mutations), and each sentence is held against that.
 */
import type { Description } from '../../text/description';
import type { SdpLine } from '../../text/document';
import { followsInAnswer } from '../../text/transport';
import { clip } from '../../text/values';
import type { StrayBlank } from '../values/refused-line-values';
import type { Refuser, SingleRule } from './rule';

const WEBRTC = ['webrtc'] as const;
const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];
const BOTH: readonly Refuser[] = ['chromium', 'firefox'];

/** Attribute names, and letters of lines without one. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

interface BlankKind {
	blank: StrayBlank;
	/** Where in the line; -1 where there is none. */
	find(raw: string): number;
	/** Of which lines Chromium refuses it. */
	chromium: ReadonlySet<string>;
	firefox: ReadonlySet<string>;
}

/** Each line is looked at up to the first that applies. */
const BLANKS: readonly BlankKind[] = [
	{
		blank: 'behind-colon',
		find: (raw) => (/^[ab]=[^:]*:[ \t]/.test(raw) && !/^a=ssrc-group:[ \t]\d/.test(raw) ? raw.indexOf(':') + 1 : 0),
		chromium: words(
			'candidate ice-ufrag ice-pwd fingerprint setup mid extmap msid rtpmap rtcp-fb fmtp ssrc b ssrc-group sctp-port max-message-size'
		),
		firefox: words('rid')
	},
	{
		blank: 'before-colon',
		find: (raw) => /^a=[^:]*?([ \t]):/.exec(raw)?.[0].lastIndexOf(':') ?? 0,
		chromium: words(
			'group msid-semantic candidate ice-ufrag ice-pwd ice-options extmap msid rtpmap rtcp-fb fmtp ptime maxptime ssrc ssrc-group fingerprint mid simulcast'
		),
		firefox: words('setup rid fingerprint mid simulcast')
	},
	{
		blank: 'tab',
		find: (raw) => (/[^\t]\t[^\t]/.test(raw) ? raw.indexOf('\t') : 0),
		chromium: words('o m c candidate fingerprint extmap rtpmap rtcp-fb fmtp ssrc simulcast'),
		firefox: words('rid')
	},
	{
		blank: 'two',
		find: (raw) => raw.search(/ {2}[^ ]/) + 1,
		chromium: words('o group m candidate fingerprint extmap rtpmap ssrc-group'),
		firefox: words('')
	},
	{
		blank: 'tab-at-end',
		find: (raw) => (raw.endsWith('\t') ? raw.length - 1 : 0),
		chromium: words(
			'group m candidate ice-ufrag ice-pwd setup mid extmap rtcp-mux rtpmap b ssrc-group sctp-port max-message-size fingerprint'
		),
		firefox: words('fingerprint simulcast')
	},
	{
		blank: 'at-end',
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

/** Of an answer Firefox reads a=setup with a default, and neither browser the credentials of a section that follows another. */
function reads(browser: Refuser, sdp: Description, line: SdpLine): boolean {
	if (sdp.role !== 'answer') return true;
	if (line.name.trim() === 'setup') return browser === 'chromium';
	return !/^ice-(ufrag|pwd)/.test(line.name) || !followsInAnswer(sdp, sdp.sections[line.section]);
}

export const BROWSER_LINE_RULES: readonly SingleRule[] = [
	{
		id: 'stray-blank',
		code: 'BRW-01',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8866 §9',
		check: ({ sdp, report }) => {
			// What lacks a value has a finding of its own, and need not be refused for its blanks.
			const faulty = new Set<SdpLine>(sdp.faults.map(({ line }) => line));
			for (const { candidates } of sdp.sections)
				for (const { line, value } of candidates) if (value.faults.length > 0) faulty.add(line);
			for (const line of sdp.document.lines) {
				// Chromium reads no b= of the session.
				if (line.spaced || line.type === '' || faulty.has(line) || (line.type === 'b' && line.section < 0)) continue;
				const name = nameOf(line);
				for (const { blank, find, chromium, firefox } of BLANKS) {
					const at = find(line.raw);
					if (at <= 0) continue;
					const refusedBy = BOTH.filter((each) => (each === 'chromium' ? chromium : firefox).has(name) && reads(each, sdp, line));
					// Chromium takes the URI for an empty one, which is another than that of the same id elsewhere.
					if (name === 'extmap' && blank === 'two' && sdp.role !== 'answer' && !isElsewhere(sdp, line)) continue;
					// A section of data without blanks in its format is read leniently.
					if (refusedBy.length === 0 || (blank === 'at-end' && line.value.startsWith('application '))) continue;
					report(line, { blank }, { column: at + 1, refusedBy });
					break;
				}
			}
		}
	},
	{
		id: 'carriage-return',
		code: 'BRW-02',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8866 §9',
		check: ({ sdp, report }) => {
			const { lines } = sdp.document;
			const first = lines.find((line) => line.end === '\r');
			if (first)
				report(
					first,
					{},
					{
						column: first.raw.length + 1
					}
				);
		}
	},
	{
		id: 'line-empty-value',
		code: 'BRW-03',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8866 §5.13',
		check: ({ sdp, report }) => {
			for (const line of sdp.document.lines)
				if (line.type === 'a' && line.value === '') report(line, { type: line.type }, { refusedBy: BOTH });
				else if ('iuep'.includes(line.type) && line.type !== '' && line.value === '')
					report(line, { type: line.type }, { refusedBy: CHROMIUM });
		}
	},
	{
		id: 'attribute-without-value',
		code: 'BRW-04',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8866 §5.13',
		check: ({ sdp, report }) => {
			for (const line of sdp.document.lines) {
				if (line.type !== 'a' || line.argument !== null) continue;
				const refusedBy = BOTH.filter((each) => VALUED[each].has(line.name) && reads(each, sdp, line));
				if (refusedBy.length > 0) report(line, { attribute: clip(line.name) }, { refusedBy });
			}
		}
	},
	{
		id: 'attribute-name-case',
		code: 'BRW-15',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8866 §5.13',
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
				report(
					line,
					{ attribute: clip(line.name), readAs: name },
					{
						refusedBy: elsewhere ? FIREFOX : []
					}
				);
			}
		}
	},
	{
		id: 'beyond-ascii',
		code: 'BRW-05',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8866 §9',
		check: ({ sdp, report }) => {
			// eslint-disable-next-line no-control-regex -- the range is the one that ASCII is
			const beyond = /[^\x00-\x7f]/u;
			if (!beyond.test(sdp.document.text)) return;
			const line = sdp.document.lines.find(({ raw }) => beyond.test(raw))!;
			report(line, {}, { column: line.raw.search(beyond) + 1, refusedBy: FIREFOX });
		}
	},
	{
		id: 'time-line',
		code: 'BRW-06',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8866 §5.9',
		check: ({ sdp, report }) => {
			for (const line of sdp.session.lines) {
				if (line.type !== 't' || /^\d{1,9} \d{1,9}$/.test(line.value)) continue;
				const [start, stop] = line.value.trim().split(/[ \t]+/);
				// Firefox reads as far as there are digits, into 32 bits.
				const read = [start, stop].every((time) => /^\+?\d/.test(time ?? '') && parseInt(time!, 10) <= 0xffffffff);
				if (/^\d+ \d+$/.test(line.value)) {
					if (!read) report(line, { kind: 'too-large' }, { severity: 'warning', refusedBy: FIREFOX });
				} else
					report(
						line,
						{ kind: 'not-two-numbers', value: clip(line.value) },
						{
							severity: read ? 'warning' : 'problem',
							refusedBy: line.value === '' ? BOTH : read ? [] : FIREFOX
						}
					);
			}
		}
	},
	{
		id: 'connection-repeated',
		code: 'BRW-07',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 8866 §5.7',
		check: ({ sdp, report }) => {
			for (const part of [sdp.session, ...sdp.sections]) {
				const lines = part.lines.filter((line) => line.type === 'c');
				if (lines.length < 2) continue;
				const inSession = part === sdp.session;
				report(
					lines[1]!,
					{ earlierLine: lines[0]!.number },
					{
						severity: inSession ? 'problem' : 'warning',
						refusedBy: inSession ? BOTH : FIREFOX
					}
				);
			}
		}
	}
];
