/** Rules about mids: the names that groups call sections by (RFC 5888, 9143). */
import type { Section } from '../../text/description';
import type { SingleRule } from './rule';
import { clip, isToken } from '../../text/values';
import { named } from '../values/section-values';

const WEBRTC = ['webrtc'] as const;
const MID_EXTENSION = 'urn:ietf:params:rtp-hdrext:sdes:mid';

export const MID_RULES: readonly SingleRule[] = [
	{
		id: 'bundle-unknown-mid',
		code: 'BND-01',
		severity: 'problem',
		cite: 'RFC 9143 §7.1; RFC 5888 §5',
		check: ({ sdp, report }) => {
			const mids = new Set(sdp.sections.map((section) => section.mid));
			// Where a section has no mid that can be read, or that of another, browsers do not agree on what is named.
			const plain = mids.size === sdp.sections.length && sdp.sections.every(({ mid }) => mid !== null && isToken(mid));
			for (const { line, value } of sdp.groups) {
				for (const mid of value.mids) {
					if (!mids.has(mid.text))
						report(
							line,
							{ group: clip(value.semantics), mid: clip(mid.text) },
							{
								column: line.argumentColumn + mid.offset,
								refusedBy: value.semantics === 'BUNDLE' && plain ? ['chromium', 'firefox'] : []
							}
						);
				}
			}
		}
	},
	{
		id: 'mid-missing',
		code: 'BND-02',
		severity: 'problem',
		cite: 'RFC 5888 §5; RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			if (sdp.groups.length === 0) return;
			for (const section of sdp.sections)
				if (!section.mid) report(section.mLine, { section: named(section), groupLine: sdp.groups[0]!.line.number });
		}
	},
	{
		id: 'mid-repeated',
		code: 'BND-03',
		severity: 'problem',
		cite: 'RFC 5888 §4',
		check: ({ sdp, report }) => {
			const seen = new Map<string, Section>();
			for (const section of sdp.sections) {
				if (!section.mid) continue;
				const earlier = seen.get(section.mid);
				if (earlier)
					report(section.attributes.get('mid')![0]!, {
						mid: clip(section.mid),
						earlier: earlier.index + 1,
						earlierLine: earlier.mLine.number
					});
				else seen.set(section.mid, section);
			}
		}
	},
	{
		id: 'mid-extension-missing',
		code: 'BND-07',
		severity: 'info',
		profiles: WEBRTC,
		cite: 'RFC 9143 §9.1, §15; RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			for (const bundle of sdp.bundles) {
				const live = bundle.sections.filter((section) => section.isRtp && !section.rejected);
				if (live.length < 2) continue;
				for (const section of live) {
					if (section.extensions.some(({ value }) => value.uri === MID_EXTENSION)) continue;
					const ambiguous =
						section.sources.length === 0 &&
						live.some((other) => other !== section && other.kind === section.kind) &&
						section.direction.startsWith('send');
					report(section.mLine, { section: named(section), ambiguous }, ambiguous ? { severity: 'warning' } : {});
				}
			}
		}
	},
	{
		id: 'mid-syntax',
		code: 'BND-08',
		severity: 'warning',
		cite: 'RFC 5888 §4; RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const line = section.attributes.get('mid')?.[0];
				if (!line) continue;
				const mid = section.mid ?? '';
				if (mid === '' || !isToken(mid))
					report(line, { kind: 'not-a-token', mid: clip(mid) }, { column: line.argumentColumn, severity: 'problem' });
				else if (mid.length > 16) report(line, { kind: 'long', characters: mid.length }, { column: line.argumentColumn });
			}
		}
	}
];
