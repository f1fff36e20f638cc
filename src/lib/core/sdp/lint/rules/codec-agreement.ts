/** Rules about what the codecs of an offer and its answer agree on: will what is sent be decoded there (RFC 3264 §6.1, 6184 §8.2.2). */
import { alikeCodecs } from '../../compare/rejection';
import { codecName, isHelper, matchesOf, parametersOf, sameCodec } from '../../text/codecs';
import type { Description, Section } from '../../text/description';
import { ABSENT_PROFILE_LEVEL_ID, levelName, readProfileLevelId } from '../../text/h264-profile';
import { named } from '../values/section-values';
import { clip } from '../../text/values';
import type { PairRule } from './rule';

export const CODEC_AGREEMENT_RULES: readonly PairRule[] = [
	{
		id: 'no-common-configuration',
		code: 'PT-26',
		severity: 'problem',
		cite: 'RFC 3264 §6.1; RFC 6184 §8.2.2; RFC 9628 §6',
		check: ({ offer, answer, report }) => {
			for (const { section, offered } of acceptedRtp(offer, answer)) {
				const real = section.listed.filter((codec) => !isHelper(codec));
				const shared = real.some((codec) => offered.listed.some((each) => sameCodec(each, codec)));
				if (shared && real.every((codec) => matchesOf(codec, section, offered).length === 0))
					report('answer', section.mLine, { section: named(section), alike: alikeCodecs(offered, section) });
			}
		}
	},
	{
		id: 'h264-level-raised',
		code: 'PT-27',
		severity: 'warning',
		cite: 'RFC 6184 §8.2.2',
		check: ({ offer, answer, report }) => {
			for (const { section, offered } of acceptedRtp(offer, answer)) {
				for (const codec of section.listed) {
					if (codec.name.toLowerCase() !== 'h264') continue;
					const other = matchesOf(codec, section, offered)[0];
					if (!other) continue;
					const [own, theirs] = [parametersOf(section, codec.payloadType), parametersOf(offered, other.payloadType)];
					if ([own, theirs].every((parameters) => parameters.get('level-asymmetry-allowed') === '1')) continue;
					const [said, wanted] = [levelOf(own), levelOf(theirs)];
					if (said !== null && wanted !== null && said > wanted)
						report('answer', codec.line ?? section.mLine, {
							payloadType: codec.payloadType,
							answered: levelName(said),
							offered: levelName(wanted)
						});
				}
			}
		}
	},
	{
		id: 'codec-renumbered',
		code: 'PT-28',
		severity: 'info',
		cite: 'RFC 3264 §6.1',
		check: ({ offer, answer, report }) => {
			for (const { section, offered } of acceptedRtp(offer, answer)) {
				for (const codec of section.listed) {
					if (isHelper(codec)) continue;
					const same = matchesOf(codec, section, offered);
					if (same.length === 0 || same.some(({ payloadType }) => payloadType === codec.payloadType)) continue;
					report('answer', codec.line ?? section.mLine, {
						codec: clip(codecName(codec)),
						payloadType: codec.payloadType,
						offered: same.map(({ payloadType }) => payloadType)
					});
				}
			}
		}
	}
];

function acceptedRtp(offer: Description, answer: Description): { section: Section; offered: Section }[] {
	return answer.live.flatMap((section) => {
		const offered = offer.sections[section.index];
		return offered && section.isRtp && offered.isRtp && !offered.rejected && offered.kind === section.kind
			? [{ section, offered }]
			: [];
	});
}

function levelOf(parameters: ReadonlyMap<string, string>): number | null {
	return readProfileLevelId(parameters.get('profile-level-id') ?? ABSENT_PROFILE_LEVEL_ID)?.levelTenths ?? null;
}
