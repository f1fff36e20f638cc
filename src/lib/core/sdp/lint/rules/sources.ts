/** Rules about sources and tracks: SSRCs, groups, CNAMEs, msid (RFC 5576, 8830). */
import type { Section } from '../../text/description';
import type { SingleRule } from './rule';
import { clip } from '../../text/values';
import { named } from '../values/section-values';

export const SOURCE_RULES: readonly SingleRule[] = [
	{
		id: 'plan-b',
		code: 'SRC-01',
		severity: 'problem',
		profiles: ['webrtc'],
		cite: 'RFC 9429 §5.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.sections) {
				const tracks = new Map<string, number>();
				for (const { line, value } of section.sources) {
					if (value.name !== 'msid') continue;
					const track = value.value.trim().split(/\s+/)[1];
					if (track === undefined || tracks.has(track)) continue;
					if (tracks.size === 1)
						report(line, { section: named(section), track: clip(track), firstLine: [...tracks.values()][0]! });
					tracks.set(track, line.number);
				}
			}
		}
	},
	{
		id: 'source-group',
		code: 'SRC-02',
		severity: 'problem',
		cite: 'RFC 5576 §4.2',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const known = new Set(section.sources.map(({ value }) => value.ssrc));
				for (const { line, value } of section.sourceGroups) {
					const members = value.ssrcs.length;
					if (/^(FID|FEC|FEC-FR)$/.test(value.semantics) && members !== 2)
						report(line, { kind: 'size', group: value.semantics, sources: members });
					const unknown = value.ssrcs.find((ssrc) => !known.has(ssrc));
					if (unknown !== undefined)
						report(line, { kind: 'unknown-member', group: clip(value.semantics), source: clip(unknown) });
				}
			}
		}
	},
	{
		id: 'source-repeated',
		code: 'SRC-03',
		severity: 'problem',
		cite: 'RFC 5576 §4.1',
		check: ({ sdp, report }) => {
			const seen = new Map<string, Section>();
			for (const section of sdp.live) {
				const here = new Set<string>();
				for (const { line, value } of section.sources) {
					if (here.has(value.ssrc)) continue;
					here.add(value.ssrc);
					const earlier = seen.get(value.ssrc);
					if (earlier) report(line, { source: value.ssrc, earlier: named(earlier) });
					else seen.set(value.ssrc, section);
				}
			}
		}
	},
	{
		id: 'source-cname',
		code: 'SRC-04',
		severity: 'warning',
		cite: 'RFC 5576 §6.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const withName = new Set(section.sources.filter(({ value }) => value.name === 'cname').map(({ value }) => value.ssrc));
				for (const { line, value } of section.sources) {
					if (withName.has(value.ssrc)) continue;
					withName.add(value.ssrc);
					report(line, { source: value.ssrc, section: named(section) });
				}
			}
		}
	},
	{
		id: 'stream-unnamed',
		code: 'SRC-05',
		severity: 'info',
		profiles: ['webrtc'],
		cite: 'RFC 8830 §2; RFC 9429 §5.2.1',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				if (section.isRtp && section.direction.startsWith('send') && section.msids.length === 0 && section.sources.length === 0)
					report(section.mLine, { section: named(section), direction: section.direction });
			}
		}
	},
	{
		id: 'msid',
		code: 'SRC-06',
		severity: 'problem',
		cite: 'RFC 8830 §2',
		check: ({ sdp, report }) => {
			for (const fault of sdp.faults)
				if (fault.line.name === 'msid') report(fault.line, { kind: 'fault', fault: fault.fault }, { column: fault.column });
			for (const section of sdp.sections) {
				const first = section.msids.find(({ value }) => value.track !== null);
				for (const { line, value } of section.msids) {
					if (first && value.track !== null && value.track !== first.value.track)
						report(line, {
							kind: 'two-tracks',
							track: clip(value.track),
							firstTrack: clip(first.value.track!),
							firstLine: first.line.number
						});
				}
			}
		}
	}
];
