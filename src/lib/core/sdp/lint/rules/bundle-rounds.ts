/** What an answer and later rounds may do to a BUNDLE group (RFC 9143 §7.3, §7.5), and what an answer to a data section has to keep. */
import { attributeValue, bundleWith, nameOf } from '../../text/transport';
import { clip } from '../../text/values';

import type { PairRule, Refuser, RoundRule } from './rule';

const WEBRTC = ['webrtc'] as const;
const CHROMIUM: readonly Refuser[] = ['chromium'];
const FIREFOX: readonly Refuser[] = ['firefox'];

const BUNDLED = `
			a=group:BUNDLE 0 1
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:0
			m=audio 9 UDP/TLS/RTP/SAVPF 0
			a=mid:1`;
const withGroups = (...groups: string[]) =>
	BUNDLED.replace('a=group:BUNDLE 0 1', groups.map((group) => `a=group:BUNDLE ${group}`).join('\n\t\t\t'));

export const ANSWER_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'bundle-split',
		code: 'BND-17',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'The answer makes several bundles of one',
		cite: 'RFC 9143 §7.3',
		advice: 'Answer a group with one group: leave a section out of it, or keep it in.',
		check: ({ offer, answer, report }) => {
			for (const offered of offer.bundles) {
				const names = new Set(offered.mids.map(({ text }) => text));
				const parts = answer.bundles.filter(({ mids }) => mids.some(({ text }) => names.has(text)));
				const mids = (part: (typeof parts)[number]) => part.mids.map(({ text }) => text).join(' ');
				const second = parts.find((part) => mids(part) !== mids(parts[0]!));
				if (second)
					report('answer', second.line, `The offer has one bundle of "${clip(mids(offered))}", the answer ${parts.length}.`, {
						refusedBy: CHROMIUM
					});
			}
		},
		good: `
			# offer${BUNDLED}
			# answer${BUNDLED}`,
		bad: `
			# offer${BUNDLED}
			# answer${withGroups('0', '1')}`
	},
	{
		id: 'data-format-differs',
		code: 'DC-07',
		severity: 'problem',
		title: 'Another format of the data section than was offered',
		cite: 'RFC 3264 §6; RFC 8841 §10.2',
		advice: 'Answer with the transport and the format of the offer: UDP/DTLS/SCTP webrtc-datachannel.',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!section.isData || !offered?.isData) continue;
				const [said, wanted] = [section, offered].map(({ formats }) => formats.map(({ text }) => text).join(' '));
				if (said !== wanted)
					report(
						'answer',
						section.mLine,
						`The format of the ${nameOf(section)} is "${clip(said!)}" in the answer and "${clip(wanted!)}" in the offer.`
					);
			}
		},
		good: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel`,
		bad: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			# answer
			m=application 9 DTLS/SCTP 5000`
	},
	{
		id: 'sctp-port-zero',
		code: 'DC-08',
		severity: 'warning',
		title: 'An answer with SCTP port 0',
		cite: 'RFC 8841 §5',
		advice:
			'Write the port in use, usually 5000: 0 says that there is no association. To refuse data channels, answer the m= line with port 0.',
		check: ({ answer, report }) => {
			for (const section of answer.live) {
				const line = section.attributes.get('sctp-port')?.[0];
				if (line && section.isData && attributeValue(answer, section, 'sctp-port') === '0')
					report('answer', line, `The ${nameOf(section)} is accepted and a=sctp-port is 0.`, {
						column: line.argumentColumn,
						refusedBy: FIREFOX
					});
			}
		},
		good: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:5000`,
		bad: `
			# offer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			# answer
			m=application 9 UDP/DTLS/SCTP webrtc-datachannel
			a=sctp-port:0`
	}
];

export const BUNDLE_ROUND_RULES: readonly RoundRule[] = [
	{
		id: 'bundle-changed',
		code: 'BND-18',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'A later offer moves a section to another bundle, or has none left',
		cite: 'RFC 9143 §7.5',
		advice: 'Keep the a=group:BUNDLE line through the connection and add the mids of new sections to it.',
		check: ({ before, now, report }) => {
			for (const established of before.answer?.bundles ?? []) {
				const names = new Set(established.sections.filter(({ rejected }) => !rejected).map(({ mid }) => mid));
				const parts = now.offer.bundles.filter(({ mids }) => mids.some(({ text }) => names.has(text)));
				const live = now.offer.live.filter(({ mid }) => names.has(mid));
				if (parts.length === 0 && live.length > 0)
					report(
						'offer',
						live[0]!.mLine,
						`The ${nameOf(live[0]!)} and all others of the bundle of the last round are in none now.`,
						{
							severity: 'warning',
							refusedBy: CHROMIUM
						}
					);
				const other = parts.find(({ mids }) => !mids.some(({ text }) => parts[0]!.mids.some((each) => each.text === text)));
				if (other) report('offer', other.line, 'The bundle of the last round is several now.', { refusedBy: CHROMIUM });
			}
		},
		good: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}`,
		bad: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${withGroups('0', '1')}`
	},
	{
		id: 'bundle-left',
		code: 'BND-19',
		severity: 'problem',
		profiles: WEBRTC,
		title: 'A later answer takes a section out of the bundle',
		cite: 'RFC 9143 §7.3.2',
		advice: 'Keep a section in the bundle that it was in before, or reject it with port 0.',
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
					report('answer', section.mLine, `The ${nameOf(section)} was in the bundle in the last round and is not now.`, {
						refusedBy: CHROMIUM
					});
				else
					report('answer', section.mLine, `The ${nameOf(section)} is new and does not join the bundle that is in use.`, {
						severity: 'warning',
						refusedBy: CHROMIUM
					});
			}
		},
		good: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}
			# answer${BUNDLED}`,
		bad: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}
			# answer${withGroups('0')}`
	},
	{
		id: 'bundle-first-changed',
		code: 'BND-20',
		severity: 'warning',
		profiles: WEBRTC,
		title: 'Another section first in the bundle of a later answer',
		cite: 'RFC 9143 §7.3.1',
		advice: 'Keep the order of the group in answers: the transport belongs to the section that stands first.',
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
					`"${clip(first)}" was first in the bundle in the last round, "${clip(bundle.mids[0]!.text)}" is now.`,
					{
						refusedBy: CHROMIUM
					}
				);
			}
		},
		good: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}
			# answer${BUNDLED}`,
		bad: `
			# offer${BUNDLED}
			# answer${BUNDLED}
			# next offer${BUNDLED}
			# answer${withGroups('1 0')}`
	}
];
