/** Rules about the lines that head a description and its sections: v=, o=, s=, t=, c= and m= (RFC 8866). */
import { MOST_SECTIONS, type Part } from '../../text/description';
import type { SdpLine } from '../../text/document';
import type { SingleRule } from './rule';
import { clip } from '../../text/values';
import { named } from '../values/section-values';
import { reportFaults } from './attributes';

export const SESSION_ORDER = 'vosiuepcbtrzka';
export const MEDIA_ORDER = 'micbka';

/** Media types of the IANA registry that RFC 8866 §8.2.2 opened, and those that browsers use. */
const KINDS = new Set(['audio', 'video', 'text', 'application', 'message', 'image']);
const BROWSER_KINDS = new Set(['audio', 'video', 'application']);
/** Those that Firefox reads, in any case. */
export const FIREFOX_TRANSPORTS = new Set(
	'RTP/AVP RTP/SAVP RTP/SAVPF UDP/TLS/RTP/SAVP UDP/TLS/RTP/SAVPF TCP/DTLS/RTP/SAVP TCP/DTLS/RTP/SAVPF DTLS/SCTP UDP/DTLS/SCTP TCP/DTLS/SCTP'.split(
		' '
	)
);

export const SESSION_LINE_RULES: readonly SingleRule[] = [
	{
		id: 'first-line',
		code: 'SYN-01',
		severity: 'problem',
		cite: 'RFC 8866 §5.1',
		check: ({ sdp, report }) => {
			const first = sdp.document.lines[0];
			if (!first) report(null, { line: null });
			else if (first.raw !== 'v=0') report(first, { line: clip(first.raw) });
		}
	},
	{
		id: 'line-order',
		code: 'SYN-02',
		severity: 'problem',
		cite: 'RFC 8866 §5; RFC 9429 §5.8.1',
		check: ({ sdp, report }) => {
			checkOrder(sdp.session, SESSION_ORDER, (line, values) => report(line, values));
			// Inside a media section every parser in use reads c=, b= and a= in any order.
			for (const section of sdp.sections)
				checkOrder(section, MEDIA_ORDER, (line, values) => report(line, values, { severity: 'warning' }));
		}
	},
	{
		id: 'session-lines-missing',
		code: 'SYN-03',
		severity: 'problem',
		cite: 'RFC 8866 §5.2, §5.3, §5.9',
		check: ({ sdp, profile, report }) => {
			const anchor = sdp.document.lines[0] ?? null;
			for (const type of ['o', 's', 't'] as const) {
				const line = sdp.session.lines.find((each) => each.type === type);
				if (!line) report(anchor, { type, empty: false }, profile === 'declarative' ? { severity: 'warning' } : {});
				else if (type === 's' && line.value === '') report(line, { type, empty: true }, { refusedBy: ['chromium'] });
			}
		}
	},
	{
		id: 'origin',
		code: 'SYN-04',
		severity: 'problem',
		cite: 'RFC 8866 §5.2',
		check: ({ sdp, report }) => reportFaults(sdp.faults, (line) => line.type === 'o', report)
	},
	{
		id: 'session-id-range',
		code: 'SYN-04b',
		severity: 'warning',
		profiles: ['webrtc'],
		cite: 'RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			if (!sdp.origin) return;
			const { line, value } = sdp.origin;
			if (value.sessionId.length >= 19 && BigInt(value.sessionId.slice(0, 40)) > 2n ** 63n - 1n) {
				report(line, { sessionId: clip(value.sessionId) });
			}
		}
	},
	{
		id: 'connection-missing',
		code: 'SYN-05',
		severity: 'problem',
		cite: 'RFC 8866 §5.7',
		check: ({ sdp, profile, report }) => {
			if (sdp.session.lines.some((line) => line.type === 'c')) return;
			for (const section of sdp.sections) {
				if (section.port === 0 || section.lines.some((line) => line.type === 'c')) continue;
				report(section.mLine, { section: named(section) }, profile === 'declarative' ? { severity: 'warning' } : {});
			}
		}
	},
	{
		id: 'media-line',
		code: 'SYN-06',
		severity: 'problem',
		cite: 'RFC 8866 §5.14',
		check: ({ sdp, report }) => reportFaults(sdp.faults, (line) => line.type === 'm', report)
	},
	{
		id: 'repeated-session-line',
		code: 'SYN-11',
		severity: 'problem',
		cite: 'RFC 8866 §5',
		check: ({ sdp, report }) => {
			const seen = new Set<string>();
			for (const line of sdp.document.lines) {
				if (!'vosi'.includes(line.type) || line.type === '' || (line.type === 'i' && line.section >= 0)) continue;
				if (line.section >= 0 || seen.has(line.type)) report(line, { type: line.type, inSection: line.section >= 0 });
				seen.add(line.type);
			}
		}
	},
	{
		id: 'connection-line',
		code: 'SYN-12',
		severity: 'problem',
		cite: 'RFC 8866 §5.7',
		check: ({ sdp, profile, report }) => {
			reportFaults(
				sdp.faults,
				(line) => line.type === 'c',
				(line, fault, options) => report(line, { kind: 'fault', fault }, options)
			);
			if (profile !== 'webrtc') return;
			for (const part of [sdp.session, ...sdp.sections]) {
				for (const { line, value } of part.connections) {
					const first = Number(value.address.split('.')[0]);
					if ((value.addressType === 'IP4' && first >= 224 && first <= 239) || /^ff/i.test(value.address)) {
						report(
							line,
							{ kind: 'multicast', address: value.address },
							{
								column: line.valueColumn + value.offset
							}
						);
					} else if (line.value.includes('/'))
						report(
							line,
							{ kind: 'time-to-live' },
							{
								column: line.valueColumn + line.value.indexOf('/'),
								refusedBy: ['chromium']
							}
						);
				}
			}
		}
	},
	{
		id: 'no-media',
		code: 'SYN-14',
		severity: 'warning',
		cite: 'RFC 3264 §5',
		check: ({ sdp, report }) => {
			if (sdp.sections.length === 0) report(sdp.document.lines[sdp.document.lines.length - 1] ?? null, {});
		}
	},
	{
		id: 'too-many-sections',
		code: 'SYN-18',
		severity: 'warning',
		cite: 'RFC 8866 §5.14',
		check: ({ sdp, report }) => {
			const first = sdp.document.media[MOST_SECTIONS]?.[0];
			if (first) {
				report(first, { sections: sdp.document.media.length, judged: MOST_SECTIONS });
			}
		}
	},
	{
		id: 'section-unknown',
		code: 'SYN-19',
		severity: 'problem',
		profiles: ['webrtc'],
		cite: 'RFC 8866 §5.14; RFC 9429 §5.1.2',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (!section.media) continue;
				const kind = section.kind.toLowerCase();
				if (!BROWSER_KINDS.has(kind)) {
					const known = KINDS.has(kind);
					report(
						section.mLine,
						{ kind: 'media', media: clip(section.kind), known },
						{
							severity: known ? 'warning' : 'problem',
							refusedBy: ['firefox']
						}
					);
					continue;
				}
				const chromium = kind !== 'application' && !section.protocol.includes('RTP/');
				const firefox = !FIREFOX_TRANSPORTS.has(section.protocol.toUpperCase());
				if (chromium || firefox)
					report(
						section.mLine,
						{ kind: 'transport', transport: clip(section.protocol), media: section.kind },
						{
							severity: chromium ? 'problem' : 'warning',
							refusedBy: [...(chromium ? (['chromium'] as const) : []), ...(firefox ? (['firefox'] as const) : [])]
						}
					);
			}
		}
	}
];

function checkOrder(part: Part, order: string, found: (line: SdpLine, values: { type: string; after: string }) => void): void {
	let reached = -1;
	let after = '';
	for (const line of part.lines) {
		const rank = order.indexOf(line.type);
		if (line.type === '' || rank < 0) continue;
		// Several times, each with its repeats, may follow one another (RFC 8866 §9).
		const repeat = line.type === 't' && (after === 'r' || after === 'z');
		if (rank < reached && !repeat) found(line, { type: line.type, after });
		else {
			reached = rank;
			after = line.type;
		}
	}
}
