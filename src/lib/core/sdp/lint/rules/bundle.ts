/** Rules about BUNDLE and rtcp-mux: which sections share a transport (RFC 9143, 5761, 8858). */
import type { Section } from '../../text/description';
import type { PairRule, SingleRule } from './rule';
import { bundleWith, ownsTransport } from '../../text/transport';
import { clip } from '../../text/values';
import { named } from '../values/section-values';

const WEBRTC = ['webrtc'] as const;

export const BUNDLE_RULES: readonly SingleRule[] = [
	{
		id: 'bundle-rejected-section',
		code: 'BND-04',
		severity: 'problem',
		cite: 'RFC 9143 §7.3.3, §7.5.3; RFC 5888 §9.2',
		check: ({ sdp, report }) => {
			for (const bundle of sdp.bundles) {
				for (const section of bundle.sections) {
					if (!section.rejected) continue;
					const mid = bundle.mids.find((each) => each.text === section.mid)!;
					report(
						bundle.line,
						{ mid: clip(mid.text), sectionLine: section.mLine.number },
						{ column: bundle.line.argumentColumn + mid.offset }
					);
				}
			}
		}
	},
	{
		id: 'bundle-rtcp-mux',
		code: 'BND-05',
		severity: 'problem',
		cite: 'RFC 9143 §7.1.3, §9.3.1',
		check: ({ sdp, report }) => {
			for (const bundle of sdp.bundles) {
				for (const section of bundle.sections) {
					if (section.isRtp && ownsTransport(sdp, section) && !section.attributes.has('rtcp-mux'))
						report(
							section.mLine,
							{ section: named(section) },
							{
								refusedBy: [...section.attributes.keys()].some((name) => /^rtcp-mux\b(?!-only)/i.test(name))
									? []
									: ['chromium', 'firefox']
							}
						);
				}
			}
		}
	},
	{
		id: 'bundle-only-port',
		code: 'BND-09',
		severity: 'problem',
		cite: 'RFC 9143 §6, §7.3',
		check: ({ sdp, role, report }) => {
			for (const section of sdp.sections) {
				const line = section.attributes.get('bundle-only')?.[0];
				if (!line) continue;
				if (role === 'answer') report(line, { section: named(section), kind: 'in-answer' });
				else if (section.port !== 0)
					report(line, { section: named(section), kind: 'with-port', port: section.port }, { severity: 'warning' });
			}
		}
	},
	{
		id: 'bundle-overlap',
		code: 'BND-12',
		severity: 'problem',
		cite: 'RFC 9143 §5, §7.1',
		check: ({ sdp, report }) => {
			const seen = new Map<string, number>();
			for (const bundle of sdp.bundles) {
				for (const mid of bundle.mids) {
					const earlier = seen.get(mid.text);
					if (earlier !== undefined)
						report(
							bundle.line,
							{ mid: clip(mid.text), earlierLine: earlier },
							{
								column: bundle.line.argumentColumn + mid.offset
							}
						);
					else seen.set(mid.text, bundle.line.number);
				}
			}
		}
	},
	{
		id: 'rtcp-mux-only',
		code: 'BND-13',
		severity: 'problem',
		cite: 'RFC 8858 §3',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const line = section.attributes.get('rtcp-mux-only')?.[0];
				if (line && !section.attributes.has('rtcp-mux')) report(line, { section: named(section) });
			}
		}
	}
];

export const BUNDLE_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'bundle-not-offered',
		code: 'BND-10',
		severity: 'problem',
		cite: 'RFC 9143 §7.3',
		check: ({ offer, answer, report }) => {
			for (const bundle of answer.bundles) {
				const first = bundle.mids[0];
				const offered = first && offer.bundles.find((each) => each.mids.some((mid) => mid.text === first.text));
				const names = new Set(offered?.mids.map((mid) => mid.text));
				for (const mid of bundle.mids) {
					if (!names.has(mid.text))
						report(
							'answer',
							bundle.line,
							{ mid: clip(mid.text), offeredElsewhere: offered !== undefined },
							{ column: bundle.line.argumentColumn + mid.offset }
						);
				}
			}
		}
	},
	{
		id: 'bundle-dropped',
		code: 'BND-11',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 9143 §7.4',
		check: ({ offer, answer, report }) => {
			for (const bundle of offer.bundles) {
				const live = bundle.sections
					.map((section) => answer.sections[section.index])
					.filter((section): section is Section => section !== undefined && !section.rejected);
				if (live.length < 2) continue;
				const left = live.filter((section) => bundleWith(answer, section) === null);
				if (left.length > 0) report('answer', left[0]!.mLine, { offered: bundle.mids.length, left: left.map(named) });
			}
		}
	},
	{
		id: 'rtcp-mux-not-offered',
		code: 'BND-14',
		severity: 'problem',
		cite: 'RFC 5761 §5.1.1',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const line = section.attributes.get('rtcp-mux')?.[0];
				const offered = offer.sections[section.index];
				// A bundled section may leave the line to the tagged one, in a later offer.
				if (line && offered && ownsTransport(offer, offered) && !offered.attributes.has('rtcp-mux'))
					report('answer', line, { section: named(offered) });
			}
		}
	},
	{
		id: 'rtcp-mux-refused',
		code: 'BND-15',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 8834 §4.5; RFC 5761 §5.1.1',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (
					section.isRtp &&
					ownsTransport(answer, section) &&
					offered?.attributes.has('rtcp-mux') &&
					!section.attributes.has('rtcp-mux')
				)
					report('answer', section.mLine, { section: named(section) });
			}
		}
	}
];
