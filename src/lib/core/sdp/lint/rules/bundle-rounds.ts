/** What an answer and later rounds may do to a BUNDLE group (RFC 9143 §7.3, §7.5), and what an answer to a data section has to keep. */
import { attributeValue, bundleWith } from '../../text/transport';
import { named } from '../values/section-values';
import { clip } from '../../text/values';

import type { PairRule, RoundRule, Refuser } from './rule';

const WEBRTC = ['webrtc'] as const;
const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];

export const ANSWER_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'bundle-split',
		code: 'BND-17',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 9143 §7.3',
		check: ({ offer, answer, report }) => {
			for (const offered of offer.bundles) {
				const names = new Set(offered.mids.map(({ text }) => text));
				const parts = answer.bundles.filter(({ mids }) => mids.some(({ text }) => names.has(text)));
				const mids = (part: (typeof parts)[number]) => part.mids.map(({ text }) => text).join(' ');
				const second = parts.find((part) => mids(part) !== mids(parts[0]!));
				if (second)
					report(
						'answer',
						second.line,
						{ mids: clip(mids(offered)), parts: parts.length },
						{
							refusedBy: CHROMIUM
						}
					);
			}
		}
	},
	{
		id: 'data-format-differs',
		code: 'DC-07',
		severity: 'problem',
		cite: 'RFC 3264 §6; RFC 8841 §10.2',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!section.isData || !offered?.isData) continue;
				const [said, wanted] = [section, offered].map(({ formats }) => formats.map(({ text }) => text).join(' '));
				if (said !== wanted)
					report('answer', section.mLine, { section: named(section), answered: clip(said!), offered: clip(wanted!) });
			}
		}
	},
	{
		id: 'sctp-port-zero',
		code: 'DC-08',
		severity: 'warning',
		cite: 'RFC 8841 §5',
		check: ({ answer, report }) => {
			for (const section of answer.live) {
				const line = section.attributes.get('sctp-port')?.[0];
				if (line && section.isData && attributeValue(answer, section, 'sctp-port') === '0')
					report(
						'answer',
						line,
						{ section: named(section) },
						{
							column: line.argumentColumn,
							refusedBy: FIREFOX
						}
					);
			}
		}
	}
];

export const BUNDLE_ROUND_RULES: readonly RoundRule[] = [
	{
		id: 'bundle-changed',
		code: 'BND-18',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 9143 §7.5',
		check: ({ before, now, report }) => {
			for (const established of before.answer?.bundles ?? []) {
				const names = new Set(established.sections.filter(({ rejected }) => !rejected).map(({ mid }) => mid));
				const parts = now.offer.bundles.filter(({ mids }) => mids.some(({ text }) => names.has(text)));
				const live = now.offer.live.filter(({ mid }) => names.has(mid));
				if (parts.length === 0 && live.length > 0)
					report(
						'offer',
						live[0]!.mLine,
						{ kind: 'gone', section: named(live[0]!) },
						{
							severity: 'warning',
							refusedBy: CHROMIUM
						}
					);
				const other = parts.find(({ mids }) => !mids.some(({ text }) => parts[0]!.mids.some((each) => each.text === text)));
				if (other) report('offer', other.line, { kind: 'split' }, { refusedBy: CHROMIUM });
			}
		}
	},
	{
		id: 'bundle-left',
		code: 'BND-19',
		severity: 'problem',
		profiles: WEBRTC,
		cite: 'RFC 9143 §7.3.2',
		check: ({ before, now, report }) => {
			const { answer } = now;
			if (!before.answer || !answer) return;
			const established = new Set(before.answer.bundles.flatMap(({ mids }) => mids.map(({ text }) => text)));
			for (const section of answer.live) {
				const offered = now.offer.sections[section.index];
				const bundle = offered && bundleWith(now.offer, offered);
				if (
					!bundle ||
					section.mid === null ||
					bundleWith(answer, section) ||
					!bundle.mids.some(({ text }) => established.has(text))
				)
					continue;
				if (established.has(section.mid))
					report(
						'answer',
						section.mLine,
						{ section: named(section), isNew: false },
						{
							refusedBy: CHROMIUM
						}
					);
				else
					report(
						'answer',
						section.mLine,
						{ section: named(section), isNew: true },
						{
							severity: 'warning',
							refusedBy: CHROMIUM
						}
					);
			}
		}
	},
	{
		id: 'bundle-first-changed',
		code: 'BND-20',
		severity: 'warning',
		profiles: WEBRTC,
		cite: 'RFC 9143 §7.3.1',
		check: ({ before, now, report }) => {
			const { answer } = now;
			for (const established of before.answer?.bundles ?? []) {
				const first = established.tagged?.mid ?? null;
				const offered = now.offer.bundles.find(({ mids }) => mids.some(({ text }) => text === first));
				const bundle = answer?.bundles.find(({ mids }) =>
					mids.some(({ text }) => offered?.mids.some((each) => each.text === text))
				);
				if (!bundle || first === null || bundle.mids[0]!.text === first) continue;
				report(
					'answer',
					bundle.line,
					{ before: clip(first), first: clip(bundle.mids[0]!.text) },
					{
						refusedBy: CHROMIUM
					}
				);
			}
		}
	}
];
