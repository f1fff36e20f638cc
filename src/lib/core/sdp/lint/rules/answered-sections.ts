/** Rules about the sections of an answer: their number, order, names and directions (RFC 3264, RFC 9429). */
import { pairSections } from '../../compare/section-pairs';
import type { Description, Direction } from '../../text/description';
import { sessionOf } from '../../text/origin';
import { rejectionReason } from '../../compare/rejection';
import type { PairRule, SingleRule } from './rule';
import { iceOf } from '../../text/transport';
import { clip, isToken } from '../../text/values';
import type { PairedSection } from '../values/exchange-values';
import { named } from '../values/section-values';
import { forAnswered } from './answered-codecs';

/** What an answer may say to each offered direction (RFC 3264 §6.1). */
export const ANSWERS: Record<Direction, readonly Direction[]> = {
	sendrecv: ['sendrecv', 'sendonly', 'recvonly', 'inactive'],
	sendonly: ['recvonly', 'inactive'],
	recvonly: ['sendonly', 'inactive'],
	inactive: ['inactive']
};

/** A list that a sentence has room for. */
const MOST_PAIRS = 12;

/** Names of one transport (RFC 8841 §4). */
export const DATA_PROTOCOLS = new Set(['UDP/DTLS/SCTP', 'TCP/DTLS/SCTP', 'DTLS/SCTP']);

export const ANSWERED_SECTION_RULES: readonly SingleRule[] = [
	{
		id: 'hold-by-address',
		code: 'OA-16',
		severity: 'warning',
		cite: 'RFC 3264 §8.4; RFC 8839 §4.4.1.1.1',
		check: ({ sdp, profile, report }) => {
			if (profile === 'declarative') return;
			for (const section of sdp.live) {
				const connection = section.connections[0] ?? sdp.session.connections[0];
				// With ICE, 0.0.0.0 and port 9 only say that the candidates decide.
				if (!connection || !section.isRtp || section.port === 9 || section.port <= 1 || iceOf(sdp, section).ufrag !== null)
					continue;
				if (connection.value.address === '0.0.0.0' && section.direction !== 'inactive')
					report(section.connections[0] ? connection.line : section.mLine, { section: named(section) });
			}
		}
	}
];

