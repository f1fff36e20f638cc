/** Rules about what an answer takes of each section: codecs, feedback, bandwidth (RFC 3264, 4585, 8866). */
import { codecName, isHelper, sameCodec } from '../../text/codecs';
import type { Description, Section } from '../../text/description';
import type { PairRule, SingleRule } from './rule';
import { bundleWith } from '../../text/transport';
import { clip } from '../../text/values';
import { named } from '../values/section-values';

export const ANSWERED_CODEC_RULES: readonly SingleRule[] = [
	{
		id: 'bandwidth',
		code: 'OA-18',
		severity: 'warning',
		cite: 'RFC 8866 §5.8; RFC 3890',
		check: ({ sdp, report }) => {
			for (const section of sdp.live) {
				const as = section.bandwidths.find(({ value }) => value.kind === 'AS');
				const tias = section.bandwidths.find(({ value }) => value.kind === 'TIAS');
				const least = section.kind === 'video' ? 100_000 : section.kind === 'audio' ? 6_000 : 64_000;
				for (const [limit, bitrateBps] of [
					[as, (as?.value.value ?? 0) * 1000],
					[tias, tias?.value.value ?? 0]
				] as const) {
					if (limit && bitrateBps > 0 && bitrateBps < least)
						report(limit.line, { kind: 'low', section: named(section), bitrateBps });
				}
				if (as && tias && as.value.value > 0) {
					const ratio = tias.value.value / (as.value.value * 1000);
					if (ratio > 2 || ratio < 0.3)
						report(tias.line, { kind: 'differ', asBps: as.value.value * 1000, tiasBps: tias.value.value });
				}
			}
		}
	}
];

export const ANSWERED_CODEC_PAIR_RULES: readonly PairRule[] = [
	{
		id: 'codec-not-offered',
		code: 'OA-05',
		severity: 'warning',
		cite: 'RFC 3264 §6.1; RFC 9429 §5.3.1',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				if (!section.isRtp) return;
				const all = offered.listed;
				for (const codec of section.listed) {
					if (!all.some((each) => sameCodec(each, codec)))
						report('answer', codec.line ?? section.mLine, { codec: clip(codecName(codec)), section: named(section) });
				}
			});
		}
	},
	{
		id: 'no-common-codec',
		code: 'OA-05b',
		severity: 'problem',
		cite: 'RFC 3264 §6',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				if (!section.isRtp || !offered.isRtp) return;
				const real = section.listed.filter((codec) => !isHelper(codec));
				const theirs = offered.listed.filter((codec) => !isHelper(codec));
				if (real.length === 0 || theirs.length === 0 || real.some((codec) => theirs.some((each) => sameCodec(each, codec))))
					return;
				report('answer', section.mLine, { section: named(section), answered: namesOf(real), offered: namesOf(theirs) });
			});
		}
	},
	{
		id: 'feedback-not-offered',
		code: 'OA-10',
		severity: 'warning',
		cite: 'RFC 4585 §4.2',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				const general = new Set(offered.feedback.filter(({ value }) => value.format === '*').map(({ value }) => value.value));
				const byName = new Map<string, Set<string>>();
				for (const { value } of offered.feedback) {
					const codec = offered.codecs.get(Number(value.format));
					if (!codec) continue;
					const key = codecName(codec).toLowerCase();
					byName.set(key, (byName.get(key) ?? new Set()).add(value.value));
				}
				for (const { line, value } of section.feedback) {
					const codec = section.codecs.get(Number(value.format));
					if (!codec || general.has(value.value) || byName.get(codecName(codec).toLowerCase())?.has(value.value)) continue;
					// A codec that was not offered at all has a finding of its own.
					if (offered.listed.some((each) => sameCodec(each, codec)))
						report('answer', line, { feedback: clip(value.value), codec: clip(codecName(codec)) });
				}
			});
		}
	},
	{
		id: 'payload-type-changed',
		code: 'OA-11',
		severity: 'warning',
		cite: 'RFC 3264 §5.1, §6.1',
		check: ({ offer, answer, report }) => {
			forAnswered(offer, answer, (section, offered) => {
				const listed = new Map(offered.listed.map((codec) => [codec.payloadType, codec]));
				for (const codec of section.listed) {
					const other = listed.get(codec.payloadType);
					if (!other || sameCodec(other, codec)) continue;
					const bundled = bundleWith(answer, section) !== null;
					report(
						'answer',
						codec.line ?? section.mLine,
						{ payloadType: codec.payloadType, answered: clip(codecName(codec)), offered: clip(codecName(other)) },
						bundled ? { severity: 'problem' } : {}
					);
				}
			});
		}
	}
];

/** Visits the accepted sections of an answer, each with the one it answers. */
export function forAnswered(offer: Description, answer: Description, visit: (section: Section, offered: Section) => void): void {
	for (const section of answer.live) {
		const offered = offer.sections[section.index];
		if (offered && !offered.rejected && offered.kind === section.kind) visit(section, offered);
	}
}

function namesOf(codecs: Parameters<typeof codecName>[0][]): string {
	return clip([...new Set(codecs.map(codecName))].join(', '), 80);
}