export const ANSWERED_SECTION_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'section-count',
		code: 'OA-01',
		severity: 'problem',
		cite: 'RFC 3264 §6; RFC 9429 §5.8.3',
		check: ({ offer, answer, report }) => {
			const [offered, answered] = [offer.sections.length, answer.sections.length];
			if (offered === answered) return;
			const line = answered > offered ? answer.sections[offered]!.mLine : (answer.sections[answered - 1]?.mLine ?? null);
			report('answer', line, { offered, answered, pairs: pairsOf(offer, answer) });
		}
	},
	{
		id: 'section-order',
		code: 'OA-02',
		severity: 'problem',
		cite: 'RFC 3264 §6; RFC 9429 §5.1.2, §5.8.3',
		check: ({ offer, answer, report }) => {
			// Told once, and where the number differs too there.
			let pairs = offer.sections.length === answer.sections.length ? pairsOf(offer, answer) : [];
			answer.sections.forEach((section, index) => {
				const offered = offer.sections[index];
				if (!offered) return;
				if (offered.kind !== section.kind) {
					report(
						'answer',
						section.mLine,
						{
							what: 'kind',
							number: index + 1,
							answered: clip(section.kind),
							offered: clip(offered.kind),
							offeredLine: offered.mLine.number,
							pairs
						},
						{ refusedBy: offered.kind === section.kind.toLowerCase() ? [] : ['chromium', 'firefox'] }
					);
					pairs = [];
				} else if (offered.protocol !== section.protocol) {
					const alias =
						(offered.isRtp && section.isRtp && offered.protocol.includes('SAVP') === section.protocol.includes('SAVP')) ||
						(DATA_PROTOCOLS.has(offered.protocol) && DATA_PROTOCOLS.has(section.protocol));

					report(
						'answer',
						section.mLine,
						{
							what: 'transport',
							number: index + 1,
							answered: clip(section.protocol),
							offered: clip(offered.protocol),
							sameToBrowsers: alias
						},
						alias ? { severity: 'info' } : {}
					);
				}
			});
		}
	},
	{
		id: 'section-mid',
		code: 'OA-03',
		severity: 'problem',
		cite: 'RFC 9429 §5.3.1; RFC 5888 §9',
		check: ({ offer, answer, profile, report }) => {
			answer.sections.forEach((section, index) => {
				const offered = offer.sections[index];
				if (!offered || offered.kind !== section.kind || offered.mid === section.mid) return;
				const line = section.attributes.get('mid')?.[0] ?? section.mLine;
				if (section.mid === null) {
					if (!section.rejected)
						report(
							'answer',
							line,
							{ number: index + 1, answered: null, offered: clip(offered.mid!) },
							{
								severity: profile === 'webrtc' ? 'warning' : 'info'
							}
						);
				} else if (offered.mid === null)
					report(
						'answer',
						line,
						{ number: index + 1, answered: clip(section.mid), offered: null },
						{
							severity: 'warning'
						}
					);
				else
					report(
						'answer',
						line,
						{ number: index + 1, answered: clip(section.mid), offered: clip(offered.mid) },
						{
							refusedBy:
								isToken(section.mid) && section.attributes.get('mid')!.length === 1 && !section.rejected
									? ['chromium', 'firefox']
									: []
						}
					);
			});
		}
	},
	{
		id: 'direction-conflict',
		code: 'OA-04',
		severity: 'problem',
		cite: 'RFC 3264 §6.1; RFC 9429 §5.3.1',
		check: ({ offer, answer, report }) => {
			for (const section of answer.live) {
				const offered = offer.sections[section.index];
				if (!offered || !section.isRtp || !offered.isRtp || ANSWERS[offered.direction].includes(section.direction)) continue;
				const line = section.attributes.get(section.direction)?.[0] ?? section.mLine;
				report('answer', line, { section: named(section), offered: offered.direction, answered: section.direction });
			}
		}
	},
	{
		id: 'one-way-media',
		code: 'OA-06',
		severity: 'warning',
		cite: 'RFC 3264 §6.1',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				if (!section.isRtp || offered.direction !== 'sendrecv' || section.direction === 'sendrecv') return;
				const line = section.attributes.get(section.direction)?.[0] ?? section.mLine;

				report('answer', line, { section: named(section), answered: section.direction });
			});
		}
	},
	{
		id: 'section-rejected',
		code: 'OA-08',
		severity: 'warning',
		cite: 'RFC 9429 §5.3.1',
		check: ({ offer, answer, report }) => {
			answer.sections.forEach((section, index) => {
				const offered = offer.sections[index];
				if (!offered || !section.rejected || offered.rejected) return;
				report('answer', section.mLine, { section: named(offered), reason: rejectionReason(offer, offered, section) });
			});
		}
	},
	{
		id: 'all-rejected',
		code: 'OA-09',
		severity: 'problem',
		cite: 'RFC 3264 §6',
		check: ({ offer, answer, report }) => {
			const wanted = answer.sections.filter((section) => offer.sections[section.index]?.rejected === false);
			if (wanted.length > 0 && wanted.every((section) => section.rejected))
				report('answer', wanted[0]!.mLine, { sections: wanted.length });
		}
	},
	{
		id: 'answer-copied',
		code: 'OA-17',
		severity: 'problem',
		cite: 'RFC 3264 §6; RFC 9143 §7.3',
		check: ({ offer, answer, report }) => {
			const [offered, answered] = [offer.origin, answer.origin];
			if (
				offered &&
				answered &&
				offered.line.raw === answered.line.raw &&
				sessionOf(offer) !== '- 0' &&
				offer.sections.length > 0 &&
				offer.sections[0]!.mLine.raw === answer.sections[0]?.mLine.raw
			) {
				const copied = answer.live.some(
					(section) =>
						iceOf(answer, section).ufrag !== null &&
						iceOf(answer, section).ufrag === iceOf(offer, offer.sections[section.index] ?? section).ufrag
				);
				if (copied) report('answer', answered.line, {});
			}
		}
	}
];

/** What belongs together where the order does not tell; nothing where that is not more than the order says. */
function pairsOf(offer: Description, answer: Description): PairedSection[] {
	const pairs = pairSections(offer, answer);
	if (pairs.every(({ by }) => by === null)) return [];
	return pairs
		.slice(0, MOST_PAIRS)
		.map(({ offered, answered }) => ({ offered: offered && named(offered), answered: answered && named(answered) }));
}
